"""What stays in memory is left out of garbage collection, which every answer waits for."""

import gc
import sys
import types

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import memory
from tests.conftest import HOME


@pytest.fixture(autouse=True)
def thawed():
    gc.unfreeze()
    memory._freeze.clear()
    yield
    gc.unfreeze()


def visit():
    AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120).run()


def passed_over(wanted):
    return not any(each is wanted for each in gc.get_objects())


def test_after_a_page_is_drawn_collection_passes_over_what_stays():
    visit()
    assert gc.get_freeze_count() > 10 * len(gc.get_objects())


def test_what_later_readers_leave_behind_is_collected():
    visit()
    left_behind = types.SimpleNamespace()
    visit()
    assert not passed_over(left_behind)


def test_what_is_loaded_later_stays_too(monkeypatch):
    visit()
    late = types.ModuleType("late")
    monkeypatch.setitem(sys.modules, "late", late)
    visit()
    assert passed_over(late)
