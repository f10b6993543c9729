"""A checkpoint saves time and is never believed: with it, or with whatever is left of it, all is as without it."""

from __future__ import annotations

import os
from hashlib import sha256
from threading import Thread
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec import structs

from tests.stores.conftest import ROOT, Desk, append
from uidmanager.app.service import Service
from uidmanager.core import events as e
from uidmanager.core.drafts import AssignInstallations
from uidmanager.stores.chain import sealed
from uidmanager.stores.checkpoint import Checkpoint
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.lines import Lines
from uidmanager.stores.memory import MemoryLedger
from uidmanager.stores.viewing import ViewedLedger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.core.registry import Registry

AFTER = 9


class CheckpointDesk(Desk):
    """A desk with a place for checkpoints. ``app`` is the version of the program."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.cache = folder / "cache" / "checkpoints"

    def ledger(self, app: str = "0.1.0", *, has_checkpoints: bool = True, seen: str = "seen") -> JsonlLedger:
        world = type(self.world)()
        world.app = app
        folder = self.cache if has_checkpoints else None
        return JsonlLedger(self.path, world, self.path.parent / seen, patience=5, checkpoints=folder)

    def service(self, app: str = "0.1.0", *, has_checkpoints: bool = True, seen: str = "seen") -> Service:
        service = Service(self.ledger(app, has_checkpoints=has_checkpoints, seen=seen), self.world)
        service.checkpoint_worth = 1
        service.open()
        return service

    @property
    def file(self) -> Path:
        (file,) = self.cache.iterdir()
        return file

    def rewrite(self, change: Callable[[Checkpoint], Checkpoint]) -> None:
        """Keep another checkpoint, with a hash that fits."""
        data = msgspec.msgpack.encode(change(msgspec.msgpack.decode(self.file.read_bytes()[32:], type=Checkpoint)))
        self.file.write_bytes(sha256(data).digest() + data)

    def check_as_without(self, seen: str = "seen") -> None:
        """An opening answers the same with the checkpoint as it would without."""
        plain = answers(self.service(has_checkpoints=False, seen=seen))
        assert answers(self.service(seen=seen)) == plain


def answers(service: Service) -> tuple[object, ...]:
    """Everything an opened ledger answers."""
    with service.look() as registry:
        return (
            registry.image() if registry.is_founded else None,
            list(registry.entries),
            str(service.trouble),
            type(service.trouble),
            service.remarks,
        )


@pytest.fixture
def desk(tmp_path: Path) -> CheckpointDesk:
    """A ledger with a checkpoint of all that is in it."""
    made = CheckpointDesk(tmp_path)
    made.founded()
    write(made, 1)
    made.service().settle()
    assert resumed(made) is not None
    return made


def write(desk: CheckpointDesk, first: int) -> None:
    """Entries of several kinds."""
    product, release = e.ProductRegistered(first, f"P{first}"), e.ReleaseRegistered(first, "1.0", "1.0", f"P{first}_1")
    drafts = [
        desk.entry(product, release),
        desk.entry(*(e.InstallationAssigned(f"0{first}{n}", f"{first}{n}", first) for n in range(20))),
        desk.entry(e.InstallationAssigned(f"{first}" * 30, f"{first}" * 30, None, "lang")),
        desk.entry(e.InstallationRetired(f"{first}7"), e.ReleaseWithdrawn(first, "1.0"), why="gone"),
    ]
    append(desk.ledger(has_checkpoints=False), *drafts)


def resumed(desk: CheckpointDesk) -> Registry | None:
    return desk.ledger().resume()


def test_what_was_written_since_is_read_on_from_it(desk: CheckpointDesk) -> None:
    for first in (2, 3):
        write(desk, first)
        state = resumed(desk)
        assert state is not None
        assert state.position == 5
        desk.check_as_without()


def test_is_kept_once_it_is_worth_it(desk: CheckpointDesk) -> None:
    before = desk.file.read_bytes()
    service = desk.service()
    assert not service.wants_settling, "nothing was folded"
    service.settle()
    assert desk.file.read_bytes() == before
    write(desk, 2)
    service = desk.service()
    service.checkpoint_worth = 100
    service.settle()
    assert desk.file.read_bytes() == before
    service.checkpoint_worth = 1
    service.settle()
    state = resumed(desk)
    assert state is not None
    assert state.position == AFTER
    desk.check_as_without()


def test_one_can_write_on_and_others_see_it(desk: CheckpointDesk) -> None:
    service, other = desk.service(), desk.service()
    written = service.submit(AssignInstallations(("4711",))).entry
    assert list(other.refresh()) == [written]
    desk.check_as_without()


def test_a_retry_finds_the_entry_of_its_first_try_among_those_not_read_anew(desk: CheckpointDesk) -> None:
    ledger = desk.ledger()
    state = ledger.resume()
    assert state is not None
    last = state.entries[-1]
    draft = e.NewEntry(last.id, last.at, last.by, last.station, last.app, last.why, last.events)
    before = desk.path.read_bytes()
    with ledger.turn() as turn:
        turn.news()
        assert turn.append(draft) == last
    assert desk.path.read_bytes() == before


def test_nothing_of_it_may_be_changed(desk: CheckpointDesk) -> None:
    data = desk.file.read_bytes()
    for at in (*range(0, len(data), 50), len(data) - 1):
        desk.file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert resumed(desk) is None
    for cut in (0, 1, 31, 32, 33, len(data) // 2, len(data) - 1):
        desk.file.write_bytes(data[:cut])
        assert resumed(desk) is None
    desk.check_as_without()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda kept: structs.replace(kept, format="uidmanager-checkpoint 3"), id="a newer format"),
        pytest.param(lambda kept: structs.replace(kept, format="uidmanager-checkpoint 1"), id="an older format"),
        pytest.param(lambda kept: structs.replace(kept, program="0.2.0"), id="another program"),
        pytest.param(lambda kept: structs.replace(kept, machine="big B1 I2 Q8 i2"), id="another machine"),
        pytest.param(
            lambda kept: structs.replace(kept, cursor=structs.replace(kept.cursor, registry="x")), id="another registry"
        ),
        pytest.param(lambda kept: structs.replace(kept, prefix=b"\0" * 32), id="other bytes"),
        pytest.param(lambda kept: structs.replace(kept, ends=kept.ends[:-1]), id="half an end"),
        pytest.param(lambda kept: structs.replace(kept, ends=kept.ends[:-8]), id="a line less"),
        pytest.param(lambda kept: structs.replace(kept, ends=kept.ends[-8:]), id="one line"),
        pytest.param(lambda kept: structs.replace(kept, ends=b"\0" * len(kept.ends)), id="no ends"),
        pytest.param(lambda kept: structs.replace(kept, cursor=structs.replace(kept.cursor, n=4)), id="an entry less"),
        pytest.param(
            lambda kept: structs.replace(kept, cursor=structs.replace(kept.cursor, offset=0)), id="of nothing"
        ),
        pytest.param(
            lambda kept: structs.replace(kept, image=structs.replace(kept.image, head="0" * 64)), id="another head"
        ),
        pytest.param(
            lambda kept: structs.replace(kept, image=structs.replace(kept.image, position=4)), id="another state"
        ),
    ],
)
def test_one_that_does_not_fit_is_not_used(desk: CheckpointDesk, change: Callable[[Checkpoint], Checkpoint]) -> None:
    desk.rewrite(lambda kept: kept)
    assert resumed(desk) is not None
    desk.rewrite(change)
    assert resumed(desk) is None
    desk.check_as_without()


def test_one_of_another_shape_is_not_used(desk: CheckpointDesk) -> None:
    data = msgspec.msgpack.encode({"format": "uidmanager-checkpoint 2", "colour": "blue"})
    desk.file.write_bytes(sha256(data).digest() + data)
    assert resumed(desk) is None
    desk.check_as_without()


def test_a_ledger_that_begins_with_other_bytes_is_read_whole(desk: CheckpointDesk) -> None:
    good = desk.path.read_bytes()
    for at in range(0, len(good), 61):
        desk.put(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        assert resumed(desk) is None
        desk.check_as_without()
        desk.check_as_without(seen="nothing seen")


def test_a_ledger_that_is_shorter_is_read_whole(desk: CheckpointDesk) -> None:
    good = desk.path.read_bytes()
    for end in (*range(0, len(good), 211), len(good) - 1):
        desk.put(good[:end])
        assert resumed(desk) is None
        desk.check_as_without()
        desk.check_as_without(seen="nothing seen")


def test_a_torn_tail_after_it_is_a_torn_tail(desk: CheckpointDesk) -> None:
    good = desk.path.read_bytes()
    for tail in (b'{"h":"01', b"\0" * 50, b"{}\n", b'{"h":"}\n'):
        desk.put(good + tail)
        assert resumed(desk) is not None
        desk.check_as_without()


def test_the_ledger_of_another_registry_is_read_whole(desk: CheckpointDesk) -> None:
    other = CheckpointDesk(desk.path.parent / "other")
    other.path.parent.mkdir()
    append_to = other.ledger(has_checkpoints=False)
    append_to.found(other.founding("7a1b2f9c-5d6e-4f30-8a41-000000000000"))
    desk.put(other.path.read_bytes())
    assert resumed(desk) is None
    desk.check_as_without(seen="nothing seen")


def test_what_the_station_has_seen_otherwise_is_told_all_the_same(desk: CheckpointDesk) -> None:
    (memory,) = desk.seen.iterdir()
    for n in (2, 5):
        memory.write_bytes(b'{"n":%d,"h":"%s"}\n' % (n, b"f" * 64))
        assert resumed(desk) is None
        desk.check_as_without()
    assert f"tells entry {n} otherwise" in str(desk.service().trouble)


def test_a_ledger_that_is_not_there_or_no_file_is_for_others_to_tell(desk: CheckpointDesk) -> None:
    desk.path.unlink()
    assert resumed(desk) is None
    desk.path.mkdir()
    assert resumed(desk) is None
    desk.path.rmdir()
    desk.path.write_bytes(b"hello\n")
    assert resumed(desk) is None


def test_a_file_where_its_folder_should_be_does_no_harm(tmp_path: Path) -> None:
    desk = CheckpointDesk(tmp_path)
    desk.founded(3)
    desk.cache.parent.write_bytes(b"")
    service = desk.service()
    service.settle()
    assert desk.cache.parent.read_bytes() == b""
    assert answers(service) == answers(desk.service(has_checkpoints=False))


def test_a_folder_where_it_should_be_does_no_harm(desk: CheckpointDesk) -> None:
    file = desk.file
    file.unlink()
    file.mkdir()
    desk.service().settle()
    assert list(desk.cache.iterdir()) == [file]
    desk.check_as_without()


def test_two_programs_may_keep_theirs_at_once(desk: CheckpointDesk) -> None:
    old, new = desk.service(has_checkpoints=False), desk.service(has_checkpoints=False)
    new.submit(AssignInstallations(("4711",)))
    found: list[Registry | None] = []

    def keep(service: Service) -> None:
        with service.look() as registry:
            still = registry.still()
        for _ in range(20):
            desk.ledger().keep_checkpoint(still)
            found.append(resumed(desk))

    threads = [Thread(target=keep, args=(service,)) for service in (old, new)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {None if state is None else state.position for state in found} <= {5, 6}
    assert [file.name for file in desk.cache.iterdir()] == [desk.file.name]
    desk.check_as_without()


def test_where_nothing_was_read_none_is_kept(tmp_path: Path) -> None:
    desk = CheckpointDesk(tmp_path)
    ledger = desk.ledger()
    empty = Service(ledger, desk.world)
    with empty.look() as registry:
        ledger.keep_checkpoint(registry)
        assert isinstance(registry.entries, Lines)
    assert not desk.cache.exists()


def test_a_proof_reads_the_ledger_whole(desk: CheckpointDesk) -> None:
    """A line changed, and a checkpoint forged so that it fits: that is believed to look at, and never to prove."""
    *lines, last = desk.path.read_bytes().splitlines()
    forged = b"\n".join((*lines, sealed("f" * 64, last))) + b"\n"
    desk.put(forged)

    def forge(kept: Checkpoint) -> Checkpoint:
        head = forged.splitlines()[-1][6:70].decode()
        return structs.replace(
            kept,
            prefix=sha256(forged).digest(),
            cursor=structs.replace(kept.cursor, head=head),
            image=structs.replace(kept.image, head=head),
        )

    desk.rewrite(forge)
    service = desk.service(seen="nothing seen")
    assert service.trouble is None
    assert service.verify().trouble is not None


def test_other_ledgers_have_none_and_hand_on_those_of_others(desk: CheckpointDesk) -> None:
    with desk.service().look() as registry:
        still = registry.still()
    memory = MemoryLedger()
    memory.keep_checkpoint(still)
    assert memory.resume() is None
    desk.file.unlink()
    viewed = ViewedLedger(desk.ledger())
    viewed.keep_checkpoint(still)
    state = ViewedLedger(desk.ledger()).resume()
    assert state is not None
    assert state.image() == still.image()


@pytest.mark.skipif(os.name == "nt", reason="named pipes are of POSIX")
def test_a_pipe_is_not_waited_for(desk: CheckpointDesk) -> None:
    desk.path.unlink()
    os.mkfifo(desk.path)
    assert resumed(desk) is None


def test_the_root_is_that_of_the_ledger(desk: CheckpointDesk) -> None:
    state = resumed(desk)
    assert state is not None
    assert state.installations[0].uid == f"{ROOT}.2.10"
