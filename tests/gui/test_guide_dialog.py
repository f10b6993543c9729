"""The sheet for the work bench from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from tests.gui.test_pages_are_named import check
from uidmanager.gui.dialogs import GuideDialog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session


def test_the_sheet_is_written_where_the_user_says(
    qtbot: QtBot, stocked: Service, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = GuideDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    check(dialog)
    file = tmp_path / "bench.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save_button.click()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert dialog.saved.where == file
    assert file.read_bytes().startswith(b"%PDF")
    dialog.reject()
