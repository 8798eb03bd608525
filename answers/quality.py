"""How good the records are, in the words of one language: the same on pages, in files, in print."""

import math
import re

import pandas as pd
from babel.numbers import format_decimal

from answers.words import short_dataset
from incidents import counts
from incidents.quality import read_apart
from incidents.selection import Selection
from incidents.table import Subset
from loaders.language import Language, language, rounded
from loaders.package import Package


def caveats(package: Package, t: Language, subset: Subset | None = None) -> tuple[str, ...]:
    """Say what somebody who takes numbers away must know of the records they are made from.

    With a `subset`, how many of its records were checked twice comes first.
    """
    twice = [checked(subset, t)] if subset is not None else []
    always = package.once(
        ("caveats", t.code),
        lambda: (found_wrong(package, t), coverage(package, t), missing(package, t)),
    )
    return tuple(sentence for sentence in (*twice, *always) if sentence)


def checked(subset: Subset, t: Language) -> str:
    """Say how many records of a selection two readers checked."""
    return t(
        "Of the records behind these numbers, two readers checked {twice} of {n}.",
        twice=counts.checked_twice(subset),
        n=subset.n,
    )


def found_wrong(package: Package, t: Language) -> str:
    """Say what all readings found, from the least to the most; nothing where there was none.

    The last random sample stands beside them, never alone: it may be the best.
    """
    errors = package.errors
    found = errors[errors["read"] > 0]
    if found.empty:
        return ""
    return t(
        "Readings by somebody else: {n}. From one to the other, before correction, so many of the "
        "records read had at least one wrong or unsupported field: {rates}.",
        n=found["reading"].nunique(),
        rates="; ".join(
            _found_in(package, str(name), rows, t)
            for name, rows in found.groupby("dataset", sort=False)
        ),
    )


def readers_differ(package: Package, t: Language) -> str:
    """Say what two readers of the same records found; nothing where only one read the last."""
    found = read_apart(package.errors)
    if found is None:
        return ""
    return t(
        "Two readers read the last sample apart: of {n} records one found {one} with a wrong or "
        "unsupported field, the other {other}, both the same {both} and either {either} (Cohen’s "
        "kappa {kappa}).",
        n=found.n,
        one=found.one,
        other=found.other,
        both=found.both,
        either=found.either,
        kappa=_decimal(found.kappa, t),
    )


def found_wrong_in_short(package: Package, t: Language) -> str:
    """Say what all readings found, from the least to the most; nothing where there was none."""
    found = package.errors[package.errors["read"] > 0]
    rates = (
        _range(package, str(name), rows, t) for name, rows in found.groupby("dataset", sort=False)
    )
    said = t(
        "Others who read records again found fields that are wrong or unsupported: {rates}, "
        "depending on the reader. What proved wrong was corrected; records not read may have as "
        "many.",
        rates="; ".join(rates),
    )
    return "" if found.empty else said


def _range(package: Package, dataset: str, found: pd.DataFrame, t: Language) -> str:
    """Say what the readings of a dataset found, from the least to the most."""
    one_by_one = found[found["drawn"] != "either"]
    shares = (one_by_one["wrong"] / one_by_one["read"]).agg(["min", "max"])
    least, most = map(_percent, shares)
    return t(
        "{dataset} {share}%",
        dataset=short_dataset(package, dataset, t),
        share=str(least) if least == most else f"{least}–{most}",
    )


def _found_in(package: Package, dataset: str, found: pd.DataFrame, t: Language) -> str:
    """Say what the readings of a dataset found, and the last random sample among them."""
    said = _range(package, dataset, found, t)
    last = package.last_sample
    last = last[(last["dataset"] == dataset) & (last["read"] > 0)]
    if last.empty:
        return said
    row = next(last.itertuples())
    told = {
        "wrong": int(row.wrong),
        "n": int(row.read),
        "low": _percent(row.wrong_low),
        "high": _percent(row.wrong_high),
    }
    if row.drawn == "either":
        sample = t(
            "in the last random sample by either of two readers {wrong} of {n}, 95% interval "
            "{low}–{high}%",
            **told,
        )
    else:
        sample = t("in the last random sample {wrong} of {n}, 95% interval {low}–{high}%", **told)
    return f"{said} ({sample})"


def share_held(package: Package, t: Language) -> str:
    """Say which share of the published totals is held; nothing where none is known."""
    held, total = int(package.held.sum()), int(package.published.sum())
    return t.percent(held / total) if total else ""


def coverage_in_short(package: Package, t: Language) -> str:
    """Say which share of the published totals is held, and what that means for a trend."""
    share = share_held(package, t)
    if not share:
        return ""
    return t(
        "Coverage, {dataset}: {share} of the totals published for {years}, not the same share in "
        "each year. A trend of records is no trend of what happened.",
        dataset=package.codebook.label("datasets", package.published_dataset, t.code),
        share=share,
        years=years(list(package.published.index)),
    )


def coverage(package: Package, t: Language) -> str:
    """Say how much of the published totals is held; nothing where none is known."""
    held, total = int(package.held.sum()), int(package.published.sum())
    if not total:
        return ""
    return t(
        "Coverage, {dataset}: we collected {held} records of {years}; the totals published for the "
        "same years ({publisher}) add up to {total}, {share}. How much was collected differs from "
        "year to year, so a trend of records is no trend of what happened.",
        dataset=package.codebook.label("datasets", package.published_dataset, t.code),
        held=held,
        years=years(list(package.published.index)),
        publisher=package.published_source(t.code)[0],
        total=total,
        share=share_held(package, t),
    )


def missing(package: Package, t: Language) -> str:
    """Say who and what is not in here, as the package does."""
    return package.statement("not_held", t.code)


def errors_table(package: Package, t: Language) -> pd.DataFrame:
    """Tell what every reading found, by dataset, with exact 95 % intervals."""
    rows = {
        _reading(row, short_dataset(package, str(row.dataset), t), t): (
            _share(row.wrong, row.read, row.wrong_low, row.wrong_high, t),
            _share(row.grave, row.read, row.grave_low, row.grave_high, t),
            t("{n} of {total}", n=int(row.read), total=int(row.read + row.not_reached)),
        )
        for row in package.errors.itertuples()
    }
    head = [t("Wrong field"), t("Not only wording"), t("Could be read")]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=head)
    return found.rename_axis(t("Reading"))


def of_judges(package: Package, t: Language) -> str:
    """Say who judged a sample of the translations; nothing where nobody did."""
    if package.judged.empty:
        return ""
    return t(
        "A sample was judged blind, each text by a reader who had not made it. These judges were "
        "programs, too; a native speaker may judge otherwise."
    )


def judged_table(package: Package, t: Language) -> pd.DataFrame | None:
    """Tell how a sample of translations was judged, by language and aspect; None without one."""
    judged = package.judged
    if judged.empty:
        return None
    aspects = {"meaning": t("Meaning"), "register": t("Register"), "grammar": t("Grammar")}
    grades = {"right": t("Right"), "small": t("A word to mend"), "wrong": t("To write anew")}
    rows = {
        f"{t.tongue(lang).capitalize()}, {word}": [
            t("{n} of {total}", n=int((found[aspect] == grade).sum()), total=len(found))
            for grade in grades
        ]
        for lang, found in judged.groupby("language", sort=False)
        for aspect, word in aspects.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(grades.values()))
    return table.rename_axis(t("Judged"))


def checked_table(package: Package, t: Language) -> pd.DataFrame:
    """Count the records of each dataset, and those that two readers checked."""
    rows = {}
    for dataset in package.incidents.collection:
        subset = package.incidents.select(Selection(data=(dataset,)))
        twice = counts.checked_twice(subset)
        rows[short_dataset(package, dataset, t)] = (t.number(subset.n), t.number(twice))
    head = [t("Counted records"), t("Checked by two readers")]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=head)
    return found.rename_axis(t("Dataset"))


def coverage_table(package: Package, t: Language) -> pd.DataFrame:
    """Count the attacks on media held, and those published, by year."""
    rows = {
        str(year): (
            t.number(int(held)),
            t.number(int(total)),
            t.percent(held / total) if total else "–",
        )
        for year, held, total in zip(
            package.published.index, package.held, package.published, strict=True
        )
    }
    head = [t("records collected here"), t("published total"), t("Share collected")]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=head)
    return found.rename_axis(t("Year"))


def agreement_table(package: Package, t: Language) -> pd.DataFrame:
    """Tell how far two coders gave the same codes, and the first of them the published ones."""
    names = {
        "category": t("Category"),
        "target": t("Target"),
        "groups": t("Groups"),
        "violations": t("Violations"),
        "perpetrator": t("Perpetrator"),
        "response": t("Response of the authorities"),
        "kind": t("Kind"),
    }
    compared = {
        t("Two coders: kappa (95% interval)"): package.agreement,
        t("Coder and record: kappa (95% interval)"): package.agreement_with_record,
    }
    found_alike = pd.DataFrame(
        {
            head: {names[str(row.Index)]: _kappa(row, t) for row in found.itertuples()}
            for head, found in compared.items()
        }
    )
    return found_alike.rename_axis(t("Field"))


def _kappa(row: "pd.Series[float]", t: Language) -> str:
    """Tell Cohen's kappa with its interval, if it has one, and how many items got the same."""
    said = _decimal(row.kappa, t)
    if not math.isnan(row.low):
        said = f"{said} ({_decimal(row.low, t)}–{_decimal(row.high, t)})"
    return t("{kappa}, {n} of {total} alike", kappa=said, n=int(row.same), total=int(row.n))


def report(package: Package, t: Language) -> str:
    """Write every figure of quality as tables in Markdown, recomputed from the data."""
    tables = {
        t("Records by dataset"): checked_table,
        t("Coverage of the published totals"): coverage_table,
        t("Records with a wrong field (95% interval)"): errors_table,
        t("Agreement of the codes"): agreement_table,
    }
    return "\n\n".join(
        f"## {head}\n\n{markdown(table(package, t))}" for head, table in tables.items()
    )


def written(text: str, package: Package) -> str:
    """Put the present tables of errors and agreement, in English, in place of those in a text."""
    t = language("en")
    for table in (errors_table(package, t), agreement_table(package, t)):
        new = markdown(table)
        head = re.escape(new.partition("\n")[0])
        text = re.sub(rf"{head}(\n\|.*)+", new.replace("\\", r"\\"), text)
    return text


def markdown(table: pd.DataFrame) -> str:
    """Write a table of texts in Markdown."""
    lines = [["", *table.columns], ["---"] * (len(table.columns) + 1)]
    lines += [[str(cell) for cell in row] for row in table.itertuples()]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)


def _reading(row: "pd.Series[object]", dataset: str, t: Language) -> str:
    named = {"n": int(row.reading), "dataset": dataset}
    if row.drawn == "random":
        return t("{n}. Sample, {dataset}", **named)
    if row.drawn == "either":
        return t("{one} or {n}. Sample, {dataset}", one=int(row.reading) - 1, **named)
    return t("{n}. All others, {dataset}", **named)


def _share(count: float, read: float, low: float, high: float, t: Language) -> str:
    if not read:
        return "–"
    return t(
        "{n} of {total}, {share}% ({low}–{high})",
        n=int(count),
        total=int(read),
        share=_percent(count / read),
        low=_percent(low),
        high=_percent(high),
    )


def _percent(share: float) -> int:
    """Round a share to whole percent."""
    return int(rounded(share, 2) * 100)


def _decimal(value: float, t: Language) -> str:
    return format_decimal(rounded(value, 2), "0.00", locale=t.code).replace("-", "−")


def years(found: list[int]) -> str:
    """Write years: as a span where none is missing between them."""
    unbroken = found == list(range(found[0], found[-1] + 1))
    return f"{found[0]}–{found[-1]}" if unbroken else ", ".join(str(year) for year in found)
