"""Repairs, attacked: whatever is done to a ledger that this station has copied, it comes back byte for byte."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.faults.disks import Faulty, broken
from tests.stores.conftest import Desk, overwrite
from uidmanager.core.errors import BackupFailedError, LedgerError, NotMendableError
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from uidmanager.stores.filesystem import Status


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
        for spoilt in (
            whole[:place],
            whole[:place] + b"\0" + whole[place + 1 :],
            whole[:place] + b"\n" + whole[place:],
        ):
            kept.put(spoilt)
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


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["create", "write", "flush", "link and claim"])
def test_a_folder_that_fails_has_nothing_half_in_it_and_the_sentence_says_why(
    kept: Desk, tmp_path: Path, number: int, call: str
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    before = kept.path.read_bytes()

    def fails(_number: int, name: str) -> OSError | None:
        if call == "link and claim":
            return broken(number) if name == "link" or (name == "create" and "link" in files.diary) else None
        return broken(number) if name == call else None

    files = Faulty(fails)
    with pytest.raises(BackupFailedError, match=os.strerror(number)) as caught:
        JsonlKeeper(kept.path, kept.world, tmp_path, files=files).backup(str(folder))
    assert str(folder) in str(caught.value)
    assert not list(folder.iterdir())
    assert kept.path.read_bytes() == before


def test_a_backup_that_is_there_already_counts_once_it_was_verified(kept: Desk, tmp_path: Path) -> None:
    first = keeper(kept).backup(str(tmp_path), may_be_there=True)
    again = keeper(kept).backup(str(tmp_path), may_be_there=True)
    assert (again.where, list(again.entries), again.fault) == (first.where, list(first.entries), None)
    path = Path(first.where)
    for spoilt in (b"", path.read_bytes()[:-1], path.read_bytes().replace(b"anna", b"anne", 1)):
        overwrite(path, spoilt)
        with pytest.raises(BackupFailedError, match="damaged or not whole"):
            keeper(kept).backup(str(tmp_path), may_be_there=True)
        assert path.read_bytes() == spoilt


def test_whether_a_folder_lies_on_the_ledgers_disk_is_asked_of_the_system(kept: Desk, tmp_path: Path) -> None:
    class TwoDisks(FileSystem):
        def status_of(self, path: Path) -> Status:
            found = super().status_of(path)
            return structs.replace(found, device=found.device + 1) if path.name == "stick" else found

    (tmp_path / "stick").mkdir()
    asked = JsonlKeeper(kept.path, kept.world, tmp_path, files=TwoDisks())
    assert asked.shares_disk(str(tmp_path))
    assert not asked.shares_disk(str(tmp_path / "stick"))
    assert not asked.shares_disk(str(tmp_path / "nowhere"))


def test_a_damaged_ledger_is_not_backed_up(kept: Desk, tmp_path: Path) -> None:
    kept.put(kept.path.read_bytes().replace(b'"serial":"2"', b'"serial":"8"'))
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(LedgerError, match="damaged"):
        keeper(kept).backup(str(folder))
    assert not list(folder.iterdir())
