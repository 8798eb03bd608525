"""One size: first visits, filter changes and what they cost the server, of every contestant."""

import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psutil
from playwright.sync_api import Browser, BrowserType, Page
from playwright.sync_api import Error as PlaywrightError

from benchmarks import timing
from benchmarks.contestants import ALONE, SERVERS, TURNS, Contestant, Setup
from benchmarks.material import Made
from benchmarks.results import (
    ASKED,
    BROKE,
    CHANGE,
    CPU,
    HEARD,
    SESSION,
    UNFINISHED,
    UNTRIED,
    VISIT,
    Results,
)
from benchmarks.servers import Served
from tests.browser.serving import CHROMIUM

WARM_UP = 2
BUDGET = 45.0
"""Seconds that one page may take for one figure: it is measured fewer times then."""
SLOW = 3.0
"""Seconds from which on a change counts though it is one of the first: little is left to warm."""
AFTER = 200
"""Milliseconds between what is done: a server's work after its answer is its cost, too."""
LOADING = 10_000
"""Incidents a second: so long may a server take beside its limit for what is no figure."""


@dataclass
class Runner:
    """A contestant at one size: where it is served, its open page, and what was measured."""

    who: Contestant
    size: int
    served: Served
    kept: list[Page] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    steps: list[tuple[float, float]] = field(default_factory=list)
    spent: float = 0.0
    failed: bool = False

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"{self.served[0]}/{self.who.path}"

    def visit(self, browser: Browser, limit: float) -> float:
        """Visit it in a session of its own, and stay."""
        page = timing.tab(browser)
        taken = timing.visit(page, self.address, self.who.seen, limit)
        self.kept.append(page)
        return taken

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Count what it takes; note where it does not finish."""
        begun = time.monotonic()
        try:
            yield
        except PlaywrightError as error:
            self.failed = True
            print(f"{self.who.name}: {str(error).splitlines()[0]}", file=sys.stderr)
        self.spent += time.monotonic() - begun


def raced(
    chromium: BrowserType,
    flags: list[str],
    group: Sequence[Contestant],
    made: Made,
    setup: Setup,
    found: Results,
) -> None:
    """Measure contestants in turns, each server started once, and keep what was found."""
    made.chosen()
    with ExitStack() as stack:
        names = dict.fromkeys(who.server for who in group)
        served = {name: stack.enter_context(SERVERS[name](made, setup)) for name in names}
        runners = [Runner(who, made.size, served[who.server]) for who in group]
        browser = chromium.launch(executable_path=CHROMIUM, args=flags)
        stack.callback(browser.close)
        for runner in runners:
            _woken(browser, runner, made, setup.limit)
        held = {name: resident(pid) for name, (_, pid) in served.items()}
        _visited(browser, runners, setup)
        for runner in runners if setup.visits else []:
            _keep(found, VISIT, runner, runner.visits)
        for name, (_, pid) in served.items():
            sessions = sum(len(each.visits) for each in runners if each.who.server == name)
            if sessions:
                each = (resident(pid) - held[name]) / sessions
                found.add(SESSION, name, made.size, [each])
        for runner in runners:
            for page in runner.kept[1:]:
                page.context.close()
        _changed(runners, made, setup)
        for runner in runners:
            _keep(found, CHANGE, runner, runner.changes)
            if not runner.failed:
                found.add(CPU, runner.who.name, made.size, runner.cpu)
                for at, what in enumerate((ASKED, HEARD) if runner.steps else ()):
                    found.add(what, runner.who.name, made.size, [each[at] for each in runner.steps])


def _keep(found: Results, what: str, runner: Runner, values: list[float]) -> None:
    note = UNFINISHED if runner.failed else ""
    found.add(what, runner.who.name, runner.size, [] if note else values, note)


def _woken(browser: Browser, runner: Runner, made: Made, limit: float) -> None:
    """Visit once for nothing: all is loaded then."""
    with runner.spending():
        runner.visit(browser, limit + made.size / LOADING)


def _visited(browser: Browser, runners: list[Runner], setup: Setup) -> None:
    for runner in runners:
        runner.spent = 0
    for _ in range(min(setup.visits, setup.times)):
        for runner in _going(runners):
            with runner.spending():
                runner.visits.append(runner.visit(browser, setup.limit))


def _changed(runners: list[Runner], made: Made, setup: Setup) -> None:
    for runner in runners:
        runner.spent = 0
    for turn in range(setup.times + WARM_UP):
        for runner in _going(runners):
            if turn < runner.who.times + WARM_UP:
                _change(runner, made, turn, setup.limit)


def _change(runner: Runner, made: Made, turn: int, limit: float) -> None:
    """Change a filter once. What is slow is not asked to warm up."""
    who, page, pid = runner.who, runner.kept[0], runner.served[1]
    with runner.spending():
        if who.again is not None:
            timing.visit(page, runner.address + who.again, who.seen, limit + made.size / LOADING)
        page.set_default_timeout(limit * 1000)
        begun = processor(pid)
        taken = timing.change(page, who.seen, lambda: who.act(page, made, turn))
        steps = timing.steps(page)
        page.keyboard.press("Escape")  # closes a list of options
        page.wait_for_timeout(AFTER)
        if turn >= WARM_UP or taken > SLOW:
            runner.changes.append(taken)
            runner.cpu.append(processor(pid) - begun)
            runner.steps += [steps] if steps else []


def sized(
    chromium: BrowserType,
    flags: list[str],
    who: Sequence[Contestant],
    made: Made,
    setup: Setup,
    found: Results,
) -> None:
    """Measure one size: some in turns, the others alone. Who failed with fewer is not tried."""
    failed = {each.who for each in found.figures if each.note in (UNFINISHED, UNTRIED)}
    for each in (each for each in who if each.name in failed):
        for what in (VISIT, CHANGE):
            found.add(what, each.name, made.size, [], UNTRIED)
    tried = [each for each in who if each.name not in failed]
    turns = [each for each in TURNS if each in tried]
    for group in filter(None, (turns, *([each] for each in ALONE if each in tried))):
        try:
            raced(chromium, flags, group, made, setup, found)
        except Exception as error:  # whatever it is: the others are measured all the same
            traceback.print_exc()
            for each in group:
                found.add(CHANGE, each.name, made.size, [], f"{BROKE}: {type(error).__name__}")


def _going(runners: Iterable[Runner]) -> list[Runner]:
    return [each for each in runners if not each.failed and each.spent < BUDGET]


def processor(pid: int) -> float:
    """Give the seconds of processor time that a process and its children have taken."""
    parent = psutil.Process(pid)
    times = [each.cpu_times() for each in (parent, *parent.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def resident(pid: int) -> float:
    """Give the megabytes that a process and its children hold."""
    parent = psutil.Process(pid)
    held = [each.memory_info().rss for each in (parent, *parent.children(recursive=True))]
    return sum(held) / 2**20
