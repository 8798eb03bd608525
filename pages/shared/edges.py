"""The bar on top of a page and the foot that ends it, each one text.

An element of Streamlit's own takes a browser 2 ms at every run. What leads to another page from
here is followed by `static/edges.js`. Their parts bear the classes of containers with a key.
"""

from collections.abc import Mapping
from html import escape

from answers import citing, safety
from answers.pages import PATHS, TWINLESS, in_bar, titles
from answers.question import Question
from incidents.citation import link
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders.language import NAMES
from loaders.settings import Settings
from pages.shared.address import base

HERE = "."
"""The dashboard may stand below any path: its links are relative."""


def bar(asked: Question, here: str, name: str) -> str:
    """Write the name of the dashboard, the pages, the languages, on the page of the path `here`."""
    t, titled = asked.t, titles(asked.t)
    pages = "".join(
        _link(HERE, path, asked.query(), titled[key], _now("page", at=path == here))
        for key, path in in_bar(here).items()
    )
    languages = "".join(
        _link(HERE, here, asked.whole(lang=code), code, _named(code, t.code)) for code in LANGUAGES
    )
    all_pages, all_languages = escape(t("Pages")), escape(t("Language"))
    return (
        f'<div class="st-key-top"><b>{escape(visible(name))}</b>'
        f'<nav class="st-key-pages" aria-label="{all_pages}">{pages}</nav>'
        f'<nav class="st-key-languages" aria-label="{all_languages}">{languages}</nav></div>'
    )


def foot(asked: Question, title: str, *, filtered: bool) -> str:
    """Write what ends a page: its light twin, how to read safely; on paper, its citation."""
    onward, links = safety.onward(asked), []
    if Settings().beside and asked.path not in TWINLESS:
        links.append(_link(base(), f"light/{asked.path}", asked.whole(), asked.t("Light page"), {}))
    links.append(_link(HERE, PATHS[onward.page], onward.query, onward.text, {}))
    cited = citing.of_page(asked, title, filtered=filtered)
    return (
        f'<p class="st-key-light">{" ".join(links)}</p>'
        f'<p class="st-key-on-paper">{escape(visible(cited))}</p>'
    )


def _named(code: str, now: str) -> dict[str, str]:
    """Say of a link which language it is in, and name that in itself."""
    named = dict.fromkeys(("title", "aria-label"), NAMES[code])
    return {"lang": code, "hreflang": code, **named, **_now("true", at=code == now)}


def _now(what: str, *, at: bool) -> dict[str, str]:
    return {"aria-current": what} if at else {}


def _link(
    base: str, path: str, query: Mapping[str, object], text: str, said: Mapping[str, str]
) -> str:
    told = {"href": link(base, path, query), **said}
    written = " ".join(f'{name}="{escape(value)}"' for name, value in told.items())
    return f"<a {written}>{escape(text)}</a>"
