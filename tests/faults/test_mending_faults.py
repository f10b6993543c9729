"""A disk that fails, or a program that dies, while a ledger is backed up, restored or repaired: at every single call.

Afterwards there is a ledger in its place, the old one or the mended one, whole; the copies are as they were; nothing
half done has the name of a backup; and on a disk that works again it is done.
"""

from __future__ import annotations

import errno
import shutil
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.faults.disks import Died, Faulty, Halving, Narrow, Powered, broken
from tests.stores.conftest import Desk, Forgetful
from uidmanager.core.errors import LedgerError, LedgerExistsError
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from uidmanager.stores.filesystem import FileSystem

MOST_CALLS: Final = 500


class Scene(NamedTuple):
    """A ledger to be looked after: what it held, what lies in its place, and which copies there are of it."""

    desk: Desk
    whole: bytes
    lies: bytes
    copies: dict[Path, bytes]

    @property
    def backups(self) -> Path:
        return self.desk.path.parent / "backups"

    @property
    def replicas(self) -> Path:
        return self.desk.path.parent / "replicas"

    @property
    def folders(self) -> tuple[Path, ...]:
        return self.desk.path.parent, self.backups, self.replicas

    def set_up(self) -> None:
        """As it was before anything was tried."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        for folder in self.folders:
            folder.mkdir(parents=True)
        self.desk.path.write_bytes(self.lies)
        for path, data in self.copies.items():
            path.write_bytes(data)

    def new_files(self, folder: Path) -> list[Path]:
        """What lies in a folder that is neither the ledger, nor a copy it was to be mended from, nor a lock."""
        known = {self.desk.path, *self.copies}
        return [file for file in folder.iterdir() if file.is_file() and file not in known and ".lock" not in file.name]

    def keeper(self, files: FileSystem) -> JsonlKeeper:
        return JsonlKeeper(self.desk.path, self.desk.world, self.desk.path.parent, files=files)

    def judge(self) -> None:
        """What holds at any moment, whatever has happened."""
        assert self.desk.path.read_bytes() in {self.lies, self.whole}
        assert {path: path.read_bytes() for path in self.copies} == self.copies
        if self.desk.path.read_bytes() != self.lies:
            assert self.lies in [file.read_bytes() for file in self.new_files(self.desk.path.parent)]
        for file in self.new_files(self.backups):
            assert file.name.startswith(".") or file.read_bytes() == self.whole, file


class Task(NamedTuple):
    """What a person asks for, whether the ledger was damaged before, and what shows that it was done."""

    ask: Callable[[Scene, JsonlKeeper], object]
    is_damaged: bool
    is_done: Callable[[Scene], bool]


def is_whole(scene: Scene) -> bool:
    return scene.desk.path.read_bytes() == scene.whole


def has_backup(scene: Scene) -> bool:
    return any(not file.name.startswith(".") for file in scene.new_files(scene.backups))


TASKS: Final = {
    "backup": Task(lambda scene, keeper: keeper.backup(str(scene.backups)), False, has_backup),
    "repair from this station's copy": Task(lambda _, keeper: keeper.mend(None, apply=True), True, is_whole),
    "restore from a backup": Task(
        lambda scene, keeper: keeper.mend(str(scene.backups / "kept.jsonl"), apply=True), True, is_whole
    ),
}


@pytest.fixture(params=TASKS)
def task(request: pytest.FixtureRequest) -> Task:
    return TASKS[request.param]


@pytest.fixture
def scene(task: Task, tmp_path: Path) -> Scene:
    desk = Desk(tmp_path / "ledger")
    desk.path.parent.mkdir()
    desk.founded(3)
    JsonlLedger(desk.path, desk.world, desk.seen, replicas=desk.path.parent / "replicas").news()
    whole = desk.path.read_bytes()
    (replica,) = (desk.path.parent / "replicas").glob("*.jsonl")
    copies = {replica: whole}
    if task is TASKS["restore from a backup"]:
        copies = {desk.path.parent / "backups" / "kept.jsonl": whole}
    made = Scene(desk, whole, whole[:-40] if task.is_damaged else whole, copies)
    made.set_up()
    return made


def try_on(scene: Scene, task: Task, files: FileSystem) -> BaseException | None:
    """What a person is told who asks for it on this disk. No other exceptions than ours, and a death."""
    try:
        task.ask(scene, scene.keeper(files))
    except (LedgerError, Died) as told:
        return told
    return None


def finish(scene: Scene, task: Task) -> None:
    """The same asked for once more, on a disk that works: done, or done already."""
    try:
        task.ask(scene, scene.keeper(Forgetful()))
    except LedgerExistsError:
        assert task.is_done(scene)
    assert task.is_done(scene)
    scene.judge()


def each_call(make: Callable[[int], Faulty], scene: Scene, task: Task) -> Iterator[tuple[BaseException, Faulty]]:
    """The task on a disk that fails at its first call, at its second, and so on, until there are no more."""
    for at in count(1):
        assert at < MOST_CALLS
        scene.set_up()
        files = make(at)
        told = try_on(scene, task, files)
        if files.calls < at:
            assert told is None
            assert task.is_done(scene)
            assert at > 20
            return
        if told is not None:
            yield told, files
        scene.judge()
        finish(scene, task)


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("kind", [Faulty, Halving])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_whichever_call_fails(scene: Scene, task: Task, number: int, kind: type[Faulty], *, lasts: bool) -> None:
    def make(at: int) -> Faulty:
        return kind(lambda call, _name: broken(number) if call == at or (lasts and call > at) else None)

    for told, files in each_call(make, scene, task):
        assert isinstance(told, LedgerError)
        has_failed_at_cleaning = lasts or files.diary[-1] == "remove"
        assert has_failed_at_cleaning or not list(scene.desk.path.parent.rglob(".*.new"))


def test_killed_at_whichever_call(scene: Scene, task: Task) -> None:
    def make(at: int) -> Faulty:
        return Faulty(lambda call, _name: Died() if call >= at else None)

    assert all(isinstance(told, Died) for told, _ in each_call(make, scene, task))


@pytest.mark.parametrize("which", ["none", "all", "the ledger's", "all but the ledger's"])
def test_power_cut_at_whichever_call(scene: Scene, task: Task, which: str) -> None:
    """With some of the names as they were given last, the others as they were when their folder was flushed."""

    def make(at: int) -> Powered:
        return Powered(scene.folders, lambda call, _name: Died() if call >= at else None)

    def is_kept(name: Path) -> bool:
        return which == "all" or (which != "none" and (name == scene.desk.path) == (which == "the ledger's"))

    for _, files in each_call(make, scene, task):
        assert isinstance(files, Powered)
        files.cut_power(is_kept)


def test_what_was_done_survives_a_power_cut(scene: Scene, task: Task) -> None:
    files = Powered(scene.folders)
    task.ask(scene, scene.keeper(files))
    files.cut_power()
    assert task.is_done(scene)
    scene.judge()


def test_short_writes_go_on_where_they_stopped(scene: Scene, task: Task) -> None:
    assert try_on(scene, task, Narrow()) is None
    assert task.is_done(scene)
    scene.judge()
