"""What is offered as a sentence to copy is never stronger than the verdict below it."""

import pytest

from answers.changes import times
from answers.surfaces.change import Change
from answers.surfaces.over_time import DRAWN, Trend
from answers.surfaces.published import Published
from answers.surfaces.verdict import known, unsaid, verdict
from incidents.codebook import LANGUAGES
from tests.asking import question

ADDRESSES = (
    "",
    "data=media",
    "data=media&a=2021&b=2022",
    "data=media&a=2022&b=2023",
    "data=rights",
    "group=women",
    "from=2023-07&a=2023&b=2024",
    "a=2021-02&b=2021-03",
    "a=2021&b=2021",
    "a=1990&b=2021",
    "q=nothing+like+it",
)
SAID = {"rose": "More recorded: ", "fell": "Fewer recorded: ", "equal": "As many recorded: "}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_sentence_says_more_than_the_verdict(address):
    asked = question(f"/trends?{address}")
    found, code = verdict(asked), asked.answer(Change).found.change.verdict
    sentences = [text for text in found.may if text.startswith(tuple(SAID.values()))]
    assert len(sentences) == (code in SAID)
    assert all(text.startswith(SAID[code]) for text in sentences)
    assert not [text for text in found.may if "95%" in text]
    assert all("cannot" in text or "tell no trend" in text for text in found.may_not)


def test_a_rise_of_records_is_said_with_what_it_does_not_say():
    found = verdict(question("/trends?data=media&a=2021&b=2022"))
    (rose,) = (text for text in found.may if text.startswith("More recorded"))
    assert all(word in rose for word in ("A sample", "Attacks on media", "Source", "release"))
    assert "Whether more happened in 2022 than in 2021 cannot be told." in found.may_not


def test_published_totals_bear_no_verdict_and_stand_under_the_name_of_their_publisher():
    asked = question("/trends")
    name, _ = asked.package.published_source("en")
    title = asked.answer(Published).title
    assert verdict(asked).may[0] == f"{title}. Source: {name}."
    assert "published totals" in verdict(asked).may_not[0]
    assert "published" not in " ".join(verdict(question("/trends?data=rights")).may)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ratio_of_published_totals_is_told_only_with_what_chance_alone_would_do(lang):
    asked = question(f"/trends?lang={lang}")
    answer = asked.answer(Published)
    (method,) = answer.method
    assert times(answer.changed.independent, asked.t) in method
    for text in (answer.title, answer.alt, *answer.notes, *verdict(asked).may):
        assert "×" not in text


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_sentence_above_has_said_is_not_said_again_below(address):
    asked = question(f"/trends?{address}")
    said = " ".join(verdict(asked).may)
    notes = asked.answer(Change).notes
    assert all(note in said for note in notes if note not in unsaid(asked))


def test_a_period_that_is_cut_or_not_final_says_so_in_the_sentence():
    said = verdict(question("/trends?from=2023-07&a=2023&b=2024")).may[-1]
    assert "Of 2023 only 184 days count." in said
    assert "differ in length" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_intervals_stand_behind_the_sentences(lang):
    asked = question(f"/trends?lang={lang}")
    lines = known(asked)
    assert "95" in lines[0]
    assert set(asked.answer(Change).intervals) < set(lines)
    assert asked.answer(Published).method[0] in lines


@pytest.mark.parametrize("per", ["year", "month"])
@pytest.mark.parametrize("address", ["", "data=media", "data=rights", "from=2017&to=2026"])
def test_five_to_seven_events_are_drawn_and_no_other_is_claimed(address, per):
    answer = question(f"/trends?{address}&per={per}").answer(Trend)
    drawn, rest = answer.told_events
    assert 5 <= len(drawn) <= DRAWN
    assert len(drawn) + len(rest) == len(answer.every_event)
    numbers = next(trace for trace in answer.figure.data if trace.hovertext)
    assert [text[2:] for text in numbers.hovertext] == [said.strong for said in drawn]
    names = [note.text.replace("<br>", " ") for note in answer.figure.layout.annotations]
    assert names == [said.strong for said in drawn]
    length = len(answer.found.table)
    gaps = [b - a for a, b in zip(numbers.x, numbers.x[1:], strict=False)]
    assert min(gaps) / length >= 0.1  # two rows by turns: at 1,100 pixels a name has 140


@pytest.mark.parametrize("address", ["split=group", "q=nothing+like+it"])
def test_where_no_line_is_drawn_no_event_is_numbered(address):
    answer = question(f"/trends?{address}").answer(Trend)
    assert answer.told_events[0] == () == tuple(answer.events)
