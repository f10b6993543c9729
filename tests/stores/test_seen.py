"""What a station remembers, and what it does when it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores.conftest import Desk, append, numbers
from tests.stores.resuming import ResumingDesk
from uidmanager.stores.seen import Seen, StationMemory, _newest

if TYPE_CHECKING:
    from pathlib import Path


DESKS = (Desk, ResumingDesk)
REGISTRY = "7a1b2f9c-5d6e-4f30-8a41-b2c3d4e5f607"


def seen(n: int, letter: str = "a") -> Seen:
    return Seen(n, letter * 64)


@pytest.fixture
def memory(tmp_path: Path) -> StationMemory:
    return StationMemory(tmp_path / "not" / "there yet")


def note_of(memory: StationMemory) -> Path:
    (note,) = memory.folder.iterdir()
    return note


def test_a_station_that_never_saw_a_registry_knows_nothing(memory: StationMemory) -> None:
    assert memory.recall(REGISTRY) is None
    assert not memory.folder.exists()


def test_the_newest_counts(memory: StationMemory) -> None:
    for n in (1, 3, 2):
        memory.remember(REGISTRY, seen(n))
    assert memory.recall(REGISTRY) == seen(3)


def test_of_two_with_one_number_the_later_counts(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(3, "a"))
    memory.remember(REGISTRY, seen(3, "b"))
    assert memory.recall(REGISTRY) == seen(3, "b")


def test_each_registry_has_its_own(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(3))
    assert memory.recall("another") is None


def test_a_record_is_one_line(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(7))
    assert note_of(memory).read_text(encoding="utf-8") == f'{{"n":7,"h":"{"a" * 64}"}}\n'


def test_a_torn_record_counts_as_none_and_spoils_no_other(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(7))
    whole = note_of(memory).read_bytes()
    for length in range(len(whole) - 1):
        note_of(memory).write_bytes(whole + whole.replace(b"7", b"8")[:length])
        assert memory.recall(REGISTRY) == seen(7), length
        memory.remember(REGISTRY, seen(9))
        assert memory.recall(REGISTRY) == seen(9)


@given(st.binary())
def test_nothing_in_the_note_raises_anything(noise: bytes) -> None:
    assert _newest(noise) is None or b'{"n":' in noise


def test_what_was_torn_is_looked_at_again(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(3))
    whole = b'{"n":5,"h":"%s"}\n' % (b"b" * 64)
    for cut in range(len(whole)):
        with note_of(memory).open("ab") as note:
            note.write(whole[cut : cut + 1])
        assert memory.recall(REGISTRY) == (seen(3) if cut < len(whole) - 2 else seen(5, "b"))


def test_what_others_note_meanwhile_is_recalled(memory: StationMemory) -> None:
    other = StationMemory(memory.folder)
    for n in range(1, 300):  # it is made short on the way
        (memory if n % 3 else other).remember(REGISTRY, seen(n))
        assert memory.recall(REGISTRY) == other.recall(REGISTRY) == seen(n)
    other.remember("another", seen(7))
    assert [memory.recall(registry) for registry in (REGISTRY, "another", REGISTRY)] == [seen(299), seen(7), seen(299)]


def test_a_note_that_was_begun_anew_is_read_anew(memory: StationMemory) -> None:
    memory.remember(REGISTRY, seen(8))
    memory.remember(REGISTRY, seen(9))
    assert memory.recall(REGISTRY) == seen(9)
    note = note_of(memory)
    note.write_bytes(note.read_bytes().splitlines(keepends=True)[0])
    assert memory.recall(REGISTRY) == seen(8)
    note.unlink()
    assert memory.recall(REGISTRY) is None


def test_a_long_note_is_made_short(memory: StationMemory) -> None:
    for n in range(1, 1001):
        memory.remember(REGISTRY, seen(n))
        assert memory.recall(REGISTRY) == seen(n)
    assert note_of(memory).stat().st_size < 10_000


@pytest.mark.parametrize("name", ["../../etc/passwd", "", ".", "CON", "a" * 300, "a/b", "A", "\0", "C:x", "é"])
def test_no_name_leads_out_of_the_folder(memory: StationMemory, name: str) -> None:
    memory.remember(name, seen(1))
    assert memory.recall(name) == seen(1)
    assert note_of(memory).parent == memory.folder
    assert memory.recall(name.lower() + "b") is None


def test_a_ledger_notes_what_it_wrote_and_what_it_read(desk: Desk) -> None:
    entries = desk.founded(2)
    memory = StationMemory(desk.seen)
    assert memory.recall(REGISTRY) == Seen(3, entries[-1].h)
    elsewhere = desk.path.parent / "elsewhere"
    desk.open(seen=elsewhere).news()
    assert StationMemory(elsewhere).recall(REGISTRY) == Seen(3, entries[-1].h)


def test_what_is_known_is_not_noted_again(desk: Desk) -> None:
    desk.founded(2)
    (note,) = desk.seen.iterdir()
    before = note.read_bytes()
    ledger = desk.open()
    ledger.news()
    ledger.news()
    with ledger.turn() as turn:
        turn.news()
    assert note.read_bytes() == before


def test_without_a_memory_it_goes_on_and_says_so_once(desk: Desk) -> None:
    desk.seen.write_text("a file where the folder should be", encoding="utf-8")
    ledger = desk.open()
    ledger.found(desk.founding())
    (remark,) = ledger.news().remarks
    assert "cannot keep what it has seen" in remark
    assert str(desk.seen) in remark
    append(ledger, desk.assignment("1"))
    assert not ledger.news().remarks
    fresh = desk.open()
    news = fresh.news()
    assert numbers(news.entries) == [1, 2]
    assert len(news.remarks) == 1
    assert not fresh.news().remarks


def test_another_registry_is_another_memory(desk: Desk) -> None:
    desk.founded(3)
    desk.path.unlink()
    desk.open().found(desk.founding("another"))
    assert desk.open().news().trouble is None
