"""Wait for the data of the process on a port: healthy.py PORT [TRIES] [BASE]. Else end with 1."""

import sys
import time
import urllib.request


def healthy(url: str) -> bool:
    """Say whether the process has read its data."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  # on this machine
            return bool(answer.status == 200)
    except OSError:
        return False


def main(port: str, tries: str = "60", base: str = "") -> int:
    """Ask once a second."""
    path = "/".join(filter(None, (base.strip("/"), "healthz")))
    for left in reversed(range(int(tries))):
        if healthy(f"http://127.0.0.1:{port}/{path}"):
            return 0
        time.sleep(1 if left else 0)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
