"""Writing to a terminal or a pipe, whatever it can take and however soon it is closed."""

import io
import os
import sys
from typing import TextIO


def write_what_can_be_written() -> None:
    """Put "?" for letters that the terminal or pipe cannot take, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str, stream: TextIO | None = None) -> None:
    """Write a text. Whoever reads it may stop early: what the command ends with stays the same."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
