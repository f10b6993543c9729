"""Presets kept on a station: read again as they were kept, and nothing is lost by a damaged file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import pytest

from uidmanager.core.reports import Asked, Kind, Preset
from uidmanager.settings.presets import PresetsUnreadableError, PresetsUnwritableError, StationPresets

if TYPE_CHECKING:
    from pathlib import Path

AUDIT = Preset("For the auditor", Kind.IDENTIFIERS, Asked(since="2026-01-01", station="LINE-3"))
VOID = Preset("Void ones", Kind.INSTALLATIONS, Asked(state="void", product="2", containing="“é”"))
REGISTRY = "7a1b"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the presets lie."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_a, **_k: tmp_path / "config")
    return tmp_path / "config" / "report-presets"


def kept_file(folder: Path) -> Path:
    (file,) = folder.glob("*.json")
    return file


def test_presets_are_read_as_they_were_kept_and_by_registry() -> None:
    book = StationPresets()
    assert book.presets(REGISTRY) == ()
    assert book.keep(REGISTRY, VOID) is None
    book.keep(REGISTRY, AUDIT)
    assert StationPresets().presets(REGISTRY) == (AUDIT, VOID)
    assert book.preset(REGISTRY, "FOR the auditor") == AUDIT
    assert book.preset(REGISTRY, "another") is None
    assert book.presets("another registry") == ()


def test_presets_are_renamed_and_removed() -> None:
    book = StationPresets()
    for preset in (AUDIT, VOID):
        book.keep(REGISTRY, preset)
    book.rename(REGISTRY, VOID.name, "Another")
    assert [preset.name for preset in book.presets(REGISTRY)] == ["Another", AUDIT.name]
    book.remove(REGISTRY, AUDIT.name)
    assert book.presets(REGISTRY) == (Preset("Another", VOID.kind, VOID.asked),)


@pytest.mark.parametrize(
    "content",
    [b"", b"[" * 100_000, b"{}", b'{"presets":[{"name":"x","kind":"poems"}]}', b'{"presets":"' + b"x" * 2_000_000],
)
def test_a_damaged_file_is_told_and_stays_when_another_preset_is_kept(folder: Path, content: bytes) -> None:
    book = StationPresets()
    book.keep(REGISTRY, AUDIT)
    file = kept_file(folder)
    file.write_bytes(content)
    for reading in (
        lambda: book.presets(REGISTRY),
        lambda: book.preset(REGISTRY, "x"),
        lambda: book.rename(REGISTRY, "x", "y"),
        lambda: book.remove(REGISTRY, "x"),
    ):
        with pytest.raises(PresetsUnreadableError) as raised:
            reading()
        assert str(file) in str(raised.value)
        assert file.read_bytes() == content
    for number in (1, 2):
        file.write_bytes(content)
        aside = book.keep(REGISTRY, VOID)
        assert aside == file.with_suffix(f".damaged-{number}")
        assert aside.read_bytes() == content
        assert book.presets(REGISTRY) == (VOID,)


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(PresetsUnwritableError):
        StationPresets().keep(REGISTRY, AUDIT)
    assert folder.read_text(encoding="utf-8").startswith("a file")


def test_what_no_file_can_hold_is_told_and_changes_nothing() -> None:
    book = StationPresets()
    book.keep(REGISTRY, AUDIT)
    with pytest.raises(PresetsUnwritableError):
        book.keep(REGISTRY, Preset("half", Kind.HISTORY, Asked(containing="\ud800")))
    assert book.presets(REGISTRY) == (AUDIT,)
