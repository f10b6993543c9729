"""How a table is to be taken, where nobody has said it, or said it the last time."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.columns import (
    FIELDS,
    FIRST_ROWS,
    TableKind,
    column_title,
    field_of,
    heading_of,
    named_column,
    recognised,
)
from uidmanager.core.takeover.judging import Choice
from uidmanager.core.takeover.table import Line
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from uidmanager.core.takeover.dates import DateForm
    from uidmanager.core.takeover.table import Table


class Source(StrEnum):
    """Where a choice of columns comes from."""

    RECOGNISED = "recognised by their headings"
    REMEMBERED = "as you chose the last time"
    GIVEN = "as you chose"


class Headings(Struct, frozen=True):
    """The row at the head of the columns, None where there is none; and why that which was named is not there."""

    line: Line | None
    problems: tuple[Problem, ...] = ()


def headings_at(table: Table, kind: TableKind, row: int | None) -> Headings:
    """The row of this number; 0 is none at all, None the one that looks like it."""
    if row == 0:
        return Headings(None)
    if row is None:
        return Headings(heading_of(table, kind))
    line = next((line for line in table.lines if line.number == row), None)
    if line is not None:
        return Headings(line)
    sentence = f"Row {row:,} has nothing in it, or there is none. Name the one that has the columns' headings."
    return Headings(None, (Problem("takeover.no_heading", "header_row", sentence),))


def heading_with(table: Table, words: Iterable[str]) -> Line | None:
    """The row that has most of these words at the head of columns; None where none has any."""
    found = [(len(_words_in(table, line, words)), -line.number, line) for line in table.lines[:FIRST_ROWS]]
    most, _, line = max(found, key=lambda each: each[:2], default=(0, 0, None))
    return line if most else None


def _words_in(table: Table, line: Line, words: Iterable[str]) -> list[str]:
    """Those of the words that head a column here; letters, by which any column can be named, are no words."""
    return [word for word in words if named_column(table, line, word) != named_column(table, None, word)]


def chosen_by_words(
    table: Table, kind: TableKind, heading: Line | None, words: Mapping[str, str], form: DateForm | None
) -> tuple[Choice, tuple[Problem, ...]]:
    """The columns that are named for the fields; and what is wrong with the names."""
    columns: dict[str, int] = {}
    problems = []
    for name, named in words.items():
        column = named_column(table, heading, named)
        if field_of(kind, name) is None:
            known = ", ".join(field.name for field in FIELDS[kind])
            sentence = f"{kind.value.capitalize()} have no “{excerpt(name)}”. They have: {known}."
            problems.append(Problem("takeover.field_unknown", "map", sentence))
        elif column is None:
            sentence = (
                f"No column, or more than one, is called “{excerpt(named)}”. Name one by its heading, or by its "
                "letters, as spreadsheets do."
            )
            problems.append(Problem("takeover.column_unknown", "map", sentence))
        else:
            columns[name] = column
    return Choice(kind, heading, columns, form), tuple(problems)


def proposed(table: Table, kind: TableKind, heading: Line | None, form: DateForm | None) -> Choice:
    """The columns that their headings tell. Without headings a lone column is what the rows are about."""
    if heading is not None:
        return Choice(kind, heading, recognised(kind, heading), form)
    first = next(field.name for field in FIELDS[kind] if field.is_needed)
    return Choice(kind, None, {first: 0} if table.width == 1 else {}, form)


def told(choice: Choice, source: Source) -> Problem:
    """Which columns are taken for what, as a sentence."""
    pairs = ", ".join(
        f"{field.title} from “{column_title(choice.heading, choice.columns[field.name])}”"
        for field in FIELDS[choice.kind]
        if field.name in choice.columns
    )
    sentence = f"Columns {source.value}: {pairs}." if pairs else "No columns were recognised."
    return Problem("takeover.columns_said", "map", sentence, None, Severity.NOTICE)


def words_of(choice: Choice) -> dict[str, str] | None:
    """The headings of the columns that are taken, to be remembered; None where they have none, or none of their own."""
    if choice.heading is None:
        return None
    words = {name: choice.heading.text(column) for name, column in choice.columns.items()}
    texts = [cell.strip() for cell in choice.heading.cells]
    return words if all(word and texts.count(word) == 1 for word in words.values()) else None
