"""Rows on their way into a file, with a word now and then of how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Row

_SOME_ROWS: Final = 2000
WRITING: Final = "Writing the rows"


def watched(rows: Sequence[Row], progress: Progress) -> Iterator[Row]:
    """The rows one by one. Whatever ``progress`` raises ends them."""
    for number, row in enumerate(rows):
        if number % _SOME_ROWS == 0:
            progress(WRITING, number / len(rows))
        yield row
