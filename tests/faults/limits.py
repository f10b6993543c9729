"""A real writer that may not make files longer than so many bytes: it is told so, or dies in the midst of its write."""

from __future__ import annotations

import multiprocessing
import resource
import signal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.faults.crash import ROOT, BrokenPromiseError, Diary, check
from tests.faults.writer import Place, write_until_told
from uidmanager.core.drafts import AssignInstallations, FoundRegistry

FULL: Final = "ledger.disk_full"
_SERIALS_BEFORE: Final = 40  # the ledger is then longer than all the notes beside it, which the limit leaves alone
_ONE: Final = 1
_LARGE: Final = 3000
_ROOMS_FOR_ONE: Final = (*range(0, 300, 23), 71, 72, 73, 700, 5000)
_ROOMS_FOR_LARGE: Final = (0, 1, 4096, 100_000, 123_457, 131_072)


class Outcome(NamedTuple):
    """How many writers were told that there is no room, how many were ended by the system, and what was kept."""

    told: int
    died: int
    acknowledged: int
    tails: int


def run() -> Outcome:
    """Writers with room for a part of a line, of one serial and of thousands. Raises `BrokenPromiseError`."""
    with TemporaryDirectory(prefix="faults-") as folder:
        place, diary = Place(Path(folder)), Diary()
        service = place.service()
        service.found(FoundRegistry(ROOT, "Acme Imaging"))
        service.submit(AssignInstallations(tuple(str(n) for n in range(1, _SERIALS_BEFORE))))
        died = number = 0
        for serials, rooms in ((_ONE, _ROOMS_FOR_ONE), (_LARGE, _ROOMS_FOR_LARGE)):
            for room in rooms:
                for is_told in (True, False):
                    number += 1
                    died += not is_told
                    _one(place, diary, number, serials, room, is_told=is_told)
        tails = len(list(place.folder.glob("*.torn-*")))
        return Outcome(len(diary.told), died, len(diary.acknowledged), tails)


def _one(place: Place, diary: Diary, number: int, serials: int, room: int, *, is_told: bool) -> None:
    """One writer with so many bytes of room, then one without a limit."""
    before = place.ledger.read_bytes()
    name = f"w{number}"
    context = multiprocessing.get_context("fork")
    arguments = (place, name, number, serials, len(before) + room, is_told)
    writer = context.Process(target=_write_under_limit, args=arguments)
    writer.start()
    writer.join()
    known = len(diary.told)
    diary.read(place.told(name))
    after = place.ledger.read_bytes()
    if is_told:
        is_kept = (writer.exitcode, diary.told[known:]) == (0, [FULL]) and _ends_whole(after, before, room)
    else:
        is_kept = writer.exitcode == -signal.SIGXFSZ and after.startswith(before) and len(after) == len(before) + room
    if not is_kept:
        raise BrokenPromiseError(
            f"{name} ended with {writer.exitcode}, was told {diary.told[known:]}, with room for {room} bytes; "
            f"the ledger had {len(before)} bytes and has {len(after)}"
        )
    check(place, diary, str(900_000_000 + number))


def _ends_whole(after: bytes, before: bytes, room: int) -> bool:
    """Whether all that was taken back is gone: whole lines, as many as there is room for."""
    return after.startswith(before) and after.endswith(b"\n") and len(after) <= len(before) + room


def _write_under_limit(place: Place, name: str, number: int, serials: int, limit: int, is_told: bool) -> None:  # noqa: FBT001 (a process's target)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN if is_told else signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    write_until_told(place, name, number, serials)
