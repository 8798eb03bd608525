"""The form for telephones: an XLSForm in three languages, for KoboToolbox and ODK.

It asks what `incidents.intake` lists, with the codes, limits and words of a package. It collects
nothing of the telephone or of whoever fills it in: no device, no account, no position, no time.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time

from answers import intake
from answers.faults import fault_rules
from answers.intake import spoken, written
from incidents.codebook import Codebook, menu_column
from incidents.filters import message
from incidents.intake import PARTS, conditions
from incidents.item import OPEN, OTHER, VAGUE, Item
from loaders.descriptor import Field
from loaders.language import NAMES, Language
from loaders.package import Package

Row = dict[str, str]
"""A row of a sheet by column; an empty cell may be left out."""


def as_form(package: Package) -> bytes:
    """Write the form as XLSX. The same package gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"created": datetime.combine(package.released, time())})
    bold = book.add_format({"bold": True})
    for name, rows in sheets(package).items():
        sheet = book.add_worksheet(name)
        for at, column in enumerate(dict.fromkeys(column for row in rows for column in row)):
            sheet.write_string(0, at, column, bold)
            for line, row in enumerate(rows, start=1):
                if row.get(column):
                    sheet.write_string(line, at, row[column])
    book.close()
    return out.getvalue()


def sheets(package: Package) -> dict[str, list[Row]]:
    """Make the sheets of the form; what a package has no code to answer with is not asked."""
    lists = {
        listed: rows
        for listed in sorted({item.listed for part in PARTS for item in part.items if item.chosen})
        if (rows := _choices(package, listed))
    }
    return {
        "survey": list(_survey(package, lists)),
        "choices": [row for rows in lists.values() for row in rows],
        "settings": [_settings(package)],
    }


def _survey(package: Package, lists: Iterable[str]) -> Iterator[Row]:
    for part in PARTS:
        kind = "repeat" if part.times else "group"
        begin = {"type": f"begin_{kind}", "name": part.name} | _told("label", _says(part.label))
        if part.times:
            yield _question(package, part.times)
            begin["repeat_count"] = _answer(part.times.name)
        yield begin
        for item in part.items:
            if not item.chosen or item.listed in lists:
                yield _question(package, item)
        yield {"type": f"end_{kind}"}


def _question(package: Package, item: Item) -> Row:
    if item.type == "calculate":
        made = _calculations(package.codebook)[item.name]
        return {"type": item.type, "name": item.name, "calculation": made}
    field = intake.limits(package, item)
    holds, mended = _limit(item, field)
    return {
        "type": f"{item.type} {item.listed}" if item.chosen else item.type,
        "name": item.name,
        **_told("label", _says(item.label)),
        **_told("hint", lambda t: intake.hint(package, item, t)),
        **_told("guidance_hint", lambda t: _guidance(package, item, t)),
        "required": "yes" if item.required or field.required else "",
        "relevant": _relevance(package.codebook, item),
        "constraint": holds,
        **_told("constraint_message", mended),
        "choice_filter": _filter(item),
        "appearance": item.appearance,
    }


def _choices(package: Package, listed: str) -> list[Row]:
    """List the answers of a list, with the other answers under which each can be given."""
    worded = {t: intake.choices(package, listed, t, or_other=True) for t in spoken()}
    above, menus = intake.within(package, listed), _menus(package.codebook, listed)
    return [
        {
            "list_name": listed,
            "name": code,
            **{_column("label", t): worded[t][code] for t in spoken()},
            **({intake.WITHIN[listed]: above.get(code, "")} if above else {}),
            **({"datasets": menus.get(code, "")} if menus else {}),
        }
        for code in worded[spoken()[0]]
    ]


def _menus(book: Codebook, listed: str) -> dict[str, str]:
    """Name the datasets in whose menu each act stands."""
    if listed != "violations":
        return {}
    menus = {name: book.column(listed, menu_column(name)) for name in book.codes("datasets")}
    return {
        code: " ".join(name for name, menu in menus.items() if menu[code])
        for code in book.codes(listed)
    }


def _settings(package: Package) -> Row:
    """Name the form: without `form_id`, one that is made in memory would be called "data"."""
    return {
        "form_title": " / ".join(dict.fromkeys(t("Documenting a case") for t in spoken())),
        "form_id": f"{package.name}-case",
        "version": package.release,
        "default_language": _in(spoken()[0]),
    }


def _in(t: Language) -> str:
    """Name a language as XLSForm does: "English (en)"."""
    return f"{NAMES[t.code]} ({t.code})"


def _column(name: str, t: Language) -> str:
    return f"{name}::{_in(t)}"


def _says(text: str) -> Callable[[Language], str]:
    return lambda t: t(text)


def _told(column: str, say: Callable[[Language], str]) -> Row:
    """Say something in every language, each in its own column."""
    return {_column(column, t): say(t) for t in spoken()}


def _guidance(package: Package, item: Item, t: Language) -> str:
    """Put the definitions of the answers together: telephones show them when asked to."""
    defined = intake.definitions(package, item.listed, t)
    labels = intake.choices(package, item.listed, t) if defined else {}
    return written("\n".join(f"{labels[code]}: {said}" for code, said in defined.items()))


def _answer(name: str) -> str:
    return f"${{{name}}}"


def _any_of(name: str, codes: Iterable[str]) -> str:
    """Say in XPath that a question has one of the answers."""
    told = [f"selected({_answer(name)}, '{code}')" for code in sorted(codes)]
    return f"({' or '.join(told)})" if len(told) > 1 else "".join(told) or "false()"


def _relevance(book: Codebook, item: Item) -> str:
    return _any_of(*conditions(book)[item.when]) if item.when else ""


def _filter(item: Item) -> str:
    """Say which answers can be given after what was answered before."""
    if item.listed == "violations":
        fits = f"selected(datasets, {_answer('dataset')})"
    elif item.listed in intake.WITHIN:
        above = intake.WITHIN[item.listed]
        fits = f"{above} = {_answer(above)}"
    else:
        return ""
    return f"{fits} or name = '{OTHER}'" if item.name in OPEN else fits


def _limit(item: Item, field: Field) -> tuple[str, Callable[[Language], str]]:
    """Say in XPath what an answer may be, and in words how to mend one that may not."""
    if item.name == "date_end":
        after = f". >= date({_answer('date')}) and . <= today()"
        return after, _says(message("A day from the first one on, and not in the future."))
    if item.type == "date":
        return ". <= today()", _says(message("A day that is not in the future."))
    if field.minimum is not None and field.maximum is not None:
        least, most = int(field.minimum), int(field.maximum)
        words = message("A whole number from {least} to {most}.")
        return f". >= {least} and . <= {most}", lambda t: t(words, least=least, most=most)
    if field.pattern and "'" not in field.pattern:
        whole = f"regex(., '^({field.pattern})$')"
        return whole, lambda t: " ".join(fault_rules(t)[field.fault])
    return "", lambda t: ""


def _calculations(book: Codebook) -> dict[str, str]:
    """Work out what nobody should have to answer, as the columns of the records have it.

    Without a format, telephones add a time of day to the date.
    """
    days = [
        (_any_of("date_precision", [each]), f"format-date({_answer(f'date_{each}')}, '%Y-%m-%d')")
        for each in VAGUE
    ]
    groups = _any_of("groups", book.marked("groups", "protected"))
    acts = _any_of("violations", book.marked("violations", "protected"))
    where = _any_of("dataset", book.marked("datasets", "acts_protect"))
    person = _any_of("target", ["person"])
    places = (
        (_any_of("region", [book.unplaced]), "'country'"),
        (_any_of("region", [book.online]), "'online'"),
        (f"{_answer('region')} = ''", "''"),
        (f"{_answer('place')} = '' or {_any_of('place', [OTHER])}", "'region'"),
    )
    return {
        "protected": f"if({person} and ({groups} or ({where} and {acts})), 'yes', '')",
        "date": _first(days, "''"),
        "place_precision": _first(places, "'settlement'"),
    }


def _first(cases: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Say in XPath: the value of the first condition that holds."""
    for condition, value in reversed([*cases]):
        otherwise = f"if({condition}, {value}, {otherwise})"
    return otherwise
