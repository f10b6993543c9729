"""A row of a spreadsheet as the draft that a person would have made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from uidmanager.core.drafts import AssignInstallations, RegisterProduct, RegisterRelease, TakenRow
from uidmanager.core.errors import Problem
from uidmanager.core.takeover.cells import taken_text
from uidmanager.core.takeover.columns import FIELDS, TableKind
from uidmanager.core.takeover.dates import read_day
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from uidmanager.core.takeover.columns import Columns
    from uidmanager.core.takeover.dates import DateForm
    from uidmanager.core.takeover.table import Line

_LONGEST_NUMBER: Final = 20


class Taken(Struct, frozen=True):
    """What was taken from a row: the texts of the fields, the draft, the UID that was issued, what is to be said."""

    row: TakenRow
    texts: dict[str, str]
    uid: str | None
    problems: tuple[Problem, ...]


def take(line: Line, kind: TableKind, columns: Columns, form: DateForm | None) -> Taken:
    """Take the fields of one row."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for field in FIELDS[kind]:
        column = columns.get(field.name)
        if column is not None:
            texts[field.name], found = taken_text(line, column, field)
            problems.extend(found)
    is_sound = not any(problem.field == "date" for problem in problems)
    note, odd = _note(texts.get("note", ""), texts.get("date", "") if is_sound else "", form)
    problems.extend(odd)
    number, unfit = _number(texts.get("number", ""))
    problems.extend(unfit)
    draft = _draft(kind, texts, note, number)
    uid = texts.get("uid", "").rstrip(".") or None
    return Taken(TakenRow(line.number, draft), texts, uid, tuple(problems))


def _draft(
    kind: TableKind, texts: dict[str, str], note: str | None, number: int | None
) -> RegisterProduct | RegisterRelease | AssignInstallations:
    match kind:
        case TableKind.PRODUCTS:
            code, gtin = texts.get("code") or None, texts.get("gtin") or None
            return RegisterProduct(texts.get("name", ""), number, code, gtin=gtin, note=note)
        case TableKind.RELEASES:
            numeric, name = texts.get("numeric") or None, texts.get("version_name") or None
            return RegisterRelease(texts.get("product", ""), texts.get("version", ""), numeric, name, note)
        case TableKind.INSTALLATIONS:
            return AssignInstallations((texts.get("serial", ""),), texts.get("product") or None, note)
        case _:
            assert_never(kind)


def _note(note: str, date: str, form: DateForm | None) -> tuple[str | None, tuple[Problem, ...]]:
    """The note with the day on which a number was issued. The entry's own time is another thing, and is not touched."""
    if not date:
        return note or None, ()
    day, problems = read_day(date, form)
    issued = f"issued {day}" if day else ""
    return "; ".join(filter(None, (note, issued))) or None, problems


def _number(text: str) -> tuple[int | None, tuple[Problem, ...]]:
    """A product's number as it is asked for; none leaves it to the registry."""
    if not text:
        return None, ()
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text), ()
    sentence = f"“{excerpt(text)}” is no product number. Write it in the digits 0 to 9, or leave the cell empty."
    return None, (Problem("takeover.number", "number", sentence),)
