"""Each safeguard is taken away in turn, and the check that watches it goes red; with it in place the check is green."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from tests.faults import contest, test_tampering
from tests.faults.crash import BrokenPromiseError
from tests.stores import test_jsonl_faults, test_keeping
from tests.stores.conftest import Desk
from uidmanager.app import service
from uidmanager.core.errors import LedgerChangedError
from uidmanager.core.installations import Installations
from uidmanager.core.registry import Registry
from uidmanager.stores import codec
from uidmanager.stores.chain import sealed
from uidmanager.stores.filesystem import write_all
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.seen import StationMemory
from uidmanager.stores.writing import LedgerFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.core.events import Event, InstallationAssigned
    from uidmanager.core.records import Origin
    from uidmanager.stores.filesystem import Status


def survives_power_cut(desk: Desk) -> None:
    test_jsonl_faults.test_what_was_acknowledged_survives_a_power_cut(desk)


def sees_every_byte(desk: Desk) -> None:
    test_tampering.check_every_byte(test_tampering.written(desk, 20))


def sees_a_cut_tail(desk: Desk) -> None:
    test_tampering.test_each_cut_of_the_tail_is_seen_by_a_station_that_knew_more(test_tampering.written(desk))


def sees_a_number_out_of_place(desk: Desk) -> None:
    """A line whose hash is right, as one who knows the rule can write it, but whose number is not the next."""
    founding = desk.founded()[0]
    _, line = codec.encode_line(desk.assignment("5"), 2, founding.h)
    forged = sealed(founding.h, line[:-1].replace(b'"n":2,', b'"n":3,'))
    desk.put(desk.path.read_bytes() + forged + b"\n")
    assert desk.open().news().trouble is not None


def sees_what_an_anchor_misses(desk: Desk) -> None:
    test_tampering.test_by_an_anchor_each_cut_and_each_rewrite_is_seen_by_who_verifies_at_a_new_station(
        test_tampering.written(desk, 20), desk.path.parent
    )


def gives_up_no_entry(desk: Desk) -> None:
    desk.founded(3)
    JsonlLedger(desk.path, desk.world, desk.seen, replicas=desk.path.parent / "replicas").news()
    test_keeping.test_an_entry_that_only_the_damaged_file_names_is_not_given_up(desk, desk.path.parent)


def sees_doubles_of(what: str) -> Callable[[Desk], None]:
    return lambda desk: test_tampering.check_double(desk, what)


def sees_who_did_not_wait(desk: Desk) -> None:
    """A program that knows no lock adds its bytes between our look and our write."""
    desk.founded()
    with desk.open().turn() as turn:
        turn.news()
        with desk.path.open("ab") as file:
            file.write(b"a stranger's line\n")
        try:
            turn.append(desk.assignment("5"))
        except LedgerChangedError:
            return
    raise AssertionError("the stranger's line was written over")


def without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    def unflushed(file: LedgerFile, line: bytes, offset: int) -> Status:
        write_all(file.files, file.handle, offset, line)
        return file.files.status(file.handle)

    monkeypatch.setattr(LedgerFile, "append", unflushed)


def without_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever hash stands in the line is taken for right."""
    monkeypatch.setattr(
        codec, "link", lambda _before, line: line[6:70].decode("ascii", "replace").replace("\ufffd", "?")
    )


def without_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "_misfit", lambda _entry, _n: None)


def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StationMemory, "recall", lambda _memory, _registry: None)


def without_look_at_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerFile, "_check_unchanged", lambda file, _size: file.files.status(file.handle))


def without_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "departure", lambda _registry, _anchor: None)


def without_completeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JsonlKeeper, "_check_complete", lambda *_of_copies: None)


def without_memory_of(kind: str, *tables: str) -> Callable[[pytest.MonkeyPatch], None]:
    """The fold forgets what was given of a kind before it takes in the next, so that nothing is a double."""

    def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
        whole = getattr(Registry, kind)

        def forgetful(registry: Registry, event: Event, origin: Origin) -> None:
            for table in tables:
                getattr(registry, table).clear()
            whole(registry, event, origin)

        monkeypatch.setattr(Registry, kind, forgetful)

    return take_away


def without_memory_of_installations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same of those, which are kept in columns and may be taken in many at once."""
    whole = Registry._assign

    def forgetful(registry: Registry, event: InstallationAssigned, origin: Origin) -> None:
        registry._installations = Installations("", registry._origins)
        whole(registry, event, origin)

    monkeypatch.setattr(Registry, "_assign", forgetful)
    monkeypatch.setattr(Registry, "_assign_all", lambda _registry, _entries: False)


@pytest.mark.parametrize(
    ("take_away", "check"),
    [
        pytest.param(without_flush, survives_power_cut, id="the fsync"),
        pytest.param(without_chain, sees_every_byte, id="the chain check"),
        pytest.param(without_numbers, sees_a_number_out_of_place, id="the check of numbers"),
        pytest.param(without_look_at_the_file, sees_who_did_not_wait, id="the check of the place"),
        pytest.param(without_memory, sees_a_cut_tail, id="the station's memory"),
        pytest.param(without_anchor, sees_what_an_anchor_misses, id="the anchor"),
        pytest.param(without_completeness, gives_up_no_entry, id="the completeness of a repair"),
        pytest.param(without_memory_of_installations, sees_doubles_of("installation"), id="installations once"),
        pytest.param(without_memory_of("_product", "_products"), sees_doubles_of("product"), id="products once"),
        pytest.param(without_memory_of("_product", "_numbers"), sees_doubles_of("product name"), id="names once"),
        pytest.param(without_memory_of("_release", "_releases"), sees_doubles_of("release"), id="releases once"),
        pytest.param(
            without_memory_of("_release", "_version_names"), sees_doubles_of("version name"), id="version names once"
        ),
    ],
)
def test_a_check_goes_red_without_its_safeguard(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    take_away: Callable[[pytest.MonkeyPatch], None],
    check: Callable[[Desk], None],
) -> None:
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    check(Desk(tmp_path / "with"))
    take_away(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(Desk(tmp_path / "without"))


@pytest.mark.skipif(sys.platform == "win32", reason="writers are forked")
def test_the_contest_goes_red_without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerLock, "held", lambda _lock, _holder: nullcontext())
    with pytest.raises(BrokenPromiseError):
        contest.run(8, 60, seed=3)
