"""What others can know of a reader, what helps against it, and how to leave quickly."""

from collections.abc import Iterable
from datetime import date

from answers.answer import Chapter, Link, Said, Section, points
from answers.question import Question
from loaders.descriptor import worded
from loaders.language import Language
from loaders.settings import Settings

PAGE = "reader-safety"
"""The page that says it."""
ELSEWHERE = ""
"""Stands for every country of which nothing is known here."""


def title(t: Language) -> str:
    """Name the page."""
    return t("Reading safely")


def introduction(t: Language) -> str:
    """Say what the page is for."""
    return t(
        "What this site, your provider and a phone in other hands can know of what you read here. "
        "This is no legal advice."
    )


def onward(asked: Question) -> Link:
    """Lead to the page, in the reader's language and with nothing else of the address."""
    lang = {"lang": asked.display.lang} if asked.display.lang else {}
    return Link(asked.t("Reading safely →"), PAGE, lang)


def leave(t: Language) -> str:
    """Name what leads away."""
    return t("Leave quickly")


def stays(t: Language) -> str:
    """Say beside it what leaving does not take away."""
    return t("Escape three times does the same. Earlier steps and the browser’s history stay.")


def stays_without_scripts(t: Language) -> str:
    """Say the same beside a link, which leaves this page among the earlier steps, too."""
    return t("Earlier steps, this page among them, and the browser’s history stay.")


def short(t: Language) -> Section:
    """Say the most important of it."""
    said = points(
        t(
            "“Leave quickly” leads away from every page. On full pages Escape pressed three times "
            "within a second and a half does the same, and the page is emptied at once. Earlier "
            "steps and the browser’s history stay."
        ),
        t(
            "This site asks nobody else while you read. Its full pages set one cookie or two, "
            "which name nobody; light pages set none."
        ),
        t("Over https your provider sees the name of this site and when you read, not which page."),
        t(
            "What you filter and search for stands in the address, and so in your browser’s "
            "history. A phone shows that, open tabs and downloads."
        ),
    )
    return Section("", said)


def chapters(t: Language) -> tuple[Chapter, ...]:
    """List what is said in full, each to be made when it is opened."""
    return (
        Chapter("site", t("What this site knows"), _site),
        Chapter("provider", t("What a provider sees"), _provider),
        Chapter("phone", t("What a phone in other hands shows"), _phone),
        Chapter("helps", t("What helps, and what does not"), _helps),
    )


def _site(asked: Question) -> Section:
    t = asked.t
    return Section(
        "",
        points(
            t(
                "With every page the server gets your network address, the address of the page "
                "with its filters and search words, and what your browser says of itself. This "
                "program writes none of it down. A proxy before it, or whoever rents out the "
                "machine, may do so."
            ),
            t(
                "The cookie is Streamlit’s, {name}: a random number, and when it was made, to "
                "guard the sending of files. It ends with the browser’s session.",
                name="_streamlit_xsrf",
            ),
            t(
                "Where several processes serve this site, a second one, {name}, holds the number "
                "of a process, the same for many readers. It ends with the browser’s session, too.",
                name="incidents_process",
            ),
            t(
                "Full pages hold a connection open as long as their tab is. What you see and "
                "choose there is in the server’s memory until some time after, and nowhere else."
            ),
            t(
                "What you type on Citations is written nowhere. On a light page it stands in the "
                "address, as do search words on all pages."
            ),
            t(
                "Map, fonts and charts come from here. A link to a source leads to another site: "
                "it learns that you come, not from where."
            ),
        ),
    )


def _provider(asked: Question) -> Section:
    t = asked.t
    return Section(
        "",
        points(
            t(
                "A provider, and whoever runs the network of a café, school or office, sees the "
                "name of this site, when you read and how much was sent. With http instead of "
                "https in the address they see every page and every word."
            ),
            t(
                "Whoever installed a certificate or a program on your device, as employers may, "
                "sees everything."
            ),
            t("With a VPN its operator sees what a provider would see."),
        ),
    )


def _phone(asked: Question) -> Section:
    t = asked.t
    return Section(
        "",
        points(
            t(
                "The history holds the address of every page and every step, filters and search "
                "words included, also where steps replace each other in Back (seen in Chromium)."
            ),
            t(
                "Downloads stay until somebody deletes them. Their names say what was filtered; "
                "files of records hold addresses of outlets that were ruled extremist."
            ),
            t(
                "So do copies of pages in the browser’s memory, screenshots, suggestions in the "
                "address bar, and other devices that share the history."
            ),
            t(
                "Full pages keep in the browser whether the drawer was closed, and until the tab "
                "is closed whether its steps replace each other."
            ),
        ),
    )


def _helps(asked: Question) -> Section:
    t = asked.t
    return Section(
        "",
        points(
            t(
                "A private window leaves no history once it is closed. It hides nothing from a "
                "provider, and downloads stay."
            ),
            t(
                "Tor Browser hides from a provider what you read, and from this site where you "
                "are. That Tor is used can be seen. Light pages work in it with scripts off."
            ),
            t("Delete downloads, then the history of the day. Experts may still find traces."),
            t(
                "Leaving quickly hides a page from somebody who looks over your shoulder, and from "
                "nobody who examines the device."
            ),
            _still_named(t),
        ),
    )


def _still_named(t: Language) -> str:
    """Say what the address bar tells after leaving to a page of this copy's own."""
    settings = Settings()
    if settings.exit_url or not settings.beside:
        return ""
    return t(
        "Here it leads to an empty page of this site: the address bar still shows the site’s name."
    )


def steps(t: Language) -> Section:
    """Say what the choice about steps changes, and what it does not."""
    said = points(
        t(
            "Each filter you change adds a step to Back. In this tab steps can replace each other "
            "instead: Back then leads out. The list of visited pages keeps every address all the "
            "same."
        )
    )
    return Section(t("Steps back"), said, bullets=False)


def steps_without_scripts(t: Language) -> str:
    """Say what holds on light pages."""
    return t(
        "On light pages every link adds a step to Back; only full pages can replace one by another."
    )


def words_of_steps(t: Language) -> dict[str, str]:
    """Word the state of that choice, and what changes it, for the script that knows it."""
    return {
        "add": t("Now: each step is added."),
        "replace": t("Now: a step replaces the one before, in this tab."),
        "to_add": t("Add each step"),
        "to_replace": t("Let steps replace each other"),
    }


def risks_heading(t: Language) -> str:
    """Head what following a link can mean."""
    return t("Outlets ruled extremist: what following a link can mean")


def where(t: Language) -> str:
    """Ask for the country."""
    return t("Where are you?")


def kept_nowhere(t: Language) -> str:
    """Say where the choice of a country is kept."""
    return t("Your choice is in no cookie and no address; it is gone with the tab.")


def countries(asked: Question) -> dict[str, str]:
    """Name the countries of which something is known, by code, and last all others."""
    codes = asked.package.reader_risks["country"].unique()
    named = {code: _country(asked, code) for code in codes}
    return {**named, ELSEWHERE: asked.t("Another country")}


def _country(asked: Question, code: str) -> str:
    """Name a country: its own package knows best how it is called."""
    package, t = asked.package, asked.t
    if code == package.country:
        return worded(package.descriptor.described["country"], "name", t.code)
    return t.country(code)


def risks(asked: Question, country: str) -> Section:
    """Say what was found on following a link in a country, each sentence with where it was read."""
    rows, t = asked.package.reader_risks, asked.t
    found = rows[rows["country"] == country]
    if found.empty:
        return Section("", points(t("Nothing is known here about this country.")), bullets=False)
    scope = asked.package.statement("reader_risk_scope", t.code)
    return Section(
        "",
        tuple(_risk(row, asked) for row in found.to_dict("records")),
        caption=_joined((scope if country != asked.package.country else "", _not_all(t))),
    )


def _risk(row: dict[str, str], asked: Question) -> Said:
    t, source = asked.t, asked.package.named(row["source_name"], asked.t.code)
    text = t(
        "{sentence} ({source}, read on {day})",
        sentence=row[f"text_{t.code}"],
        source=source,
        day=t.day(date.fromisoformat(row["read"])),
    )
    return Said(text, links=(Link(source, url=row["source_url"]),))


def _not_all(t: Language) -> str:
    return t("It is not all there is, and laws change faster than this page.")


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))
