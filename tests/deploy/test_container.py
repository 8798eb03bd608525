"""The steps of the Containerfile, as they stand, in a root of Debian's that is then read-only.

No image is made and no container runs: what is tried, with bwrap, is that the steps lead to a
dashboard that works as nobody, without rights, in a root that cannot be written.
"""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.serving import HOME, free_port, wait_for
from tests.browser.walking import visit
from tests.web.conftest import ask

TOOLS = ("bwrap", "debootstrap")
TEXT = (HOME / "deploy" / "Containerfile").read_text(encoding="utf-8")
ASIDE = (HOME / ".dockerignore").read_text(encoding="utf-8").split()
ALONE = ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]  # noqa: S108
KEPT_IN_MEMORY = yaml.safe_load((HOME / "deploy" / "compose.yaml").read_text())["services"]["web"][
    "tmpfs"
]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What engines of containers set."""
NAMES = ("--ro-bind", "/etc/resolv.conf", "/etc/resolv.conf")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)) or os.geteuid() != 0,
        reason=f"a root of Debian's needs {' and '.join(TOOLS)}, and root",
    ),
]


def steps(stage: int) -> list[tuple[str, str]]:
    """Give the instructions of one of the images, each with what stands behind it."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE))
    found = re.split(r"^(?=FROM )", joined, flags=re.MULTILINE)[1:][stage]
    return [tuple(line.split(" ", 1)) for line in found.splitlines() if line]


def of_this_machine() -> list[str]:
    """Let pip find packages where it finds them on this machine."""
    named = [value for name, value in os.environ.items() if name.startswith("PIP_")]
    places = ["/etc/pip.conf", *(value for value in named if Path(value).is_absolute())]
    return [word for each in places if Path(each).exists() for word in ("--ro-bind", each, each)]


def copied(source: str, target: Path) -> None:
    """Copy from the repository what an image may hold."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        inner = Path(folder).relative_to(HOME)
        return {
            name
            for name in names
            for pattern in ASIDE
            if fnmatch.fnmatch(str(inner / name), pattern)
            or (pattern.startswith("**/") and name == pattern[3:])
        }

    if (HOME / source).is_file():
        shutil.copy(HOME / source, target)
    else:
        shutil.copytree(HOME / source, target, ignore=left_out, dirs_exist_ok=True)


class Image:
    """What the steps of one image lead to: a root, and how it is run."""

    def __init__(self, root: Path, stage: int) -> None:
        self.root, self.at, self.user = root, "/", "0:0"
        self.settings: dict[str, str] = {}
        self.said: dict[str, list[str]] = {}
        for name, rest in steps(stage):
            getattr(self, f"_{name.lower()}")(rest)

    def _from(self, _rest: str) -> None:
        made = ["debootstrap", "--variant=minbase", "bookworm", self.root]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)

    def _run(self, command: str) -> None:
        pip = of_this_machine() if "pip install" in command else []
        rights = ["--bind", self.root, "/", *ALONE, *NAMES, *pip, "--cap-add", "ALL"]
        inside = ["bwrap", *rights, "--chdir", self.at, "sh", "-c", command]
        said = subprocess.run(inside, check=False, capture_output=True, text=True)
        assert said.returncode == 0, f"{said.stdout}{said.stderr}"

    def _workdir(self, path: str) -> None:
        self.at = path
        self._inside(path).mkdir(parents=True)

    def _copy(self, rest: str) -> None:
        source, target = rest.split()
        copied(source, self._inside(str(Path(self.at) / target)))

    def _env(self, rest: str) -> None:
        self.settings |= dict(each.split("=", 1) for each in shlex.split(rest))

    def _user(self, rest: str) -> None:
        self.user = rest

    def _healthcheck(self, rest: str) -> None:
        self.said["health"] = json.loads(rest.partition("CMD ")[2])

    def _cmd(self, rest: str) -> None:
        self.said["command"] = json.loads(rest)

    def _inside(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def command(self, wanted: list[str], *more: str, **settings: str) -> list[str]:
        """Give the command that runs something in the root as it is read only."""
        user, group = self.user.split(":")
        named = {"PATH": PATH, **self.settings, **settings}
        told = [word for pair in named.items() for word in ("--setenv", *pair)]
        as_user = ["--unshare-user", "--uid", user, "--gid", group] if user != "0" else []
        bound = ["bwrap", "--ro-bind", str(self.root), "/", *ALONE, "--clearenv", *told, *as_user]
        apart = [
            "--die-with-parent",
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-uts",
            "--chdir",
            self.at,
        ]
        return [*bound, *apart, *more, *wanted]

    @contextmanager
    def running(self, log: Path, *more: str, **settings: str):
        with log.open("ab") as said:
            command = self.command(self.said["command"], *more, **settings)
            started = subprocess.Popen(command, stdout=said, stderr=said)
            try:
                yield started
            finally:
                started.terminate()
                started.wait(timeout=60)


@pytest.fixture(scope="module")
def dashboard_image(tmp_path_factory):
    return Image(tmp_path_factory.mktemp("dashboard") / "root", 1)


def test_the_steps_lead_to_a_dashboard_that_works_as_nobody_and_writes_nothing(
    dashboard_image, page, tmp_path
):
    image, port = dashboard_image, str(free_port())
    address = f"http://127.0.0.1:{port}"
    health = image.command(image.said["health"], PORT=port)
    assert subprocess.run(health, check=False).returncode == 1
    with image.running(tmp_path / "log", PORT=port) as started:
        wait_for(f"{address}/healthz", started)
        assert subprocess.run(health, check=False).returncode == 0
        visit(page, f"{address}/map?data=media")
        drawn = page.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")
        expect(drawn.first).to_be_visible()
        assert ask(f"{address}/api/v1/chart/trend.png").status == 200
        assert ask(f"{address}/api/v1/brief.pdf").status == 200
        page.goto(f"{address}/check")
        expect(page.locator("code").first).to_contain_text("keeper check")  # takes no file
        page.goto("about:blank")
    assert (tmp_path / "log").read_text(encoding="utf-8").count("Error") == 0
    written = image.command(["sh", "-c", "touch data/x || touch /x || id -u"])
    told = subprocess.run(written, check=False, capture_output=True, text=True)
    assert told.stdout.strip() == "65534"
    assert not (image.root / "opt/incidents/tests").exists()
    assert not (image.root / "opt/incidents/.git").exists()


def test_nginx_of_the_other_image_takes_the_site_in_a_root_it_cannot_write(tmp_path):
    image = Image(tmp_path / "root", 0)
    kept = [word for each in KEPT_IN_MEMORY for word in ("--tmpfs", each)]
    command = image.command([*image.said["command"], "-t"], *kept)
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
