"""A PostgreSQL of the tests' own, in a temporary folder, with the accounts that the docs make."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg

from tests.browser.serving import HOME, free_port

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
"""Debian keeps the programs of a server out of the path."""
INITDB = shutil.which("initdb", path=f"{os.environ['PATH']}:{BIN}")
PASSWORDS = {
    "KEEPER_PASSWORD": "keeper-made-up",
    "READER_PASSWORD": "reader/made-up",
    "TEAM_PASSWORD": "team-made-up",
}
ACCOUNTS = "\n".join(
    re.findall(
        r"^```sql\n(.*?)^```", (HOME / "docs" / "database.md").read_text("utf-8"), re.M | re.S
    )
)


class Server:
    """One server: it can be started, killed and made to hang."""

    def __init__(self, home: Path) -> None:
        self.home, self.data, self.port = home, home / "cluster", free_port()
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
            home.chmod(0o755)
        self._run("initdb", "-A", "scram-sha-256", "--auth-local=trust", "-N", "-D", self.data)
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.home}"
        self._run("pg_ctl", "-w", "-D", self.data, "-l", self.home / "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop")

    def kill(self) -> None:
        """End every process of it in the middle of what it does."""
        self._signal(signal.SIGKILL)

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def as_superuser(self, sql: str) -> str:
        command = ["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", self.home, "-p", self.port]
        return self._run(*command, "-d", "postgres", input=sql)

    def url(self, account: str, database: str = "incidents", host: str = "127.0.0.1") -> str:
        password = PASSWORDS[f"{account.upper()}_PASSWORD"].replace("/", "%2F")
        return f"postgresql://incidents_{account}:{password}@{host}:{self.port}/{database}"

    def connection(self, account: str, database: str = "incidents") -> psycopg.Connection:
        return psycopg.connect(self.url(account, database), autocommit=True)

    def _signal(self, number: int) -> None:
        if not (self.data / "postmaster.pid").exists():
            return
        server = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        processes = [server, *server.children(recursive=True)]
        for process in processes:
            process.send_signal(number)
        if number == signal.SIGKILL:
            psutil.wait_procs(processes, timeout=30)

    def _run(self, program: str, *arguments: object, input: str = "") -> str:
        command = [str(BIN / program if BIN else program), *map(str, arguments)]
        if os.geteuid() == 0:  # a server does not run as root
            command = ["runuser", "-u", "postgres", "--", "env", "-C", "/", *command]
        environment = {**os.environ, **PASSWORDS}
        # not a pipe: the server would hold it open
        with (self.home.parent / f"{program}.said").open("w+") as said:
            subprocess.run(
                command, input=input, text=True, check=True, stdout=said, env=environment
            )
            said.seek(0)
            return said.read()


@contextmanager
def running() -> Iterator[Server]:
    """Run a server with the accounts of docs/database.md."""
    with TemporaryDirectory(prefix="postgres-") as scratch:
        Path(scratch).chmod(0o755)
        home = Path(scratch) / "home"
        home.mkdir()
        made = Server(home)
        try:
            made.as_superuser(ACCOUNTS)
            yield made
        finally:
            made.go_on()
            made.kill()


EMPTY = (
    "DO $$ DECLARE name text; BEGIN FOR name IN SELECT tablename FROM pg_tables "
    "WHERE schemaname = 'public' LOOP "
    "EXECUTE format('DROP TABLE %I CASCADE', name); END LOOP; END $$"
)


def emptied(server: Server, database: str = "incidents") -> None:
    """Take away all tables, whoever made them."""
    server.as_superuser(f"\\connect {database}\n{EMPTY}")
