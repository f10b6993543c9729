"""What the place of a ledger means for writing to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stores.conftest import append
from uidmanager.core.errors import LocksNotWorkingError
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.lock_trial import LockTrial, try_locks
from uidmanager.stores.medium import Medium
from uidmanager.stores.place import Place
from uidmanager.stores.syncing import conflict_copies, sync_client

if TYPE_CHECKING:
    from pathlib import Path

    from tests.stores.conftest import Desk

NFS = Medium("nfs4", is_network=True)


class Elsewhere:
    """A medium and a trial as a test wants them, which count how often they are asked."""

    def __init__(self, medium: Medium, trial: LockTrial | None = None) -> None:
        self.looked = 0
        self.tried: list[Path] = []
        self._medium = medium
        self._trial = trial

    def open(self, desk: Desk) -> JsonlLedger:
        place = Place(desk.path, str(desk.path), "LINE-3", medium=self._look, trial=self._try)
        return JsonlLedger(desk.path, desk.world, desk.seen, patience=0.05, place=place)

    def _look(self, _folder: Path) -> Medium:
        self.looked += 1
        return self._medium

    def _try(self, folder: Path) -> LockTrial:
        self.tried.append(folder)
        return self._trial or try_locks(folder)


def test_on_a_network_locks_are_tried_once_and_the_user_told_once(desk: Desk) -> None:
    desk.founded()
    elsewhere = Elsewhere(NFS)
    ledger = elsewhere.open(desk)
    with ledger.turn() as turn:
        (remark,) = turn.news().remarks
        turn.append(desk.assignment("1"))
    assert "shared folder (nfs4), which is not a server" in remark
    with ledger.turn() as turn:
        assert not turn.news().remarks
    assert (elsewhere.looked, len(elsewhere.tried)) == (1, 1)


def test_a_founding_on_a_network_is_told_with_the_next_news(desk: Desk) -> None:
    ledger = Elsewhere(NFS, LockTrial(works=True)).open(desk)
    ledger.found(desk.founding())
    assert "not a server" in ledger.news().remarks[0]


@pytest.mark.parametrize(
    ("medium", "says"), [(NFS, "got the same lock"), (Medium("nfs", is_network=True, lone_locks="nolock"), "“nolock”")]
)
def test_where_locks_do_not_work_nothing_is_written(desk: Desk, medium: Medium, says: str) -> None:
    desk.founded()
    before = desk.path.read_bytes()
    ledger = Elsewhere(medium, LockTrial(works=False, why="two programs got the same lock at once")).open(desk)
    for _ in range(2):
        with pytest.raises(LocksNotWorkingError, match=says), ledger.turn():
            pytest.fail("a turn without a lock")
    assert desk.path.read_bytes() == before
    assert len(ledger.news().entries) == 1


def test_where_locks_do_not_work_nothing_is_founded_and_no_folder_made(desk: Desk, tmp_path: Path) -> None:
    desk.path = tmp_path / "new" / "deep" / "acme.jsonl"
    elsewhere = Elsewhere(NFS, LockTrial(works=False, why="no"))
    with pytest.raises(LocksNotWorkingError):
        elsewhere.open(desk).found(desk.founding())
    assert elsewhere.tried == [tmp_path]
    assert not list(tmp_path.iterdir())


def test_a_ledger_opened_afresh_finds_out_anew(desk: Desk) -> None:
    desk.founded()
    elsewhere = Elsewhere(NFS, LockTrial(works=True))
    ledger = elsewhere.open(desk)
    append(ledger, desk.assignment("1"))
    append(ledger.afresh(), desk.assignment("2"))
    assert elsewhere.looked == 2


def test_on_a_local_disk_nothing_is_tried_and_nothing_said(desk: Desk) -> None:
    desk.founded()
    elsewhere = Elsewhere(Medium("ext4"))
    ledger = elsewhere.open(desk)
    for _ in range(3):
        with ledger.turn() as turn:
            assert not turn.news().remarks
    assert (elsewhere.looked, elsewhere.tried) == (1, [])


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("Dropbox (Acme)/registry", "Dropbox"),
        ("OneDrive - Acme/registry", "OneDrive"),
        ("nextcloud", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("registry", ""),
        ("onedrives", ""),
    ],
)
def test_a_sync_client_is_known_by_its_folder(tmp_path: Path, folder: str, client: str) -> None:
    assert sync_client(tmp_path / folder) == client


def test_syncthing_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert sync_client(tmp_path / "a" / "b") == "Syncthing"


def test_copies_of_a_conflict_are_known_by_their_names() -> None:
    conflicts = [
        "acme (conflicted copy 2026-11-22 210642).jsonl",
        "acme (Anna's conflicted copy 2026-11-22).jsonl",
        "acme-LINE-3-2.jsonl",
        "acme-line-3.jsonl",
        "acme.sync-conflict-20261122-210642-ABCDEFG.jsonl",
    ]
    others = ["acme.jsonl", "acme.jsonl.lock", "acme-2026.jsonl", "acme-LINE-30.jsonl", "acmes (conflict).jsonl"]
    assert conflict_copies("acme.jsonl", "LINE-3", [*others, *conflicts]) == sorted(conflicts)


def test_a_synced_folder_and_the_copy_of_a_conflict_are_told_once(desk: Desk, tmp_path: Path) -> None:
    desk.path = tmp_path / "Dropbox" / "acme.jsonl"
    desk.founded()
    desk.path.with_name("acme-LINE-3.jsonl").touch()
    ledger = Elsewhere(Medium("ext4")).open(desk)
    with ledger.turn() as turn:
        synced, copied = turn.news().remarks
    assert "Dropbox" in synced
    assert "acme-LINE-3.jsonl" in copied
    with ledger.turn() as turn:
        assert not turn.news().remarks
