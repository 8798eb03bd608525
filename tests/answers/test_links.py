"""The number on a link is the number of the list it opens."""

import re
from urllib.parse import urlencode

import pytest

from answers.surfaces import overview
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Years
from answers.words import chips
from incidents import counts
from tests import plain
from tests.asking import question

ADDRESSES = (
    "",
    "data=media",
    "from=2021-06&to=2022-03",
    "group=women&group=journalists",
    "region=KG-GB&place=1528675",
    "perpetrator=authorities",
    "perpetrator=non_state&response=investigation",
    "response=none_reported&from=2022-12&to=2022-12",
    "q=kloop&unit=people",
)


def offered(asked):
    """Give every link with a number that the pages offer."""
    yield from (link for numbers in overview.behind(asked) for link in numbers.links)
    for surface in (Groups, Years, Map):
        yield from asked.answer(surface).links


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_on_a_link_is_that_of_the_list_it_opens(address):
    asked = question(f"/?{address}")
    links = list(offered(asked))
    assert len(links) > 3
    for link in links:
        told = int(re.search(r"(\d+)$", link.text)[1])
        opened = question(f"/records?{urlencode(link.query, doseq=True)}")
        assert opened.problems == ()
        assert opened.subset.n == told, link


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_figures_lead_to_as_many_records_as_they_say(address):
    recorded, answered, _ = overview.figures(question(f"/?{address}"))
    for figure in (recorded, answered):
        opened = question(f"/records?{urlencode(figure.link.query, doseq=True)}")
        if figure.value != "–":
            assert opened.subset.n == int(figure.value.split()[0])


@pytest.mark.parametrize("address", ["", "group=women", "data=rights"])
def test_the_figures_know_the_filter(address):
    asked = question(f"/?{address}")
    rows = [row for row in plain.rows() if plain.counted(row)]
    found = [row for row in rows if plain.fits(row, asked.selection)]
    others = [row for row in found if row["perpetrator"] not in counts.AUTHORITIES]
    named = asked.package.codebook.marked("responses", "named")
    answered = [row for row in others if row["response"] in named]
    recorded, responses, covered = (figure.value for figure in overview.figures(asked))
    assert recorded == (f"{len(found)} of {len(rows)}" if address else str(len(rows)))
    assert responses == f"{len(answered)} of {len(others)}"
    assert covered == ("–" if "rights" in address else "36%")  # of rights nobody published a total


@pytest.mark.parametrize("address", ["perpetrator=authorities", "response=charges", "q=zzzz"])
def test_no_share_of_responses_is_told_where_none_can_be(address):
    assert overview.figures(question(f"/?{address}"))[1].value == "–"


@pytest.mark.parametrize(
    "address",
    ["region=KG-GB&place=1528675", "category=violence&violation=threat&q=threat", *ADDRESSES],
)
def test_each_chip_is_one_of_its_own_even_where_two_have_one_label(address):
    asked = question(f"/?{address}")
    found = chips(asked.selection, asked.package, asked.t)
    assert len({(chip.parameter, chip.code) for chip in found}) == len(found)
    for chip in found:
        left = chip.left.to_query()
        assert left != asked.selection.to_query()


def test_two_filters_of_one_label_are_two_chips():
    asked = question("/?region=KG-GB&place=1528675")
    assert [chip.text for chip in chips(asked.selection, asked.package, asked.t)] == ["Bishkek"] * 2
