"""A crowd: so many tabs that act from time to time, and so many requests a second beside them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from benchmarks.load.asking import Client
from benchmarks.load.readers import LANGUAGES, Kind, Place, arriving, pause, popular, rare
from benchmarks.load.session import LOST, Busy, Session, when
from benchmarks.load.truth import Truth, of_body, wrong

POPULAR = 0.9
"""Which part of the requests asks for one of the popular addresses."""
PATIENT = (0.5, 1.0, 2.0, 4.0)
"""After how many seconds a tab tries again to get its line back; the last for ever on."""


@dataclass(frozen=True)
class Heard:
    """What a reader met: when, at which door, after how many seconds, and what it was.

    `what` is fine, busy (503 that says when to come again), lost (no answer, or the line is cut)
    or wrong, and `why` in what way. A fine one is of a `release`, perhaps with a `notice`;
    a tab has a `reader`.
    """

    at: float
    door: str
    seconds: float
    what: str
    why: str = ""
    release: str = ""
    notice: bool = False
    reader: int = -1


@dataclass
class Crowd:
    """`sessions` tabs, each acting every `every` seconds, and `rate` requests a second.

    `truths` say what is right, `labels` how the options of filters begin. `heard` grows.
    """

    site: str
    truths: Mapping[str, Truth]
    labels: Mapping[tuple[str, str, str], str]
    sessions: int
    every: float
    rate: float
    seed: int = 1
    languages: Sequence[str] = LANGUAGES
    heard: list[Heard] = field(default_factory=list)
    tabs: dict[int, Session] = field(default_factory=dict)

    async def stay(self, seconds: float) -> None:
        """Come, act and ask for so long, then leave. A fault of the crowd itself is raised."""
        async with Client(self.site) as self.client:
            coming = [asyncio.create_task(self._reader(n)) for n in range(self.sessions)]
            coming.append(asyncio.create_task(self._asking()))
            try:
                over, _ = await asyncio.wait(
                    coming, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION
                )
                for task in over:
                    task.result()
            finally:
                for task in coming:
                    task.cancel()
                leaving = (*coming, *(tab.close() for tab in self.tabs.values()))
                await asyncio.gather(*leaving, return_exceptions=True)

    async def _reader(self, number: int) -> None:
        kind, now, random = arriving(number, self.seed, self.languages)
        await asyncio.sleep(random.uniform(0, self.every))
        tab = self.tabs[number] = Session(self.site, now.path, now.params, number=number)
        await self._first(now)
        await self._opened(tab, now)
        while True:
            if not await self._waited(tab, pause(random, self.every)):
                await self._opened(tab, now)
                continue
            now = kind.next(now, random)
            begun = monotonic()
            try:
                seconds = await self._step(tab, kind, now)
            except LOST as error:
                self._hear("step", begun, "lost", type(error).__name__, reader=number)
                tab.path, tab.params = now.path, now.params
                await self._opened(tab, now)  # which makes the step
            else:
                self._seen(tab, "step", seconds, now)

    async def _step(self, tab: Session, kind: Kind, wanted: Place) -> float:
        """Follow a link to another page, or set the filter beside this one."""
        if wanted.path != tab.path:
            return await tab.go(wanted.path, wanted.params)
        code = dict(wanted.chosen).get(kind.facet, "")
        return await tab.choose(
            kind.facet, self.labels[kind.facet, code, wanted.lang] if code else ""
        )

    async def _first(self, wanted: Place) -> None:
        """Ask for the first HTML of a page, until the server has room for a reader."""
        while True:
            begun = monotonic()
            try:
                answer = await self.client.get(f"/{wanted.path}?{wanted.query}")
                if answer.status == 200:
                    self._hear("first", begun, "fine")
                    return
                if answer.status != 503:
                    raise ValueError(str(answer.status))
                raise when(answer.retry_after)
            except Busy as refused:
                self._hear("first", begun, "busy")
                await asyncio.sleep(refused.after)
            except (*LOST, ValueError) as error:
                self._hear("first", begun, "lost", str(error) or type(error).__name__)
                await asyncio.sleep(PATIENT[0])

    async def _opened(self, tab: Session, wanted: Place) -> None:
        """Get a line, and the page on it, however long that takes."""
        begun, tries = monotonic(), 0
        while True:
            try:
                await tab.open()
                self._seen(tab, "open", monotonic() - begun, wanted)
                return
            except Busy as refused:
                self._hear("open", begun, "busy", reader=tab.number)
                after = refused.after
            except (*LOST, ValueError) as error:
                self._hear("open", begun, "lost", type(error).__name__, reader=tab.number)
                after = PATIENT[min(tries, len(PATIENT) - 1)]
            tries += 1
            await asyncio.sleep(after)

    async def _waited(self, tab: Session, seconds: float) -> bool:
        """Look at the page for a while; say whether the line still stands afterwards."""
        assert tab.line is not None  # noqa: S101  # it was opened
        try:
            async with asyncio.timeout(seconds):
                await tab.line.wait_closed()
        except TimeoutError:
            return True
        self._hear("step", monotonic(), "lost", "cut", reader=tab.number)
        return False

    def _seen(self, tab: Session, door: str, seconds: float, wanted: Place) -> None:
        begun = monotonic() - seconds
        try:
            view = tab.view()
        except (ValueError, IndexError):
            self._hear(door, begun, "wrong", "no count line on the page", reader=tab.number)
            return
        why = wrong(view, wanted, self.truths)
        what, notice = "wrong" if why else "fine", view.notices > 0
        self._hear(door, begun, what, why, view.release, notice, tab.number)

    async def _asking(self) -> None:
        """Ask at a rate that does not wait for answers."""
        if not self.rate:
            return
        random, addresses = Random(self.seed), popular(self.languages)  # noqa: S311  # no secret
        begun, asked, going = monotonic(), 0, set()
        while True:
            if (due := begun + asked / self.rate) > monotonic():
                await asyncio.sleep(due - monotonic())
            often = random.random() < POPULAR
            path = random.choice(addresses) if often else rare(random, self.languages)
            task = asyncio.create_task(self._one(path, due))
            going.add(task)
            task.add_done_callback(going.discard)
            asked += 1

    async def _one(self, path: str, due: float) -> None:
        """Ask for one address; the seconds count from when it was due."""
        door = path.split("/")[1]
        try:
            answer = await self.client.get(path)
        except (OSError, EOFError, TimeoutError) as error:
            self._hear(door, due, "lost", type(error).__name__)
            return
        if answer.status == 503 and answer.retry_after:
            self._hear(door, due, "busy")
        elif answer.status != 200:
            self._hear(door, due, "lost", str(answer.status))
        else:
            release, notice, why = of_body(path, answer, self.truths)
            self._hear(door, due, "wrong" if why else "fine", why, release, notice)

    def _hear(
        self,
        door: str,
        begun: float,
        what: str,
        why: str = "",
        release: str = "",
        notice: bool = False,
        reader: int = -1,
    ) -> None:
        now = monotonic()
        self.heard.append(Heard(now, door, now - begun, what, why, release, notice, reader))
