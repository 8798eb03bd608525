"""What was documented, and what the authorities were asked for: counts that a programme reports.

Protected records stand in no count by programme or by release: how many of them one programme or
one release brought would say of each more than its row does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from incidents.counts import AUTHORITIES, by_code
from incidents.search import Mask
from incidents.selection import Selection
from incidents.table import Subset

FEWEST = 3
"""Fewer records of a programme than this are not told as a number."""


def unprotected(subset: Subset) -> Mask:
    """Mark the counted records of a selection that are not protected."""
    return subset.rows & ~subset.incidents.frame["protected"].to_numpy()


def by_programme(subset: Subset) -> pd.Series:
    """Count the unprotected records of each programme that has any; NA below `FEWEST`.

    Records without a programme are not counted: with them a small number could be found out by
    subtraction.
    """
    projects, open_ = subset.incidents.frame["project"], unprotected(subset)
    names = sorted(projects[open_].dropna().unique())
    numbers = [subset.amount(open_ & (projects == name).to_numpy()) for name in names]
    found = pd.Series(numbers, index=names, dtype="Int64")
    return found.mask(found < FEWEST)


def by_release(subset: Subset, added: Mapping[str, Collection[str]]) -> pd.Series:
    """Count the records of a selection by the release that first held them.

    `added` names these records for each release, but for those that are protected in any.
    """
    if subset.incidents.rows:  # a cube is one release, and holds no names
        return pd.Series(dict.fromkeys(added, subset.amount(unprotected(subset))), dtype=int)
    names = subset.incidents.frame.loc[unprotected(subset), "incident_id"]
    found = {release: int(names.isin(held).sum()) for release, held in added.items()}
    return pd.Series(found, dtype=int)


def others(selection: Selection, perpetrators: Sequence[str]) -> Selection | None:
    """Narrow a selection to acts of others than the authorities; None where its filter has none.

    To what the authorities committed themselves no response of theirs can be expected.
    """
    chosen = selection.perpetrator or tuple(perpetrators)
    left = tuple(code for code in chosen if code not in AUTHORITIES)
    return replace(selection, perpetrator=left) if left else None


def responses(subset: Subset) -> pd.Series:
    """Count the responses under each code, those with no name last; left out are other codes of 0.

    The subset is one of `others`: each of its records has exactly one response.
    """
    found = by_code(subset, "response").fillna(0).astype(int)
    named = found.index.isin(subset.incidents.codebook.marked("responses", "named"))
    return pd.concat([found[named], found[~named & (found > 0)]])
