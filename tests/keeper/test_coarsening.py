"""What a kept release may lose without a keeper's word: regions of protected records alone."""

import json

import pytest

from keeper.coarsening import only_coarser

HEAD = "incident_id,date,region,place_precision,protected,groups\n"
REGIONS = b"code,kind\nKG-O,oblast\nKG,unplaced\nONLINE,online\n"
TABLE = "rights_incidents.csv"
WITH = "R-1,2022-01-01,KG-O,region,yes,women\n"
WITHOUT = "R-1,2022-01-01,KG,country,yes,women\n"
OTHER = "R-2,2022-05-01,KG-O,region,,women\n"


def release(*rows, mark="a", **files):
    """Give the files of a made-up release."""
    described = {"version": "1.0", "resources": [{"path": TABLE, "bytes": 1, "hash": mark}]}
    return {
        "datapackage.json": json.dumps(described).encode(),
        "codebook/regions.csv": REGIONS,
        TABLE: "".join((HEAD, *rows)).encode(),
        **{name.replace("_", "."): content for name, content in files.items()},
    }


BEFORE = release(WITH, OTHER)


@pytest.mark.parametrize(
    ("after", "only"),
    [
        (release(WITHOUT, OTHER, mark="b"), True),
        (release(WITH, OTHER), True),
        (release(WITH, OTHER.replace("KG-O,region", "KG,country")), False),
        (release(WITHOUT.replace("women", "men"), OTHER), False),
        (release(WITHOUT.replace("yes", ""), OTHER), False),
        (release(WITHOUT.replace("2022", "2021"), OTHER), False),
        (release(WITH.replace("KG-O", "KG-B"), OTHER), False),
        (release(WITHOUT, OTHER, "R-3,2022-01-01,KG,country,yes,women\n"), False),
        (release(WITHOUT), False),
        (release(OTHER, WITHOUT), False),
        (release(WITHOUT, OTHER, LICENSE_md=b"made up"), False),
        ({**release(WITHOUT, OTHER), "datapackage.json": b'{"resources": []}'}, False),
        ({**release(WITHOUT, OTHER), "codebook/regions.csv": REGIONS + b"KG-B,oblast\n"}, False),
    ],
)
def test_nothing_but_regions_of_protected_records_may_go(after, only):
    assert only_coarser(BEFORE, after) == only


def test_no_region_comes_back():
    assert not only_coarser(release(WITHOUT, OTHER), BEFORE)


def test_what_happened_online_stays_so():
    online = release(WITH.replace("KG-O,region", "ONLINE,online"))
    assert not only_coarser(online, release(WITHOUT))
