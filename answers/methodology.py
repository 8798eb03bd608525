"""What readers must know to use the data, in full: each chapter one function, in their order."""

import re

import pandas as pd

from answers import cited, citing, quality, safety
from answers.answer import Chapter, Link, Said, Section, points
from answers.faults import fault_rules
from answers.question import Question
from answers.surfaces.claims import Claims
from answers.words import changed_since, inhabitants
from incidents import cells, protection
from incidents.schema import SEVERAL
from incidents.wording import OTHERS
from loaders.language import Language
from loaders.settings import Settings

LINKED = re.compile(r"[^\s<>@]+@[^\s<>@]+|https?://[^\s<>]+")
"""What a contact must be to stand as a link: a mail or web address alone."""
LIBRARIES = "Streamlit, pandas, SciPy, Plotly, Matplotlib, folium, Leaflet, Babel"


def titles(asked: Question) -> dict[str, str]:
    """Name the chapters, in order; of what the package does not hold there is none."""
    t, package = asked.t, asked.package
    publishers = len(package.incidents.publishers)
    named = {
        "contents": t("What is in here, and what is not"),
        "collection": t("How a record gets in"),
        "how-good": t("How good it is"),
        "coverage": "" if package.published.empty else t("Coverage of the published totals"),
        "agreement": "" if package.codings.empty else t("Agreement of the codes"),
        "translations": "" if package.translations.empty else t("Translations"),
        "protected": t("Protection of people"),
        "rules": t("The rules, checked at every start"),
        "statistics": t("Statistics"),
        "how-change": t("How change is told"),
        "how-claims": t("How claims are checked"),
        "sources": t("Sources, licence, citation"),
        "publishers": t("Publishers read ({n})", n=publishers),
    }
    return {key: title for key, title in named.items() if title}


def chapters(asked: Question) -> tuple[Chapter, ...]:
    """List the chapters, each to be made when it is opened."""
    made = {
        "contents": contents,
        "collection": collection,
        "how-good": how_good,
        "coverage": coverage,
        "agreement": agreement,
        "translations": translations,
        "protected": protected,
        "rules": rules,
        "statistics": statistics,
        "how-change": change,
        "how-claims": claims,
        "sources": sources,
        "publishers": publishers,
    }
    return tuple(Chapter(key, title, made[key]) for key, title in titles(asked).items())


def contents(asked: Question) -> Section:
    """Say what is in here, and what is not."""
    t, package = asked.t, asked.package
    datasets = tuple(_dataset(asked, dataset) for dataset in package.incidents.collection)
    steps = t(
        "Steps of one case (a charge, a verdict) are records of their own, as monitors count them."
    )
    rules = points(
        counted(t),
        package.statement("contested", t.code),
        t("Outside the months of collection there are no data. That does not mean no incidents."),
        " ".join(filter(None, (steps, package.statement("episodes", t.code)))),
        quality.missing(package, t),
        package.statement("totals_missing", t.code),
    )
    return Section("", datasets, parts=(Section("", rules),), bullets=False)


def counted(t: Language) -> str:
    """Say what is counted."""
    return t(
        "N, what is counted: single incidents and series of acts that were found in their "
        "source and are not contested. Patterns, lasting conditions, laws and border fighting "
        "are no incidents."
    )


def _dataset(asked: Question, dataset: str) -> Said:
    t, incidents = asked.t, asked.package.incidents
    start, end = incidents.collection[dataset]
    rows = (incidents.frame["dataset"] == dataset).to_numpy()
    label = asked.package.codebook.label("datasets", dataset, t.code)
    said = t(
        "{dataset}: {n} records, of which {counted} are counted; collected from {start} to {end}.",
        dataset=label,
        n=incidents.amount(rows),
        counted=incidents.amount(rows & incidents.counted),
        start=t.month(start),
        end=t.month(end),
    )
    return Said(said, strong=label)


def collection(asked: Question) -> Section:
    """Say how a record gets in."""
    t, package = asked.t, asked.package
    said = points(
        package.statement("collected", t.code),
        t(
            "No source, no record. Every record says whether one reader checked it or two. A "
            "record that a second reader could not find again is held back."
        ),
        package.statement("categories", t.code),
        package.statement("suits", t.code),
        package.statement("placed", t.code),
        t(
            "A filter by date finds what may have happened in the range: a record dated only "
            "“March 2021” is in every range that touches the month. A count by month leaves out "
            "what is dated by the year only, and says how many."
        ),
    )
    return Section("", said)


def how_good(asked: Question) -> Section:
    """Say how good the records are: checked, covered, found wrong, coded alike."""
    t, package = asked.t, asked.package
    read_again = points(
        quality.readers_differ(package, t),
        package.statement("errors_corrected", t.code),
        package.statement("weakest_field", t.code),
    )
    said = points(
        quality.coverage(package, t),
        t("Recordings depend on who watches: more incidents in a year can mean more monitoring."),
        t("“python -m keeper quality” computes all of these numbers again from the data."),
    )
    checked = Section("", table=quality.checked_table(package, t))
    if package.errors.empty:
        return Section("", parts=(checked, Section("", said)))
    return Section("", parts=(checked, _errors(asked), Section("", (*read_again, *said))))


def _errors(asked: Question) -> Section:
    t = asked.t
    said = asked.package.statement("read_again", t.code)
    table = quality.errors_table(asked.package, t)
    return Section("", points(said), table=table, bullets=False)


def coverage(asked: Question) -> Section:
    """Tell how much of the published totals is held, by year."""
    return Section("", table=quality.coverage_table(asked.package, asked.t))


def agreement(asked: Question) -> Section:
    """Tell how far coders agree."""
    t, package = asked.t, asked.package
    kappa = t(
        "Cohen’s kappa is 0 for agreement as chance makes it and 1 for full agreement. Where there "
        "may be several codes, each is compared: present or not."
    )
    said = " ".join(filter(None, (package.statement("coded_afresh", t.code), kappa)))
    return Section("", points(said), table=quality.agreement_table(package, t), bullets=False)


def translations(asked: Question) -> Section:
    """Say what was translated, by whom, how a sample of it was judged, and how it is corrected."""
    t, package = asked.t, asked.package
    texts = {lang: package.translations.how(lang) for lang in OTHERS}
    said = points(
        *(
            t(
                "{language}: {n} texts; translated by a program {machine}, by a person {hand}, "
                "read by a native speaker {native}.",
                language=t.tongue(lang).capitalize(),
                n=sum(made.values()),
                **made,
            )
            for lang, made in texts.items()
        ),
        t(
            "Records are written in English, and an English sentence is what was checked. "
            "Translations are in no fingerprint: a citation stays the same when one is corrected."
        ),
        quality.of_judges(package, t),
        t(
            "To correct one: its row in translations.csv, found by the English sentence that the "
            "page of the record shows; or write to whoever answers for this copy."
        ),
    )
    return Section("", said, table=quality.judged_table(package, t))


def protected(asked: Question) -> Section:
    """Say how the people in the records are protected."""
    t, book = asked.t, asked.package.codebook
    said = points(
        asked.package.statement("who_is_protected", t.code),
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
        asked.package.statement("reader_risk", t.code),
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
    return Section("", said, links=(safety.onward(asked),))


def rules(asked: Question) -> Section:
    """List the rules a package must keep, and what they follow."""
    t = asked.t
    said, number = fault_rules(t), {s: f"[{n}]" for n, s in enumerate(protection.SOURCES, start=1)}
    kept = points(
        *(
            f"{said[rule.name][0]} {rule.name} {''.join(number[s] for s in rule.follows)}"
            for rule in protection.RULES
        )
    )
    followed = tuple(
        Said(f"{number[source]} {title}", links=(Link(title, url=url),))
        for source, (title, url) in protection.SOURCES.items()
    )
    intro = points(t("A package that breaks one of these rules does not load at all."))
    parts = (
        Section("", kept),
        Section("", points(t("They follow:")), bullets=False),
        Section("", followed),
    )
    return Section("", intro, parts=parts, bullets=False)


def statistics(asked: Question) -> Section:
    """Say how the numbers are made."""
    t = asked.t
    said = points(
        t(
            "Rates are recorded incidents of the selection per 100,000 inhabitants. A rate of "
            "fewer than five incidents is marked as unreliable."
        ),
        inhabitants(asked.package, t),
        t("People are counted as named per incident; an episode counts its largest number once."),
        t(
            "Change on the map is the difference between two periods, without a verdict; only "
            "records that lie wholly inside one of them are compared."
        ),
        t(
            "Axes end where collection ended. The three months before, and others said to be less "
            "well covered, are provisional and hatched."
        ),
        t(
            "Published totals are never mixed with counts of records, and are shown without a "
            "verdict."
        ),
    )
    return Section("", said)


def change(asked: Question) -> Section:
    """Say how change is told."""
    t = asked.t
    said = points(
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
        asked.package.statement("false_alarms", t.code),
        t(
            "No interval covers who monitors, what they read, what is reported, or a change of "
            "law. The records are a sample whose share of what happened is not the same in every "
            "year."
        ),
    )
    return Section("", said)


def claims(asked: Question) -> Section:
    """Say how claims are checked."""
    found: Section = asked.answer(Claims).method
    return found


def sources(asked: Question) -> Section:
    """Name sources, licences, and how to cite."""
    t, package = asked.t, asked.package
    made = t("Code: Apache License 2.0. Made with {libraries}.", libraries=LIBRARIES)
    name, _ = package.licence
    data = t("Data: {licence}.", licence=name) if name else ""
    licence = " ".join(filter(None, (data, made)))
    kept = t(
        "A link with a release shows the numbers of that release, less what was withdrawn since. "
        "Releases that said more about people than may be published are not kept."
    )
    said = points(
        " ".join((own_citation(t), kept)),
        t(
            "The fingerprint is the SHA-256 of the cited records in one fixed form: CSV in UTF-8 "
            "with LF line ends, codes, the published columns, rows sorted by their cells. Whoever "
            "changes a letter changes it."
        ),
        t(
            "Every row of a downloaded file says in its column cited_as which view it belongs to. "
            "“python -m keeper verify FILE” says whether the file holds exactly these records, "
            "or what differs."
        ),
    )
    intro = points(licence, package.statement("sources", t.code), t("To cite:"))
    cited = Section("", literal=citing.of_package(asked))
    return Section("", intro, parts=(cited, Section("", said)), bullets=False)


def own_citation(t: Language) -> str:
    """Say where the citation of a view is."""
    return t(
        "Every chart, map, table and record has its own citation under “Cite”, with number, "
        "filters, release and a permanent link."
    )


def publishers(asked: Question) -> Section:
    """Count the records by who published what they rest on."""
    t, rows = asked.t, asked.package.incidents.publishers.copy()
    rows.index = [asked.package.named(name, t.code) for name in rows.index]
    return Section("", table=pd.DataFrame({t("Records"): rows}).rename_axis(t("Publisher")))


def correction(asked: Question) -> Section:
    """Say how to report an error, and how a person in a record has it corrected or withdrawn."""
    t, contact = asked.t, Settings().contact
    whom = (
        Said(
            t(
                "An error, or a record about you or somebody close to you: write to {contact} to "
                "have it corrected or withdrawn.",
                contact=contact,
            ),
            links=_reached_at(contact),
        )
        if contact
        else Said(
            t(
                "This copy has no contact set: whoever runs it must set CONTACT. Until then, ask "
                "where you got this dashboard to have a record corrected or withdrawn."
            )
        )
    )
    said = points(
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
    since = points(*changed_since(asked.package, t))
    parts = (Section("", said), Section("", since, bullets=False))
    head = t("Correction and withdrawal")
    return Section(head, (whom,), parts=parts, links=(cited.onward(asked),), bullets=False)


def _reached_at(contact: str) -> tuple[Link, ...]:
    """Link to a contact that is a mail or web address alone."""
    if not LINKED.fullmatch(contact):
        return ()
    return (Link(contact, url=contact if "://" in contact else f"mailto:{contact}"),)


def changes(asked: Question) -> Section:
    """Introduce the list of changes of the data, a Markdown text of the package's own."""
    t = asked.t
    caption = "" if t.code == "en" else asked.package.statement("changes_language", t.code)
    return Section(t("Changes"), caption=caption)
