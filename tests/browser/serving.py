"""Start the dashboard as `make run` does, in a process of its own, and find the Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

HOME = Path(__file__).parent.parent.parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
"""The system's Chromium; None leaves Playwright to use its own."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return found.getsockname()[1]


@contextmanager
def process(
    script: str = "",
    home: Path = HOME,
    log: IO[bytes] | int = subprocess.DEVNULL,
    base: str = "",
    port: int = 0,
    within: Sequence[str] = (),
    **settings: str,
) -> Iterator[tuple[str, int]]:
    """Serve a house as `make run` does, or a `script` alone; give its address and process id.

    Nobody has visited it yet. `base` is the path before every page. What the server says while it
    runs is written to `log`. Without a `port` a free one is taken. It runs `within` a command.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "web", "--port", str(port), "--base", base]
    if script:
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
        command += ["--server.baseUrlPath", base] if base else []
    command = [*within, *command]
    settings = {"STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none", **settings}  # nobody edits
    address = f"http://localhost:{port}/{base}".rstrip("/")
    said = {} if log == subprocess.DEVNULL else {"stderr": log}
    server = subprocess.Popen(command, cwd=home, env={**os.environ, **settings}, stdout=log, **said)
    try:
        wait_for(f"{address}/_stcore/health", server)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)  # a million incidents take their time to go


@contextmanager
def served(script: str = "", **settings: str) -> Iterator[str]:
    """Serve a script; give its address."""
    with process(script, **settings) as (address, _):
        yield address


def wait_for(url: str, server: subprocess.Popen) -> None:
    """Ask until the server answers."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  # our own server
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.1)
    raise RuntimeError(f"the server ended with {server.returncode}")
