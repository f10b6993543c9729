"""What a process that reads files does: it answers batches of jobs until nobody asks any more.

It takes no more memory than one file is worth, and hears no Ctrl-C: whoever started it ends it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing import connection as connections
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.dicom.reading import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

MOST_MEMORY: Final = 2 << 30
"""Bytes of address space, where the system can limit that."""

_AT_ONCE: Final = 256
_SILENT_S: Final = 1.0
_Answer = Facts | tuple[int, str | None]


class Job(Struct, frozen=True, gc=False, array_like=True):
    """A file whose facts are wanted, or, with ``members``, the hashes of what it holds: see `hashes_in`."""

    number: int
    path: bytes
    members: tuple[int, ...] = ()


class Answered(Struct, frozen=True, gc=False, array_like=True):
    """One answer to a job, which may have many: facts, or the place of a member and its hash."""

    number: int
    is_last: bool
    facts: Facts | None = None
    member: int = 0
    hash: str | None = None


encoded = msgspec.msgpack.Encoder().encode
jobs_in = msgspec.msgpack.Decoder(list[Job]).decode
answers_in = msgspec.msgpack.Decoder(list[Answered]).decode


def serve(connection: Connection) -> None:
    """Answer batches until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # nobody is there any more
        connection.send_bytes(encoded([]))
        while True:
            _answer(connection, jobs_in(connection.recv_bytes()))


def _end_with_the_parent() -> None:
    """Also when it is killed while a file is being read that never ends."""
    parent = parent_process()
    if parent is not None:
        connections.wait([parent.sentinel])
        os._exit(1)


def _answer(connection: Connection, jobs: list[Job]) -> None:
    ready: list[Answered] = []
    sent = time.monotonic()
    for job in jobs:
        for answer, is_last in _marked(_work(job)):
            ready.append(_answered(job.number, answer, is_last=is_last))
            if len(ready) >= _AT_ONCE or time.monotonic() - sent > _SILENT_S:
                connection.send_bytes(encoded(ready))
                ready, sent = [], time.monotonic()
    if ready:
        connection.send_bytes(encoded(ready))


def _work(job: Job) -> Iterator[_Answer]:
    if job.members:
        from uidmanager.dicom.content import hashes_in  # noqa: PLC0415 (few scans need it)

        yield from hashes_in(os.fsdecode(job.path), job.members)
        return
    try:
        yield from read_file(os.fsdecode(job.path))
    except Exception as fault:  # noqa: BLE001 (a fault of ours over one file must not cost the others)
        yield Facts(Outcome.UNREADABLE, f"Reading it failed by a fault of this program ({type(fault).__name__}).")


def _answered(number: int, answer: _Answer, *, is_last: bool) -> Answered:
    if isinstance(answer, Facts):
        return Answered(number, is_last, answer)
    return Answered(number, is_last, None, *answer)


def _marked(answers: Iterable[_Answer]) -> Iterator[tuple[_Answer, bool]]:
    """The answers to one job, of which the last is marked."""
    before: _Answer | None = None
    for answer in answers:
        if before is not None:
            yield before, False
        before = answer
    if before is not None:
        yield before, True


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 (Windows has none)

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
