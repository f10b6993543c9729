"""Merging two files of one registry, attacked: the ledger is the old one or the merged one, and both originals stay."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.disks import Died, Faulty, broken
from tests.stores.conftest import Desk, append, numbers, overwrite
from uidmanager.core.branches import merged_hashes
from uidmanager.core.errors import (
    LedgerDamagedError,
    LedgerError,
    LedgerMissingError,
    LedgerNewerError,
    NotMergeableError,
    OutcomeUnknownError,
    ViewingOnlyError,
)
from uidmanager.core.events import ProductRegistered
from uidmanager.core.merging.terms import Choice
from uidmanager.core.registry import fold
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper
from uidmanager.stores.viewing import ViewedKeeper

if TYPE_CHECKING:
    from uidmanager.app.ports import Merging
    from uidmanager.core.events import NewEntry
    from uidmanager.stores.filesystem import FileSystem


class Parted(Desk):
    """A ledger of this station, and a copy of it that another station wrote to. ``other`` is the copy."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "here")
        self.path.parent.mkdir()
        self.elsewhere = Desk(folder / "there")
        self.elsewhere.path.parent.mkdir()
        self.elsewhere.world._ids = 5000
        self.other = self.elsewhere.path
        self.founded(1)
        self.other.write_bytes(self.path.read_bytes())
        self.write(self, self.assignment("7"), self.entry(ProductRegistered(1, "MR")))
        self.write(self.elsewhere, self.elsewhere.assignment("8"), self.elsewhere.entry(ProductRegistered(1, "US")))
        self.was, self.other_was = self.path.read_bytes(), self.other.read_bytes()

    @staticmethod
    def write(desk: Desk, *entries: NewEntry) -> None:
        append(desk.ledger(), *entries)

    def keeper(self, files: FileSystem | None = None) -> JsonlKeeper:
        return JsonlKeeper(self.path, self.world, self.path.parent, files=files)

    def merge(
        self, other: str | None = "", *, apply: bool = True, files: FileSystem | None = None, **wish: object
    ) -> Merging:
        settled = {"reason": "two copies", "choices": {"product:1": Choice.KEEP}, **wish}
        where = str(self.other) if other == "" else other
        return self.keeper(files).merge(where, apply=apply, **settled)  # type: ignore[arg-type]

    def check_merged(self, base: bytes) -> None:
        """The ledger goes on from the base with all that the other had; it is good, and it can be written to."""
        assert self.path.read_bytes().startswith(base)
        news = self.ledger().news()
        assert news.trouble is None
        assert numbers(news.entries) == [1, 2, 3, 4, 5, 6]
        assert [entry.why for entry in news.entries[4:]] == ["two copies"] * 2
        fold(news.entries)
        self.write(self, self.assignment("9"))
        assert self.replica.read_bytes() == self.path.read_bytes()

    @property
    def replica(self) -> Path:
        (found,) = (self.path.parent / "replicas").glob("*.jsonl")
        return found

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.path.parent.rglob("*") if path.is_file()}


@pytest.fixture
def parted(tmp_path: Path) -> Parted:
    return Parted(tmp_path)


def test_a_rehearsal_changes_nothing_and_says_what_there_would_be(parted: Parted) -> None:
    before = parted.files()
    found = parted.merge(apply=False, reason="", choices={})
    assert (found.common, found.entries, found.head, found.kept) == (2, 6, "", ())
    assert (found.is_needed, list(found.undecided)) == (True, ["product:1"])
    assert (found.base, found.other) == (str(parted.path), str(parted.other))
    assert parted.files() == before


def test_the_ledger_goes_on_with_what_the_other_had_and_both_are_kept(parted: Parted) -> None:
    done = parted.merge()
    ledger, other = done.kept
    assert [Path(path).read_bytes() for path in done.kept] == [parted.was, parted.other_was]
    assert (ledger.startswith(f"{parted.path}.unmerged-"), other) == (True, str(parted.other))
    assert done.head == parted.ledger().news().entries[-1].h
    parted.check_merged(parted.was)


def test_the_other_may_be_the_base(parted: Parted) -> None:
    done = parted.merge(onto_other=True)
    assert (done.base, done.other) == (str(parted.other), str(parted.path))
    assert parted.other.read_bytes() == parted.other_was
    parted.check_merged(parted.other_was)


def test_the_longer_one_is_the_base(parted: Parted) -> None:
    parted.write(parted.elsewhere, parted.elsewhere.assignment("10"))
    assert parted.merge(apply=False).base == str(parted.other)
    assert parted.merge(apply=False, onto_other=False).base == str(parted.path)


def test_the_stations_own_copy_is_merged_and_kept(parted: Parted) -> None:
    parted.put(parted.other_was)
    assert parted.ledger().news().trouble is not None
    done = parted.merge(None, onto_other=False)
    parted.check_merged(parted.other_was)
    assert [Path(path).read_bytes() for path in done.kept] == [parted.other_was, parted.was]


def test_the_stations_own_copy_may_be_the_base(parted: Parted) -> None:
    parted.put(parted.other_was)
    done = parted.merge(None, onto_other=True)
    parted.check_merged(parted.was)
    assert [Path(path).read_bytes() for path in done.kept] == [parted.other_was, parted.was]


def test_a_station_that_knows_the_other_history_only_accepts_what_merged_it(parted: Parted) -> None:
    there = parted.elsewhere
    (copy,) = (there.path.parent / "replicas").glob("*.jsonl")
    parted.merge()
    overwrite(there.path, parted.path.read_bytes())
    assert there.ledger().news().trouble is None
    assert copy.read_bytes() == there.path.read_bytes()
    (aside,) = (there.path.parent / "replicas").glob("*.merged-*")
    assert aside.read_bytes() == parted.other_was
    parted.write(there, there.assignment("11"))


def test_a_history_that_was_not_merged_is_still_recognised(parted: Parted) -> None:
    parted.merge()
    parted.write(parted.elsewhere, parted.elsewhere.assignment("12"))
    overwrite(parted.other, parted.path.read_bytes())
    trouble = parted.elsewhere.ledger().news().trouble
    assert trouble is not None
    assert trouble.code == "ledger.went_back"


def test_an_original_put_back_at_once_is_recognised_as_old(parted: Parted) -> None:
    parted.merge()
    parted.put(parted.was)
    trouble = parted.ledger().news().trouble
    assert trouble is not None
    assert trouble.code == "ledger.went_back"


def test_an_open_ledger_follows_where_its_own_history_is_the_base(parted: Parted) -> None:
    ledger = parted.ledger()
    assert len(ledger.news().entries) == 4
    parted.merge()
    news = ledger.news()
    assert (numbers(news.entries), news.trouble) == ([5, 6], None)


def test_merged_once_there_is_nothing_left_to_do(parted: Parted) -> None:
    parted.merge()
    before = parted.path.read_bytes()
    for onto_other in (None, False):
        assert not parted.merge(onto_other=onto_other).is_needed
    assert not parted.merge(None).is_needed
    assert parted.path.read_bytes() == before


def test_what_the_other_has_merged_already_is_put_in_place(parted: Parted, tmp_path: Path) -> None:
    parted.merge()
    merged = parted.path.read_bytes()
    there = parted.elsewhere
    copy = tmp_path / "merged.jsonl"
    copy.write_bytes(merged)
    keeper = JsonlKeeper(there.path, there.world, there.path.parent)
    done = keeper.merge(str(copy), reason="x", choices={}, apply=True)
    assert (done.is_needed, done.taken) == (True, [])
    assert there.path.read_bytes() == merged
    # A restore does it as well, since nothing is lost by it.
    overwrite(there.path, parted.other_was)
    assert keeper.mend(str(copy), apply=True).is_needed
    assert there.path.read_bytes() == merged


def test_leaving_out_takes_over_no_number_and_frees_none(parted: Parted) -> None:
    done = parted.merge(leave_out=True, choices={})
    assert [(str(each.kind), each.number, each.meant) for each in done.given_up] == [
        ("installation", "8", "8"),
        ("product", "1", "US"),
    ]
    parted.check_merged(parted.was)


# -- refused ---------------------------------------------------------------------------------------------------------


def refused(parted: Parted, match: str, kind: type[LedgerError] = NotMergeableError, **wish: object) -> None:
    before = parted.path.read_bytes()
    with pytest.raises(kind, match=match):
        parted.merge(**wish)  # type: ignore[arg-type]
    assert parted.path.read_bytes() == before


def test_without_a_reason_or_a_decision_nothing_is_done(parted: Parted) -> None:
    refused(parted, "Say why", reason=" ")
    refused(parted, "product:1 must be decided first", choices={})


def test_what_is_only_behind_is_for_a_repair(parted: Parted, tmp_path: Path) -> None:
    longer = tmp_path / "longer.jsonl"
    longer.write_bytes(parted.was)
    parted.put(b"".join(parted.was.splitlines(keepends=True)[:3]))
    refused(parted, "have not parted.*uidmanager repair", other=str(longer))


def test_another_registry_and_another_founding_are_not_merged(parted: Parted, tmp_path: Path) -> None:
    for number, registry in enumerate(("another", "7a1b2f9c-5d6e-4f30-8a41-b2c3d4e5f607")):
        strange = Desk(tmp_path / str(number))
        strange.world.second = 1
        strange.open().found(strange.founding(registry))
        refused(parted, "of another registry" if number == 0 else "founded otherwise", other=str(strange.path))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (lambda data: data[:-9], LedgerDamagedError),
        (lambda data: data.replace(b'"8"', b'"9"'), LedgerDamagedError),
        (lambda _data: b"", LedgerMissingError),
    ],
)
def test_a_damaged_file_is_not_merged(parted: Parted, data: object, kind: type[LedgerError]) -> None:
    assert callable(data)
    overwrite(parted.other, data(parted.other_was))
    refused(parted, "damaged|no ledger", kind)
    overwrite(parted.other, parted.other_was)
    parted.put(data(parted.was.replace(b'"7"', b'"8"')))
    refused(parted, "damaged|no ledger", kind)


def test_what_a_newer_program_wrote_is_not_merged(parted: Parted) -> None:
    from uidmanager.stores.chain import sealed  # noqa: PLC0415 (for this test only)

    last = parted.other_was.splitlines()[-1]
    head = parted.elsewhere.ledger().news().entries[-1].h
    newer = last.replace(b'"n":4', b'"n":5').replace(b"product_registered", b"product_painted")
    overwrite(parted.other, parted.other_was + sealed(head, newer) + b"\n")
    refused(parted, "product_painted", LedgerNewerError)


def test_entries_that_do_not_fold_are_not_merged(parted: Parted) -> None:
    parted.write(parted.elsewhere, parted.elsewhere.assignment("8"))
    refused(parted, "put together wrongly.*installation 8 is there already")


def test_a_third_history_that_this_station_knows_keeps_two_others_from_being_merged(parted: Parted) -> None:
    third = parted.path.read_bytes()
    first, second = third.splitlines(keepends=True)[:2]
    parted.put(first + second)
    for path in (parted.path.parent / "seen").iterdir():
        path.unlink()
    replica = parted.replica
    other_station = JsonlLedger(parted.path, parted.world, parted.path.parent / "fresh")
    append(other_station, parted.assignment("20"), parted.assignment("21"))
    refused(parted, "own copy, has entries that neither")
    replica.unlink()
    parted.merge(apply=False)
    (parted.path.parent / "seen" / replica.name).write_text('{"n":4,"h":"%s"}\n' % ("a" * 64))
    refused(parted, "has seen an entry 4 that neither")


def test_a_copy_that_names_more_than_it_holds_is_a_third_history(parted: Parted) -> None:
    with parted.replica.open("ab") as file:
        file.write(b'{"h":"' + b"0" * 64 + b'","n":99,"id"')
    refused(parted, "own copy, has entries that neither")


def test_a_viewer_rehearses_only(parted: Parted) -> None:
    viewer = ViewedKeeper(parted.keeper(), str(parted.path))
    assert viewer.merge(str(parted.other), reason="", choices={}, apply=False).is_needed
    with pytest.raises(ViewingOnlyError):
        viewer.merge(str(parted.other), reason="x", choices={}, apply=True)


# -- a disk that fails -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["", None], ids=["another file", "the station's copy"])
@pytest.mark.parametrize("kind", [broken(errno.EIO), broken(errno.ENOSPC), Died()], ids=str)
def test_whichever_call_fails_the_ledger_is_the_old_one_or_the_merged_one(
    parted: Parted, kind: BaseException, other: str | None
) -> None:
    if other is None:
        parted.put(parted.other_was)
    was, base = parted.path.read_bytes(), (parted.was if other == "" else parted.other_was)
    untouched = parted.files()
    for at in count(1):
        files = Faulty(lambda call, _name, at=at: kind if call >= at else None)  # type: ignore[misc]
        told: BaseException | None = None
        try:
            parted.merge(other, files=files, onto_other=False)
        except (LedgerError, Died) as error:
            told = error
        now = parted.path.read_bytes()
        assert now == was or len(list(merged_hashes(parted.open(seen=parted.path.parent / "none").news().entries))) == 2
        assert told is None or now == was or isinstance(told, OutcomeUnknownError | Died)
        asides = list(parted.path.parent.glob("*.unmerged-*"))
        assert all(path.read_bytes() == was for path in asides)
        assert now == was or asides
        parted.merge(other, onto_other=False)
        parted.check_merged(base)
        if told is None:
            break
        for path in parted.files():
            path.unlink()
        for path, data in untouched.items():
            path.write_bytes(data)
    assert at > 20
