"""The description of the API holds: what it allows is answered, what it forbids is refused."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import GenerationMode

from tests.web.conftest import ask
from web.doors import DOORS


@pytest.fixture(scope="session")
def described(house):
    return schemathesis.openapi.from_url(f"{house}/api/v1/openapi.json")


def in_order(found):
    """Put dates in order: what ends before it begins is refused, which no schema can say."""
    query = dict(found or {})
    first, last = query.get("from"), query.get("to")
    if isinstance(first, str) and isinstance(last, str) and first > last:
        query["from"], query["to"] = last, first
    if query.get("from", "")[:4] == query.get("to", "")[:4]:
        query.pop("from", None)
    for name in ("a", "b"):
        if ".." in str(query.get(name, "")):
            query[name] = "..".join(sorted(query[name].split("..")))
    return query


OPERATIONS = [(door, kind) for door in DOORS for kind in door.kinds]


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("door", "kind"), OPERATIONS)
def test_what_the_description_allows_is_answered_and_what_it_forbids_is_refused(
    described, door, kind, mode
):
    operation = described[f"/{door.path}.{kind}"]["GET"]

    @seed(1)
    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=HealthCheck)
    @given(operation.as_strategy(generation_mode=mode))
    def asked(case):
        case.query = in_order(case.query)
        case.call_and_validate()

    asked()


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_it_says_of_every_parameter_what_it_is_in_the_reader_s_language(house, lang):
    found = ask(f"{house}/api/v1/openapi.json?lang={lang}").json
    said = [each["description"] for each in found["components"]["parameters"].values()]
    assert len(said) == len(set(said))
    text = json.dumps(found, ensure_ascii=False)
    assert ("Which dataset" in text) is (lang == "en")
