"""Start the dashboard behind nginx with the site of `deploy/`, as it is but for paths and ports."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.serving import HOME, free_port, process, wait_for
from tests.web.conftest import ask

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SITE = (HOME / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SHIPPED = ("8501", "8502")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/main.log warn;
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
{temporary}
    include {folder}/site.conf;
}}
"""


@dataclass
class Site:
    """A running nginx and the processes behind it, by port; `folder` holds all that is written."""

    address: str
    secure: str
    folder: Path
    base: str
    settings: dict[str, str]
    pid: int = 0
    within: Sequence[str] = ()
    running: dict[int, tuple[ExitStack, int]] = field(default_factory=dict)

    def start(self, port: int) -> None:
        """Start the process of a port, and wait until it has its data."""
        held = ExitStack()
        log = held.enter_context((self.folder / f"{port}.log").open("ab"))
        served = process(log=log, base=self.base, port=port, within=self.within, **self.settings)
        address, pid = held.enter_context(served)
        self.running[port] = held, pid
        assert ask(f"{address}/healthz").status == 200  # it has read its data

    def stop(self, port: int) -> None:
        """End the process of a port as a service is ended, and wait until it is gone."""
        self.running.pop(port)[0].close()

    def written(self) -> str:
        """Give all that nginx and the processes have logged."""
        return "".join(path.read_text(encoding="utf-8") for path in self.folder.rglob("*.log"))


def for_ports(ports: Iterable[int | str], listen: int, folder: Path) -> str:
    """Give the site for other ports and folders: where the first process stands, each stands."""
    lines: list[str] = []
    for line in SITE.splitlines():
        if SHIPPED[0] in line:
            lines += [line.replace(SHIPPED[0], str(port)) for port in ports]
        elif SHIPPED[1] not in line:
            lines.append(line)
    site = "\n".join(lines).replace("listen 80;", f"listen 127.0.0.1:{listen};")
    return site.replace("/var/log/nginx", str(folder)).replace("/run/", f"{folder}/")


def with_tls(site: str, listen: int, certificate: Path) -> str:
    """Give the site as it is once its lines on TLS are no comments any more."""
    site = re.sub(r"^ +# (listen|ssl_)", r"    \1", site, flags=re.MULTILINE)
    site = site.replace("listen 443", f"listen 127.0.0.1:{listen}")
    return re.sub(r"/etc/ssl/(certs|private)", str(certificate), site)


def configured(folder: Path, site: str) -> Path:
    """Write a configuration that holds the site, as a system's own does; give its path."""
    (folder / "site.conf").write_text(site, encoding="utf-8")
    kept = [f"    {name}_temp_path {folder}/temporary/{name};" for name in TEMPORARY]
    (folder / "temporary").mkdir(exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder of a test is closed to others
    path = folder / "nginx.conf"
    path.write_text(
        MAIN.format(user=user, folder=folder, temporary="\n".join(kept)), encoding="utf-8"
    )
    return path


@contextmanager
def behind_nginx(
    folder: Path,
    processes: int = 2,
    base: str = "",
    certificate: Path | None = None,
    limited: bool = True,
    within: Sequence[str] = (),
    **settings: str,
) -> Iterator[Site]:
    """Serve through nginx; each process is one that `deploy/incidents@.service` would start.

    With a `certificate` over TLS, too. Where nobody is `limited` one reader may ask for anything.
    The processes run `within` a command.
    """
    ports = [free_port() for _ in range(processes)]
    plain, tls = free_port(), free_port()
    address, secure = (
        f"{scheme}://localhost:{port}/{base}".rstrip("/")
        for scheme, port in (("http", plain), ("https", tls))
    )
    settings = {"TRUSTED_PROXIES": "127.0.0.1", **settings}
    site = Site(address, secure, folder, base, settings, within=within)
    with ExitStack() as held:
        for port in ports:
            site.start(port)
            held.callback(lambda port=port: port in site.running and site.stop(port))
        text = for_ports(ports, plain, folder)
        if not limited:
            text = re.sub(r"^ *limit_req .*$", "", text, flags=re.MULTILINE)
        path = configured(folder, with_tls(text, tls, certificate) if certificate else text)
        server = subprocess.Popen([str(NGINX), "-c", path, "-e", folder / "main.log"])
        held.callback(server.wait, timeout=60)
        held.callback(server.terminate)
        site.pid = server.pid
        wait_for(f"{address}/healthz", server)
        yield site
