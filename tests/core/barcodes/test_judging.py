"""What is taken from elements, whichever library has taken the code apart."""

from __future__ import annotations

import pytest

from uidmanager.core.barcodes import Element, ScannerSettings, arrive, judge
from uidmanager.core.errors import refusals


@pytest.mark.parametrize("length", [1, 20, 21, 90])
def test_a_serial_is_as_long_as_gs1_lets_it_be_whatever_a_library_lets_through(length: int) -> None:
    serial = "A" * length
    read = judge(arrive(f"]d221{serial}", ScannerSettings()), (Element("21", serial),), is_ended=True)
    codes = [problem.code for problem in refusals(read.problems)]
    assert codes == ([] if length <= 20 else ["scan.serial_too_long"])
