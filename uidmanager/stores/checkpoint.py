"""A checkpoint: the state after so many entries, so that a long ledger need not be folded from its first.

It is derived and disposable, lies in the user's cache and is believed only when it is whole, was written by this very
program on a machine of this kind, and when the ledger begins with exactly the bytes it was made of. Anything else costs
the time to read the ledger, never the truth. It is no part of the ledger's format.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_left
from contextlib import suppress
from hashlib import sha256
from threading import get_ident
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from uidmanager.core.images import Image
from uidmanager.core.registry import Registry
from uidmanager.stores.filesystem import CHUNK
from uidmanager.stores.lines import Lines
from uidmanager.stores.reading import Cursor
from uidmanager.stores.seen import file_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.app.ports import Progress

    Read = Callable[[int, int], bytes]

_FORMAT: Final = "uidmanager-checkpoint 2"
_HASH_LENGTH: Final = 32
_MACHINE: Final = f"{sys.byteorder} {' '.join(f'{code}{array(code).itemsize}' for code in 'BIQi')}"
_WORDS: Final = "Reading the checkpoint"


class Checkpoint(Struct, frozen=True):
    """What is kept: whose it is, how far the ledger had been read and what its bytes up to there hash to, the state.

    ``ends`` says where in the ledger each line ends.
    """

    format: str
    program: str
    machine: str
    cursor: Cursor
    prefix: bytes
    ends: bytes
    image: Image


class Resumed(Struct, frozen=True):
    """A state that was found to be that after the ledger's first entries, and the place after them."""

    registry: Registry
    cursor: Cursor


class Checkpoints:
    """The checkpoints in one folder, one for each registry. ``program`` is the version that reads and writes them."""

    def __init__(self, folder: Path, program: str) -> None:
        self._folder = folder
        self._program = program

    def file_of(self, registry: str) -> Path:
        """Where the checkpoint of a registry lies, or would lie."""
        return self._folder / f"{file_name(registry).removesuffix('.jsonl')}.checkpoint"

    def resume(self, registry: str, size: int, read: Read, progress: Progress) -> Resumed | None:
        """The state after the first entries of a ledger of so many bytes; None where no checkpoint helps.

        ``read`` reads the ledger, whose first line names the registry. May raise `OSError`.
        """
        kept = self._kept(registry)
        if kept is None or kept.cursor.registry != registry or not 0 < kept.cursor.offset <= size:
            return None
        try:
            lines = _prefix(kept, read, progress)
            state = None if lines is None else Registry.from_image(kept.image, lines)
        except ValueError:  # what is kept does not fit together
            return None
        if lines is None or state is None:
            return None
        cursor = kept.cursor
        fits = (state.position, state.head) == (cursor.n, cursor.head) and lines.head_at(cursor.n) == cursor.head
        return Resumed(state, cursor) if fits else None

    def keep(self, registry: Registry) -> None:
        """Write the state of a registry that holds still and whose entries are lines. What fails is left undone."""
        lines = registry.entries
        if not isinstance(lines, Lines) or not lines:
            return
        offset, start = lines.ends[-1], lines.ends[-2] if len(lines) > 1 else 0
        last = registry.installations.origins[registry.position]
        cursor = Cursor(offset, start, registry.position, registry.head, last.at, registry.founding.registry)
        digest = sha256()
        for block in lines.blocks:
            digest.update(block)
        kept = Checkpoint(
            _FORMAT, self._program, _MACHINE, cursor, digest.digest(), lines.ends.tobytes(), registry.image()
        )
        data = msgspec.msgpack.encode(kept)
        file = self.file_of(cursor.registry)
        beside = file.with_name(f"{file.name}.{os.getpid()}.{get_ident()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("wb") as new:
                    new.write(sha256(data).digest())
                    new.write(data)
                beside.replace(file)
            finally:
                beside.unlink(missing_ok=True)

    def _kept(self, registry: str) -> Checkpoint | None:
        """The checkpoint of a registry, if it is whole and of this program and machine."""
        try:
            data = self.file_of(registry).read_bytes()
        except FileNotFoundError:
            return None
        body = memoryview(data)[_HASH_LENGTH:]
        if sha256(body).digest() != data[:_HASH_LENGTH]:
            return None
        try:
            kept = msgspec.msgpack.decode(body, type=Checkpoint)
        except ValueError:  # of another version
            return None
        ours = (_FORMAT, self._program, _MACHINE)
        return kept if (kept.format, kept.program, kept.machine) == ours else None


def _prefix(kept: Checkpoint, read: Read, progress: Progress) -> Lines | None:
    """The lines up to the checkpoint's place, if they are byte for byte those it was made of.

    The hash is taken on another thread, which runs beside this one: it lets go of the interpreter.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (loads logging; most ledgers need neither)

    ends = array("Q")
    ends.frombytes(kept.ends)

    digest = sha256()
    blocks = []
    begin, offset = 0, kept.cursor.offset
    with ThreadPoolExecutor(1) as other:
        hashed = []
        while begin < offset:
            progress(_WORDS, begin / offset)
            end = ends[min(bisect_left(ends, begin + CHUNK), len(ends) - 1)]
            block = _whole(read, begin, end)
            if block is None or end <= begin:
                return None
            blocks.append(block)
            hashed.append(other.submit(digest.update, block))
            begin = end
        for done in hashed:
            done.result()
            progress(_WORDS, 1.0)
    return Lines(blocks, ends) if digest.digest() == kept.prefix and begin == offset else None


def _whole(read: Read, begin: int, end: int) -> bytes | None:
    """The bytes of a ledger from one place to another; None where it ends before."""
    pieces = []
    while begin < end and (piece := read(begin, end - begin)):
        pieces.append(piece)
        begin += len(piece)
    return b"".join(pieces) if begin == end else None
