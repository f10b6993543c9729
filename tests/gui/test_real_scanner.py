"""A scanner at the real window: a few scans here; `python -m tests.gui.real_scanner` does two hundred."""

from __future__ import annotations

import sys

import pytest

from tests.gui import real_scanner


@pytest.mark.skipif(
    sys.platform != "linux" or bool(real_scanner.missing_programs()), reason="needs Xvfb, openbox and xdotool"
)
def test_scans_with_every_suffix_are_assigned_once_each() -> None:
    outcome = real_scanner.drive(len(real_scanner.SUFFIXES) * 3, pause=0.1, delay=1)
    assert outcome.is_right, outcome
