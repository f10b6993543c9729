"""Looking after the file of a ledger: laying it beside other copies, backing it up, mending it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from uidmanager.app.ports import History, Mending
from uidmanager.core.entries import head_at
from uidmanager.core.errors import LedgerDamagedError, LedgerError, LedgerMissingError, NotMendableError
from uidmanager.stores.copies import Copy, read_copy
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.lock import PATIENCE_S, Holder, LedgerLock
from uidmanager.stores.mending import place_new, put_in_place
from uidmanager.stores.os_errors import told_as_reading
from uidmanager.stores.replica import Replica
from uidmanager.stores.seen import StationMemory, file_name
from uidmanager.stores.wording import shown

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

    def backup(self, folder: str) -> History:
        """Write a verified copy into a folder, named after registry, number of entries and head."""
        copy = read_copy(self._files, self._path, self._where)
        if copy.n == 0 or copy.reading.fault is not None:
            raise _fault(copy, self._where) or LedgerMissingError(self._where)
        name = file_name(copy.registry).removesuffix(".jsonl")
        path = Path(folder) / f"{name}-{copy.n}-{copy.reading.cursor.head[:12]}.jsonl"
        place_new(self._files, copy, path.with_name(f".{path.name}.{os.getpid()}.new"), path)
        return _history(read_copy(self._files, path, str(path)), str(path))

    def mend(self, backup: str | None, *, apply: bool) -> Mending:
        """Put the longest copy in the ledger's place; a rehearsal without ``apply``."""
        if not apply:
            return self._plan(backup)[1]
        lock = LedgerLock(self._path, self._where, PATIENCE_S)
        with lock.held(self._me):
            best, mending = self._plan(backup)
            if not mending.is_needed:
                return mending
            stamp = self._world.now().replace("-", "").replace(":", "")
            beside = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
            aside = self._path.with_name(f"{self._path.name}.damaged-{stamp}")
            kept = put_in_place(self._files, best, beside, self._path, aside)
            return structs.replace(mending, aside=str(kept))

    def _plan(self, backup: str | None) -> tuple[Copy, Mending]:
        """Which copy has everything. Raises `NotMendableError` where none has."""
        present = read_copy(self._files, self._path, self._where)
        copies = [present]
        if backup is not None:
            copies.append(read_copy(self._files, Path(backup), backup))
        registry = next((copy.registry for copy in copies if copy.registry), "")
        with suppress(LedgerMissingError):
            path = self._replica.file_of(registry)
            copies.append(read_copy(self._files, path, str(path)))
        best = max(copies, key=lambda copy: copy.n)
        self._check_complete(best, copies, registry)
        is_needed = best is not present or not present.is_whole
        cursor = best.reading.cursor
        return best, Mending(str(best.path), cursor.n, cursor.head, cursor.n - present.n, is_needed)

    def _check_complete(self, best: Copy, copies: list[Copy], registry: str) -> None:
        """Nothing that any copy or the station's memory names may be missing."""
        if best.n == 0:
            raise NotMendableError(self._where, "no copy at hand holds a good entry")
        for copy in copies:
            if not best.extends(copy) or copy.registry not in {"", best.registry}:
                raise NotMendableError(self._where, f"{copy.path} has entries that {best.path} lacks")
            if copy.claims > best.n:
                raise NotMendableError(self._where, f"{copy.path} names entry {copy.claims}, but no good copy has it")
        with told_as_reading(self._where):
            seen = StationMemory(self._data / "seen").recall(registry)
        if seen is not None and (seen.n > best.n or head_at(best.reading.entries, seen.n) != seen.h):
            raise NotMendableError(self._where, f"this station has seen an entry {seen.n} that no copy at hand has")

    def _me(self) -> Holder:
        person = self._world.person
        return Holder(shown(person.name), shown(person.station), self._world.now())


def _history(copy: Copy, where: str) -> History:
    return History(where, copy.reading.entries, _fault(copy, where))


def _fault(copy: Copy, where: str) -> LedgerError | None:
    if copy.is_whole:
        return None
    if copy.status.size == 0:
        return LedgerMissingError(where)
    return LedgerDamagedError(where, copy.n + 1, str(copy.reading.fault or "it is cut short"))
