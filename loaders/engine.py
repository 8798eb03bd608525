"""DuckDB, as it is used here: imported by who asks it, held to an amount of memory, asking nobody.

It is in the process only where a cube is read or made: a dashboard on CSV never loads it.
"""

import tempfile
from pathlib import Path
from typing import Any

MEMORY = "1GB"
"""What the engine may hold at most; what is larger goes to a temporary folder."""


def engine(memory: str = MEMORY, scratch: Path | None = None) -> Any:
    """Open an engine of this process's own, in memory."""
    import duckdb

    return duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": str(scratch or tempfile.gettempdir()),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )


def quoted(text: str) -> str:
    """Write a text as SQL does."""
    return "'" + text.replace("'", "''") + "'"
