"""How many answers a second one, two and four processes behind nginx give.

`python -m benchmarks.processes`. wrk asks on the same machine and takes a share of its cores; the
limit for one reader is taken out.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from tests.browser.serving import free_port
from tests.deploy.serving import behind_nginx

SECONDS, OPEN = 5, 16
"""How long each is asked, and on how many connections."""
ASKED = {
    "a light page that nginx holds": "/light/trends?data=media&lang=en",
    "a light page made anew": "/light/records?q=NUMBER",
    "an answer of the API made anew": "/api/v1/counts.json?by=year&q=NUMBER",
    "the first HTML of a page": "/map?data=media&lang=en",
}
SCRIPT = """
local n = math.random(1000000)
request = function()
  n = n + 1
  return wrk.format("GET", (string.gsub("{path}", "NUMBER", n)))
end
"""


def answers(address: str, path: str, folder: Path) -> tuple[float, int]:
    """Give the answers a second, and how many were none."""
    script = folder / f"{free_port()}.lua"
    script.write_text(SCRIPT.replace("{path}", path), encoding="utf-8")
    wrk = ["wrk", "-t1", f"-c{OPEN}", f"-d{SECONDS}s", "-s", script, address]
    said = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    return float(rate[1]) if rate else 0.0, int(failed[1]) if failed else 0


def main() -> None:
    """Print the table of docs/deploy.md."""
    rates: dict[str, list[str]] = {what: [] for what in ASKED}
    for processes in (1, 2, 4):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            with behind_nginx(folder, processes, limited=False) as site:
                for what, path in ASKED.items():
                    answers(site.address, path, folder)  # once for nothing: all is loaded then
                    rate, failed = answers(site.address, path, folder)
                    rates[what].append(f"{rate:.0f}" + (f" ({failed} failed)" if failed else ""))
    print("| answers a second | 1 process | 2 | 4 |\n| --- | ---: | ---: | ---: |")
    for what, found in rates.items():
        print(f"| {what} | {' | '.join(found)} |")


if __name__ == "__main__":
    main()
