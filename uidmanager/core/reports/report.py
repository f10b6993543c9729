"""A report whole: its rows, what was asked for, and what proves on which state of the ledger it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from uidmanager.core.reports import rows as rows_of
from uidmanager.core.reports.charts import Chart
from uidmanager.core.reports.exceptions import exception_rows
from uidmanager.core.reports.filters import EVERYTHING, Filter, in_words
from uidmanager.core.reports.kinds import COLUMNS, TITLES, Column, Kind, Row
from uidmanager.core.reports.labels import label_rows
from uidmanager.core.reports.summary import summary
from uidmanager.core.reports.watching import no_progress, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from uidmanager.core.registry import Registry

_ROWS: Final[dict[Kind, Callable[[Registry, Filter], Iterator[Row]]]] = {
    Kind.IDENTIFIERS: rows_of.identifier_rows,
    Kind.PRODUCTS: rows_of.product_rows,
    Kind.RELEASES: rows_of.release_rows,
    Kind.INSTALLATIONS: rows_of.installation_rows,
    Kind.LABELS: label_rows,
    Kind.HISTORY: rows_of.history_rows,
    Kind.EXCEPTIONS: exception_rows,
}


class Report(Struct, frozen=True):
    """A report's kind, its columns and rows, and what proves on which state of the ledger it was made.

    ``kind`` is a `Kind`, or the name of a list of something else, as of devices. ``asked`` is the filter in words.
    ``registry`` is the random id of the founding entry. ``charts`` are the pictures of a summary; each figure of theirs
    stands in the rows as well. ``grouped_by`` is the column of which equal values stand together, so that a reader may
    be given a heading for each. ``signatures`` says what people sign for on paper, below the rows.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    registry: str
    organisation: str
    root: str
    asked: str
    entries: int
    head: str
    charts: tuple[Chart, ...] = ()
    grouped_by: str = ""
    signatures: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.field for column in self.columns)


def report(
    registry: Registry,
    kind: Kind,
    wanted: Filter = EVERYTHING,
    *,
    progress: Callable[[str, float], None] = no_progress,
) -> Report:
    """The report of one kind on what is wanted.

    ``progress`` takes a message and how far the work is (0 to 1); whatever it raises ends the work.
    """
    rows: Iterable[Row]
    charts: tuple[Chart, ...] = ()
    if kind is Kind.SUMMARY:
        rows, charts = summary(registry, wanted, progress)
    else:
        rows = _ROWS[kind](registry, wanted)
    most = max(1, len(registry.installations) + len(registry.releases), registry.position)
    kept = tuple(row for row in watched(rows, most, "Making the rows", progress) if wanted.has_text(row))
    grouped_by = "product" if kind is Kind.RELEASES else ""
    listed = listed_as(registry, kind, TITLES[kind], COLUMNS[kind], kept, in_words(registry, wanted))
    return structs.replace(listed, charts=charts, grouped_by=grouped_by)


def listed_as(
    registry: Registry, kind: str, title: str, columns: tuple[Column, ...], rows: tuple[Row, ...], asked: str
) -> Report:
    """Rows made by somebody else as a report on this state of the registry; ``asked`` says what they are rows of."""
    founding = registry.founding
    return Report(
        kind,
        title,
        columns,
        rows,
        founding.registry,
        founding.organisation,
        founding.root,
        asked,
        registry.position,
        registry.head,
    )
