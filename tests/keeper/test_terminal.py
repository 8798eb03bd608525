"""The command in terminals that cannot write every letter."""

import os
import subprocess
import sys

import pytest

from tests.conftest import DATA, HOME
from tests.keeper.test_verify import downloaded


def ran(*arguments, language, encoding):
    """Run the command as from a pipe; give its exit code and the bytes it wrote."""
    environment = os.environ | {
        "INCIDENTS_DATA": str(DATA),
        "LC_ALL": language,
        "PYTHONIOENCODING": encoding,
    }
    command = [sys.executable, "-m", "keeper", *arguments]
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii"])
def test_what_a_terminal_cannot_write_is_replaced_and_the_answer_stays(package, tmp_path, encoding):
    path = downloaded(package, tmp_path)
    code, out, err = ran("verify", str(path), language="ky", encoding=encoding)
    assert (code, err) == (0, b"")
    assert b"?" in out  # ү, or every letter
    code, out, err = ran("verify", str(path / "none"), language="ky", encoding=encoding)
    assert (code, out) == (2, b"")
    assert b"Traceback" not in err
    assert b"?" in err


@pytest.mark.parametrize(
    "arguments", [("quality",), ("--help",)], ids=lambda arguments: arguments[0]
)
def test_tables_and_help_are_written_to_an_old_terminal(arguments):
    assert ran(*arguments, language="en", encoding="cp866")[::2] == (0, b"")
    assert ran(*arguments, language="ky", encoding="ascii:strict")[::2] == (0, b"")
