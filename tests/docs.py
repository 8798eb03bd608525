"""What documents say of the code and the data, made from them: `make docs` writes it again.

Tables stand between `<!-- made by make docs: NAME -->` and `<!-- end -->`; CITATION.cff names the
release of the data. `make check-docs` writes nothing, and ends with 1 where something differs.
"""

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import pandas as pd

from incidents.filters import PARAMETERS, Parameter
from keeper import __main__ as keeper
from loaders import settings as places
from tests.asking import question
from web.doors import DOORS, Door

HOME = Path(__file__).parent.parent
MARKED = re.compile(r"(<!-- made by make docs: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)
HERE = "http://localhost:8501"
BESIDE = {
    "/api/v1/openapi.json": "The description of the API, for programs.",
    "/embed/trend?data=media&lang=ky": "A figure for a frame on another page (every SURFACE).",
    "/light/trends?data=media": "A page that needs no script (one for each page).",
    "/light/brief?group=women": "A brief of a selection as a page; as PDF, see `brief` above.",
    "/feed.atom?data=media": "What is new in a selection, as a feed.",
    "/healthz": "Whether there are data, and of which release.",
}
"""What stands beside the doors of the API."""
SHOWN = 2
"""How many codes of a list are shown: a further one in its file changes no document."""


SETTINGS = [each for each in vars(places).values() if isinstance(each, places.Setting)]


def settings() -> str:
    """Tell every setting: variable, what it is, default."""
    made = [(f"`{each.variable}`", each.about, _default(each.default)) for each in SETTINGS]
    port = re.search(r"^PORT \?= (\d+)$", _read("Makefile"), re.MULTILINE)
    made.append(("`PORT`", "port of `make run`", f"`{port and port[1]}`"))
    return _table(("variable", "what", "default"), made)


def _default(text: str) -> str:
    return f"`{text.removeprefix(f'{HOME}/')}`" if text else "none"


def commands() -> str:
    """Tell every command of a keeper: how it is called, what it does, as its own help says it."""
    made = [(f"`{_usage(name)}`", about) for name, about in known_commands().items()]
    return _table(("command", "what"), made)


def known_commands() -> dict[str, str]:
    """Ask `python -m keeper --help` for the commands, each with its line of help."""
    return dict(re.findall(r"^ {4}(\w+) {2,}(.+)$", _said_by_keeper("--help"), re.MULTILINE))


def _usage(name: str) -> str:
    usage = _said_by_keeper(name, "--help").split("\n\n")[0]
    return " ".join(usage.split()).removeprefix("usage: python -m keeper ").replace(" [-h]", "")


def _said_by_keeper(*arguments: str) -> str:
    said, wide = io.StringIO(), {"LC_ALL": "C", "COLUMNS": "300", "NO_COLOR": "1"}
    with (
        mock.patch.dict("os.environ", wide),
        mock.patch.object(sys, "argv", ["keeper", *arguments]),
        contextlib.redirect_stdout(said),
        contextlib.suppress(SystemExit),
    ):
        keeper.main()
    return said.getvalue()


def parameters() -> str:
    """Tell every parameter of an address: what it may hold, what it means, an example."""
    made = [
        (f"`{each.name}`", each.description, _values(each), f"`{each.name}={each.example}`")
        for each in PARAMETERS.values()
    ]
    return _table(("parameter", "what", "values", "example"), made)


def _values(parameter: Parameter) -> str:
    if parameter.choices:
        return ", ".join(f"`{value}`" for value in parameter.choices)
    if parameter.listed:
        path, codes = listed_codes(parameter)
        such = ", ".join(f"`{code}`" for code in codes[:SHOWN])
        return f"codes of [{Path(path).name}]({path}), such as {such}"
    return {
        "period": "a year or a month: `2018`, `2018-03`",
        "span": "a year or a month, or two of them: `2018`, `2018-03`, `2018..2019`",
        "text": "words",
        "number": "a whole number, from 1",
        "version": "a folder of `data/releases/`",
        "identifier": "the identifier of a record",
    }[parameter.type]


def listed_codes(parameter: Parameter) -> tuple[str, list[str]]:
    """Give the file of a parameter's code list, and the codes in it."""
    gazetteer = parameter.listed == "places"
    path = "data/places.csv" if gazetteer else f"data/codebook/{parameter.listed}.csv"
    rows = pd.read_csv(HOME / path, dtype=str, keep_default_na=False)
    return path, rows["geonameid" if gazetteer else "code"].tolist()


def addresses() -> str:
    """Tell every address of the API, with a call of each."""
    told = [
        (
            f"`/api/v1/{door.path.replace('{name}', 'ID')}.{{{','.join(door.kinds)}}}`"
            if not door.names
            else f"`/api/v1/{door.path.replace('{name}', 'SURFACE')}.{{{','.join(door.kinds)}}}`",
            door.description,
            _more(door),
            f"`curl '{HERE}/api/v1/{door.example}'`",
        )
        for door in DOORS
    ]
    for path, said in BESIDE.items():
        told.append((f"`{path}`", said, "", f"`curl '{HERE}{path}'`"))
    return _table(("address", "what", "its own parameters", "for example"), told)


def _more(door: Door) -> str:
    own = [
        f"`{each.name}`: {', '.join(f'`{v}`' for v in each.allowed) or 'text'}" for each in door.own
    ]
    names = door.names(question("/")) if door.names else ()
    surfaces = [f"SURFACE: {', '.join(f'`{name}`' for name in names)}"] if names else []
    return "; ".join([*surfaces, *own])


TABLES = {
    "settings": settings,
    "commands": commands,
    "parameters": parameters,
    "addresses": addresses,
}


def tables(text: str) -> str:
    """Put the tables as they are now between their marks."""
    return MARKED.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", text)


def citation(text: str) -> str:
    """Put version and day of the release into CITATION.cff."""
    described = json.loads(_read("data/datapackage.json"))
    for name, value in (("version", "version"), ("date-released", "created")):
        told = described[value][:10] if value == "created" else described[value]
        text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {told}", text)
    return text


MADE = {"README.md": tables, "docs/api.md": tables, "CITATION.cff": citation}


def differing() -> dict[str, str]:
    """Give every document that is not as it would be written, as it would be."""
    would = {name: make(_read(name)) for name, make in MADE.items()}
    return {name: text for name, text in would.items() if text != _read(name)}


def _read(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(cell.replace("|", r"\|") for cell in row) for row in rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> int:
    """Write what differs, or with `--check` only say it."""
    found = differing()
    if "--check" in sys.argv[1:]:
        for name in found:
            print(f"{name} is not as `make docs` writes it", file=sys.stderr)
        return 1 if found else 0
    for name, text in found.items():
        (HOME / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
