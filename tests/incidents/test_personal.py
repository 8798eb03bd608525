"""Personal data in free text: made-up ones are found, ordinary text is left alone."""

import pytest

from incidents.personal import (
    ADDRESS,
    MAIL,
    NAME,
    NUMBER,
    PASSPORT,
    PHONE,
    PLATE,
    found,
    in_address,
)
from incidents.protection import PERSONAL


def kinds(text):
    return [each.kind for each in found(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Позвонил на +996 555 00 00 00 вечером", PHONE),
        ("Телефону 0555 00 00 00 чалды", PHONE),
        ("тел.: 00-00-00", PHONE),
        ("+7 727 250 00 00", PHONE),
        ("8 (495) 123-45-67", PHONE),
        ("WhatsApp +998 90 000 00 00", PHONE),
        ("+992 93 000 0000", PHONE),
        ("canary@example.org", MAIL),
        ("паспорт AN0000000", PASSPORT),
        ("паспорт АН 0000000", PASSPORT),  # in Cyrillic letters
        ("identity card ID0000000", PASSPORT),
        ("ИНН 20101190000000", NUMBER),
        ("ПИН 2 01 01 1900 00000", NUMBER),
        ("живёт на ул. Примерной, 12", ADDRESS),
        ("на улице Примерной 12", ADDRESS),
        ("кв. 7", ADDRESS),
        ("Мисал көчөсү 12", ADDRESS),
        ("Мисал көчөсүндөгү 12-үй", ADDRESS),
        ("at 12 Example Street", ADDRESS),
        ("Example Street 12", ADDRESS),
        ("в машине 01KG000AAA", PLATE),
        ("01 KG 000 AAA", PLATE),
        ("номер B0000AA", PLATE),
        ("В 0000 АА", PLATE),
        ("Мисал уулу Үлгү айтты", NAME),
        ("Example Sample kyzy said", NAME),
        ("Пример Примерович сказал", NAME),
        ("у Примеры Примеровны Примеровой", NAME),
        ("Primer Primerovich", NAME),
    ],
)
def test_what_is_personal_is_found_and_named_by_its_kind(text, kind):
    assert kinds(text) == [kind]
    (each,) = found(text)
    assert text[each.at - 1 :][: each.length].strip() in text


@pytest.mark.parametrize(
    "text",
    [
        "Иск на 15 000 000 сомов, затем на 700 123 456 сомов и US$ 1,234,567",
        "901 234 567 soms of 2 300 000 000",
        "статья 278-1 УК, закон № 12345678 от 16.08.2022 г., дело № 2-1234/2021",
        "Article 313(2), Law 2021-118, Decree No. 1234567",
        "В 2020 ОО «Пример» и В 2021 МВД",
        "на проспекте Чуй 8 марта 2020 года собрались 300 человек",
        "8 March 2021 at 12:00, 2019-2021, 10.12.2021 14:00",
        "квартира 15 кв. м сгорела",
        "эки үй өрттөндү, 12 киши үйсүз калды",
        "8 700 250 000 тенге, 8 999 000 избирателей",
        "the House of 90 deputies",
        "99999999999999 не личный номер",
        "Кызы мектепке барды; уулу үйдө",
    ],
)
def test_dates_sums_laws_and_numbers_of_things_are_nothing_of_the_kind(text):
    assert kinds(text) == []


def test_a_number_of_14_digits_whose_day_does_not_exist_is_still_what_no_text_may_hold():
    """A file that passes the check is not refused by the package afterwards."""
    assert kinds("21413199012345") == [NUMBER]
    assert kinds("2 14 13 1990 12345") == []


def test_what_may_not_be_published_is_always_found():
    known = {
        "phone number": "0555 000 000",
        "e-mail address": "a@example.org",
        "personal number": "20000000000000",
        "exact age": "a 17-year-old",
        "street address": "12 Example Street",
        "coordinates": "42.87650, 74.60000",
    }
    assert set(known) == set(PERSONAL)
    for kind, text in known.items():
        assert kinds(text) == [kind]


def test_of_the_published_texts_only_names_are_asked_about_and_few(package):
    """Two of 271 summaries name somebody by a patronymic."""
    texts = [text for text in package.incidents.frame["summary"] if text]
    assert len(texts) > 250
    asked = [kinds(text) for text in texts if kinds(text)]
    assert {kind for each in asked for kind in each} == {NAME}
    assert len(asked) <= 0.01 * len(texts)
    names = package.incidents.frame["source_name"]
    assert not [name for name in set(names) if kinds(name)]


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_no_definition_or_example_of_the_codebook_is_asked_about(package, language):
    tables = package.codebook.lists.values()
    columns = [table[column] for table in tables for column in table if column.endswith(language)]
    assert sum(map(len, columns)) > 300
    assert not [text for column in columns for text in column if kinds(text)]


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("https://www.facebook.com/somebody/posts/1", True),
        ("https://t.me/somebody", True),
        ("https://example.org/2022/primer-sample-uulu-released", True),
        ("https://t-media.kg/post/1", False),
        ("https://example.org/share/facebook.com", False),
        ("https://example.org/about-kyrgyz-kyzyl", False),
        ("", False),
    ],
)
def test_addresses_that_name_somebody_are_asked_about(address, asks):
    assert in_address(address) is asks
