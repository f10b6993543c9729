"""The scratch folder of the installation check, and the other processes that work in it."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Final

import uidmanager
from uidmanager.app.selfcheck.ports import ROWS_OF_A_TABLE
from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations, TakenRow, TakeOver
from uidmanager.diagnostics.versions import versions
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper
from uidmanager.writers.files import write_file
from uidmanager.writers.formats import Format, render
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import World
    from uidmanager.core.barcodes import Read
    from uidmanager.core.labels.units import Unit
    from uidmanager.core.reports import Report

_PATIENCE_S: Final = 0.3
_LONGEST_WORK_S: Final = 60.0
_WORKER: Final = "import sys; from uidmanager.bootstrap import work_in_laboratory; work_in_laboratory(*sys.argv[1:])"
_FIRST_SERIAL: Final = 100_001


class CountingFiles(FileSystem):
    """The file system, which counts how often a file was seen onto the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.flushes = 0

    def flush(self, handle: int) -> None:
        """Return once the file is on the disk itself."""
        super().flush(handle)
        self.flushes += 1


class ScratchLaboratory:
    """Ledgers in one folder; what the station has seen of them lies there as well."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world
        self._files = CountingFiles()

    @property
    def flushes(self) -> int:
        """How often a ledger was seen onto the disk."""
        return self._files.flushes

    @property
    def versions(self) -> Sequence[tuple[str, str]]:
        """What is tested, and on what."""
        return (*versions(), ("Scratch folder", str(self.folder)))

    def ledger(self, name: str) -> JsonlLedger:
        """The ledger of this name in the folder; it gives up early on a lock."""
        return JsonlLedger(
            self.folder / name,
            self.world,
            self.folder / "seen",
            replicas=self.folder / "replicas",
            files=self._files,
            patience=_PATIENCE_S,
        )

    def keeper(self, name: str) -> JsonlKeeper:
        """Who looks after the ledger of this name."""
        return JsonlKeeper(self.folder / name, self.world, self.folder, files=self._files)

    def assigning(self, name: str) -> ProgramWorker:
        """Start a process that assigns serials without end."""
        return ProgramWorker("assign", self.folder, name)

    def taking_over(self, name: str) -> ProgramWorker:
        """Start a process that takes over tables without end."""
        return ProgramWorker("take over", self.folder, name)

    def holding(self, name: str) -> ProgramWorker:
        """Start a process that keeps the lock."""
        return ProgramWorker("hold", self.folder, name)

    def read(self, text: str) -> Read:
        """What is taken from a text that a scanner sends."""
        from uidmanager.laboratory.bench import scanned  # noqa: PLC0415 (the other processes need none of it)

        return scanned(text)

    def read_labels(self, units: Sequence[Unit]) -> Sequence[tuple[str, str]]:
        """What each code on the labels of these units is to say, and what a reader finds in it."""
        from uidmanager.laboratory.bench import read_labels  # noqa: PLC0415 (the same)

        return read_labels(units)

    def saved(self, report: Report, form: str) -> bytes:
        """The report written to a file and read back."""
        file = self.folder / f"report.{form}"
        write_file(file, render(report, Format(form), stamp_of(self.world)))
        return file.read_bytes()


class ProgramWorker:
    """Another process of this program. One that hangs is ended, so that nobody waits for ever."""

    def __init__(self, task: str, folder: Path, name: str) -> None:
        paths = [str(Path(uidmanager.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(  # noqa: S603 (this program itself, with names of our own)
            [sys.executable, "-c", _WORKER, task, str(folder), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            encoding="utf-8",
        )
        self._watch = Timer(_LONGEST_WORK_S, self._process.kill)
        self._watch.daemon = True
        self._watch.start()

    def line(self) -> str:
        """The next line it says, without its end; empty once it has ended."""
        return self._process.stdout.readline().rstrip("\n") if self._process.stdout else ""

    def kill(self) -> tuple[str, ...]:
        """End it (SIGKILL where there are signals) and answer the whole lines it had still said."""
        self._watch.cancel()
        self._process.kill()
        said, _ = self._process.communicate()
        return tuple(line.rstrip("\n") for line in said.splitlines(keepends=True) if line.endswith("\n"))


def work(laboratory: ScratchLaboratory, task: str, name: str) -> None:
    """What the other process does until it is killed, or nobody listens any more."""
    ledger = laboratory.ledger(name)
    if task == "hold":
        with ledger.turn():
            _say(f"held {laboratory.world.person.station}")
            sys.stdin.read()
        return
    service = Service(ledger, laboratory.world)
    for number in count():
        for uid in service.submit(_draft(task, number)).decision.uids:
            _say(uid)


def _draft(task: str, number: int) -> AssignInstallations | TakeOver:
    """What is registered by that task next: a serial, or a table of many."""
    if task == "assign":
        return AssignInstallations((str(_FIRST_SERIAL + number),))
    first = _FIRST_SERIAL + number * ROWS_OF_A_TABLE
    serials = map(str, range(first, first + ROWS_OF_A_TABLE))
    rows = tuple(TakenRow(line, AssignInstallations((serial,))) for line, serial in enumerate(serials, 2))
    return TakeOver(rows, f"table-{number}.csv", sha256(str(number).encode()).hexdigest(), reason="Installation check")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
