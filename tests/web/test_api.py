"""The API: the same answers as the pages, as JSON and files, and one shape for every error."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from answers import files, filters, pages
from answers.surfaces.by_filter import ByFilter
from answers.surfaces.change import Change
from answers.surfaces.over_time import Trend
from answers.surfaces.records import Records
from incidents.filters import FACETS
from tests.asking import question
from tests.browser.serving import served
from tests.conftest import HOME
from tests.web.conftest import ask
from web.doors import DOORS
from web.replies import KEPT, LARGEST, Made, Replies

SELECTIONS = ("", "data=media&from=2018&to=2022", "group=women&unit=people", "q=court&region=KG-GB")
PICTURES = {"svg": b"<?xml", "png": b"\x89PNG"}


def address(door, kind):
    """Give an address of a door: its example, in the kind."""
    path, _, query = door.example.partition("?")
    return f"/api/v1/{path.rpartition('.')[0]}.{kind}?{query}"


@pytest.mark.parametrize(("door", "kind"), [(door, kind) for door in DOORS for kind in door.kinds])
def test_every_address_answers_in_its_kind_and_may_be_kept_for_half_a_minute(get, door, kind):
    found = get(address(door, kind))
    assert found.status == 200
    assert found.body
    kept = "public, max-age=30, must-revalidate" if door.kept else "no-store"
    assert found.headers["Cache-Control"] == kept
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in found.headers["Content-Security-Policy"]
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in found.headers
    if kind in PICTURES:
        assert found.body.startswith(PICTURES[kind])
    if kind == "json" and door.parts:
        assert set(found.json) == set(door.parts)


def without_link(row):
    """Take out the link, which names the host that was asked."""
    return {name: cell for name, cell in row.items() if name != "record"}


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
@pytest.mark.parametrize("query", SELECTIONS)
@pytest.mark.parametrize(
    ("path", "surface"),
    [
        ("incidents.json", Records),
        ("counts.json?by=year", Trend),
        ("counts.json?by=region", lambda asked: ByFilter(asked, "region")),
        ("change.json", Change),
    ],
)
def test_json_holds_what_the_answer_holds(get, house, path, surface, query, lang):
    mark = "&" if "?" in path else "?"
    found = get(f"/api/v1/{path}{mark}{query}&lang={lang}").json
    answer = surface(question(f"/?{query}&lang={lang}"))
    rows = files.as_rows(answer.table.rows)
    assert found["title"] == answer.title
    assert found["n"] == answer.amount.n
    assert found["unit"] == answer.amount.unit
    assert found["notes"] == list(answer.taken_along)
    assert found["citation"]["fingerprint"] == answer.citation.fingerprint
    assert found["filters"] == answer.citation.filters
    told = [without_link(row) for row in found["table"]["rows"]]
    ours = [without_link(row) for row in rows[: len(told)]]
    assert told == json.loads(json.dumps(ours, default=str))
    assert found["language"] == lang


@pytest.mark.parametrize("facet", [name for name in FACETS if name != "place"])
def test_counts_by_a_filter_are_those_of_its_menu(get, facet):
    found = get(f"/api/v1/counts.csv?by={facet}&from=2018").text
    rows = list(csv.DictReader(io.StringIO(found.removeprefix("\ufeff"))))
    told = {each.code: each.n for each in filters.options(question("/?from=2018"), facet) if each.n}
    assert {row["code"]: int(row["incidents"]) for row in rows} == told != {}


@pytest.mark.parametrize("surface", pages.figures(question("/")))
def test_a_figure_is_a_picture_that_names_what_it_shows(get, surface):
    found = get(f"/api/v1/chart/{surface}.svg?data=media&lang=en").text
    title = pages.surface(question("/?data=media&lang=en"), surface).title
    assert title.split(":")[0].split(" — ")[0][:20] in found.replace("&amp;", "&")


def test_pages_of_records_lead_to_each_other(get):
    seen, path = [], "/api/v1/incidents.json"
    while path:
        found = get(path)
        seen += [row["incident_id"] for row in found.json["table"]["rows"]]
        onward = re.search(r'<[^>]+(/api[^>]+)>; rel="next"', found.headers["Link"])
        path = onward[1] if onward else ""
    assert len(seen) == len(set(seen)) == found.json["n"]
    assert get("/api/v1/incidents.json?page=4000").status == 404


WRONG = [
    ("incidents.json?group=nobody", "group", "nobody"),
    ("incidents.json?gruop=women", "gruop", "women"),
    ("incidents.csv?from=20x8", "from", "20x8"),
    ("incidents.json?from=2018&from=2019", "from", "2018"),
    ("counts.json?by=nothing", "by", "nothing"),
    ("counts.json?fields=secret", "fields", "secret"),
    ("incidents.json?release=1999.01.0", "release", "1999.01.0"),
    ("chart/trend.svg?per=week", "per", "week"),
]


@pytest.mark.parametrize(("path", "parameter", "value"), WRONG)
@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_wrong_value_is_refused_and_named(get, path, parameter, value, lang):
    found = get(f"/api/v1/{path}&lang={lang}")
    assert found.status == 400
    assert found.headers["Content-Type"] == "application/problem+json"
    told = found.json
    assert told["status"] == 400
    (one,) = told["problems"]
    assert (one["parameter"], one["value"]) == (parameter, value)
    assert one["detail"] in told["detail"]


def test_marks_of_other_sites_are_passed_over(get):
    assert get("/api/v1/counts.json?utm_source=x&ysclid=y&igshid=z&ref_src=a").status == 200


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/api/v1/nothing.json", "GET", 404),
        ("/api/v2/incidents.json", "GET", 404),
        ("/api/v1/incidents.pdf", "GET", 404),
        ("/api/v1/incidents", "GET", 404),
        ("/api/v1/incidents/M-9999.json", "GET", 404),
        ("/api/v1/chart/../../etc/passwd.svg", "GET", 404),
        ("/api/v1/chart/%2e%2e%2fpasswd.svg", "GET", 404),
        ("/api/v1/incidents.json", "POST", 405),
        ("/api/v1/incidents.json", "DELETE", 405),
        ("/api/v1/incidents.json?q=%FF", "GET", 400),
        ("/api/v1/incidents.json?q=" + "x" * 50_000, "GET", 414),
    ],
)
def test_what_cannot_be_answered_says_so_in_one_shape(get, path, method, status):
    found = get(path, method)
    assert found.status == status
    assert found.headers["Content-Type"] == "application/problem+json"
    assert found.json["status"] == status
    assert "Traceback" not in found.text


def test_a_nul_byte_finds_nothing_and_breaks_nothing(get):
    assert get("/api/v1/incidents.json?q=%00").status in (200, 400)


def test_a_reader_who_has_it_is_told_so(get):
    first = get("/api/v1/counts.json?by=group")
    mark = first.headers["ETag"]
    again = get("/api/v1/counts.json?by=group", If_None_Match=mark)
    assert (again.status, again.body) == (304, b"")
    assert get("/api/v1/counts.json?by=group&lang=ru", If_None_Match=mark).status == 200
    assert get("/api/v1/counts.json?by=group", If_None_Match=f'"other", {mark}').status == 304
    russian = get("/api/v1/counts.json?by=group", Accept_Language="ru", If_None_Match=mark)
    assert russian.status == 200


def test_the_language_is_that_of_the_address_or_else_of_the_browser(get):
    path = "/api/v1/counts.json?fields=language"
    assert get(path, Accept_Language="de, ky;q=0.8, ru;q=0.9").json == {"language": "ru"}
    assert get(f"{path}&lang=ky", Accept_Language="ru").json == {"language": "ky"}
    assert get(path, Accept_Language="fr").json == {"language": "en"}


@pytest.mark.parametrize(
    ("accepted", "given"),
    [("br", "br"), ("gzip", "gzip"), ("gzip;q=0", None), ("", None), ("br;q=0, gzip", "gzip")],
)
def test_answers_are_compressed_as_the_reader_takes_them(get, accepted, given):
    found = get("/api/v1/codebook.json", Accept_Encoding=accepted)
    assert found.headers["Content-Encoding"] == given
    assert "Accept-Encoding" in found.headers["Vary"]


def test_other_sites_may_read_it(get):
    found = get("/api/v1/counts.json", Origin="https://news.example")
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    asked_first = get(
        "/api/v1/counts.json",
        "OPTIONS",
        Origin="https://news.example",
        Access_Control_Request_Method="GET",
    )
    assert asked_first.status == 200
    assert "GET" in asked_first.headers["Access-Control-Allow-Methods"]


def test_a_head_is_the_answer_without_its_body(get):
    head, whole = get("/api/v1/counts.csv", "HEAD"), get("/api/v1/counts.csv")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/api/v1/incidents.json", "/api/v1/incidents.csv", "/api/v1/incidents/{id}.json"]
)
def test_a_withdrawn_record_is_gone_at_once(copy, path):
    record = Records(question("/")).table.rows["incident_id"].iloc[0]
    with served(INCIDENTS_DATA=str(copy)) as address:
        before = ask(f"{address}{path.format(id=record)}")
        assert record in before.text
        withdraw(copy, record)
        after = ask(f"{address}{path.format(id=record)}", If_None_Match=before.headers["ETag"])
    assert after.status in (200, 410)
    assert f'"incident_id": "{record}"' not in after.text
    assert f"\n{record}," not in after.text


def withdraw(data, record):
    command = [sys.executable, "-m", "keeper", "withdraw", record, "--reason", "unconfirmed"]
    settings = {**os.environ, "INCIDENTS_DATA": str(data)}
    subprocess.run(command, cwd=HOME, env=settings, capture_output=True, check=True)


def test_health_says_whether_there_are_data_and_nothing_of_them(get):
    found = get("/healthz")
    assert found.status == 200
    assert set(found.json) == {"loaded", "release", "age", "faults"}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("surface", pages.tables(question("/")))
def test_the_numbers_of_a_surface_are_the_file_that_its_page_offers(get, surface, kind):
    query = "data=media&from=2018&fill=rate&lang=ky"
    found, answer = get(f"/api/v1/table/{surface}.{kind}?{query}"), None
    answer = pages.surface(question(f"/?{query}"), surface)
    assert found.status == 200
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(found.text.removeprefix("\ufeff"))))
        assert [name for name in rows[0] if name != "cited_as"] == list(answer.table.rows)
        assert len(rows) == len(answer.table.rows)
    elif kind == "json":
        assert found.json["title"] == answer.title
        assert len(found.json["table"]["rows"]) == len(answer.table.rows)
    else:
        assert found.body.startswith(b"PK")


def test_a_claim_that_is_none_has_no_address(get):
    for path in ("chart/claim-X-99.png", "table/claim-X-99.csv", "chart/records.png"):
        assert get(f"/api/v1/{path}").status == 404
    assert get("/embed/claim-X-99").status == get("/embed/records").status == 404


def test_what_is_kept_of_replies_has_a_limit():
    kept, package = Replies(), question("/").package
    for n in range(3 * KEPT // LARGEST):
        kept.get(package, "")
        kept.keep(str(n), Made(b"x" * LARGEST, "text/plain"))
        assert kept.size <= KEPT
    assert kept.get(package, str(n)) is not None
    assert kept.get(package, "0") is None
    kept.keep("large", Made(b"x" * (LARGEST + 1), "text/plain"))
    assert kept.get(package, "large") is None


def test_what_is_asked_for_again_outlasts_what_is_asked_for_once():
    kept, package = Replies(), question("/").package
    kept.get(package, "")
    kept.keep("often", Made(b"x", "text/plain"))
    for n in range(3 * KEPT // LARGEST):
        kept.keep(str(n), Made(b"x" * LARGEST, "text/plain"))
        assert kept.get(package, "often") is not None
    assert kept.get(package, "0") is None


def test_nothing_is_said_to_be_the_same_that_does_not_exist(get):
    for path, status in (
        ("/api/v1/incidents/NOPE.json", 404),
        ("/api/v1/incidents.json?from=xx", 400),
        ("/light/records?id=NOPE", 404),
    ):
        assert get(path, If_None_Match="*").status == status


def test_every_release_is_named_whichever_is_pinned(get):
    kept = get("/api/v1/releases.json").json["kept"]
    assert get(f"/api/v1/releases.json?release={kept[-1]}").json["kept"] == kept
    described = get(f"/api/v1/openapi.json?release={kept[-1]}").json
    assert set(kept) < set(described["components"]["parameters"]["release"]["schema"]["enum"])


def test_the_order_of_records_is_that_which_is_asked_for(get):
    both = [
        get(f"/api/v1/incidents.json?q=Kloop&sort={sort}").json for sort in ("newest", "oldest")
    ]
    newest, oldest = ([row["incident_id"] for row in one["table"]["rows"]] for one in both)
    assert newest == oldest[::-1] != oldest


def test_an_identifier_where_none_is_asked_for_is_an_error(get):
    found = get("/api/v1/counts.json?id=M-0002")
    assert (found.status, found.json["problems"][0]["parameter"]) == (400, "id")


def test_a_question_of_what_may_be_asked_is_answered(get):
    found = get("/api/v1/incidents.json", "OPTIONS")
    assert (found.status, found.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_public_address_in_other_letters_is_written_as_the_network_knows_it(monkeypatch):
    with served(PUBLIC_URL="https://инциденты.кг") as address:
        found = ask(f"{address}/api/v1/incidents.json")
    assert found.status == 200
    assert "<https://xn--" in found.headers["Link"]
