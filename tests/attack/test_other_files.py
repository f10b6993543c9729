"""Whatever lies in the files that others write: notes of a lock, copies, backups, anchors, mounts, names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Caller, acme, call, home, ledger
from tests.stores.conftest import Desk, overwrite
from uidmanager.core.anchors import Anchor, anchor_from_hash, is_well_formed
from uidmanager.core.errors import LedgerError
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.medium import linux_medium
from uidmanager.stores.replica import Replica
from uidmanager.stores.seen import file_name
from uidmanager.stores.syncing import conflict_copies, sync_client
from uidmanager.writers.anchor_file import AnchorUnreadableError, read_anchor

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["acme", "call", "home", "ledger"]

REGISTRY = "7a1b2f9c-5d6e-4f30-8a41-b2c3d4e5f607"
GIGABYTE = 1024**3
DEEP = [b"[" * 100_000, b'{"x":' + b"[" * 100_000, b'{"x":' + b'{"a":' * 100_000]
anything = st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
names = st.text(max_size=60) | st.sampled_from(
    ["..", "../x", "/etc/x", "a\\b", "C:x", "\0", "\ud800", "con", "x" * 400]
)
within_a_test = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60
)


def with_deep(test: Callable[..., None]) -> Callable[..., None]:
    """These contents in any case, besides what is drawn."""
    for content in DEEP:
        test = example(content)(test)
    return test


@pytest.fixture
def kept(tmp_path: Path) -> Desk:
    """A ledger of three entries, remembered and copied."""
    desk = Desk(tmp_path)
    desk.founded(2)
    JsonlLedger(desk.path, desk.world, desk.seen, replicas=tmp_path / "replicas").news()
    return desk


@with_deep
@given(anything)
def test_any_note_of_a_holder_is_told_in_words_or_as_another_program(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.with_name("a.jsonl.lock.holder").write_bytes(content)
        assert LedgerLock(path, str(path), 0)._who_holds().isprintable()


def test_a_note_of_a_gigabyte_is_not_taken_into_memory(tmp_path: Path) -> None:
    note = tmp_path / "a.jsonl.lock.holder"
    note.touch()
    os.truncate(note, GIGABYTE)
    assert LedgerLock(tmp_path / "a.jsonl", "a", 0)._who_holds() == "another program"


@within_a_test
@with_deep
@given(anything)
def test_any_copy_of_this_station_stands_in_nobodys_way(kept: Desk, content: bytes) -> None:
    """It is neither followed nor taken for a history; the ledger is read, written and kept."""
    folder = kept.path.parent
    (folder / "replicas" / file_name(REGISTRY)).write_bytes(content)
    before = kept.path.read_bytes()
    news = JsonlLedger(kept.path, kept.world, kept.seen, replicas=folder / "replicas").news()
    assert (len(news.entries), news.trouble) == (3, None)
    mending = JsonlKeeper(kept.path, kept.world, folder).mend(None, apply=True)
    assert (mending.entries, mending.is_needed) == (3, False)
    assert kept.path.read_bytes() == before


@within_a_test
@with_deep
@given(anything)
def test_any_file_named_as_a_backup_is_refused_or_holds_nothing(kept: Desk, content: bytes) -> None:
    """A good ledger stays as it is; a damaged one is not mended from it."""
    folder = kept.path.parent
    backup = folder / "backup.jsonl"
    backup.write_bytes(content)
    keeper = JsonlKeeper(kept.path, kept.world, folder / "elsewhere")
    assert not keeper.other(str(backup)).entries
    before = kept.path.read_bytes()
    for lies in (before, before[:-9]):
        overwrite(kept.path, lies)
        try:
            mending = keeper.mend(str(backup), apply=True)
        except LedgerError:
            assert kept.path.read_bytes() == lies
        else:
            assert mending.entries in {2, 3}
            assert before.startswith(kept.path.read_bytes())
    overwrite(kept.path, before)


@settings(max_examples=60)
@given(names)
def test_the_id_of_a_registry_leads_out_of_no_folder(registry: str) -> None:
    """Backups, the station's copy and its memory are named after it, and anybody may have written it."""
    name = file_name(registry)
    assert name.isascii()
    assert len(name) < 100
    assert Path(name).name == name
    assert Replica(None, Path("there")).file_of(registry).parent == Path("there")  # type: ignore[arg-type]


def test_a_ledger_with_an_evil_id_is_backed_up_in_the_folder_that_was_named(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "ledger")
    (tmp_path / "ledger").mkdir()
    (tmp_path / "backups").mkdir()
    desk.open().found(desk.founding("../../evil/\u202e"))
    made = JsonlKeeper(desk.path, desk.world, tmp_path).backup(str(tmp_path / "backups"))
    assert [str(path) for path in (tmp_path / "backups").iterdir()] == [made.where]
    assert {path.name for path in tmp_path.iterdir()} == {"ledger", "backups"}


@with_deep
@given(anything | st.from_regex(r'\{"format":"uidmanager-anchor","version":[0-9-]{1,30},"head":".*"\}').map(str.encode))
def test_any_anchor_file_is_an_anchor_or_none(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "anchor"
        file.write_bytes(content)
        with pytest.raises(AnchorUnreadableError) as told:
            read_anchor(file)
        assert len(str(told.value)) < 1000


@given(st.text(max_size=80) | st.text("0123456789abcdefABCDEF \n", min_size=60, max_size=68))
def test_any_text_is_a_head_or_none(text: str) -> None:
    found = anchor_from_hash(text)
    assert found is None or (is_well_formed(found) and found == Anchor(text.strip().lower()))
    assert anchor_from_hash(text * 100_000) is None or not text.strip()


@given(st.text(max_size=300) | st.from_regex(r"(\d+ ){2}\d+:\d+ / /(\\[0-7]{3}|x)* rw( shared:1)? - nfs4? h:/ rw,\w*"))
def test_any_table_of_mounts_is_read(table: str) -> None:
    for text in (table, f"{table}\n{table}", f"1 2 3:4 / / rw - {table}"):
        assert isinstance(linux_medium(Path("/a/b"), lambda text=text: text).is_network, bool)  # type: ignore[misc]


@given(st.lists(names, max_size=4), names, names)
def test_any_names_beside_a_ledger_are_looked_at(beside: list[str], ledger_name: str, station: str) -> None:
    found = conflict_copies(ledger_name, station, [*beside, "-" * 200_000, "a (conflict" * 20_000])
    assert set(found) <= {*beside, "-" * 200_000, "a (conflict" * 20_000}


@given(st.lists(names.filter(lambda name: "\0" not in name), max_size=4))
def test_any_folder_is_asked_for_a_sync_client(parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert isinstance(sync_client(Path(folder, *(part.strip("/")[:80] for part in parts))), str)


@within_a_test
@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_from_stdin_are_answered(acme: Caller, content: bytes) -> None:
    for command in (("assign", "-"), ("identify", "-"), ("uid", "check", "-")):
        result = acme(*command, stdin=content)
        assert result.code in {0, 1, 2, 3}
        assert "Traceback" not in result.err
        assert result.out.replace("\n", "").isprintable()


@pytest.mark.parametrize("content", [b"1" * 10_000_000, b"1.1" * 1_000_000, b"\0" * 1_000_000, b"[" * 100_000])
def test_huge_lines_from_stdin_are_answered_shortly(acme: Caller, content: bytes) -> None:
    for command in (("assign", "-"), ("uid", "check", "-")):
        result = acme(*command, stdin=content)
        assert result.code == 1
        assert len(result.out) + len(result.err) < 20_000
