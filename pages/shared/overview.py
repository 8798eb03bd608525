"""The donor's figures, each with its sentence and the records behind it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from charts import bars, palette, trend
from incidents import counts
from incidents.selection import Selection
from loaders import quality
from pages.shared import change, cite, figures, frame, records, take, words
from pages.shared import trend as trends
from pages.shared.address import State

GROUPS_SHOWN = 10


def headline(now: State) -> None:
    """Show the three figures a reader leaves with."""
    first, second, third = st.columns(3, gap="medium", border=True)
    with first:
        _recorded(now)
    with second:
        _answered(now)
    with third:
        _checked(now)


def _figure(now: State, value: str, sentence: str, selection: Selection) -> None:
    """Show one figure: large, in a sentence, and as a link to its records."""
    st.metric(sentence, value, label_visibility="collapsed")
    st.markdown(sentence)
    frame.link("records", now.t("See these records →"), now.query(selection))


def _recorded(now: State) -> None:
    t, subset = now.t, now.subset
    _figure(now, t.number(subset.n), t("recorded incidents"), now.selection)
    for code, n in counts.by_code(subset, "data").items():
        label = words.plain(now.package.codebook.column("datasets", f"short_{t.code}")[str(code)])
        frame.link(
            "records",
            f"{label}: {t.number(n)}",
            now.query(replace(now.selection, data=(str(code),))),
        )
    st.caption(
        t(
            "{people} people are named in the {n} incidents whose source gives a number; one case "
            "can name the same people in several records.",
            people=counts.total(subset, "people"),
            n=counts.naming_persons(subset),
        )
    )


def _answered(now: State) -> None:
    t, found = now.t, counts.responses(now.subset)
    book = now.package.codebook
    others = tuple(c for c in book.codes("perpetrators") if c not in counts.AUTHORITIES)
    theirs = replace(now.selection, perpetrator=others, response=tuple(found.which.index))
    sentence = t(
        "have a response of the authorities named in the source, of {n} incidents not committed "
        "by them",
        n=found.by_others,
    )
    _figure(now, t.number(found.answered), sentence, theirs)
    _listed(now, found.which, replace(now.selection, perpetrator=others))
    st.caption(t("Apart from these: incidents committed by the authorities, alone or with others."))
    by_authorities = replace(now.selection, perpetrator=counts.AUTHORITIES)
    frame.link(
        "records", t("By the authorities: {n}", n=found.by_authorities), now.query(by_authorities)
    )
    _listed(now, found.outcomes, by_authorities)


def _listed(now: State, found: pd.Series, selection: Selection) -> None:
    with st.container(horizontal=True, gap="small"):
        for code, n in found[found > 0].items():
            label = now.package.codebook.label("responses", str(code), now.t.code)
            query = now.query(replace(selection, response=(str(code),)))
            frame.link("records", f"{words.plain(label)}: {now.t.number(n)}", query)


def _checked(now: State) -> None:
    t = now.t
    twice, n = counts.checked_twice(now.subset), now.subset.n
    share = t.percent(twice / n) if n else "–"
    sentence = t("checked by two readers: {n} of {total} records", n=twice, total=n)
    _figure(now, share, sentence, replace(now.selection, checked=("twice",)))
    once = [t("The others were checked once.")] if twice < n else []
    st.caption(words.plain(" ".join((*once, quality.found_wrong(now.package, t)))))
    frame.link("methodology", t("How good the records are →"), now.query())


def by_year(now: State) -> None:
    """Show the recorded incidents of every year of collection, by dataset."""
    t = now.t
    found = counts.by_period(now.subset, "year", split="data")
    totals = found.table.sum(axis=1)
    if not totals.sum():
        return
    top = str(totals.idxmax())
    title = trends.headline(
        now,
        t(
            "{n} of {total} recorded incidents fall in {period}",
            n=int(totals[top]),
            total=int(totals.sum()),
            period=top,
        ),
        change.all_years(now),
    )
    st.subheader(words.plain(title))
    labels = {c: now.package.codebook.label("datasets", c, t.code) for c in found.table}
    colours = palette.colours(list(labels), now.package.codebook.codes("datasets"))
    alt = f"{title}. " + ", ".join(f"{year}: {t.number(n)}" for year, n in totals.items())
    shown = figures.chart(trend.stacked(found, labels, colours, [], t), "by-year", alt)
    with st.container(horizontal=True, gap="small"):
        for year, n in totals[totals > 0].items():
            chosen = replace(now.selection, start=str(year), end=str(year))
            frame.link("records", f"{year}: {t.number(n)}", now.query(chosen))
    note = t("Hatched: provisional, or not collected for the whole year.")
    figures.source_line(now, note)
    cite.selection(now, "by-year", title)
    take.periods(now, "by-year", title, shown, found, labels, note)


def published(now: State) -> None:
    """Show the attacks on media as published, with what is held here inside each bar."""
    trends.published_panel(now, small=True)


def by_group(now: State) -> None:
    """Show the groups most often affected."""
    t = now.t
    found = counts.by_code(now.subset, "group")
    found = found[found > 0].sort_values(ascending=False, kind="stable").head(GROUPS_SHOWN)
    if found.empty:
        return
    labels = [now.package.codebook.label("groups", str(c), t.code) for c in found.index]
    title = t(
        "{group} are affected most often: {n} recorded incidents",
        group=labels[0],
        n=int(found.iloc[0]),
    )
    st.subheader(words.plain(title))
    alt = f"{title}. " + ", ".join(
        f"{label}: {t.number(n)}" for label, n in zip(labels, found, strict=True)
    )
    shown = figures.chart(bars.bars(found, labels, t), "by-group", alt)
    if box := figures.folded(t("The records of each group"), "groups"):
        with box, st.container(horizontal=True, gap="small"):
            for label, (code, n) in zip(labels, found.items(), strict=True):
                query = now.query(replace(now.selection, group=(str(code),)))
                frame.link("records", f"{words.plain(label)}: {t.number(n)}", query)
    figures.source_line(now, t("A record with several groups counts under each."))
    cite.selection(now, "by-group", title)
    take.codes(now, "by-group", title, shown, found, labels)


def newest(now: State) -> None:
    """Show the newest records of the selection."""
    t = now.t
    st.subheader(t("The newest records"))
    records.newest(now, now.subset, 5)
    if not now.subset.n:
        st.info(t("No record fits all filters. Take one of them away, or clear them all above."))


def limits(now: State) -> None:
    """Say what the data do not show."""
    t = now.t
    st.subheader(t("What this does not show"))
    st.markdown(
        "\n".join(
            f"- {text}"
            for text in (
                t(
                    "It is a sample, not a count: records come from public sources that could be "
                    "read, and Bishkek is over-represented."
                ),
                words.collected(now.package, t),
                t(
                    "A response is what the cited source named when it was written; what came "
                    "later is mostly unknown."
                ),
            )
        )
    )
    frame.link("methodology", t("How records get in, and what is missing →"), now.query())
