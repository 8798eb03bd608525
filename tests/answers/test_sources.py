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
    elsewhere = {  # see tests/loaders/sources
        *("unreadable", "wrong_encoding", "ambiguous_code", "too_many_questions"),
        *("broken_archive", "more_pages", "answer_gone", "refused_there", "not_decrypted"),
        *("no_parent", "repeat_left", "not_redistributable", "joined_list", "failed"),
    }
    assert broken | elsewhere == set(problem_rules(language(code)))
    for rule in broken:
        why, remedy = problem(Problem(rule), language(code))
        assert why.endswith(".")
        assert remedy.endswith(".")
