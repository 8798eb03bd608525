"""What is withdrawn is gone from nginx, all processes and browsers within a minute."""

import subprocess
import sys
import threading
from time import monotonic

import pytest

from tests.browser.serving import HOME
from tests.deploy.serving import behind_nginx
from tests.web.conftest import ask

WITHIN = 60
RECORD = "M-0105"
ADDRESSES = (f"/light/records?id={RECORD}", f"/api/v1/incidents/{RECORD}.json")


def age(reply) -> int:
    """Give how many seconds a browser may show a reply without asking again."""
    kept = reply.headers["Cache-Control"].partition("max-age=")[2]
    return int(kept.partition(",")[0] or 0)


@pytest.mark.long
def test_a_withdrawal_is_gone_within_a_minute(tmp_path, copy):
    with behind_nginx(tmp_path, processes=2, INCIDENTS_DATA=str(copy)) as site:
        asked = [f"{site.address}{path}" for path in ADDRESSES]
        shown = [ask(address) for address in asked]
        assert [reply.status for reply in shown] == [200, 200]
        withdraw = [sys.executable, "-m", "keeper", "withdraw", RECORD, "--reason", "request"]
        subprocess.run(withdraw, cwd=HOME, env={"INCIDENTS_DATA": str(copy)}, check=True)
        begun = seen = monotonic()
        waiting = set(asked)
        while waiting and seen < begun + WITHIN:
            threading.Event().wait(0.5)  # twice a second: more than that no reader may ask
            for address in list(waiting):
                reply = ask(address)
                assert reply.status in (200, 404, 410)
                if reply.status == 200 and "withdrawn" not in reply.text:
                    seen = max(seen, monotonic() + age(reply))  # a browser may show it so long
                else:
                    waiting.remove(address)
        assert not waiting
        assert seen - begun <= WITHIN
