"""The memory of searches is shared by readers, who empty it for each other."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from incidents.selection import Selection
from incidents.table import SEARCHES
from loaders import load
from tests.conftest import DATA

READERS = 4
TEXTS = [f"{first}{second}" for first in "bdkrst" for second in "aeiou"]


@contextmanager
def taking_turns() -> Iterator[None]:
    """Let threads take turns as often as can be."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def all_at_once(search, texts):
    """Let several readers search for the same texts at once, each in another order."""
    gate = Barrier(READERS)

    def reader(turn):
        gate.wait()
        return {(text, search(text)) for text in texts[turn:] + texts[:turn]}

    with taking_turns(), ThreadPoolExecutor(READERS) as pool:
        return set().union(*pool.map(reader, range(READERS)))


def test_readers_who_search_at_once_find_what_one_reader_finds_alone():
    alone, shared = load(DATA).incidents, load(DATA).incidents
    found = all_at_once(lambda text: shared.select(Selection(q=text)).n, TEXTS * 2)
    assert found == {(text, alone.select(Selection(q=text)).n) for text in TEXTS}


class EmptiedByAnother(dict):
    """A memory that another reader empties as soon as something stands in it."""

    def __setitem__(self, text, found):
        super().__setitem__(text, found)
        self.clear()


def test_a_search_that_another_reader_forgets_meanwhile_has_its_answer():
    shared = load(DATA).incidents
    expected = shared.select(Selection(q="kloop")).n
    shared.__dict__["_searched"] = EmptiedByAnother()
    assert shared.select(Selection(q="kloop")).n == expected


def test_no_more_than_a_few_searches_are_remembered():
    shared = load(DATA).incidents
    all_at_once(lambda text: shared.select(Selection(q=text)).n, TEXTS)
    assert 0 < len(shared._searched) <= SEARCHES + READERS
