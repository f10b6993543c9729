"""A report as one HTML file that needs nothing beside it: for the screen, light or dark, and for the printer.

The table's head is repeated on each printed page and no row is broken. A report whose rows stand in groups has a
heading for each of them, in place of a column in which the same words would be repeated.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from uidmanager.core.reports import Nature
from uidmanager.writers.hypertext import breakable, definitions, document, isolated, plain
from uidmanager.writers.provenance import provenance
from uidmanager.writers.watched import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.core.reports import Column, Report, Row, Value
    from uidmanager.writers.stamp import Stamp

_SECOND: Final = len("2026-11-22T21:06:42")
_FEW: Final = 3  # columns that would stand too far apart over the whole width
_NO_ROWS: Final = "Nothing that is registered is meant by this report: it has no rows."


def write(report: Report, stamp: Stamp, progress: Progress) -> bytes:
    """The report as a document in UTF-8: title, what proves it, pictures, rows."""
    title = f"{report.title} – {report.organisation}"
    return document(title, f"UID Manager {stamp.app}", _parts(report, stamp, progress))


def _parts(report: Report, stamp: Stamp, progress: Progress) -> Iterator[str]:
    yield f'<header>\n<h1>{plain(report.title)}</h1>\n<p class="whose">{isolated(report.organisation)}</p>\n</header>\n'
    yield f"<main>\n{definitions(provenance(report, stamp))}"
    if report.charts:
        from uidmanager.writers.svg_charts import figures  # noqa: PLC0415 (few reports have pictures)

        yield figures(report.charts)
    if report.rows:
        yield from _table(report, watched(report.rows, progress))
    else:
        yield f'<p class="none">{_NO_ROWS}</p>\n'
    yield "</main>\n"


def _table(report: Report, rows: Iterator[Row]) -> Iterator[str]:
    columns = [column for column in report.columns if column.field != report.grouped_by]
    heads = "".join(_head(column, report.rows[0][column.field]) for column in columns)
    few = ' class="few"' if len(columns) <= _FEW else ""
    yield f'<div class="wide">\n<table{few}>\n<thead>\n<tr>{heads}</tr>\n</thead>\n'
    if report.grouped_by:
        for value, group in groupby(rows, lambda row: row[report.grouped_by]):
            yield f"<tbody>\n{_heading(value, len(columns))}"
            yield from _lines(columns, group)
            yield "</tbody>\n"
    else:
        yield "<tbody>\n"
        yield from _lines(columns, rows)
        yield "</tbody>\n"
    yield "</table>\n</div>\n"


def _heading(value: Value, columns: int) -> str:
    called = "" if value is None else isolated(str(value))
    return f'<tr class="heading"><th class="group" colspan="{columns}" scope="rowgroup">{called}</th></tr>\n'


def _lines(columns: list[Column], rows: Iterable[Row]) -> Iterator[str]:
    kept = [(column.field, column.nature) for column in columns]
    for row in rows:
        cells = "".join([_cell(row[field], nature) for field, nature in kept])
        yield f"<tr>{cells}</tr>\n"


def _head(column: Column, first: Value) -> str:
    """What stands over a column: to the right, where its values do."""
    kind = ' class="number"' if isinstance(first, int) else ""
    return f'<th scope="col"{kind}>{plain(column.title)}</th>'


def _cell(value: Value, nature: Nature) -> str:
    if value is None or value == "":
        return "<td></td>"
    if isinstance(value, int):
        return f'<td class="number">{value}</td>'
    match nature:
        case Nature.UID:
            return f'<td class="uid">{breakable(value)}</td>'
        case Nature.TIME:
            shown = f"{value[:10]} {value[11:_SECOND]}"
            return f'<td class="time"><time datetime="{plain(value)}">{plain(shown)}</time></td>'
        case _:
            return f'<td class="{nature}">{isolated(value)}</td>'
