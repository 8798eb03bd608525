"""How good the records are, in the words of one language: the same on pages, in files, in print."""

import math
import re

import pandas as pd
from babel.numbers import format_decimal

from incidents import counts
from incidents.selection import Selection
from incidents.table import Subset
from loaders.language import Language, language
from loaders.package import Package


def caveats(package: Package, t: Language, subset: Subset | None = None) -> tuple[str, ...]:
    """Say what somebody who takes numbers away must know of the records they are made from.

    With a `subset`, how many of its records were checked twice comes first.
    """
    twice = [checked(subset, t)] if subset is not None else []
    said = (*twice, found_wrong(package, t), coverage(package, t), missing(t))
    return tuple(sentence for sentence in said if sentence)


def checked(subset: Subset, t: Language) -> str:
    """Say how many records of a selection two readers checked."""
    return t(
        "Of the records behind these numbers, two readers checked {twice} of {n}.",
        twice=counts.checked_twice(subset),
        n=subset.n,
    )


def found_wrong(package: Package, t: Language) -> str:
    """Say what the last random sample found, by dataset; nothing where none was drawn."""
    rates = [
        t(
            "{dataset} {wrong} of {n}, {share}% (95% interval {low}–{high})",
            dataset=_short(package, row.dataset, t),
            wrong=int(row.wrong),
            n=int(row.read),
            share=_percent(row.wrong / row.read),
            low=_percent(row.wrong_low),
            high=_percent(row.wrong_high),
        )
        for row in package.last_sample.itertuples()
        if row.read
    ]
    if not rates:
        return ""
    return t(
        "In the last random sample that somebody else read again, before correction, so many "
        "records had at least one wrong or unsupported field: {rates}.",
        rates="; ".join(rates),
    )


def coverage(package: Package, t: Language) -> str:
    """Say how much of the published totals is held; nothing where none is known."""
    held, total = int(package.held.sum()), int(package.published.sum())
    if not total:
        return ""
    return t(
        "Coverage: we hold {held} attacks on media of {years}; the School of Peacemaking published "
        "{total} for the same years, {share}. How much is held differs from year to year, so a "
        "trend of records is not a trend of attacks.",
        held=held,
        years=_span(list(package.published.index)),
        total=total,
        share=t.percent(held / total),
    )


def missing(t: Language) -> str:
    """Say who and what is not in here."""
    return t(
        "Not held yet: any media record for Naryn or Issyk-Kul; assaults on journalists in 2023; "
        "dated online harassment after 2021; dated incidents against Dungan, Uyghur, Mughat, "
        "Ahmadi or Baha’i people; records about people living with HIV or people who use drugs. "
        "LGBTQ+ records are few: organisations count 31 to 34 cases a year. Bishkek is "
        "over-represented."
    )


def errors_table(package: Package, t: Language) -> pd.DataFrame:
    """Tell what every reading found, by dataset, with exact 95 % intervals."""
    rows = {
        _reading(row, _short(package, row.dataset, t), t): (
            _share(row.wrong, row.read, row.wrong_low, row.wrong_high, t),
            _share(row.grave, row.read, row.grave_low, row.grave_high, t),
            t("{n} of {total}", n=int(row.read), total=int(row.read + row.not_reached)),
        )
        for row in package.errors.itertuples()
    }
    head = [t("Wrong field"), t("Not only wording"), t("Could be read")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=head)


def checked_table(package: Package, t: Language) -> pd.DataFrame:
    """Count the records of each dataset, and those that two readers checked."""
    rows = {}
    for dataset in package.incidents.collection:
        subset = package.incidents.select(Selection(data=(dataset,)))
        twice = counts.checked_twice(subset)
        rows[_short(package, dataset, t)] = (t.number(subset.n), t.number(twice))
    head = [t("Counted records"), t("Checked by two readers")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=head)


def coverage_table(package: Package, t: Language) -> pd.DataFrame:
    """Count the attacks on media held, and those published, by year."""
    rows = {
        str(year): (t.number(int(held)), t.number(int(total)), t.percent(held / total))
        for year, held, total in zip(
            package.published.index, package.held, package.published, strict=True
        )
    }
    head = [t("records held here"), t("published total"), t("Share held")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=head)


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
    return pd.DataFrame(
        {
            head: {names[str(row.Index)]: _kappa(row, t) for row in found.itertuples()}
            for head, found in compared.items()
        }
    )


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
        t("Coverage of the published attacks on media"): coverage_table,
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


def _short(package: Package, dataset: object, t: Language) -> str:
    return package.codebook.column("datasets", f"short_{t.code}")[str(dataset)]


def _percent(share: float) -> int:
    """Round a share to whole percent, halves up as readers do."""
    return math.floor(100 * share + 0.5)


def _decimal(value: float, t: Language) -> str:
    return format_decimal(value, "0.00", locale=t.code).replace("-", "−")


def _span(years: list[int]) -> str:
    unbroken = years == list(range(years[0], years[-1] + 1))
    return f"{years[0]}–{years[-1]}" if unbroken else ", ".join(str(year) for year in years)
