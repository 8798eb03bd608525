"""Every number of a million records against that of their cube: `python -m tests.many_cells`.

It takes minutes, so it is no part of the tests. Selections are drawn over all parameters.
"""

import argparse

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import generate
from tests.incidents.test_cube import PACKAGE, assert_same, cubed, spans
from tests.incidents.test_selection import narrow, selections


def main() -> None:
    """Compare as many selections as are asked for; the first that differs is an error."""
    parser = argparse.ArgumentParser(description="Compare a cube with its records.")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--selections", type=int, default=100)
    asked = parser.parse_args()
    ordinary = generate.incidents(PACKAGE, asked.records)
    cells = cubed(ordinary, 8)
    compared = 0

    @settings(max_examples=asked.selections, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(selections, narrow), spans)
    def compare(selection, spans):
        nonlocal compared
        assert_same(ordinary, cells, selection.without("q"), spans)
        compared += 1

    compare()
    held, made = len(ordinary.frame), len(cells.frame)
    print(f"{compared} selections of {held:,} records and {made:,} cells: every number is the same")


if __name__ == "__main__":
    main()
