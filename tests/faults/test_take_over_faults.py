"""A disk that fails, or a program that dies, while a spreadsheet is imported: all of its rows are there, or none.

The spreadsheet is as it was, and on a disk that works again the import is done, or answered as done already.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.faults.disks import Died, Faulty, Halving, Powered, broken
from tests.stores.conftest import CountedWorld, Forgetful
from uidmanager.app.ports import no_progress
from uidmanager.app.service import Receipt, Service
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerError
from uidmanager.core.takeover.choosing import proposed
from uidmanager.core.takeover.columns import TableKind, heading_of
from uidmanager.core.takeover.judging import draft_of, judge
from uidmanager.sheets.reading import Wishes, read_spreadsheet
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem

ROOT: Final = "1.2.826.0.1.3680043.2.50"
ROWS: Final = 50
MOST_CALLS: Final = 300


class Scene(NamedTuple):
    """A spreadsheet, and the folder with the ledger into which it is imported."""

    spreadsheet: Path
    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "acme.jsonl"

    def service(self, files: FileSystem | None = None) -> Service:
        world = CountedWorld()
        ledger = JsonlLedger(self.ledger, world, self.folder / "seen", files=files, patience=0.05)
        return Service(ledger, world)

    def begin(self) -> None:
        """A registry with one product and nothing else."""
        for file in self.folder.rglob("*"):
            if file.is_file():
                file.unlink()
        service = self.service(Forgetful())
        service.found(d.FoundRegistry(ROOT, "Acme Imaging"))
        service.submit(d.RegisterProduct("CT Console"))

    def ask(self, files: FileSystem) -> Receipt:
        service = self.service(files)
        service.open()
        if service.trouble is not None:
            raise service.trouble
        table = read_spreadsheet(self.spreadsheet, Wishes(), no_progress).table
        with service.look() as registry:
            still = registry.still()
        kind = TableKind.INSTALLATIONS
        judgement = judge(still, table, proposed(table, kind, heading_of(table, kind), None), no_progress)
        return service.submit(draft_of(judgement, table, "taken over"))

    def judge(self) -> bool:
        """What holds at any moment: no row, or all of them. Answers whether they are there."""
        service = self.service(Forgetful())
        service.open()
        assert service.trouble is None
        with service.look() as registry:
            found = len(registry.installations), registry.position
        assert found in {(0, 2), (ROWS, 3)}
        return found[0] > 0


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    (tmp_path / "there").mkdir()
    rows = "".join(f"{number:07},CT Console,2019-03-04\n" for number in range(1, ROWS + 1))
    (tmp_path / "units.csv").write_text(f"Serial,Product,Issued\n{rows}", encoding="utf-8")
    made = Scene(tmp_path / "units.csv", tmp_path / "there")
    made.begin()
    return made


def each_call(make: Callable[[int], Faulty], scene: Scene) -> set[bool]:
    """An import on a disk that fails at its first call, at its second, and so on; whether rows were there then."""
    outcomes = set()
    for at in count(1):
        assert at < MOST_CALLS
        scene.begin()
        files = make(at)
        try:
            scene.ask(files)
        except (LedgerError, Died):
            if isinstance(files, Powered):
                files.cut_power(lambda _name: True)
        was_there = scene.judge()
        outcomes.add(was_there)
        again = scene.ask(Forgetful())
        assert (again.entry is None) is was_there
        assert scene.judge()
        if files.calls < at:
            assert at > 10
            return outcomes
    raise AssertionError("unreachable")


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", [Faulty, Halving])
def test_whichever_call_fails(scene: Scene, kind: type[Faulty], *, lasts: bool) -> None:
    def make(at: int) -> Faulty:
        return kind(lambda call, _name: broken(errno.EIO) if call == at or (lasts and call > at) else None)

    assert each_call(make, scene) == {False, True}


def test_killed_at_whichever_call(scene: Scene) -> None:
    def make(at: int) -> Faulty:
        return Faulty(lambda call, _name: Died() if call >= at else None)

    assert each_call(make, scene) == {False, True}


def test_power_cut_at_whichever_call(scene: Scene) -> None:
    def make(at: int) -> Powered:
        return Powered([scene.folder], lambda call, _name: Died() if call >= at else None)

    assert each_call(make, scene) == {False, True}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize(("share", "is_there"), [(0.0, False), (0.5, False), (0.999, False), (1.0, True)])
def test_a_program_that_is_killed_leaves_all_rows_or_none(scene: Scene, share: float, *, is_there: bool) -> None:
    """A real one, with kill -9, when so much of its line is written."""
    code = (
        "import os, signal, sys\n"
        "from uidmanager.stores import writing\n"
        "real, share = writing.write_all, float(sys.argv[1])\n"
        "def write_all(files, handle, offset, data):\n"
        "    real(files, handle, offset, data[: int(len(data) * share)])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "writing.write_all = write_all\n"
        "from uidmanager.__main__ import main\n"
        "sys.argv[1:] = ['--ledger', sys.argv[2], 'import', sys.argv[3], '--kind', 'installations']\n"
        "main()\n"
    )
    home = {**os.environ, "HOME": str(scene.folder / "home"), "XDG_DATA_HOME": str(scene.folder / "data")}
    command = [sys.executable, "-c", code, str(share), str(scene.ledger), str(scene.spreadsheet)]
    before = scene.ledger.read_bytes()
    done = subprocess.run(command, env=home, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert scene.ledger.read_bytes().startswith(before)
    assert (len(scene.ledger.read_bytes()) > len(before)) is (share > 0)
    again = scene.ask(Forgetful())
    assert (again.entry is None) is is_there
    assert scene.judge()
