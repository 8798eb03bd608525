"""Our API against Datasette's under load, in one run: `python -m benchmarks --only api`.

8 connections of `wrk` ask for the rows of a selection as JSON, each of 2,000 selections once; then
the same address again, with its mark (304), and a file of ours of the same length.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from random import Random
from signal import SIGINT
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from benchmarks import datasette
from benchmarks.material import Made
from benchmarks.servers import beside, installed
from loaders import Package

LOADED, CONNECTIONS, SELECTIONS, SEED = 10_000, 8, 2_000, 11
SECONDS = 5
WRK = """
local paths, n = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local headers = {}
if os.getenv("MARK") ~= "" then headers["If-None-Match"] = os.getenv("MARK") end
function request()
  n = n + 1
  return wrk.format("GET", paths[(n - 1) % #paths + 1], headers)
end
function response(status)
  answered = (answered or 0) + 1
  if answered == #paths and os.getenv("ONCE") == "yes" then
    io.stderr:write("all\\n")
    wrk.thread:stop()
  end
end
function done(summary, latency)
  io.stdout:write(string.format("\\n@ %d %d %d %d\\n", latency:percentile(50),
    latency:percentile(95), summary.errors.status, summary.requests))
end
"""


def told(what: str, here: float, there: float) -> None:
    """Print both, and their ratio."""
    print(f"  ×{here / there:5.2f}  {here:7.1f} against {there:7.1f} ms  {what}", flush=True)


def selections(package: Package) -> list[list[tuple[str, str]]]:
    """Draw different selections, each of which finds at least one record."""
    random, held = Random(SEED), package.incidents  # noqa: S311  # no secret: the same each run
    used = {
        name: [
            code
            for code, n in zip(
                held.facets[name].codes, held.facets[name].count(held.counted, None), strict=True
            )
            if n
        ]
        for name in ("violation", "group", "region", "category")
    }
    years = range(2015, 2026)
    spans = [(str(a), str(b)) for a, b in product(years, years) if a <= b]
    found: dict[str, list[tuple[str, str]]] = {}
    while len(found) < SELECTIONS:
        names = random.sample(sorted(used), random.randint(1, 2))
        chosen = [(name, random.choice(used[name])) for name in names]
        chosen += zip(("from", "to"), random.choice(spans), strict=True)
        found[urlencode(chosen)] = chosen
    return list(found.values())


def pressed(host: str, paths: list[str], folder: Path, *, once: bool, mark: str = "") -> list[int]:
    """Ask for paths; give the microseconds of half and of 95 in a hundred answers."""
    script, listed = folder / "wrk.lua", folder / "paths"
    script.write_text(WRK)
    listed.write_text("\n".join(paths))
    program = shutil.which("wrk")
    if program is None:
        sys.exit("wrk is needed: it is a package of Debian of that name")
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{600 if once else SECONDS}s"]
    command += ["--timeout", "60s", "-s", str(script), host]
    said = {"PATHS": str(listed), "ONCE": "yes" if once else "", "MARK": mark}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=said, stdout=pipe, stderr=pipe, text=True) as asking:
        if once and asking.stderr is not None and asking.stderr.readline() == "all\n":
            asking.send_signal(SIGINT)  # wrk waits for its time to be over, whatever was answered
        told, _ = asking.communicate()
    half, most, errors, _ = map(int, told.rsplit("@", 1)[1].split())
    if errors:
        sys.exit(f"{errors} of {len(paths)} addresses of {host} were refused")
    return [half, most]


def main(n: int = LOADED) -> None:
    """Print what answers take under load, and the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = Made(n, folder / "made")
        programs = installed(folder / "rivals")
        with (
            beside(INCIDENTS_DATA=str(made.directory)) as (house, _),
            datasette.served(programs, made.database) as (rival, _),
        ):
            print(f"{CONNECTIONS} connections, {n:,} incidents generated:")
            loading(selections(made.package), house, rival, folder)


def loading(chosen: list[list[tuple[str, str]]], house: str, rival: str, folder: Path) -> None:
    """Print what answers take under load."""
    for each in chosen[:20]:
        agreed(house, rival, each)
    paths = [f"/api/v1/incidents.json?{urlencode(each)}" for each in chosen]
    theirs = [
        f"/{datasette.TABLE}.json?"
        + urlencode([*datasette.query(each), ("_shape", "objects"), ("_size", 100)])
        for each in chosen
    ]
    here = pressed(house, paths, folder, once=True)
    there = pressed(rival, theirs, folder, once=True)
    what = f"the rows of {SELECTIONS:,} selections as JSON"
    for part, a, b in zip(("median", "95 in 100"), here, there, strict=True):
        told(f"{what}, {part}", a / 1000, b / 1000)
    with urlopen(f"{house}{paths[0]}") as answer:  # noqa: S310  # our own server
        mark = answer.headers["ETag"]
    again = pressed(house, paths[:1], folder, once=False)
    same = pressed(house, paths[:1], folder, once=False, mark=mark)
    file = pressed(house, [still(house)], folder, once=False)
    told("the same address again, against a static file", again[0] / 1000, file[0] / 1000)
    told("the same address with its mark (304), against it", same[0] / 1000, file[0] / 1000)


def agreed(house: str, rival: str, chosen: list[tuple[str, str]]) -> None:
    """Make sure that both find as many."""
    asked = urlencode([*datasette.query(chosen), ("_size", 0)])
    with urlopen(f"{house}/api/v1/incidents.json?{urlencode(chosen)}&fields=n") as answer:  # noqa: S310  # as above
        here = json.load(answer)["n"]
    with urlopen(f"{rival}.json?{asked}") as answer:  # noqa: S310  # as above
        there = json.load(answer)["filtered_table_rows_count"]
    if here != there:
        sys.exit(f"{chosen}: {here} here, {there} there")


def still(house: str) -> str:
    """Find a file of ours that never changes: the style of light pages."""
    with urlopen(f"{house}/light/") as answer:  # noqa: S310  # as above
        page = answer.read().decode()
    return urlsplit(page.split('rel="stylesheet" href="')[1].split('"')[0]).path
