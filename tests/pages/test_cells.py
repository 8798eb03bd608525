"""Where cases are counted and never listed, the records page shows their cells and no more."""

import pytest
from streamlit.testing.v1 import AppTest

from keeper.counting import count
from tests import cases
from tests.conftest import HOME
from tests.tables import tables


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_the_records_page_shows_the_cells_beside_the_records(copy, tmp_path, monkeypatch, language):
    cases.ask_to_count(copy)
    cases.generated(seed=1).to_csv(tmp_path / "cases.csv", index=False)
    words = count(copy, tmp_path / "cases.csv").words
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    page = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
    page.query_params["lang"] = language
    page.switch_page("pages/records.py")
    page.run()
    assert not page.exception
    shown = [cell for table in tables(page) for cell in table.to_numpy().ravel()]
    assert len(shown) == len(words) - 2  # the two totals stand in the headings
    assert any("145" in heading.value for heading in page.subheader)


def test_the_bundled_data_ask_for_no_such_table(package):
    assert package.aggregates.empty
