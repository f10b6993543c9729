"""In a ledger of some hundred entries every byte counts, and every line at its place.

Each change is put to the codec at the line it touches, which is what a reader does there; a sample goes through the
whole reader, as a program would open it.
"""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.stores.conftest import Desk, Forgetful, append, overwrite
from uidmanager.app.service import Service
from uidmanager.core.anchors import Anchor
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import AnchorLostError, LedgerDamagedError
from uidmanager.core.events import InstallationAssigned, ProductRegistered, ReleaseRegistered
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.stores.chain import sealed
from uidmanager.stores.codec import DamagedLineError, NewerLineError, decode_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from uidmanager.core.errors import LedgerError
    from uidmanager.core.events import Event

LINES = 300


class Tampered(NamedTuple):
    """A ledger that this station has seen to its end, and its lines without their newlines."""

    desk: Desk
    lines: list[bytes]
    heads: list[str]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Tampered:
    return written(Desk(tmp_path_factory.mktemp("tampered")))


def written(desk: Desk, entries: int = LINES) -> Tampered:
    desk.founded()
    drafts = [desk.entry(InstallationAssigned(str(n), str(n), note="é" if n % 5 else None)) for n in range(1, entries)]
    append(desk.open(Forgetful()), *drafts)
    lines = desk.path.read_bytes().splitlines()
    heads = [FIRST_HEAD, *(line[6:70].decode() for line in lines)]
    assert len(lines) == entries
    return Tampered(desk, lines, heads)


def joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def is_accepted(lines: Sequence[bytes], n: int, before: str) -> bool:
    """Whether these lines are read as the next entries; the first that is not ends the reading."""
    for line in lines:
        try:
            before = decode_line(line, n, before).h
        except (DamagedLineError, NewerLineError):
            return False
        n += 1
    return True


def changes(line: bytes) -> Iterator[bytes]:
    """A line, with its newline, with each byte changed (to another, a newline, a NUL), deleted, and inserted before."""
    for at, byte in enumerate(line):
        before, after = line[:at], line[at + 1 :]
        yield before + after
        yield from (before + bytes([other]) + after for other in {byte ^ 1, byte ^ 0x80, 0, 10} - {byte})
        yield from (before + other + line[at:] for other in (b"0", b" ", b"\n"))


def check_every_byte(ledger: Tampered) -> int:
    """What is left of the line, and what follows it where its newline was lost, is not the next entries."""
    images = 0
    for n, line in enumerate(ledger.lines, 1):
        following = joined(ledger.lines[n : n + 1])
        for changed in changes(line + b"\n"):
            images += 1
            *lines, _ = (changed + following).split(b"\n")
            if not lines:  # the last line without its end: no whole line, so only memory can tell
                assert reader_sees(ledger.desk, joined(ledger.lines[:-1]) + changed)
            else:
                assert not is_accepted(lines, n, ledger.heads[n - 1]), (n, changed)
    return images


def test_every_byte_of_every_line_counts(ledger: Tampered) -> None:
    assert check_every_byte(ledger) > 500_000


def test_a_line_removed_doubled_or_swapped_with_any_other_is_seen(ledger: Tampered) -> None:
    """Any line at any other's place: the reader there expects another number and another hash before it."""
    lines, heads = ledger.lines, ledger.heads
    for place in range(LINES):
        accepted = [other for other in range(LINES) if is_accepted([lines[other]], place + 1, heads[place])]
        assert accepted == [place]


def reader_sees(desk: Desk, data: bytes) -> bool:
    overwrite(desk.path, data)
    return desk.open(Forgetful()).news().trouble is not None


def test_a_sample_is_seen_by_the_whole_reader(ledger: Tampered) -> None:
    data, random = joined(ledger.lines), Random(7)  # noqa: S311 - the same sample every time
    assert not reader_sees(ledger.desk, data)
    for at in (*random.sample(range(len(data)), 150), len(data) - 1, 0):
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        for changed in (flipped, data[:at] + data[at + 1 :], data[:at] + b"0" + data[at:]):
            assert reader_sees(ledger.desk, changed), at


def removed(lines: list[bytes], at: int) -> list[bytes]:
    return lines[:at] + lines[at + 1 :]


def doubled(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[: at + 1], *lines[at:]]


def swapped(lines: list[bytes], at: int) -> list[bytes]:
    other = (at + 1) % len(lines)
    lines = lines[:]
    lines[at], lines[other] = lines[other], lines[at]
    return lines


@pytest.mark.parametrize("change", [removed, doubled, swapped])
def test_each_line_is_missed_by_the_whole_reader(
    ledger: Tampered, change: Callable[[list[bytes], int], list[bytes]]
) -> None:
    for at in (*range(0, LINES, 7), LINES - 1):
        assert reader_sees(ledger.desk, joined(change(ledger.lines, at))), at


def test_each_cut_of_the_tail_is_seen_by_a_station_that_knew_more(ledger: Tampered) -> None:
    for length in (*range(0, LINES, 11), LINES - 1):
        assert reader_sees(ledger.desk, joined(ledger.lines[:length])), length


def rewritten(lines: Sequence[bytes], at: int) -> list[bytes]:
    """One serial is another one, and every hash after it fits again."""
    head, written_anew = FIRST_HEAD, []
    for n, line in enumerate(lines):
        rest = line[72:].replace(b'"serial":"', b'"serial":"0', 1) if n == at else line[72:]
        written_anew.append(sealed(head, b'{"h":"%s",' % head.encode() + rest))
        head = written_anew[-1][6:70].decode()
    return written_anew


def test_by_an_anchor_each_cut_and_each_rewrite_is_seen_by_who_verifies_at_a_new_station(
    ledger: Tampered, tmp_path: Path
) -> None:
    def verified(lines: list[bytes], anchor: Anchor | None) -> LedgerError | None:
        overwrite(ledger.desk.path, joined(lines))
        shutil.rmtree(tmp_path / "new here", ignore_errors=True)
        return (
            Service(ledger.desk.open(Forgetful(), tmp_path / "new here"), ledger.desk.world)
            .verify(anchor=anchor)
            .trouble
        )

    anchor = Anchor(ledger.heads[-1], len(ledger.lines), None)
    assert verified(ledger.lines, anchor) is None
    last = len(ledger.lines) - 1
    cuts = [ledger.lines[:length] for length in (*range(1, last, 1 + last // 12), last)]
    for lines in (*cuts, *(rewritten(ledger.lines, at) for at in range(1, last, 1 + last // 12))):
        assert verified(lines, None) is None
        for known in (anchor, Anchor(anchor.head)):
            assert isinstance(verified(lines, known), AnchorLostError)


DOUBLES: Final[dict[str, tuple[Event, ...]]] = {
    "installation": (InstallationAssigned("7", "7"), InstallationAssigned("07", "7")),
    "product": (ProductRegistered(1, "CT"), ProductRegistered(1, "MR")),
    "product name": (ProductRegistered(1, "CT"), ProductRegistered(2, "ct")),
    "release": (
        ProductRegistered(1, "CT"),
        ReleaseRegistered(1, "1.0", "1.0", "CT_1.0"),
        ReleaseRegistered(1, "v1.0", "1.0", "CT_1"),
    ),
    "version name": (
        ProductRegistered(1, "CT"),
        ReleaseRegistered(1, "1.0", "1.0", "CT_1"),
        ReleaseRegistered(1, "1.1", "1.1", "CT_1"),
    ),
}


@pytest.mark.parametrize("what", DOUBLES)
def test_what_is_given_twice_by_lines_that_fit_the_chain_is_refused(tmp_path: Path, what: str) -> None:
    """A program that knows the format but not the rules may have written it; nothing is written after it."""
    check_double(Desk(tmp_path), what)


def check_double(desk: Desk, what: str) -> None:
    desk.founded()
    *good, double = [desk.entry(event) for event in DOUBLES[what]]
    append(desk.open(Forgetful()), *good, double)
    data = desk.path.read_bytes()
    service = Service(desk.open(Forgetful()), desk.world)
    service.open()
    assert isinstance(service.trouble, LedgerDamagedError)
    assert service.trouble.line == len(good) + 2
    with pytest.raises(LedgerDamagedError):
        service.submit(AssignInstallations(("9",)))
    assert desk.path.read_bytes() == data
