"""The check for known weaknesses fails when it finds one and never says `ok` without having asked."""

from __future__ import annotations

import json

import _weaknesses
import pytest

GOOD = {"name": "click", "version": "8.3", "vulns": []}
WEAK = {"name": "click", "version": "8.0", "vulns": [{"id": "PYSEC-1"}]}
UNKNOWN = {"name": "click", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ([GOOD, GOOD], "ok"),
        ([GOOD, WEAK, UNKNOWN], "FAILED"),
        ([GOOD, UNKNOWN], "skipped: 1 of 2 packages could not be asked about"),
        ([], "skipped: 0 of 0 packages could not be asked about"),
    ],
)
def test_the_verdict_is_what_was_found(packages: list[object], expected: str) -> None:
    assert _weaknesses.verdict(json.dumps({"dependencies": packages, "fixes": []})) == expected


@pytest.mark.parametrize("answer", ["", "ERROR: connection refused", "[]", "{}"])
def test_no_answer_is_no_connection(answer: str) -> None:
    assert _weaknesses.verdict(answer) == _weaknesses.SKIPPED
