"""The units of systemd: nothing is unknown or missing, and little is open to the process."""

import re
import shutil
import subprocess

import pytest

from tests.browser.serving import HOME, free_port, process

DEPLOY = HOME / "deploy"
MOST = 2.0
"""How open a process may be, from 0 to 10, as systemd reckons."""

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not installed"
)


@pytest.fixture
def units(tmp_path):
    """The units, for a dashboard that stands where this one does."""
    for name in ("incidents@.service", "incidents.target"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/opt/incidents", str(HOME)), encoding="utf-8")
    return tmp_path


def analysed(*words):
    return subprocess.run(
        ["systemd-analyze", *words], capture_output=True, text=True, check=False, timeout=60
    )


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(units):
    said = analysed("verify", units / "incidents@8501.service", units / "incidents.target")
    assert said.stderr == ""
    assert said.returncode == 0


@needs_systemd
def test_little_is_open_to_the_process(units):
    said = analysed("security", "--offline=true", units / "incidents@8501.service")
    assert float(re.search(r"level for \S+: ([\d.]+)", said.stdout)[1]) <= MOST


@pytest.mark.parametrize(("base", "asked"), [("", ()), ("kg/incidents", ("1", "kg/incidents"))])
def test_a_process_is_healthy_once_it_has_its_data_and_not_before(base, asked):
    def healthy(port, *more):
        wait = ["python3", DEPLOY / "healthy.py", str(port), *more]
        return subprocess.run(wait, check=False, timeout=60).returncode

    port = free_port()
    assert healthy(port, "1") == 1
    with process(base=base, port=port):
        assert healthy(port, *asked) == 0
