"""The tests themselves are tested: a guard is taken away, and the attack on its promise must succeed."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.faults import promises
from tests.stores.conftest import Desk
from uidmanager.stores import codec
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.seen import StationMemory
from uidmanager.stores.writing import LedgerFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Guard(NamedTuple):
    """What keeps a promise: where it stands in the code, and what stands there when it is taken away."""

    promise: Callable[[Desk], None]
    owner: Any
    name: str
    nothing: Callable[..., object]


GUARDS = {
    "the lock": Guard(promises.one_writer_at_a_time, LedgerLock, "held", lambda *_: nullcontext()),
    "the flush": Guard(promises.acknowledged_is_on_the_disk, promises.Unplugged, "flush", lambda *_: None),
    "the chain": Guard(promises.a_changed_line_is_seen, codec, "link", lambda _before, line: line[6:70].decode()),
    "the position": Guard(
        promises.only_the_file_that_was_read_is_written,
        LedgerFile,
        "_check_unchanged",
        lambda self, _size: FileSystem().status(self.handle),
    ),
    "the station's memory": Guard(promises.an_old_copy_is_refused, StationMemory, "recall", lambda *_: None),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_with_its_guard_the_promise_is_kept(desk: Desk, guard: Guard) -> None:
    guard.promise(desk)


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_without_its_guard_the_promise_is_broken(desk: Desk, guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.owner, guard.name, guard.nothing)
    with pytest.raises(AssertionError):
        guard.promise(desk)
