"""Puts the parts together. The only place with a clock, a user's name and a station's name."""

from __future__ import annotations

import getpass
import os
import platform
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import uidmanager
from uidmanager.app.ports import Person
from uidmanager.settings import data_folder
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Desk, Ledger, World
    from uidmanager.app.selfcheck.ports import Laboratory

_NOT_PRINTABLE = str.maketrans(dict.fromkeys(map(chr, (*range(32), *range(127, 160)))))


class ThisWorld:
    """The clock, the user and the computer as the operating system knows them."""

    app = uidmanager.__version__

    @cached_property
    def person(self) -> Person:
        """The user of the operating system and the computer's name."""
        return Person(_plain(_user()) or "unknown", _plain(platform.node()) or "unknown")

    def now(self) -> str:
        """UTC in ISO 8601 with microseconds."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def new_id(self) -> str:
        """A random UUID."""
        return str(uuid.uuid4())


class ThisDesk:
    """Opens ledgers that are files."""

    def __init__(self, world: World) -> None:
        self.world = world

    def ledger_at(self, where: str) -> Ledger:
        """The ledger in this file, which need not exist yet."""
        return JsonlLedger(Path(where), self.world, data_folder() / "seen")

    @contextmanager
    def laboratory(self) -> Iterator[Laboratory]:
        """A scratch folder for the installation check, which is taken away afterwards."""
        import tempfile  # noqa: PLC0415 (only the check needs it)

        from uidmanager.laboratory import ScratchLaboratory  # noqa: PLC0415 (the same)

        with tempfile.TemporaryDirectory(prefix="uidmanager-check-", ignore_cleanup_errors=True) as folder:
            yield ScratchLaboratory(Path(folder), self.world)


def make_desk() -> Desk:
    """Everything the faces need."""
    return ThisDesk(ThisWorld())


def work_in_laboratory(task: str, folder: str, name: str) -> None:
    """What another process does for the installation check."""
    from uidmanager.laboratory import ScratchLaboratory, work  # noqa: PLC0415 (only the check needs it)

    work(ScratchLaboratory(Path(folder), ThisWorld()), task, name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in some containers
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else ""


def _plain(name: str) -> str:
    return name.translate(_NOT_PRINTABLE).strip()
