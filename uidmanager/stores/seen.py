"""What this station has seen of each registry: the newest entry's number and hash.

It lies apart from the ledgers, so that an old copy put back in a ledger's place is recognised. A record is appended in
one call, by any number of programs at once; the newest counts. Nothing is flushed: what a power cut takes from it is
read again from the ledger.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

_LARGE: Final = 8 * 1024
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_APPEND: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT
_RECORD: Final = re.compile(rb'\{"n":([0-9]{1,18}),"h":"([0-9a-f]{64})"\}')
_TAME_NAME: Final = re.compile(r"[0-9a-f-]{1,64}")


class Seen(Struct, frozen=True):
    """The newest entry that this station knows of a registry."""

    n: int
    h: str


class _Recalled(Struct, frozen=True):
    """What was read of which file: registry, device and inode; the bytes up to the last whole record; the newest."""

    which: tuple[str, int, int]
    size: int
    seen: Seen | None


class StationMemory:
    """The folder with a file for each registry. Its methods may raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, Path] = {}
        self._last: _Recalled | None = None

    def recall(self, registry: str) -> Seen | None:
        """The newest entry seen; of two with one number, what was noted last. A torn record counts as none."""
        try:
            handle = os.open(self._file(registry), _READ)
        except FileNotFoundError:
            return None
        try:
            return self._recalled(handle, registry)
        finally:
            os.close(handle)

    def _recalled(self, handle: int, registry: str) -> Seen | None:
        """What stands in the file; what was read of it before, and only grew since, is not read again."""
        status, last = os.fstat(handle), self._last
        which = registry, status.st_dev, status.st_ino
        known, size = None, 0
        if last is not None and last.which == which and last.size <= status.st_size:
            known, size = last.seen, last.size
        os.lseek(handle, size, os.SEEK_SET)
        records = _read_all(handle)
        newest = _newest(records)
        if newest is None or (known is not None and known.n > newest.n):
            newest = known
        # A record that was cut short is looked at again: it may be whole the next time.
        self._last = _Recalled(which, size + records.rfind(b"\n") + 1, newest)
        return newest

    def remember(self, registry: str, seen: Seen) -> None:
        """Note what has been seen."""
        file = self._file(registry)
        try:
            handle = os.open(file, _APPEND, 0o666)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, _APPEND, 0o666)
        try:
            os.write(handle, _record(seen))
            size = os.fstat(handle).st_size
        finally:
            os.close(handle)
        if size > _LARGE:
            self._compact(file)

    def _compact(self, file: Path) -> None:
        """Keep the newest record only. One that another program adds meanwhile may be lost; it will note the next."""
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):  # a large file does no harm
            newest = _newest(file.read_bytes())
            if newest is not None:
                beside.write_bytes(_record(newest))
                beside.replace(file)

    def _file(self, registry: str) -> Path:
        file = self._files.get(registry)
        if file is None:
            file = self._files[registry] = self.folder / file_name(registry)
        return file


def file_name(registry: str) -> str:
    """What a registry's file is called in a folder of this station's own."""
    # The id was read from a ledger, which anybody may have written: it must not lead out of the folder.
    name = registry if _TAME_NAME.fullmatch(registry) else sha256(registry.encode("utf-8", "surrogatepass")).hexdigest()
    return f"registry-{name}.jsonl"


def _read_all(handle: int) -> bytes:
    pieces = []
    while piece := os.read(handle, _LARGE * 2):
        pieces.append(piece)
    return b"".join(pieces)


def _record(seen: Seen) -> bytes:
    return b'{"n":%d,"h":"%s"}\n' % (seen.n, seen.h.encode("ascii"))


def _newest(records: bytes) -> Seen | None:
    newest = max(reversed(_RECORD.findall(records)), key=lambda record: int(record[0]), default=None)
    return Seen(int(newest[0]), newest[1].decode("ascii")) if newest else None
