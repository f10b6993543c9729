"""The two histories of a merge, and what else this station knows of the registry."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.branches import last_common
from uidmanager.core.errors import LedgerDamagedError, LedgerMissingError, LedgerNewerError, NotMergeableError
from uidmanager.stores.codec import NewerLineError
from uidmanager.stores.copies import Copy, read_copy
from uidmanager.stores.os_errors import told_as_reading

if TYPE_CHECKING:
    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.stores.replica import Replica
    from uidmanager.stores.seen import StationMemory


class Sides(Struct, frozen=True):
    """The ledger as it lies there, and the other history. ``is_onto_other`` when the ledger goes onto that."""

    ledger: Copy
    other: Copy
    common: int
    is_onto_other: bool

    @property
    def base(self) -> Copy:
        """The history that stays as it is."""
        return self.other if self.is_onto_other else self.ledger

    @property
    def guest(self) -> Copy:
        """The history whose own entries are applied on top."""
        return self.ledger if self.is_onto_other else self.other

    def holds(self, n: int, head: str) -> bool:
        """Whether one of the two has this entry."""
        return self.ledger.holds(n, head) or self.other.holds(n, head)


class SidesFinder:
    """Finds them for one ledger. ``where`` is how the user calls it."""

    def __init__(self, files: FileSystem, path: Path, where: str, memory: StationMemory, replica: Replica) -> None:
        self._files = files
        self._path = path
        self._where = where
        self._memory = memory
        self._replica = replica

    def find(self, other: str | None, *, onto_other: bool | None) -> Sides:
        """Read the ledger and the other file, None for the station's own copy. Raises a `LedgerError`."""
        sides = self._sides(other, onto_other=onto_other)
        self._check_nothing_else_is_known(sides)
        return sides

    def _sides(self, named: str | None, *, onto_other: bool | None) -> Sides:
        ledger = self._whole(self._path, self._where)
        path = self._replica.file_of(ledger.registry) if named is None else Path(named)
        other = self._whole(path, str(path))
        if other.registry != ledger.registry:
            raise self._refused(f"{path} is of another registry. Name a copy of this one.")
        common = last_common(ledger.reading.entries, other.reading.entries)
        if common == 0:
            raise self._refused(f"{path} was founded otherwise. Name a copy of this registry.")
        if ledger.n == common < other.n:
            raise self._refused(
                f"the two have not parted, it only lacks what {path} has. “uidmanager repair” (for this station's own "
                "copy) or “uidmanager restore” puts that in its place."
            )
        has_more = other.n > ledger.n
        wants_other = has_more if onto_other is None else onto_other
        return Sides(ledger, other, common, wants_other and other.n > common)

    def _whole(self, path: Path, where: str) -> Copy:
        """A file that is good to its last byte. Raises a `LedgerError`."""
        copy = read_copy(self._files, path, where)
        if copy.is_whole:
            return copy
        if copy.status.size == 0:
            raise LedgerMissingError(where)
        fault = copy.reading.fault
        if isinstance(fault, NewerLineError):
            raise LedgerNewerError(where, copy.n + 1, str(fault), fault.known)
        raise LedgerDamagedError(where, copy.n + 1, str(fault or "it is cut short"))

    def _check_nothing_else_is_known(self, sides: Sides) -> None:
        """A third history has numbers that neither of the two names: they could be given again."""
        registry = sides.ledger.registry
        path = self._replica.file_of(registry)
        with suppress(LedgerMissingError):
            third = read_copy(self._files, path, str(path))
            if not sides.holds(third.n, third.head) or third.claims > max(sides.base.n, sides.guest.n):
                raise self._refused(
                    f"{path}, this station's own copy, has entries that neither of the two has. Merge with that first, "
                    "by naming no other file."
                )
        with told_as_reading(self._where):
            seen = self._memory.recall(registry)
        if seen is not None and not sides.holds(seen.n, seen.h):
            raise self._refused(
                f"this station has seen an entry {seen.n} that neither of the two has. Look for the copy that has it, "
                "and merge with that first."
            )

    def _refused(self, what: str) -> NotMergeableError:
        return NotMergeableError(self._where, what)
