"""What the place of a ledger means for writing: locks are tried once on a network, and what it risks is said once."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from uidmanager.core.errors import LocksNotWorkingError
from uidmanager.stores.medium import Medium, medium_of
from uidmanager.stores.os_errors import told_as_writing
from uidmanager.stores.syncing import conflict_copies, sync_client
from uidmanager.stores.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.stores.lock_trial import LockTrial


class Place:
    """Where one ledger object writes. The medium is looked up before the first write, and never again."""

    def __init__(
        self,
        path: Path,
        where: str,
        station: str,
        *,
        medium: Callable[[Path], Medium] = medium_of,
        trial: Callable[[Path], LockTrial] | None = None,
    ) -> None:
        self._path = path
        self._where = where
        self._station = station
        self._medium = medium
        self._trial = trial
        self._is_sound = False
        self._one_at_a_time = Lock()

    def check(self) -> tuple[str, ...]:
        """What is to be said before the first write; nothing after it. Raises `LocksNotWorkingError`."""
        with self._one_at_a_time:
            if self._is_sound:
                return ()
            remarks = (*self._of_network(), *self._of_syncing())
            self._is_sound = True
            return remarks

    def afresh(self) -> Place:
        """The same place, of which nothing has been found out yet."""
        return Place(self._path, self._where, self._station, medium=self._medium, trial=self._trial)

    def _of_network(self) -> tuple[str, ...]:
        medium = self._medium(self._path.parent)
        if not medium.is_network:
            return ()
        if medium.lone_locks:
            why = f"it is mounted with “{medium.lone_locks}”, by which a lock holds on this computer only"
            raise LocksNotWorkingError(self._where, why)
        with told_as_writing(self._where):
            found = (self._trial or _trial())(_nearest(self._path.parent))
        if not found.works:
            raise LocksNotWorkingError(self._where, found.why)
        sentence = (
            f"{self._where} lies in a shared folder ({medium.kind}), which is not a server. Locks were tried just now "
            "and work between programs on this computer; whether they work between computers, no program can see from "
            "one of them. Let every station reach the folder in the same way, and keep a backup elsewhere."
        )
        return (sentence,)

    def _of_syncing(self) -> tuple[str, ...]:
        told = []
        client = sync_client(self._path.parent)
        if client:
            told.append(
                f"{self._where} seems to lie in a folder that {client} keeps in step. When two computers write there, "
                "it keeps two histories, and numbers are given twice. Write from one computer only, or put the ledger "
                "elsewhere."
            )
        try:
            names = os.listdir(self._path.parent)  # noqa: PTH208 (names only)
        except OSError:
            return tuple(told)
        copies = conflict_copies(self._path.name, self._station, names)
        if copies:
            told.append(
                f"Beside {self._where} lies “{shown(copies[0])}”, named as a sync program names a copy when two "
                "computers have written. Look at the history of both before you register more."
            )
        return tuple(told)


def _trial() -> Callable[[Path], LockTrial]:
    from uidmanager.stores.lock_trial import try_locks  # noqa: PLC0415 (only writers on a network start programs)

    return try_locks


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one above it that is there already."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
