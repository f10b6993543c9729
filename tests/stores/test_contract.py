"""What every store does, whatever it keeps the entries in."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.stores.conftest import Desk, append, numbers
from tests.stores.resuming import ResumingDesk
from uidmanager.core.errors import CancelledError, LedgerExistsError, LedgerLockedError, LedgerMissingError
from uidmanager.core.events import InstallationAssigned, InstallationVoided
from uidmanager.stores.memory import MemoryLedger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.ports import Ledger
    from uidmanager.core.events import NewEntry

    Open = Callable[[], Ledger]

DESKS = (Desk, ResumingDesk)


@pytest.fixture(params=["memory", "jsonl"])
def open_ledger(request: pytest.FixtureRequest, desk: Desk) -> Open:
    """Gives one look after another at the same place, where nothing lies yet."""
    return MemoryLedger(patience=0.05).afresh if request.param == "memory" else desk.open


@pytest.fixture
def founded(open_ledger: Open, desk: Desk) -> Open:
    """The same, with a founding and one assignment."""
    ledger = open_ledger()
    ledger.found(desk.founding())
    append(ledger, desk.assignment("1"))
    return open_ledger


def test_before_it_is_founded_there_is_nothing_to_read_and_nothing_to_write_to(open_ledger: Open) -> None:
    ledger = open_ledger()
    assert not ledger.has_news()
    with pytest.raises(LedgerMissingError) as caught:
        ledger.news()
    assert caught.value.where == ledger.name
    with pytest.raises(LedgerMissingError), ledger.turn():
        pytest.fail("there is no turn to take")


def test_a_founding_is_the_first_entry(open_ledger: Open, desk: Desk) -> None:
    ledger, draft = open_ledger(), desk.founding()
    entry = ledger.found(draft)
    assert (entry.n, entry.id, entry.at, entry.events) == (1, draft.id, draft.at, draft.events)
    assert list(open_ledger().news().entries) == [entry]


def test_whoever_has_founded_it_has_read_it(open_ledger: Open, desk: Desk) -> None:
    ledger = open_ledger()
    ledger.found(desk.founding())
    assert not ledger.has_news()
    assert not ledger.news().entries


def test_it_is_founded_once(founded: Open, desk: Desk) -> None:
    with pytest.raises(LedgerExistsError):
        founded().found(desk.founding("another"))
    assert numbers(founded().news().entries) == [1, 2]


def test_it_is_founded_with_several_entries_or_not_at_all(open_ledger: Open, desk: Desk) -> None:
    def broken() -> Iterator[NewEntry]:
        yield desk.founding()
        raise CancelledError

    with pytest.raises(CancelledError):
        open_ledger().found_with(broken())
    with pytest.raises(LedgerMissingError):
        open_ledger().news()
    ledger = open_ledger()
    assert ledger.found_with([desk.founding(), desk.assignment("1"), desk.assignment("2")]) == 3
    assert ledger.has_news()
    assert numbers(ledger.news().entries) == [1, 2, 3]
    assert numbers(append(ledger, desk.assignment("3"))) == [4]
    with pytest.raises(LedgerExistsError):
        open_ledger().found_with([desk.founding("another")])
    assert numbers(open_ledger().news().entries) == [1, 2, 3, 4]


def test_nothing_is_seen_of_a_registry_that_is_not_known(open_ledger: Open) -> None:
    assert open_ledger().seen_of("7a1b2f9c") == 0


def test_both_stores_make_the_same_hashes(open_ledger: Open, desk: Desk) -> None:
    ledger, founding, assignment = open_ledger(), desk.founding(), desk.assignment("1")
    entries = [ledger.found(founding), *append(ledger, assignment)]
    assert [entry.h[:16] for entry in entries] == ["3582c62a0c031340", "c79adb7b2cf3cb6f"]


def test_entries_are_numbered_without_a_gap(founded: Open, desk: Desk) -> None:
    ledger = founded()
    written = append(ledger, *(desk.assignment(serial) for serial in "234"))
    assert numbers(written) == [3, 4, 5]
    assert list(founded().news().entries)[2:] == written


def test_what_is_written_says_who_when_where_and_why(founded: Open, desk: Desk) -> None:
    draft = desk.entry(InstallationVoided("1"), why="Assigned by mistake “Größe 2”")
    append(founded(), draft)
    entry = founded().news().entries[-1]
    assert structs.replace(draft) == type(draft)(*(getattr(entry, field) for field in draft.__struct_fields__))


def test_news_come_in_increments(founded: Open, desk: Desk) -> None:
    writer, reader = founded(), founded()
    assert numbers(reader.news().entries) == [1, 2]
    append(writer, desk.assignment("2"), desk.assignment("3"))
    assert numbers(reader.news().entries) == [3, 4]
    assert not reader.news().entries


def test_has_news_tells_of_what_others_wrote(founded: Open, desk: Desk) -> None:
    writer, reader = founded(), founded()
    assert reader.has_news()
    reader.news()
    assert not reader.has_news()
    append(writer, desk.assignment("2"))
    assert not writer.has_news()
    assert reader.has_news()
    reader.news()
    assert not reader.has_news()


def test_a_turn_brings_what_others_wrote_first(founded: Open, desk: Desk) -> None:
    one, other = founded(), founded()
    append(one, desk.assignment("2"))
    with other.turn() as turn:
        assert numbers(turn.news().entries) == [1, 2, 3]
        assert turn.append(desk.assignment("3")).n == 4
    assert numbers(one.news().entries) == [4]
    assert not other.news().entries


def test_a_turn_may_write_several_entries(founded: Open, desk: Desk) -> None:
    with founded().turn() as turn:
        turn.news()
        assert [turn.append(desk.assignment(serial)).n for serial in "23"] == [3, 4]
        assert not turn.news().entries
    assert numbers(founded().news().entries) == [1, 2, 3, 4]


def test_a_turn_shuts_others_out(founded: Open) -> None:
    with founded().turn(), pytest.raises(LedgerLockedError) as caught, founded().turn():
        pytest.fail("two at once")
    assert "Nothing was written" in str(caught.value)


def test_who_waits_gets_the_turn_after_the_other(founded: Open, desk: Desk) -> None:
    ledger, is_in = founded(), Event()
    order: list[int] = []

    def first() -> None:
        with founded().turn() as turn:
            is_in.set()
            turn.news()
            order.append(turn.append(desk.assignment("2")).n)

    thread = Thread(target=first)
    thread.start()
    is_in.wait()
    for _ in range(200):  # each waits as long as the store is told to
        try:
            order.extend(numbers(append(ledger, desk.assignment("3"))))
        except LedgerLockedError:
            continue
        break
    thread.join()
    assert order == [3, 4]


def test_reading_does_not_wait_for_a_turn(founded: Open, desk: Desk) -> None:
    with founded().turn() as turn:
        turn.news()
        turn.append(desk.assignment("2"))
        assert numbers(founded().news().entries) == [1, 2, 3]


def test_a_turn_ends_whatever_happens_in_it(founded: Open) -> None:
    ledger = founded()
    with pytest.raises(ZeroDivisionError), ledger.turn():
        raise ZeroDivisionError
    with ledger.turn() as turn:
        assert numbers(turn.news().entries) == [1, 2]


def test_an_entry_needs_a_look_first(founded: Open, desk: Desk) -> None:
    with founded().turn() as turn, pytest.raises(RuntimeError, match="comes first"):
        turn.append(desk.assignment("2"))
    assert numbers(founded().news().entries) == [1, 2]


def test_nothing_can_be_done_with_a_turn_that_is_over(founded: Open, desk: Desk) -> None:
    with founded().turn() as turn:
        turn.news()
    with pytest.raises(RuntimeError, match="over"):
        turn.append(desk.assignment("2"))
    with pytest.raises(RuntimeError, match="over"):
        turn.news()
    assert numbers(founded().news().entries) == [1, 2]


def test_a_turn_in_a_turn_is_a_fault_of_ours(founded: Open) -> None:
    ledger = founded()
    with ledger.turn() as turn:
        with pytest.raises(RuntimeError, match="within a turn"), ledger.turn():
            pytest.fail("two at once")
        assert numbers(turn.news().entries) == [1, 2]


def test_afresh_has_read_nothing_and_shares_nothing(founded: Open) -> None:
    ledger = founded()
    ledger.news()
    fresh = ledger.afresh()
    assert fresh.name == ledger.name
    assert fresh.has_news()
    assert numbers(fresh.news().entries) == [1, 2]
    assert not ledger.has_news()


def test_a_retry_finds_the_entry_that_was_written_but_not_acknowledged(founded: Open, desk: Desk) -> None:
    draft = desk.assignment("2")
    written = append(founded(), draft, desk.assignment("3"))[0]
    retrying = founded()
    assert append(retrying, draft) == [written]
    assert append(retrying, draft) == [written]
    assert numbers(founded().news().entries) == [1, 2, 3, 4]


def test_an_id_belongs_to_one_entry(founded: Open, desk: Desk) -> None:
    draft = desk.assignment("2")
    append(founded(), draft)
    other = structs.replace(draft, events=(InstallationAssigned("3", "3"),))
    with pytest.raises(ValueError, match="belongs to entry 3"):
        append(founded(), other)


def test_a_clock_set_back_is_said_once_and_changes_no_order(founded: Open, desk: Desk) -> None:
    ledger = founded()
    append(ledger, desk.assignment("2"))
    desk.world.second -= 12
    append(ledger, desk.assignment("3"))
    news = ledger.news()
    assert [remark for remark in news.remarks if "clock went back by 0:00:1" in remark]
    assert not ledger.news().remarks
    entries = founded().news().entries
    assert numbers(entries) == [1, 2, 3, 4]
    assert entries[-1].at < entries[-2].at
    assert not founded().news().remarks


def test_reading_tells_how_far_it_is(founded: Open) -> None:
    told: list[float] = []
    founded().news(lambda _message, fraction: told.append(fraction))
    assert told[-1] == 1.0


def test_reading_that_is_stopped_loses_nothing(founded: Open) -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    ledger = founded()
    with pytest.raises(CancelledError):
        ledger.news(stop)
    assert ledger.has_news()
    assert numbers(ledger.news().entries) == [1, 2]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"by": "\ud800"}, id="half a character"),
        pytest.param({"at": "yesterday"}, id="no time"),
        pytest.param({"at": "2026-02-30T21:06:42.123456Z"}, id="a day that is none"),
        pytest.param({"at": "2026-11-22T21:06:42.123456+01:00"}, id="not UTC"),
        pytest.param({"events": ()}, id="nothing happens"),
        pytest.param({"events": (InstallationAssigned("2", 2),)}, id="of another type"),  # type: ignore[arg-type]
    ],
)
def test_what_could_not_be_read_back_is_not_written(founded: Open, desk: Desk, change: dict[str, object]) -> None:
    ledger = founded()
    with pytest.raises(ValueError, match=r"read back|surrogates"):
        append(ledger, structs.replace(desk.assignment("2"), **change))
    append(ledger, desk.assignment("3"))
    assert numbers(founded().news().entries) == [1, 2, 3]
