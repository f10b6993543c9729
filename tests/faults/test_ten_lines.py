"""The published check of ten lines, on every byte and every line of a ledger: what it finds, and what an anchor does.

Its code is the document's. Where the lines before a change are as they were, it is begun at the line with the change,
with the hash that it has come to there; from the first line on it is run on the document's own ledger and on a sample.
"""

from __future__ import annotations

import ast
import io
import random
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.faults.test_tampering import LINES, Tampered, changes, joined, ledger, rewritten
from tests.stores.test_ledger_format import BASH, EXAMPLE, LEDGER, PYTHON, run
from uidmanager.core.anchors import Anchor, anchor_of, departure
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.core.registry import fold
from uidmanager.stores.codec import decode_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from uidmanager.core.events import Entry

__all__ = ["ledger"]

_TREE: Final = ast.parse(PYTHON)
_LOOP: Final = next(index for index, node in enumerate(_TREE.body) if isinstance(node, ast.With))
WHOLE: Final = compile(_TREE, "check", "exec")
FROM_THE_LOOP_ON: Final = compile(ast.Module(_TREE.body[_LOOP:], []), "check", "exec")


def finds(code: CodeType, data: bytes, **known: Any) -> bool:
    """Whether the check, with these bytes for its file, ends with a line that is not what was written."""
    try:
        exec(code, {"open": lambda _path, _mode: io.BytesIO(data), "print": lambda *_said: None, **known})  # noqa: S102 - it is the document's own
    except SystemExit as said:
        return str(said).endswith("is not what was written")
    return False


def finds_at(lines: Sequence[bytes] | bytes, head: str) -> bool:
    """The check where it has come to a line, having read the ones before it, which end with this hash."""
    data = lines if isinstance(lines, bytes) else joined(lines)
    return finds(FROM_THE_LOOP_ON, data, sys=sys, sha256=sha256, head=head, n=0)


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["check", "a ledger"])


def test_the_check_begins_with_two_names_and_reads_from_there(ledger: Tampered) -> None:
    """So that it may be begun at any line: nothing else is known to it when it comes there."""
    assert [ast.unparse(node) for node in _TREE.body[:_LOOP]] == [
        "import sys",
        "from hashlib import sha256",
        "head, n = ('0' * 64, 0)",
    ]
    assert not finds(WHOLE, joined(ledger.lines))
    assert not any(finds_at(ledger.lines[n:], ledger.heads[n]) for n in range(LINES))


def test_it_finds_every_byte_of_a_long_ledger_changed_deleted_or_inserted(ledger: Tampered) -> None:
    images = 0
    for n, line in enumerate(ledger.lines):
        following, head = joined(ledger.lines[n + 1 : n + 2]), ledger.heads[n]
        for changed in changes(line + b"\n"):
            images += 1
            assert finds_at(changed + following, head), (n, changed)
    assert images > 500_000


def test_it_finds_every_bit_of_a_short_ledger_flipped() -> None:
    assert not finds(WHOLE, LEDGER)
    for at, byte in enumerate(LEDGER):
        for bit in range(8):
            assert finds(WHOLE, LEDGER[:at] + bytes([byte ^ 1 << bit]) + LEDGER[at + 1 :]), (at, bit)


def test_it_finds_every_line_removed_doubled_or_swapped_but_the_last_one_removed(ledger: Tampered) -> None:
    lines, heads = ledger.lines, ledger.heads
    for n in range(LINES):
        assert finds_at(lines[n + 1 :], heads[n]) == (n < LINES - 1)
        assert finds_at([lines[n], *lines[n:]], heads[n])
        for other in range(n + 1, LINES):
            assert finds_at([lines[other], *lines[n + 1 : n + 2]], heads[n]), (n, other)


@pytest.fixture(scope="module")
def entries(ledger: Tampered) -> list[Entry]:
    return [decode_line(line, n, ledger.heads[n - 1]) for n, line in enumerate(ledger.lines, 1)]


def test_what_a_cut_between_lines_takes_an_anchor_shows(ledger: Tampered, entries: list[Entry]) -> None:
    """The chain alone is whole; who knows a head, by its number or by its hash alone, misses it."""
    anchor = anchor_of(fold(entries))
    for kept in range(1, LINES):
        assert not finds_at(ledger.lines[:kept][-1:], ledger.heads[kept - 1])
        cut = fold(entries[:kept]) if kept % 13 == 1 or kept == LINES - 1 else None
        assert cut is None or (departure(cut, anchor) and departure(cut, Anchor(anchor.head)))
    assert departure(fold(entries), anchor) is departure(fold(entries), Anchor(anchor.head)) is None


def test_what_was_written_anew_with_a_whole_chain_an_anchor_shows(ledger: Tampered, entries: list[Entry]) -> None:
    anchor = anchor_of(fold(entries))
    for at in (1, 7, LINES // 2, LINES - 1):
        lines = rewritten(ledger.lines, at)
        assert not finds(WHOLE, joined(lines))
        heads = [FIRST_HEAD, *(line[6:70].decode() for line in lines)]
        forged = fold([decode_line(line, n, heads[n - 1]) for n, line in enumerate(lines, 1)])
        assert departure(forged, anchor)
        assert departure(forged, Anchor(anchor.head))
        assert departure(forged, Anchor(heads[at], at, anchor.registry)) is None, "what is before it is as it was"


def test_from_the_first_line_on_a_sample_is_found_too(ledger: Tampered) -> None:
    data, dice = joined(ledger.lines), random.Random(7)  # noqa: S311 - the same sample every time
    for at in (0, len(data) - 1, *dice.sample(range(len(data)), 300)):
        for changed in (data[:at] + bytes([data[at] ^ 2]) + data[at + 1 :], data[:at] + data[at + 1 :]):
            assert finds(WHOLE, changed), at


@pytest.mark.skipif(not BASH, reason="no bash here")
def test_the_shell_finds_a_sample(ledger: Tampered, tmp_path: Any) -> None:
    """The one that reads far is the last: the shell starts two programs for each line."""
    file = tmp_path / "ledger.jsonl"
    far, first = joined(ledger.lines[:60]), joined(ledger.lines[:5])
    images = [
        *(first[:at] + bytes([first[at] ^ 1]) + first[at + 1 :] for at in range(0, len(first), 97)),
        *(joined([*ledger.lines[:at], *ledger.lines[at + 1 : 9]]) for at in range(6)),
        *(joined([*ledger.lines[: at + 1], *ledger.lines[at:9]]) for at in range(6)),
        far[:-1],
    ]
    for image in images:
        file.write_bytes(image)
        assert run("shell", file).returncode == 1
    file.write_bytes(LEDGER)
    assert run("shell", file).stdout == f"{len(EXAMPLE)} entries, head {EXAMPLE[-1].h}\n"
