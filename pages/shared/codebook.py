"""The codebook for readers: what each code means, with examples, and the rules of coding."""

import pandas as pd
import streamlit as st

from incidents.codebook import ILLUSTRATED, LISTS, Codebook
from loaders.language import Language
from pages.shared import figures, words
from pages.shared.address import State


def codes(now: State) -> None:
    """Show the code lists with their definitions and their equivalents elsewhere."""
    t, book = now.t, now.package.codebook
    st.header(t("Words and codes"))
    st.markdown(
        t(
            "Collectors used {words} words for violations; the codebook merges them into {types} "
            "types. Equivalents in other vocabularies are this project’s own reading: none of "
            "those publishes one.",
            words=len(book.words),
            types=len(book.codes("violations")),
        )
        + (" " + _read(book, t) if book.equivalents_read else "")
    )
    _rules(t)
    names = {
        "groups": t("Groups"),
        "categories": t("Categories"),
        "violations": t("Violations"),
        "perpetrators": t("Perpetrators"),
        "responses": t("Responses of the authorities"),
        "kinds": t("Kinds of record"),
        "flags": t("Flags"),
        "checks": t("Checks"),
        "links": t("Links"),
        "targets": t("Targets"),
        "regions": t("Regions"),
        "date_precisions": t("Date precisions"),
        "place_precisions": t("Place precisions"),
        "datasets": t("Datasets"),
        "withdrawal_reasons": t("Reasons for withdrawal"),
        "claim_manners": t("How claims say their number"),
        "claim_reasons": t("How claims are read"),
    }
    for name in (n for n in names if n in LISTS):
        if box := figures.folded(f"{names[name]} ({len(book.codes(name))})", f"list-{name}"):
            with box:
                _listed(now, name)
    if box := figures.folded(t("Vocabularies compared"), "schemes"):
        with box:
            st.markdown(
                "\n".join(
                    f"- [{words.plain(r.title)}](<{r.url}>)" for r in book.schemes.itertuples()
                )
            )


def _read(book: Codebook, t: Language) -> str:
    return t(
        "{read} of {n} equivalents were checked against the text of the article or term they name.",
        read=book.equivalents_read,
        n=len(book.crosswalk),
    )


def _rules(t: Language) -> None:
    """Tell the rules that belong to no single code."""
    rules = (
        t("Every act that the page names is coded, also where the summary leaves it out."),
        t(
            "Of several acts one decides the category. Media: physical, then judicial and "
            "economic, then non-physical. Minorities: violence, then liberty where somebody was "
            "held, then the act that the source puts first."
        ),
        made_up(t),
    )
    st.markdown("\n".join(f"- {rule}" for rule in rules))


def made_up(t: Language) -> str:
    """Say what the examples are; stands once wherever some are shown."""
    return t(
        "Examples are made up: none is a recorded case. The code after an arrow takes what does "
        "not fall under the code itself."
    )


def entry(now: State, name: str, code: str) -> str:
    """Word one code as Markdown: label, definition, example, counter-example, equivalents."""
    t, book = now.t, now.package.codebook
    label, meaning, example = (
        words.plain(told(name, code, t.code))
        for told in (book.label, book.definition, book.example)
    )
    counter, taker = map(words.plain, book.counter_example(name, code, t.code))
    elsewhere = words.plain(words.equivalents(book, name, code))
    lines = (
        t("For example: {example}", example=example) if example else "",
        t("But not: {example} {code}", example=counter, code=f"→\u00a0*{taker}*")
        if counter
        else "",
        t("Elsewhere: {terms}", terms=elsewhere) if elsewhere else "",
    )
    return "  \n".join([f"**{label}**: {meaning}", *(f":small[{x}]" for x in lines if x)])


def _listed(now: State, name: str) -> None:
    """Show one list: as entries where codes have examples, else as a table."""
    if name not in ILLUSTRATED:
        figures.table(_definitions(now, name))
        return
    codes = now.package.codebook.codes(name)
    with figures.scrolling(len(codes)):
        st.markdown("\n\n".join(f"{entry(now, name, code)}  \n`{code}`" for code in codes))


def _definitions(now: State, name: str) -> pd.DataFrame:
    t, book = now.t, now.package.codebook
    rows = [
        (
            words.plain(book.label(name, code, t.code)),
            words.plain(book.definition(name, code, t.code)),
            words.plain(words.equivalents(book, name, code)),
            f"`{code}`",
        )
        for code in book.codes(name)
    ]
    head = [t("Label"), t("Definition"), t("Elsewhere"), t("Code")]
    table = pd.DataFrame(rows, columns=head).set_index(head[0])
    return table if table[head[2]].any() else table.drop(columns=head[2])
