"""File systems that know no hard links (FAT, some shares): backup and repair, with each call failing in its turn."""

from __future__ import annotations

import errno
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.faults.disks import Died, Faulty, broken
from tests.stores.conftest import Desk
from uidmanager.core.errors import BackupFailedError, LedgerChangedError, LedgerError, LedgerExistsError
from uidmanager.stores.filesystem import FileSystem
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINKLESS = (errno.EPERM, errno.ENOTSUP)


class Kept(Desk):
    """A ledger of four entries, remembered and copied, and a folder for its backups."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.founded(3)
        JsonlLedger(self.path, self.world, self.seen, replicas=folder / "replicas").news()
        self.whole = self.path.read_bytes()
        self.folder = folder / "backups"
        self.folder.mkdir()

    def keeper(self, files: FileSystem | None = None) -> JsonlKeeper:
        return JsonlKeeper(self.path, self.world, self.path.parent, files=files)

    @property
    def backups(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.folder.iterdir()) if not path.name.startswith(".")]

    @property
    def asides(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.path.parent.glob("acme.jsonl.damaged-*"))]

    @property
    def hidden(self) -> list[Path]:
        return [path for folder in (self.folder, self.path.parent) for path in folder.glob(".*")]

    def clean(self) -> None:
        for path in {*self.folder.iterdir(), *self.path.parent.glob("acme.jsonl.damaged-*"), *self.hidden}:
            path.unlink()


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


class Linkless(Faulty):
    """A disk without hard links, of which one call fails, or from one call on the program is dead."""

    def __init__(self, path: Path, at: int = 0, *, link: int = errno.EPERM, dies: bool = False) -> None:
        self.path = path
        self.at = at
        self.was_without_ledger = False

        def fails(number: int, call: str) -> BaseException | None:
            self.was_without_ledger = self.was_without_ledger or not path.exists()
            if dies and number >= at:
                return Died()
            if number == at:
                return broken(errno.EIO)
            return broken(link) if call == "link" else None

        super().__init__(fails)

    @property
    def has_failed_at(self) -> str:
        """The call that failed; empty when there were fewer."""
        return self.diary[self.at - 1] if len(self.diary) >= self.at else ""


def at_each_call(
    kept: Kept, do: Callable[[JsonlKeeper], object], *, dies: bool
) -> Iterator[tuple[Linkless, Exception | Died | None]]:
    """Do it with the first call failing, then the second, and so on until none fails; answers how each try ended."""
    for at in count(1):
        files = Linkless(kept.path, at, dies=dies)
        ended: Exception | Died | None = None
        try:
            do(kept.keeper(files))
        except (LedgerError, Died) as error:
            ended = error
        yield files, ended
        kept.clean()
        if not files.has_failed_at:
            assert ended is None
            return


@pytest.mark.parametrize("dies", [False, True], ids=["a call fails", "the program dies"])
def test_a_backup_is_whole_or_not_there(kept: Kept, *, dies: bool) -> None:
    tries = 0
    for files, ended in at_each_call(kept, lambda keeper: keeper.backup(str(kept.folder)), dies=dies):
        tries += 1
        claimed = [b""] if dies and files.has_failed_at == "replace" else []
        assert kept.backups in ([], [kept.whole], claimed), files.diary
        assert ended is not None or kept.backups == [kept.whole]
        if not dies and files.has_failed_at != "remove":
            assert not kept.hidden
        if kept.backups != [b""]:
            kept.keeper().backup(str(kept.folder), may_be_there=True)
            assert kept.backups == [kept.whole]
    assert tries > 15


@pytest.mark.parametrize("dies", [False, True], ids=["a call fails", "the program dies"])
@pytest.mark.parametrize("cut", [20, 400], ids=["torn", "shorter"])
def test_a_repair_has_the_old_ledger_in_its_place_or_the_new_one_and_the_old_kept(
    kept: Kept, cut: int, *, dies: bool
) -> None:
    damaged = kept.whole[:-cut]
    kept.put(damaged)
    outcomes = set()
    for files, _ended in at_each_call(kept, lambda keeper: keeper.mend(None, apply=True), dies=dies):
        assert not files.was_without_ledger
        present = kept.path.read_bytes()
        outcomes.add(present)
        assert present in (damaged, kept.whole), files.diary
        if present == kept.whole:
            assert damaged in kept.asides
        assert set(kept.asides) <= {damaged, *([b""] if dies else [])}
        kept.keeper().mend(None, apply=True)
        assert kept.path.read_bytes() == kept.whole
        assert not kept.open().news().trouble
        kept.put(damaged)
    assert outcomes == {damaged, kept.whole}


@pytest.mark.parametrize("link", LINKLESS, ids=errno.errorcode.get)
def test_without_hard_links_all_works_as_with_them(kept: Kept, link: int) -> None:
    keeper = kept.keeper(Linkless(kept.path, link=link))
    backup = keeper.backup(str(kept.folder)).where
    with pytest.raises(LedgerExistsError):
        keeper.backup(str(kept.folder))
    assert keeper.backup(str(kept.folder), may_be_there=True).where == backup
    assert kept.backups == [kept.whole]
    for place in (7, 30):
        kept.put(kept.whole[:place])
        keeper.mend(backup, apply=True)
        assert kept.path.read_bytes() == kept.whole
    assert sorted(map(len, kept.asides)) == [7, 30]
    assert not kept.hidden


def test_what_takes_the_name_meanwhile_is_not_written_over(kept: Kept) -> None:
    class Stranger(FileSystem):
        """Somebody else is faster."""

        def link(self, _source: Path, target: Path) -> None:
            target.write_bytes(b"of somebody else")
            raise broken(errno.EPERM)

    with pytest.raises(LedgerExistsError):
        kept.keeper(Stranger()).backup(str(kept.folder))
    with pytest.raises(BackupFailedError, match="not whole"):
        kept.keeper().backup(str(kept.folder), may_be_there=True)
    assert kept.backups == [b"of somebody else"]
    assert not kept.hidden


def test_a_name_that_was_set_aside_before_is_not_taken_again(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept.world, "now", lambda: "2026-11-22T21:06:42.123456Z")
    for cut in (7, 30, 50):
        kept.put(kept.whole[:-cut])
        kept.keeper(Linkless(kept.path)).mend(None, apply=True)
    assert sorted(map(len, kept.asides)) == [len(kept.whole) - cut for cut in (50, 30, 7)]


def test_a_ledger_that_changes_while_it_is_copied_stays_in_its_place(kept: Kept) -> None:
    class Meddled(FileSystem):
        """A program that knows no lock writes while the old file is being kept."""

        def link(self, source: Path, _target: Path) -> None:
            if source.name.startswith(".") and source.suffix == ".old":
                with kept.path.open("ab") as file:
                    file.write(b"more")
            raise broken(errno.EPERM)

    kept.put(kept.whole[:-20])
    with pytest.raises(LedgerChangedError):
        kept.keeper(Meddled()).mend(None, apply=True)
    assert kept.path.read_bytes() == kept.whole[:-20] + b"more"


def test_a_copy_that_reads_back_otherwise_is_not_trusted(kept: Kept) -> None:
    class Forgetting(FileSystem):
        """Keeps zeros for the first bytes of the file that is copied."""

        def link(self, _source: Path, _target: Path) -> None:
            raise broken(errno.EPERM)

        def flush(self, handle: int) -> None:
            super().flush(handle)
            if self.status(handle).size == len(kept.whole) - 20:
                self.write(handle, 0, memoryview(bytes(4)))

    kept.put(kept.whole[:-20])
    with pytest.raises(LedgerError, match="reads back otherwise"):
        kept.keeper(Forgetting()).mend(None, apply=True)
    assert kept.path.read_bytes() == kept.whole[:-20]
    assert not kept.asides
