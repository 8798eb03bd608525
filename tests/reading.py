"""Markdown that escapes every sign, read as a reader sees it."""

import re


def read(text: str) -> str:
    """Take the escapes out of a text, and the empty directives that keep links from being made."""
    return re.sub(r"\\([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\1", text.replace(":small[]", ""))
