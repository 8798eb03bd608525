"""What the pages share."""

from pages.shared.address import asked
from pages.shared.escape import plain
from pages.shared.frame import close_frame, open_frame
from pages.shared.memory import settle
from pages.shared.registry import pages, require_frame

__all__ = ["asked", "close_frame", "open_frame", "pages", "plain", "require_frame", "settle"]
