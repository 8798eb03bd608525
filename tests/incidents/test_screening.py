"""What a release tells of publishers: from records that are not protected alone."""

import pandas as pd

from incidents.screening import known_only_withheld


def test_a_publisher_is_known_only_withheld_by_open_records():
    rows = [
        ("Always", "withheld", False),
        ("Once", "withheld", False),
        ("Once", "open", False),
        ("Always", "withheld", True),
        ("Protected", "withheld", True),
    ]
    records = pd.DataFrame(rows, columns=["source_name", "link", "protected"])
    assert known_only_withheld(records) == {"always"}
