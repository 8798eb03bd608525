"""Two periods compared on the page of trends: a sentence for every input, and none is invented."""

import math

import pytest

from answers.changes import factor, times, worded
from incidents import change
from incidents.chance import Interval
from incidents.selection import Selection, Span
from loaders.language import language
from tests.pages.test_cite import opened

ENGLISH = language("en")


def headings(link):
    return [heading.value for heading in opened(link).header]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("/trends?a=2021&b=2021", "Choose two different periods"),
        ("/trends?a=2019..2021&b=2021", "Choose two periods that share no day"),
        ("/trends?a=2021-02&b=2021-03", "too few or uneven to tell a change"),
        ("/trends?a=1990&b=2021", "cannot be compared"),
        ("/trends?from=2021&to=2021&a=2019&b=2021", "cannot be compared"),
        ("/trends?q=no+such+word+anywhere", "Nothing of this selection was recorded"),
        ("/trends?from=2024&to=2024&lang=ru", "сравнить нельзя"),
        ("/trends?data=media&a=2021&b=2022", "More recorded"),
        ("/trends?data=media&a=2022&b=2021", "More recorded"),
    ],
)
def test_every_comparison_has_a_sentence(link, said):
    assert any(said in heading.replace("\\", "") for heading in headings(link))


@pytest.mark.parametrize("q", ["Q0001", "police", "суд"])
def test_few_records_or_none_are_compared_without_a_traceback(q):
    assert not opened(f"/trends?q={q}&a=2018&b=2019..2020&data=rights").exception


@pytest.mark.parametrize("value", ["soon", "2021..2019", "2021-13", "<b>"])
def test_a_period_that_is_none_is_named_and_the_usual_ones_are_compared(value):
    app = opened(f"/trends?a={value}")
    assert any("Left out of this view" in warning.value for warning in app.warning)
    assert app.selectbox(key="show-a-en").value == "2021"


def test_a_breakdown_and_the_trend_open_beside_it():
    app = opened("/trends?data=media&a=2021&b=2022")
    app.session_state["change-by"] = app.session_state["known"] = True
    app.run()
    assert not app.exception
    assert any("were compared at once" in caption.value for caption in app.caption)
    assert any("whole months" in text.value for text in app.markdown)


def test_the_sentence_says_what_the_domain_found(package):
    media = package.incidents.select(Selection(data=("media",)))
    found = change.compare(media, Span.of("2021"), Span.of("2022"))
    a, b = found.change.n
    assert found.change.verdict == "rose"
    assert worded(found, ENGLISH) == (
        f"More recorded: {a} in 2021, {b} in 2022; {times(found.change.widened, ENGLISH)}"
    )


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(3, 1.7812, 5.2514), "× 3 (95% interval: 1.78–5.25)"),
        (Interval(2.9545, 2.09, 4.2653), "× 2.95 (95% interval: 2.09–4.27)"),
        (Interval(math.inf, 0.9173, math.inf), "× at least 0.92 (95% interval, without an upper"),
        (Interval(4, 0.5, math.inf), "× 4 (95% interval: from 0.5, no upper end)"),
        (Interval(0, 0, 0.4), "× 0 (95% interval: 0–0.4)"),
    ],
)
def test_a_ratio_is_written_with_its_interval(interval, text):
    assert times(interval, ENGLISH).replace("\u00a0", " ").startswith(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00188, "0.0019"), (0.043, "0.043"), (0.77, "0.77"), (12.34, "12.3"), (1234.5, "1,235")],
)
def test_a_ratio_has_as_many_digits_as_it_bears(value, text):
    assert factor(value, ENGLISH) == text
    assert factor(2.5, language("ru")) == "2,5"
