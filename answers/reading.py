"""A citation as somebody pastes or uploads it: the link and the fingerprint that stand in it.

A file is read for what it says of itself. Of a CSV of records its rows are fingerprinted, too.
"""

import html
import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from incidents.citation import PUBLISHED, fingerprint
from loaders.downloads import CITED, NotTable, from_csv

LONGEST = 4_000
"""How many characters of a citation are read: the longest of ours, in BibTeX, has a third."""
LARGEST = 1_000_000
"""How many bytes of a file are read; of what is packed in it ten times as many."""
LINK = re.compile(r"(?i:https?)://[^\s<>\"{}|\\^`]+|(?<![\w/.])/[\w/.-]*\?[^\s<>\"{}|\\^`]+")
MARK = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])")
TRAILING = ".,;:)]}»”'"
"""What may follow a link at the end of a sentence."""
STRINGS = "xl/sharedStrings.xml"
"""The part of a workbook in which its texts stand."""
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    UnicodeDecodeError,
    NotImplementedError,
    RuntimeError,
)
"""What is raised where a workbook is damaged, locked or none."""


@dataclass(frozen=True)
class Given:
    """What somebody gave: a link, a fingerprint, both or neither.

    `rows` are the identifiers of the records in a file of which the fingerprint was computed; None
    where it is only said. `said` is the text that may hold the title of what is cited. `why` says
    that nothing could be read: too_long, too_large or no_text.
    """

    link: str = ""
    mark: str = ""
    rows: frozenset[str] | None = None
    why: str = ""
    said: str = ""

    @property
    def host(self) -> str:
        """Name the host of the link, if it has one."""
        try:
            return urlsplit(self.link).netloc.lower()
        except ValueError:
            return "?"


def text(said: str) -> Given:
    """Read a text: a link, a fingerprint, or a whole citation in any form."""
    if len(said) > LONGEST:
        return Given(why="too_long")
    links, marks = LINK.findall(said), MARK.findall(said)
    link = links[0].rstrip(TRAILING) if links else ""
    return Given(link, marks[0].lower() if marks else "", said=said)


def file(content: bytes) -> Given:
    """Read a file that was taken away: CSV, JSON, GeoJSON, XLSX, SVG or a citation as a file."""
    if len(content) > LARGEST:
        return Given(why="too_large")
    if content.startswith(b"PK"):
        return _workbook(content)
    if (table := _table(content)) is not None:
        return table
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Given(why="no_text")
    return _json(said) or _said(said)


def _said(long: str) -> Given:
    """Read a long text for the permanent link, which names a release, and the fingerprint."""
    found = [link.rstrip(TRAILING) for link in LINK.findall(html.unescape(long))]
    pinned = [link for link in found if "release=" in link]
    marks = MARK.findall(long)
    link = (pinned or found or [""])[0]
    return Given(link, marks[0].lower() if marks else "", said=html.unescape(long))


def _table(content: bytes) -> Given | None:
    """Read a CSV of ours; None where it is none."""
    try:
        rows = from_csv(content)
    except NotTable:
        return None
    if CITED not in rows or rows.empty or isinstance(rows[CITED], type(rows)):
        return None
    link = str(rows[CITED].iloc[0])
    if rows[CITED].nunique() > 1:
        return Given(link, why="several")
    if set(PUBLISHED) - set(rows.columns) or rows.columns.duplicated().any():
        return Given(link)
    return Given(link, fingerprint(rows[PUBLISHED]), frozenset(rows["incident_id"]))


def _json(said: str) -> Given | None:
    """Read what a JSON says of itself; None where it is none."""
    try:
        found: Any = json.loads(said)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, list) and found:  # CSL-JSON
        found = found[0]
    if not isinstance(found, dict):
        return None
    cited = found.get("citation")
    about = cited if isinstance(cited, dict) else found
    link = str(about.get("link") or about.get("URL") or "")
    marks = MARK.findall(str(about.get("fingerprint") or about.get("note") or ""))
    titles = (str(each.get("title") or "") for each in (about, found))
    return Given(link, marks[0].lower() if marks else "", said=" ".join(titles))


def _workbook(content: bytes) -> Given:
    """Read the texts of a workbook, of which the second sheet says what it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(STRINGS).file_size > LARGEST * 10:
                return Given(why="too_large")
            said = archive.read(STRINGS).decode("utf-8")
    except UNREADABLE:
        return Given(why="no_text")
    texts = re.findall(r"<t(?: [^<>]*)?>([^<]*)<", said)
    # the texts that are nothing else: links of records stand in cells, too, but these have an id
    links = [x for x in map(html.unescape, texts) if LINK.fullmatch(x) and "release=" in x]
    views = [link for link in links if not re.search(r"[?&]id=", link)] or links
    marks = [x for x in texts if MARK.fullmatch(x)]
    link = views[-1] if views else ""
    return Given(link, marks[-1].lower() if marks else "", said=html.unescape(" ".join(texts)))
