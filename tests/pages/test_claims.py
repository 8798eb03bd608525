"""Each published sentence is shown under every reading, and no verdict is sold with it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from answers import citing
from answers.surfaces.claims import Claims
from incidents import counts
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from incidents.selection import Selection
from loaders import load
from loaders.language import language
from tests.asking import question
from tests.conftest import HOME
from tests.loaders.test_claims import add_claim, older
from tests.reading import read
from tests.tables import tables
from tests.taking import unfold

READINGS = ("readings-S-01", "readings-S-02", "readings-S-03", "about-claims")


def opened(page, folds=READINGS, **query):
    """Open a page with its folds."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    unfold(app, folds)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def text(app):
    main = app.main
    said = [*main.title, *main.header, *main.subheader, *main.markdown, *main.caption, *main.info]
    return read("\n".join(element.value for element in said))


def links(app):
    return {link.proto.label: link.proto.query_string for link in app.get("page_link")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_is_quoted_with_its_publisher_day_and_every_reading(package, lang):
    said, t = text(opened("claims", lang=lang)), language(lang)
    for claim in package.claims:
        for told in (claim.texts[f"quote_{lang}"], package.named(claim.texts["source_name"], lang)):
            assert told in said
        assert visible(t.day(claim.said)) in said
        for reading in claim.readings:
            assert package.codebook.label("claim_reasons", reading.why, lang) in said
    assert said.count("\n- **") == sum(len(claim.readings) for claim in package.claims)


@pytest.mark.parametrize(
    "line",
    [
        "2018 → 2021: 17 → 44, × 2.59",
        "2018 → 2022: 17 → 130, × 7.65",
        "2021 → 2022: 44 → 130, × 2.95",
        "No total is known for 2017. The later period was not over when this was said.",
        "No total is known for 2023.",
        "95% interval if incidents came independently: 1.45 to 4.83.",
        "dispersion around a steady change is about 18,",
        "no link: the page could not be found again",
    ],
)
def test_a_reading_says_what_was_compared_and_what_that_rests_on(line):
    assert line in text(opened("claims"))


def test_a_reading_of_records_says_how_much_of_the_published_totals_they_are(package):
    said, t, a_total, b_total = text(opened("claims")), language("en"), 17, 44
    a, b = (inside(package, year) for year in ("2018", "2021"))
    assert f"2018 → 2021: {a} → {b}, × {t.number(b / a, 2)}**" in said
    shares = (f"2018: {t.percent(a / a_total)}", f"2021: {t.percent(b / b_total)}")
    assert f"published total that was collected here: {', '.join(shares)}." in said
    assert f"published total that was collected here: 2017: not known, {shares[1]}." in said
    assert "with their measured dispersion: " in said


def inside(package, year):
    media = package.incidents.select(Selection(data=("media",)))
    return counts.by_period(media).table.at[year, "n"]


def test_an_interval_that_the_comparison_withholds_is_not_shown(package):
    begin = f"2018 → 2022: {inside(package, '2018')} → "
    reading = text(opened("claims")).split(begin)[1].split("\n- ")[0]
    assert "No interval: the months hang together" in reading
    assert "95%" not in reading


def test_published_totals_stand_apart_from_records_and_get_no_verdict(package):
    recorded = f"{inside(package, '2018')} → {inside(package, '2021')}"
    said = [block.value for block in opened("claims").markdown]
    lists = [block for block in said if block.startswith("**")]
    assert not [block for block in lists if "17 → 44" in block and recorded in block]
    assert not [block for block in lists if re.search(r"\b(rose|fell|risen|fallen)\b", block)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_anything_is_opened_a_claim_is_its_quotation_its_verdict_and_a_chart(lang):
    app, rows = (
        opened("claims", (), lang=lang),
        question(f"/claims?lang={lang}").answer(Claims).rows,
    )
    said = [block.value for block in app.main.markdown]
    assert len([block for block in said if block.startswith("> ")]) == len(rows)
    for row in rows.values():
        (quotation,) = (block for block in said if row.quoted[0].text in read(block))
        assert all(line.startswith(">") for line in quotation.splitlines())
        assert f"**{row.verdict}**  \n{row.counted}" in map(read, said)
    assert not [block for block in said if block.startswith("- **")]
    assert [chart.proto.alt for chart in app.get("plotly_chart")] == [r.alt for r in rows.values()]
    assert [fold.label for fold in app.expander][:2] == [r.readings.title for r in rows.values()]


def test_under_each_chart_is_the_line_that_every_figure_has_and_on_trends_is_none():
    folds = [f"{part}-claim-S-01" for part in ("table", "take", "cite", "share", "grounds")]
    app = opened("claims", folds)
    row = next(iter(question("/claims").answer(Claims).rows.values()))
    told = row.table.told()
    assert told.map(str).to_numpy().tolist() in [t.to_numpy().tolist() for t in tables(app)]
    blocks = [block.value for block in app.code]
    assert row.citation.fingerprint in blocks
    assert visible(citing.footnote(row.citation, row.t)) in blocks
    assert [p.key for p in app.get("button_group")] == [
        "line-claim-S-01",
        "line-claim-S-02",
        "line-claims",
    ]
    on_trends = opened("trends", ()).get("button_group")
    assert not [each for each in on_trends if "claim" in each.key]


def test_the_introduction_is_two_sentences_and_the_rest_is_folded_away():
    closed, unfolded = text(opened("claims", ())), text(opened("claims"))
    answer = question("/claims").answer(Claims)
    assert answer.introduction.count(". ") == 1
    for rest in (*answer.about.make(answer.asked).said, *answer.uncovered.said):
        assert rest.text not in closed
        assert rest.text in unfolded


def test_the_filters_change_nothing_here():
    said = [text(opened("claims", **asked)) for asked in ({"data": "rights"}, {})]
    filtered, unfiltered = (re.sub(r"\*\*\d+\*\* of", "", one) for one in said)
    assert filtered == unfiltered


def test_one_may_go_on_comparing_where_a_reading_began():
    label = "Compare other periods in the records →"
    assert links(opened("claims"))[label] == "data=media&a=2021&b=2022"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_trends_quotes_each_claim_with_its_verdict_and_leads_to_its_readings(package, lang):
    app, t = opened("trends", lang=lang), language(lang)
    said = next(m.value for m in app.markdown if "\n> " in m.value)
    rows = question(f"/claims?lang={lang}").answer(Claims).rows
    assert len(rows) == len(package.claims)
    for claim, row in rows.items():
        _, found, said = read(said).partition(f"**{row.verdict}**")
        assert found
        assert claim.texts[f"quote_{lang}"] in said
    assert t("Every reading →") in links(app)


def test_a_claim_that_was_added_by_rows_is_on_both_pages(copy, monkeypatch):
    add_claim(copy)
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    said = text(opened("claims"))
    assert "Generated, quote_en" in said
    assert "Read in Russian; the translation is ours." in said
    assert "[read the page](<https://example.org/said>)" in said
    assert "Generated, quote_en" in text(opened("trends"))
    assert "**Cannot be checked**" in text(opened("trends"))


def test_without_claims_the_page_says_so_and_trends_is_silent(copy, monkeypatch):
    older(copy)
    assert load(copy).claims == ()
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    assert "This release lists no claims." in text(opened("claims"))
    assert "What others say changed" not in text(opened("trends"))


def test_the_rule_is_told_where_the_methods_are(package):
    assert "How claims are checked" in {box.label for box in opened("methodology").expander}
    said = text(opened("methodology", ("how-claims",)))
    for code in package.codebook.codes("claim_manners"):
        assert package.codebook.definition("claim_manners", code, "en") in said
