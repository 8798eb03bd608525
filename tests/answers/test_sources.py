"""Why a file could not be read, in words."""

import pytest

from answers.sources import problem, problem_rules
from incidents.codebook import LANGUAGES
from loaders.language import language
from loaders.sources.cases import Problem
from tests.broken_files import ASKED, REFUSED


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_has_its_words_and_a_file_that_breaks_it(code):
    broken = {rule for each in (*REFUSED, *ASKED) for rule, _ in each.asked}
    elsewhere = {"unreadable", "wrong_encoding", "ambiguous_code"}  # see tests/loaders/sources
    assert broken | elsewhere == set(problem_rules(language(code)))
    for rule in broken:
        why, remedy = problem(Problem(rule), language(code))
        assert why.endswith(".")
        assert remedy.endswith(".")
