"""Every text of the bundled package has its three languages, and a citation none of them."""

import re

import pandas as pd
import pytest

from answers.surfaces.record import record
from incidents.selection import Selection
from incidents.wording import OTHERS, TRANSLATED, spellings
from loaders import load, releases, wordings
from loaders.package import Faults
from loaders.reading import CHANGELOGS
from tests.asking import question
from tests.conftest import DATA, keep_as

FINGERPRINTS = {
    "2026.11.8": "d12286298e257edd1aff2f0ad2532868f7491c75bd826f56d41cb812f15e3f8f",
    "2026.11.7": "2bff523f2322a000850fa6e84186f4e043f01706f7c7e15ed22a59c0fc0b883c",
    "2026.11.6": "461a756c97d5060bd387a497019640b6c374cce8282d29d64716c88a04a5f391",
    "2026.11.5": "461a756c97d5060bd387a497019640b6c374cce8282d29d64716c88a04a5f391",
    "2026.11.4": "ba7e98e6e9eab4c3534fdf82de2a89b80ff606f7d3c2fc670cf2c5ef91f7e809",
    "2026.11.3": "e64196393b252f047978adf3e7037f683e5df7a7cdb3748753e41ab5f554a786",
}
"""The fingerprints of all records of each release, as they were before there were translations."""
WORD = re.compile(r"[A-Za-z]{2,}")
FOREIGN = {"ru": re.compile("[Кк]ирги[зс]"), "ky": re.compile("Кирги[зс](ия|стан)")}
"""What nobody here calls the country: a name of other times. In Kyrgyz, киргиз- is a verb too."""


def table(name):
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


def english():
    records = [table("media_attacks.csv"), table("rights_incidents.csv")]
    return wordings.texts(table, records, TRANSLATED)


ROWS = table(wordings.TRANSLATIONS).to_dict("records")
NAMED = {word for name in table(wordings.NAMES).to_dict("records") for word in spellings(name)}


def test_every_english_text_has_its_translations_and_says_how_they_were_made():
    """Whoever changes an English text changes its row: CONTRIBUTING says how."""
    told = {row["text_en"]: row for row in ROWS}
    assert [text for text in sorted(english()) if text not in told] == []
    assert [t for t, row in told.items() if not all(row[f"text_{lang}"] for lang in OTHERS)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_holds_the_years_and_names_of_its_text_and_no_other_latin_word(lang):
    for row in ROWS:
        text, said = row["text_en"], row[f"text_{lang}"]
        years = [set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", each)) for each in (text, said)]
        assert years[0] == years[1], text
        known = set(WORD.findall(" ".join((text, *NAMED))))
        assert set(WORD.findall(said)) <= known, said


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_is_written_as_its_language_writes(lang):
    for row in ROWS:
        said = row[f"text_{lang}"]
        assert not FOREIGN[lang].search(said), said
        assert not re.search(r'["“”]|  | ,|^\s|\s$|\(а\)|\(ла\)', said), said
        assert said.count("«") == said.count("»"), said


@pytest.mark.parametrize("lang", OTHERS)
def test_the_change_log_says_the_same_in_every_language(lang):
    found = [
        [
            (re.match(r"\S+", part)[0], len(re.findall("^- ", part, re.MULTILINE)))
            for part in (DATA / CHANGELOGS[each]).read_text(encoding="utf-8").split("\n## ")[1:]
        ]
        for each in ("en", lang)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("version", FINGERPRINTS)
def test_what_was_cited_before_there_were_translations_keeps_its_fingerprint(package, version):
    kept = load(releases.kept(package.directory)[version])
    assert kept.incidents.select(Selection()).fingerprint == FINGERPRINTS[version]


def test_another_translation_changes_no_fingerprint(copy, package):
    path = copy / wordings.TRANSLATIONS
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows["text_ru"] = "Иначе."
    rows.to_csv(path, index=False)
    changed = load(copy)
    assert changed.translations.of(ROWS[0]["text_en"], "ru").text == "Иначе."
    found = [each.incidents.select(Selection()).fingerprint for each in (package, changed)]
    assert found[0] == found[1]


def test_a_text_without_a_translation_stays_english_and_says_so(copy):
    path = copy / wordings.TRANSLATIONS
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    told = load(copy).incidents.frame.set_index("incident_id")["summary"]["M-0001"]
    rows[rows["text_en"] != told].to_csv(path, index=False)
    found = record(question("/records?id=M-0001&lang=ru", copy))
    assert (found.title, found.lang, found.original) == (told, "en", None)
    assert found.language_note == "Это предложение ещё не переведено."
    other = record(question("/records?id=M-0002&lang=ru", copy))
    assert (other.lang, other.title) == (
        "",
        other.asked.package.translations.of(other.original.text, "ru").text,
    )


def test_a_kept_release_from_before_there_were_translations_has_none(package):
    kept = load(releases.kept(package.directory)["2026.11.8"])
    assert kept.translations.empty
    assert kept.changelog("ru").lang == "en"


def test_what_was_withdrawn_by_hand_may_not_live_on_as_a_translation(copy):
    """A kept release is refused too: its words are those of the record that is gone."""
    kept = keep_as(copy, "2026.10.0")
    path = kept / "media_attacks.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *(row for row in rows if not row.startswith("M-0105,"))]))
    with pytest.raises(Faults) as refused:
        load(kept)
    assert {fault.rule for fault in refused.value.faults} == {"translates_nothing"}
    assert not any(fault.value for fault in refused.value.faults)
