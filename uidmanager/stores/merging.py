"""Merging another history into a ledger's file: which one is the base, what may be lost, and the file that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from uidmanager.app.ports import Merging
from uidmanager.core.branches import last_common
from uidmanager.core.errors import (
    ContradictionError,
    LedgerDamagedError,
    LedgerExistsError,
    LedgerMissingError,
    LedgerNewerError,
    NotMergeableError,
)
from uidmanager.core.events import NewEntry
from uidmanager.core.merging.planning import plan
from uidmanager.core.merging.terms import Choice
from uidmanager.core.registry import fold
from uidmanager.core.rules.common import check_reason, kept_text
from uidmanager.stores.codec import NewerLineError
from uidmanager.stores.copies import Copy, read_copy
from uidmanager.stores.jsonl import bounded_line
from uidmanager.stores.mending import Lines, place_new, put_in_place
from uidmanager.stores.os_errors import told_as_reading
from uidmanager.stores.seen import Seen

if TYPE_CHECKING:
    from uidmanager.app.ports import World
    from uidmanager.core.events import Entry
    from uidmanager.core.merging.terms import Plan
    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.stores.replica import Replica
    from uidmanager.stores.seen import StationMemory


class Wish(Struct, frozen=True):
    """What a person wants of a merge, as in the keeper's port."""

    other: str | None
    reason: str
    choices: Mapping[str, Choice]
    onto_other: bool | None
    leave_out: bool


class _Sides(Struct, frozen=True):
    """The ledger as it lies there, and the other history. ``is_onto_other`` when the ledger goes onto that."""

    ledger: Copy
    other: Copy
    common: int
    is_onto_other: bool

    @property
    def base(self) -> Copy:
        return self.other if self.is_onto_other else self.ledger

    @property
    def guest(self) -> Copy:
        return self.ledger if self.is_onto_other else self.other


class Merger:
    """Merges into one ledger's file. ``where`` is how the user calls it."""

    def __init__(
        self, files: FileSystem, path: Path, where: str, world: World, memory: StationMemory, replica: Replica
    ) -> None:
        self._files = files
        self._path = path
        self._where = where
        self._world = world
        self._memory = memory
        self._replica = replica

    def rehearse(self, wish: Wish) -> Merging:
        """What it would come to. Raises `NotMergeableError`."""
        return self._look(wish)[2]

    def merge(self, wish: Wish, beside: Path, aside: Path) -> Merging:
        """Do it, by whoever holds the ledger's lock; the old file is kept as ``aside``. Raises `NotMergeableError`."""
        for problem in check_reason(wish.reason, required=True):
            raise self._refused(problem.message)
        sides, planned, merging = self._look(wish)
        if merging.undecided:
            raise self._refused(f"{', '.join(merging.undecided)} must be decided first.")
        if not merging.is_needed:
            return merging
        lines = self._lines(sides.base, planned, kept_text(wish.reason))
        other = sides.other.path if wish.other is not None else self._kept(sides.other, beside)
        kept = put_in_place(self._files, sides.base, beside, self._path, aside, lines)
        with suppress(OSError):  # the next look does it
            self._memory.remember(sides.base.registry, Seen(merging.entries, lines.head))
        return structs.replace(merging, head=lines.head, kept=(str(kept), str(other)))

    def _kept(self, copy: Copy, beside: Path) -> Path:
        """A copy of the station's own copy, which is going to follow the merged ledger."""
        path = self._replica.kept_as(copy.registry, copy.head)
        with suppress(LedgerExistsError):  # named after its head: a try before this one has made it
            place_new(self._files, copy, path.with_name(beside.name), path)
        return path

    def _look(self, wish: Wish) -> tuple[_Sides, Plan, Merging]:
        sides = self._sides(wish)
        self._check_nothing_else_is_known(sides)
        base, guest = sides.base, sides.guest
        try:
            planned = plan(
                base.reading.entries,
                guest.reading.entries,
                sides.common,
                wish.choices,
                leaves_out=wish.leave_out,
            )
        except ContradictionError as contradiction:
            raise self._refused(f"one of the two was put together wrongly. {contradiction}") from contradiction
        return sides, planned, _told(sides, planned)

    def _sides(self, wish: Wish) -> _Sides:
        ledger = self._whole(self._path, self._where)
        path = self._replica.file_of(ledger.registry) if wish.other is None else Path(wish.other)
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
        wants_other = has_more if wish.onto_other is None else wish.onto_other
        return _Sides(ledger, other, common, wants_other and other.n > common)

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

    def _check_nothing_else_is_known(self, sides: _Sides) -> None:
        """A third history has numbers that neither of the two names: they could be given again."""
        registry = sides.ledger.registry
        path = self._replica.file_of(registry)
        with suppress(LedgerMissingError):
            third = read_copy(self._files, path, str(path))
            if not _holds(sides, third.n, third.head) or third.claims > max(sides.base.n, sides.guest.n):
                raise self._refused(
                    f"{path}, this station's own copy, has entries that neither of the two has. Merge with that first, "
                    "by naming no other file."
                )
        with told_as_reading(self._where):
            seen = self._memory.recall(registry)
        if seen is not None and not _holds(sides, seen.n, seen.h):
            raise self._refused(
                f"this station has seen an entry {seen.n} that neither of the two has. Look for the copy that has it, "
                "and merge with that first."
            )

    def _lines(self, base: Copy, planned: Plan, why: str | None) -> Lines:
        """The new entries as lines. Raises `ContradictionError` when they could not follow on the base."""
        world, person = self._world, self._world.person
        n, head, data = base.n, base.head, []
        entries: list[Entry] = []
        for merged in planned.entries:
            new = NewEntry(world.new_id(), world.now(), person.name, person.station, world.app, why, merged.events)
            entry, line = bounded_line(new, n + 1, head, self._where)
            n, head = entry.n, entry.h
            entries.append(entry)
            data.append(line)
        fold((*base.reading.entries, *entries))
        return Lines(b"".join(data), head)

    def _refused(self, what: str) -> NotMergeableError:
        return NotMergeableError(self._where, what)


def _holds(sides: _Sides, n: int, head: str) -> bool:
    return sides.ledger.holds(n, head) or sides.other.holds(n, head)


def _told(sides: _Sides, planned: Plan) -> Merging:
    return Merging(
        base=str(sides.base.path),
        other=str(sides.guest.path),
        common=sides.common,
        entries=sides.base.n + len(planned.entries),
        head="",
        taken=planned.taken,
        present=planned.present,
        left_out=planned.left_out,
        given_up=planned.given_up,
        clashes=planned.clashes,
        undecided=planned.undecided,
        kept=(),
        is_needed=bool(planned.entries) or sides.is_onto_other,
    )
