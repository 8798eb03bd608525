"""A brief written from a terminal is the one that the API gives."""

import pypdfium2

from tests.keeper.test_terminal import ran


def test_a_brief_is_written_to_a_file(tmp_path):
    path = tmp_path / "brief.pdf"
    address = "https://incidents.example.org/trends?group=women&lang=ru"
    code, out, err = ran("brief", str(path), "--address", address, language="en", encoding="utf-8")
    assert (code, err) == (0, b"")
    assert "brief.pdf" in out.decode()
    assert "32" in out.decode()
    assert len(pypdfium2.PdfDocument(path.read_bytes())) == 2


def test_an_address_that_cannot_be_read_writes_nothing(tmp_path):
    path = tmp_path / "brief.pdf"
    code, out, err = ran(
        "brief", str(path), "--address", "data=medai", language="en", encoding="utf-8"
    )
    assert (code, out) == (2, b"")
    assert b"medai" in err
    assert b"Traceback" not in err
    assert not path.exists()
