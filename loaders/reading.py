"""The files of a package, read once: descriptor, tables and outlines, or every fault in them."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from incidents.codebook import LISTS, Codebook
from incidents.schema import Fault
from incidents.wording import OTHERS, WRITTEN
from loaders import descriptor, forms, needs
from loaders.descriptor import NAME, Descriptor
from loaders.needs import LIST
from loaders.tables import Codes, Table, broken_cells, parsed

CHANGELOGS = {WRITTEN: "CHANGELOG.md", **{lang: f"CHANGELOG.{lang}.md" for lang in OTHERS}}
"""The change log by language; only the first must be there."""
PROSE = (*CHANGELOGS.values(), "CHECKING.md", "LICENSE.md")
"""The files of a package that are neither described nor checked."""
TRIES = 3


class Faults(Exception):
    """A package that cannot be published: everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults; the message counts them."""
        super().__init__(f"{len(faults)} faults in the data package")
        self.faults = faults


@dataclass(frozen=True)
class Files:
    """The files of one package as they were at one moment, and what its descriptor says of them."""

    contents: Mapping[str, bytes]
    descriptor: Descriptor

    def text(self, name: str, faults: list[Fault]) -> str:
        """Give a text file; one that cannot be read is a fault."""
        try:
            return self.contents[name].decode("utf-8")
        except KeyError:
            faults.append(Fault(name, 0, "", "", "missing_file"))
        except UnicodeDecodeError:
            faults.append(Fault(name, 0, "", "", "not_utf8"))
        return ""


def marked(files: Mapping[str, bytes]) -> str:
    """Mark what files hold: name and SHA-256 of each, in the order of their names."""
    mark = hashlib.sha256()
    for name, content in sorted(files.items()):
        mark.update(name.encode() + hashlib.sha256(content).digest())
    return mark.hexdigest()


def files(directory: Path) -> Files:
    """Read every file that makes a package, and no other that may lie beside them.

    What is written meanwhile is read again. Raises `Faults` where that never ends, or where the
    descriptor cannot be used.
    """
    for _ in range(TRIES):
        before = _state(directory)
        found: list[Fault] = []
        read = _files(directory, found)
        if before == _state(directory):
            if found:
                raise Faults(found)
            return read
    raise Faults([Fault(NAME, 0, "", "", "being_written")])


def _state(directory: Path) -> list[tuple[str, int, int]]:
    folders = (directory, directory / "codebook", directory / "checking")
    paths = sorted(path for folder in folders for path in _in(folder))
    stats = []
    for path in paths:
        try:
            stat = path.stat()
        except FileNotFoundError:  # gone between listing and looking: another state
            continue
        stats.append((str(path), stat.st_mtime_ns, stat.st_size))
    return stats


def _in(folder: Path) -> Iterable[Path]:
    return (path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else ()


def descriptor_of(directory: Path, faults: list[Fault]) -> Descriptor:
    """Read the descriptor of a package, in the newest form. Faults are added to the list."""
    contents: dict[str, bytes] = {}
    _take(directory, NAME, contents)
    return _descriptor(contents, faults)


def _descriptor(contents: Mapping[str, bytes], faults: list[Fault]) -> Descriptor:
    described = _object(contents.get(NAME), NAME, faults)
    if not described:
        return Descriptor({}, {})
    return descriptor.read(forms.upgraded(described, faults), faults)


def _files(directory: Path, faults: list[Fault]) -> Files:
    contents: dict[str, bytes] = {}
    _take(directory, NAME, contents)
    about = _descriptor(contents, faults)
    for name in (*about.resources, *PROSE):
        _take(directory, name, contents)
    lists = {f"codebook/{path.name}" for path in _in(directory / "codebook")}
    strange = sorted(lists - set(about.resources)) if about.resources else ()
    faults += [
        Fault(name, 0, "", "", "undescribed_file") for name in strange if name.endswith(".csv")
    ]
    return Files(contents, about)


def _take(directory: Path, name: str, contents: dict[str, bytes]) -> None:
    try:
        contents[name] = (directory / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return


def _object(content: bytes | None, name: str, faults: list[Fault]) -> dict[str, Any]:
    """Read a file of JSON that holds one object; empty where it does not, which is a fault."""
    if content is None:
        faults.append(Fault(name, 0, "", "", "missing_file"))
        return {}
    try:
        read = json.loads(content)
    except json.JSONDecodeError as error:
        faults.append(Fault(name, error.lineno, "", error.msg, "not_json"))
        return {}
    except UnicodeDecodeError:
        faults.append(Fault(name, 0, "", "", "not_utf8"))
        return {}
    except RecursionError:
        faults.append(Fault(name, 0, "", "", "not_json"))
        return {}
    if not isinstance(read, dict) or not read:
        faults.append(Fault(name, 0, "", "", "not_an_object"))
        return {}
    return read


@dataclass(frozen=True)
class Reading:
    """One package on its way: its files, its tables as text, and the faults found so far.

    `codes` are what cells may name: the codes of every list, places, schemes, and the lists.
    """

    files: Files
    tables: Mapping[str, Table]
    codes: Codes
    faults: list[Fault]

    @classmethod
    def of(cls, found: Files, without: Collection[str] = ()) -> "Reading":
        """Read the tables of a package, but for some that were read before."""
        faults: list[Fault] = []
        tables = _tables(found, without, faults)
        return cls(found, tables, _codes(tables), faults)

    @property
    def about(self) -> Descriptor:
        """What the package says of itself."""
        return self.files.descriptor

    def refuse(self, *among: str) -> None:
        """Raise all faults if there are any, or any among some files."""
        if any(not among or fault.file in among for fault in self.faults):
            raise Faults(self.faults)

    def cell_faults(self, path: str) -> list[Fault]:
        """Check the cells of one table."""
        table = self.tables.get(path)
        return broken_cells(table, self.about.resources[path], self.codes) if table else []

    def frame(self, path: str) -> pd.DataFrame:
        """Give a table as text, with every column that is read, whatever its cells hold."""
        table, columns = self.tables.get(path), list(needs.columns_of(path, self.about.files))
        frame = table.frame if table else pd.DataFrame(columns=columns, dtype=str)
        return forms.told(self.about.described, path, frame.reindex(columns=columns, fill_value=""))

    def checked(self, path: str) -> pd.DataFrame:
        """Give a table as text, its cells checked."""
        self.faults.extend(self.cell_faults(path))
        return self.frame(path)

    def sound(self, *paths: str) -> bool:
        """Say whether no fault is known of some files."""
        return not {fault.file for fault in self.faults} & set(paths)

    def codebook(self) -> Codebook:
        """Give the code lists, their cells checked."""
        names = (*LISTS, "violation_words", "crosswalk", "schemes", "region_forms")
        frames = {name: self.checked(LIST.format(name)) for name in names}
        lists = {name: frames[name].set_index("code") for name in LISTS}
        return Codebook(lists, *(frames[name] for name in names[len(LISTS) :]))

    def texts(self, names: Mapping[str, str]) -> dict[str, str]:
        """Give one text file in several languages, those that are there; the first must be."""
        first = next(iter(names))
        held = {
            at: name for at, name in names.items() if at == first or name in self.files.contents
        }
        return {language: self.files.text(name, self.faults) for language, name in held.items()}


def _tables(found: Files, without: Collection[str], faults: list[Fault]) -> dict[str, Table]:
    """Read every other table, none of its cells checked. One that cannot be read is a fault."""
    read = {}
    for path in found.descriptor.tables:
        if path in without:
            continue
        if path not in found.contents:
            faults.append(Fault(path, 0, "", "", "missing_file"))
        elif table := parsed(found.contents[path], path, faults):
            read[path] = table
    return read


def _codes(read: Mapping[str, Table]) -> Codes:
    keys = {LIST.format(name): (name, "code") for name in LISTS}
    keys |= {"places.csv": ("places", "geonameid"), LIST.format("schemes"): ("schemes", "scheme")}
    known = {
        name: frozenset(table.column(column))
        for path, (name, column) in keys.items()
        if (table := read.get(path)) and column in table.columns
    }
    return {**known, "lists": frozenset(LISTS)}


def outlines(found: Reading, name: str) -> dict[str, Any]:
    """Read a file of outlines, whose features are objects."""
    areas = _object(found.files.contents.get(name), name, found.faults)
    features = areas.get("features", [])
    if isinstance(features, list) and all(isinstance(each, dict) for each in features):
        return areas
    found.faults.append(Fault(name, 0, "features", "", "not_an_object"))
    return {}
