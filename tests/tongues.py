"""What may stand in Latin letters on a page in Russian or Kyrgyz: names, and what is technical."""

import re

import pandas as pd

from answers.methodology import LIBRARIES
from incidents import protection
from incidents.wording import spellings
from tests.conftest import DATA

WORD = re.compile("[A-Za-z]*[a-z]{3}[A-Za-z]*")
ADDRESS = re.compile(r"https?:\S+|localhost\S+|/[a-z]\S*|[0-9a-f]{16,}")
TECHNICAL = set(
    WORD.findall(
        "English group zzzz python keeper quality verify FILE csv claim readings "
        "translations translated unprotected yes DDoS GeoJSON wiki Natural Earth GeoNames Creative "
        "Commons Attribution Apache License Clopper Pearson Przyborowski Wilenski Scott McCullagh "
        "Nelder Telegram Facebook Escape Ctrl KoboToolbox "
        "Tor Browser Back cited https http streamlit incidents process xsrf Chromium "
    )
)
"""Addresses, commands, licences, who a method is named for, keys, programs: the same everywhere."""


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


def named(lang: str) -> set[str]:
    """Collect the words that may stand in Latin letters in a language: those of names."""
    held = [word for name in table("names.csv").to_dict("records") for word in spellings(name)]
    held += [*table("translations.csv")[f"text_{lang}"], *table("publishers.csv")["address"]]
    held += [*table("statements.csv")[f"text_{lang}"], *table("codebook/groups.csv")["code"]]
    held += [str(list(table(name).columns)) for name in ("media_attacks.csv", "aggregates.csv")]
    for path in sorted((DATA / "codebook").glob("*.csv")):
        held += [*table(f"codebook/{path.name}").iloc[:, 0]]
    held += ["Kyrgyzstan incidents dashboard", LIBRARIES]
    held += [rule.name for rule in protection.RULES]
    held += [title for title, _ in protection.SOURCES.values()]
    return {word for text in held for word in WORD.findall(text.replace("_", " "))} | TECHNICAL


def is_original(text: str) -> bool:
    """Say whether it is the English sentence behind a translation, which its fold shows."""
    return text.strip() in set(table("translations.csv")["text_en"])
