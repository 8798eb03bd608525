"""A copy of what the database holds, in a folder of this process alone, kept up to date.

A thread asks the database every few seconds, so that no reader waits for one that hangs or is
gone: they read the folder. It is replaced in one step, so that nobody reads half of two releases.
"""

import fcntl
import logging
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Event, Thread
from typing import TYPE_CHECKING
from weakref import finalize

from loaders.held import Held, Unusable

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

PAUSE = 2.0
"""Seconds from one answer of the database to the next question."""
SILENT = timedelta(seconds=10)
"""After how long a database that says nothing counts as away."""
FIRST = 12.0
"""How many seconds the first reader waits for the first answer."""
NAMED = "incidents-copy-"
"""How the names of such folders begin."""
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Away:
    """A database that cannot be read now: why, and when it was read last, if ever."""

    why: str
    heard: datetime | None


class Mirror:
    """The copy, and how the database does."""

    def __init__(self, address: str) -> None:
        """Take the address of a database; nothing is asked yet."""
        self._address = address
        _clear_away()
        self._home = Path(mkdtemp(prefix=NAMED))
        finalize(self, shutil.rmtree, self._home, ignore_errors=True)
        self._folder = self._home / "data"
        self._mark = self._why = ""
        self._heard: datetime | None = None
        self._answered, self._stopped = Event(), Event()
        self._thread = Thread(target=self._run, name="mirror", daemon=True)
        lock = os.open(self._home, os.O_RDONLY)
        finalize(self, os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_SH)  # whoever clears away old files leaves it alone

    def start(self) -> "Mirror":
        """Ask from now on, in a thread of its own."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ask no more, after the question that is on its way; the copy goes with this object."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()
        if "_engine" in vars(self):
            self._engine.dispose()

    def directory(self) -> Path | None:
        """Give the folder of the copy; None as long as nothing could be read."""
        self._answered.wait(FIRST)
        return self._folder if self._folder.exists() else None

    def away(self) -> Away | None:
        """Say why the database cannot be read; None where it answered lately."""
        if self._why:
            return Away(self._why, self._heard)
        late = self._heard is None or datetime.now(UTC) - self._heard > SILENT
        return Away("away", self._heard) if late else None

    def ask(self) -> None:
        """Ask once, and bring what has changed. What goes wrong is kept and told, not raised."""
        from loaders.database import read, state

        try:
            if state(self._engine) != self._mark:
                self._bring(read(self._engine))
        except Unusable as problem:
            self._fails(problem.why)
        except OSError as error:
            self._fails("no_room", error)
        except Exception as error:
            self._fails("away", error)
        else:
            self._heard, self._why = datetime.now(UTC), ""
        self._answered.set()

    @cached_property
    def _engine(self) -> "Engine":
        from loaders.database import engine

        return engine(self._address)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.ask()
            self._stopped.wait(PAUSE)

    def _bring(self, held: Held) -> None:
        """Put what is held in the place of the copy, in one step. Raises `OSError`."""
        fresh, link = Path(mkdtemp(dir=self._home)), self._home / "link"
        try:
            held.write(fresh)
            link.unlink(missing_ok=True)
            link.symlink_to(fresh, target_is_directory=True)
            before = self._folder.resolve()
            link.replace(self._folder)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._mark = held.mark
        if before != self._folder:
            shutil.rmtree(before, ignore_errors=True)

    def _fails(self, why: str, error: Exception | None = None) -> None:
        """Keep why, and log it once. What an error says may hold an address: its kind is told."""
        if why != self._why:
            kind = type(error).__name__ if error else ""
            LOG.error("The database cannot be read: %s %s", why, kind)
        self._why = why


def _clear_away() -> None:
    """Delete the copies of processes that were killed: nobody holds their locks any more."""
    for path in Path(gettempdir()).glob(f"{NAMED}*"):
        if path.is_symlink() or path.stat().st_uid != os.geteuid():
            continue
        lock = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
        except BlockingIOError:  # somebody reads it
            pass
        finally:
            os.close(lock)
