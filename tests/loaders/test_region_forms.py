"""How a sentence says where something happened: a table of forms, never a suffix guessed."""

import pytest

from answers.surfaces.map import Map
from incidents.codebook import LANGUAGES
from loaders.package import load
from loaders.releases import kept, release
from tests import broken
from tests.asking import question
from tests.conftest import DATA

TABLE = "codebook/region_forms.csv"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_region_has_its_form_in_every_language(package, lang):
    book = package.codebook
    where = {code: book.where(code, lang) for code in book.codes("regions")}
    assert all(where.values())
    assert len(set(where.values())) == len(where)


@pytest.mark.parametrize("version", kept(DATA))
def test_a_release_from_before_has_none(version, package):
    assert release(version, package).codebook.region_forms.empty


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "In Bishkek: "),
        ("ru", "В Бишкеке — "),
        ("ky", "Бишкекте — "),
    ],
)
def test_the_map_says_where_most_was_recorded_as_its_language_does(lang, said):
    assert question(f"/map?lang={lang}").answer(Map).title.startswith(said)
    before = question(f"/map?lang={lang}&release=2026.11.9").answer(Map).title
    assert before.startswith(("Bishkek: ", "Бишкек — "))


def test_regions_that_stand_equal_are_each_said_so():
    title = question("/map?lang=ru&region=KG-J&region=KG-O").answer(Map).title
    assert title.startswith("В Джалал-Абадской области и в Ошской области, по отдельности — ")


def test_a_package_of_an_earlier_form_need_not_have_the_table(copy):
    (copy / TABLE).unlink()
    broken.redescribe(
        copy,
        lambda d: d.update(form=3, resources=[r for r in d["resources"] if r["path"] != TABLE]),
    )
    assert load(copy).codebook.region_forms.empty
