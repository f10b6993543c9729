"""A small disk with a ledger on it, and what can be asked of both."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tests.faults.crash import ROOT, BrokenPromiseError, Diary, Told, check
from tests.faults.namespaces import mount_small
from tests.faults.writer import Place
from uidmanager.bootstrap import ThisWorld
from uidmanager.core.drafts import AssignInstallations, FoundRegistry
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.core.errors import LedgerError

_SIZE: Final = 512 * 1024


class Disk:
    """A small disk with a ledger on it, notes of what was acknowledged elsewhere, and a file that takes up the rest."""

    def __init__(self, folder: Path) -> None:
        self.small = folder / "small"
        self.notes = folder / "notes"
        self.small.mkdir()
        self.notes.mkdir()
        mount_small(self.small, _SIZE)
        self.place = OnSmallDisk(self.notes)
        self.diary = Diary()
        self._filler = self.small / "filler"

    def found(self, serials: int = 0) -> None:
        """A ledger of a founding and so many entries."""
        service = self.place.service()
        entries = [service.found(FoundRegistry(ROOT, "Acme Imaging")).entry]
        entries += [service.submit(AssignInstallations((str(n),))).entry for n in range(1, serials + 1)]
        self.diary.acknowledged += [Told(entry.id, entry.n, entry.h) for entry in entries if entry is not None]

    def fill(self, room: int = 0) -> None:
        """Leave so many bytes of room, or none."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
            file.truncate(max(0, file.tell() - room))

    def make_room(self) -> None:
        self._filler.unlink()

    def keeper(self) -> JsonlKeeper:
        return JsonlKeeper(self.place.ledger, ThisWorld(), self.notes)

    def goes_on(self, serial: str) -> None:
        """All that was promised holds, and one more entry is written."""
        check(self.place, self.diary, serial)


class OnSmallDisk(Place):
    """The ledger alone lies on the small disk."""

    @property
    def ledger(self) -> Path:
        return self.folder.parent / "small" / "acme.jsonl"


@contextmanager
def told(kind: type[LedgerError]) -> Iterator[None]:
    """This error is told in the block, and no other."""
    try:
        yield
    except kind:
        return
    raise BrokenPromiseError(f"no {kind.code} was told")


def hold(*facts: tuple[str, bool]) -> None:
    """All of it is so, or the promise is broken."""
    broken = [what for what, is_so in facts if not is_so]
    if broken:
        raise BrokenPromiseError("not so: " + ", ".join(broken))
