"""A process that has enough to do says so, to everybody in their own way, and light pages go on."""

import asyncio
import re
from contextlib import asynccontextmanager
from random import Random

import pytest

from benchmarks.load.asking import Client
from benchmarks.load.readers import rare
from benchmarks.load.session import Busy, Session
from tests.browser.serving import served
from tests.loops import awaited
from web.busy import AFTER, ASKED, LINES

SAID = {
    "en": "So many are reading now that there is no room. Please come back in a moment.",
    "ru": "Сейчас читающих так много, что места нет. Пожалуйста, зайдите ещё раз чуть позже.",
    "ky": "Азыр окуп жаткандар өтө көп, орун калган жок. Бир аздан кийин кайра кириңиз.",
}


@pytest.fixture(scope="module")
def small():
    """A process that draws one page at a time."""
    with served(AT_ONCE="1") as site:
        yield site


@asynccontextmanager
async def full(site):
    """Take all places there are; give the tabs, and somebody who asks beside them."""
    tabs = [Session(site, "codes") for _ in range(LINES)]
    async with Client(site) as client:
        for tab in tabs:
            await tab.open()
        yield tabs, client
        for tab in tabs:
            await tab.close()
        await until(client, "/_stcore/health", 200)


async def until(client, path, status):
    """Ask until it is answered so: the server learns in a moment that a line is closed."""
    while (found := await client.get(path)).status != status:
        pass
    return found


def test_a_reader_for_whom_there_is_no_room_is_told_so_in_three_languages(small):
    async def ask():
        async with full(small) as (_, client):
            return await client.get("/map?data=media&lang=ru")

    answer = awaited(ask())
    assert (answer.status, answer.retry_after) == (503, str(AFTER))
    html = answer.body.decode()
    assert '<html lang="ru">' in html  # the reader's own comes first
    for lang, words in SAID.items():
        section = re.search(f'<section lang="{lang}">(.*?)</section>', html, re.DOTALL)
        assert section
        assert words in section[1]
        assert f'href="/light/map?data=media&amp;lang={lang}"' in section[1]
        assert f'href="/map?data=media&amp;lang={lang}"' in section[1]
        assert 'href="/exit"' in section[1]


def test_light_pages_go_on_and_so_do_readers_who_are_there(small):
    async def ask():
        async with full(small) as (tabs, client):
            others = ("/light/map", "/api/v1/counts.json?by=year", "/healthz", "/exit")
            statuses = [(await client.get(path)).status for path in others]
            await tabs[0].go("map", {"data": ["media"]})
            return statuses, tabs[0].view()

    statuses, view = awaited(ask())
    assert statuses == [200] * 4
    assert view.carried == "data=media"


def test_a_line_is_refused_with_a_status_and_a_browser_that_asks_first_learns_it(small):
    async def ask():
        async with full(small) as (tabs, client):
            late = Session(small, "map")
            with pytest.raises(Busy) as refused:
                await late.open()
            health = await client.get("/_stcore/health")
            await tabs[0].close()
            await until(client, "/_stcore/health", 200)
            await late.open()
            await late.close()
            return refused.value.after, health, late.view().n

    after, health, n = awaited(ask())
    assert (after, health.status, health.retry_after) == (AFTER, 503, str(AFTER))
    assert n > 0


def test_nobody_new_is_taken_while_so_many_pages_are_drawn_as_may_be(small):
    async def acts(tab):
        while True:
            await tab.go("trends", {})

    async def ask():
        tab = Session(small, "trends")
        await tab.open()
        async with Client(small) as client:
            acting = asyncio.create_task(acts(tab))
            found = await until(client, "/map", 503)
            light = await client.get("/light/map")
            acting.cancel()
            await asyncio.gather(acting, return_exceptions=True)
            await tab.close()
            await until(client, "/map", 200)
            return found, light

    found, light = awaited(ask())
    assert (found.retry_after, light.status) == (str(AFTER), 200)


@pytest.mark.parametrize("path", ["/api/v1/counts.json?by=group", "/light/records?"])
def test_of_too_many_requests_at_once_some_are_refused_and_the_others_answered(small, path):
    async def ask():
        random = Random(7)  # noqa: S311  # no secret
        wanted = [rare(random).partition("&")[2] for _ in range(20 * ASKED)]
        async with Client(small) as client:
            return await asyncio.gather(*(client.get(f"{path}&{query}") for query in wanted))

    answers = awaited(ask())
    assert {answer.status for answer in answers} == {200, 503}
    refused = [answer for answer in answers if answer.status == 503]
    assert {answer.retry_after for answer in refused} == {str(AFTER)}
    json = path.startswith("/api")
    assert all((b'"status": 503' in each.body) == json for each in refused)
