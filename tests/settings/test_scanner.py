"""The scanner's settings kept on a station."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import pytest

from uidmanager.core.barcodes import Mode, ScannerSettings
from uidmanager.core.errors import PreferencesError
from uidmanager.settings.scanner import StationScanner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings lie."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_a, **_k: tmp_path)
    return tmp_path / "scanner.json"


def test_settings_are_read_as_they_were_kept() -> None:
    assert StationScanner().settings() == ScannerSettings()
    wished = ScannerSettings(Mode.GS1, "{GS}", 500, tab_ends=True)
    StationScanner().keep(wished)
    assert StationScanner().settings() == wished


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"mode":"odd"}', b"[" * 100_000, b'{"refractory_ms":"x"}'])
def test_what_cannot_be_read_is_told(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(PreferencesError, match=r"scanner\.json"):
        StationScanner().settings()


def test_what_is_out_of_bounds_is_brought_back(file: Path) -> None:
    file.write_bytes(b'{"stand_in":"2","refractory_ms":99999999,"of a later version":1}')
    assert StationScanner().settings() == ScannerSettings(refractory_ms=5000)


def test_what_cannot_be_written_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(PreferencesError):
        StationScanner().keep(ScannerSettings())
    with pytest.raises(PreferencesError):
        StationScanner().settings()
