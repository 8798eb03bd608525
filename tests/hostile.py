"""A data package that is valid, and hostile wherever a text is free."""

import itertools
from pathlib import Path

import pandas as pd

from loaders.reading import CHANGELOGS
from loaders.tables import TABLES
from tests.conftest import forget_words

TEXTS = [
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","x")',
    "<script>alert(1)</script>",
    "`${alert(1)}`",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    ":material/bug: :streamlit: :red[x] :smile:",
    "$x$ and $$y$$",
    '</script><svg onload="alert(1)">',
    '<a href="javascript:alert(1)">x</a> <b>bold</b> %{y} {{ 7 }}',
    "# **heading** _x_",
    "- [ ] task | cell",
    "http://evil.example/x &lt;b&gt;",
]
"""Each is valid as a cell, and each would do something where it is not taken as text."""

ALL = " ".join(TEXTS)
WEB = "https://example.org/)![x](http://evil.example/p.png)"
"""A valid web address that leaves its brackets where they do not hold it."""

PICTURES = "![x](http://other.example/p.png) \\![x][other]\n\n[other]: http://other.example/p.png"
"""The changelog is Markdown and may link, but must fetch nothing."""

COUNTERS = ("counter_en", "counter_ru", "counter_ky")

FREE = {
    "places.csv": ("name_",),
    "claims.csv": ("subject_", "quote_", "note_", "source_name"),
    "context_events.csv": ("label_", "summary_", "source_name"),
    "published_totals.csv": ("source_name",),
    "codebook/schemes.csv": ("title",),
    "codebook/crosswalk.csv": ("term",),
    **{
        name: ("label_", "definition_", "short_", "example_", *COUNTERS)
        for name in TABLES
        if name.startswith("codebook/") and "label_en" in TABLES[name]
    },
}
"""Which columns hold free text, by how they begin."""


def write_hostile(directory: Path) -> None:
    """Fill a copy of the package with hostile texts; it stays valid."""
    for name, starts in FREE.items():
        _fill(directory / name, starts)
    for name in ("media_attacks.csv", "rights_incidents.csv"):
        before = pd.read_csv(directory / name, dtype=str, keep_default_na=False)["summary"]
        _fill(directory / name, ("summary", "source_name", "project"), keep_empty=True)
        _translate(directory, name, before)
    _replace(directory / "media_attacks.csv", "M-0001", {"summary": ALL, "flag": "contested"})
    _replace(directory / "media_attacks.csv", "M-0002", {"summary": ALL, "kind": "pattern"})
    forget_words(directory)
    for name in CHANGELOGS.values():
        with (directory / name).open("a", encoding="utf-8") as changelog:
            changelog.write(f"\n{PICTURES}\n")


def _translate(directory: Path, name: str, before: pd.Series) -> None:
    """Let the translations of records follow their new summaries, hostile as these."""
    path, texts = directory / "translations.csv", itertools.cycle(TEXTS)
    now = pd.read_csv(directory / name, dtype=str, keep_default_na=False)["summary"]
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = table["text_en"].isin(set(before) - {""})
    table.loc[rows, "text_en"] = table.loc[rows, "text_en"].map(dict(zip(before, now, strict=True)))
    for column in ("text_ru", "text_ky"):
        told = rows & (table[column] != "")
        table.loc[told, column] = [f"{next(texts)} {cell}" for cell in table.loc[told, column]]
    table.to_csv(path, index=False)


def _fill(path: Path, starts: tuple[str, ...], *, keep_empty: bool = False) -> None:
    """Put a hostile text before each free cell, so that labels stay apart from each other."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    texts = itertools.cycle(TEXTS)
    for column in table:
        if not column.startswith(starts):
            continue
        for row, cell in table[column].items():
            if cell or not keep_empty:
                table.at[row, column] = f"{next(texts)} {cell}"
    if "project" in table:
        open_rows = table["protected"] != "yes"
        table.loc[open_rows, "project"] = [next(texts) for _ in range(int(open_rows.sum()))]
    if "source_url" in table:
        table.loc[table["source_url"] != "", "source_url"] = WEB
    table.to_csv(path, index=False)


def _replace(path: Path, incident_id: str, values: dict[str, str]) -> None:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column, value in values.items():
        table.loc[table["incident_id"] == incident_id, column] = value
    table.to_csv(path, index=False)
