"""A small package of a country that does not exist: nothing in it is true of anybody.

Its code is one that ISO 3166 leaves to users. It has its own datasets, groups, regions, census and
frame; no statements, no claims, and one published total. General code lists are the bundled ones.
"""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from loaders.needs import columns_of
from tests.conftest import DATA

CODE = "QX"
LISTS = {
    "regions": {"QX-1": "Upland", "QX-2": "Lowland", "QX": "Not told", "ONLINE": "Online"},
    "groups": {"weavers": "Weavers", "ferrymen": "Ferrymen"},
    "violation_words": {},
    "crosswalk": {},
    "schemes": {},
}
"""The lists of the country's own, label by code."""
RECORD = {
    "date_precision": "day",
    "place_precision": "region",
    "target": "organisation",
    "persons": "2",
    "perpetrator": "authorities",
    "response": "none_reported",
    "summary": "Something that never happened.",
    "source_name": "A publisher that does not exist",
    "source_url": "https://example.org/1",
    "kind": "incident",
    "consent": "public_source",
    "link": "open",
    "checked": "once",
}


def write(folder: Path, datasets: Iterable[str] = ("press",)) -> Path:
    """Write the package, with two records and a record of a year in every dataset."""
    datasets = list(datasets)
    lists = {
        **LISTS,
        "datasets": {name: f"Acts against {name}" for name in datasets},
        "categories": {f"{name}_any": f"Any act against {name}" for name in datasets},
        "violations": {f"{name}_threat": f"Threats against {name}" for name in datasets},
    }
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    template = next(r for r in described["resources"] if "dataset" in r)
    tables = [r for r in described["resources"] if "dataset" not in r]
    described |= {
        "name": "nowhere-incidents",
        "country": {"code": CODE, "name": "Nowhere", "name_ru": "Нигде", "name_ky": "Эч жерде"},
        "bbox": [10.0, -5.0, 12.0, -3.0],
        "title": "Acts in Nowhere",
        "title_ru": "Действия в стране Нигде",
        "contributors": [{"title": "A house that does not exist"}],
        "licenses": [{"title": "Terms of nowhere", "path": "https://example.org/terms"}],
        "published_series": "acts_against_press",
        "version": "1.0",
        "created": "2020-12-31",
        "resources": [*(_records(template, name) for name in datasets), *tables],
    }
    del described["title_ky"]  # English stands in for it
    (folder / "codebook").mkdir(parents=True)
    (folder / "checking").mkdir()
    for resource in tables:
        _table(folder, resource, lists, datasets)
    for number, name in enumerate(datasets):
        write_rows(folder / f"{name}.csv", template, list(_incidents(name, number)))
    _others(folder, datasets)
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changes\n\n## 1.0\n", encoding="utf-8")
    return folder


def write_rows(path: Path, resource: dict, rows: Iterable[dict[str, str]]) -> None:
    """Write a table; what a row does not tell is empty."""
    columns = [field["name"] for field in resource["schema"]["fields"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _records(template: dict, name: str) -> dict:
    days = {"collected_from": "2015-01-01", "collected_to": "2020-06-30"}
    days["less_covered_from"] = "2020-06-01"
    return {**template, **days, "name": name, "path": f"{name}.csv", "dataset": name}


def _incidents(name: str, number: int) -> Iterable[dict[str, str]]:
    own = {"category": f"{name}_any", "violations": f"{name}_threat", **RECORD}
    letter = chr(ord("Z") - number)
    yield {**own, "incident_id": f"{letter}-0001", "date": "2018-03-04", "region": "QX-1"} | {
        "groups": "weavers",
        "place": "7000001",
        "place_precision": "settlement",
    }
    yield {**own, "incident_id": f"{letter}-0002", "date": "2019-05-06", "region": "QX-2"} | {
        "groups": "weavers;ferrymen"
    }
    yield {**own, "incident_id": f"{letter}-0003", "date": "2019-01-01", "region": "QX"} | {
        "groups": "ferrymen",
        "date_precision": "year",
        "place_precision": "country",
    }


def _table(folder: Path, resource: dict, lists: dict, datasets: list[str]) -> None:
    """Write a code list of the country's own, a bundled general one, or a table without rows."""
    path = resource["path"]
    name = Path(path).stem
    if path.endswith(".geojson"):
        return
    if path == "codebook/violations.csv":
        _menus(resource, datasets)
    if name in {*lists, "region_forms"} or not path.startswith("codebook/"):
        write_rows(folder / path, resource, _codes(name, resource, lists.get(name, {}), datasets))
    else:
        (folder / path).write_bytes((DATA / path).read_bytes())


def _menus(resource: dict, datasets: list[str]) -> None:
    fields = resource["schema"]["fields"]
    menu = next(field for field in fields if field["name"].endswith("_category"))
    others = [field for field in fields if not field["name"].endswith("_category")]
    menus = [{**menu, "name": f"{name}_category"} for name in datasets]
    resource["schema"]["fields"] = [others[0], *menus, *others[1:]]


def _codes(name: str, resource: dict, codes: dict, datasets: list[str]) -> Iterable[dict]:
    columns = columns_of(resource["path"], datasets)
    for code, label in codes.items():
        row = {c: f"{label} ({c})" for c in columns if c[-3:] in ("_en", "_ru", "_ky")}
        row |= {"code": code, "label_en": label}
        if "counter_code" in columns:
            row["counter_code"] = code
        if name == "regions":
            row["kind"] = {"QX": "unplaced", "ONLINE": "online"}.get(code, "province")
        if name in ("categories", "violations"):
            dataset = code.rpartition("_")[0]
            row["dataset" if name == "categories" else f"{dataset}_category"] = (
                dataset if name == "categories" else f"{dataset}_any"
            )
        yield row


def _others(folder: Path, datasets: list[str]) -> None:
    """Write gazetteer, census, the one published total, and outlines."""
    page = "https://example.org/census"
    append(
        folder / "places.csv",
        {"geonameid": "7000001", "region": "QX-1", "lat": "-4.0", "lon": "11.0", "source": "none"}
        | {f"name_{language}": "Weaverton" for language in ("en", "ru", "ky")},
    )
    for region, people in (("QX-1", "1000"), ("QX-2", "3000")):
        counted = {"region": region, "year": "2009", "population": people, "source_url": page}
        counted |= {"as_of": "2009-11-24", "basis": "census 2009"}
        append(folder / "population.csv", counted)
    append(
        folder / "published_totals.csv",
        {"series": "acts_against_press", "dataset": datasets[0], "year": "2019", "count": "5"}
        | {"country": "Nowhere", "group": "all", "category": "all", "perpetrator": "all"}
        | {"measure": "acts", "source_name": "A monitor that does not exist", "link": "open"},
    )
    squares = {"QX-1": 10.2, "QX-2": 11.0}
    features = [
        {
            "type": "Feature",
            "properties": {"region": code, "label_lat": -4.0, "label_lon": west + 0.35},
            "geometry": _square(west),
        }
        for code, west in squares.items()
    ]
    areas = {"type": "FeatureCollection", "features": features}
    (folder / "regions.geojson").write_text(json.dumps(areas), encoding="utf-8")
    nothing = {"type": "FeatureCollection", "features": []}
    (folder / "neighbours.geojson").write_text(json.dumps(nothing), encoding="utf-8")


def _square(west: float) -> dict:
    east, south, north = west + 0.7, -4.5, -3.5
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def append(path: Path, *rows: dict[str, str]) -> None:
    """Add rows to a table; what they do not tell is empty."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    told = pd.DataFrame(rows, dtype=str).reindex(columns=table.columns, fill_value="")
    pd.concat([table, told]).to_csv(path, index=False, lineterminator="\n")
