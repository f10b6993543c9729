"""What may stand for the separator, and settings that were kept by hand."""

from __future__ import annotations

import pytest

from uidmanager.core.barcodes import Mode, ScannerSettings, check_stand_in
from uidmanager.core.barcodes.settings import settled


@pytest.mark.parametrize("stand_in", ["", "|", "~", "{GS}", "^]"[:1], "<GS>|", "F8", "F12", "#"])
def test_what_no_code_holds_may_stand_for_the_separator(stand_in: str) -> None:
    assert check_stand_in(stand_in) == ()


@pytest.mark.parametrize("stand_in", ["GS", "21", "<GS>", "|" * 9, " ", "| ", "\x1d", "\n", "F13", "]"])
def test_what_a_code_can_hold_may_not(stand_in: str) -> None:
    (problem,) = check_stand_in(stand_in)
    assert (problem.code, problem.field) == ("scanner.stand_in", "stand_in")


def test_a_key_is_no_text() -> None:
    assert ScannerSettings(stand_in="F8").stand_in_key == "F8"
    assert ScannerSettings(stand_in="F8").stand_in_text == ""
    assert ScannerSettings(stand_in="|").stand_in_key == ""
    assert ScannerSettings(stand_in="|").stand_in_text == "|"


def test_settings_out_of_bounds_are_brought_back() -> None:
    wild = ScannerSettings(Mode.GS1, "GS", 10**9, tab_ends=True)
    assert settled(wild) == ScannerSettings(Mode.GS1, "", 5000, tab_ends=True)
    assert settled(ScannerSettings(refractory_ms=-1)).refractory_ms == 0
