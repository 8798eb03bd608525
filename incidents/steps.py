"""What was done to those prosecuted: the steps of an episode, by the acts of its records.

A prosecution is an episode in which a record by the authorities bears a case, custody or a verdict.
A lawsuit is none. An episode is one story: several persons may stand in it, and several cases. Its
steps are all that its counted records bear, those outside a selection as well: a step that a filter
took away did happen. Protected records have no episode, so none is looked at here.

An outcome for the prosecuted is what a record of the prosecution itself names as the response
(acquitted, dropped); what became of a complaint of theirs is none. Without a verdict and such an
outcome a prosecution is open, as far as is recorded.

The time between two steps is told in calendar months, since many records are dated by the month:
from the first record of the episode with the one act to the first with the other. An episode gives
a pair only if every record of both acts is dated by day or month, and the steps stand in different
records, in that order. Fewer than `FEWEST_PAIRS` pairs give no number. Open ones have no pair and
would lengthen the median: they are counted beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from incidents.counts import AUTHORITIES
from incidents.search import Mask
from incidents.table import Incidents, Subset

STEPS = (
    "interrogation",
    "search_or_raid",
    "detention",
    "criminal_case",
    "imprisonment",
    "conviction",
)
"""The acts that are steps of a prosecution, in their usual order."""
PROSECUTION = ("criminal_case", "imprisonment", "conviction")
"""The acts of which one makes an episode a prosecution."""
VERDICT = "conviction"
OUTCOMES = ("acquittal", "case_dropped")
"""The responses that end a prosecution in favour of whom it was directed against."""
BETWEEN = (
    ("detention", "conviction"),
    ("criminal_case", "conviction"),
    ("imprisonment", "conviction"),
)
"""The pairs of steps between which time is told."""
FEWEST_PAIRS = 10
DATED = ("month", "day")


@dataclass(frozen=True)
class Wait:
    """The calendar months from one step to another: median, shortest, longest.

    `months` is None where there are too few pairs. `open` counts the prosecutions with the first
    step and without the second, or another outcome.
    """

    earlier: str
    later: str
    pairs: int
    months: tuple[float, int, int] | None
    open: int


@dataclass(frozen=True)
class Steps:
    """The prosecutions of a selection, in episodes.

    `having` counts those with each step, `outcomes` those with each outcome, `open` those without
    a verdict and an outcome. `records` marks the records of the selection that belong to them,
    `first` names the earliest record of each. `single` counts the records of the selection with an
    act of a prosecution that belong to no episode.
    """

    n: int
    having: pd.Series
    outcomes: pd.Series
    open: int
    waits: tuple[Wait, ...]
    records: Mask
    first: tuple[str, ...]
    single: int


def steps(subset: Subset) -> Steps:
    """Tell the steps of the prosecutions of which a selection finds at least one record."""
    incidents = subset.incidents
    episodes = incidents.frame["episode"].cat.codes.to_numpy()
    theirs = _by_authorities(incidents)
    charged = theirs & _bears(incidents, "violation", PROSECUTION)
    found = np.intersect1d(_in(episodes, charged), _in(episodes, subset.rows))

    def having(rows: Mask) -> np.ndarray:
        return np.intersect1d(_in(episodes, rows), found)

    acts = {a: having(theirs & _bears(incidents, "violation", (a,))) for a in STEPS}
    ends = {o: having(charged & _bears(incidents, "response", (o,))) for o in OUTCOMES}
    ended = np.unique(np.concatenate([acts[VERDICT], *ends.values()]))
    records = subset.rows & np.isin(episodes, found)
    return Steps(
        n=len(found),
        having=pd.Series({act: len(which) for act, which in acts.items()}, dtype=int),
        outcomes=pd.Series({end: len(which) for end, which in ends.items()}, dtype=int),
        open=len(np.setdiff1d(found, ended)),
        waits=tuple(_wait(incidents, theirs, found, acts, ends, pair) for pair in BETWEEN),
        records=records,
        first=_first(incidents, np.isin(episodes, found) & incidents.counted),
        single=subset.amount(subset.rows & charged & (episodes < 0)),
    )


def _by_authorities(incidents: Incidents) -> Mask:
    """Mark what may be counted, is not protected, and was committed by the authorities."""
    open_ = ~incidents.frame["protected"].to_numpy()
    return incidents.counted & open_ & _bears(incidents, "perpetrator", AUTHORITIES)


def _bears(incidents: Incidents, facet: str, codes: Sequence[str]) -> Mask:
    """Mark the records with any of the codes; a codebook may lack some of them."""
    index = incidents.facets[facet]
    return index.wanted([code for code in codes if code in index.codes])


def _in(episodes: np.ndarray, rows: Mask) -> np.ndarray:
    """Give the numbers of the episodes to which the marked records belong."""
    found = np.unique(episodes[rows])
    return found[found >= 0]


def _first(incidents: Incidents, rows: Mask) -> tuple[str, ...]:
    """Name the earliest record of each episode, the earliest first."""
    found = incidents.frame.loc[rows, ["first_day", "incident_id", "episode"]]
    found = found.sort_values(["first_day", "incident_id"]).drop_duplicates("episode")
    return tuple(map(str, found["incident_id"]))


def _wait(
    incidents: Incidents,
    theirs: Mask,
    found: np.ndarray,
    acts: dict[str, np.ndarray],
    ends: dict[str, np.ndarray],
    pair: tuple[str, str],
) -> Wait:
    earlier, later = (_begun(incidents, theirs, found, act) for act in pair)
    both = earlier.add_suffix("_earlier").join(later.add_suffix("_later"), how="inner")
    apart = both["at_earlier"] != both["at_later"]
    months = (both["month_later"] - both["month_earlier"])[apart]
    months = months[months >= 0]
    closed = np.unique(np.concatenate([acts[pair[1]], *ends.values()]))
    waiting = len(np.setdiff1d(acts[pair[0]], closed))
    if len(months) < FEWEST_PAIRS:
        return Wait(*pair, len(months), None, waiting)
    told = float(months.median()), int(months.min()), int(months.max())
    return Wait(*pair, len(months), told, waiting)


def _begun(incidents: Incidents, theirs: Mask, found: np.ndarray, act: str) -> pd.DataFrame:
    """Give the first record of an act in each episode (`at`), and its month, counted from 1970.

    An episode in which any record of the act is dated more vaguely has no first one.
    """
    episodes = incidents.frame["episode"].cat.codes.to_numpy()
    rows = theirs & _bears(incidents, "violation", (act,)) & np.isin(episodes, found)
    at = np.flatnonzero(rows)
    days = incidents.frame["first_day"].to_numpy()[at].astype("datetime64[M]").astype(int)
    vague = ~incidents.frame["date_precision"].iloc[at].isin(DATED).to_numpy()
    table = pd.DataFrame({"episode": episodes[at], "at": at, "month": days, "vague": vague})
    table["vague"] = table.groupby("episode")["vague"].transform("any")
    order = incidents.first_days[at]
    table = table.iloc[np.argsort(order, kind="stable")]
    return table[~table["vague"]].drop_duplicates("episode").set_index("episode")[["at", "month"]]
