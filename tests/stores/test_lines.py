"""Entries as the bytes of their lines are the entries they were, and what is read in portions is what was written."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import pytest

from tests.stores.conftest import append, everything, numbers
from uidmanager.core.entries import EntryList, head_at
from uidmanager.core.events import ProductRegistered
from uidmanager.core.registry import Registry
from uidmanager.stores.codec import line_of
from uidmanager.stores.lines import Lines, ReadEntries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.stores.conftest import Desk
    from uidmanager.core.entries import Entries
    from uidmanager.core.events import Entry


@pytest.fixture
def entries(desk: Desk) -> list[Entry]:
    """Six entries, the last of several events."""
    first = desk.founded(4)
    batch = desk.entry(ProductRegistered(1, "Röntgen"), ProductRegistered(2, "MR"), why="“why”")
    return [*first, *append(desk.open(), batch)]


def _read(entries: Sequence[Entry]) -> ReadEntries:
    lines = [line_of(entry) for entry in entries]
    return ReadEntries(entries, b"".join(lines), list(accumulate(map(len, lines))))


@pytest.mark.parametrize("kept", [EntryList(), Lines()], ids=["list", "lines"])
@pytest.mark.parametrize("at_a_time", [1, 4, 6])
@pytest.mark.parametrize("has_lines", [True, False])
def test_entries_come_back_as_they_were(
    entries: list[Entry],
    kept: Entries,
    at_a_time: int,
    has_lines: bool,  # noqa: FBT001
) -> None:
    kept = kept.blank()
    for start in range(0, 6, at_a_time):
        part = entries[start : start + at_a_time]
        kept.extend(_read(part) if has_lines else part)
    assert (len(kept), list(kept), list(kept[:])) == (6, entries, entries)
    assert [kept[index] for index in (0, 5, -1, -6)] == [entries[index] for index in (0, 5, -1, -6)]
    assert [list(kept[part]) for part in (slice(2, 4), slice(-2, None), slice(4, 1, -2), slice(9, 9))] == [
        entries[2:4],
        entries[-2:],
        entries[4:1:-2],
        [],
    ]
    assert list(kept[1:][1:3]) == entries[2:4]
    assert kept[1:][-1] == entries[-1]
    assert [head_at(kept, n) for n in range(1, 7)] == [entry.h for entry in entries]
    with pytest.raises(IndexError):
        _ = kept[6]


@pytest.mark.parametrize("kept", [EntryList(), Lines()], ids=["list", "lines"])
def test_a_still_copy_takes_no_part_in_what_comes(entries: list[Entry], kept: Entries) -> None:
    kept = kept.blank()
    kept.extend(entries[:3])
    still = kept.still()
    kept.extend(entries[3:])
    kept.extend([])
    assert list(still) == entries[:3]
    still.extend(entries[3:5])
    assert (list(still), list(kept)) == (entries[:5], entries)


def test_read_entries_keep_their_lines_when_they_are_cut(entries: list[Entry]) -> None:
    read = _read(entries)
    part = read[2:5]
    assert isinstance(part, ReadEntries)
    assert (list(part), part.lines) == (entries[2:5], b"".join(line_of(entry) for entry in entries[2:5]))
    assert [part.lines[end - 1 : end] for end in part.ends] == [b"\n"] * 3
    assert (read[1], list(read[::2]), list(read[3:3])) == (entries[1], entries[::2], [])


def test_lines_are_the_ledger_byte_for_byte(desk: Desk, entries: list[Entry]) -> None:
    registry = Registry(desk.open().blank())
    registry.extend(desk.open().news().entries)
    kept = registry.entries
    assert isinstance(kept, Lines)
    assert b"".join(kept.blocks) == desk.path.read_bytes()
    assert kept.ends[-1] == desk.path.stat().st_size
    assert list(Lines(kept.blocks, kept.ends)) == entries


@pytest.mark.parametrize("portion", [1, 600, 10**6])
def test_a_ledger_can_be_read_in_portions(desk: Desk, entries: list[Entry], portion: int) -> None:
    ledger = desk.open(portion=portion)
    first = ledger.news()
    assert len(first.entries) == {1: 1, 600: 2}.get(portion, 6)
    assert ledger.has_news() == first.has_more == (portion < 10**6)
    assert [*first.entries, *everything(ledger)] == entries
    assert not ledger.has_news()
    with ledger.turn() as turn:
        assert not turn.news().entries


def test_a_turn_brings_all_there_is_at_once(desk: Desk, entries: list[Entry]) -> None:
    with desk.open(portion=1).turn() as turn:
        assert list(turn.news().entries) == entries


def test_in_portions_as_well_the_station_remembers_and_notices_what_went_back(desk: Desk, entries: list[Entry]) -> None:
    everything(desk.open(portion=1))
    lines = desk.path.read_bytes().splitlines(keepends=True)
    desk.put(b"".join(lines[:-1]))
    ledger = desk.open(portion=1)
    read = [ledger.news() for _ in range(6)]
    assert numbers([entry for news in read for entry in news.entries]) == [1, 2, 3, 4, 5]
    assert [news.trouble is None for news in read] == [True] * 5 + [False]
    assert "has 5 now" in str(read[-1].trouble)
    assert not ledger.news().entries


@pytest.mark.parametrize("portion", [1, 10**6])
def test_in_portions_as_well_what_the_station_has_seen_otherwise_is_noticed(
    desk: Desk, entries: list[Entry], portion: int
) -> None:
    (memory,) = desk.seen.iterdir()
    memory.write_bytes(b'{"n":3,"h":"%s"}\n' % (b"f" * 64))
    assert len(entries) > 3
    ledger = desk.open(portion=portion)
    read = [ledger.news() for _ in range(3 if portion == 1 else 1)]
    assert [news.trouble is None for news in read[:-1]] == [True] * (len(read) - 1)
    assert "tells entry 3 otherwise" in str(read[-1].trouble)
    assert not read[-1].has_more
