"""What a cell gives for a field: its text, and what must be said of it. Nothing is guessed, nothing is put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.takeover.table import Mark, letters_of
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from uidmanager.core.takeover.columns import Field
    from uidmanager.core.takeover.table import Line

_SCIENTIFIC: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}").fullmatch
_FORMULA_REMEDY: Final = "Copy the column in your spreadsheet program and paste it as values."
_ALWAYS_TEXT: Final = frozenset({"note"})


def taken_text(line: Line, column: int, field: Field) -> tuple[str, tuple[Problem, ...]]:
    """The text of a cell, and what speaks against taking it for this field."""
    text = line.text(column)
    mark = line.marks.get(column, 0)
    if not mark:
        return text, _scientific(text, field, _place(line, column)) if field.is_exact else ()
    problems: list[Problem] = []
    problems.extend(_not_typed(text, mark, field, _place(line, column)))
    if not problems and field.name != "date":
        problems.extend(_number(text, mark, field) if field.is_exact else _as_text(text, mark, field))
    return text, tuple(problems)


def _place(line: Line, column: int) -> str:
    return f"{letters_of(column)}{line.number}"


def _not_typed(text: str, mark: int, field: Field, place: str) -> tuple[Problem, ...]:
    """Cells that hold something else than what a person typed there."""
    if mark & Mark.ERROR:
        sentence = f"Cell {place} holds the error {excerpt(text)}. Put it right in the spreadsheet."
        return (Problem("takeover.cell_error", field.name, sentence),)
    if mark & Mark.MERGED:
        sentence = (
            f"Cell {place} is merged with one beside or above it and holds nothing of its own. Unmerge the cells and "
            "fill each of them."
        )
        weight = Severity.CAUTION if field.name in _ALWAYS_TEXT else Severity.ERROR
        return (Problem("takeover.cell_merged", field.name, sentence, None, weight),)
    if not mark & Mark.FORMULA:
        return ()
    if mark & Mark.NO_RESULT and not (text and field.name in _ALWAYS_TEXT):
        sentence = f"Cell {place} is a formula without a result. {_FORMULA_REMEDY}"
        return (Problem("takeover.formula_empty", field.name, sentence),)
    if field.is_exact:
        sentence = f"Cell {place} is calculated by a formula, so nobody typed what stands there. {_FORMULA_REMEDY}"
        return (Problem("takeover.formula", field.name, sentence),)
    sentence = f"Cell {place} is calculated by a formula; its last result “{excerpt(text)}” is taken."
    return (Problem("takeover.formula_result", field.name, sentence, None, Severity.CAUTION),)


def _number(text: str, mark: int, field: Field) -> tuple[Problem, ...]:
    """A field in which every digit counts: what a spreadsheet may have made of it."""
    title, shown = field.title, excerpt(text)
    if mark & Mark.DATE:
        sentence = (
            f"{title} is the date {shown} in the spreadsheet. If a serial or a version was typed there, it was turned "
            "into a date and cannot be told from it: look it up, set the column to Text, and type it again."
        )
        return (Problem("takeover.cell_date", field.name, sentence),)
    if mark & Mark.BOOLEAN:
        sentence = f"{title} is true or false in the spreadsheet, which is none. Type it again as text."
        return (Problem("takeover.cell_boolean", field.name, sentence),)
    if mark & Mark.ROUNDED:
        sentence = (
            f"{title} {shown} is stored as a number of more than 15 digits; a spreadsheet makes up the last ones. Look "
            "it up, set the column to Text, and type it again."
        )
        return (Problem("takeover.digits_lost", field.name, sentence),)
    if mark & Mark.UNWRAPPED:
        sentence = f"{title} is written =“{shown}” to keep its zeros; {shown} is taken."
        return (Problem("takeover.unwrapped", field.name, sentence, None, Severity.NOTICE),)
    if mark & Mark.SHAPED:
        sentence = f"{title} is stored as a number that its format shows as {shown}; that is taken."
        return (Problem("takeover.as_shown", field.name, sentence, None, Severity.NOTICE),)
    return _plain_number(text, field) if mark & Mark.NUMBER else ()


def _plain_number(text: str, field: Field) -> tuple[Problem, ...]:
    """A number without a format that shows zeros: before it, or behind its point, some may have been lost."""
    title, shown = field.title, excerpt(text)
    if field.name in {"version", "numeric"}:
        sentence = (
            f"{title} {shown} is stored as a number: it may have been {shown}{'0' if '.' in text else '.0'}. Set the "
            "column to Text and type it again."
        )
        return (Problem("takeover.version_number", field.name, sentence),)
    if not (text.isascii() and text.isdigit()):
        sentence = f"{title} {shown} is a number with a sign or a fraction. Look it up and type it again as text."
        return (Problem("takeover.not_whole", field.name, sentence),)
    if field.name == "number":
        return ()
    sentence = f"{title} {shown} is stored as a number; zeros before it are gone, if there were any."
    return (Problem("takeover.zeros_lost", field.name, sentence, None, Severity.CAUTION),)


def _as_text(text: str, mark: int, field: Field) -> tuple[Problem, ...]:
    """A field of words: a date or a truth value among them is said."""
    if mark & (Mark.DATE | Mark.BOOLEAN | Mark.ROUNDED):
        sentence = f"{field.title} is no text in the spreadsheet; it is taken as “{excerpt(text)}”."
        return (Problem("takeover.as_text", field.name, sentence, None, Severity.CAUTION),)
    return ()


def _scientific(text: str, field: Field, place: str) -> tuple[Problem, ...]:
    """What a spreadsheet writes into CSV for a long number: its last digits are gone."""
    if not _SCIENTIFIC(text) or text.isdigit():
        return ()
    is_sure = "+" in text or "." in text or "," in text
    sentence = (
        f"{excerpt(text)} in {place} is how spreadsheets write a long number whose last digits they leave out. Look it "
        "up, set the column to Text, and save the file again."
    )
    weight = Severity.ERROR if is_sure else Severity.CAUTION
    return (Problem("takeover.scientific", field.name, sentence, None, weight),)
