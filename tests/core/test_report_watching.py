"""Whoever waits for a report is told how far it is, and may stop it: while things are counted as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.reports import Kind, report

if TYPE_CHECKING:
    from tests.core.conftest import Book


def test_counting_for_the_summary_says_how_far_it_is(book: Book) -> None:
    book.do(AssignInstallations(tuple(str(serial) for serial in range(1000, 4999))))
    told: list[tuple[str, float]] = []
    report(book.registry, Kind.SUMMARY, progress=lambda message, fraction: told.append((message, fraction)))
    assert told == [("Counting", 0.0), ("Counting", 0.5), ("Making the rows", 0.0)]


def test_counting_can_be_stopped(book: Book) -> None:
    def stop(message: str, _fraction: float) -> None:
        assert message == "Counting"
        raise InterruptedError

    with pytest.raises(InterruptedError):
        report(book.registry, Kind.SUMMARY, progress=stop)
