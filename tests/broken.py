"""Ways to break a data package, one for every rule: a test that a file is refused uses them all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from incidents.schema import Fault
from tests import cases

MEDIA, RIGHTS = "media_attacks.csv", "rights_incidents.csv"
READINGS = "claim_readings.csv"


@dataclass(frozen=True)
class Break:
    """One broken cell: where, what is written there, and the rule it breaks.

    `row` picks the record to break: the first one for which these columns hold these values.
    """

    rule: str
    file: str
    column: str
    value: str
    row: tuple[tuple[str, str], ...] = ()


def _where(**columns: str) -> tuple[tuple[str, str], ...]:
    return tuple(columns.items())


PROTECTED = _where(protected="yes")
RECORDS = _where(selection="data=media")

CELLS = [
    Break("required", MEDIA, "source_name", ""),
    Break("unknown_code", MEDIA, "perpetrator", "martians"),
    Break("unknown_code", RIGHTS, "groups", "women;martians", _where(protected="")),
    Break("unknown_code", MEDIA, "checked", "not_refound"),
    Break("unknown_code", RIGHTS, "kind", "law", _where(protected="")),
    Break("repeated_code", MEDIA, "groups", "journalists;journalists"),
    Break("yes_or_empty", MEDIA, "reader_risk", "no"),
    Break("not_a_date", MEDIA, "date", "2021-02-30", _where(date_precision="day")),
    Break("not_a_date", MEDIA, "date", "17.03.2021", _where(date_precision="day")),
    Break("not_an_address", MEDIA, "source_url", "javascript:alert(1)", _where(link="open")),
    Break("bad_id", MEDIA, "incident_id", "=M1"),
    Break("duplicate_id", MEDIA, "incident_id", "M-0002"),
    Break("not_a_number", MEDIA, "persons", "many"),
    Break("not_a_number", MEDIA, "persons", "-3"),
    Break("not_a_period", MEDIA, "source_published", "spring"),
    Break("unknown_place", MEDIA, "place", "99", _where(place_precision="settlement")),
    Break("date_precision", MEDIA, "date", "2021-03-17", _where(date_precision="month")),
    Break("outside_collection", MEDIA, "date", "2016-03-17", _where(date_precision="day")),
    Break("ends_before", MEDIA, "date_end", "2017-01-01", _where(date_precision="day")),
    Break("other_dataset", MEDIA, "category", "discrimination"),
    Break("other_dataset", MEDIA, "violations", "domestic_violence"),
    Break("place_precision", MEDIA, "place_precision", "region", _where(region="ONLINE")),
    Break("place_outside_region", MEDIA, "place", "1527534", _where(region="KG-GB")),
    Break("link", MEDIA, "link", "withheld", _where(link="open", second_source_url="")),
    Break("link", MEDIA, "source_url", "", _where(link="open")),
    Break("no_summary", MEDIA, "summary", ""),
    Break("unknown_code", RIGHTS, "violations", "hidden_in_a_code", PROTECTED),
    Break("not_a_date", RIGHTS, "date", "17.03.2021", PROTECTED),
    Break("protected_text", RIGHTS, "summary", "A detail.", PROTECTED),
    Break("protected_text", RIGHTS, "persons", "1", PROTECTED),
    Break("protected_sequence", RIGHTS, "episode", "E-R-1", PROTECTED),
    Break("protected_sequence", RIGHTS, "same_event", "R-1910", PROTECTED),
    Break("protected_source", RIGHTS, "source_published", "2021-03", PROTECTED),
    Break("protected_date", RIGHTS, "date_end", "2025-12-30", PROTECTED),
    Break("protected_act", RIGHTS, "violations", "threat;physical_assault", PROTECTED),
    Break(
        "unprotected",
        RIGHTS,
        "violations",
        "domestic_violence",
        _where(protected="", target="person"),
    ),
    Break("consent", MEDIA, "consent", "not_given"),
    Break("consent", RIGHTS, "consent", "not_given", PROTECTED),
    Break("personal_data", MEDIA, "summary", "Call her on +996 555 12 34 56."),
    Break("personal_data", MEDIA, "source_name", "A letter by somebody@example.org"),
    Break("control_character", MEDIA, "summary", "A journalist was \u202ederaelc\u202c."),
    Break("control_character", MEDIA, "project", "two\nlines"),
    Break("control_character", RIGHTS, "source_name", "Klo\u200bop", PROTECTED),
    Break("control_character", "places.csv", "name_ky", "Ош\x85"),
    Break("control_character", "codebook/groups.csv", "label_ru", "\u2067Женщины"),
    Break("control_character", "context_events.csv", "summary_en", "A law\x00 was passed."),
    Break("unknown_record", MEDIA, "same_event", "R-0000"),
    Break("unknown_code", "publishers.csv", "language", "English"),
    Break("not_an_address", "publishers.csv", "address", "https://example.org"),
    Break("not_an_address", "publishers.csv", "archived", "web.archive.org/x"),
    Break("not_an_address", "names.csv", "seen_ru", "https://example.org/a-page"),
    Break("unknown_code", "places.csv", "region", "KG-X"),
    Break("not_a_number", "population.csv", "population", "half a million"),
    Break("not_a_period", "population.csv", "year", "22"),
    Break("unknown_code", "published_totals.csv", "group", "martians"),
    Break("not_an_address", "context_events.csv", "source_url", "ftp://example.org"),
    Break("required", "claims.csv", "quote_ky", ""),
    Break("bad_id", "claims.csv", "claim_id", "M-0001"),
    Break("duplicate_id", "claims.csv", "claim_id", "S-02"),
    Break("not_a_date", "claims.csv", "said", "2022-10"),
    Break("not_a_date", "claims.csv", "said", "2022-02-30"),
    Break("not_a_number", "claims.csv", "factor", "three"),
    Break("not_a_number", "claims.csv", "factor", "0"),
    Break("unknown_code", "claims.csv", "manner", "hardly"),
    Break("unknown_code", "claims.csv", "language", "de"),
    Break("not_an_address", "claims.csv", "source_url", "ftp://example.org"),
    Break("control_character", "claims.csv", "quote_en", "almost\u202e three times"),
    Break("unknown_code", READINGS, "why", "because"),
    Break("unknown_claim", READINGS, "claim_id", "S-99"),
    Break("nothing_compared", READINGS, "series", "", _where(selection="")),
    Break("unknown_series", READINGS, "series", "attacks_on_martians"),
    Break("unknown_series", READINGS, "series", "rsf_rank_from_2022"),
    Break("not_a_selection", READINGS, "selection", "data=martians", RECORDS),
    Break("not_a_selection", READINGS, "selection", "data=media&unit=people", RECORDS),
    Break("not_a_selection", READINGS, "selection", "all records", RECORDS),
    Break("not_a_span", READINGS, "earlier", "2021-03-17", RECORDS),
    Break("not_a_span", READINGS, "later", "2021...2022"),
    Break("not_a_year", READINGS, "earlier", "2018-03", _where(selection="")),
    Break("not_a_year", READINGS, "later", "2021..2022", _where(selection="")),
    Break("ends_before", READINGS, "earlier", "2018-09..2018-01", RECORDS),
    Break("not_later", READINGS, "later", "2018"),
    Break("not_later", READINGS, "later", "2018-12", RECORDS),
    Break("required", "codebook/groups.csv", "label_ky", ""),
    Break(
        "duplicate_id", "codebook/groups.csv", "code", "women", _where(code="border_communities")
    ),
    Break("required", "codebook/kinds.csv", "example_en", ""),
    Break("unknown_code", "codebook/targets.csv", "counter_code", "passers_by"),
    Break("unknown_code", "codebook/violation_words.csv", "violation", "mischief"),
]
"""One cell broken, at least once for every rule about cells."""


def break_cell(directory: Path, broken: Break) -> Fault:
    """Break one cell of a package, and say which fault must be reported."""
    path = directory / broken.file
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = pd.Series(data=True, index=table.index)
    for column, value in broken.row:
        rows &= table[column] == value
    row = int(rows.idxmax())
    table.loc[row, broken.column] = broken.value
    table.to_csv(path, index=False)
    return _fault_of(broken, table, row)


def _fault_of(broken: Break, table: pd.DataFrame, row: int) -> Fault:
    """Give the fault a break must lead to: where another cell no longer fits, it is that one."""
    column = {("link", "link"): "source_url", ("unprotected", "violations"): "protected"}.get(
        (broken.rule, broken.column), broken.column
    )
    if broken.rule == "duplicate_id":  # the second of the two is the one too many
        same = table.index[table[broken.column] == broken.value]
        row = int(same[-1])
    hidden = broken.row == PROTECTED or broken.rule in ("unprotected", "personal_data")
    value = "" if hidden else table.loc[row, column]
    return Fault(broken.file, row + 2, column, value, broken.rule)


def shared_region(directory: Path) -> Fault:
    """Name a region in a protected record that no other of its year shares."""
    path = directory / RIGHTS
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    alone = table.index[(table["protected"] == "yes") & (table["region"] == "KG")][0]
    table.loc[alone, ["region", "place_precision"]] = ["KG-N", "region"]
    table.to_csv(path, index=False)
    return Fault(RIGHTS, int(alone) + 2, "region", "", "protected_region")


def protected_place(directory: Path) -> Fault:
    """Name a made-up settlement in one of three protected records that share a made-up region."""
    path = directory / RIGHTS
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = table.index[(table["protected"] == "yes") & (table["date"] == "2022-01-01")][:3]
    table.loc[rows, ["region", "place_precision"]] = ["KG-GB", "region"]
    table.loc[rows[0], ["place", "place_precision"]] = ["1528675", "settlement"]
    table.to_csv(path, index=False)
    return Fault(RIGHTS, int(rows[0]) + 2, "place", "", "protected_place")


def too_soon(directory: Path) -> list[Fault]:
    """Release a package before the delay of its newest protected record is over."""
    path = directory / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["created"] = "2026-05-28"  # 90 days after 28 February are the 29th of May
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    table = pd.read_csv(directory / RIGHTS, dtype=str, keep_default_na=False)
    newest = table.index[(table["protected"] == "yes") & (table["date"] == "2026-01-01")]
    return [Fault(RIGHTS, int(row) + 2, "date", "", "protected_delay") for row in newest]


def _file_missing(directory: Path) -> Fault:
    (directory / "places.csv").unlink()
    return Fault("places.csv", 0, "", "", "missing_file")


def _not_utf8(directory: Path) -> Fault:
    (directory / MEDIA).write_bytes("Бишкек".encode("cp1251"))
    return Fault(MEDIA, 1, "", "b'\\xc1'", "not_utf8")


def _not_csv(directory: Path) -> Fault:
    (directory / MEDIA).write_text("")
    return Fault(MEDIA, 0, "", "", "not_csv")


def _too_many_cells(directory: Path) -> Fault:
    head, *rows = (directory / MEDIA).read_text(encoding="utf-8").splitlines()
    text = "\n".join([head, *(f"{row}," for row in rows), ""])
    (directory / MEDIA).write_text(text, encoding="utf-8")
    return Fault(MEDIA, 2, "", "", "not_csv")


def _not_json(directory: Path) -> Fault:
    (directory / "neighbours.geojson").write_text('{"features":\n}')
    return Fault("neighbours.geojson", 2, "", "Expecting value", "not_json")


def _column_missing(directory: Path) -> Fault:
    path = directory / MEDIA
    pd.read_csv(path, dtype=str).drop(columns="checked").to_csv(path, index=False)
    return Fault(MEDIA, 1, "checked", "", "missing_column")


def _column_unknown(directory: Path) -> Fault:
    path = directory / MEDIA
    pd.read_csv(path, dtype=str).assign(phone="").to_csv(path, index=False)
    return Fault(MEDIA, 1, "phone", "phone", "unknown_column")


def _no_collection(directory: Path) -> Fault:
    path = directory / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    del descriptor["resources"][0]["collected_to"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return Fault("datapackage.json", 0, MEDIA, "", "no_collection")


def _less_covered(directory: Path) -> Fault:
    path = directory / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["less_covered_from"] = "2035-01-01"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return Fault("datapackage.json", 0, MEDIA, "", "less_covered")


def _not_a_release(directory: Path) -> Fault:
    path = directory / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["version"] = "../1 ![x](http://evil.example/p.png)"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return Fault("datapackage.json", 0, "version", descriptor["version"], "not_a_release")


def redescribe(directory: Path, change: Callable[[dict], object]) -> None:
    """Change the descriptor of a package."""
    path = directory / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def resource(descriptor: dict, path: str) -> dict:
    """Find what a descriptor says of one file."""
    return next(each for each in descriptor["resources"] if each["path"] == path)


def field(descriptor: dict, path: str, name: str) -> dict:
    """Find what a descriptor says of one column."""
    fields = resource(descriptor, path)["schema"]["fields"]
    return next(each for each in fields if each["name"] == name)


def _missing_resource(directory: Path) -> Fault:
    redescribe(directory, lambda d: d["resources"].remove(resource(d, "places.csv")))
    return Fault("datapackage.json", 0, "places.csv", "", "missing_resource")


def _unread_resource(directory: Path) -> Fault:
    redescribe(directory, lambda d: d["resources"].append({"path": "opinions.csv"}))
    return Fault("datapackage.json", 0, "opinions.csv", "opinions.csv", "unread_resource")


def _undescribed_file(directory: Path) -> Fault:
    (directory / "codebook" / "colours.csv").write_text("code\n")
    return Fault("codebook/colours.csv", 0, "", "", "undescribed_file")


def _same_file(directory: Path) -> Fault:
    redescribe(directory, lambda d: resource(d, RIGHTS).update(path=MEDIA))
    return Fault("datapackage.json", 0, MEDIA, MEDIA, "same_file")


def _not_an_object(directory: Path) -> Fault:
    (directory / "datapackage.json").write_text("[1, 2]")
    return Fault("datapackage.json", 0, "", "", "not_an_object")


def _unknown_form(directory: Path) -> Fault:
    redescribe(directory, lambda d: d.update(form=5))
    return Fault("datapackage.json", 0, "form", "5", "unknown_form")


def _bad_description(directory: Path) -> Fault:
    """Let anything be a source's address: it would be a link on a page."""
    redescribe(directory, lambda d: field(d, MEDIA, "source_url").pop("constraints"))
    return Fault("datapackage.json", 0, f"{MEDIA} source_url", "", "bad_description")


def _no_such_kind(directory: Path) -> Fault:
    path = directory / "codebook" / "regions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",online,", ",region,"))
    return Fault("codebook/regions.csv", 0, "kind", "online", "no_such_kind")


def _other_country(directory: Path) -> Fault:
    with (directory / "codebook" / "regions.csv").open("a", encoding="utf-8") as file:
        file.write("QX-N,region,Made up,Выдумано,Ойдон,Made up.,Выдумано.,Ойдон.\n")
    return Fault("codebook/regions.csv", 13, "code", "QX-N", "other_country")


def _no_outline(directory: Path) -> Fault:
    path = directory / "regions.geojson"
    areas = json.loads(path.read_text(encoding="utf-8"))
    areas["features"] = [f for f in areas["features"] if f["properties"]["region"] != "KG-N"]
    path.write_text(json.dumps(areas), encoding="utf-8")
    return Fault("regions.geojson", 0, "region", "KG-N", "no_outline")


def _no_label(directory: Path) -> Fault:
    path = directory / "regions.geojson"
    areas = json.loads(path.read_text(encoding="utf-8"))
    found = next(f["properties"] for f in areas["features"] if f["properties"]["region"] == "KG-N")
    del found["label_lat"]
    path.write_text(json.dumps(areas), encoding="utf-8")
    return Fault("regions.geojson", 0, "label_lat", "KG-N", "no_label")


def _withdrawn(directory: Path) -> Fault:
    with (directory / "withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write("M-0001,media,2026.11.0,2026-12,request\n")
    return Fault(MEDIA, 2, "incident_id", "M-0001", "withdrawn")


def _withdrawn_with_words(directory: Path) -> Fault:
    with (directory / "withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write("M-9001,media,2026.11.0,2026-12,The family asked\n")
    return Fault("withdrawn.csv", 2, "reason", "", "unknown_code")


def _aggregate_only(directory: Path) -> list[Fault]:
    """Ask that a group be counted and never listed, while its records stand in the file."""
    path = directory / "codebook" / "groups.csv"
    groups = pd.read_csv(path, dtype=str, keep_default_na=False)
    groups.loc[groups["code"] == "lgbtq", "protected"] = "aggregate_only"
    groups.to_csv(path, index=False)
    rights = pd.read_csv(directory / RIGHTS, dtype=str, keep_default_na=False)
    theirs = rights["groups"].str.contains("lgbtq") & (rights["target"] == "person")
    rows = rights.index[theirs]
    return [Fault(RIGHTS, int(row) + 2, "groups", "", "aggregate_only") for row in rows]


def _small_cell(directory: Path) -> Fault:
    cases.ask_to_count(directory)
    with (directory / "aggregates.csv").open("a", encoding="utf-8") as file:
        file.write(f"groups,{cases.GROUP},total,,2\n")
    return Fault("aggregates.csv", 2, "count", "", "small_cell")


def _gives_away(directory: Path) -> list[Fault]:
    """Publish a total beside a small cell that is all that is missing to it."""
    cases.ask_to_count(directory)
    with (directory / "aggregates.csv").open("a", encoding="utf-8") as file:
        for cell in ("total,,9", "year,2020,8", "year,2021,<3"):
            file.write(f"groups,{cases.GROUP},{cell}\n")
    return [Fault("aggregates.csv", row, "count", "", "gives_away") for row in (3, 4)]


def _no_reading(directory: Path) -> Fault:
    path = directory / READINGS
    readings = pd.read_csv(path, dtype=str, keep_default_na=False)
    readings[readings["claim_id"] != "S-02"].to_csv(path, index=False)
    return Fault("claims.csv", 3, "claim_id", "S-02", "no_reading")


def _translates_nothing(directory: Path) -> Fault:
    with (directory / "translations.csv").open("w", encoding="utf-8") as file:
        file.write("text_en,text_ru,text_ky,translated_ru,translated_ky\n")
        file.write("What was withdrawn.,Отозвано.,,machine,\n")
    return Fault("translations.csv", 2, "text_en", "", "translates_nothing")


def _not_told_how(directory: Path) -> Fault:
    path = directory / "translations.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[0, "translated_ky"] = "" if rows.loc[0, "text_ky"] else "machine"
    rows.to_csv(path, index=False)
    return Fault("translations.csv", 2, "translated_ky", "", "not_told_how")


def _names_nothing(directory: Path) -> Fault:
    with (directory / "names.csv").open("w", encoding="utf-8") as file:
        file.write("name_en,kind,name_ru,name_ky,also,seen_ru,seen_ky\n")
        file.write("Nobody Atall,person,,,,,\n")
    return Fault("names.csv", 2, "name_en", "", "names_nothing")


FILES: list[Callable[[Path], Fault | list[Fault]]] = [
    _file_missing,
    _not_utf8,
    _not_csv,
    _too_many_cells,
    _not_json,
    _column_missing,
    _column_unknown,
    _no_collection,
    _less_covered,
    _not_a_release,
    _missing_resource,
    _unread_resource,
    _undescribed_file,
    _same_file,
    _not_an_object,
    _unknown_form,
    _bad_description,
    _no_such_kind,
    _other_country,
    _no_outline,
    _no_label,
    _withdrawn,
    _withdrawn_with_words,
    _aggregate_only,
    _small_cell,
    _gives_away,
    _no_reading,
    _translates_nothing,
    _not_told_how,
    _names_nothing,
    shared_region,
    protected_place,
    too_soon,
]
"""Ways to break a package other than by one cell."""


def breaks() -> list[tuple[str, Callable[[Path], Fault]]]:
    """List every way to break a package, with a name."""
    cells = [
        (f"{b.rule}: {b.file}, {b.column} = {b.value}", lambda d, b=b: break_cell(d, b))
        for b in CELLS
    ]
    return cells + [(b.__name__.strip("_"), b) for b in FILES]
