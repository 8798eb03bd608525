"""A Dask cluster of two workers and an S3 store, each in processes of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client

from tests.browser.serving import free_port, wait_for
from tests.conftest import HOME

MOTO = HOME / ".venv" / "moto" / "bin" / "moto_server"
"""Its libraries ask for an older python-dateutil than ours, so it has a folder of its own."""
KEYS = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up"}


@contextmanager
def process(*command: object, log: Path, **env: str) -> Iterator[subprocess.Popen]:
    """Run a process and all that it starts, until the end."""
    with log.open("wb") as out:
        running = subprocess.Popen(
            [*map(str, command)],
            stdout=out,
            stderr=out,
            cwd=HOME,
            env={**os.environ, "PYTHONPATH": str(HOME), **env},
            start_new_session=True,
        )
    try:
        yield running
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=30)


@contextmanager
def cluster(folder: Path, memory: str = "0") -> Iterator[str]:
    """Start a scheduler and two workers; give its address once both are there."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    begin = (sys.executable, "-m")
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port)
    worker = ("distributed.cli.dask_worker", address, "--nworkers", 2, "--nthreads", 1)
    where = ("--local-directory", folder, "--memory-limit", memory, "--host", "127.0.0.1")
    quiet = ("--no-dashboard",)
    with (
        process(*begin, *scheduler, *quiet, log=folder / "scheduler.log"),
        process(*begin, *worker, *where, *quiet, log=folder / "workers.log", **KEYS),
    ):
        with Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield address


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """Start an S3 store; give its address."""
    port = free_port()
    command = (MOTO, "-H", "127.0.0.1", "-p", port)
    with process(*command, log=folder / "store.log") as running:
        wait_for(f"http://127.0.0.1:{port}/moto-api/", running)
        yield f"http://127.0.0.1:{port}"
