"""Whatever lies in the files that the program keeps for itself, it starts; and nothing leads out of their folder."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QMainWindow

from tests.gui.conftest import home
from uidmanager.app.backups import Backup, BackupRule
from uidmanager.core.barcodes import check_stand_in
from uidmanager.core.errors import PreferencesError
from uidmanager.core.reports import Kind
from uidmanager.gui.main_window import WindowState
from uidmanager.settings import StationBackups, config_folder, data_folder, read_preferences, remember_ledger
from uidmanager.settings.scanner import StationScanner
from uidmanager.stores.seen import Seen, StationMemory

__all__ = ["home"]

bytes_like = st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))
DEEP_IN_A_FIELD = [b'{"x":' + opening * 100_000 for opening in (b"[", b'{"a":')]  # where any field may stand
within_a_test = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"recent":' * 100_000, b"\0" * 1_000_000, b"\xef\xbb\xbf{}", *DEEP_IN_A_FIELD]
)
def test_odd_preferences_are_the_defaults(home: Path, content: bytes) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "preferences.json").write_bytes(content)
    assert not read_preferences().recent
    assert remember_ledger(str(home)).recent == (str(home),)


def test_a_ledger_that_no_system_can_name_is_not_opened(home: Path) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "preferences.json").write_bytes(rb'{"recent":["a\u0000b","good"]}')
    assert read_preferences().recent == ("good",)


@within_a_test
@given(bytes_like)
def test_any_preferences_are_read_or_left(home: Path, content: bytes) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "preferences.json").write_bytes(content)
    read_preferences()


@given(st.text(max_size=80) | st.sampled_from(["..", "/etc/x", "\0", "\ud800", ""]), bytes_like)
@within_a_test
@example("7a1b", b'{"folder":"/b","when":0}')
@example("7a1b", b'{"folder":"/b","when":"monthly"}')
def test_the_rules_for_backups_stay_in_their_folders_and_odd_ones_are_told(
    home: Path, registry: str, content: bytes
) -> None:
    book, rule = StationBackups(), BackupRule("/b", 25)
    backup = Backup("2026-11-22T21:06:42.123456Z", "/b", 7, "a" * 64, "/b/x.jsonl")
    book.set_rule(registry, rule)
    book.remember(registry, backup)
    assert (book.rule(registry), book.last(registry)) == (rule, backup)
    for folder in (config_folder() / "backup-rules", data_folder() / "backups-made"):
        assert list(folder.parent.iterdir()) == [folder]
        (file,) = folder.iterdir()
        file.write_bytes(content)
    assert book.last(registry) is None
    with pytest.raises(PreferencesError):
        book.rule(registry)
    shutil.rmtree(home)
    assert (book.rule(registry), book.last(registry)) == (None, None)


def test_a_rule_nested_deep_is_told_and_such_a_note_passed_over(home: Path) -> None:
    assert not home.exists()
    deep = b'{"odd":' + b"[" * 100_000
    book = StationBackups()
    book.set_rule("7a1b", BackupRule("/b", 25))
    book.remember("7a1b", Backup("2026-11-22T21:06:42.123456Z", "/b", 7, "a" * 64, "/b/x.jsonl"))
    for folder in (config_folder() / "backup-rules", data_folder() / "backups-made"):
        (file,) = folder.iterdir()
        file.write_bytes(deep)
    assert book.last("7a1b") is None
    with pytest.raises(PreferencesError):
        book.rule("7a1b")


def test_rules_and_notes_may_lie_in_one_folder_as_on_windows_and_macos(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uidmanager.settings.data_folder", config_folder)
    assert not home.exists()
    book, rule = StationBackups(), BackupRule("/b", 25)
    backup = Backup("2026-11-22T21:06:42.123456Z", "/b", 7, "a" * 64, "/b/x.jsonl")
    book.set_rule("7a1b", rule)
    book.remember("7a1b", backup)
    assert (book.rule("7a1b"), book.last("7a1b")) == (rule, backup)


def test_a_rule_that_cannot_be_kept_or_read_is_told(home: Path) -> None:
    home.mkdir()
    (home / "config").mkdir()
    (home / "config" / "backup-rules").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(PreferencesError):
        StationBackups().set_rule("7a1b", BackupRule("/b", 1))
    with pytest.raises(PreferencesError):
        StationBackups().rule("7a1b")


@within_a_test
@given(bytes_like, st.sampled_from(["view/appearance", "window/page", "window/geometry"]))
def test_any_window_state_gives_a_window(qapp: object, content: bytes, key: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "window.ini"
        group, name = key.split("/")
        file.write_bytes(f"[{group}]\n{name}=".encode() + content)
        state = WindowState(file)
        assert state.appearance
        assert isinstance(state.page, str)
        state.restore_window(QMainWindow())


@given(
    st.text(max_size=80) | st.sampled_from(["..", "../x", "/etc/x", "a/b", "a\\b", "C:x", "\0", "\ud800", "", "con"]),
    bytes_like,
)
def test_the_stations_memory_stays_in_its_folder_and_reads_any_bytes(registry: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as outer:
        memory = StationMemory(Path(outer) / "seen")
        memory.remember(registry, Seen(1, "a" * 64))
        assert memory.recall(registry) == Seen(1, "a" * 64)
        (file,) = (Path(outer) / "seen").iterdir()
        assert list(Path(outer).iterdir()) == [Path(outer) / "seen"]
        file.write_bytes(content)
        memory.recall(registry)


def test_the_file_name_proposed_for_a_report_is_of_our_own_words_only() -> None:
    assert all(kind.isascii() and kind.replace("-", "").isalpha() for kind in Kind)


@within_a_test
@given(bytes_like)
@example(b'{"mode":"gs1","stand_in":"\\u001d"}')
@example(b'{"refractory_ms":1e400}')
def test_any_settings_of_a_scanner_are_read_or_told(home: Path, content: bytes) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "scanner.json").write_bytes(content)
    with suppress(PreferencesError):
        found = StationScanner().settings()
        assert 0 <= found.refractory_ms <= 5000
        assert check_stand_in(found.stand_in) == ()
