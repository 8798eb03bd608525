"""A cube: records that are alike in all that is counted, told once with their number.

Counts add up. So a table of cells, each of which stands for several records, gives every number
that the records themselves give, and is small however many there are. `Incidents` takes one for its
frame. Cells of parts of the records are made apart, anywhere, and summed.

A record of an episode is a cell of its own: of an episode the largest number of persons counts
once, and its steps are told in order, so that neither can be added up.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from incidents.periods import Days
from incidents.schema import joined

LISTED = (
    *("dataset", "project", "date_precision", "region", "place", "groups", "target", "category"),
    *("violations", "perpetrator", "response", "kind", "flag", "checked", "episode"),
)
"""What records of a cell share, as text; sets of codes stay sets."""
DATED = ("first_day", "last_day")
DIMENSIONS = (*LISTED, "protected", *DATED, "incident_id")
"""What tells one cell from another; the identifier is empty but for records of an episode."""
MEASURES = ("n", "naming", "persons")
"""How many records a cell stands for, how many of them name a number of persons, and their sum."""
KEY = "cell"
"""The column that names a cell, in the cube and in the rows: a hash of the dimensions (64 bits)."""


def breaks(collection: Mapping[str, Days]) -> np.ndarray:
    """List the days at which a period, or the collection of a dataset, may begin or be over."""
    months = pd.date_range("1900-01-01", "2200-01-01", freq="MS")
    spans = [(first, last + pd.Timedelta(days=1)) for first, last in collection.values()]
    days = months.union(pd.DatetimeIndex([day for span in spans for day in span]))
    return np.unique(days.to_numpy().astype("datetime64[D]"))


def dimensions(frame: pd.DataFrame, collection: Mapping[str, Days]) -> pd.DataFrame:
    """Give what tells the cell of each record of a typed frame.

    Days become the first and the last day between two `breaks`: no question asks for more. A
    record of an episode keeps its days, which put its steps in order.
    """
    found = {name: _texts(frame[name]) for name in LISTED}
    alone = (found["episode"] != "").to_numpy()
    at = breaks(collection)
    first, last = (frame[name].to_numpy().astype("datetime64[D]") for name in DATED)
    begun = at[np.searchsorted(at, first, "right") - 1]
    over = at[np.searchsorted(at, last, "right")] - np.timedelta64(1, "D")
    found["protected"] = frame["protected"].astype(bool)
    for name, own, shared in zip(DATED, (first, last), (begun, over), strict=True):
        found[name] = pd.Series(np.where(alone, own, shared), frame.index).astype("datetime64[s]")
    found["incident_id"] = frame["incident_id"].where(alone, "")
    return pd.DataFrame(found)[list(DIMENSIONS)]


def keys(told: pd.DataFrame) -> np.ndarray:
    """Name the cells of dimensions: the same values, the same name, in whatever part they stand."""
    return pd.util.hash_pandas_object(told, index=False).to_numpy().view(np.int64)


def cells(frame: pd.DataFrame, collection: Mapping[str, Days]) -> pd.DataFrame:
    """Add up the records of a typed frame: one row per cell, by `KEY`."""
    told = dimensions(frame, collection)
    persons = frame["persons"]
    told["n"], told["naming"] = 1, persons.notna().astype(np.int64).to_numpy()
    told["persons"] = persons.fillna(0).astype(np.int64).to_numpy()
    told[KEY] = keys(told[list(DIMENSIONS)])
    found = summed([told])
    return found.astype(dict.fromkeys(LISTED, str))


def summed(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Sum the cells of several parts of the records; of equal cells one is left."""
    every = pd.concat(parts, ignore_index=True)
    found, first, which = np.unique(every[KEY], return_index=True, return_inverse=True)
    total = every.iloc[first].reset_index(drop=True)
    for name in MEASURES:
        # whole numbers below 2**53 are exact as weights
        added = np.bincount(which, every[name].to_numpy(), len(found))
        total[name] = added.astype(np.int64)
    return total


def table(summed_cells: pd.DataFrame, places: Iterable[str]) -> pd.DataFrame:
    """Give cells in the form that `Incidents` takes for its frame."""
    frame = joined([summed_cells.sort_values(KEY)])
    frame["place"] = frame["place"].cat.set_categories(list(places))
    return frame


def _texts(column: pd.Series) -> pd.Series:
    """Give the texts of a column as a categorical, empty where nothing is given."""
    column = column.astype("category")
    if "" not in column.cat.categories:
        column = column.cat.add_categories([""])
    return column.fillna("")
