"""What our labels say is what our scans take."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from uidmanager.barcodes.making import matrix_of, reads_as
from uidmanager.barcodes.reading import read
from uidmanager.core.barcodes import ScannerSettings
from uidmanager.core.barcodes.characters import is_in_cset
from uidmanager.core.labels.contents import CodeWish, content_of
from uidmanager.core.labels.templates import Symbol
from uidmanager.core.labels.units import Unit

CSET = "".join(chr(code) for code in range(128) if is_in_cset(chr(code)))
GTIN = "09521101530001"
USUAL = ScannerSettings()


def unit(serial: str) -> Unit:
    return Unit(serial, "1.2.826.0.1.3680043.2.50.2.7", "2026-11-22", 7, "0" * 64, "CT Console", GTIN)


@given(st.text(CSET, min_size=1, max_size=20) | st.text("0123456789", min_size=1, max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_gs1_label_gives_its_serial_and_gtin_or_says_that_it_is_in_doubt(serial: str) -> None:
    content, problems = content_of(unit(serial), Symbol.DATAMATRIX, CodeWish.GS1)
    assert content is not None, problems
    assert reads_as(content, matrix_of(content))
    found = read(f"]d2{content.text}", USUAL)
    assert found.gtin == GTIN
    if found.is_refused:
        assert [problem.code for problem in found.problems] == ["scan.no_separator"]
    else:
        assert found.serial == serial


@given(st.text("0123456789", min_size=1, max_size=40) | st.text(CSET, min_size=1, max_size=40))
@settings(max_examples=50, deadline=None)
def test_a_plain_label_gives_its_serial(serial: str) -> None:
    content, problems = content_of(unit(serial), Symbol.DATAMATRIX, CodeWish.PLAIN)
    assert content is not None, problems
    found = read(f"]d1{content.text}", USUAL)
    assert found.serial == serial or [problem.code for problem in found.problems] == ["scan.human_readable"]
