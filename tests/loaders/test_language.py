from datetime import date

import pytest

from loaders.language import best, language


@pytest.mark.parametrize(
    ("code", "number", "day", "quarter"),
    [
        ("en", "1,234,567", "17 May 2024", "Q2 2021"),
        ("ru", "1 234 567", "17 мая 2024 г.", "2 кв. 2021"),
        ("ky", "1 234 567", "2024-ж. 17-май", "2021-ж. 2-чейрек"),
    ],
)
def test_numbers_dates_and_quarters_have_the_form_of_the_language(code, number, day, quarter):
    t = language(code)
    assert t.number(1234567).replace("\xa0", " ") == number
    assert " ".join(t.day(date(2024, 5, 17)).split()) == day
    assert " ".join(t.period("2021-Q2").split()) == quarter


@pytest.mark.parametrize(
    ("code", "days", "across", "months"),
    [
        ("en", "8–15 Oct 2025", "8 Dec 2024 – 15 Jan 2025", "May – June 2022"),
        ("ru", "8–15 окт. 2025 г.", "8 дек. 2024 г. – 15 янв. 2025 г.", "май – июнь 2022 г."),
        ("ky", "8–15-окт. 2025-ж.", "8-дек. 2024-ж. - 15-янв. 2025-ж.", "май – июнь, 2022-ж."),
    ],
)
def test_what_lasted_is_written_without_saying_month_or_year_twice(code, days, across, months):
    t = language(code)
    assert " ".join(t.days(date(2025, 10, 8), date(2025, 10, 15)).split()) == days
    assert " ".join(t.days(date(2024, 12, 8), date(2025, 1, 15)).split()) == across
    assert " ".join(t.months(date(2022, 5, 1), date(2022, 6, 30)).split()) == months
    assert t.days(date(2025, 10, 8), date(2025, 10, 8)) == t.day(date(2025, 10, 8))


def test_small_numbers_are_the_same_everywhere_with_a_real_minus():
    assert {language(code).number(-7) for code in ("en", "ru", "ky")} == {"−7"}


@pytest.mark.parametrize(
    ("asked", "spoken"), [("ru-RU", "ru"), ("ky", "ky"), ("de-DE", "en"), (None, "en")]
)
def test_the_first_visit_speaks_the_browsers_language_or_english(asked, spoken):
    assert best(asked) == spoken
