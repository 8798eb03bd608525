"""Who is measured: each page, how it is served, what shows that it is drawn, how one filters."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from benchmarks import datasette, pages, servers
from benchmarks.material import Made
from benchmarks.servers import RIVALS, Served
from benchmarks.timing import LIMIT, Seen
from tests.browser.serving import HOME

FLOOR, MAP, TRENDS, OVERVIEW = "the floor", "Map", "Trends", "Overview"
MANY, FEW = 30, 7
"""How often a filter is changed: where a target asks for a median of 30, and elsewhere."""
BESIDE = ", behind python -m web"
LIGHT = "Light "
MARK = """
([name, value]) => {
  for (const box of document.querySelectorAll("details")) box.open = true;
  document.querySelector(`input[name="${name}"][value="${value}"]`).checked = true;
}
"""
Act = Callable[[Page, Made, int], None]
"""Does with a page what a reader does who changes a filter, for the nth time."""


@dataclass(frozen=True)
class Contestant:
    """One page: its name, its server's, its path, how it is seen, how one filters, how often.

    Where a filter leads to another page, the first one is opened again before each change, with
    the query `again`.
    """

    name: str
    server: str
    path: str
    seen: Seen
    act: Act
    times: int = FEW
    again: str | None = None


@dataclass(frozen=True)
class Setup:
    """Where rivals and another build are; how often at most one changes and visits, how long."""

    programs: Path
    other: Path | None = None
    times: int = MANY
    visits: int = 5
    limit: float = LIMIT


Start = Callable[[Made, Setup], AbstractContextManager[Served]]


def _house(made: Made) -> dict[str, str]:
    return {"INCIDENTS_DATA": str(made.directory)}


def _usual(script: str, **settings: str) -> Start:
    """Give how a usual Streamlit page is started: with nothing of ours but the rows."""
    return lambda made, _: servers.streamlit(script, RIVALS, ROWS=str(made.rows), **settings)


def _other(_: Made, setup: Setup) -> AbstractContextManager[Served]:
    """Start another build, on the package that it bundles: a later form it could not read."""
    home = setup.other or HOME
    return servers.streamlit("dashboard.py", home, home / ".venv" / "bin" / "python")


SERVERS: dict[str, Start] = {
    "floor": lambda made, _: servers.streamlit("floor.py", RIVALS, FRAME=str(made.frame)),
    "house": lambda made, _: servers.streamlit("dashboard.py", **_house(made)),
    "beside": lambda made, _: servers.beside(**_house(made)),
    "other": _other,
    "markers": _usual("folium_page.py"),
    "clusters": _usual("folium_page.py", CLUSTERS="yes"),
    "pydeck": _usual("pydeck_page.py"),
    "dash": lambda made, setup: servers.dash(setup.programs, ROWS=str(made.rows)),
    "datasette": lambda made, setup: datasette.served(setup.programs, made.database),
}
"""How each server is started on the incidents of one size."""


def by_label(page: Page, made: Made, nth: int) -> None:
    """Set a group, another each second time, or take it away: on our pages and the floor."""
    pages.press(page, 1, "" if nth % 2 else _group(made, nth)[1])


def by_code(page: Page, made: Made, nth: int) -> None:
    """Do the same where codes are the options."""
    pages.press(page, 1, "" if nth % 2 else _group(made, nth)[0])


def in_dash(page: Page, made: Made, nth: int) -> None:
    """Do the same in Dash: its drop-down is opened, and an option clicked."""
    page.locator("#groups").click()
    page.locator(".dash-dropdown-option", has_text=_group(made, nth)[0]).first.click()


def on_light(page: Page, made: Made, nth: int) -> None:
    """Mark a filter of the form and press its button; each time one that was not asked before."""
    page.evaluate(MARK, made.asked[nth % len(made.asked)])
    page.locator(".filters button[type=submit]").click(no_wait_after=True)


def in_datasette(page: Page, made: Made, nth: int) -> None:
    """Click the same as a facet of the table."""
    name, code = made.asked[nth % len(made.asked)]
    ((asked, _),) = datasette.query([(name, code)])
    linked = urlencode([(asked.removesuffix("__exact"), code)])  # as its facets write it
    page.locator(f'.facet-results a[href*="{linked}"]').first.click(no_wait_after=True)


def _group(made: Made, nth: int) -> tuple[str, str]:
    return made.groups[nth // 2 % len(made.groups)]


def of_house(name: str, server: str, path: str, drawn: str, times: int = FEW) -> Contestant:
    """Give a page of the dashboard, as one of its servers serves it."""
    return Contestant(name, server, path, Seen(".st-key-count", drawn), by_label, times)


def _usual_page(name: str, server: str, drawn: str) -> Contestant:
    return Contestant(name, server, "", Seen(".st-key-count", drawn), by_code)


def _light(name: str, path: str, drawn: str) -> Contestant:
    seen = Seen("#count", drawn)
    return Contestant(LIGHT + name, "beside", f"light/{path}", seen, on_light, again="")


PLACES, CHART = ".leaflet-overlay-pane path.leaflet-interactive", ".js-plotly-plot .main-svg"
WIDGET, MARKER = '[data-testid="stMultiSelect"]', ".leaflet-marker-icon"
TURNS = (
    of_house(FLOOR, "floor", "", WIDGET, MANY),
    of_house(MAP, "house", "map", PLACES, MANY),
    of_house(TRENDS, "house", "trends", CHART, MANY),
    of_house(OVERVIEW, "house", "", "h1"),
    of_house(MAP + BESIDE, "beside", "map", PLACES),
    of_house(TRENDS + BESIDE, "beside", "trends", CHART),
    _light(MAP, "map", "svg"),
    _light(TRENDS, "trends", "svg"),
    _light(OVERVIEW, "", "h1"),
)
"""They take turns, so that whatever else the machine does falls on all of them alike."""
ALONE = (
    _usual_page("folium, a marker for each row", "markers", MARKER),
    _usual_page("folium, MarkerCluster", "clusters", MARKER),
    _usual_page("pydeck, a point for each row", "pydeck", "#deckgl-overlay"),
    Contestant(
        "Dash, map and trend", "dash", "", Seen("#count", "#map .maplibregl-canvas"), in_dash
    ),
    Contestant(
        "Datasette, clusters of its first 1,000 rows",
        "datasette",
        datasette.TABLE,
        Seen("h3", MARKER),
        in_datasette,
        again=f"?{datasette.FACETED}",
    ),
)
"""They run one after the other: one that is slow would keep the others waiting."""
