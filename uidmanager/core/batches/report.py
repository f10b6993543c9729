"""The rows of a batch as a report, for paper and for programs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from uidmanager.core.batches.rows import verdict_of
from uidmanager.core.budget import Fit, lights
from uidmanager.core.reports import Column, Nature, listed_as
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.batches.rows import BatchRow
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report

COLUMNS: Final = (
    Column("row", "No.", Nature.NUMBER),
    Column("serial", "Serial", Nature.CODE),
    Column("component", "Component", Nature.CODE),
    Column("uid", "Installation root", Nature.UID),
    Column("length", "Length", Nature.NUMBER),
    Column("toolkits", "Toolkits with room", Nature.TEXT),
    Column("verdict", "Verdict", Nature.WORD),
    Column("why", "What there is to say", Nature.TEXT),
)


def batch_report(registry: Registry, rows: Iterable[BatchRow], asked: str) -> Report:
    """Rows as a report, for paper and for programs; ``asked`` says which they are."""
    made = tuple(
        {
            "row": row.number,
            "serial": excerpt(row.serial),
            "component": row.component,
            "uid": row.uid,
            "length": None if row.uid is None else len(row.uid),
            "toolkits": "" if row.uid is None else room_in(len(row.uid)),
            "verdict": verdict_of(row),
            "why": " ".join(problem.message for problem in row.problems),
        }
        for row in rows
    )
    return listed_as(registry, "batch", "Serials to be assigned", COLUMNS, made, asked)


@lru_cache(maxsize=64)
def room_in(length: int) -> str:
    """The toolkits that a root of this length leaves room for, by name; those with a caution say so."""
    named = (
        light.toolkit if light.fit is Fit.FITS else f"{light.toolkit} (caution)"
        for light in lights("0" * length)
        if light.fit is not Fit.NO
    )
    return ", ".join(named)
