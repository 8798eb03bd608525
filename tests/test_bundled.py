"""The counts that tests know are those of the bundled data."""

from tests import bundled


def test_the_file_of_counts_is_that_of_the_bundled_release():
    assert bundled.counted() == bundled.KNOWN, "run: python -m tests.bundled"


def test_the_dashboard_counts_what_a_plain_reading_counts(package):
    assert package.release == bundled.RELEASE
    assert package.incidents.total == bundled.COUNTED == sum(bundled.BY_DATASET.values())
