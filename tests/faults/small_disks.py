"""Small disks and media that cannot be written, as the system itself has them: `python -m tests.faults.small_disks`.

It mounts what it needs, so it is to be run in a namespace of its own: see `namespaces`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.faults.crash import ROOT, BrokenPromiseError, Told
from tests.faults.namespaces import mount_again, unmount
from tests.faults.small_disk import Disk, hold, told
from tests.faults.writer import write_until_told
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisWorld
from uidmanager.core.drafts import AssignInstallations, FoundRegistry
from uidmanager.core.errors import DiskFullError, LedgerError, LedgerReadOnlyError
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Callable

_TAIL: Final = b'{"h":"' + b"torn " * 20_000


def filled_by_entries(disk: Disk) -> None:
    """Entries of one serial and of thousands, until nothing more fits; and again with other room left."""
    disk.found()
    for number, (room, serials) in enumerate(((300_000, 900), (20_000, 1), (100_000, 3000), (5_000, 30)), 1):
        disk.fill(room)
        write_until_told(disk.place, f"w{number}", number, serials)
        disk.diary.read(disk.place.told(f"w{number}"))
        before = disk.place.ledger.read_bytes()
        with told(DiskFullError):
            service = disk.place.service()
            service.open()
            service.submit(AssignInstallations(tuple(str(n) for n in range(800_000, 808_000))))
        hold(
            ("disk full told", disk.diary.told[-1] == DiskFullError.code),
            ("nothing left of the line", disk.place.ledger.read_bytes() == before and before.endswith(b"\n")),
        )
        disk.make_room()
        disk.goes_on(str(900_000_000 + number))
    hold(("entries were written first", len(disk.diary.acknowledged) > 20))


def founded_without_room(disk: Disk) -> None:
    """No half ledger is left, and with room it is founded."""
    disk.fill()
    with told(DiskFullError):
        disk.place.service().found(FoundRegistry(ROOT, "Acme Imaging"))
    hold(("no ledger", not disk.place.ledger.exists()))
    disk.make_room()
    disk.found()
    disk.goes_on("9")


def torn_tail_without_room(disk: Disk) -> None:
    """Nothing is cut off before its copy is safe."""
    disk.found(3)
    with disk.place.ledger.open("ab") as file:
        file.write(_TAIL)
    before = disk.place.ledger.read_bytes()
    for room in (0, 4096, 50_000):
        disk.fill(room)
        service = disk.place.service()
        service.open()
        with told(DiskFullError):
            service.submit(AssignInstallations(("9",)))
        hold(
            ("nothing cut off", disk.place.ledger.read_bytes() == before),
            ("no half copy", not disk.place.copies()),
        )
    disk.make_room()
    disk.goes_on("9")
    hold(("the tail was set aside", [copy.read_bytes() for copy in disk.place.copies()] == [_TAIL]))


def backup_without_room(disk: Disk) -> None:
    """No half backup."""
    disk.found(100)
    folder = disk.small / "backups"
    folder.mkdir()
    before = disk.place.ledger.read_bytes()
    for room in (0, 4096, 12_000):
        disk.fill(room)
        said = why_no_backup(disk, folder)
        hold(("it is said why", "room" in said or "No space" in said))
        hold(("no half backup", not list(folder.iterdir())), ("same ledger", disk.place.ledger.read_bytes() == before))
    disk.make_room()
    disk.keeper().backup(str(folder))
    hold(("backup whole", [path.read_bytes() for path in folder.iterdir()] == [before]))
    disk.goes_on("9000")


def why_no_backup(disk: Disk, folder: Path) -> str:
    """What is said of a backup that cannot be made."""
    try:
        disk.keeper().backup(str(folder))
    except LedgerError as error:
        return str(error)
    raise BrokenPromiseError("a backup was made")


def repair_without_room(disk: Disk) -> None:
    """The damaged ledger stays, with room it is mended."""
    disk.found(100)
    _keeping(disk.place.ledger, disk.notes).open()
    whole = disk.place.ledger.read_bytes()
    disk.place.ledger.write_bytes(whole[:-100])
    for room in (0, 4096, 12_000):
        disk.fill(room)
        with told(DiskFullError):
            disk.keeper().mend(None, apply=True)
        names = sorted(path.name for path in disk.small.iterdir() if ".lock" not in path.name)
        hold(
            ("same ledger", disk.place.ledger.read_bytes() == whole[:-100]),
            ("nothing beside it", names == ["acme.jsonl", "filler"]),
        )
    disk.make_room()
    disk.keeper().mend(None, apply=True)
    hold(("mended", disk.place.ledger.read_bytes() == whole))
    disk.goes_on("9000")


def memory_and_copy_without_room(disk: Disk) -> None:
    """What the station keeps for itself has no room: that is said once, and registering goes on."""
    ledger = disk.notes / "acme.jsonl"
    disk.fill()
    service = Service(
        JsonlLedger(ledger, ThisWorld(), disk.small / "seen", replicas=disk.small / "replicas"), ThisWorld()
    )
    entries = [service.found(FoundRegistry(ROOT, "Acme Imaging")).entry]
    entries += [service.submit(AssignInstallations((str(n),))).entry for n in range(1, 5)]
    said = [remark for remark in service.remarks if "This station cannot keep" in remark]
    hold(
        ("all registered", len([entry for entry in entries if entry is not None]) == 5),
        ("said once of each", len(said) == 2 and len(set(said)) == 2),
    )
    disk.make_room()
    service.open()
    (copy,) = (disk.small / "replicas").glob("*.jsonl")
    (memory,) = (disk.small / "seen").glob("*.jsonl")
    hold(
        ("the copy has caught up", copy.read_bytes() == ledger.read_bytes()),
        ("the memory has caught up", b'"n":5,' in memory.read_bytes()),
    )


def medium_made_read_only(disk: Disk) -> None:
    """Read only from the beginning, and while it is open; then writable again."""
    disk.found(3)
    service = disk.place.service()
    service.open()
    before = disk.place.ledger.read_bytes()
    mount_again(disk.small, is_writable=False)
    fresh = disk.place.service()
    fresh.open()
    with fresh.look() as registry:
        hold(("it is read", registry.position == 4), ("it is said", isinstance(fresh.barred, LedgerReadOnlyError)))
    for each in (service, fresh):
        with told(LedgerReadOnlyError):
            each.submit(AssignInstallations(("9",)))
    hold(
        ("it is said why", "Read-only" in why_no_backup(disk, disk.small)),
        ("same ledger", disk.place.ledger.read_bytes() == before),
    )
    mount_again(disk.small, is_writable=True)
    disk.diary.acknowledged += [
        Told(entry.id, entry.n, entry.h)
        for entry in [service.submit(AssignInstallations(("9",))).entry]
        if entry is not None
    ]
    disk.goes_on("10")


def _keeping(ledger: Path, data: Path) -> Service:
    """A program that keeps a copy, as the real one does."""
    world = ThisWorld()
    return Service(JsonlLedger(ledger, world, data / "seen", replicas=data / "replicas"), world)


TRIALS: Final[dict[str, Callable[[Disk], None]]] = {
    trial.__name__: trial
    for trial in (
        filled_by_entries,
        founded_without_room,
        torn_tail_without_room,
        backup_without_room,
        repair_without_room,
        memory_and_copy_without_room,
        medium_made_read_only,
    )
}


def run(name: str) -> None:
    """One trial, on a small disk of its own. Raises `BrokenPromiseError`."""
    with TemporaryDirectory(prefix="faults-") as folder:
        disk = Disk(Path(folder))
        try:
            TRIALS[name](disk)
        finally:
            unmount(disk.small)


if __name__ == "__main__":
    run(sys.argv[1])
