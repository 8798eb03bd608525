"""What readers heard while something befell their server, and what of it should not have been."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.load.crowd import Heard

PAGES = ("step", "open")
"""The doors of Streamlit's pages; all others are plain HTTP, of which nginx holds some for 30 s."""
MINUTE = 60.0
"""Seconds after which nginx and a browser hold nothing old any more."""


@dataclass(frozen=True)
class Must:
    """What must hold: which `releases` may be seen, one after the other; the last at the end.

    A `notice` must be seen by those who act meanwhile, and by nobody else. Where lines break, what
    is `lost` is made up for; else nothing may be lost.
    """

    releases: tuple[str, ...]
    notice: bool = False
    lost: bool = False


@dataclass
class Seen:
    """What readers heard, when it `begun` and when it was `mended`."""

    name: str
    must: Must
    heard: Sequence[Heard]
    begun: float
    mended: float

    @property
    def final(self) -> str:
        """Give the release that has to be there at the end."""
        return self.must.releases[-1]

    def right(self, each: Heard) -> bool:
        """Say whether an answer is as all have to be at the end."""
        return each.what == "fine" and not each.notice and each.release in ("", self.final)

    @property
    def meanwhile(self) -> list[Heard]:
        """Give what was heard after it begun, but for first HTML, which names no release."""
        return [each for each in self.heard if each.at >= self.begun and each.door != "first"]

    def told(self) -> dict[str, Any]:
        """Sum up what was seen: by kind of answer, and the seconds until all was right."""
        pages = Counter(_kind(each) for each in self.meanwhile if each.door in PAGES)
        plain = Counter(_kind(each) for each in self.meanwhile if each.door not in PAGES)
        return {
            "fault": self.name,
            "pages": dict(pages),
            "plain": dict(plain),
            "mended": round(self.mended - self.begun, 1),
            "pages right after": round(self._pages_right(), 1),
            "plain right after": round(self._plain_right(), 1),
            "missed": self.missed(),
        }

    def _pages_right(self) -> float:
        """Give the seconds until the last reader whose page was not right saw it right."""
        waiting: dict[int, bool] = {}
        last = self.begun
        for each in self.meanwhile:
            if each.door in PAGES:
                if waiting.get(each.reader) or not self.right(each):
                    last = max(last, each.at)
                waiting[each.reader] = not self.right(each)
        return last - self.begun

    def _plain_right(self) -> float:
        """Give the seconds until the last answer of plain HTTP that was not right."""
        late = [e.at for e in self.meanwhile if e.door not in PAGES and not self.right(e)]
        return max(late, default=self.begun) - self.begun

    def missed(self) -> list[str]:
        """Say what did not hold."""
        must, named = self.must, {each.release for each in self.heard if each.release}
        wrong = sorted({f"{e.door}: {e.why}" for e in self.heard if e.what == "wrong"})
        lost = [each for each in self.meanwhile if each.what == "lost"]
        noticed = [e for e in self.meanwhile if e.notice and e.door in PAGES]
        back = [True for sooner, later in self._moves() if later < sooner]
        found = {
            "nobody read": not any(each.reader >= 0 for each in self.heard),
            "lost a line or an answer": lost and not must.lost,
            "saw an earlier release again": back,
            "saw no notice": must.notice and not noticed,
            "saw a notice": noticed and not must.notice,
            "an answer was not right a minute later": self._plain_right()
            > self.mended - self.begun + MINUTE,
        }
        return [
            *(f"was sent something wrong: {each}" for each in wrong),
            *(f"saw release {each}" for each in sorted(named - set(must.releases))),
            *(said for said, so in found.items() if so),
            *self._unsettled(),
        ]

    def _moves(self) -> Iterator[tuple[int, int]]:
        """Give each pair of releases that a reader saw one after the other."""
        at: dict[int, int] = {}
        for each in self.heard:
            if each.reader >= 0 and each.release in self.must.releases:
                now = self.must.releases.index(each.release)
                yield at.get(each.reader, now), now
                at[each.reader] = now

    def _unsettled(self) -> list[str]:
        """Say whose last page was not right, and who did nothing since it was mended."""
        last = {each.reader: each for each in self.heard if each.reader >= 0}
        still = sum(not self.right(each) for each in last.values())
        early = sum(each.at < self.mended for each in last.values())
        said = [f"{still} readers were not right at the end"] if still else []
        return said + ([f"{early} readers did nothing afterwards"] if early else [])


def _kind(each: Heard) -> str:
    """Say in a word what was heard."""
    if each.what != "fine":
        return f"{each.what} ({each.why})" if each.why else each.what
    return f"{each.release}{' with a notice' if each.notice else ''}"
