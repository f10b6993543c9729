"""How far one ledger object has followed its file, and what it has to say of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from uidmanager.app.ports import News
from uidmanager.stores.following import Examiner, Look
from uidmanager.stores.os_errors import reason
from uidmanager.stores.reading import Cursor, first_registry
from uidmanager.stores.recent import RecentEntries
from uidmanager.stores.seen import Seen
from uidmanager.stores.wording import clock_remarks

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.errors import LedgerError
    from uidmanager.core.events import Entry
    from uidmanager.core.registry import Registry
    from uidmanager.stores.checkpoint import Checkpoints
    from uidmanager.stores.filesystem import FileSystem, Status
    from uidmanager.stores.replica import Read, Replica
    from uidmanager.stores.seen import StationMemory


class Position:
    """The place after the last entry read, and what the file was like then.

    It moves only once a look is taken in, and not at all after a look that has found trouble. ``glance`` is
    the file as last looked at, None when there was none; ``recent`` holds the entries read last.
    """

    def __init__(
        self, files: FileSystem, where: str, app: str, memory: StationMemory, replica: Replica | None = None
    ) -> None:
        self.cursor = Cursor()
        self.glance: Status | None = None
        self.recent = RecentEntries()
        self._files = files
        self._examiner = Examiner(files, where, app)
        self._memory = memory
        self._replica = replica
        self._remembered: Seen | None = None
        self._remarks: list[str] = []
        self._read_from: Status | None = None
        self._memory_failed = False
        self._replica_failed = False
        self._trouble: LedgerError | None = None

    def resume(self, handle: int, checkpoints: Checkpoints, progress: Progress) -> Registry | None:
        """Move to where a checkpoint was made, and answer the state there; None, and nothing done, where none helps.

        May raise `OSError`.
        """
        registry, status = first_registry(self._files, handle), self._files.status(handle)
        if not registry:
            return None
        resumed = checkpoints.resume(registry, status.size, partial(self._files.read, handle), progress)
        if resumed is None:
            return None
        entries, seen = resumed.registry.entries, self._recall(registry)
        if seen is not None and seen.n <= len(entries) and entries.head_at(seen.n) != seen.h:
            return None
        self.cursor = resumed.cursor
        self.recent.add(entries)
        self._read_from = status
        return resumed.registry

    def look(self, handle: int, progress: Progress, limit: int) -> Look:
        """What an open file holds after this position, which stays where it is; about ``limit`` bytes of it."""
        if self._trouble is not None:  # what was read after it is in doubt; only a look afresh can clear that
            return Look((), self.cursor, self._trouble)
        # The memory comes first: whatever it names then was in the file before the file is read.
        registry = self.cursor.registry or first_registry(self._files, handle)
        self._remembered = self._recall(registry) if registry else None
        is_another_file = self._read_from is not None and not self._read_from.is_same_file(self._files.status(handle))
        return self._examiner.look(
            handle, self.cursor, self._remembered, progress, limit, is_another_file=is_another_file
        )

    def take(self, look: Look, status: Status, read: Read) -> News:
        """Move to where a look has led; answers what it has shown. ``read`` reads the file looked at."""
        self.glance = None if look.has_more else status
        self.cursor = look.cursor
        self.recent.add(look.entries)
        self._trouble = look.trouble
        if look.trouble is None:
            self._read_from = status
            if not look.has_more:
                self._remember()
                self._replicate(read)
        remarks, self._remarks = self._remarks, []
        return News(look.entries, look.trouble, remarks, has_more=look.has_more)

    def move_past(self, entry: Entry, size: int, status: Status, read: Read) -> None:
        """Move past an entry of our own that is safely on the disk."""
        self._remarks.extend(clock_remarks(self.cursor.at, entry))
        self.cursor = self.cursor.after(entry, size)
        self.recent.add([entry])
        self.glance = self._read_from = status
        self._remember()
        self._replicate(read)

    def restart(self) -> None:
        """Back to the beginning, since another ledger begins here."""
        self.cursor = Cursor()
        self.recent = RecentEntries()
        self._remembered = None
        self._trouble = None

    def remark(self, sentence: str) -> None:
        """Something to be said with the next news."""
        self._remarks.append(sentence)

    def _recall(self, registry: str) -> Seen | None:
        try:
            return self._memory.recall(registry)
        except OSError as error:
            self._tell_of_memory(error)
            return None

    def _remember(self) -> None:
        seen = Seen(self.cursor.n, self.cursor.head)
        if self._remembered is not None and self._remembered.n >= seen.n:
            return
        try:
            self._memory.remember(self.cursor.registry, seen)
        except OSError as error:
            self._tell_of_memory(error)
        else:
            self._remembered = seen

    def _replicate(self, read: Read) -> None:
        """Have the station's copy follow; say once that there is none."""
        if self._replica is None:
            return
        try:
            self._replica.extend(self.cursor, read)
        except OSError as error:
            if not self._replica_failed:
                self._replica_failed = True
                self.remark(
                    f"This station cannot keep its own copy of the ledger in {self._replica.folder} ({reason(error)}). "
                    "A damaged ledger could not be repaired from it."
                )

    def _tell_of_memory(self, error: OSError) -> None:
        """Say once that an old copy of the ledger would not be noticed here."""
        if not self._memory_failed:
            self._memory_failed = True
            self.remark(
                f"This station cannot keep what it has seen in {self._memory.folder} ({reason(error)}). An old copy "
                "put in the ledger's place would not be noticed here."
            )
