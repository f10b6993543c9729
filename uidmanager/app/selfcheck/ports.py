"""What the checks need of the world: ledgers in a scratch folder, and other processes that write to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.ports import Keeper, Ledger, World
    from uidmanager.core.barcodes import Read
    from uidmanager.core.labels.units import Unit
    from uidmanager.core.reports import Report


ROWS_OF_A_TABLE: Final = 200


class Worker(Protocol):
    """Another process of this program that works on a ledger of the scratch folder."""

    def line(self) -> str:
        """The next line it says, without its end; empty once it has ended. Waits for it."""
        ...

    def kill(self) -> tuple[str, ...]:
        """End it as a power cut would, and answer the lines it had still said."""
        ...


class Laboratory(Protocol):
    """A scratch folder, and what this build puts in it. Nothing outside of the folder is touched."""

    @property
    def world(self) -> World:
        """The clock and the person."""
        ...

    @property
    def folder(self) -> Path:
        """The scratch folder."""
        ...

    @property
    def flushes(self) -> int:
        """How often a ledger of this laboratory was seen onto the disk (fsync)."""
        ...

    @property
    def versions(self) -> Sequence[tuple[str, str]]:
        """Names and values of what is tested and on what: the program, its hash, the libraries, the system."""
        ...

    def ledger(self, name: str) -> Ledger:
        """The ledger of this name in the folder, which need not exist yet. It gives up early on a lock."""
        ...

    def keeper(self, name: str) -> Keeper:
        """Who looks after the ledger of this name, and knows what this laboratory remembers of it."""
        ...

    def assigning(self, name: str) -> Worker:
        """Start a process that assigns serials without end and says each UID once it is acknowledged."""
        ...

    def taking_over(self, name: str) -> Worker:
        """Start a process that takes over tables of so many rows each, and says each UID once it is acknowledged."""
        ...

    def holding(self, name: str) -> Worker:
        """Start a process that takes the ledger's lock, says ``held`` and its station, and keeps it."""
        ...

    def read(self, text: str) -> Read:
        """What is taken from a text that a scanner sends, set up as scanners are."""
        ...

    def read_labels(self, units: Sequence[Unit]) -> Sequence[tuple[str, str]]:
        """Labels of these units drawn as dots: what each code on them is to say, and what a reader finds in it."""
        ...

    def saved(self, report: Report, form: str) -> bytes:
        """The report written to a file in this format (``csv``, ``json``) and read back."""
        ...
