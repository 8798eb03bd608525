"""An archive of tables, as ODK Central packs them: its CSV files, unpacked in memory within bounds.

Nothing else in it is looked at: no pictures, no recordings, no archives within.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

from loaders.sources.cases import LARGEST_TEXT, PARTS, SHEETS, Problem, Unreadable, Where

ZIP = b"PK\x03\x04"
BOOK = "xl/workbook.xml"
"""The part that makes an archive a workbook."""
MEDIA = "media"
AUDIT = " - audit.csv"
"""What ODK Central adds about the telephones that were used: when each question was looked at."""


def is_archive(content: bytes) -> bool:
    """Say whether a file is an archive with a CSV file in it, and no workbook."""
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    return BOOK not in names and any(map(_is_table, names))


def tables(content: bytes, file: str) -> dict[str, bytes]:
    """Unpack the CSV files of an archive, by name. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if _is_table(each.filename)]
            if len(members) > SHEETS:
                raise Unreadable(Problem("too_many_sheets", Where(file)))
            return unpacked(archive, members, LARGEST_TEXT, file)
    except (Unreadable, MemoryError):
        raise
    except Exception:  # zipfile raises what it meets, RuntimeError for a password
        raise Unreadable(Problem("broken_archive", Where(file))) from None


def unpacked(
    archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo], room: int, file: str
) -> dict[str, bytes]:
    """Unpack some parts of an archive, and not a byte more than there is room. Raises `Unreadable`.

    What an archive says of the size of its parts is not believed.
    """
    if len(archive.infolist()) > PARTS:
        raise Unreadable(Problem("too_large", Where(file)))
    found = {}
    for member in members:
        with archive.open(member) as part:
            found[member.filename] = part.read(room + 1)
        room -= len(found[member.filename])
        if room < 0:
            raise Unreadable(Problem("too_large", Where(file)))
    return found


def _is_table(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or path.parts[:1] == (MEDIA,)
    return path.suffix.lower() == ".csv" and not hidden and not name.endswith(AUDIT)
