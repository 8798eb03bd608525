"""Sentences that several pages say: the selection in words, problems, and faults of the data."""

import re

from incidents.codebook import Codebook
from incidents.schema import Fault, visible
from incidents.selection import CODED, Problem, Selection, Span
from loaders import Package
from loaders.language import Language

FOUND_ANYWAY = re.compile(
    r"\\:(?=material|streamlit)|https?(?=\\://)|www(?=\\\.)|.(?=@)", re.IGNORECASE
)
"""Where an escaped text must be taken apart so that no icon or link is made of it."""


def plain(text: object) -> str:
    """Escape a text so that it is read as text, not as Markdown or HTML, in one line.

    Invisible characters are shown as �: none comes with the data, but an address may hold them.
    The browser's side finds icons, addresses and mail addresses even in escaped text (seen in
    Streamlit 1.67): an empty directive takes them apart, and is not seen or copied.
    """
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\\\1", visible(str(text)))
    return FOUND_ANYWAY.sub(r"\g<0>:small[]", escaped)


def verbatim(text: str, most: int) -> str:
    """Show the beginning of what an address holds as code, in one line."""
    return f"`{visible(text[:most]).replace('`', 'ˋ')}`"


def code_label(package: Package, name: str, code: str, t: Language) -> str:
    """Word one value of a parameter that holds codes."""
    if name == "place":
        return str(package.incidents.places.at[code, f"name_{t.code}"])
    return package.codebook.label(CODED[name], code, t.code)


def period_words(start: str, end: str, t: Language) -> str:
    """Word a period: "2018–2022", "since March 2021", "until 2019"."""
    if start and end:
        return t.period(start) if start == end else f"{t.period(start)}–{t.period(end)}"
    if start:
        return t("since {period}", period=t.period(start))
    return t("until {period}", period=t.period(end)) if end else ""


def span(found: Span, t: Language) -> str:
    """Word a span of years or months."""
    return period_words(found.start, found.end, t)


def chips(selection: Selection, package: Package, t: Language) -> list[tuple[str, Selection]]:
    """Word each set filter, with the selection that is left when it is taken away."""
    found: list[tuple[str, Selection]] = []
    for name in CODED:
        for code in getattr(selection, name):
            rest = tuple(c for c in getattr(selection, name) if c != code)
            left = selection.without(name)
            left = left if not rest else type(left)(**{**vars(left), name: rest})
            found.append((code_label(package, name, code, t), left))
    if selection.start or selection.end:
        left = selection.without("start", "end")
        found.append((period_words(selection.start, selection.end, t), left))
    if selection.q:
        found.append((t("“{text}”", text=selection.q), selection.without("q")))
    return found


def in_words(selection: Selection, package: Package, t: Language) -> str:
    """Word the selection as one line; empty if nothing is set."""
    return " · ".join(text for text, _ in chips(selection, package, t))


def collected(package: Package, t: Language) -> str:
    """Say since when and until when each dataset was collected."""
    label = package.codebook.labels("datasets", t.code)
    spans = "; ".join(
        f"{plain(label[dataset])}: {t.month(start)} – {t.month(end)}"
        for dataset, (start, end) in package.incidents.collection.items()
    )
    return t(
        "Collected: {spans}. Outside these months there are no data, "
        "which does not mean no incidents.",
        spans=spans,
    )


def problem(found: Problem, t: Language) -> str:
    """Say what of the address was left out, and why."""
    value, name = verbatim(found.value, 80), verbatim(found.parameter, 40)
    reasons = {
        "unknown": t("{name}: there is no {value} in the codebook.", name=name, value=value),
        "not_a_period": t(
            "{name}: {value} is not a year or month (2021 or 2021-03).", name=name, value=value
        ),
        "not_a_span": t(
            "{name}: {value} is not a year, a month or two of them (2021, 2021-03, 2018–2019).",
            name=name,
            value=value,
        ),
        "before_from": t("{name}: {value} lies before the beginning.", name=name, value=value),
        "too_long": t("{name}: {value} is too long and was cut.", name=name, value=value),
        "not_a_page": t("{name}: {value} is not a page number.", name=name, value=value),
        "no_such_release": t("{name}: release {value} is not kept here.", name=name, value=value),
        "broken_release": t(
            "{name}: the files of release {value} have problems.", name=name, value=value
        ),
        "no_such_parameter": t(
            "{name}: there is no such filter ({value}).", name=name, value=value
        ),
    }
    return reasons[found.why]


def record_sentence(record: object, codebook: Codebook, t: Language) -> str:
    """Make a sentence from a protected record's codes alone."""
    violations = [
        codebook.label("violations", c, t.code) for c in str(record.violations).split(";")
    ]
    groups = [codebook.label("groups", c, t.code) for c in str(record.groups).split(";")]
    return t(
        "{violation}. Affected: {groups}. By: {perpetrator}.",
        violation=", ".join(violations),
        groups=", ".join(groups),
        perpetrator=codebook.label("perpetrators", str(record.perpetrator), t.code),
    )


def fault(found: Fault, t: Language) -> tuple[str, str]:
    """Say why a cell was refused, and what to do."""
    return fault_rules(t)[found.rule]


def fault_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word every rule: why a cell that breaks it is refused, and what to do."""
    return {
        "missing_file": (t("The file is missing."), t("Put the file back under this name.")),
        "not_utf8": (t("The file is not UTF-8."), t("Save it as CSV UTF-8.")),
        "not_csv": (t("The file is not a table."), t("Save it as comma-separated CSV.")),
        "not_json": (t("The file is not JSON."), t("Mend the line named here.")),
        "missing_column": (t("The column is missing."), t("Add the column; it may be empty.")),
        "unknown_column": (t("There is no such column."), t("Take it out or correct its name.")),
        "required": (t("The cell is empty."), t("Fill it in; unknown is a code, not a blank.")),
        "unknown_code": (
            t("The code is not in the codebook."),
            t("Use a code of the list, or add it there."),
        ),
        "control_character": (
            t("An invisible character stands here."),
            t("Type the text anew, on one line, rather than pasting it."),
        ),
        "repeated_code": (t("A code stands here twice."), t("Name each code once.")),
        "yes_or_empty": (t("Neither “yes” nor empty."), t("Write yes or leave it empty.")),
        "not_a_date": (t("Not a day of the calendar."), t("Write it as 2021-03-17.")),
        "not_a_period": (
            t("Not a year, month or day."),
            t("Write it as 2021, 2021-03 or 2021-03-17."),
        ),
        "not_an_address": (t("Not a web address."), t("Give the whole address, with https://.")),
        "bad_id": (
            t("The identifier has another form."),
            t("Use a letter, a hyphen and digits: M-0001."),
        ),
        "duplicate_id": (t("The identifier is taken."), t("Give every row its own.")),
        "not_a_number": (t("Not a number."), t("Write digits only, or leave it empty.")),
        "unknown_place": (
            t("The place is not in places.csv."),
            t("Use a GeoNames id from places.csv, or add the place."),
        ),
        "date_precision": (
            t("Date and precision do not fit."),
            t("A month begins on day 01, a year on 01-01; unknown has no date."),
        ),
        "outside_collection": (
            t("The date lies outside the time of collection."),
            t("Correct the date, or collected_from and collected_to in datapackage.json."),
        ),
        "ends_before": (t("It ends before it begins."), t("Correct one of the two dates.")),
        "other_dataset": (
            t("The code belongs to the other dataset."),
            t("Use a code of this dataset, or give it a place in the menu."),
        ),
        "place_precision": (
            t("Place and precision do not fit."),
            t("settlement needs a place; region a region; country KG; online ONLINE."),
        ),
        "place_outside_region": (
            t("The place lies in another region."),
            t("Correct the place or the region."),
        ),
        "link": (
            t("Link and address do not fit."),
            t("A withheld page has no address anywhere; any other needs one."),
        ),
        "no_summary": (t("There is no summary."), t("Say in one sentence what happened.")),
        **_protection_rules(t),
        **_claim_rules(t),
        "unknown_record": (
            t("There is no such record."),
            t("Correct the identifier or leave it empty."),
        ),
        "withdrawn": (
            t("The record was withdrawn."),
            t("Take the row out; a withdrawn record does not come back."),
        ),
        "no_collection": (
            t("It is not said since when and until when was collected."),
            t("Give collected_from and collected_to as days."),
        ),
        "not_a_release": (t("Not a version of the data."), t("Write it as 2026.11.0.")),
        "no_outline": (t("A region has no outline."), t("Add it to the GeoJSON file.")),
    }


def _claim_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about claims and their readings."""
    return {
        "no_reading": (
            t("The claim has no reading."),
            t("Say in claim_readings.csv which numbers it may compare."),
        ),
        "unknown_claim": (
            t("There is no such claim."),
            t("Correct the identifier, or add the claim to claims.csv."),
        ),
        "nothing_compared": (
            t("It is not said what is compared."),
            t("Name a series of published totals, a selection of records, or both."),
        ),
        "unknown_series": (
            t("There is no such series of yearly totals."),
            t("Use a series of published_totals.csv with one whole number a year."),
        ),
        "not_a_selection": (
            t("These are not the filters of an address."),
            t("Copy them from the address of a view: data=media&region=KG-GB."),
        ),
        "not_a_span": (
            t("Not a year, a month, or a span of them."),
            t("Write it as 2021, 2021-03 or 2021-01..2021-09."),
        ),
        "not_a_year": (
            t("Published totals are known by year only."),
            t("Write a year, or name the records that are compared."),
        ),
        "not_later": (
            t("The later period begins before the earlier one is over."),
            t("Correct one of the two periods."),
        ),
    }


def _protection_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules that protect people: what must hold, and what to do where it does not."""
    coarsen = t("Empty or coarsen the cell; never add detail.")
    recount = t("Make the table anew: python -m loaders count FILE.")
    return {
        "unprotected": (
            t("A record about a person whom the codebook protects must be protected."),
            t("Write yes, and empty or coarsen the other cells."),
        ),
        "aggregate_only": (
            t("A case under a code that is counted and never listed stands in no file of records."),
            t("Take the row out and count it from your own file: python -m loaders count FILE."),
        ),
        "small_cell": (
            t("A cell of cases that are never listed is “<3”, “withheld”, or a number from three."),
            recount,
        ),
        "gives_away": (
            t("Adding and subtracting would tell a cell of fewer than three cases."),
            recount,
        ),
        "protected_date": (t("A protected record shows no more than the year."), coarsen),
        "protected_place": (t("A protected record names no settlement."), coarsen),
        "protected_region": (
            t(
                "A protected record names its region only where at least three of the same year "
                "share it."
            ),
            t("Write KG and country."),
        ),
        "protected_text": (
            t("A protected record has no text of its own and no number of persons."),
            coarsen,
        ),
        "protected_source": (
            t("A protected record names publisher and year of its source, and no address."),
            coarsen,
        ),
        "protected_act": (t("A protected record shows one act."), t("Keep the gravest act.")),
        "protected_sequence": (
            t("A protected record stands in no episode and points to no other record."),
            coarsen,
        ),
        "protected_delay": (
            t("A protected record is published 90 days after the incident at the earliest."),
            t("Leave the record out until then."),
        ),
        "consent": (
            t("A record rests on a public source or on the consent of the person concerned."),
            t("Leave the record out."),
        ),
        "personal_data": (
            t(
                "No text holds a telephone number, e-mail or street address, exact age, personal "
                "number or coordinates."
            ),
            t("Take it out of the text."),
        ),
    }


def equivalents(codebook: Codebook, name: str, code: str) -> str:
    """List what a code is called in other vocabularies."""
    rows = codebook.crosswalk
    rows = rows[(rows["list"] == name) & (rows["code"] == code)]
    titles = codebook.schemes.set_index("scheme")["title"]
    return "; ".join(f"{titles[r.scheme]}: {r.term}" for r in rows.itertuples())
