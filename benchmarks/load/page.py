"""The results as a section of docs/benchmarks.md."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TOO_LONG = 3.0
"""Seconds that a step may take at most, for 95 of 100."""
HOW = (
    "Each reader is a session that speaks Streamlit's own messages over a websocket and takes a "
    "step every 30 s (± 50 %): a donor, a journalist, an advocate or a data keeper, in three "
    "languages. Every page must be word for word what a lone reader is sent of one release and of "
    "the filter that this reader has set, every popular answer byte for byte. Requests go to API "
    "and light pages, 90 % to 50 addresses, and do not wait for one another; seconds count from "
    "when they were due. The crowd runs on the same machine; where it takes more than half a core "
    "the run is void. Memory is flat where its slope in the second half is not above its own 95 % "
    "interval, from the means of ten parts of that half."
)


def page(results: Mapping[str, Any]) -> str:
    """Write what was measured as Markdown."""
    on = results["machine"]
    parts = [
        "## A crowd, and what may befall it\n",
        f"{on['date']}, {on['cores']} cores, {on['memory']}, Python {on['python']}, "
        f"{on['processes']} processes behind nginx: `make load`.\n",
        HOW + "\n",
    ]
    if "crowd" in results:
        parts += [_crowd(results["crowd"])]
    if "more" in results:
        parts += ["### More readers\n", _more(results["more"])]
    if "faults" in results:
        parts += ["### Faults under that load\n", _faults(results["faults"])]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _crowd(found: Mapping[str, Any]) -> str:
    rows = [
        (
            door,
            each["answers"],
            f"{each['median']:.2f}",
            f"{each['p95']:.2f}",
            *(each.get(what, 0) for what in ("busy", "lost", "wrong")),
        )
        for door, each in found["doors"].items()
    ]
    head = ("door", "answers", "median, s", "p95, s", "503 with Retry-After", "lost", "wrong")
    return _table(head, rows) + f"\n{_of_all(found)}\n"


def _of_all(found: Mapping[str, Any]) -> str:
    cores = ", ".join(f"{name} {value}" for name, value in found["cores"].items())
    memory, void = found["memory"], " **This run is void.**" if found["void"] else ""
    said = [
        f"{found['readers']} readers and {found['rate']:.0f} requests a second for "
        f"{found['seconds']} s. Cores: {cores}; the crowd itself {found['own']}.{void}"
    ]
    if memory.get("slope") is not None:
        flat = "flat" if memory["flat"] else "**not flat**"
        said.append(
            f"Memory of the processes together: {memory['first']} MB at first, {memory['last']} "
            f"at the end; in the second half {memory['slope']:+} MB a minute, ± {memory['noise']} "
            f"of noise: {flat}."
        )
    said += [f"{name}: {times}." for name, times in found["wrong"].items()]
    said.append(f"Missed: {'; '.join(found['missed']) or 'nothing'}.")
    return " ".join(said)


def _more(rounds: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for each in rounds:
        doors = each["doors"]
        late = [f"{doors.get(name, {}).get('p95', 0):.2f}" for name in WAITED]
        away = doors.get("first HTML", {}).get("busy", 0)
        own = f"{each['own']}{' (void)' if each['void'] else ''}"
        rows.append((each["readers"], f"{each['rate']:.0f}", *late, away, own))
    head = ("readers", "requests/s", *(f"p95 {name}, s" for name in WAITED), "503", "crowd's cores")
    return f"{_table(head, rows)}\n{_where(rounds[-1])}\n"


def _where(last: Mapping[str, Any]) -> str:
    """Say with which crowd it ended, and why."""
    crowd = f"{last['readers']} readers and {last['rate']:.0f} requests a second"
    if last["doors"].get(WAITED[0], {}).get("p95", 0) > TOO_LONG:
        return f"With {crowd} p95 of a reader's step passed {TOO_LONG:.0f} s."
    if (away := last["doors"].get("first HTML", {}).get("busy", 0)) > 0:
        return f"With {crowd} new readers were told {away} times to come back; p95 had not passed."
    return f"With {crowd} p95 of a reader's step had not passed {TOO_LONG:.0f} s."


WAITED = ("a reader's step", "API", "light page")


def _faults(found: Sequence[Mapping[str, Any]]) -> str:
    head = (
        "fault",
        "what readers of pages saw",
        "at API and light pages",
        "mended after, s",
        "pages right after, s",
        "API and light pages right after, s",
        "missed",
    )
    rows = [
        (
            each["fault"],
            _counted(each["pages"]),
            _counted(each["plain"]),
            each["mended"],
            each["pages right after"],
            each["plain right after"],
            "; ".join(each["missed"]) or "nothing",
        )
        for each in found
    ]
    return _table(head, rows)


def _counted(seen: Mapping[str, int]) -> str:
    return ", ".join(f"{what}: {times}" for what, times in seen.items())
