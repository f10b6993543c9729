from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from uidmanager.app.selfcheck.plan import CHECKS
from uidmanager.gui.dialogs.installation_check import InstallationCheckDialog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk


def test_it_shows_each_verdict_and_saves_the_report(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = InstallationCheckDialog(desk)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=60_000)
    items = [dialog.table.item(row, 0) for row in range(len(CHECKS))]
    assert [item.text() for item in items if item] == ["✓ passed"] * len(CHECKS)
    file = tmp_path / "check.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save_button.click()
    assert "tests passed" in file.read_text(encoding="utf-8")
    dialog.reject()


def test_it_stops_when_asked(qtbot: QtBot, desk: Desk) -> None:
    dialog = InstallationCheckDialog(desk)
    qtbot.addWidget(dialog)
    dialog.strip.cancel_asked.emit()
    qtbot.waitUntil(lambda: dialog.verdict.text().startswith("Stopped"), timeout=60_000)
    assert not dialog.save_button.isEnabled()
    dialog.reject()
