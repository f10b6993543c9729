"""A disk that fails, or a program that dies, while a registry is imported: at every single call.

Afterwards there is the whole ledger, or none; the document is as it was; and on a disk that works again it is done.
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
from uidmanager.app.importing import ImportReceipt, check, found_from
from uidmanager.app.ports import no_progress
from uidmanager.app.sample import make_sample
from uidmanager.app.service import Service
from uidmanager.core.errors import LedgerError, LedgerExistsError
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.memory import MemoryLedger
from uidmanager.writers.registry_document import document_of
from uidmanager.writers.registry_reader import read_document
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem

MOST_CALLS: Final = 300


class Scene(NamedTuple):
    """A document, and the folder in which a registry is to be founded from it."""

    document: Path
    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "new.jsonl"

    def service(self, files: FileSystem | None = None) -> Service:
        world = CountedWorld()
        ledger = JsonlLedger(self.ledger, world, self.folder / "seen", files=files, patience=0.05)
        return Service(ledger, world)

    def ask(self, files: FileSystem) -> ImportReceipt:
        service = self.service(files)
        reading = read_document(self.document, no_progress)
        assert reading.document
        checked = check(service, reading.document, reading.findings)
        return found_from(service, reading.document, checked, reading.paper, "moved")

    def judge(self) -> bool:
        """What holds at any moment: no ledger, or all of it. Answers whether there is one."""
        if not self.ledger.exists():
            return False
        service = self.service(Forgetful())
        service.open()
        assert service.trouble is None
        with service.look() as registry:
            found = len(registry.products), len(registry.releases), len(registry.installations)
            assert (found, registry.position) == ((3, 7, 15), 4)
        return True

    def clear(self) -> None:
        for file in self.folder.rglob("*"):
            if file.is_file():
                file.unlink()


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    (tmp_path / "there").mkdir()
    made = Service(MemoryLedger(), CountedWorld())
    make_sample(made)
    with made.look() as registry:
        content = document_of(registry, stamp_of(made.world), no_progress)
    (tmp_path / "sample.json").write_bytes(content)
    return Scene(tmp_path / "sample.json", tmp_path / "there")


def each_call(make: Callable[[int], Faulty], scene: Scene) -> Iterator[tuple[BaseException, Faulty]]:
    """An import on a disk that fails at its first call, at its second, and so on, until there are no more."""
    for at in count(1):
        assert at < MOST_CALLS
        scene.clear()
        files = make(at)
        try:
            scene.ask(files)
        except (LedgerError, Died) as told:
            yield told, files
        if files.calls < at:
            assert scene.judge()
            assert at > 10
            return
        if scene.judge():
            with pytest.raises(LedgerExistsError):
                scene.ask(Forgetful())
        else:
            scene.ask(Forgetful())
            assert scene.judge()


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", [Faulty, Halving])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_whichever_call_fails(scene: Scene, number: int, kind: type[Faulty], *, lasts: bool) -> None:
    def make(at: int) -> Faulty:
        return kind(lambda call, _name: broken(number) if call == at or (lasts and call > at) else None)

    for told, files in each_call(make, scene):
        assert isinstance(told, LedgerError)
        assert lasts or files.diary[-1] == "remove" or not list(scene.folder.glob(".*.new"))


def test_killed_at_whichever_call(scene: Scene) -> None:
    def make(at: int) -> Faulty:
        return Faulty(lambda call, _name: Died() if call >= at else None)

    assert all(isinstance(told, Died) for told, _ in each_call(make, scene))


@pytest.mark.parametrize("keeps", [False, True], ids=["names lost", "names kept"])
def test_power_cut_at_whichever_call(scene: Scene, *, keeps: bool) -> None:
    def make(at: int) -> Powered:
        return Powered([scene.folder], lambda call, _name: Died() if call >= at else None)

    for _, files in each_call(make, scene):
        assert isinstance(files, Powered)
        files.cut_power(lambda _name: keeps)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("writes", [1, 2, 4])
def test_a_program_that_is_killed_leaves_no_ledger(scene: Scene, writes: int) -> None:
    """A real one, with kill -9, in the midst of its lines."""
    code = (
        "import os, signal, sys\n"
        "from uidmanager.stores import founding\n"
        "real, left = founding.write_all, [int(sys.argv[1])]\n"
        "def write_all(files, handle, offset, data):\n"
        "    left[0] -= 1\n"
        "    real(files, handle, offset, data[: len(data) // 2] if left[0] == 0 else data)\n"
        "    if left[0] == 0:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "founding.write_all = write_all\n"
        "from uidmanager.__main__ import main\n"
        "sys.argv[1:] = ['--ledger', sys.argv[2], 'import', sys.argv[3], '--reason', 'moved']\n"
        "main()\n"
    )
    home = {**os.environ, "HOME": str(scene.folder / "home"), "XDG_DATA_HOME": str(scene.folder / "data")}
    command = [sys.executable, "-c", code, str(writes), str(scene.ledger), str(scene.document)]
    done = subprocess.run(command, env=home, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not scene.ledger.exists()
    assert list(scene.folder.glob(".*.new"))
    scene.ask(Forgetful())
    assert scene.judge()
