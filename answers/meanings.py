"""What the codes mean, by the labels under which readers meet them."""

from answers.codebook import entries, names
from answers.question import Question
from answers.words import short_dataset


def meanings(asked: Question) -> dict[str, str]:
    """Give the definition of every label, once for each language.

    Two lists may have a code of the same label: then both say what it means there.
    """
    return asked.package.once((meanings, asked.t.code), lambda: _meanings(asked))


def _meanings(asked: Question) -> dict[str, str]:
    found: dict[str, dict[str, str]] = {}
    for name, title in names(asked.t).items():
        for each in entries(asked, name):
            found.setdefault(each.label, {})[title] = each.meaning
            if name == "datasets":
                short = short_dataset(asked.package, each.code, asked.t)
                found.setdefault(short, {})[title] = each.meaning
    return {label: _told(by_list) for label, by_list in found.items()}


def _told(by_list: dict[str, str]) -> str:
    """Say what a label means; where several lists have it, in which."""
    if len(set(by_list.values())) == 1:
        return next(iter(by_list.values()))
    return "\n".join(f"{title}: {meaning}" for title, meaning in by_list.items())


def meaning(asked: Question, text: object) -> str:
    """Say what a text means that is the label of a code, or a list of labels; else nothing."""
    known, said = meanings(asked), str(text)
    if said in known:
        return known[said]
    parts = said.replace("; ", ", ").split(", ")
    if not all(part in known for part in parts):
        return ""
    return "\n".join(f"{part}: {known[part]}" for part in parts)
