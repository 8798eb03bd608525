"""One question of a form: its name, its type in XLSForm, and where its answers come from."""

from dataclasses import dataclass

from incidents.schema import COLUMNS, WORDED

YES_NO = "yes_no"
BY_YES_OR_NO = ("sensitive", "protected", "reader_risk")
"""The list of what is answered by yes or no, and which that is; in the records, no is empty."""
OTHER = "other"
"""The answer that opens a text of one's own: what no code says is not lost, and somebody decides on
it before it becomes a record."""
STAYS = ("case_number", "sensitive")
"""What publishing asks of a case and no record holds: the keeper's own number for it, and whether
somebody could be harmed."""
OPEN = {"groups": "groups", "violations": "violations", "place": "places"}
"""The questions that have it, and their lists."""
VAGUE = ("day", "month", "year")
"""How precisely a date may be known: the precisions that have one."""


@dataclass(frozen=True)
class Item:
    """One question; of type `calculate`, what is worked out from others.

    It is asked where the condition `when` holds (see `conditions`), always where none is named.
    `required` is what the form asks for beside what the package requires of the column.
    """

    name: str
    type: str
    label: str
    hint: str = ""
    when: str = ""
    required: bool = False
    appearance: str = ""

    @property
    def chosen(self) -> bool:
        """Whether it is answered by choosing from a list."""
        return self.type.startswith("select_")

    @property
    def listed(self) -> str:
        """The list that its answers come from; empty where there is none."""
        return YES_NO if self.name in BY_YES_OR_NO else WORDED.get(self.name, "")

    @property
    def fills(self) -> bool:
        """Whether it fills a column of the records; `dataset` says which file that is."""
        return self.name in COLUMNS or self.name == "dataset"

    @property
    def read(self) -> bool:
        """Whether its answers are read when they come back."""
        return self.fills or self.name in STAYS


@dataclass(frozen=True)
class Part:
    """A group of questions; asked as often as `times` says, where there is such a question."""

    name: str
    label: str
    items: tuple[Item, ...]
    times: Item | None = None
