import re
from collections import Counter

import pytest

from tests.messages import TRANSLATED, catalogue, in_code


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
def test_no_latin_letter_hides_in_a_cyrillic_word(language):
    mixed = re.compile(r"[а-яёңөү][a-z]|[a-z][а-яёңөү]", re.IGNORECASE)
    for message in catalogue(language):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else []:
            assert not mixed.search(re.sub(r"{\w+}", "", form)), form
