import ast
import re
from collections import Counter

import pytest

from tests.messages import HOME, KEYWORDS, SPOKEN, TRANSLATED, catalogue, in_code


def test_no_message_stands_inside_an_f_string_where_older_pythons_do_not_find_it():
    for folder in SPOKEN:
        for path in (HOME / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
                    names = {getattr(c.func, "id", getattr(c.func, "attr", "")) for c in calls}
                    assert not names & {*KEYWORDS}, f"{path}:{node.lineno}"


def placeholders(text):
    return Counter(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_code_is_translated_and_no_other(language):
    said = {m.id if isinstance(m.id, str) else m.id[0] for m in in_code() if m.id}
    known = {(m.id if isinstance(m.id, str) else m.id[0]): m for m in catalogue(language) if m.id}
    assert said == set(known)
    for text, message in known.items():
        forms = [message.string] if isinstance(message.string, str) else message.string
        assert all(forms), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_every_placeholder(language):
    for message in catalogue(language):
        forms = [message.string] if isinstance(message.string, str) else message.string
        wanted = message.id if isinstance(message.id, str) else message.id[-1]
        for form in forms if message.id else []:
            assert set(placeholders(form)) == set(placeholders(wanted)), wanted


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_every_command_and_name_of_a_file(language):
    typed = re.compile(r"python -m \w+ \w+|\w+\.(?:csv|json|po)\b|\bcited_as\b")
    for message in catalogue(language):
        forms = [message.string] if isinstance(message.string, str) else message.string
        wanted = message.id if isinstance(message.id, str) else message.id[-1]
        for form in forms if message.id else []:
            assert set(typed.findall(form)) == set(typed.findall(wanted)), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_number_is_broken_at_the_end_of_a_line(language):
    for message in catalogue(language):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else []:
            assert not re.search(r"\d \d{3}\b", form), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_latin_letter_hides_in_a_cyrillic_word(language):
    mixed = re.compile(r"[а-яёңөү][a-z]|[a-z][а-яёңөү]", re.IGNORECASE)
    for message in catalogue(language):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else []:
            assert not mixed.search(re.sub(r"{\w+}", "", form)), form


def test_no_sentence_is_the_same_in_two_languages():
    russian = {str(m.id): m.string for m in catalogue("ru") if m.id}
    for message in catalogue("ky"):
        said = message.string if isinstance(message.string, str) else message.string[0]
        other = russian.get(str(message.id), "")
        if message.id and len(re.findall(r"[А-я]{3,}", said)) > 1:
            assert said != (other if isinstance(other, str) else other[0]), said
