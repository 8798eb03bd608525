"""Published sentences about change: their readings, one by one, and in one line."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from incidents import claims
from incidents.claims import Checked, Claim
from incidents.selection import Selection
from loaders import Package
from loaders.language import Language
from pages.shared import frame, words
from pages.shared.address import State
from pages.shared.change import factor

if TYPE_CHECKING:
    from incidents.chance import Interval


def introduction(now: State) -> None:
    """Say what is done with the sentences here."""
    st.markdown(
        now.t(
            "Sentences that others published about change. Each is recomputed from release "
            "{release} under every reading of its words that we found, those that speak against "
            "it included. A reading holds or not by arithmetic alone: nothing here says that "
            "attacks rose or fell. The filters do not change this page.",
            release=now.package.release,
        )
    )
    if not now.package.claims:
        st.info(now.t("This release lists no claims."))


def show(now: State, claim: Claim) -> None:
    """Show one claim: the sentence, who said it, the rule, and what comes out of each reading."""
    t, found = now.t, _checked(now.package)[claim]
    published, recorded = _apart(found)
    with st.container(key=f"claim-{claim.claim_id}"):
        st.header(_sentence(claim, t))
        st.caption(_origin(claim, t))
        st.markdown(f"{_rule(claim, now)}\n\n{_summary(found, t)}")
        if published:
            st.subheader(t("In the published totals"))
            _readings(published, now)
            st.caption(_about_totals(published[0], now))
        if recorded:
            st.subheader(t("In the records held here, a sample"))
            _readings(recorded, now)
            st.caption(
                t(
                    "Records are a sample, uneven from year to year, and never mixed with "
                    "published totals. What they show neither confirms nor refutes the sentence."
                )
            )
        _own_comparison(claim, now)


def uncovered(now: State) -> None:
    """Say what the arithmetic leaves open."""
    t = now.t
    st.header(t("What no arithmetic covers"))
    _bullets(
        t(
            "Whether monitoring, reporting or the law changed. More incidents counted can mean "
            "more that was watched; the source of the totals does not say that its scope was the "
            "same in every year."
        ),
        t("Which reading was meant: the sentences do not say."),
        t("The years between: two years say nothing of what lies between them."),
        t(
            "A sentence that holds under one reading and fails under another is thereby neither "
            "true nor false."
        ),
    )
    frame.link("methodology", t("How claims are checked →"), now.query())


def block(now: State) -> None:
    """Show each claim in one line, with what came out, and the way to its readings."""
    t, every = now.t, _checked(now.package)
    if not every:
        return
    with st.container(key="trend-claims"):
        st.header(t("What others say has changed"))
        _bullets(
            *(
                f"**{_sentence(claim, t)}** · {_said(claim, t)} · {_summary(found, t)}"
                for claim, found in every.items()
            )
        )
        frame.link("claims", t("Every reading of these sentences →"), now.query())


def method(now: State) -> None:
    """Say how claims are checked."""
    t, book = now.t, now.package.codebook
    st.header(t("How claims are checked"))
    _bullets(
        t(
            "A claim is a published sentence with its day and its publisher. It does not say which "
            "numbers it compares, so it is checked under every reading of its words that we found; "
            "each reading is a row of claim_readings.csv, with the reason why it is one."
        ),
        *(
            f"**{words.plain(book.label('claim_manners', code, t.code))}**: "
            f"{words.plain(book.definition('claim_manners', code, t.code))}"
            for code in book.codes("claim_manners")
        ),
        t(
            "A reading cannot be checked where no published total is known for one of its years, "
            "where records were not collected for the whole of a period, or where the earlier "
            "period holds nothing. It is then listed with that reason, not left out."
        ),
        t(
            "Records count where they lie wholly inside a period. Their intervals are those of the "
            "comparison on Trends; published totals get the exact interval alone and no verdict."
        ),
    )
    frame.link("claims", t("The claims →"), now.query())


@lru_cache(maxsize=8)
def _checked(package: Package) -> dict[Claim, list[Checked]]:
    """Check the claims of a release once: no selection changes them."""
    series = {reading.series for claim in package.claims for reading in claim.readings}
    totals = {name: package.series(name) for name in series if name}
    return {claim: claims.check(claim, package.incidents, totals) for claim in package.claims}


def _apart(found: Sequence[Checked]) -> tuple[list[Checked], list[Checked]]:
    """Keep the readings of published totals apart from those of records."""
    published = [checked for checked in found if checked.reading.selection is None]
    return published, [checked for checked in found if checked not in published]


def _sentence(claim: Claim, t: Language) -> str:
    subject, quote = (words.plain(claim.texts[f"{part}_{t.code}"]) for part in ("subject", "quote"))
    return t("{subject}: “{quote}”", subject=subject, quote=quote)


def _said(claim: Claim, t: Language) -> str:
    publisher = words.plain(claim.texts["source_name"])
    return t("{publisher}, {day}", publisher=publisher, day=t.day(claim.said))


def _origin(claim: Claim, t: Language) -> str:
    """Say who said it and when, where it can be read, and what else must be known."""
    url, language = claim.texts["source_url"], claim.texts["language"]
    link = (
        t("[read the page]({url})", url=f"<{url}>")
        if url
        else t("no link: the page could not be found again")
    )
    translated = {
        "en": t("Read in English; the translation is ours."),
        "ru": t("Read in Russian; the translation is ours."),
        "ky": t("Read in Kyrgyz; the translation is ours."),
    }
    ours = translated[language] if language != t.code else ""
    note = words.plain(claim.texts[f"note_{t.code}"])
    beside = " ".join(part for part in (ours, note) if part)
    return " · ".join(part for part in (_said(claim, t), link, beside) if part)


def _rule(claim: Claim, now: State) -> str:
    rule = now.package.codebook.definition("claim_manners", claim.manner, now.t.code)
    return now.t("Rule: {rule}", rule=words.plain(rule))


def _summary(found: Sequence[Checked], t: Language) -> str:
    """Count the outcomes: of published totals, of records only where there are no totals."""
    published, recorded = _apart(found)
    n = claims.tally(published or recorded)
    values = {
        "n": sum(n.values()),
        "holds": n["holds"],
        "fails": n["does_not_hold"],
        "unknown": n["cannot_be_checked"],
    }
    if published:
        return t(
            "Readings by published totals: {n}. Holds: {holds}; does not hold: {fails}; cannot be "
            "checked: {unknown}.",
            **values,
        )
    return t(
        "Readings by records held here: {n}. Holds: {holds}; does not hold: {fails}; cannot be "
        "checked: {unknown}.",
        **values,
    )


def _readings(found: Sequence[Checked], now: State) -> None:
    """List readings under their outcomes."""
    t = now.t
    heads = {
        "holds": t("Holds"),
        "does_not_hold": t("Does not hold"),
        "cannot_be_checked": t("Cannot be checked"),
    }
    for outcome, head in heads.items():
        lines = [_line(checked, now) for checked in found if checked.outcome == outcome]
        if lines:
            st.markdown("\n".join([f"**{head}**", "", *(f"- {line}" for line in lines)]))


def _line(checked: Checked, now: State) -> str:
    """Say what was compared, what came out, and how the sentence is read here."""
    t = now.t
    why = now.package.codebook.label("claim_reasons", checked.reading.why, t.code)
    beside = [
        _obstacle(checked, t),
        t("The later period was not over when this was said.") if checked.unfinished else "",
        _intervals(checked, t),
        _held(checked, t),
    ]
    said = [f"**{_numbers(checked, t)}**", t("Read as: {why}.", why=words.plain(why))]
    if small := " ".join(part for part in beside if part):
        said.append(f":small[{small}]")
    return "  \n  ".join(said)


def _numbers(checked: Checked, t: Language) -> str:
    periods = " → ".join(
        words.span(span, t) for span in (checked.reading.earlier, checked.reading.later)
    )
    if checked.n is None:
        return periods
    a, b = (t.number(n) for n in checked.n)
    if checked.outcome == "cannot_be_checked" or checked.independent is None:
        return f"{periods}: {a} → {b}"
    return f"{periods}: {a} → {b}, × {factor(checked.independent.ratio, t)}"


def _obstacle(checked: Checked, t: Language) -> str:
    if checked.reason is None:
        return ""
    reasons = {
        "no_total": t(
            "No total is known for {years}.", years=", ".join(str(y) for y in checked.missing)
        ),
        "not_collected": t("Records were not collected for the whole of these periods."),
        "nothing_before": t("The earlier period holds nothing that could be multiplied."),
    }
    return reasons[checked.reason]


def _intervals(checked: Checked, t: Language) -> str:
    if checked.outcome == "cannot_be_checked" or checked.independent is None:
        return ""
    if checked.withheld:
        return t("No interval: the months hang together, or are too few or too vaguely dated.")
    span = _between(checked.independent, t)
    alone = t("95% interval if incidents came independently: {span}", span=span)
    if checked.widened is None:
        return f"{alone}."
    return f"{alone}; " + t(
        "with their measured dispersion: {span}.", span=_between(checked.widened, t)
    )


def _between(interval: "Interval", t: Language) -> str:
    return t("{low} to {high}", low=factor(interval.low, t), high=factor(interval.high, t))


def _held(checked: Checked, t: Language) -> str:
    """Say how much of the published totals the records are, and what is left out of them."""
    said = []
    if checked.coverage:
        periods, unknown = (checked.reading.earlier, checked.reading.later), t("not known")
        shares = ", ".join(
            f"{period}: {unknown if share is None else t.percent(share)}"
            for period, share in zip(periods, checked.coverage, strict=True)
        )
        said.append(t("Share of the published total that is held here: {shares}.", shares=shares))
    if checked.vague:
        said.append(
            t.plural(
                "{n} incident is left out: its date is not precise enough.",
                "{n} incidents are left out: their dates are not precise enough.",
                checked.vague,
            )
        )
    return " ".join(said)


def _about_totals(checked: Checked, now: State) -> str:
    """Name the totals, who published them, and why they get no verdict."""
    t, series = now.t, checked.reading.series
    publisher, url = now.package.series_source(series)
    totals = ", ".join(f"{y}: {t.number(n)}" for y, n in now.package.series(series).items())
    said = [t("All totals: {values}.", values=totals)]
    if checked.dispersion is not None:
        said.append(
            t(
                "They come from one monitor, counted by itself, and their dispersion around a "
                "steady change is about {dispersion}, where 1 is what chance makes. The "
                "intervals do not count that in.",
                dispersion=t.number(checked.dispersion, 0),
            )
        )
    said.append(t("No verdict is given, only whether the arithmetic of the sentence holds."))
    said.append(t("Source: [{name}]({url}).", name=words.plain(publisher), url=f"<{url}>"))
    return " ".join(said)


def _own_comparison(claim: Claim, now: State) -> None:
    """Lead to a comparison of the reader's own, beginning with one of these readings."""
    first = next((r for r in claim.readings if r.selection), claim.readings[0])
    query = now.query(first.selection or Selection(), a=first.earlier, b=first.later)
    frame.link("trends", now.t("Compare other periods in the records →"), query)


def _bullets(*texts: str) -> None:
    st.markdown("\n".join(f"- {text}" for text in texts))
