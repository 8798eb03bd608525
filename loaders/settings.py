"""Where this copy of the dashboard stands and who answers for it: the one settings place.

Every setting is an environment variable with a default that works; the README lists them.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).parent.parent


def _from(variable: str, default: str) -> str:
    return os.environ.get(variable, "").strip() or default


@dataclass(frozen=True)
class Settings:
    """The deployment: data directory, public address, organisation, contact."""

    data: Path = field(default_factory=lambda: Path(_from("INCIDENTS_DATA", str(HOME / "data"))))
    public_url: str = field(
        default_factory=lambda: _from("PUBLIC_URL", "http://localhost:8501").rstrip("/")
    )
    organisation: str = field(
        default_factory=lambda: _from("ORGANISATION", "Kyrgyzstan incidents dashboard")
    )
    contact: str = field(default_factory=lambda: _from("CONTACT", ""))
