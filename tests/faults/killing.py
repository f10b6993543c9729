"""A disk in whose midst the program that uses it is killed."""

from __future__ import annotations

import os
import signal
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from uidmanager.stores.filesystem import FileSystem

if TYPE_CHECKING:
    from pathlib import Path


class Moment(StrEnum):
    """When a program dies."""

    NEVER = "never"
    BEFORE_WRITE = "before the write"
    MID_WRITE = "in the midst of the write"
    BEFORE_FLUSH = "between write and flush"
    AFTER_FLUSH = "after the flush, before it is acknowledged"
    ANY_TIME = "at any time"


CHOSEN = (Moment.BEFORE_WRITE, Moment.MID_WRITE, Moment.BEFORE_FLUSH, Moment.AFTER_FLUSH)


class Plan(Struct, frozen=True):
    """``moment`` of the ``count``-th write or flush, counted from 1. ``part`` of the bytes is written in its midst."""

    moment: Moment
    count: int = 1
    part: float = 0.5


class DeadlyDisk(FileSystem):
    """The disk of this computer, until the plan says that this process ends here."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._writes = 0
        self._flushes = 0

    def write(self, handle: int, offset: int, data: memoryview) -> int:
        """Write, unless the time has come before or in the midst of it."""
        self._writes += 1
        if self._writes == self._plan.count:
            if self._plan.moment is Moment.BEFORE_WRITE:
                _die()
            if self._plan.moment is Moment.MID_WRITE:
                super().write(handle, offset, data[: int(len(data) * self._plan.part)])
                _die()
        return super().write(handle, offset, data)

    def flush(self, handle: int) -> None:
        """Flush, unless the time has come before it or right after."""
        self._flushes += 1
        is_now = self._flushes == self._plan.count
        if is_now and self._plan.moment is Moment.BEFORE_FLUSH:
            _die()
        super().flush(handle)
        if is_now and self._plan.moment is Moment.AFTER_FLUSH:
            _die()


def torn_copies(ledger: Path) -> set[str]:
    """The names of what was set aside beside a ledger so far."""
    return {path.name for path in ledger.parent.glob(f"{ledger.name}.torn-*")}


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process goes on")
