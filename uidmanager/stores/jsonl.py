"""The ledger as a file of JSON lines, written by one program at a time and read by any number."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import RLock, get_ident
from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import EntryTooLargeError, LedgerError, LedgerReadOnlyError, OutcomeUnknownError
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.stores.access import access_of, hindrance
from uidmanager.stores.checkpoint import Checkpoints
from uidmanager.stores.codec import LONGEST_LINE, encode_line
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.founding import check_free, found_file, make_folder
from uidmanager.stores.lines import Lines
from uidmanager.stores.lock import PATIENCE_S, Holder, LedgerLock
from uidmanager.stores.os_errors import check_is_file, told_as_reading, told_as_writing
from uidmanager.stores.place import Place
from uidmanager.stores.position import Position
from uidmanager.stores.reading import ALL, PORTION
from uidmanager.stores.replica import Replica
from uidmanager.stores.seen import StationMemory
from uidmanager.stores.tail import set_aside
from uidmanager.stores.wording import shown
from uidmanager.stores.writing import LedgerFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from uidmanager.app.ports import Access, News, Progress, World
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.core.registry import Registry
    from uidmanager.stores.following import Look

_LOOKS: Final = 5


class JsonlLedger:
    """A ledger in a file on a local disk. Several threads may use one object; a turn shuts the others out."""

    def __init__(
        self,
        path: Path,
        world: World,
        seen_folder: Path,
        *,
        replicas: Path | None = None,
        checkpoints: Path | None = None,
        files: FileSystem | None = None,
        patience: float = PATIENCE_S,
        place: Place | None = None,
        portion: int = PORTION,
    ) -> None:
        self.name = str(path)
        self._given = path
        # One file, one lock: whatever links lead to it.
        self._path = Path(os.path.realpath(path))
        self._world = world
        self._files = files or FileSystem()
        self._patience = patience
        self._portion = portion
        self._memory = StationMemory(seen_folder)
        self._replicas = replicas
        self._checkpoints = checkpoints
        replica = Replica(self._files, replicas) if replicas else None
        self._position = Position(self._files, self.name, world.app, self._memory, replica)
        self._place = place or Place(self._path, self.name, world.person.station)
        self._lock = LedgerLock(self._path, self.name, patience)
        self._busy = RLock()
        self._whose_turn: int | None = None
        self._broken: LedgerError | None = None

    def news(self, progress: Progress = no_progress) -> News:
        """The entries not seen yet, or the next portion of them, without waiting for a writer."""
        with self._busy, told_as_reading(self.name):
            self._position.glance = None
            status = self._files.status_of(self._path)
            check_is_file(self.name, status)
            handle = self._files.open_to_read(self._path)
            try:
                status = self._files.status(handle)
                return self._position.take(
                    self._steady_look(handle, progress), status, partial(self._files.read, handle)
                )
            finally:
                self._files.close(handle)

    def has_news(self) -> bool:
        """Whether the file was touched since the last look."""
        try:
            return self._files.status_of(self._path) != self._position.glance
        except OSError:
            return self._position.glance is not None

    @contextmanager
    def turn(self) -> Iterator[JsonlTurn]:
        """Take the turn to write."""
        self._check_sound()
        with told_as_reading(self.name):
            check_is_file(self.name, self._files.status_of(self._path))
        remarks = self._place.check()
        if self._whose_turn == get_ident():
            raise RuntimeError("a turn within a turn")
        with self._lock.held(self._me), self._busy:
            self._tell(remarks)
            file = LedgerFile(self._files, self._path, self.name)
            turn = JsonlTurn(file, self._position, self._world)
            self._whose_turn = get_ident()
            try:
                yield turn
            finally:
                self._whose_turn = None
                turn.end()
                self._broken = file.broken

    def found(self, entry: NewEntry) -> Entry:
        """Make the file, and the folders above it, with the first entry."""
        with self._turn_to_found():
            founding, line = bounded_line(entry, 1, FIRST_HEAD, self.name)
            status = found_file(self._files, self._path, self.name, (line,))
            self._position.restart()
            self._position.move_past(founding, len(line), status, lambda start, count: line[start : start + count])
        return founding

    def found_with(self, entries: Iterable[NewEntry]) -> int:
        """Make the file, and the folders above it, with several entries: they are written beside it first."""
        head, count = FIRST_HEAD, 0

        def lines() -> Iterator[bytes]:
            nonlocal head, count
            for entry in entries:
                written, line = bounded_line(entry, count + 1, head, self.name)
                head, count = written.h, written.n
                yield line

        with self._turn_to_found():
            found_file(self._files, self._path, self.name, lines())
            self._position.restart()
        return count

    def resume(self, progress: Progress = no_progress) -> Registry | None:
        """The state at the checkpoint, from which `news` goes on; None where there is none that helps."""
        if self._checkpoints is None or not self._checkpoints.is_dir():
            return None
        checkpoints = Checkpoints(self._checkpoints, self._world.app)
        # Whatever is wrong with the ledger is told by who reads it all.
        with self._busy, suppress(OSError, LedgerError):
            check_is_file(self.name, self._files.status_of(self._path))
            handle = self._files.open_to_read(self._path)
            try:
                return self._position.resume(handle, checkpoints, progress)
            finally:
                self._files.close(handle)
        return None

    def keep_checkpoint(self, registry: Registry) -> None:
        """Keep the state of a registry that holds still, so that the next opening is quick. What fails is left."""
        if self._checkpoints is not None:
            Checkpoints(self._checkpoints, self._world.app).keep(registry)

    def blank(self) -> Lines:
        """No entries, to be kept as the bytes of their lines."""
        return Lines()

    def access(self) -> Access:
        """Who may write the file, as far as the file system tells."""
        return access_of(self._path, self.name)

    def refused(self) -> LedgerError | None:
        """Why this user may not write the file, by its rights and its medium."""
        try:
            reason = hindrance(self._path)
        except OSError:  # out of reach; whoever reads will be told
            return None
        return LedgerReadOnlyError(self.name, reason) if reason else None

    def seen_of(self, registry: str) -> int:
        """The newest entry that this station remembers of a registry."""
        with suppress(OSError):  # that this station remembers nothing is said when the ledger is opened
            seen = self._memory.recall(registry)
            return 0 if seen is None else seen.n
        return 0

    def afresh(self) -> JsonlLedger:
        """Another look at the same place."""
        return JsonlLedger(
            self._given,
            self._world,
            self._memory.folder,
            replicas=self._replicas,
            checkpoints=self._checkpoints,
            files=self._files,
            patience=self._patience,
            place=self._place.afresh(),
            portion=self._portion,
        )

    @contextmanager
    def _turn_to_found(self) -> Iterator[None]:
        """The lock beside the file that is to be, once nothing lies there."""
        self._check_sound()
        check_free(self._files, self._path, self.name)
        remarks = self._place.check()
        with told_as_writing(self.name):
            make_folder(self._files, self._path.parent)
        with self._lock.held(self._me), self._busy:
            try:
                yield
            except OutcomeUnknownError as unknown:
                self._broken = unknown
                raise
            self._tell(remarks)

    def _steady_look(self, handle: int, progress: Progress) -> Look:
        """A look without the lock: what seems damaged may be a writer's repair half seen, so it is looked at again."""
        for _ in range(_LOOKS):
            before = self._files.status(handle)
            look = self._position.look(handle, progress, self._portion)
            if look.trouble is None or self._files.status(handle) == before:
                break
        return look

    def _check_sound(self) -> None:
        """After the disk has failed, only a look afresh can tell what it holds."""
        if self._broken is not None:
            raise self._broken

    def _tell(self, remarks: Iterable[str]) -> None:
        for remark in remarks:
            self._position.remark(remark)

    def _me(self) -> Holder:
        person = self._world.person
        return Holder(shown(person.name), shown(person.station), self._world.now())


class JsonlTurn:
    """The file while this program holds its lock."""

    def __init__(self, file: LedgerFile, position: Position, world: World) -> None:
        self._file = file
        self._position = position
        self._world = world
        self._has_looked = False
        self._has_ended = False
        self._trouble: LedgerError | None = None

    def news(self) -> News:
        """What others have written since the last look. Sets a torn tail aside."""
        self._check_open()
        file, position = self._file, self._position
        with told_as_reading(file.where):
            look = position.look(file.handle, no_progress, ALL)
            if look.is_torn:
                position.remark(set_aside(file, look.cursor.offset, self._world.now()))
            status = file.files.status(file.handle)
        self._has_looked = True
        self._trouble = look.trouble
        return position.take(look, status, partial(file.files.read, file.handle))

    def append(self, entry: NewEntry) -> Entry:
        """Write one entry. One that an earlier try wrote without being acknowledged is found, not written again."""
        self._check_open()
        if not self._has_looked:
            raise RuntimeError("news() comes first in a turn: an entry follows on all others")
        if self._trouble is not None:
            raise self._trouble
        written = self._position.recent.written(entry)
        if written is not None:
            return written
        cursor = self._position.cursor
        written, line = bounded_line(entry, cursor.n + 1, cursor.head, self._file.where)
        status = self._file.append(line, cursor.offset)
        self._position.move_past(written, len(line), status, partial(self._file.files.read, self._file.handle))
        return written

    def end(self) -> None:
        """Let go of the file; nothing can be done with this turn any more."""
        self._has_ended = True
        self._file.close()

    def _check_open(self) -> None:
        if self._has_ended:
            raise RuntimeError("this turn is over")
        if self._file.broken is not None:
            raise self._file.broken


def bounded_line(entry: NewEntry, n: int, before: str, where: str) -> tuple[Entry, bytes]:
    """The entry in its place and its line. Raises `EntryTooLargeError`."""
    written, line = encode_line(entry, n, before)
    if len(line) > LONGEST_LINE:
        raise EntryTooLargeError(where, len(line), LONGEST_LINE)
    return written, line
