"""Whether a citation is current: the same, differs by withdrawal, superseded, or unknown.

What was cited is told by its link and its fingerprint, read in the release that the link names. It
is compared with the same view of the present release. A fingerprint alone can only be that of all
records of a release, since a view cannot be found from it. What is asked is written nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from answers import citing, history, pages
from answers.answer import Answer, Link
from answers.question import Question, ask
from answers.reading import Given
from answers.surfaces import record
from answers.surfaces.claims import Claims
from answers.surfaces.impact import Impact
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from answers.words import changed_since, problem
from incidents.citation import Citation
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders import releases
from loaders.language import Language
from loaders.shelf import Shelf

State = Literal["same", "withdrawn", "superseded", "unknown"]
SHOWN: Mapping[str, type[Answer]] = {
    "map": Map,
    "trends": Trend,
    "claims": Claims,
    "impact": Impact,
}
"""By what a page is cited where nothing says it; the others by their records."""
IN_API: Mapping[str, type[Answer]] = {"incidents": Records, "totals": Published}
"""What the API gives under another name than that of its surface."""
OWN = ("by", "fields", "size", "surface")
"""Parameters of other doors alone: they choose no records."""
NAMED = 60
"""How many letters of what was asked are repeated."""


@dataclass(frozen=True)
class Verdict:
    """What is said of a citation: its state, in a sentence, what else must be known.

    `cited` and `present` are the citations then and now, where there are such; `correct` is the
    sentence to put in the place of the old one.
    """

    state: State
    title: str
    said: tuple[str, ...] = ()
    cited: Citation | None = None
    present: Citation | None = None
    correct: str = ""
    link: Link | None = None


def judge(given: Given, asked: Question, shelf: Shelf) -> Verdict:
    """Say whether what was given is current. Raises `Faults` while there are no data."""
    t = asked.t
    if given.why:
        return _unknown(t, _unread(given.why, t))
    if not given.link and not given.mark:
        return _unknown(t, t("There is neither a link nor a fingerprint in this."))
    if not given.link:
        return _by_mark(given, asked, shelf)
    if (foreign := _foreign(given, asked)) is not None:
        return _unknown(t, foreign)
    return _by_link(given, asked, shelf)


def _unknown(t: Language, *said: str) -> Verdict:
    return Verdict("unknown", t("Unknown: nothing can be said of this citation"), said)


def _unread(why: str, t: Language) -> str:
    return {
        "too_long": t("This is too long for a citation. Give the link or the fingerprint alone."),
        "too_large": t("This file is larger than any of ours."),
        "no_text": t("This file cannot be read here. Give the link or the fingerprint in it."),
        "several": t("The rows of this file name several views; a file of ours holds one."),
    }[why]


def _foreign(given: Given, asked: Question) -> str | None:
    """Say that a link leads elsewhere; None where it is ours.

    A copy that is not told its own host takes a link to any for its own if its fingerprint stands
    beside it: that says more than a host.
    """
    t, ours = asked.t, urlsplit(asked.origin).netloc.lower()
    if given.host and given.host != ours and (ours or not given.mark):
        name = visible(given.host[:NAMED])
        return t("This link is not ours: it leads to {host}.", host=name)
    return None if _place(given, asked) else t("There is nothing to cite at this link.")


@dataclass(frozen=True)
class Place:
    """Where a link leads, through whichever door: a page, and what on it, if that is said."""

    path: str
    surface: type[Answer] | None = None
    record: str = ""


def _place(given: Given, asked: Question) -> Place | None:
    """Read the path of a link; None where no page of ours is cited there."""
    base = urlsplit(asked.origin).path if "://" in asked.origin else asked.origin
    try:
        parts = urlsplit(given.link)
    except ValueError:
        return None
    door, _, inner = parts.path.removeprefix(base).strip("/").partition("/")
    if door == "embed":
        return _surface(inner)
    if door == "api":
        named = parse_qs(parts.query).get("surface", [""])[-1]
        return _in_api(inner.removeprefix("v1/").rpartition(".")[0], named)
    path = inner if door == "light" else "/".join(filter(None, (door, inner)))
    return Place(path) if path in _pages() else None


def _in_api(inner: str, named: str) -> Place | None:
    begin, _, name = inner.partition("/")
    if begin == "incidents" and name:
        return Place("records", record=name)
    if begin == "cite":
        return _surface(named or Records.surface)
    if begin in ("counts", "brief"):
        return Place("")
    found = IN_API.get(inner)
    return Place(found.page, found) if found else _surface(name or begin)


def _surface(name: str) -> Place | None:
    found = pages.CITED.get(name)
    return Place(found.page, found) if found else None


def _pages() -> set[str]:
    """List the pages on which something can be cited."""
    return {"", *(each.page for each in pages.CITED.values())}


def _on(path: str) -> list[type[Answer]]:
    """List what can be cited on a page, what stands for the page first."""
    main = SHOWN.get(path, Records)
    others = [each for each in pages.CITED.values() if each.page == path and each is not main]
    return [main, *others, *([Published] if not path else [])]


def _by_mark(given: Given, asked: Question, shelf: Shelf) -> Verdict:
    """Find a fingerprint among those of all records of each release."""
    for version in _versions(shelf):
        found = ask({"release": [version]}, "records", shelf, asked.t.code, asked.origin)
        if found.subset.fingerprint == given.mark:
            return _compared(found, [Records], asked, shelf)
    return _unknown(
        asked.t,
        asked.t(
            "No release that is kept has this fingerprint for all of its records. A view cannot be "
            "found from its fingerprint: give the link beside it."
        ),
    )


def _versions(shelf: Shelf) -> Iterator[str]:
    """Name the releases that can be read, the newest first."""
    present = shelf.pinned("")[0]
    yield present.release
    for version in releases.kept(present.directory):
        if not shelf.pinned(version)[1]:
            yield version


def _by_link(given: Given, asked: Question, shelf: Shelf) -> Verdict:
    t, place = asked.t, _place(given, asked) or Place("")
    query = parse_qs(urlsplit(given.link).query, keep_blank_values=True)
    lang = query.get("lang", [t.code])[-1]
    query = {name: values for name, values in query.items() if name not in OWN}
    query["lang"] = [t.code]
    if place.record:
        query["id"] = [place.record]
    found = ask(query, place.path, shelf, t.code, asked.origin)
    if found.problems:
        said = (problem(each, t).text for each in found.problems[:3])
        return _unknown(t, t("The link asks for what is not here."), *said)
    if found.record and _is_untold(found):
        return _untold(_now(found, asked, shelf))
    if "release" in query:
        some = [place.surface] if place.surface else _titled(given, query, place.path, lang, shelf)
        return _in_release(given, found, some or _on(place.path), asked, shelf)
    for version in _versions(shelf) if given.mark else ():
        pinned = ask({**query, "release": [version]}, place.path, shelf, t.code, asked.origin)
        if surfaces := _bearing(given.mark, pinned, _on(place.path)):
            return _compared(pinned, surfaces, asked, shelf)
    always = t("The link names no release: it always shows the newest numbers.")
    more = t("Give the fingerprint that stands beside it, or the link that names a release.")
    if given.mark:
        more = t("In no kept release this view has the fingerprint that was given.")
    return _unknown(t, always, more)


def _is_untold(found: Question) -> bool:
    """Say whether the record that is asked for is there and has no past that may be told."""
    there = not isinstance(record.record(found), record.Absent)
    return there and not history.steps(found, found.record)


def _untold(now: Question) -> Verdict:
    """Say no word of whether a record changed."""
    said = now.t("To protect people, nothing is told of whether this record was changed, or when.")
    return replace(_unknown(now.t, said), link=_shown(now))


def _titled(
    given: Given, query: Mapping[str, list[str]], path: str, lang: str, shelf: Shelf
) -> list[type[Answer]]:
    """Find what on a page bears a title that stands in the citation, in any language."""
    if "id" in query or not given.said.replace(given.link, "").strip():
        return []
    for code in dict.fromkeys((lang, *LANGUAGES)):
        found = ask({**query, "lang": [code]}, path, shelf, code)
        titles = {each: visible(_citation(found, each).title) for each in _on(path)}
        held = [each for each, title in titles.items() if title in visible(given.said)]
        if held:
            return [max(held, key=lambda each: len(titles[each]))]
    return []


def _in_release(
    given: Given, found: Question, some: list[type[Answer]], asked: Question, shelf: Shelf
) -> Verdict:
    """Judge a view of a release that is kept; `some` are what on it may be cited."""
    t, package = asked.t, found.package
    if found.record and package.tombstone(found.record) is not None:
        gone = t("The record {id} was withdrawn.", id=found.record)
        return Verdict("withdrawn", t("It differs: records were withdrawn since"), (gone,))
    if found.record and isinstance(record.record(found), record.Absent):
        if not given.mark:
            return _unknown(t, t("There is no record {id}.", id=visible(found.record[:NAMED])))
        some = []
    surfaces = _bearing(given.mark, found, some) if given.mark else some
    if surfaces:
        return _compared(found, surfaces, asked, shelf)
    gone_rows = given.rows & package.withdrawn_ids if given.rows is not None else frozenset()
    since = package.withdrawn_since or package.closed_since
    ours = frozenset(found.subset.records()["incident_id"])
    closed = package.closed_since and given.rows == ours
    if gone_rows or closed or (since and given.rows is None):
        return _by_withdrawal(found, some, asked, shelf, certain=bool(gone_rows))
    return _unknown(
        t,
        t(
            "Its rows are not those of this view in release {release}: they were changed, or they "
            "are those of another view.",
            release=found.package.release,
        )
        if given.rows is not None
        else t(
            "The fingerprint is not that of this view in release {release}.",
            release=found.package.release,
        ),
    )


def _by_withdrawal(
    found: Question, some: list[type[Answer]], asked: Question, shelf: Shelf, *, certain: bool
) -> Verdict:
    t, now = asked.t, _now(found, asked, shelf)
    package, said = found.package, changed_since(found.package, t)
    if not certain:
        said.append(
            t(
                "The fingerprint is not that of the view as it is kept, which is so if one of them "
                "was in it. It cannot be told from another change; a file of the records can."
            )
        )
    title = t("It differs: links were closed since, to protect people")
    if package.withdrawn_since:
        title = t("It differs: records were withdrawn since")
    if len(some) != 1:
        return Verdict("withdrawn", title, (*said, _which(t)), link=_shown(now))
    present = _citation(now, some[0])
    return Verdict("withdrawn", title, tuple(said), None, present, *_correction(present, now))


def _compared(found: Question, some: list[type[Answer]], asked: Question, shelf: Shelf) -> Verdict:
    """Compare what on a view may be cited with the present release.

    A number is told, and a sentence to write instead, only where it is known which was cited.
    """
    t, now = asked.t, _now(found, asked, shelf)
    then = _citation(found, some[0])
    if found.record and isinstance(record.record(now), record.Absent):
        release = now.package.release
        gone = t("The record {id} is not in release {release}.", id=found.record, release=release)
        return Verdict("superseded", _superseded(t), (gone,), then)
    present = _citation(now, some[0])
    said = changed_since(found.package, t)
    marks = ((_citation(q, each).fingerprint for q in (found, now)) for each in some)
    if all(len({*both}) == 1 for both in marks):
        title = t("Current: release {release} holds the same rows", release=present.release)
        return Verdict("same", title, tuple(said), then, present, "", _shown(now))
    if len(some) > 1 and not found.record:
        return Verdict("superseded", _superseded(t), (_which(t), *said), link=_shown(now))
    numbers = t(
        "Release {old}: {then}. Release {new}: {now}.",
        old=then.release,
        then=then.amount,
        new=present.release,
        now=present.amount,
    )
    if then.title == present.title and then.amount == present.amount:
        said.append(t("The number is the same, but records behind it were changed."))
    title = _superseded(t)
    return Verdict("superseded", title, (numbers, *said), then, present, *_correction(present, now))


def _which(t: Language) -> str:
    return t(
        "Which of the numbers on this page was cited cannot be told: give the whole citation, with "
        "its title."
    )


def _superseded(t: Language) -> str:
    return t("Superseded: the numbers or the records behind them have changed")


def _correction(present: Citation, now: Question) -> tuple[str, Link]:
    return citing.footnote(present, now.t), _shown(now)


def _shown(now: Question) -> Link:
    page = next(name for name, path in pages.PATHS.items() if path == now.path)
    query = {**now.query(), **({"id": now.record} if now.record else {})}
    return Link(now.t("Show the present view →"), page, query)


def _now(found: Question, asked: Question, shelf: Shelf) -> Question:
    """Ask the present release for the same view."""
    query = parse_qs(urlencode(found.whole(), doseq=True))
    query.pop("release", None)
    return ask(query, found.path, shelf, asked.t.code, asked.origin)


def _bearing(mark: str, found: Question, some: list[type[Answer]]) -> list[type[Answer]]:
    """Keep what has a fingerprint."""
    return [each for each in some if _citation(found, each).fingerprint == mark]


def _citation(found: Question, surface: type) -> Citation:
    if found.record:
        told = record.record(found)
        if isinstance(told, record.Told):
            return told.citation
    answer: Answer = found.answer(surface)
    return answer.citation


def onward(asked: Question) -> Link:
    """Lead to where one learns whether a citation is current."""
    lang = {"lang": asked.display.lang} if asked.display.lang else {}
    return Link(asked.t("Is a citation current? →"), "cited", lang)


@dataclass(frozen=True)
class Asking:
    """What stands around the question: what the page is for, and what is asked."""

    introduction: str
    citation: str
    file: str
    of_file: str
    ask: str
    instead: str


def asking(t: Language) -> Asking:
    """Word what a reader is asked for."""
    return Asking(
        t(
            "Says of a number, link or file taken from here whether it is still what the data "
            "say, and what to write instead. What you give is written nowhere."
        ),
        t("A citation, a link or a fingerprint (64 letters and digits)"),
        t("Or a file from here"),
        t("CSV, JSON, GeoJSON, XLSX or SVG, at most 1 MB. It is written nowhere."),
        t("Is it current?"),
        t("To write instead:"),
    )


def told(verdict: Verdict) -> dict[str, object]:
    """Tell a verdict for programs."""
    return {
        "state": verdict.state,
        "title": verdict.title,
        "said": list(verdict.said),
        "cited": _of(verdict.cited),
        "present": _of(verdict.present),
        "correct": verdict.correct,
    }


def _of(citation: Citation | None) -> dict[str, str] | None:
    if citation is None:
        return None
    return {
        "release": citation.release,
        "amount": citation.amount,
        "fingerprint": citation.fingerprint,
        "link": citation.link,
    }
