"""A real writer under whose hands the file is removed, replaced or forbidden: what it was told stays, or it says so."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.faults.crash import ROOT, BrokenPromiseError, Diary, check
from tests.faults.disks import Faulty
from tests.faults.writer import Place
from uidmanager.core.drafts import AssignInstallations, FoundRegistry
from uidmanager.core.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

AT_CALL: Final = 10
WRITER: Final = "w"
NOBODY: Final = 65534
WENT_ON: Final = "went on"
_SERIALS: Final = 20


class Asks:
    """At one call of one kind, has somebody else do something to the file, and goes on when it is done."""

    def __init__(self, call: str, other: Connection) -> None:
        self._call = call
        self._left = AT_CALL
        self._other = other

    def __call__(self, _number: int, call: str) -> None:
        self._left -= call == self._call
        if call == self._call and self._left == 0:
            self._other.send("now")
            self._other.recv()


def write_on(place: Place, call: str, other: Connection, user: int) -> None:
    """Assign one serial after another until an error is told."""
    if os.geteuid() == 0 and user:
        os.setuid(user)
    with place.told(WRITER).open("a", buffering=1, encoding="utf-8") as out:
        service = place.service(WRITER, Faulty(Asks(call, other)))
        service.open()
        try:
            for serial in range(1, _SERIALS):
                entry = service.submit(AssignInstallations((str(serial),))).entry
                if entry is None:
                    raise RuntimeError(f"serial {serial} was refused")
                out.write(f"ack {entry.id} {entry.n} {entry.h}\n")
        except LedgerError as error:
            out.write(f"told {error.code}\n")
        else:
            out.write(f"told {WENT_ON}\n")


def during(call: str, deed: Callable[[Path], None], *, user: int = 0) -> str:
    """What a writer is told to whom that is done at a later call of that kind; or that it went on.

    Whatever it was told of stands in the ledger, once that lies where it lay and may be written.
    """
    with TemporaryDirectory(prefix="faults-") as folder:
        place, diary = Place(Path(folder)), Diary()
        place.service().found(FoundRegistry(ROOT, "Acme Imaging"))
        if user:
            _give_to(place.folder, user)
        held = place.folder / "held"
        held.hardlink_to(place.ledger)
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        writer = context.Process(target=write_on, args=(place, call, theirs, user))
        writer.start()
        theirs.close()
        ours.recv()
        deed(place.ledger)
        lies = place.ledger.read_bytes() if place.ledger.exists() else None
        ours.send("done")
        writer.join()
        diary.read(place.told(WRITER))
        if writer.exitcode or len(diary.told) != 1:
            raise BrokenPromiseError(f"the writer ended with {writer.exitcode} and was told {diary.told}")
        _put_back(place, held, lies, went_on=diary.told == [WENT_ON])
        check(place, diary, "999999")
        return diary.told[0]


def _put_back(place: Place, held: Path, lies: bytes | None, *, went_on: bool) -> None:
    """The file that was there before. Who did not go on has written nothing to another one."""
    held.chmod(0o666)
    if went_on or (place.ledger.exists() and place.ledger.samefile(held)):
        return
    if lies is not None and place.ledger.read_bytes() != lies:
        raise BrokenPromiseError("something was written to a file that is not the ledger")
    held.replace(place.ledger)


def remove(ledger: Path) -> None:
    ledger.unlink()


def replace_by_a_copy(ledger: Path) -> None:
    """The very same bytes, in another file."""
    copy = ledger.with_name("copy")
    shutil.copyfile(ledger, copy)
    copy.replace(ledger)


def replace_by_an_old_copy(ledger: Path) -> None:
    """Without its last entry."""
    lines = ledger.read_bytes().splitlines(keepends=True)
    copy = ledger.with_name("copy")
    copy.write_bytes(b"".join(lines[:-1]))
    copy.replace(ledger)


def forbid(ledger: Path) -> None:
    ledger.chmod(0)


def forbid_writing(ledger: Path) -> None:
    ledger.chmod(0o444)


def _give_to(folder: Path, user: int) -> None:
    if os.geteuid() == 0:
        for place in (folder, *folder.rglob("*")):
            os.chown(place, user, -1)
