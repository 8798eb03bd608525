"""A file that was read, once more: the cells of its sheet as they stand."""

from pathlib import Path

from loaders.package import Package
from loaders.sources import text, workbook
from loaders.sources.cases import Cases
from loaders.sources.sheets import Sheet


def sheet(path: Path, cases: Cases, package: Package) -> Sheet:
    """Read the sheet that cases were read from, as it was decided then. Raises `Unreadable`."""
    said, content = cases.decided, path.read_bytes()
    if said.form == "xlsx":
        sheets = workbook.sheets(content, cases.file)
        return next(each for each in sheets if each.name == said.sheet)
    whole, _ = text.decoded(content, cases.file, package, said.encoding)
    return text.sheet(whole, said.separator, cases.file)
