"""Start the dashboard with all its doors: python -m web [--port N] [--address A] [--base PATH]."""

import argparse
import os
import signal
import sys

from loaders.memory import be_sparing
from loaders.settings import BESIDE, CHECK, HOME, LARGEST, BadSetting, Settings
from web import metrics
from web.app import application


def main() -> None:
    """Serve until stopped."""
    wanted = argparse.ArgumentParser(prog="python -m web", description=__doc__)
    wanted.add_argument("--port", type=int, default=8501)
    wanted.add_argument("--address", default="localhost")
    wanted.add_argument("--base", default="", help="the path before every page")
    found = wanted.parse_args()
    try:
        settings = Settings()
        if settings.keeper_url:
            raise BadSetting("KEEPER_URL is for the keeper alone: start the dashboard without it")
    except BadSetting as error:
        wanted.error(str(error))
    base = found.base.strip("/")
    sys.argv = [str(HOME / "dashboard.py")]  # beside it Streamlit looks for its settings
    os.chdir(HOME)
    os.environ[BESIDE.variable] = "yes"
    if settings.known_here_alone(found.address):
        os.environ.setdefault(CHECK.variable, "on")
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.trusted_proxies)  # read by uvicorn
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # else nothing is cleared away at the end
    be_sparing()
    metrics.listen()
    application(f"/{base}" if base else "").run(
        config={
            "server.port": found.port,
            "server.address": found.address,
            "server.baseUrlPath": base,
            **({"server.maxUploadSize": LARGEST // 2**20} if Settings().check else {}),
            "server.fileWatcherType": "none",  # nobody edits a program that is served
            "browser.serverAddress": found.address,  # else Streamlit asks a host outside for it
        }
    )


if __name__ == "__main__":
    main()
