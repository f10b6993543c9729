"""What the use cases need of the world, as small as it can be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager  # noqa: TC003 (a port can be read whole at run time, annotations too)
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from uidmanager.core.entries import Entries  # noqa: TC001 (the same)
from uidmanager.core.errors import LedgerError
from uidmanager.core.events import Entry, NewEntry
from uidmanager.core.merging.terms import Choice, Clash, Surrendered, Told
from uidmanager.core.registry import Registry  # noqa: TC001 (the same)

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory  # which itself stands on this module

Progress = Callable[[str, float], None]
"""Takes what is being done and how far it is (0 to 1). Raises `CancelledError` once the user wants to stop."""


def no_progress(_message: str, _fraction: float) -> None:
    """For work that nobody watches."""


FaultNote = Callable[[BaseException], str]
"""Keeps a fault of the program for later; answers the file that tells of it, empty when there is none. Never raises."""


def no_note(_fault: BaseException, /) -> str:
    """For faults that nobody keeps."""
    return ""


class Person(Struct, frozen=True):
    """Who acts, and where: the user of the operating system and the computer's name."""

    name: str
    station: str


class World(Protocol):
    """The clock, the person and the dice: what differs from one call to the next."""

    @property
    def person(self) -> Person:
        """Who is acting here."""
        ...

    @property
    def app(self) -> str:
        """The program's version."""
        ...

    def now(self) -> str:
        """UTC in ISO 8601 with microseconds: ``2026-11-22T21:06:42.123456Z``."""
        ...

    def new_id(self) -> str:
        """A fresh random id (UUID 4, in text)."""
        ...


class News(Struct, frozen=True):
    """What a ledger holds after the entries already known.

    ``trouble`` says why nothing can be written (damage, a newer format, a ledger that went back); the entries before
    the trouble are good. ``remarks`` are sentences for the user: what was set aside, what was noticed. When it
    ``has_more``, this is a portion that fits into memory, and the next one is to be asked for.
    """

    entries: Sequence[Entry] = ()
    trouble: LedgerError | None = None
    remarks: Sequence[str] = ()
    has_more: bool = False


class Access(Struct, frozen=True):
    """Who may write a ledger: its file and the folder around it, in words."""

    file: str
    folder: str


class Turn(Protocol):
    """The ledger while nobody else can write to it."""

    def news(self) -> News:
        """What others have written since the last look, all of it. Repairs a torn tail."""
        ...

    def append(self, entry: NewEntry) -> Entry:
        """Write one entry and see it safely on the disk. Raises a `LedgerError` when that cannot be."""
        ...


class Ledger(Protocol):
    """An append-only sequence of entries. It remembers how far it has been read."""

    @property
    def name(self) -> str:
        """Where it lies, as the user knows it."""
        ...

    def news(self, progress: Progress = no_progress) -> News:
        """The entries not seen yet, or a portion of them, without waiting for a writer. Raises `LedgerMissingError`."""
        ...

    def has_news(self) -> bool:
        """Whether a look is worth it; cheap enough to ask several times a second."""
        ...

    def turn(self) -> AbstractContextManager[Turn]:
        """Take the turn to write. Raises `LedgerLockedError` when another program keeps it too long."""
        ...

    def found(self, entry: NewEntry) -> Entry:
        """Make the ledger with its first entry. Raises `LedgerExistsError` where there is one already."""
        ...

    def found_with(self, entries: Iterable[NewEntry]) -> int:
        """Make the ledger with its first entries, all of them or none; answers how many. `news` is to be asked next.

        Raises as `found` does, and whatever the making of the entries raises; then there is no ledger.
        """
        ...

    def resume(self, progress: Progress = no_progress) -> Registry | None:
        """The state after the first entries, kept from an earlier time and found to be theirs; `news` goes on from it.

        None where there is none to be had; then nothing was read. To be asked first, or not at all.
        """
        ...

    def keep_checkpoint(self, registry: Registry) -> None:
        """Keep the state of a registry that holds still and was read from this ledger, for `resume`. May do nothing."""
        ...

    def blank(self) -> Entries:
        """No entries, in the form in which those of this ledger are kept best."""
        ...

    def access(self) -> Access:
        """Who may write it, as far as its place tells. Raises `LedgerMissingError`."""
        ...

    def refused(self) -> LedgerError | None:
        """Why this user may not write it, as far as can be told without trying; None if they may."""
        ...

    def seen_of(self, registry: str) -> int:
        """The number of the newest entry that this station has seen of a registry, in whatever ledger; 0: none."""
        ...

    def afresh(self) -> Ledger:
        """Another look at the same place, which has read nothing yet and shares nothing with this one."""
        ...


class History(Struct, frozen=True):
    """The good entries of one file from the first on, and why there are no more of them, if something is wrong."""

    where: str
    entries: Sequence[Entry]
    fault: LedgerError | None = None


class Mending(Struct, frozen=True):
    """What a repair or a restore comes to. ``source`` holds all there will be; ``added`` entries come back with it.

    ``aside`` is where the old file lies now; None where nothing was done, or nothing lay there.
    """

    source: str
    entries: int
    head: str
    added: int
    is_needed: bool
    aside: str | None = None


class Merging(Struct, frozen=True):
    """What a merge of two histories comes to. ``base`` and ``other`` are where they lie: the base stays as it is.

    ``common`` is the last entry that both have, ``entries`` how many there will be, ``head`` the hash of the last one,
    empty in a rehearsal. ``taken``, ``present`` and ``left_out`` are the events of the other history: those taken over,
    those the base has already, those that are not taken over. ``undecided`` has the keys of clashes that still need a
    decision. ``kept`` are the files in which the two histories lie as they were, empty in a rehearsal.
    """

    base: str
    other: str
    common: int
    entries: int
    head: str
    taken: Sequence[Told]
    present: Sequence[Told]
    left_out: Sequence[Told]
    given_up: Sequence[Surrendered]
    clashes: Sequence[Clash]
    undecided: Sequence[str]
    kept: Sequence[str]
    is_needed: bool


class PackMade(Struct, frozen=True):
    """An inspection pack that was written: where, its file's hash, how much is in it, of which state it was made."""

    where: str
    sha256: str
    files: int
    rows: int
    entries: int
    head: str


class Keeper(Protocol):
    """Looks after a ledger's file and its copies. All methods may raise a `LedgerError`."""

    def present(self) -> History:
        """What the ledger holds."""
        ...

    def other(self, where: str) -> History:
        """What another file holds: a backup, a copy that went its own way."""
        ...

    def replica(self, registry: str) -> History:
        """What this station's own copy of a registry's ledger holds."""
        ...

    def backup(self, folder: str, *, may_be_there: bool = False) -> History:
        """Write a verified copy into a folder; never over another file. Raises `BackupFailedError`.

        With ``may_be_there`` a backup of just these entries that lies there already is verified and counts as this one.
        """
        ...

    def shares_disk(self, folder: str) -> bool:
        """Whether a folder lies on the ledger's own disk, as far as the system tells."""
        ...

    def mend(self, backup: str | None, *, apply: bool) -> Mending:
        """Put the longest copy in the ledger's place that has all that the others have; what lay there is set aside.

        The ledger, the station's copy and ``backup`` are looked at. Without ``apply`` nothing is done.
        """
        ...

    def merge(
        self,
        other: str | None,
        *,
        reason: str,
        choices: Mapping[str, Choice],
        onto_other: bool | None = None,
        leave_out: bool = False,
        apply: bool,
    ) -> Merging:
        """Apply what only one history has on top of the other, in the ledger's place; both originals are kept.

        ``other`` is the file beside the ledger, None for this station's own copy. The longer one is the base, the
        ledger where they are equal, unless ``onto_other`` says which. ``choices`` decides clashes by their keys.
        With ``leave_out`` nothing is taken over; the numbers given there are given up. Without ``apply`` nothing is
        done. Raises `NotMergeableError` where that would not be safe, or where something is undecided.
        """
        ...


class Desk(Protocol):
    """Opens ledgers. The composition root implements it; the faces ask it."""

    @property
    def world(self) -> World:
        """The clock and the person."""
        ...

    def viewing(self) -> Desk:
        """The same desk for looking only: the ledgers it opens are never written."""
        ...

    def ledger_at(self, where: str) -> Ledger:
        """The ledger at a place, which need not exist yet. Touches nothing."""
        ...

    def keeper_at(self, where: str) -> Keeper:
        """Who looks after the ledger at a place. Touches nothing."""
        ...

    def inspection_pack(
        self, where: str, target: str, *, paper: str = "a4", replace: bool = False, progress: Progress = no_progress
    ) -> PackMade:
        """Write the pack of the ledger at ``where`` into the file ``target``, whole or not at all.

        ``paper`` is the sheet its reports are laid out for: ``a4`` or ``letter``.
        Raises a `LedgerError` where the ledger is in trouble, and what the writing of files raises.
        """
        ...

    def laboratory(self) -> AbstractContextManager[Laboratory]:
        """A fresh scratch folder for the installation check, which is taken away afterwards."""
        ...
