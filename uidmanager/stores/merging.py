"""Merging another history into a ledger's file: the plan, the new lines, and the file that they make."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from uidmanager.app.ports import Merging
from uidmanager.core.errors import (
    ContradictionError,
    LedgerExistsError,
    NotMergeableError,
)
from uidmanager.core.events import NewEntry
from uidmanager.core.merging.planning import plan
from uidmanager.core.merging.terms import Choice
from uidmanager.core.registry import fold
from uidmanager.core.rules.common import check_reason, kept_text
from uidmanager.stores.jsonl import bounded_line
from uidmanager.stores.mending import Lines, place_new, put_in_place
from uidmanager.stores.seen import Seen
from uidmanager.stores.sides import SidesFinder

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.app.ports import World
    from uidmanager.core.events import Entry
    from uidmanager.core.merging.terms import Plan
    from uidmanager.stores.copies import Copy
    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.stores.replica import Replica
    from uidmanager.stores.seen import StationMemory
    from uidmanager.stores.sides import Sides


class Wish(Struct, frozen=True):
    """What a person wants of a merge, as in the keeper's port."""

    other: str | None
    reason: str
    choices: Mapping[str, Choice]
    onto_other: bool | None
    leave_out: bool


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
        self._finder = SidesFinder(files, path, where, memory, replica)

    def rehearse(self, wish: Wish) -> Merging:
        """What it would come to. Raises `NotMergeableError`."""
        return self._look(wish)[2]

    def merge(self, wish: Wish, beside: Path, aside: Path) -> Merging:
        """Do it, by whoever holds the ledger's lock; the old file is kept as ``aside``. Raises `NotMergeableError`."""
        for problem in check_reason(wish.reason, required=True):
            raise NotMergeableError(self._where, problem.message)
        sides, planned, merging = self._look(wish)
        if merging.undecided:
            raise NotMergeableError(self._where, f"{', '.join(merging.undecided)} must be decided first.")
        if not merging.is_needed:
            return merging
        lines = self._lines(sides.base, planned, kept_text(wish.reason))
        registry, other = sides.base.registry, sides.other.path
        if other == self._replica.file_of(registry):
            other = self._kept(sides.other, beside)
        kept = put_in_place(self._files, sides.base, beside, self._path, aside, lines)
        with suppress(OSError):  # the next look does it
            self._memory.remember(registry, Seen(merging.entries, lines.head))
        return structs.replace(merging, head=lines.head, kept=(str(kept), str(other)))

    def _kept(self, copy: Copy, beside: Path) -> Path:
        """A copy of the station's own copy, which is going to follow the merged ledger."""
        path = self._replica.kept_as(copy.registry, copy.head)
        with suppress(LedgerExistsError):  # named after its head: a try before this one has made it
            place_new(self._files, copy, path.with_name(beside.name), path)
        return path

    def _look(self, wish: Wish) -> tuple[Sides, Plan, Merging]:
        sides = self._finder.find(wish.other, onto_other=wish.onto_other)
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
            raise NotMergeableError(
                self._where, f"one of the two was put together wrongly. {contradiction}"
            ) from contradiction
        return sides, planned, _told(sides, planned)

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


def _told(sides: Sides, planned: Plan) -> Merging:
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
