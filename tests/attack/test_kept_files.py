"""Whatever lies in the files that the program keeps for itself, it starts; and nothing leads out of their folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QMainWindow

from tests.gui.conftest import home
from uidmanager.core.reports import Kind
from uidmanager.gui.main_window import WindowState
from uidmanager.settings import config_folder, read_preferences, remember_ledger
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
