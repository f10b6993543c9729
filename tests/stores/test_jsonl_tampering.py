"""Whatever is changed in a ledger is seen: by the chain, and at its end by what the station remembers."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores.conftest import Desk, numbers
from tests.stores.resuming import ResumingDesk
from uidmanager.core.errors import LedgerDamagedError, LedgerError, LedgerWentBackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINES = 6


@pytest.fixture(scope="module", params=[Desk, ResumingDesk])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A ledger of a few entries that this station has seen to its end; each test puts its own bytes in the file.

    Once without and once with a checkpoint of all that was in it.
    """
    desk: Desk = request.param(tmp_path_factory.mktemp("small"))
    desk.founded(LINES - 1)
    if isinstance(desk, ResumingDesk):
        assert numbers(desk.open().news().entries) == list(range(1, LINES + 1))
        assert desk.resumed
        desk.keeps = False
    return desk


@pytest.fixture(scope="module")
def good(small: Desk) -> bytes:
    return small.path.read_bytes()


def trouble_with(desk: Desk, data: bytes) -> LedgerError | None:
    """What a newly opened ledger says of these bytes. The entries before the trouble must be good."""
    desk.put(data)
    news = desk.open().news()
    assert numbers(news.entries) == list(range(1, len(news.entries) + 1))
    return news.trouble


def changed(data: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Every byte changed, deleted, and with another one put before it; some made an end of line, or zero."""
    for at, byte in enumerate(data):
        before, after = data[:at], data[at + 1 :]
        yield "bit 0 flipped", at, before + bytes([byte ^ 1]) + after
        if at % 7 == 0 or byte == ord("\n"):
            yield "made a newline", at, before + (b"\0" if byte == ord("\n") else b"\n") + after
        yield "deleted", at, before + after
        yield "inserted", at, before + b"," + data[at:]


def test_every_byte_counts(small: Desk, good: bytes) -> None:
    assert trouble_with(small, good) is None
    unseen = [(how, at) for how, at, data in changed(good) if trouble_with(small, data) is None]
    assert not unseen


def test_no_turn_mends_what_was_tampered_with(small: Desk, good: bytes) -> None:
    """Not even what looks like a torn tail, once this station has seen the whole."""
    last = good.rindex(b"\n", 0, -1) + 1
    for at in (*range(0, last, 37), *range(last, len(good), 3)):
        data = good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :]
        small.put(data)
        with small.open().turn() as turn:
            assert turn.news().trouble is not None, at
            with pytest.raises(LedgerError):
                turn.append(small.assignment("9"))
        assert small.path.read_bytes() == data


@pytest.mark.parametrize("at", range(LINES))
def test_a_line_removed_is_seen(small: Desk, good: bytes, at: int) -> None:
    lines = good.splitlines(keepends=True)
    del lines[at]
    trouble = trouble_with(small, b"".join(lines))
    if at == LINES - 1:
        assert isinstance(trouble, LedgerWentBackError)
    else:
        assert isinstance(trouble, LedgerDamagedError)
        assert trouble.line == at + 1
        assert "out of order" in str(trouble) or at == 0


@pytest.mark.parametrize("at", range(LINES))
def test_a_line_doubled_is_seen(small: Desk, good: bytes, at: int) -> None:
    lines = good.splitlines(keepends=True)
    lines.insert(at, lines[at])
    trouble = trouble_with(small, b"".join(lines))
    assert isinstance(trouble, LedgerDamagedError)
    assert trouble.line == at + 2


def test_lines_in_another_order_are_seen(small: Desk, good: bytes) -> None:
    lines = good.splitlines(keepends=True)
    for order in permutations(lines[:4]):
        trouble = trouble_with(small, b"".join((*order, *lines[4:])))
        assert (trouble is None) == (list(order) == lines[:4])


def test_every_cut_is_seen_by_a_station_that_knew_more(small: Desk, good: bytes) -> None:
    last = good.rindex(b"\n", 0, -1)
    for length in (*range(0, last, 5), *range(last, len(good))):
        assert trouble_with(small, good[:length]) is not None, length


def test_a_cut_between_lines_is_seen_by_memory_alone(small: Desk, good: bytes, tmp_path: Path) -> None:
    """Said honestly: a station that never saw the ledger cannot know that it was longer."""
    small.put(good[: good.rindex(b"\n", 0, -1) + 1])
    assert small.open(seen=tmp_path / "new here").news().trouble is None
    assert isinstance(small.open().news().trouble, LedgerWentBackError)


def test_a_ledger_written_anew_with_a_whole_chain_is_seen_by_memory(small: Desk, good: bytes, tmp_path: Path) -> None:
    forged = Desk(tmp_path)
    forged.world.person = type(forged.world.person)("mallory", "LINE-3")
    forged.founded(LINES - 1)
    assert trouble_with(forged, forged.path.read_bytes()) is None
    trouble = trouble_with(small, forged.path.read_bytes())
    assert isinstance(trouble, LedgerWentBackError)
    assert f"tells entry {LINES} otherwise" in str(trouble)


@pytest.mark.parametrize(
    ("editor", "says"),
    [
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), "line ends", id="line ends"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, "byte order mark", id="byte order mark"),
        pytest.param(lambda data: data.decode().encode("utf-16"), "begins like this", id="another encoding"),
        pytest.param(lambda data: data.replace(b'","', b'", "'), "hash", id="made pretty"),
        pytest.param(lambda data: data.rstrip(b"\n"), "cut short", id="no newline at the end"),
        pytest.param(lambda data: b"\n" + data, "begins like this", id="an empty line before"),
        pytest.param(lambda data: data.replace(b"\n", b"\n\n", 1), "not an entry", id="an empty line between"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False], ids=["seen before", "never seen"])
def test_what_an_editor_did_is_named(
    small: Desk, good: bytes, tmp_path: Path, editor: Callable[[bytes], bytes], says: str, *, is_known: bool
) -> None:
    data = editor(good)
    small.put(data)
    with small.open(seen=None if is_known else tmp_path).turn() as turn:
        trouble = turn.news().trouble
    if not is_known and says == "cut short":
        assert trouble is None  # as after a crash; the bytes are set aside
        return
    assert isinstance(trouble, LedgerDamagedError)
    assert says in str(trouble)
    assert small.path.read_bytes() == data


def test_what_is_no_ledger_at_all_is_never_cut(small: Desk, tmp_path: Path) -> None:
    for data in (b"", b"\n", b"{}\n", b'{"h":"', bytes(5000), bytes(range(256)) * 20, b"letters to my mother\n"):
        small.put(data)
        with small.open(seen=tmp_path).turn() as turn:
            trouble = turn.news().trouble
        assert isinstance(trouble, LedgerDamagedError)
        assert trouble.line == 1
        assert small.path.read_bytes() == data


@given(
    st.binary(max_size=200),
    st.integers(min_value=0),
    st.booleans(),
    st.sampled_from([b"", b"\n", b'{"h":"', b"}\n", b"\0"]),
)
def test_no_bytes_raise_anything_but_our_errors(
    small: Desk,
    good: bytes,
    noise: bytes,
    at: int,
    in_the_middle: bool,  # noqa: FBT001 - as hypothesis gives it
    framing: bytes,
) -> None:
    place = at % len(good) if in_the_middle else len(good)
    data = good[:place] + framing + noise + good[place:]
    small.put(data)
    before = numbers(small.open().news().entries)
    with small.open().turn() as turn:
        news = turn.news()
        assert numbers(news.entries) == before
        if news.trouble is None:
            assert len(before) == LINES
    assert small.path.read_bytes() == (good if news.trouble is None else data)
