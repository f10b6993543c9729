"""Tables for the tests of the take-over, written as a person would see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.reports.watching import no_progress
from uidmanager.core.takeover.choosing import proposed
from uidmanager.core.takeover.columns import TableKind, heading_of
from uidmanager.core.takeover.judging import Judgement, Verdict, judge
from uidmanager.core.takeover.table import Line, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uidmanager.core.registry import Registry
    from uidmanager.core.takeover.dates import DateForm

DOCUMENT = "ab" * 32


def table(
    *rows: str, marks: Mapping[tuple[int, int], int] | None = None, hidden: frozenset[int] = frozenset()
) -> Table:
    """Rows with bars between their cells, counted from 1; ``marks`` by row and column, from 1 and 0."""
    lines = tuple(
        Line(
            number,
            tuple(cell.strip() for cell in row.split("|")),
            {column: mark for (line, column), mark in (marks or {}).items() if line == number},
        )
        for number, row in enumerate(rows, 1)
    )
    return Table("units.xlsx", DOCUMENT, lines, max(len(line.cells) for line in lines), "Units", hidden)


def judged(registry: Registry, made: Table, kind: TableKind, form: DateForm | None = None) -> Judgement:
    """The verdicts on a table whose headings are recognised."""
    heading = heading_of(made, kind)
    return judge(registry, made, proposed(made, kind, heading, form), no_progress)


def codes(verdict: Verdict) -> list[str]:
    """The codes of what refuses a row or warns of it."""
    return [problem.code for problem in verdict.problems if problem.severity != "notice"]


def summary(judgement: Judgement) -> list[tuple[int, str, list[str]]]:
    return [(verdict.line, verdict.outcome.value, codes(verdict)) for verdict in judgement.verdicts]
