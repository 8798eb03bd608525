"""Every server that is measured: how it is started, and how it ends although it is busy."""

import os
import ssl
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import xstatic.pkg.leaflet as leaflet

from tests.browser.serving import FLAGS, HOME, free_port, wait_for

RIVALS = HOME / "benchmarks" / "rivals"
PINNED = (
    "dash==4.4.1",
    "plotly==7.1.0",
    "pandas==3.1.1",
    "gunicorn==27.0.1",
    "datasette==0.65.5",
    "datasette-cluster-map==0.18.2",
    "XStatic-jQuery==3.7.1.1",
    "XStatic-Leaflet-MarkerCluster==1.4.1.1",
)
"""What rivals need and the project does not; never among its requirements."""
TILE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0"
    b"\1\0\0\5\0\1\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)
Served = tuple[str, int]
"""An address and the id of its process."""


@contextmanager
def running(
    command: Sequence[str | Path], ready: str, port: int, home: Path = HOME, **settings: str
) -> Iterator[Served]:
    """Start a server and wait until its path `ready` answers; what is busy at the end is killed."""
    server = subprocess.Popen(
        [*map(str, command)],
        cwd=home,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(f"http://localhost:{port}/{ready}", server)
        yield f"http://localhost:{port}", server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, 9)
            server.wait()


@contextmanager
def streamlit(
    script: str, home: Path = HOME, python: str | Path = sys.executable, **settings: str
) -> Iterator[Served]:
    """Serve a script with `streamlit run`, and with the settings that lie in its folder."""
    port = free_port()
    command = [python, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.fileWatcherType", "none"]  # nobody edits
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command += ["--browser.serverAddress", "localhost"]  # else it asks a host outside for it
    with running(command, "_stcore/health", port, home, **settings) as served:
        yield served


@contextmanager
def beside(**settings: str) -> Iterator[Served]:
    """Serve the dashboard with all its doors, as `make run` does."""
    port = free_port()
    command = [sys.executable, "-m", "web", "--port", str(port)]
    with running(command, "_stcore/health", port, **settings) as served:
        yield served


@contextmanager
def dash(programs: Path, **settings: str) -> Iterator[Served]:
    """Serve the page of Dash."""
    port = free_port()
    command = [programs / "gunicorn", "dash_page:server", "--bind", f"localhost:{port}"]
    command += ["--workers", "1", "--threads", "4", "--timeout", "600"]
    with running(command, "", port, RIVALS, **settings) as served:
        yield served


def installed(folder: Path) -> Path:
    """Install what rivals need into a folder of their own; give the folder of their programs."""
    folder = folder.resolve()
    if not folder.exists():
        venv.create(folder, with_pip=True)
    command = [folder / "bin" / "python", "-m", "pip", "install", "-q", *PINNED]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return folder / "bin"


class _Elsewhere(BaseHTTPRequestHandler):
    """Answers for every other host: what a map needs of it, and empty files for the rest."""

    protocol_version = "HTTP/1.1"
    files: Mapping[str, Path]

    def do_GET(self) -> None:
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        found = self.files.get(name)
        kind = {"js": "text/javascript", "css": "text/css"}.get(
            name.rsplit(".", 1)[-1], "image/png"
        )
        body = found.read_bytes() if found else (TILE if kind == "image/png" else b"")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=86400")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _files(programs: Path) -> dict[str, Path]:
    """Find what pages load from other hosts: Leaflet, jQuery, clusters, by the names they use."""
    (packages,) = programs.parent.glob("lib/python*/site-packages/xstatic/pkg")
    folders = [Path(leaflet.BASE_DIR), Path(leaflet.BASE_DIR) / "images"]
    folders += [packages / name / "data" for name in ("jquery", "leaflet_markercluster")]
    found = {path.name: path for folder in folders for path in folder.iterdir()}
    return found | {
        "jquery-3.7.1.min.js": found["jquery.min.js"],
        # where its style comes late, Leaflet asks for its icons under these names
        "distmarker-icon.png": found["marker-icon.png"],
        "distmarker-shadow.png": found["marker-shadow.png"],
    }


@contextmanager
def elsewhere(programs: Path, folder: Path) -> Iterator[list[str]]:
    """Answer from here for every other host; give the flags that lead a Chromium here."""
    key, mark = folder / "elsewhere.key", folder / "elsewhere.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=elsewhere", "-keyout", str(key), "-out", str(mark)]
    subprocess.run(made, check=True, capture_output=True)
    handler = type("Elsewhere", (_Elsewhere,), {"files": _files(programs)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safe.load_cert_chain(mark, key)
    server.socket = safe.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        rule = f"MAP * 127.0.0.1:{server.server_port}, EXCLUDE localhost"
        yield [*FLAGS, f"--host-resolver-rules={rule}", "--ignore-certificate-errors"]
    finally:
        server.shutdown()
