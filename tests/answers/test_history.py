"""The past of a record in words, in three languages, and of whom there is none."""

import pytest

from answers import history
from answers.surfaces.record import Told, record
from incidents.citation import PUBLISHED
from incidents.codebook import LANGUAGES
from incidents.history import JOINING, Step
from loaders import releases
from loaders.language import language
from tests.asking import question

PINNED = "2026.11.9"
"""The release whose records are told of here: what is kept never changes."""
LINES = {
    # kept as it was; corrected; corrected often; added later; added later and corrected
    "M-0002": {"en": "In the data since version 2026.11.3 or earlier"},
    "M-0001": {
        "en": "In the data since version 2026.11.3 or earlier · "
        "corrected in 2026.11.5, 2026.11.7 and 2026.11.8",
        "ru": "В данных с версии 2026.11.3 или раньше · "
        "исправлено в 2026.11.5, 2026.11.7 и 2026.11.8",
        "ky": "Маалыматта 2026.11.3 версиясынан же андан мурдатан бери · "
        "оңдолгон версиялар: 2026.11.5, 2026.11.7 жана 2026.11.8",
    },
    "M-0137": {
        "en": "In the data since version 2026.11.3 or earlier · "
        "corrected in 4 versions, last in 2026.11.8",
        "ru": "В данных с версии 2026.11.3 или раньше · "
        "исправлено в 4 версиях, последний раз — в 2026.11.8",
    },
    "M-5856": {"en": "In the data since version 2026.11.7"},
    "M-5879": {"en": "In the data since version 2026.11.7 · corrected in 2026.11.8"},
}


def told(name, lang="en", release=""):
    found = record(question(f"/records?id={name}&lang={lang}&release={release}"))
    assert isinstance(found, Told)
    return found


@pytest.mark.parametrize(
    ("name", "lang", "line"),
    [(name, lang, line) for name, lines in LINES.items() for lang, line in lines.items()],
)
def test_one_line_says_since_when_a_record_is_there_and_when_it_was_corrected(name, lang, line):
    past = told(name, lang, PINNED).past
    assert past.line == line
    assert len(past.steps) > 1 or past.steps[0].text == line


@pytest.mark.parametrize(
    ("lang", "fields"),
    [
        ("en", "violation, response of the authorities, summary, source and link to the source"),
        ("ru", "нарушение, реакция властей, краткое описание, источник и ссылка на источник"),
        ("ky", "бузуунун түрү, бийликтин жообу, баяны, булак жана булакка шилтеме"),
    ],
)
def test_what_was_corrected_reads_as_a_sentence(lang, fields):
    step = told("R-2549", lang).past.steps[2]
    assert step.text.endswith(f": {fields}")


def test_columns_that_are_one_thing_to_a_reader_are_named_once():
    step = Step("1", "corrected", ("date", "date_precision", "place", "place_precision"))
    assert history.fields(step, language("en")) == "date and place"


def test_every_version_leads_to_the_record_as_it_stood_there():
    past = told("M-5879").past
    for link, release in zip(past.steps, ("2026.11.7", "2026.11.8"), strict=True):
        assert link.text.startswith(release)
        assert (link.page, link.query["id"], link.query["release"]) == (
            "records",
            "M-5879",
            release,
        )
        assert told("M-5879", release=release).asked.package.release == release


def test_a_pinned_release_tells_what_was_known_then():
    assert told("M-0001", release="2026.11.5").past.line == (
        "In the data since version 2026.11.3 or earlier · corrected in 2026.11.5"
    )
    assert told("M-5879", release="2026.11.7").past.line == "In the data since version 2026.11.7"


def test_every_column_that_can_be_corrected_has_a_name_in_every_language():
    assert set(history.FIELDS) == set(PUBLISHED) - {"incident_id", "protected", *JOINING}
    for lang in set(LANGUAGES) - {"en"}:
        assert not [name for name in history.FIELDS.values() if language(lang)(name) == name]


@pytest.mark.parametrize("release", ["", "2026.11.3", "2026.11.7"])
def test_no_protected_record_has_a_past(release, package):
    frame = package.incidents.frame
    for name in frame.loc[frame["protected"], "incident_id"]:
        assert told(name, release=release).past is None


def test_every_other_record_has_one(package):
    frame = package.incidents.frame
    open_ones = set(frame.loc[~frame["protected"], "incident_id"])
    assert set(releases.history(package).steps) == open_ones
