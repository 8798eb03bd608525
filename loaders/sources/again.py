"""What was read, once more: the cells of its sheet as they stand."""

from loaders.package import Package
from loaders.sources.cases import Cases, Told
from loaders.sources.opening import opened
from loaders.sources.sheets import Sheet


def sheet(content: bytes, cases: Cases, package: Package) -> Sheet:
    """Read the sheet that cases were read from, as it was decided then. Raises `Unreadable`."""
    said = cases.decided
    told = Told(encoding=said.encoding, separator=said.separator)
    sheets = opened(content, cases.file, package, told, lambda _: (False, 0)).sheets
    return next(each for each in sheets if each.name == said.sheet)
