"""Serials that are to be assigned together, as rows of a table: what becomes of each, with a sign in front."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from uidmanager.core.batches import BatchRow, verdict_of
from uidmanager.core.budget import lights
from uidmanager.core.errors import Severity
from uidmanager.core.texts import excerpt
from uidmanager.core.uid import order_of
from uidmanager.gui.table_models import Column
from uidmanager.gui.tables.record_table import Copied
from uidmanager.gui.widgets.lights import SIGNS

_VERDICTS: Final = {"refused": "✕", "new": "✓ new", "has its root": "ℹ has its root already"}


def verdict_text(row: BatchRow) -> str:
    """What becomes of a row and what there is to say of it, on one line."""
    told = sorted(row.problems, key=lambda problem: problem.severity is not Severity.ERROR)  # what refuses it first
    said = " ".join(problem.message for problem in told)
    verdict = _VERDICTS[verdict_of(row)]
    if row.is_refused:
        return f"{verdict} {said}"
    return f"{verdict}. {said}" if said else verdict


def serial_text(row: BatchRow) -> str:
    """The serial as it would be printed, or what stands there instead."""
    return excerpt(row.serial)


def root_text(row: BatchRow) -> str:
    """The installation root, empty where it has none."""
    return row.uid or ""


@lru_cache(maxsize=64)
def _signs(length: int) -> str:
    """The lights of a root of this length, in the order of the toolkits."""
    return " ".join(SIGNS[light.fit] for light in lights("0" * length))


@lru_cache(maxsize=64)
def _reasons(length: int) -> str:
    return "\n".join(f"{SIGNS[light.fit]} {light.toolkit}: {light.reason}" for light in lights("0" * length))


def _number(row: BatchRow) -> str:
    return f"{row.number:,}"


def _component(row: BatchRow) -> str:
    return row.component or ""


def _length(row: BatchRow) -> str:
    return "" if row.uid is None else str(len(row.uid))


def _toolkits(row: BatchRow) -> str:
    return "" if row.uid is None else _signs(len(row.uid))


def _place(row: BatchRow) -> str:
    return f"Row {row.number:,}, from line {row.listed.line:,} of the list"


BATCH: Final[tuple[Column[BatchRow], ...]] = (
    Column("No.", _number, lambda row: row.number, width=5, tooltip=_place),
    Column("Serial", serial_text, lambda row: order_of(_component(row)), is_fixed=True, width=11),
    Column("Component", _component, lambda row: order_of(_component(row)), is_fixed=True, width=9),
    Column("Installation root", root_text, lambda row: order_of(root_text(row)), is_fixed=True, width=38),
    Column("Length", _length, lambda row: len(root_text(row)), width=5),
    Column(
        "Toolkits",
        _toolkits,
        lambda row: len(root_text(row)),
        width=12,
        tooltip=lambda row: "" if row.uid is None else _reasons(len(row.uid)),
    ),
    Column("Verdict", verdict_text, lambda row: (not row.is_refused, row.is_new, row.number), width=30),
)
"""The columns."""

COPIES: Final = (
    Copied("Copy serial and verdict", lambda row: f"{serial_text(row)}\t{verdict_text(row)}"),
    Copied("Copy serial", lambda row: row.serial),
    Copied("Copy root", root_text),
)
"""What can be copied of a row."""
