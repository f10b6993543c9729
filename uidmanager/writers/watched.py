"""Rows on their way into a file, with a word now and then of how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.reports.watching import watched as some_watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Row

WRITING: Final = "Writing the rows"


def watched(rows: Sequence[Row], progress: Progress) -> Iterator[Row]:
    """The rows one by one. Whatever ``progress`` raises ends them."""
    return some_watched(rows, len(rows), WRITING, progress)
