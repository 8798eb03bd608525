"""What readers must know to use the data: each section one function, in the order of the page."""

import re

import pandas as pd
import streamlit as st

from incidents import cells, protection
from incidents.schema import SEVERAL
from loaders import quality
from loaders.settings import Settings
from pages.shared import figures, words
from pages.shared.address import State

LINKED = re.compile(r"[^\s<>@]+@[^\s<>@]+|https?://[^\s<>]+")
"""What a contact must be to stand as a link: a mail or web address alone."""
LIBRARIES = (
    "Streamlit, pandas, pandera, SciPy, statsmodels, Plotly, Matplotlib, folium, Leaflet, Babel"
)


def contents(now: State) -> None:
    """Say what is in here, and what is not."""
    t, incidents = now.t, now.package.incidents
    st.header(t("What is in here, and what is not"))
    label = now.package.codebook.labels("datasets", t.code)
    for dataset, (start, end) in incidents.collection.items():
        rows = (incidents.frame["dataset"] == dataset).to_numpy()
        st.markdown(
            t(
                "**{dataset}**: {n} records, of which {counted} are counted; collected from "
                "{start} to {end}.",
                dataset=words.plain(label[dataset]),
                n=int(rows.sum()),
                counted=int((rows & incidents.counted).sum()),
                start=t.month(start),
                end=t.month(end),
            )
        )
    _bullets(
        t(
            "N, what is counted: single incidents and series of acts that were found in their "
            "source and are not contested. Patterns, lasting conditions, laws and border fighting "
            "are no incidents."
        ),
        t(
            "Contested accounts, such as accusations of extortion, are shown with that word and "
            "are in no figure."
        ),
        t("Outside the months of collection there are no data. That does not mean no incidents."),
        t(
            "Steps of one case (a charge, a verdict) are records of their own, as monitors count "
            "them. Records of one story carry the same episode, though not all are linked yet; "
            "for that reason no headline counts people."
        ),
        quality.missing(t),
        t("No published total of attacks on media was found for 2017, 2023 or 2024."),
    )


def collection(now: State) -> None:
    """Say how a record gets in."""
    t = now.t
    st.header(t("How a record gets in"))
    _bullets(
        t(
            "Records were collected in November 2026 from public pages, as facts in our own "
            "words, each with the page it was read on. Reading meant the opening of a page, not "
            "always the whole page."
        ),
        t(
            "No source, no record. Every record says whether one reader checked it or two. A "
            "record that a second reader could not find again is held back."
        ),
        t(
            "The category belongs to the record, not to the type of violation. For media it is "
            "one of the three of the Justice for Journalists Foundation; website blocking, signal "
            "cuts and orders to remove content stand under non-physical and cyber, brief "
            "detentions without violence under judicial and economic, by our decision."
        ),
        t(
            "Suits by sitting officials count as committed by authorities, suits by former "
            "officials, parties and businesspeople as committed by others."
        ),
        t(
            "Place: the source’s own region first, then the name in the gazetteer. Where the "
            "settlement is not in the gazetteer, the record counts in its region. A settlement "
            "name that exists in several regions is never matched without its region."
        ),
        t(
            "A filter by date finds what may have happened in the range: a record dated only "
            "“March 2021” is in every range that touches the month. A count by month leaves out "
            "what is dated by the year only, and says how many."
        ),
    )


def protected(now: State) -> None:
    """Say how the people in the records are protected."""
    t, book = now.t, now.package.codebook
    st.header(t("Protection of people"))
    _bullets(
        t(
            "A record is protected if a private person in it is LGBTQ+, a minor, living with HIV, "
            "has a disability, sells sex or uses drugs, or was subjected to sexual or domestic "
            "violence, abduction for marriage, disclosure of identity, or harm for faith or dress."
        ),
        t(
            "Protected records show year, country, groups, one act, perpetrator and response. The "
            "region is shown only where at least {k} such records of the year share it. There is "
            "no text, no link, no episode and no place in a sequence; publisher and year name the "
            "source.",
            k=protection.K,
        ),
        t(
            "The codebook says of each protected code how it is published. Listed: the record "
            "above; every filter, count, search and file works on what it shows. Counted, never "
            "listed: no record at all, only a table of cells by year, region, perpetrator and "
            "response, beside the records and in no other number. A cell of fewer than {k} cases "
            "says “{few}”; the largest cell of its row, or the whole row, is withheld where "
            "subtracting would tell more; numbers move from release to release by {k} or more; "
            "years count once they are over for {days} days. Codes of this kind in this release: "
            "{codes}.",
            k=protection.K,
            few=cells.FEW,
            days=protection.DELAY,
            codes=sum(len(book.marked(n, "protected", "aggregate_only")) for n in SEVERAL),
        ),
        t(
            "Other records name no place finer than the settlement and no private person. Media "
            "staff are named by role unless they are editors or authors who made the case public. "
            "People accused of ordinary crimes are never named."
        ),
        t(
            "A page that names or describes a private person is withheld: publisher and year "
            "only, and it appears nowhere else."
        ),
        t(
            "Some outlets were ruled “extremist” by Kyrgyz courts in October 2025. Their "
            "addresses are shown only after a warning, because following them can be held against "
            "readers."
        ),
        t(
            "What this protects against: somebody who reads, filters, sorts, counts, downloads or "
            "compares everything here learns no more of a protected person than the record shows, "
            "because nothing finer is in here."
        ),
        t(
            "What this cannot do: a person who already knows a case may recognise it, publisher "
            "and year can help to find a public report, and copies of public pages exist "
            "elsewhere. Who knows all cases of a cell but one learns that there was one more."
        ),
        t(
            "This dashboard asks nothing of any other server while you read: map, fonts and "
            "charts come from here, and nobody counts your visit."
        ),
    )
    _rules(now)


def _rules(now: State) -> None:
    """List the rules a package must keep, and what they follow."""
    t = now.t
    if box := figures.folded(t("The rules, checked at every start"), "rules"):
        with box:
            said = words.fault_rules(t)
            st.markdown(t("A package that breaks one of these rules does not load at all."))
            number = {source: f"[{n}]" for n, source in enumerate(protection.SOURCES, start=1)}
            _bullets(
                *(
                    f"{said[rule.name][0]} `{rule.name}` {''.join(number[s] for s in rule.follows)}"
                    for rule in protection.RULES
                )
            )
            st.markdown(t("They follow:"))
            _bullets(
                *(
                    f"{number[source]} [{title}](<{url}>)"
                    for source, (title, url) in protection.SOURCES.items()
                )
            )


def statistics(now: State) -> None:
    """Say how the numbers are made."""
    t = now.t
    st.header(t("Statistics"))
    _bullets(
        t(
            "Rates are recorded incidents of the selection per 100,000 inhabitants, by the census "
            "of 25 March 2022 for every year. A rate of fewer than five incidents is marked as "
            "unreliable."
        ),
        t("People are counted as named per incident; an episode counts its largest number once."),
        t(
            "Change on the map is the difference between two periods, without a verdict; only "
            "records that lie wholly inside one of them are compared."
        ),
        t("Axes end where collection ended. The three months before are provisional and hatched."),
        t(
            "Published totals are never mixed with counts of records. Five numbers from one "
            "monitor are shown without a verdict."
        ),
    )
    st.subheader(t("How change is told"))
    _bullets(
        t(
            "Two periods are compared by what lies wholly inside one of them, per day on which "
            "every selected dataset was collected."
        ),
        t(
            "The exact interval holds if incidents came independently of each other. Then the "
            "later period has a binomial share p of the incidents of both (Przyborowski and "
            "Wilenski 1940; interval of Clopper and Pearson 1934), and the ratio is p / (1 − p)."
        ),
        t(
            "Incidents come in clusters: one protest brings ten of them. The dispersion says how "
            "many times as widely counts of months scatter (Pearson’s X² over its degrees of "
            "freedom). Both counts are divided by it (Rao and Scott 1999); the interval is "
            "Jeffreys’, with Student’s t; it is never narrower than the exact one. The words "
            "“more” and “fewer” follow it."
        ),
        t(
            "Months hang together if a month above its expected number tends to follow another. "
            "The correlation of neighbouring months is compared with that of shuffled months "
            "(Wald and Wolfowitz 1943). Where chance gives so strong a one in less than 10% of "
            "cases, no verdict is given."
        ),
        t(
            "A steady change through all months is a quasi-Poisson regression, widened by its "
            "dispersion (McCullagh and Nelder 1989). Seasons and breaks are not modelled; a "
            "record dated only to the year takes no part."
        ),
        t(
            "Where several codes are compared at once, the words are corrected (Benjamini and "
            "Hochberg 1995)."
        ),
        t(
            "How often a change is called where there is none, in simulated years of 3 to 8 "
            "incidents a month: independent 3%, clustered 4–6%, with linked months 6–12%, because "
            "the test does not notice every link. By the exact interval alone: 4%, 14–31% and "
            "19–46%. For the trend through five years: 3%, 3–6% and up to 8%. Among ten codes at "
            "once, at least one: 1–2%, 3–6% and 10–21%. Where only half of the records name their "
            "month, two periods: 2–3%, 5–6% and 10–14%."
        ),
        t(
            "No interval covers who monitors, what they read, what is reported, or a change of "
            "law. The records are a sample whose share of what happened is not the same in every "
            "year."
        ),
    )


def sources(now: State) -> None:
    """Name sources, licences, and how to cite."""
    t, package = now.t, now.package
    st.header(t("Sources, licence, citation"))
    st.markdown(
        t(
            "Data: Creative Commons Attribution 4.0 (CC BY 4.0). Code: Apache License 2.0. "
            "Outlines: Natural Earth (public domain), Osh city drawn as an ellipse; borders as of "
            "the source, no endorsement. Settlements: GeoNames (CC BY 4.0). Made with {libraries}.",
            libraries=LIBRARIES,
        )
    )
    st.markdown(t("To cite:"))
    title = t("Documented attacks on the media and violations against minorities in Kyrgyzstan")
    release = t("Release {release}", release=package.release)
    here = Settings()
    st.code(
        f"{here.organisation}. {title}. {release}. {here.public_url}/",
        language=None,
        wrap_lines=True,
    )
    _bullets(
        t(
            "Every chart, map, table and record has its own citation under “Cite”, with number, "
            "filters, release and a permanent link. A link with a release shows the numbers of "
            "that release, less what was withdrawn since. Releases that said more about people "
            "than may be published are not kept."
        ),
        t(
            "The fingerprint is the SHA-256 of the cited records in one fixed form: CSV in UTF-8 "
            "with LF line ends, codes, the published columns, rows sorted by their cells. Whoever "
            "changes a letter changes it."
        ),
        t(
            "Every row of a downloaded file says in its column cited_as which view it belongs to. "
            "“python -m loaders verify FILE” says whether the file holds exactly these records, "
            "or what differs."
        ),
    )
    rows = package.incidents.frame["source_name"].value_counts()
    if box := figures.folded(t("Publishers read ({n})", n=len(rows)), "publishers"):
        with box:
            figures.table(
                pd.DataFrame({t("Records"): rows}).rename_axis(None).rename(index=words.plain)
            )


def correction(now: State) -> None:
    """Say how to report an error, and how a person in a record has it corrected or withdrawn."""
    t, contact = now.t, Settings().contact
    st.header(t("Correction and withdrawal"))
    if contact:
        st.markdown(
            t(
                "An error, or a record about you or somebody close to you: write to {contact} to "
                "have it corrected or withdrawn.",
                contact=f"<{contact}>" if LINKED.fullmatch(contact) else words.plain(contact),
            )
        )
    else:
        st.markdown(
            t(
                "This copy has no contact set: whoever runs it must set CONTACT. Until then, ask "
                "where you got this dashboard to have a record corrected or withdrawn."
            )
        )
    _bullets(
        t(
            "Send the identifier of the record and what is wrong. Send no more about yourself "
            "than the record shows, and no documents."
        ),
        t("Nobody has to prove who they are. Nobody has to give a reason for a withdrawal."),
        t(
            "A withdrawn record is removed from the current release and from every kept one. A "
            "line without content stays: identifier, dataset, release, month, and the reason as "
            "a code."
        ),
        t("Copies that somebody has already taken cannot be recalled."),
    )
    if n := now.package.withdrawn_since:
        st.markdown(
            t.plural(
                "{n} record was withdrawn since this release.",
                "{n} records were withdrawn since this release.",
                n,
            )
        )


def changes(now: State) -> None:
    """Show the changelog of the data."""
    t = now.t
    st.header(t("Changes"))
    if t.code != "en":
        st.caption(t("The list of changes is kept in English."))
    if box := figures.folded(t("Release {release}", release=now.package.release), "changes"):
        with box:
            # a picture would be fetched from wherever it lies, and tell who reads
            st.markdown(now.package.changelog.replace("![", "&#33;["))


def _bullets(*texts: str) -> None:
    st.markdown("\n".join(f"- {text}" for text in texts))
