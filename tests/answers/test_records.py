"""What a row of the list says of a record, and what its own page says first."""

import pytest

from answers.surfaces.record import Told
from answers.surfaces.records import Records, row, when
from answers.words import listed_within, within
from incidents import listing
from incidents.codebook import LANGUAGES
from tests.asking import question


def found(incident_id, lang="en"):
    asked = question(f"/records?lang={lang}")
    return asked, listing.record(asked.package.incidents, incident_id)


def test_a_row_says_what_happened_and_the_facts_that_are_known():
    told = row(*found("R-1370"))
    assert told.link.text.startswith("In a police operation from 8 to 15 October 28 women")
    facts = ("8–15 Oct 2025", "Osh region", "Women, Muslims outside official structures", "24.kg")
    assert told.facts == facts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_or_does_not_apply_stands_in_no_row(lang):
    asked = question(f"/records?lang={lang}")
    book = asked.package.codebook
    left_out = {
        book.label("regions", book.unplaced, lang),
        *(book.label("responses", code, lang) for code in ("none_reported", "not_applicable")),
        asked.t("undated"),
        "",
    }
    frame = asked.package.incidents.frame
    assert (frame["region"] == book.unplaced).any()
    for _, record in frame.iterrows():
        assert not left_out & set(row(asked, record).facts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_of_a_protected_record_says_year_region_codes_and_publisher_alone(lang):
    asked = question(f"/records?lang={lang}")
    book, frame = asked.package.codebook, asked.package.incidents.frame
    for _, record in frame[frame["protected"]].iterrows():
        told, region = row(asked, record), book.label("regions", record["region"], lang)
        year, *place, publisher = told.facts
        named = asked.package.named(record["source_name"], lang)
        assert (year, publisher) == (str(record["first_day"].year), named)
        assert place == ([] if record["region"] == book.unplaced else [region])
        assert told.link.text == asked.t(
            "{violation}. Affected: {groups}. By: {perpetrator}.",
            violation=book.label("violations", record["violations"], lang),
            groups=listed_within(
                [book.label("groups", g, lang) for g in record["groups"].split(";")], asked.t
            ),
            perpetrator=within(book.label("perpetrators", record["perpetrator"], lang)),
        )


def test_what_is_not_counted_says_its_kind():
    beside = question("/records").answer(Records).beside
    assert any("Pattern" in told.facts for told in beside)


@pytest.mark.parametrize(
    ("incident_id", "said"),
    [
        ("R-2549", "17–18 May 2024"),
        ("R-1910", "28 Apr – 1 May 2021"),
        ("M-0117", "May – June 2022"),
        # begun in a month, ended on a day: the day is not lost
        ("R-3974", "January 2021 – 10 Feb 2021"),
        ("M-0001", "February 2017"),
        ("R-1241", "2021"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(incident_id, said):
    assert " ".join(when(*found(incident_id)).split()) == said


def test_a_records_headline_is_what_happened_and_its_citation_says_when_and_where():
    told = Told(*found("M-0001"))
    assert told.title.startswith("In an investigation over")
    assert told.dated == "February 2017, Bishkek"
    assert told.dated in told.citation.title


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Act by the authorities themselves"),
        ("ru", "Действие самих властей"),
        ("ky", "Бийликтин өз аракети"),
    ],
)
def test_where_the_authorities_acted_no_response_is_called_not_applicable(lang, said):
    asked, record = found("M-0001", lang)
    assert record["response"] == "not_applicable"
    assert Told(asked, record).facts[asked.t("Response of the authorities")] == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_record_says_no_place_twice(lang):
    asked = question(f"/records?lang={lang}")
    frame = asked.package.incidents.frame
    assert {"online", "country", "region", "settlement"} <= set(frame["place_precision"])
    for _, record in frame.iterrows():
        facts = Told(asked, record).facts
        place, _, precision = facts[asked.t("Place")].partition(" (")
        assert place
        assert place not in (precision.rstrip(")"), facts.get(asked.t("Region")))


def test_a_record_that_may_be_a_repetition_leads_to_the_other_and_names_each_record_once():
    asked = question("/records")
    frame = asked.package.incidents.frame
    flagged = frame[frame["flag"] == listing.REPEATED]
    assert len(flagged) > 1
    assert not flagged["protected"].any()
    for _, record in flagged.iterrows():
        story = Told(asked, record).story
        others = [one.link.query["id"] for one in story["Perhaps the same event"]]
        assert others
        assert set(others) == set(flagged["incident_id"]) - {record["incident_id"]}
        every = [one.link.query["id"] for rows in story.values() for one in rows]
        assert len(every) == len(set(every))


def test_a_protected_record_leads_to_no_other_even_if_it_bore_the_flag():
    asked = question("/records")
    frame = asked.package.incidents.frame
    for _, record in frame[frame["protected"]].iterrows():
        marked = record.copy()
        marked["flag"] = listing.REPEATED
        assert Told(asked, marked).story == {}
