"""Whether a citation is current, of what this house itself gives to cite."""

import json
from dataclasses import replace

import pytest

from answers import cited, citing, files, pages, reading
from answers.surfaces import record
from answers.surfaces.claims import Claims
from answers.surfaces.impact import Impact
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from tests.asking import SHELVES, question
from tests.conftest import DATA, copied, forget_words, keep_as

ASKED = question("/cited")
PRESENT = ASKED.package.release
OLD = "2026.1.0"
MARK = "a" * 64
SURFACES = [
    ("records", Records),
    ("map", Map),
    ("trends", Trend),
    ("trends", Published),
    ("claims", Claims),
    ("impact", Impact),
]


def judge(text: str, asked=ASKED, shelf=None) -> cited.Verdict:
    return cited.judge(reading.text(text), asked, shelf or SHELVES[DATA])


def forms(citation, t) -> list[str]:
    """Give a citation in every form that can be taken away, each with its fingerprint."""
    texts = citing.texts(citation, t).values()
    return [*citing.for_programs(citation).values(), f"{' '.join(texts)}"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "surface"), SURFACES)
@pytest.mark.parametrize("query", ["", "data=media&from=2019", "q=nothing+like+it", "q=M-0105"])
def test_what_the_present_release_shows_is_current_in_every_form(page, surface, query, lang):
    answer = question(f"/{page}?{query}&lang={lang}").answer(surface)
    if getattr(answer, "applies", True):
        for form in forms(answer.citation, answer.t):
            found = judge(form)
            assert found.state == "same", form
            assert found.cited.fingerprint == answer.citation.fingerprint


def of_every_kind() -> dict[str, bytes]:
    answer = question("/records?data=rights").answer(Records)
    made = {kind: file.make() for kind, file in files.of(answer).items()}
    made["svg"] = files.of(question("/trends?data=rights").answer(Trend))["svg"].make()
    made["geojson"] = files.of(question("/map?data=rights").answer(Map))["geojson"].make()
    return made


@pytest.mark.parametrize(("kind", "content"), of_every_kind().items())
def test_a_file_of_ours_is_current(kind, content):
    found = cited.judge(reading.file(content), ASKED, SHELVES[DATA])
    assert found.state == "same", kind


@pytest.fixture
def two(tmp_path):
    """A package that keeps a release, and has changed one record and lost another since."""
    copy = copied(tmp_path)
    kept = keep_as(copy, OLD)
    before = (kept / "media_attacks.csv").read_text(encoding="utf-8")
    head, *rows = before.splitlines(keepends=True)
    left = [row for row in rows if not row.startswith("M-0105,")]
    (copy / "media_attacks.csv").write_text("".join([head, *left]), encoding="utf-8")
    forget_words(copy)
    path = copy / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for resource in described["resources"]:
        if resource["path"] == "media_attacks.csv":
            resource.pop("bytes", None)
            resource.pop("hash", None)
    path.write_text(json.dumps(described), encoding="utf-8")
    return copy


def test_a_view_that_changed_is_superseded_with_both_numbers_and_a_sentence_to_write(two):
    asked = question("/cited", two)
    shelf = SHELVES[two]
    old = question(f"/records?data=media&release={OLD}", two).answer(Records)
    for form in forms(old.citation, old.t):
        found = judge(form, asked, shelf)
        assert found.state == "superseded"
        assert (found.cited.release, found.present.release) == (OLD, PRESENT)
        new = question("/records?data=media", two).answer(Records)
        assert new.amount.n == old.amount.n - 1
        assert old.amount.text in found.said[0]
        assert new.amount.text in found.said[0]
        assert new.amount.text in found.correct
        assert PRESENT in found.correct
    # what did not change stays current, though its release is an old one
    other = question(f"/records?data=rights&release={OLD}", two).answer(Records)
    assert judge(other.citation.link, asked, shelf).state == "same"
    # without a release in the link, the fingerprint says which one it was
    assert judge(f"/records?data=media {old.citation.fingerprint}", asked, shelf).state == (
        "superseded"
    )
    # and the fingerprint of all records can be found alone
    every = question(f"/records?release={OLD}", two)
    assert judge(every.subset.fingerprint, asked, shelf).state == "superseded"
    gone = judge(f"/records?id=M-0105&release={OLD}", asked, shelf)
    assert (gone.state, gone.present) == ("superseded", None)


def test_a_file_with_a_withdrawn_record_differs_by_withdrawal():
    package = question("/records?release=2026.11.3").package
    name = next(iter(package.withdrawn_ids))
    link = "/records?release=2026.11.3"
    given = reading.Given(link, MARK, frozenset({name}))
    found = cited.judge(given, ASKED, SHELVES[DATA])
    assert found.state == "withdrawn"
    assert found.correct
    assert judge(f"/records?id={name}&release=2026.11.3").state == "withdrawn"
    # without the rows it is said that it may be so
    assert judge(f"{link} {MARK}").state == "withdrawn"
    # rows of which none was withdrawn were changed
    given = replace(given, rows=frozenset({"M-0001"}))
    assert cited.judge(given, ASKED, SHELVES[DATA]).state == "unknown"


def test_a_changed_file_is_not_called_ours():
    content = files.of(question("/records?data=media").answer(Records))["csv"].make()
    found = cited.judge(reading.file(content.replace(b"journalists", b"women", 1)), ASKED,
                        SHELVES[DATA])  # fmt: skip
    assert found.state == "unknown"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "garbage",
        "x" * 100_000,
        MARK,
        "https://elsewhere.example/records?release=2026.11.5",
        "/nowhere?release=2026.11.5",
        "/records?release=2020.1.1",
        "/records?release=2026.11.5&colour=red",
        "/records?release=2026.11.5&group=nobody",
        "/records?release=2026.11.6&id=X-9999",
        "/records?release=2026.11.6&id=../../etc/passwd",
        "/records?data=media",
        f"/records?data=media {MARK}",
        f"/records?release={PRESENT} {MARK}",
        "http://[",
        "https://user:@/records?release=2026.11.5",
        "\x00\u202e/records?release=\ud7ff",
        "/records?" + "&".join(f"group={n}" for n in range(300)),
    ],
)
def test_what_cannot_be_told_is_unknown_and_says_why(given):
    found = judge(given)
    assert found.state == "unknown"
    assert found.said
    assert all(found.said)
    assert (found.cited, found.present, found.correct) == (None, None, "")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 50_000, b"{}", b"[[]]", b"1", b"x" * 2_000_000,
     b"cited_as\n", b"cited_as,cited_as\n1,2\n", b"cited_as\na\nb\n", b'{"citation": 1}'],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_unknown(content):
    assert cited.judge(reading.file(content), ASKED, SHELVES[DATA]).state == "unknown"


def test_a_link_to_another_host_is_not_ours_and_one_to_this_host_is():
    asked = replace(ASKED, origin="https://here.example/incidents")
    link = f"incidents/records?release={PRESENT}"
    assert judge(f"https://here.example/{link}", asked).state == "same"
    assert judge(f"https://here.example/incidents/light/records?release={PRESENT}.", asked).state
    found = judge(f"https://there.example/{link}", asked)
    assert found.state == "unknown"
    assert "there.example" in found.said[0]
    # a copy that is not told its host believes the fingerprint
    mark = question("/records").subset.fingerprint
    assert judge(f"https://there.example/records?release={PRESENT} {mark}").state == "same"


def test_a_record_is_compared_by_its_own_row():
    told = record.record(question("/records?id=M-0105"))
    assert judge(" ".join(citing.texts(told.citation, told.t).values())).state == "same"


KEPT = "2026.11.4"


@pytest.mark.parametrize(
    "surface", ["steps", "accountability", "groups", "change", "records", "map"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_citation_is_judged_by_the_number_that_it_cites(surface, lang):
    then = pages.surface(question(f"/?data=media&release={KEPT}&lang={lang}"), surface)
    now = pages.surface(question(f"/?data=media&lang={lang}"), surface)
    said = citing.footnote(then.citation, then.t)
    found = cited.judge(reading.text(said), question(f"/?lang={lang}"), SHELVES[DATA])
    assert found.state == "superseded"
    assert found.cited.amount == then.citation.amount
    assert found.present.amount == now.citation.amount
    assert visible(now.citation.title) in visible(found.correct)


def test_a_published_total_is_never_judged_by_records():
    then = question(f"/trends?release={KEPT}").answer(Published)
    found = judge(citing.footnote(then.citation, then.t))
    assert found.state == "same"


@pytest.mark.parametrize(
    ("link", "amount"),
    [
        (f"/embed/map?release={KEPT}&data=media", "map"),
        (f"/api/v1/table/map.csv?release={KEPT}&data=media", "map"),
        (f"/api/v1/chart/map.png?release={KEPT}&data=media&size=card", "map"),
        (f"/api/v1/cite.txt?release={KEPT}&data=media&surface=map", "map"),
        (f"/api/v1/incidents.csv?release={KEPT}&data=media", "records"),
    ],
)
def test_a_link_through_another_door_is_judged_by_what_it_shows(link, amount):
    found = cited.judge(reading.text(link), question("/"), SHELVES[DATA])
    then = pages.surface(question(f"/?data=media&release={KEPT}"), amount)
    assert found.cited.amount == then.citation.amount


@pytest.mark.parametrize(
    "link", ["/embed/nonsense", "/codes", "/methodology", "/cited", "/api/v1/x.csv"]
)
def test_a_link_to_what_nobody_cites_is_unknown(link):
    assert (
        cited.judge(reading.text(f"{link}?release={KEPT}"), question("/"), SHELVES[DATA]).state
        == "unknown"
    )


def test_one_record_through_the_api_is_that_record():
    found = cited.judge(
        reading.text(f"/api/v1/incidents/M-0002.json?release={KEPT}"), question("/"), SHELVES[DATA]
    )
    assert found.cited.amount == question("/").t("one record")


def test_a_link_alone_to_a_page_of_many_numbers_offers_no_sentence():
    found = cited.judge(reading.text(f"/trends?release={KEPT}"), question("/"), SHELVES[DATA])
    assert (found.state, found.correct) == ("superseded", "")


def test_a_damaged_workbook_cannot_be_read():
    made = bytearray(of_every_kind()["xlsx"])
    at = made.find(b"xl/sharedStrings.xml") + 40
    made[at : at + 200] = bytes(200)
    assert reading.file(bytes(made)).why == "no_text"
