"""What the use cases need of the world, as small as it can be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager  # noqa: TC003 (a port can be read whole at run time, annotations too)
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from uidmanager.core.errors import LedgerError
from uidmanager.core.events import Entry, NewEntry

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory  # which itself stands on this module

Progress = Callable[[str, float], None]
"""Takes what is being done and how far it is (0 to 1). Raises `CancelledError` once the user wants to stop."""


def no_progress(_message: str, _fraction: float) -> None:
    """For work that nobody watches."""


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
    the trouble are good. ``remarks`` are sentences for the user: what was set aside, what was noticed.
    """

    entries: Sequence[Entry] = ()
    trouble: LedgerError | None = None
    remarks: Sequence[str] = ()


class Turn(Protocol):
    """The ledger while nobody else can write to it."""

    def news(self) -> News:
        """What others have written since the last look. Repairs a torn tail."""
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
        """The entries not seen yet, without waiting for a writer. Raises `LedgerMissingError`."""
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

    def afresh(self) -> Ledger:
        """Another look at the same place, which has read nothing yet and shares nothing with this one."""
        ...


class Desk(Protocol):
    """Opens ledgers. The composition root implements it; the faces ask it."""

    @property
    def world(self) -> World:
        """The clock and the person."""
        ...

    def ledger_at(self, where: str) -> Ledger:
        """The ledger at a place, which need not exist yet. Touches nothing."""
        ...

    def laboratory(self) -> AbstractContextManager[Laboratory]:
        """A fresh scratch folder for the installation check, which is taken away afterwards."""
        ...
