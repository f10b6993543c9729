"""Looking after the file of a ledger: laying it beside other copies of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from uidmanager.app.ports import History
from uidmanager.core.errors import LedgerDamagedError, LedgerError, LedgerMissingError
from uidmanager.stores.copies import Copy, read_copy
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.replica import Replica

if TYPE_CHECKING:
    from uidmanager.app.ports import World


class JsonlKeeper:
    """Looks after one ledger. Errors are those of a ledger."""

    def __init__(self, path: Path, world: World, data: Path, *, files: FileSystem | None = None) -> None:
        self._where = str(path)
        self._path = Path(os.path.realpath(path))
        self._world = world
        self._data = data
        self._files = files or FileSystem()
        self._replica = Replica(self._files, data / "replicas")

    def present(self) -> History:
        """What the ledger holds."""
        return _history(read_copy(self._files, self._path, self._where), self._where)

    def other(self, where: str) -> History:
        """What another file holds."""
        return _history(read_copy(self._files, Path(where), where), where)

    def replica(self, registry: str) -> History:
        """What this station's own copy of a registry's ledger holds."""
        path = self._replica.file_of(registry)
        return _history(read_copy(self._files, path, str(path)), str(path))


def _history(copy: Copy, where: str) -> History:
    return History(where, copy.reading.entries, _fault(copy, where))


def _fault(copy: Copy, where: str) -> LedgerError | None:
    if copy.is_whole:
        return None
    if copy.status.size == 0:
        return LedgerMissingError(where)
    return LedgerDamagedError(where, copy.n + 1, str(copy.reading.fault or "it is cut short"))
