"""Faults of the data, with remedies: why a cell is refused, and what to do."""

from datetime import UTC, datetime

import pandas as pd

from incidents.schema import Fault
from loaders.language import Language
from loaders.mirror import Away
from loaders.shelf import Shelf

LONGEST = 80
"""How much of a value is repeated."""


def fault(found: Fault, t: Language) -> tuple[str, str]:
    """Say why a cell was refused, and what to do."""
    return fault_rules(t)[found.rule]


def fault_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word every rule: why a cell that breaks it is refused, and what to do."""
    return {
        "missing_file": (t("The file is missing."), t("Put the file back under this name.")),
        "unreadable": (
            t("The file cannot be read."),
            t(
                "See that the dashboard may open it, and that it is whole; it is tried again by "
                "itself."
            ),
        ),
        "not_utf8": (t("The file is not UTF-8."), t("Save it as CSV UTF-8.")),
        "not_csv": (t("The file is not a table."), t("Save it as comma-separated CSV.")),
        "not_parquet": (
            t("The file is not Parquet, or not whole."),
            t("Write it again from the published rows."),
        ),
        "other_schema": (
            t("The column holds no text."),
            t("Write every cell as the text that stands in the published file."),
        ),
        "restricted_column": (
            t("The column is not published."),
            t("Give the rows as `python -m keeper publish` left them, and no other column."),
        ),
        "changed_while_read": (
            t("The files changed while they were read."),
            t("Wait until nobody writes there, and give the command again."),
        ),
        "missing_row": (
            t("Rows were lost on the way."),
            t("Give the command again; if it stays so, tell us."),
        ),
        "cube_not_whole": (
            t("The files of the cube are not those that it was made with."),
            t("Make it again: python -m keeper cube."),
        ),
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
            t(
                "settlement needs a place; region a region; country and online the codes that "
                "regions.csv marks as unplaced and online."
            ),
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
        "translates_nothing": (
            t("This translates a text that stands nowhere in the package."),
            t("Take the row out, or write the English text as it stands."),
        ),
        "not_told_how": (
            t("A translation and how it was made do not fit."),
            t("Say how it was made: machine, hand or native; of no translation, nothing."),
        ),
        "names_nothing": (
            t("This name stands in no text of the package."),
            t("Take the row out, or write the name as it stands in a text."),
        ),
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
        "less_covered": (
            t("The day from which less was covered is not one of the days of collection."),
            t("Give less_covered_from as a day between collected_from and collected_to."),
        ),
        "not_a_release": (t("Not a version of the data."), t("Write it as 2026.11.0.")),
        "no_outline": (t("A region has no outline."), t("Add it to the GeoJSON file.")),
        "no_label": (
            t("It is not said where the name of a region stands."),
            t("Give label_lat and label_lon as numbers."),
        ),
        **_descriptor_rules(t),
    }


def _descriptor_rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules about the package as a whole and its descriptor."""
    return {
        "not_an_object": (
            t("The file is JSON, but no object."),
            t("Put it in curly brackets, with a name before every value."),
        ),
        "unknown_form": (
            t("The package has a form that is not known here."),
            t("Use a newer version of the dashboard."),
        ),
        "being_written": (
            t("The files change while they are read."),
            t("Wait until all of them are written."),
        ),
        "bad_description": (
            t("datapackage.json says this not at all, in another form, or too loosely."),
            t("Say it as the datapackage.json that comes with the dashboard does."),
        ),
        "missing_resource": (
            t("datapackage.json does not name this table or the file of this dataset."),
            t("Describe it there; it may be a table without rows."),
        ),
        "unread_resource": (
            t("Nothing reads this file."),
            t("Take it out of datapackage.json; a file of records needs its dataset."),
        ),
        "undescribed_file": (
            t("datapackage.json does not name this file."),
            t("Describe it there, or take it away."),
        ),
        "same_file": (
            t("Two resources name one file."),
            t("Give every dataset a file of its own."),
        ),
        "no_such_kind": (
            t("The list of regions has no such kind, or has it twice."),
            t("Mark exactly one code as unplaced and one as online."),
        ),
        "other_country": (
            t("The code is not one of this country."),
            t("Begin it with the code of the country, as in KG-GB, or correct the country."),
        ),
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
    recount = t("Make the table anew: python -m keeper count FILE.")
    return {
        "unprotected": (
            t("A record about a person whom the codebook protects must be protected."),
            t("Write yes, and empty or coarsen the other cells."),
        ),
        "aggregate_only": (
            t("A case under a code that is counted and never listed stands in no file of records."),
            t("Take the row out and count it from your own file: python -m keeper count FILE."),
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
            t("Write the code that regions.csv marks as unplaced, and country."),
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


def notices(shelf: Shelf, t: Language) -> list[str]:
    """Say what is wrong with the files, and with the database behind them, and what is on show."""
    kept = shelf.package is not None
    said = [notice(kept=kept, t=t)] if shelf.faults else []
    if away := shelf.away:
        said.append(_not_read(away, kept=kept, t=t))
    return said


def _not_read(away: Away, *, kept: bool, t: Language) -> str:
    if not kept or away.heard is None:
        return t("The database of releases cannot be read, so nothing can be shown yet.")
    return t(
        "The database of releases cannot be read now. On show is what it held {ago}.",
        ago=t.ago(datetime.now(UTC) - away.heard),
    )


def unusable(why: str, t: Language) -> str:
    """Say why a database cannot be used, and what to do."""
    return {
        "address": t(
            "INCIDENTS_URL or KEEPER_URL is no address of a database. Write it as "
            "postgresql://ACCOUNT@HOST/NAME or sqlite:////PATH, with %40 for @ in a password."
        ),
        "away": t(
            "The database does not answer, or does not let this account in. See that it runs, and "
            "that host, account and password are right."
        ),
        "busy": t("Somebody else is writing to the database. Try again in a minute."),
        "refused": t(
            "This account may not do that in the database. Use the account of docs/database.md "
            "that is made for it."
        ),
        "read_only": t(
            "The database is read-only. Use the address and the account with which it is written, "
            "and no standby."
        ),
        "empty": t("The database holds no release yet. Send one: python -m keeper push."),
        "older": t(
            "The database has the schema of an older program. Bring it up to date with this one: "
            "python -m keeper push."
        ),
        "newer": t("The database has the schema of a newer program. Update this one."),
        "foreign": t(
            "The database holds tables of something else. Give the package a database of its own."
        ),
        "damaged": t(
            "What the database holds is not what was pushed. Restore a backup, or empty its tables "
            "and push the files again."
        ),
        "no_room": t("The copy of the database could not be written. See that the disk has room."),
    }[why]


def notice(*, kept: bool, t: Language) -> str:
    """Say that the data have problems, and what is on show meanwhile."""
    if kept:
        return t("The data files have problems. The last good release stays on show.")
    return t("The data files have problems, so nothing can be shown yet.")


def table(found: list[Fault], t: Language) -> pd.DataFrame:
    """Tell every fault: where it is, what stands there, why it is one, and what to do."""
    rules = fault_rules(t)
    rows = [(f.file, str(f.line or ""), f.column, f.value[:LONGEST], *rules[f.rule]) for f in found]
    head = [t("File"), t("Row"), t("Column"), t("Value"), t("Why"), t("What to do")]
    return pd.DataFrame(rows, columns=head).set_index(head[0])
