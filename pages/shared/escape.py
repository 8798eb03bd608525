"""Plain text as Streamlit's Markdown: what is said is read as text, with its links and emphasis."""

import json
import re

from answers.answer import Link, Said
from answers.words import Parts
from incidents.schema import visible

FOUND_ANYWAY = re.compile(
    r"\\:(?=material|streamlit)|https?(?=\\://)|www(?=\\\.)|.(?=@)", re.IGNORECASE
)
"""Where an escaped text must be taken apart so that no icon or link is made of it."""


def plain(text: object) -> str:
    """Escape a text so that it is read as text, not as Markdown or HTML, in one line.

    Invisible characters are shown as �: none comes with the data, but an address may hold them.
    The browser's side finds icons, addresses and mail addresses even in escaped text (seen in
    Streamlit 1.67): an empty directive takes them apart, and is not seen or copied.
    """
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])", r"\\\1", visible(str(text)))
    return FOUND_ANYWAY.sub(r"\g<0>:small[]", escaped)


def as_script(value: object) -> str:
    """Write a value as a script reads it, so that no text in it ends the script."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def aloud(text: str) -> str:
    """Take from a text what Markdown would read: some labels are read aloud as they stand."""
    return re.sub(r"[\\`*_{}\[\]<>#!|~$:&@/]", "", visible(text))


def verbatim(text: str) -> str:
    """Show what an address holds as code, in one line."""
    return f"`{visible(text).replace('`', 'ˋ')}`"


def quoting(parts: Parts) -> str:
    """Escape a text of which some parts are an address's own, and show these as code."""
    return "".join(verbatim(text) if own else _between(text) for text, own in parts)


def _between(text: str) -> str:
    """Escape a part of a text, and keep the blanks at its ends."""
    return f"{' ' * text[:1].isspace()}{plain(text)}{' ' * text[-1:].isspace()}"


def linked(link: Link) -> str:
    """Write a link to an address outside."""
    return f"[{plain(link.text)}](<{link.url}>)"


def small(text: str) -> str:
    """Write an escaped text in smaller type."""
    return f":small[{text}]"


def quoted(sentence: str, origin: str) -> str:
    """Write an escaped sentence as a quotation, with where it is from below it, in smaller type."""
    return f"> {sentence}\n>\n> {small(origin)}"


def markdown(said: Said) -> str:
    """Write what is said, with its emphasis, its links and the lines below it."""
    text = _marked(said, said.text)
    lines = [text, *map(plain, said.lines), *(small(_marked(said, x)) for x in said.small)]
    return "  \n".join(line for line in lines if line)


def points(said: tuple[Said, ...]) -> str:
    """Write a list of points."""
    return "\n".join(f"- {markdown(each)}".replace("  \n", "  \n  ") for each in said)


def _marked(said: Said, text: str) -> str:
    shown, strong = plain(text), plain(said.strong)
    for link in said.links:
        shown = shown.replace(plain(link.text), linked(link), 1)
    return shown.replace(strong, f"**{strong}**", 1) if said.strong else shown
