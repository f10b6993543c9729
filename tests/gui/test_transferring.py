"""Export and import in the window: the same document, the same rules, told where one looks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.hands import act, button, click, edit, problems, sent_by, type_in
from tests.gui.test_pages_are_named import check
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerDamagedError
from uidmanager.gui.dialogs import ExportDialog, ImportDialog
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session


@pytest.fixture
def document(qtbot: QtBot, stocked: Service, session: Session, tmp_path: Path) -> Path:
    """The registry of the window's tests as a document, saved by the dialog."""
    file = tmp_path / "acme.json"
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.save(file)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert dialog.saved.where == file
    dialog.reject()
    return file


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, tmp_path: Path) -> ImportDialog:
    made = ImportDialog(desk, str(tmp_path / "new.jsonl"))
    qtbot.addWidget(made)
    made.show()
    return made


def sentences(page: Any, name: str = "import_problems") -> list[str]:
    found = page.findChild(ProblemList, name)
    assert isinstance(found, ProblemList)
    return [problem.message for problem in found.problems]


def look_at(qtbot: QtBot, dialog: ImportDialog, document: Path) -> None:
    dialog.look_at(document)
    qtbot.waitUntil(dialog.choose_button.isEnabled)


def test_a_document_is_saved_where_the_user_says(
    qtbot: QtBot, stocked: Service, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    file = tmp_path / "acme.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save_button.click()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert [it["serial"] for it in json.loads(file.read_bytes())["installations"]] == ["0372764", "9", "10", "372765"]
    dialog.reject()


def test_what_keeps_a_document_from_being_saved_is_told(
    qtbot: QtBot, stocked: Service, session: Session, ledger_path: Path
) -> None:
    before = ledger_path.read_bytes()
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    dialog.save(ledger_path)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert "is a ledger" in sentences(dialog, "export_problems")[0]
    assert ledger_path.read_bytes() == before
    dialog.strip.cancel_asked.emit()
    dialog.reject()


def test_from_a_ledger_in_trouble_nothing_is_exported(qtbot: QtBot, stocked: Service, session: Session) -> None:
    stocked.trouble = LedgerDamagedError("acme", 9, "it is damaged")
    dialog = ExportDialog(session)
    qtbot.addWidget(dialog)
    assert not dialog.save_button.isEnabled()
    assert sentences(dialog, "export_problems")
    dialog.reject()


def test_the_decision_is_shown_and_what_is_missing_before_anything_is_written(
    qtbot: QtBot, dialog: ImportDialog, document: Path, tmp_path: Path
) -> None:
    assert not dialog.import_button.isEnabled()
    look_at(qtbot, dialog, document)
    assert dialog.summary.text().startswith("Acme Imaging, root 1.2.826.0.1.3680043.2.50: products 2, releases 3")
    assert problems(dialog, "import_problems") == ["reason.missing", "import.one_registry"]
    type_in(edit(dialog, "import_reason_edit"), "moved")
    assert problems(dialog, "import_problems") == ["import.one_registry"]
    assert not dialog.import_button.isEnabled()
    dialog.closed_box.setChecked(True)
    assert dialog.import_button.isEnabled()
    dialog.place_edit.clear()
    assert not dialog.import_button.isEnabled()
    dialog.place_edit.setText(str(tmp_path / "new.jsonl"))
    with qtbot.waitSignal(dialog.imported) as blocker:
        click(button(dialog, "import_button"))
    service = sent_by(blocker)
    with service.look() as registry:
        assert (len(registry.installations), registry.imported) == (4, 4)
    assert not dialog.isVisible()


def test_each_field_says_its_name_and_has_no_others_key(dialog: ImportDialog) -> None:
    check(dialog)
    dialog.reject()


def test_a_ledger_that_is_there_is_left_as_it_is(
    qtbot: QtBot, dialog: ImportDialog, document: Path, ledger_path: Path
) -> None:
    before = ledger_path.read_bytes()
    look_at(qtbot, dialog, document)
    dialog.place_edit.setText(str(ledger_path))
    dialog.reason_edit.setText("moved")
    dialog.closed_box.setChecked(True)
    dialog.import_button.click()
    qtbot.waitUntil(dialog.choose_button.isEnabled)
    assert ledger_path.read_bytes() == before
    assert sentences(dialog)[0].startswith("There is a file at")
    assert dialog.isVisible()
    dialog.reject()


def test_all_that_is_wrong_with_a_document_is_told(
    qtbot: QtBot, dialog: ImportDialog, document: Path, register: Callable[[d.Draft], object]
) -> None:
    whole = json.loads(document.read_bytes())
    whole["products"][0]["name"] = "77"
    document.write_text(json.dumps(whole), encoding="utf-8")
    register(d.AssignInstallations(("500",)))
    look_at(qtbot, dialog, document)
    dialog.reason_edit.setText("moved")
    dialog.closed_box.setChecked(True)
    assert problems(dialog, "import_problems")[:2] == ["import.outdated", "product.name_numeric"]
    assert not dialog.import_button.isEnabled()
    del whole["head"]
    document.write_text(json.dumps(whole), encoding="utf-8")
    look_at(qtbot, dialog, document)
    assert problems(dialog, "import_problems") == ["document.shape"]
    assert not dialog.summary.text()
    document.write_text("no document", encoding="utf-8")
    look_at(qtbot, dialog, document)
    assert "it is not JSON" in sentences(dialog)[0]
    dialog.reject()


def test_who_looks_only_imports_nothing(qtbot: QtBot, desk: Desk, document: Path, tmp_path: Path) -> None:
    dialog = ImportDialog(desk.viewing(), str(tmp_path / "new.jsonl"))
    qtbot.addWidget(dialog)
    look_at(qtbot, dialog, document)
    dialog.reason_edit.setText("moved")
    dialog.closed_box.setChecked(True)
    assert not dialog.import_button.isEnabled()
    assert "started to look only" in sentences(dialog)[0]
    dialog.reject()


def test_the_welcome_page_and_the_menu_lead_there(
    qtbot: QtBot, window: MainWindow, document: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = window.findChild(WelcomePage)
    if page is None:
        act(window, "show_welcome_action")
        page = window.findChild(WelcomePage)
    assert page is not None
    page.import_card.button.click()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.place_edit.text() == page.found_form.place
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    act(window, "import_action")
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(document), ""))
    dialog.choose_button.click()
    qtbot.waitUntil(dialog.choose_button.isEnabled)
    dialog.reason_edit.setText("moved")
    dialog.closed_box.setChecked(True)
    dialog.place_edit.setText(str(tmp_path / "new.jsonl"))
    with qtbot.waitSignal(window.registry_shown) as blocker:
        dialog.import_button.click()
    assert sent_by(blocker) == str(tmp_path / "new.jsonl")
    act(window, "export_action")
    exporting = window.findChild(ExportDialog)
    assert exporting is not None
    assert exporting.isVisible()
