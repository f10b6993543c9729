"""Repairs, attacked: whatever is done to a ledger that this station has copied, it comes back byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stores.conftest import Desk
from uidmanager.core.errors import LedgerError, NotMendableError
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path) -> Desk:
    """A ledger of four entries, remembered and copied."""
    desk = Desk(tmp_path)
    desk.founded(3)
    JsonlLedger(desk.path, desk.world, desk.seen, replicas=tmp_path / "replicas").news()
    return desk


def keeper(desk: Desk) -> JsonlKeeper:
    return JsonlKeeper(desk.path, desk.world, desk.path.parent)


def test_after_the_first_line_any_damage_and_any_cut_is_repaired(kept: Desk) -> None:
    whole = kept.path.read_bytes()
    first = whole.index(b"\n") + 1
    for place in range(first, len(whole), 23):
        for broken in (
            whole[:place],
            whole[:place] + b"\0" + whole[place + 1 :],
            whole[:place] + b"\n" + whole[place:],
        ):
            kept.put(broken)
            mending = keeper(kept).mend(None, apply=True)
            assert kept.path.read_bytes() == whole, place
            assert mending.entries == 4
            assert not kept.open().news().trouble


def test_what_lay_there_keeps_a_name_of_its_own(kept: Desk) -> None:
    whole = kept.path.read_bytes()
    for cut in (10, 20):
        kept.put(whole[:-cut])
        keeper(kept).mend(None, apply=True)
    asides = sorted(kept.path.parent.glob("acme.jsonl.damaged-*"))
    assert sorted(len(path.read_bytes()) for path in asides) == [len(whole) - 20, len(whole) - 10]


def test_an_entry_that_only_the_damaged_file_names_is_not_given_up(kept: Desk, tmp_path: Path) -> None:
    other = kept.open(seen=tmp_path / "another station")
    with other.turn() as turn:
        turn.news()
        turn.append(kept.assignment("99", note="of another station"))
    damaged = kept.path.read_bytes().replace(b"of another", b"of nothing")
    kept.put(damaged)
    with pytest.raises(NotMendableError, match="names entry 5"):
        keeper(kept).mend(None, apply=True)
    assert kept.path.read_bytes() == damaged


def test_a_rehearsal_changes_nothing(kept: Desk) -> None:
    kept.put(kept.path.read_bytes()[:-5])
    before = {path: path.read_bytes() for path in kept.path.parent.iterdir() if path.is_file()}
    assert keeper(kept).mend(None, apply=False).is_needed
    assert {path: path.read_bytes() for path in kept.path.parent.iterdir() if path.is_file()} == before


def test_a_damaged_ledger_is_not_backed_up(kept: Desk, tmp_path: Path) -> None:
    kept.put(kept.path.read_bytes().replace(b'"serial":"2"', b'"serial":"8"'))
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(LedgerError, match="damaged"):
        keeper(kept).backup(str(folder))
    assert not list(folder.iterdir())
