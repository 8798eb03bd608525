import re
import zipfile
from urllib.parse import urlsplit

import pytest

from answers import copying, pages
from answers.surfaces.over_time import Trend
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from keeper.withdrawal import withdraw
from loaders import load, releases
from tests.walking_files import Links
from tests.web.reading import get, of_doors, read
from web import snapshot

PAGES = [
    ("", {}),
    ("map", {"region": "KG-GB"}),
    ("trends", {"group": "women"}),
    ("records", {"data": "media", "page": "2"}),
    ("records", {"from": "2022", "to": "2022"}),
    ("claims", {}),
    ("impact", {}),
    ("methodology", {}),
    ("codes", {}),
    ("brief", {}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, package):
    """Some pages of every kind, in every language, and all that is searched in one."""
    made = tmp_path_factory.mktemp("snapshot")
    records = package.incidents.frame.groupby("protected")["incident_id"].head(3)
    for lang in LANGUAGES:
        (made / lang).mkdir()
        snapshot.written(made, lang, PAGES)
        snapshot.written(made, lang, [("records", {"id": str(name)}) for name in records])
    return made


def test_every_link_leads_to_a_file_that_is_written_or_outside(folder):
    planned = {f"{lang}/{name}" for lang in LANGUAGES for name in snapshot.kept().values()}
    for lang in LANGUAGES:
        asked = snapshot.question("", {}, lang)
        planned |= {f"{lang}/{name}" for name in snapshot.offered(lang, frozenset()).values()}
        planned |= {
            f"{lang}/{name}"
            for query in snapshot.BRIEFED
            for name in snapshot.offered(lang, snapshot.view("", query)[1]).values()
        }
        planned |= {f"{lang}/search.html", snapshot.Still(asked, "", asked.package, "").package[3:]}
    planned.add("style.css")
    for path in folder.rglob("*.html"):
        for tag, to in Links(path.read_text(encoding="utf-8")).found:
            parts = urlsplit(to)
            if parts.scheme == "data" or (parts.scheme and tag == "a") or not parts.path:
                continue
            assert not parts.scheme, to
            target = (path.parent / parts.path).resolve().relative_to(folder.resolve())
            assert target.as_posix() in planned, (path.name, to)


def test_every_page_says_what_it_is_a_copy_of_in_its_language(folder):
    for lang in LANGUAGES:
        asked = snapshot.question("", {}, lang)
        for path in (folder / lang).glob("*.html"):
            found = read(path.read_text(encoding="utf-8"))
            assert found.one("html").attributes["lang"] == lang
            said = found.one("p", id="copy").text
            assert said == visible(copying.notice(asked.package, asked.t))
            assert asked.package.release in said


def test_no_page_needs_a_server(folder):
    for path in folder.rglob("*.html"):
        found = path.read_text(encoding="utf-8")
        assert "<form" not in found
        assert not re.findall(r'(?:src|href|action)="/', found), path.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_holds_the_numbers_of_the_answer(folder, lang):
    asked = snapshot.question("trends", {"group": "women"}, lang)
    name = snapshot.kept()[snapshot.view("trends", {"group": "women"})]
    found = read((folder / lang / name).read_text(encoding="utf-8"))
    told = asked.answer(Trend).table.told()
    cells = [cell.text for cell in found.one("table", data_surface="trend").all("td")]
    assert cells == [visible(str(cell)) for row in told.itertuples(index=False) for cell in row]


def test_the_same_release_gives_the_same_bytes(folder, tmp_path):
    (tmp_path / "ru").mkdir()
    snapshot.written(tmp_path, "ru", PAGES)
    for path in (tmp_path / "ru").iterdir():
        assert path.read_bytes() == (folder / "ru" / path.name).read_bytes()


def test_every_year_group_region_violation_and_record_has_its_page(package):
    held = {query for _, query in snapshot.kept()}
    for name in ("group", "violation", "region"):
        for code in package.codebook.codes(f"{name}s"):
            assert frozenset({(name, code)}) in held
    for name in package.incidents.frame["incident_id"]:
        assert ("records", frozenset({("id", name)})) in snapshot.kept()
    assert {path for path, _ in snapshot.kept()} == {*snapshot.WHOLE}
    assert {*pages.PATHS.values()} - {*pages.ASIDE} <= {*snapshot.WHOLE}


def packed(copy, folder):
    """Pack a few pages as the copy of a package."""
    package = load(copy)
    path = releases.snapshot(package)
    with zipfile.ZipFile(path, "w") as made:
        made.comment = package.mark.encode()
        made.writestr("index.html", "a copy")
    return path


def test_the_packed_copy_is_offered_while_the_data_are_those_it_was_made_of(
    copy, tmp_path, monkeypatch
):
    doors = of_doors(copy)
    assert get(doors, "/snapshot.zip").status == 404
    path = packed(copy, tmp_path)
    found = get(doors, "/snapshot.zip")
    assert (found.status, found.body) == (200, path.read_bytes())
    assert found.headers["cache-control"] == "public, max-age=30, must-revalidate"
    monkeypatch.setenv("BESIDE", "yes")
    assert "/snapshot.zip" in get(of_doors(copy), "/light/methodology").text
    with zipfile.ZipFile(path, "a") as made:
        made.comment = b"of other data"
    assert get(doors, "/snapshot.zip").status == 404
    path.write_bytes(b"no archive")
    assert get(doors, "/snapshot.zip").status == 404


def test_a_withdrawal_deletes_the_packed_copy(copy, tmp_path):
    path = packed(copy, tmp_path)
    name = load(copy).incidents.frame["incident_id"].iloc[0]
    withdraw(copy, name, "error", "2026-11")
    assert not path.exists()
