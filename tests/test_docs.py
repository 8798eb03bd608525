"""What README, CONTRIBUTING and CITATION.cff say of the code and the data is so."""

import ast
import json
import re
from dataclasses import fields

import pytest
import yaml

from incidents.selection import PARAMETERS
from loaders.settings import Settings
from tests import docs
from tests.conftest import HOME
from tests.pages.test_cite import opened
from tests.test_floors import DOORS, FLOORS

README = (HOME / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (HOME / "CONTRIBUTING.md").read_text(encoding="utf-8")
KEYS = re.search(r"Containers with the keys (.*?) stay where they are", CONTRIBUTING, re.DOTALL)
PROMISED = re.findall(r"`([a-z-]+…?)`", KEYS[1])
NEEDS_A_BROKEN_FILE = "notice"
OPENED = ["take-trend", "cite-trend", "share-trend", "read-trend"]
WALKED = [
    ("/trends?group=women&x=1&release=2026.11.4", ["table-published", *OPENED]),
    ("/", []),
    ("/map", []),
    ("/claims", []),
    ("/records", []),
    ("/records?id=M-0105", []),
    ("/codes", []),
]
OF_THE_SYSTEM = {"LANG", "LC_ALL", "FORWARDED_ALLOW_IPS", "AWS_ENDPOINT_URL", "AWS_REGION"}
"""What other programs ask for, too, by these names."""


def rows(name):
    """Give the lines of one table of the README, each by its first word."""
    table = re.search(rf"<!-- made by make docs: {name} -->\n(.*?)<!-- end -->", README, re.DOTALL)
    return {re.match(r"\| `(\S+?)[ `]", line)[1]: line for line in table[1].splitlines()[2:]}


def test_what_is_made_from_code_and_data_is_as_it_would_be_made_now():
    assert list(docs.differing()) == []


@pytest.mark.parametrize("setting", docs.SETTINGS, ids=lambda setting: setting.variable)
def test_the_readme_tells_every_setting(setting):
    assert setting.about in rows("settings")[setting.variable]


def test_each_field_of_the_settings_is_one_that_is_told():
    assert len(fields(Settings)) == len(docs.SETTINGS)


def variables():
    """Name every environment variable that the product's code asks for by name."""
    for folder in (*FLOORS, *DOORS):
        for path in (HOME / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                asked = ast.unparse(node) if isinstance(node, ast.Call | ast.Subscript) else ""
                yield from re.findall(r"^os\.(?:environ\.get\(|environ\[|getenv\()'(\w+)'", asked)


def test_no_floor_asks_for_a_setting_that_the_readme_does_not_tell():
    assert set(variables()) - OF_THE_SYSTEM <= set(rows("settings"))


@pytest.mark.parametrize("command", docs.known_commands())
def test_the_readme_tells_every_command(command):
    assert command in rows("commands")


def test_the_readme_tells_no_command_that_is_gone():
    assert set(rows("commands")) == set(docs.known_commands()) != set()


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_the_readme_tells_every_parameter_with_its_values(name):
    told = rows("parameters")[name]
    parameter = docs.PARAMETERS[name]
    assert all(f"`{value}`" in told for value in parameter.choices)
    if parameter.listed:
        path, codes = docs.listed_codes(parameter)
        assert f"({path})" in told
        assert parameter.example in codes


def test_the_readme_tells_no_parameter_that_is_gone():
    assert set(rows("parameters")) == set(PARAMETERS)


def keys(block):
    """Collect the keys inside a block of a page, each with the kind of what bears it."""
    for child in block.children.values():
        if hasattr(child, "children"):  # no element, but a block of them
            found = re.fullmatch(r"\$\$ID-[0-9a-f]{32}-(.+)", getattr(child.proto, "id", ""))
            yield from [(child.type, found[1])] if found and found[1] != "None" else []
            yield from keys(child)
        elif child.type == "html":
            yield from (
                ("html", key) for key in re.findall('class="st-key-([a-z-]+)"', child.proto.body)
            )


@pytest.fixture(scope="module")
def drawn():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BESIDE", "yes")
        return {found for link, folds in WALKED for found in keys(opened(link, folds=folds)._tree)}


def promises(promised, key):
    return key.startswith(promised[:-1]) if promised.endswith("…") else key == promised


@pytest.mark.parametrize("promised", [key for key in PROMISED if key != NEEDS_A_BROKEN_FILE])
def test_every_container_key_that_is_promised_is_drawn(drawn, promised):
    assert any(promises(promised, key) for _, key in drawn)


def test_every_container_key_that_is_drawn_is_promised(drawn):
    containers = {key for kind, key in drawn if kind != "expander"}
    assert {key for key in containers if not any(promises(p, key) for p in PROMISED)} == set()


def test_the_citation_names_the_release_of_the_data():
    cited = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
    described = json.loads((HOME / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert (cited["version"], str(cited["date-released"])) == (
        described["version"],
        described["created"][:10],
    )
    assert (cited["title"], cited["abstract"]) == (described["title"], described["description"])
    assert cited["keywords"] == described["keywords"]
    assert cited["license"] == described["licenses"][0]["name"]
    assert all(cited[field] for field in ("message", "authors"))


FORMS = sorted((HOME / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def test_a_record_comes_before_the_code_among_the_forms():
    assert [path.stem for path in FORMS] == ["1-a-record-is-wrong", "2-a-new-record", "3-code"]


@pytest.mark.parametrize("path", FORMS[:2], ids=lambda path: path.stem)
def test_a_form_for_records_asks_for_no_more_than_a_record_shows_in_three_languages(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    warning = form["body"][0]["attributes"]["value"]
    for words in ("Say no more about a person", "Не пишите о человеке больше", "ашык эч нерсе"):
        assert words in warning
    assert warning.count("SECURITY.md](../blob/HEAD/SECURITY.md)") == 3
    confirmed = form["body"][-1]["attributes"]["options"][0]
    assert confirmed["required"] is True


@pytest.mark.parametrize("name", ["DESIGN.md", "decisions/README.md"])
def test_every_page_that_the_design_links_is_there(name):
    path = HOME / "docs" / name
    links = re.findall(r"\]\(([\w./-]+)\)", path.read_text(encoding="utf-8"))
    assert links
    for link in links:
        assert (path.parent / link).exists(), link


def test_every_decision_is_in_the_index():
    index = (HOME / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in (HOME / "docs" / "decisions").glob("*.md")} - {"README.md"}
    assert {name for name in pages if f"({name})" not in index} == set()


def sources():
    """Give every file of the repository that a decision names as `folder/file.ext`."""
    for path in (HOME / "docs" / "decisions").glob("*.md"):
        for name in re.findall(r"`([\w.]+/[\w./-]+\.(?:py|toml|csv))`", path.read_text("utf-8")):
            yield pytest.param(path.name, name, id=f"{path.stem}: {name}")


@pytest.mark.parametrize(("page", "name"), [*sources()])
def test_a_decision_names_files_that_are_there(page, name):
    assert (HOME / name).exists()


FINDINGS = sorted((HOME / "findings").glob("*.sh"))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_can_be_run_says_who_is_hurt_and_is_listed(path):
    listed = (HOME / "findings" / "README.md").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert f"| [{path.stem}]({path.name}) |" in listed
    assert path.stat().st_mode & 0o111
    assert re.search(r"^# .*Seen \d{4}-\d{2}-\d{2}\.", text, re.MULTILINE)
    assert "\n# Who is hurt: " in text
    assert len(text.splitlines()) < 60
