"""For those here for the first time: "How to read" at every figure, and questions to begin with."""

import pytest
from streamlit.testing.v1 import AppTest

from incidents.codebook import LANGUAGES
from tests.asking import question
from tests.conftest import HOME
from tests.reading import read

FIGURES = {
    "overview": ["published", "by-group", "by-year"],
    "map": ["map"],
    "trends": ["published", "trend", "change"],
    "claims": ["claim-S-01", "claim-S-02"],
    "impact": ["impact", "accountability", "steps"],
}


def opened(page: str, lang: str, **state: object) -> AppTest:
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
    app.query_params["lang"] = lang
    for key, value in state.items():
        app.session_state[key.replace("_", "-")] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", FIGURES)
def test_the_line_of_every_figure_offers_how_to_read_it(page, lang):
    said = question(f"/?lang={lang}").t("How to read")
    lines = {
        group.key.removeprefix("line-"): [option.content for option in group.proto.options]
        for group in opened(page, lang).get("button_group")
        if group.key.startswith("line-")
    }
    assert [key for key, offered in lines.items() if said in offered] == FIGURES[page]


def test_what_it_opens_are_the_words_of_the_answer():
    said = [text.value for text in opened("map", "en", line_map=["read"]).markdown]
    assert any(text.startswith("The darker a region") for text in said)


def test_the_overview_asks_a_question_for_every_reader_once_it_is_opened():
    assert not questions(opened("overview", "en"))
    asked = questions(opened("overview", "en", examples=True))
    assert [each.partition(":")[0] for each in asked] == [
        "Donor",
        "Journalist",
        "Advocate",
        "Data keeper",
    ]


def questions(app: AppTest) -> list[str]:
    labels = (read(link.proto.label) for link in app.get("page_link"))
    return [label for label in labels if label.endswith("?")]
