"""Puts the parts together. The only place with a clock, a user's name and a station's name."""

from __future__ import annotations

import os
import sys
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import uidmanager
from uidmanager.app.ports import Person, no_progress
from uidmanager.diagnostics.ledgers import NotingDesk
from uidmanager.diagnostics.log import DiagnosticLog
from uidmanager.settings import cache_folder, data_folder, log_folder, wants_to_view
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.viewing import ViewedKeeper, ViewedLedger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Desk, Keeper, Ledger, PackMade, Progress, World
    from uidmanager.app.selfcheck.ports import Laboratory

_NOT_PRINTABLE = str.maketrans(dict.fromkeys(map(chr, (*range(32), *range(127, 160)))))


class ThisWorld:
    """The clock, the user and the computer as the operating system knows them."""

    app = uidmanager.__version__

    @cached_property
    def person(self) -> Person:
        """The user of the operating system and the computer's name."""
        return Person(_plain(_user()) or "unknown", _plain(_station()) or "unknown")

    def now(self) -> str:
        """UTC in ISO 8601 with microseconds."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def new_id(self) -> str:
        """A random UUID."""
        return str(uuid.uuid4())


class ThisDesk:
    """Opens ledgers that are files."""

    def __init__(self, world: World, *, is_viewing: bool = False) -> None:
        self.world = world
        self._is_viewing = is_viewing

    def viewing(self) -> ThisDesk:
        """The same desk for looking only."""
        return ThisDesk(self.world, is_viewing=True)

    def ledger_at(self, where: str) -> Ledger:
        """The ledger in this file, which need not exist yet."""
        ledger = JsonlLedger(
            Path(where),
            self.world,
            data_folder() / "seen",
            replicas=data_folder() / "replicas",
            checkpoints=cache_folder() / "checkpoints",
        )
        return ViewedLedger(ledger) if self._is_viewing else ledger

    def keeper_at(self, where: str) -> Keeper:
        """Who looks after the ledger in this file."""
        from uidmanager.stores.keeping import JsonlKeeper  # noqa: PLC0415 (few commands need it)

        keeper = JsonlKeeper(Path(where), self.world, data_folder())
        return ViewedKeeper(keeper, where) if self._is_viewing else keeper

    def inspection_pack(
        self, where: str, target: str, *, paper: str = "a4", replace: bool = False, progress: Progress = no_progress
    ) -> PackMade:
        """Write the pack of the ledger in a file."""
        from uidmanager.inspection.pack import inspection_pack  # noqa: PLC0415 (few commands need it)
        from uidmanager.writers.pdf.paper import Paper  # noqa: PLC0415 (the same)

        return inspection_pack(where, Path(target), self.world, paper=Paper(paper), replace=replace, progress=progress)

    @contextmanager
    def laboratory(self) -> Iterator[Laboratory]:
        """A scratch folder for the installation check, which is taken away afterwards."""
        import tempfile  # noqa: PLC0415 (only the check needs it)

        from uidmanager.laboratory import ScratchLaboratory  # noqa: PLC0415 (the same)

        with tempfile.TemporaryDirectory(prefix="uidmanager-check-", ignore_cleanup_errors=True) as folder:
            yield ScratchLaboratory(Path(folder), self.world)


def make_desk(log: DiagnosticLog | None = None) -> Desk:
    """Everything the faces need; what becomes of ledgers is noted in the log, if there is one."""
    desk = ThisDesk(ThisWorld(), is_viewing=wants_to_view())
    return desk if log is None else NotingDesk(desk, log)


def start_log(face: str) -> DiagnosticLog:
    """The diagnostic log of this user, in which it stands now which program runs on what."""
    log = DiagnosticLog(log_folder(), ThisWorld().now)
    log.note(
        "start",
        face=face,
        program=uidmanager.__version__,
        python=".".join(map(str, sys.version_info[:3])),
        msgspec=msgspec.__version__,
        system=_system(),
    )
    return log


def work_in_laboratory(task: str, folder: str, name: str) -> None:
    """What another process does for the installation check."""
    from uidmanager.laboratory import ScratchLaboratory, work  # noqa: PLC0415 (only the check needs it)

    work(ScratchLaboratory(Path(folder), ThisWorld()), task, name)


def _station() -> str:
    """The computer's name."""
    if hasattr(os, "uname"):  # the module that knows other systems as well takes as long to load as a file to read
        return os.uname().nodename
    import platform  # noqa: PLC0415 (the same)

    return platform.node()


def _system() -> str:
    """The operating system, its release, the kind of machine."""
    if hasattr(os, "uname"):
        return f"{os.uname().sysname} {os.uname().release} {os.uname().machine}"
    import platform  # noqa: PLC0415 (the same)

    return f"{platform.system()} {platform.release()} {platform.machine()}"


def _user() -> str:
    """The name that the environment gives, else the system: what `getpass.getuser` does, without all it loads."""
    named = next((os.environ[name] for name in ("LOGNAME", "USER", "LNAME", "USERNAME") if os.environ.get(name)), "")
    if named or not hasattr(os, "getuid"):
        return named
    import pwd  # noqa: PLC0415 (not there on Windows)

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # no name for this user id, as in some containers
        return f"uid {os.getuid()}"


def _plain(name: str) -> str:
    return name.translate(_NOT_PRINTABLE).strip()
