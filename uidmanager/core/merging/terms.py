"""The words of a merge: what clashes, what may be chosen, what becomes of each event of the other history."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from uidmanager.core.events import Event
from uidmanager.core.records import NumberKind


class Choice(StrEnum):
    """What a person may decide of a clash."""

    KEEP = "keep"
    TAKE = "take"
    APART = "apart"


class Option(Struct, frozen=True):
    """One choice that a clash allows, and in a sentence what it means."""

    choice: Choice
    meaning: str


class Clash(Struct, frozen=True):
    """Something that both histories tell, each in its own way, and that only a person can decide.

    ``key`` names it in a decision and stays the same from one rehearsal to the next. ``what`` says what it is about,
    ``base`` and ``other`` what each history tells of it. ``chosen`` is None while it is undecided.
    """

    key: str
    what: str
    base: str
    other: str
    options: Sequence[Option]
    chosen: Choice | None = None


class Told(Struct, frozen=True, gc=False):
    """One event of the other history in words: the number of its entry there, when, by whom, what, to what.

    ``new`` is the value after it: a name, a UID, a note.
    """

    entry: int
    at: str
    by: str
    what: str
    subject: str
    new: str | None


class Surrendered(Struct, frozen=True, gc=False):
    """A number that will be given up: what it was given to in the other history, and what that has instead."""

    kind: NumberKind
    number: str
    meant: str
    now: str | None


class MergedEntry(Struct, frozen=True):
    """What one entry of the other history comes to: the events of the new entry, of which the first says whence."""

    source: int
    events: tuple[Event, ...]


class Plan(Struct, frozen=True):
    """What merging would write, entry for entry, and what is to be said about it.

    ``taken`` is what is taken over, ``present`` what the base has already, ``left_out`` what is not taken over.
    """

    entries: Sequence[MergedEntry]
    clashes: Sequence[Clash]
    taken: Sequence[Told]
    present: Sequence[Told]
    left_out: Sequence[Told]
    given_up: Sequence[Surrendered]

    @property
    def undecided(self) -> tuple[str, ...]:
        """The keys of the clashes that nobody has decided."""
        return tuple(clash.key for clash in self.clashes if clash.chosen is None)
