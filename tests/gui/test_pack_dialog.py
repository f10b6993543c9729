"""The inspection pack from the window."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.test_pages_are_named import check
from uidmanager.core.errors import LedgerDamagedError
from uidmanager.gui.dialogs import PackDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, stocked: Service, session: Session) -> PackDialog:
    made = PackDialog(desk, session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_pack_is_written_where_the_user_says(
    qtbot: QtBot, dialog: PackDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "acme.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save_button.click()
    assert not dialog.save_button.isEnabled()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert dialog.saved.where == file
    with zipfile.ZipFile(file) as archive:
        assert "All is as it was" in archive.read("check/result.txt").decode()
        assert archive.read("reports/identifiers.pdf").startswith(b"%PDF")
    dialog.reject()


def test_it_can_be_stopped_and_leaves_nothing(qtbot: QtBot, dialog: PackDialog, tmp_path: Path) -> None:
    dialog.save(tmp_path / "acme.zip")
    dialog.strip.cancel_asked.emit()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert not (tmp_path / "acme.zip").exists()
    assert dialog.problems.problems
    dialog.reject()


def test_a_ledger_is_never_written_over(qtbot: QtBot, dialog: PackDialog, ledger_path: Path) -> None:
    before = ledger_path.read_bytes()
    dialog.save(ledger_path)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert "is a ledger" in dialog.problems.problems[0].message
    assert ledger_path.read_bytes() == before
    dialog.reject()


def test_of_a_ledger_in_trouble_there_is_none(qtbot: QtBot, desk: Desk, stocked: Service, session: Session) -> None:
    stocked.trouble = LedgerDamagedError("acme", 9, "it is damaged")
    made = PackDialog(desk, session)
    qtbot.addWidget(made)
    assert not made.save_button.isEnabled()
    assert made.problems.problems
    made.reject()


def test_every_part_has_a_name(dialog: PackDialog) -> None:
    check(dialog)
    dialog.reject()
