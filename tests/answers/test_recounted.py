"""Every filter on every surface, in both units: the numbers of its table, counted again by hand."""

from urllib.parse import urlencode

import pandas as pd
import pytest

from answers import files
from answers.surfaces import overview
from answers.surfaces.cells import Cells
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from incidents import listing
from incidents.citation import PUBLISHED
from incidents.selection import Selection, Span
from loaders.downloads import from_csv
from tests import cases, plain, recount
from tests.asking import question
from tests.combining import BUNDLED, pairs, singles
from tests.recount import ANSWERED, THEIRS

UNITS = ("incidents", "people")
ADDRESSES = [*singles(), *pairs()[::6]]


def asked_and_found(address, unit="incidents"):
    """Ask, and give beside the question the records that it finds."""
    asked = question(f"/?{address}&unit={unit}")
    return asked, BUNDLED.found(asked.selection)


def whole(cell):
    """Read a cell of a table that may hold nothing."""
    return None if pd.isna(cell) else int(cell)


def awaited(selection, facet, code, numbers, held):
    """Give the number of a code, or nothing where the filters took it away."""
    return numbers[code] if code in held or plain.possible(selection, facet, code) else None


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_map_holds_what_its_regions_and_places_hold(address, unit):
    asked, rows = asked_and_found(address, unit)
    table = asked.answer(Map).table.rows
    held = {row["region"] for row in rows}
    numbers = recount.under(rows, "region", unit)
    told = {row.code: row for row in table[table["kind"] == "region"].itertuples()}
    assert sorted(told) == sorted(BUNDLED.codes("region"))
    for code, row in told.items():
        n = awaited(asked.selection, "region", code, numbers, held)
        assert whole(getattr(row, unit)) == n
        assert (row.rate is pd.NA) == (n is None or code not in INHABITANTS)
        if row.rate is not pd.NA:
            assert row.rate == pytest.approx(100_000 * n / INHABITANTS[code])
        weight = recount.weights(rows, unit)
        here = [r for r in rows if r["region"] == code and not r["place"]]
        assert whole(row.no_settlement) in (sum(weight[r["incident_id"]] for r in here), None)
        assert (row.unreliable == "yes") == (
            code in INHABITANTS and 0 < sum(r["region"] == code for r in rows) < 5
        )
    places = {r.code: int(getattr(r, unit)) for r in table[table["kind"] == "place"].itertuples()}
    by_place = recount.under(rows, "place", unit)
    assert places == {code: n for code, n in by_place.items() if n}
    assert list(places.values()) == sorted(places.values(), reverse=True)


def inhabitants():
    """Give the people of each region in the newest year that covers all of them."""
    years = {}
    for row in BUNDLED.table("population.csv"):
        years.setdefault(row["year"], {})[row["region"]] = int(row["population"])
    most = max(len(regions) for regions in years.values())
    return years[max(year for year, regions in years.items() if len(regions) == most)]


INHABITANTS = inhabitants()


@pytest.mark.parametrize(
    ("a", "b"), [("2019", "2023"), ("2018-01..2019-06", "2021"), ("2025", "2024")]
)
@pytest.mark.parametrize("address", ADDRESSES[::3])
def test_the_change_of_a_region_is_that_of_what_lies_wholly_in_the_two_periods(address, a, b):
    asked, rows = asked_and_found(f"{address}&fill=change&a={a}&b={b}")
    before, after = (
        recount.under([r for r in rows if recount.wholly(r, span)], "region", "incidents")
        for span in sorted((Span.of(a), Span.of(b)), key=lambda span: span.days)
    )
    _, every = BUNDLED.collected(asked.selection)
    covered = all(
        month in every and recount.inside(month, asked.selection)
        for span in (Span.of(a), Span.of(b))
        for month in recount.months(f"{span.days[0]:%Y-%m}", f"{span.days[1]:%Y-%m}")
    )
    for row in asked.answer(Map).table.where(kind="region").rows.itertuples():
        if not covered:
            assert row.change is pd.NA
        elif row.change is not pd.NA:
            assert int(row.change) == after[row.code] - before[row.code]
        else:
            assert not plain.possible(asked.selection, "region", row.code)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_groups_stand_with_their_records_most_often_first(address):
    asked, rows = asked_and_found(address)
    numbers = recount.under(rows, "group", "incidents")
    ordered = sorted((c for c in BUNDLED.codes("group") if numbers[c]), key=lambda c: -numbers[c])
    table = asked.answer(Groups).table.rows
    assert list(zip(table["code"], table["incidents"], strict=True)) == [
        (code, numbers[code]) for code in ordered
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_years_stand_as_collected_with_the_records_of_each_dataset(address):
    asked, rows = asked_and_found(address)
    answer = asked.answer(Years)
    under = recount.drawn(rows, "year", BUNDLED.axis(asked.selection, "year", opening=True))
    table = answer.table.rows
    assert [str(year) for year in table["year"]] == list(under)
    for code in plain.FILES:
        numbers = [sum(r["dataset"] == code for r in year) for year in under.values()]
        assert (list(table[code]) == numbers) if code in table else not any(numbers)
    assert answer.amount.n == sum(map(len, under.values()))
    assert [int(n) for n in answer.totals] == [len(year) for year in under.values()]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "shown",
    [
        "per=year",
        "per=quarter",
        "per=month",
        "split=group",
        "per=month&split=perpetrator",
        "split=data",
    ],
)
@pytest.mark.parametrize("address", ADDRESSES[::6])
def test_the_trend_stands_by_period_and_by_code_as_counted_again(address, shown, unit):
    asked, rows = asked_and_found(f"{address}&{shown}", unit)
    answer = asked.answer(Trend)
    axis = BUNDLED.axis(asked.selection, answer.per, opening=True)
    under = recount.drawn(rows, answer.per, axis)
    table, weight = answer.table.rows, recount.weights(rows, unit)
    assert [str(period) for period in table[answer.per]] == axis
    assert [int(n) for n in answer.totals] == [
        sum(weight[r["incident_id"]] for r in period) for period in under.values()
    ]
    for code in answer.labels:
        numbers = [
            sum(weight[r["incident_id"]] for r in period if bears(r, answer.split, code))
            for period in under.values()
        ]
        assert list(table[code]) == numbers
    precise = [r for r in rows if r["date_precision"] in recount.ENOUGH[answer.per]]
    drawn = sum(map(len, under.values()))
    assert answer.amount.n == drawn
    assert (answer.found.left_out, answer.found.outside) == (
        len(rows) - len(precise),
        len(precise) - drawn,
    )


def bears(row, split, code):
    """Say whether a record is in a column of the trend."""
    columns = {"group": "groups", "perpetrator": "perpetrator", "data": "dataset"}
    return not split or code in row[columns[split]].split(";")


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("address", ADDRESSES[::3])
def test_the_list_holds_the_records_in_order_twenty_to_a_page(address, sort):
    asked, rows = asked_and_found(f"{address}&sort={sort}")
    names = [row["incident_id"] for row in rows][:: 1 if sort == "newest" else -1]
    assert list(asked.answer(Records).table.rows["incident_id"]) == names
    seen, number, of = [], 0, 1
    while number < of:
        number += 1
        page = listing.page(asked.subset, number, sort)
        of = page.of
        assert len(page.records) <= 20
        seen += list(page.records["incident_id"])
    assert seen == names
    beside = [r for r in BUNDLED.rows if plain.fits(r, asked.selection) and not plain.counted(r)]
    if not asked.selection.q:
        assert len(asked.answer(Records).beside) == len(beside)


@pytest.mark.parametrize("address", ADDRESSES[::2])
def test_the_file_of_a_list_holds_the_very_cells_that_are_published(address):
    asked, rows = asked_and_found(address)
    read = from_csv(files.of(asked.answer(Records))["csv"].make())[PUBLISHED]
    assert len(read) == len(rows)
    for told, row in zip(read.to_dict("records"), rows, strict=True):
        assert told == {name: row[name] for name in told}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_figures_of_the_first_page_are_those_of_the_rows(address):
    asked, rows = asked_and_found(address)
    recorded, answered, _ = overview.figures(asked)
    by_dataset, *_, persons = overview.behind(asked)
    all_of_them = "" if asked.selection == Selection() else f" of {len(BUNDLED.counted)}"
    assert recorded.value == f"{len(rows)}{all_of_them}"
    for link in by_dataset.links:
        (code,) = link.query["data"]
        n = sum(row["dataset"] == code for row in rows)
        assert link.text.endswith(f": {n}")
        assert n or plain.possible(asked.selection, "data", code)
    others = [row for row in rows if row["perpetrator"] not in THEIRS]
    named = [row for row in others if row["response"] in ANSWERED]
    if answered.value == "–":
        assert not named or asked.selection.response
    else:
        assert answered.value == f"{len(named)} of {len(others)}"
    people = sum(recount.people(rows).values())
    naming = sum(bool(row["persons"]) for row in rows)
    assert persons.sentence.startswith(f"{people:,} people are named in the {naming} incidents")


@pytest.mark.parametrize(
    ("address", "value", "datasets"),
    [
        ("", "number", 2),
        ("category=physical", "number", 1),  # a category of one dataset takes the other away
        ("data=media&category=violence", "–", 0),
        ("perpetrator=authorities", "–", 2),
        ("perpetrator=authorities&perpetrator=unknown", "number", 2),
        ("response=none_reported", "–", 2),
        ("response=none_reported&response=charges", "–", 2),
    ],
)
def test_a_figure_that_the_filters_took_away_is_no_zero(address, value, datasets):
    asked = question(f"/?{address}")
    _, answered, _ = overview.figures(asked)
    assert ("–" if answered.value == "–" else "number") == value
    assert len(overview.behind(asked)[0].links) == datasets


@pytest.mark.parametrize(
    ("a", "b"), [("2019", "2023"), ("2021-06..2022-03", "2024"), ("2020", "2021")]
)
@pytest.mark.parametrize("address", ADDRESSES[::4])
def test_a_comparison_counts_what_lies_wholly_within_both_periods_and_collection(address, a, b):
    asked, rows = asked_and_found(f"{address}&a={a}&b={b}")
    found = asked.answer(Change)
    _, every = BUNDLED.collected(asked.selection)
    for side, span in ((found.found.earlier, Span.of(a)), (found.found.later, Span.of(b))):
        covered = {
            m for m in every if recount.inside(m, span) and recount.inside(m, asked.selection)
        }
        inside = [r for r in rows if {f"{day:%Y-%m}" for day in plain.span(r)} <= covered]
        assert side.n == len(inside)
        stories = {r["episode"] or r["incident_id"] for r in inside}
        assert side.episodes == len(stories)
    table = found.table.rows
    assert tuple(table.loc[0, ["earlier", "later"]]) == (found.found.earlier.n, found.found.later.n)
    for row in table[table["by"] != "all"].itertuples():
        assert row.earlier + row.later > 0
        chosen = getattr(asked.selection, row.by)
        assert row.by != "region" or not chosen or row.code in chosen


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("address", ADDRESSES[::5])
def test_published_totals_stay_what_they_are_whatever_is_filtered(address, unit):
    asked = question(f"/trends?{address}&unit={unit}")
    answer = asked.answer(Published)
    series = asked.package.published_series
    rows = [r for r in BUNDLED.table("published_totals.csv") if r["series"] == series]
    held = recount.drawn(
        [r for r in BUNDLED.counted if r["dataset"] == rows[0]["dataset"]],
        "year",
        sorted(r["year"] for r in rows),
    )
    assert answer.table.rows.to_numpy().tolist() == [
        [int(r["year"]), int(r["count"]), len(held[r["year"]])]
        for r in sorted(rows, key=lambda r: r["year"])
    ]
    assert answer.applies == (
        not asked.selection.data or rows[0]["dataset"] in asked.selection.data
    )


@pytest.mark.parametrize("address", ["", "group=women&unit=people"])
def test_cells_that_are_counted_only_are_those_of_the_file_whatever_is_filtered(address, copy):
    cases.ask_to_count(copy)
    write_cells(copy)
    parts = Cells(question(f"/methodology?{address}", copy)).section.parts
    assert [part.title.rpartition(": ")[2] for part in parts] == ["9"]
    told = [n for row in parts[0].parts for n in row.table.iloc[:, 0]]
    rows = [["withheld", *["<3"] * more] for more in (10, 3, 6)]
    assert told == ["5", "4", *rows[0], *rows[1], *rows[2]]


def write_cells(folder):
    """Write what is said of nine made-up cases of the code that is counted only."""
    book = {
        by: [r["code"] for r in recount.Files(folder).table(f"codebook/{by}s.csv")]
        for by in ("region", "perpetrator", "response")
    }
    told = {
        "total": {"": "9"},
        "year": {"2019": "5", "2020": "4"},
        **{
            by: {c: "<3" if at else "withheld" for at, c in enumerate(row)}
            for by, row in book.items()
        },
    }
    lines = [
        f"groups,{cases.GROUP},{by},{cell},{n}\n"
        for by, row in told.items()
        for cell, n in row.items()
    ]
    path = folder / "aggregates.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n" + "".join(lines))


def test_the_address_of_a_list_is_that_of_its_rows():
    for address in ADDRESSES:
        asked = question(f"/records?{address}")
        written = urlencode(asked.selection.to_query(), doseq=True)
        assert question(f"/records?{written}").selection == asked.selection
