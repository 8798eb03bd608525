"""What stands on a page of Streamlit's before its script has drawn anything."""

from markupsafe import Markup

from answers import pages, safety
from answers.question import Question
from answers.words import site_name
from incidents.citation import link
from incidents.codebook import LANGUAGES
from loaders.settings import Settings
from web import shown
from web.frame import Frame
from web.shown import templates


def parts(asked: Question, base: str) -> tuple[str, str]:
    """Give what belongs into the head of a page, and what is seen first."""
    said = _said(asked, base)
    head, first = (templates().get_template(f"shell_{part}.html") for part in ("head", "first"))
    return head.render(said), first.render(said)


def _said(asked: Question, base: str) -> dict[str, object]:
    t, query = asked.t, asked.whole()
    drawn = pages.picture(asked)
    card = Frame(asked, base, asked.package, "").card(drawn) if drawn else ""
    names = pages.titles(t)
    return {
        "title": pages.title(asked),
        "headline": pages.headline(asked),
        "site": site_name(asked.package, t),
        "counted": pages.counted(asked),
        "lang": t.code,
        "link": link(asked.origin, asked.path, query),
        "picture": card,
        "alt": drawn.alt if drawn else "",
        "light": link(base, f"light/{pages.twin(asked.path)}", query),
        "light_name": t("Light page, without scripts →"),
        "no_script": t("This page needs scripts, which are off here. The light page needs none."),
        "languages": {
            code: link(asked.origin, asked.path, {**query, "lang": code}) for code in LANGUAGES
        },
        "pages": [
            (link(base, path, asked.query()), names[name])
            for name, path in pages.in_bar(asked.path).items()
        ],
        "exit": Settings().exit(base, beside=True),
        "leave": safety.leave(t),
        "stays": safety.stays_without_scripts(t),
        "style": Markup(shown.coloured("first.css", "#first")),  # noqa: S704  # our own
    }
