"""Personal data in free text: what may stand in none, and names, which are asked about.

In Kyrgyz, Russian and English. `incidents.protection` has what no published text may hold; here is
the same and more, since a keeper can look again where a published file cannot be asked. Patterns
find what is written as people write it. They do not find what nobody could: a name without
patronymic, a workplace, a nickname.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from phonenumbers import Leniency, PhoneNumberMatcher

from incidents.protection import PERSONAL

PHONE, MAIL, NUMBER, PASSPORT = "phone number", "e-mail address", "personal number", "passport"
ADDRESS, PLATE, NAME = "street address", "car plate", "name"
AGE, COORDINATES = "exact age", "coordinates"

CAPITAL = "[A-ZА-ЯЁӨҮҢ]"
WORD = rf"{CAPITAL}[\w’'-]+"
NOT_COUNTED = r"(?!\d|[ \u00a0]*(?:[a-zа-яёөүң]{3,}|кв\.))"
"""What may not follow the number of a house: a word that the number counts, a month, an area."""
HOUSE = rf"\d{{1,4}}(?:[/-]\d{{1,4}})?{NOT_COUNTED}"
STREET = r"[Ss]treet|[Aa]venue|[Bb]oulevard|St\.|Ave\."
NAMED = rf"[«\"“]?(?:{CAPITAL}|\d)[\w.’-]*(?: [\w.’-]+)?[»\"”]?"

PATTERNS = {
    PASSPORT: (
        # series of passports and identity cards; letters that look alike in Cyrillic
        r"(?<!\w)(?:[AА][NНCС]|[IІ]D|ИД)[ №#-]{0,3}\d{7}(?!\w)",
    ),
    PLATE: (
        r"(?<!\w)0[1-9][ -]?K[GС][ -]?\d{3,4}[ -]?[A-ZА-Я]{2,3}(?!\w)",
        r"(?<!\w)0[1-9][ -]?К[GГ][ -]?\d{3,4}[ -]?[A-ZА-Я]{2,3}(?!\w)",
        r"(?<!\w)[A-ZА-Я]\d{4}[A-ZА-Я]{1,2}(?!\w)",
        r"(?<!\w)[A-ZА-Я] (?!19|20)\d{4} ?[A-ZА-Я]{1,2}(?!\w)",
    ),
    ADDRESS: (
        rf"(?<!\w)(?:ул|пер|пр|просп|бул)\. ?{NAMED},? ?(?:д\.|дом|№)? ?{HOUSE}",
        rf"(?i:(?<!\w)(?:улиц|проспект|переул|бульвар)\w*) {NAMED},? ?(?:д\.|дом|№)? ?{HOUSE}",
        rf"(?i:(?<!\w)дом[аеу]?) №? ?{HOUSE}",
        rf"(?i:(?<!\w)(?:кв\.|квартир[аеуы]|батир\w*)) ?№? ?{HOUSE}",
        rf"{WORD} (?:көчөсү|проспектиси|чолок көчө)\w*,? ?№? ?{HOUSE}",
        rf"{WORD} (?:көчөсү|проспектиси)\w*,? \d{{1,4}}-үй",
        r"(?<!\w)\d{1,4}-(?:үй(?:дө|дүн)?|батир\w*|квартира\w*)(?!\w)",
        rf"(?i:(?<!\w)үйү?) (?:№ ?)?{HOUSE}",
        rf"(?<!\w)(?:[Uu]l\.|[Uu]litsa) {NAMED},? {HOUSE}",
        rf"{WORD} (?:{STREET}|k[oö]ch[oö]s[uü]),? ?(?:No\. ?)?{HOUSE}",
        rf"(?<!\w)\d{{1,4}}[a-z]?,? {WORD} (?:{STREET})",
        rf"(?i:(?<!\w)(?:apartment|apt\.?|flat)) (?:no\. ?)?{HOUSE}",
        rf"(?<!\w)house (?:no\. ?)?{HOUSE}",
    ),
    NAME: (
        rf"{WORD} (?:уулу|кызы|uulu|kyzy|kizi|kysy)(?: {WORD})?(?!\w)",
        rf"(?:{WORD} )+[А-ЯЁӨҮҢ]\w+(?:[оеё]вич(?:а|у|ем|е)?|(?:[оеё]вн|ичн)(?:а|ы|е|у|ой))(?!\w)",
        rf"(?<!\w)[А-ЯЁӨҮҢ]\w+(?:[оеё]вич(?:а|у|ем|е)?|(?:[оеё]вн|ичн)(?:а|ы|е|у|ой)) {WORD}",
        rf"(?:{WORD} )+[A-Z]\w+(?:[oe]vich|[oe]vna|ichna)(?!\w)",
        rf"(?<!\w)[A-Z]\w+(?:[oe]vich|[oe]vna|ichna) {WORD}",
    ),
}
"""What is looked for by pattern, beside what protection looks for."""

SIGNS = {
    MAIL: ("@",),
    AGE: ("age", "year", "летн", "жаш"),
    ADDRESS: (
        *("ул", "пер", "пр", "бул", "дом", "кв", "батир", "көч", "үй", "street", "st.", "ave"),
        *("boulevard", "koch", "köch", "kochö", "litsa", "apartment", "apt", "flat", "house"),
    ),
    NAME: (
        *("уулу", "кызы", "uulu", "kyz", "kys", "kiz", "вич", "вна", "вны", "вне", "вну", "вно"),
        *("чна", "чны", "чне", "чну", "чно", "vich", "vna", "chna"),
    ),
}
"""What a text holds, in lower case, if it holds one of the kind: looked for first, since it is
looked for fast."""
DIGITS_OF = {
    **{MAIL: 0, NAME: 0, AGE: 1, ADDRESS: 1},
    **{PLATE: 4, PHONE: 5, PASSPORT: 7, COORDINATES: 10, NUMBER: 14},
}
"""How many digits a text holds at least if it holds one of the kind: most texts hold few."""

REGIONS = ("KG", "RU", "KZ", "UZ", "TJ")
"""Whose telephone numbers are known without the code of the country, as far as they begin as such:
bare digits, as in Uzbekistan, could be a sum."""
DIGIT = re.compile(r"\d")
DIGITS = re.compile(r"\d[\d ().\u00a0-]{4,}\d")
BEGINS = re.compile(r"\+|00?\(?\d|8\D?\D?[347-9]|99[268]|\(0")
CALLED = re.compile(
    r"(?i)(?:тел(?:ефон\w*)?|моб\w*|номер\w*|what'?s ?app|ватсап\w*|вацап\w*|telegram|телеграм\w*|"
    r"(?:tele)?phone|tel|mobile|call|чал\w*|звон\w*)[\s.:№(]{0,4}$"
)
"""Words after which digits are a number to call."""
SHORT = re.compile(r"\d{1,3}[ -]\d{2,3}[ -]\d{2,3}|\d{6,7}")
"""A number within a town."""
PERSONAL_NUMBER = re.compile(r"(?<![\w.-])[12] ?(\d\d) ?(\d\d) ?(\d{4}) ?\d{5}(?!\w)")

PAGES = re.compile(
    r"(?i)https?://(?:[\w-]+\.)*(?:facebook\.com|fb\.com|instagram\.com|vk\.com|vk\.ru|ok\.ru|t\.me|"
    r"tiktok\.com|twitter\.com|x\.com|threads\.net|linkedin\.com|youtube\.com/@|livejournal\.com)"
)
"""Pages that bear somebody's name in their address, or may."""
SLUG = re.compile(r"(?i)(?<![a-z])[a-z]+[-_](?:uulu|kyzy|kizi)(?![a-z])")


@dataclass(frozen=True)
class Personal:
    """One piece of personal data: its kind, the character it begins at (from 1), how long it is."""

    kind: str
    at: int
    length: int


def found(text: str) -> list[Personal]:
    """Find personal data in a text, in order; what two patterns find is told once."""
    taken: list[Personal] = []
    digits = len(DIGIT.findall(text))
    phones = _phones(text) if digits >= DIGITS_OF[PHONE] else ()
    numbers = _numbers(text) if digits >= DIGITS_OF[NUMBER] else ()
    for kind, start, end in [*phones, *numbers, *_patterns(text, digits)]:
        if all(end <= each.at - 1 or start >= each.at - 1 + each.length for each in taken):
            taken.append(Personal(kind, start + 1, end - start))
    return sorted(taken, key=lambda each: each.at)


def in_address(address: str) -> bool:
    """Say whether the address of a page names somebody, or is one of those that people have."""
    return PAGES.match(address) is not None or SLUG.search(address) is not None


Span = tuple[str, int, int]


def _phones(text: str) -> Iterator[Span]:
    for digits in DIGITS.finditer(text):
        if SHORT.fullmatch(digits[0]) and CALLED.search(text[: digits.start()]):
            yield PHONE, digits.start(), digits.end()
    if any(sum(map(str.isdigit, digits[0])) >= 9 for digits in DIGITS.finditer(text)):
        for region in REGIONS:
            for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
                called = CALLED.search(text[: match.start])
                if BEGINS.match(match.raw_string) or called:
                    yield PHONE, match.start, match.end


def _numbers(text: str) -> Iterator[Span]:
    """Find personal numbers: sex, day of birth, five digits."""
    for number in PERSONAL_NUMBER.finditer(text):
        if _is_day(*map(int, number.groups())):
            yield NUMBER, number.start(), number.end()


def _is_day(day: int, month: int, year: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year < 2100
    except ValueError:
        return False


def _patterns(text: str, digits: int) -> Iterator[Span]:
    """Find what is looked for by pattern, in a text of so many digits."""
    lowered = text.lower()
    for kind, sign, patterns in _compiled():
        if digits >= DIGITS_OF[kind] and sign.search(lowered):
            for pattern in patterns:
                for match in pattern.finditer(text):
                    yield kind, match.start(), match.end()


@cache
def _compiled() -> list[tuple[str, re.Pattern[str], list[re.Pattern[str]]]]:
    """Give every kind with its signs and its patterns; without signs, any text may hold it."""
    every = {kind: [each] for kind, each in PERSONAL.items()}
    for kind, patterns in PATTERNS.items():
        every.setdefault(kind, []).extend(patterns)
    return [
        (kind, re.compile("|".join(map(re.escape, SIGNS.get(kind, ())))), [*map(re.compile, each)])
        for kind, each in every.items()
    ]
