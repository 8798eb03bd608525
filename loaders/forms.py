"""Older forms of a package, read as if they were of the newest one.

A release that is kept never changes, and the program goes on: what a form came to have later is
added here in memory. A table that came later is empty, and so is a column; what the program said
of every release of form 1, before releases said it themselves, stands in `form1.json`. Form 3 came
with translations, form 4 with the names of regions as a sentence takes them.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from incidents.schema import Fault
from loaders import needs
from loaders.descriptor import NAME

NEWEST = 4
SINCE_FOURTH = ("codebook/region_forms.csv",)
SINCE_THIRD = (
    *("translations.csv", "names.csv", "checking/translations.csv"),
    "reader_risks.csv",
    *SINCE_FOURTH,
)
"""The tables that came with form 3, and later."""
LATER = {1: SINCE_THIRD, 2: SINCE_THIRD, 3: SINCE_FOURTH, NEWEST: ()}


def upgraded(described: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """Give a descriptor in the newest form. One of an unknown form is a fault."""
    form = described.get("form", 1)
    if not isinstance(form, int) or form not in LATER:
        faults.append(Fault(NAME, 0, "form", str(form), "unknown_form"))
        return described
    return _with_absent(_from_first(described) if form == 1 else described, LATER[form])


def told(described: Mapping[str, Any], path: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of a package with what its form leaves to the program.

    Whole rows where the table came later, and cells by code where they came later or meant less.
    """
    if described.get("form", 1) != 1:
        return table
    rows = pd.DataFrame(_first()["rows"].get(path, []), columns=table.columns, dtype=str)
    table = rows if table.empty and len(rows) else table
    for column, cells in _first()["cells"].get(path, {}).items():
        table = table.assign(**{column: table["code"].map(cells).fillna(table[column])})
    return table


@cache
def _first() -> dict[str, Any]:
    """Read what releases of form 1 do not say of themselves."""
    return json.loads(Path(__file__).with_name("form1.json").read_text(encoding="utf-8"))


def _from_first(described: dict[str, Any]) -> dict[str, Any]:
    files: dict[str, str] = _first()["datasets"]
    given = described.get("resources")
    resources = [
        _resource(resource, files) if _is_readable(resource) else resource
        for resource in (given if isinstance(given, list) else [])
    ]
    found = {**_first()["facts"], **described, "resources": resources}
    return _with_absent(found, _first()["later_tables"])


def _with_absent(described: dict[str, Any], later: Iterable[str]) -> dict[str, Any]:
    """Add the tables that came later and are not there; they are empty."""
    given = described.get("resources")
    resources = given if isinstance(given, list) else []
    paths = {resource["path"] for resource in resources if _is_readable(resource)}
    absent = [{"path": path, "absent": True} for path in later if path not in paths]
    return {**described, "resources": [*resources, *absent]}


def _is_readable(resource: object) -> bool:
    return isinstance(resource, Mapping) and isinstance(resource.get("path"), str)


def _resource(resource: dict[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    path, schema = resource["path"], resource.get("schema")
    said = dict(resource)
    if path in files:
        said["dataset"] = files[path]
    said["untold"] = path in _first()["untold"]
    if not isinstance(schema, Mapping) or not isinstance(schema.get("fields"), list):
        return said
    fields = [_field(path, f) if isinstance(f, Mapping) else f for f in schema["fields"]]
    names = {str(field.get("name")) for field in fields if isinstance(field, Mapping)}
    read = needs.columns_of(path, files.values())
    absent = [name for name in read if name in _first()["later_columns"] and name not in names]
    return {**said, "schema": {**schema, "fields": fields}, "absent_columns": absent}


def _field(path: str, field: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a field as it is described today: code lists by name, patterns on texts alone."""
    told = dict(field)
    if "codes" in told:
        told["codes"] = Path(str(told["codes"])).stem
    if "separator" in told:
        told["list"] = True
    found = needs.strengthened(told, needs.need_of(path, str(told.get("name"))))
    limits = found.get("constraints")
    if isinstance(limits, Mapping) and found.get("type") != "string":
        found["constraints"] = {key: limits[key] for key in limits if key != "pattern"}
    return found
