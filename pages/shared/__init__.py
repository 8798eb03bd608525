"""What the pages share."""

from pages.shared.address import State, state
from pages.shared.frame import link, open_frame
from pages.shared.memory import settle
from pages.shared.registry import pages, require_frame
from pages.shared.words import plain

__all__ = [
    "State",
    "link",
    "open_frame",
    "pages",
    "plain",
    "require_frame",
    "settle",
    "state",
]
