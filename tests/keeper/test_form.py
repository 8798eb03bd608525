"""The form for telephones, as pyxform converts it: what is asked, when, in which languages."""

import io
import re
import sys
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from pyxform.xls2xform import convert

from answers.xlsform import as_form
from incidents import protection
from incidents.codebook import LANGUAGES
from incidents.intake import PARTS
from incidents.protection import Circumstances
from incidents.schema import CODES, COLUMNS, SEVERAL, WORDED
from keeper.__main__ import main
from loaders import load
from loaders.language import NAMES
from tests import country

NEVER_ASKED = {
    "incident_id": "given when a record is made",
    "second_source_url": "the second of the sources",
}
ITEMS = [item for part in PARTS for item in part.items]


def converted(package):
    """Convert the form of a package as KoboToolbox and ODK do; pyxform may find nothing odd."""
    warnings = []
    made = convert(io.BytesIO(as_form(package)), warnings=warnings)
    assert warnings == []
    return read(made)


def read(made):
    """Read a converted form, its names without namespaces."""
    root = etree.fromstring(made.xform.encode())
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


@pytest.fixture(scope="module")
def form(package):
    return converted(package)


def asked(form):
    """Find every question by name: its element in the body."""
    found = form.xpath("//body//*[@ref and not(self::label or self::hint or self::value)]")
    return {each.get("ref").rpartition("/")[2]: each for each in found if each.tag != "group"}


def binds(form):
    return {each.get("nodeset").rpartition("/")[2]: each for each in form.iter("bind")}


class Answered:
    """What the XPath of the form says once some questions are answered, the others being empty."""

    def __init__(self, **answers):
        self.answers = answers
        names = etree.FunctionNamespace(None)
        names["selected"] = lambda _, given, code: code in self.text(given).split()
        names["if"] = lambda _, holds, yes, no: yes if holds else no
        names["format-date"] = lambda _, day, form: day
        names["regex"] = lambda _, text, pattern: re.search(pattern, text) is not None

    @staticmethod
    def text(given):
        return given if isinstance(given, str) else "".join(each.text or "" for each in given)

    def says(self, form, expression):
        """Evaluate an expression over the choices of the form."""
        path = re.compile(r"(?:/data|\.\.)(?:/\w+)+")
        told = path.sub(lambda m: f"'{self.answers.get(m[0].rpartition('/')[2], '')}'", expression)
        return form.xpath(re.sub(r"instance\('(\w+)'\)", r"//instance[@id='\1']", told))

    def asks(self, form):
        """Name the questions that are asked."""
        return {
            name
            for name, bind in binds(form).items()
            if not bind.get("calculate") and self.says(form, bind.get("relevant", "true()"))
        }

    def choices(self, form, name):
        """List the answers that can be given to a question."""
        offered = asked(form)[name].find("itemset").get("nodeset")
        return [item.findtext("name") for item in self.says(form, offered)]

    def makes(self, form, name):
        return self.says(form, binds(form)[name].get("calculate"))


def test_the_form_is_named_by_its_package_and_begins_in_kyrgyz(form, package):
    data = form.find(".//instance/data")
    assert (data.get("id"), data.get("version")) == ("kyrgyzstan-incidents-case", package.release)
    spoken = {each.get("lang"): each.get("default") for each in form.iter("translation")}
    assert list(spoken) == [f"{NAMES[code]} ({code})" for code in LANGUAGES]
    assert spoken["Кыргызча (ky)"] == "true()"


def untranslated(form):
    """List what a language lacks: pyxform writes "-" for it, or the one text that it has."""
    texts = {
        each.get("lang"): {
            (text.get("id"), value.get("form")): value.xpath("string()")
            for text in each
            for value in text
        }
        for each in form.iter("translation")
    }
    every = {key for known in texts.values() for key in known}
    gaps = [
        (lang, key)
        for lang, known in texts.items()
        for key in every
        if known.get(key, "-").strip() in ("-", "")
    ]
    told = form.xpath("//body//label | //body//hint")
    return gaps + [each for each in told if each.get("ref") is None and each.text]


def test_every_label_hint_and_answer_stands_in_every_language(form):
    assert len(list(form.iter("text"))) > 900
    assert untranslated(form) == []
    for name, element in asked(form).items():
        assert element.find("label").get("ref") == f"jr:itext('{element.get('ref')}:label')", name


@pytest.mark.parametrize(("label", "gaps"), [("Да", 0), ("", 1)])
def test_what_pyxform_passes_over_in_silence_is_found(label, gaps):
    head = "| survey |\n| | type | name | label::English (en) | label::Русский (ru) |\n"
    rows = f"| | text | one | Yes | {label} |\n| | text | two | No | Нет |\n"
    assert len(untranslated(read(convert(head + rows)))) == gaps


def test_every_column_of_the_records_is_asked_made_or_named_as_neither(form):
    filled = {*asked(form), *(name for name, bind in binds(form).items() if bind.get("calculate"))}
    assert {*COLUMNS} - filled == {*NEVER_ASKED}
    assert {item.name for item in ITEMS if item.fills} <= {*COLUMNS, "dataset"}


def test_nothing_is_taken_from_the_telephone_and_no_name_is_asked(form):
    assert form.xpath("//@*[local-name() = 'preload']") == ["uid"]
    assert not form.xpath("//bind[@type='geopoint' or @type='binary' or @type='barcode']")
    names = {item.name for item in ITEMS} - {*COLUMNS}
    assert names == {
        *("about", "sensitive", "sensitive_why", "unpublishable", "coarse", "case_number"),
        *("dataset", "date_day", "date_month", "date_year"),
        *("groups_other", "violations_other", "place_other"),
    }
    first = form.xpath("//body//input")[0]
    assert first.get("ref").endswith("/about")


def test_every_code_of_every_list_can_be_answered(form, package):
    lists = {WORDED[name]: name for name in WORDED if name != "place_precision"}
    for listed, name in lists.items():
        codes = {*package.labels(listed, "en")}
        items = form.xpath(f"//instance[@id='{listed}']/root/item/name/text()")
        assert codes <= {*items}, name
        assert {*items} - codes <= {"other"}
        kind = "select" if name in SEVERAL else "select1"
        assert asked(form)[name].tag == kind
    assert {*CODES.values()} - {*lists} == {"place_precisions"}  # made of region and place


def test_labels_are_those_of_the_codebook(form, package):
    texts = form.xpath("//translation[@lang='Кыргызча (ky)']/text/value/text()")
    for listed in ("groups", "violations", "regions"):
        assert {*package.labels(listed, "ky").values()} <= {*texts}
    guidance = form.xpath("//translation[@lang='Русский (ru)']//value[@form='guidance']/text()")
    for code in package.codebook.codes("responses"):
        assert package.codebook.definition("responses", code, "ru") in "\n".join(guidance)


def test_other_is_a_row_with_a_text_of_its_own(form):
    for name, listed in (("groups", "groups"), ("violations", "violations"), ("place", "places")):
        assert form.xpath(f"count(//instance[@id='{listed}']/root/item[name='other'])") == 1
        assert f"{name}_other" not in Answered(**{name: "women"}).asks(form)
        assert f"{name}_other" in Answered(**{name: "women other"}).asks(form)
    lists = form.xpath("//instance[root/item/name='other']/@id")
    assert sorted(lists) == ["groups", "places", "violations"]


CONSTANT = {
    "about",
    "consent",
    "sensitive",
    "dataset",
    "region",
    "number_of_sources",
    "source_name",
}


@pytest.mark.parametrize(
    ("answers", "asks", "not_asks"),
    [
        ({}, CONSTANT, {"persons", "place", "date_day", "date_end", "source_url", "coarse"}),
        ({"target": "person"}, {"persons"}, set()),
        ({"target": "event"}, set(), {"persons"}),
        ({"consent": "given"}, set(), {"unpublishable"}),
        ({"consent": "not_given"}, {"unpublishable"}, set()),
        ({"sensitive": "yes"}, {"sensitive_why"}, set()),
        ({"sensitive": "no"}, set(), {"sensitive_why"}),
        ({"date_precision": "day"}, {"date_day", "date_end"}, {"date_month", "date_year"}),
        ({"date_precision": "month"}, {"date_month", "date_end"}, {"date_day", "date_year"}),
        ({"date_precision": "year"}, {"date_year", "date_end"}, {"date_day", "date_month"}),
        ({"date_precision": "unknown"}, set(), {"date_day", "date_month", "date_year", "date_end"}),
        ({"region": "KG-Y"}, {"place"}, {"place_other"}),
        ({"region": "KG"}, set(), {"place"}),
        ({"region": "ONLINE"}, set(), {"place"}),
        ({"link": "open"}, {"source_url"}, set()),
        ({"link": "withheld"}, set(), {"source_url"}),
        ({"protected": "yes"}, {"coarse"}, set()),
    ],
)
def test_a_question_is_asked_where_it_can_be_answered(form, answers, asks, not_asks):
    found = Answered(**answers).asks(form)
    assert asks <= found
    assert not not_asks & found


def test_places_come_by_region_and_categories_and_acts_by_dataset(form, package):
    places = package.incidents.places
    assert len(places) > 100
    for region in package.codebook.codes("regions"):
        here = [*places.index[places["region"] == region].map(str), "other"]
        assert Answered(region=region).choices(form, "place") == here
    categories = package.codebook.lists["categories"]["dataset"]
    for dataset in package.codebook.codes("datasets"):
        own = Answered(dataset=dataset)
        assert own.choices(form, "category") == [*categories.index[categories == dataset]]
        menu = package.codebook.column("violations", f"{dataset}_category")
        offered = [code for code, place in menu.items() if place]
        assert own.choices(form, "violations") == [*offered, "other"]


def test_two_settlements_of_one_name_in_one_region_can_be_told_apart(form):
    labels = form.xpath("//translation[@lang='Русский (ru)']/text/value/text()")
    assert {"Ак-Булун (1528953)", "Ак-Булун (1528958)"} <= {*labels}


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("persons", "0", False),
        ("persons", "1", True),
        ("persons", "9999999", True),
        ("persons", "10000000", False),
        ("number_of_sources", "0", False),
        ("number_of_sources", "2", True),
        ("source_url", "https://example.org/a?b=c", True),
        ("source_url", "http://example.org", True),
        ("source_url", "see https://example.org", False),
        ("source_url", "https://example.org/a b", False),
        ("source_url", "javascript:alert(1)", False),
        ("source_published", "2022", True),
        ("source_published", "2022-03-05", True),
        ("source_published", "05.03.2022", False),
    ],
)
def test_an_answer_has_the_limits_of_its_column(form, name, value, holds):
    rule = binds(form)[name].get("constraint")
    assert Answered().says(form, re.sub(r"(?<![\w'])\.(?![\w.*])", f"'{value}'", rule)) is holds


def test_days_lie_in_the_past_and_the_last_one_not_before_the_first(form):
    rules = {name: bind.get("constraint") for name, bind in binds(form).items()}
    for name in ("date_day", "date_month", "date_year"):
        assert rules[name] == ". <= today()"
    assert rules["date_end"] == ". >= date( /data/time/date ) and . <= today()"


@pytest.mark.parametrize(
    ("answers", "column", "value"),
    [
        ({"date_precision": "day", "date_day": "2022-03-05"}, "date", "2022-03-05"),
        # changed one's mind: the day that was answered first no longer counts
        (
            {"date_precision": "year", "date_day": "2022-03-05", "date_year": "2021-01-01"},
            "date",
            "2021-01-01",
        ),
        ({"date_precision": "unknown"}, "date", ""),
        ({"region": "KG"}, "place_precision", "country"),
        ({"region": "ONLINE"}, "place_precision", "online"),
        ({"region": "KG-Y"}, "place_precision", "region"),
        ({"region": "KG-Y", "place": "other"}, "place_precision", "region"),
        ({"region": "KG-Y", "place": "1528953"}, "place_precision", "settlement"),
        ({}, "place_precision", ""),
    ],
)
def test_what_follows_from_answers_is_made_of_them(form, answers, column, value):
    assert Answered(**answers).makes(form, column) == value


def test_the_form_knows_a_protected_case_by_the_rule_of_the_records(form, package):
    book = package.codebook
    found = set()
    for dataset in book.codes("datasets"):
        about = Circumstances(dataset, book, package.released, package.released)
        cases = pd.DataFrame(
            [
                (target, f"women;{group}", f"threat;{act}")
                for target in ("person", "event")
                for group in book.codes("groups")
                for act in (*sorted(book.marked("violations", "protected")), "fine")
            ],
            columns=["target", "groups", "violations"],
        )
        for case, protected in zip(
            cases.itertuples(), protection.must_be_protected(cases, about), strict=True
        ):
            told = {
                "dataset": dataset,
                "target": case.target,
                "groups": case.groups.replace(";", " "),
                "violations": case.violations.replace(";", " "),
            }
            made = Answered(**told).makes(form, "protected")
            assert made == ("yes" if protected else ""), told
            found.add(made)
    assert found == {"yes", ""}


def test_another_country_asks_in_its_own_codes(tmp_path):
    form = converted(load(country.write(tmp_path / "nowhere", ["press", "faith"])))
    assert form.find(".//instance/data").get("id") == "nowhere-incidents-case"
    assert form.xpath("//instance[@id='groups']/root/item/name/text()") == [
        *("weavers", "ferrymen", "other")
    ]
    assert Answered(dataset="faith").choices(form, "violations") == ["faith_threat", "other"]
    assert "place" not in Answered(region="QX").asks(form)
    assert Answered(region="QX-1").choices(form, "place") == ["7000001", "other"]
    assert untranslated(form) == []


def test_no_text_of_a_package_is_taken_for_a_formula_or_a_question(tmp_path):
    folder = country.write(tmp_path / "nowhere")
    path = folder / "codebook" / "groups.csv"
    hostile = path.read_text(encoding="utf-8").replace("Weavers", "=1+${persons}<b>Weavers")
    path.write_text(hostile, encoding="utf-8")
    package = load(folder)
    texts = converted(package).xpath("//translation//value/text()")
    assert "'=1+$ {persons}<b>Weavers" in texts
    book = openpyxl.load_workbook(io.BytesIO(as_form(package)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type not in ("s", "n")]


def test_a_list_without_codes_is_not_asked(tmp_path):
    folder = country.write(tmp_path / "nowhere")
    path = folder / "codebook" / "flags.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert "flag" not in asked(converted(load(folder)))


def test_the_same_package_gives_the_same_form(package):
    assert as_form(package) == as_form(package)


@pytest.fixture
def keeper(monkeypatch, capsys):
    """Run a command in this process; give its exit code and what it said."""

    def ran(*arguments):
        monkeypatch.setenv("LC_ALL", "en")
        monkeypatch.setattr(sys, "argv", ["keeper", *map(str, arguments)])
        code = main()
        return SimpleNamespace(code=code, **capsys.readouterr()._asdict())

    return ran


@pytest.mark.parametrize("command", ["form", "template"])
def test_a_file_that_may_hold_cases_is_never_written_over(keeper, tmp_path, command, package):
    path = tmp_path / "cases.xlsx"
    done = keeper(command, "--out", path)
    assert (done.code, done.err) == (0, "")
    assert package.release in done.out
    assert path.read_bytes()[:2] == b"PK"
    path.write_bytes(b"cases")
    done = keeper(command, "--out", path)
    assert (done.code, done.out) == (2, "")
    assert "cases.xlsx exists already" in done.err
    assert path.read_bytes() == b"cases"
