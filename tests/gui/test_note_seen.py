"""A finding is noted on an installation: from its row, from the answer to a UID, and from any other place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from tests.gui.hands import act, button, click, edit, press, problems, said
from tests.gui.test_pages_are_named import check
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerReadOnlyError
from uidmanager.core.events import InstallationSeen
from uidmanager.gui.dialogs import NoteSeenDialog
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.tables.record_table import RecordTable

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.gui.session import Session

UID = "1.2.826.0.1.3680043.2.50.2.372764"


@pytest.fixture
def dialog(qtbot: QtBot, stocked: Service, session: Session) -> NoteSeenDialog:
    made = NoteSeenDialog(session, "372764", "St Mary's", "its root in a log")
    qtbot.addWidget(made)
    made.open()
    return made


def open_dialog(page: QWidget) -> NoteSeenDialog:
    found = page.findChild(NoteSeenDialog)
    assert isinstance(found, NoteSeenDialog)
    return found


def findings(service: Service) -> list[InstallationSeen]:
    with service.look() as registry:
        held = registry.installation("372764")
        assert held
        return registry.findings_on(held)


def test_what_was_proposed_is_written_as_it_stands(
    qtbot: QtBot, dialog: NoteSeenDialog, stocked: Service, session: Session
) -> None:
    assert "0372764" in dialog.windowTitle()
    assert dialog.day_edit.text() == "2026-11-22"
    dialog.day_edit.setText("2026-11-20")
    dialog.reason_edit.setText("complaint 7")
    with qtbot.waitSignal(dialog.noted) as noted:
        press(dialog.where_edit, Qt.Key.Key_Return)
    assert noted.args
    assert noted.args[0].startswith("Noted on 0372764")
    assert findings(stocked) == [InstallationSeen("372764", "2026-11-20", "St Mary's", "its root in a log")]
    with stocked.look() as registry:
        assert registry.entries[-1].why == "complaint 7"
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_an_empty_day_is_today(qtbot: QtBot, dialog: NoteSeenDialog, stocked: Service) -> None:
    dialog.day_edit.clear()
    with qtbot.waitSignal(dialog.noted):
        click(dialog.accept_button)
    assert findings(stocked)[0].day == "2026-11-22"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("seen_day_edit", "2026-11-23", "seen.in_future"),
        ("seen_day_edit", "yesterday", "seen.not_a_day"),
        ("seen_where_edit", " ", "seen.nowhere"),
        ("seen_what_edit", "", "seen.nothing"),
        ("seen_what_edit", "x" * 1001, "text.too_long"),
        ("reason_edit", "a\u202eb", "text.character"),
    ],
)
def test_what_is_wrong_stands_in_it_and_it_cannot_be_noted(
    dialog: NoteSeenDialog, stocked: Service, field: str, text: str, code: str
) -> None:
    edit(dialog, field).setText(text)
    assert problems(dialog, "dialog_problems") == [code]
    assert not dialog.accept_button.isEnabled()
    dialog.accept()
    assert findings(stocked) == []
    dialog.reject()


def test_nothing_is_scolded_before_anything_was_typed(qtbot: QtBot, stocked: Service, session: Session) -> None:
    dialog = NoteSeenDialog(session, "372764")
    qtbot.addWidget(dialog)
    dialog.open()
    assert problems(dialog, "dialog_problems") == []
    assert not dialog.accept_button.isEnabled()
    dialog.where_edit.setText("here")
    assert problems(dialog, "dialog_problems") == ["seen.nothing"]
    dialog.reject()


def test_of_a_unit_that_is_not_registered_nothing_is_noted(qtbot: QtBot, stocked: Service, session: Session) -> None:
    dialog = NoteSeenDialog(session, "4711", "here", "this")
    qtbot.addWidget(dialog)
    dialog.open()
    assert problems(dialog, "dialog_problems") == ["installation.unknown"]
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_what_is_noted_already_is_not_noted_again(
    qtbot: QtBot, dialog: NoteSeenDialog, stocked: Service, desk: Desk, ledger_path: Path
) -> None:
    """Another station was faster: the dialog stays open and says so."""
    other = Service(desk.ledger_at(str(ledger_path)), desk.world)
    other.open()
    draft = d.NoteSeen("0372764", "St Mary's", "its root in a log")
    assert other.submit(draft).entry
    click(dialog.accept_button)
    qtbot.waitUntil(lambda: problems(dialog, "dialog_problems") == ["seen.already"])
    assert dialog.isVisible()
    assert not dialog.accept_button.isEnabled()
    assert len(findings(stocked)) == 1
    dialog.reject()


def test_a_ledger_that_cannot_be_written_is_told_in_the_dialog(
    qtbot: QtBot, dialog: NoteSeenDialog, stocked: Service
) -> None:
    stocked.trouble = LedgerReadOnlyError("acme.jsonl", "it is on a CD")
    click(dialog.accept_button)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert "CD" in dialog.problems.problems[0].message
    dialog.reject()


def test_every_widget_is_named(dialog: NoteSeenDialog) -> None:
    check(dialog)
    dialog.reject()


# -- where it is offered ---------------------------------------------------------------------------------------------


def test_it_is_noted_on_the_row_that_is_chosen(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    page.show()
    action = page.findChild(QAction, "seen_installation_action")
    assert isinstance(action, QAction)
    assert not action.isEnabled()
    table = page.findChild(RecordTable, "installations_table")
    assert isinstance(table, RecordTable)
    table.choose("372764")
    assert button(page, "seen_installation_button").isVisible()
    act(page, "seen_installation_action")
    dialog = open_dialog(page)
    edit(dialog, "seen_where_edit").setText("St Mary's")
    edit(dialog, "seen_what_edit").setText("on its nameplate")
    with qtbot.waitSignal(page.details.copied) as told:
        click(dialog.accept_button)
    assert told.args
    assert "Noted on 0372764" in told.args[0]
    assert findings(stocked) == [InstallationSeen("372764", "2026-11-22", "St Mary's", "on its nameplate")]
    qtbot.waitUntil(lambda: "on its nameplate" in said(page, "details_history"))
    assert "Installation seen" in said(page, "details_history")


def test_an_answer_that_names_an_installation_offers_it(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = IdentifyPage(session)
    qtbot.addWidget(page)
    page.show()
    page.look_up(f"{UID}.7.1")
    assert button(page, "seen_identified_button").isVisible()
    click(button(page, "seen_identified_button"))
    dialog = open_dialog(page)
    what = dialog.findChild(QLineEdit, "seen_what_edit")
    assert isinstance(what, QLineEdit)
    assert what.text().startswith(f"{UID}.7.1: Installation 0372764")
    edit(dialog, "seen_where_edit").setText("archive.log")
    with qtbot.waitSignal(page.copied):
        click(dialog.accept_button)
    assert findings(stocked)[0].what.startswith(f"{UID}.7.1: ")


def test_of_many_answers_it_is_for_the_row_that_is_chosen(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = IdentifyPage(session)
    qtbot.addWidget(page)
    page.show()
    release = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
    page.look_up(f"{release} {UID}.7.1")
    assert not page.seen.isEnabled()
    page.table.choose(f"{UID}.7.1")
    assert page.seen.isEnabled()
    page.table.choose(release)
    assert not page.seen.isEnabled()


@pytest.mark.parametrize(
    "text", ["1.2.826.0.1.3680043.2.50.1.2.4.5.0.3", "1.2.826.0.1.3680043.2.50.2.5", "1.2.840.10008.1.1"]
)
def test_any_other_answer_does_not(qtbot: QtBot, stocked: Service, session: Session, text: str) -> None:
    page = IdentifyPage(session)
    qtbot.addWidget(page)
    page.show()
    page.look_up(text)
    assert not page.seen.isEnabled()
    assert not button(page, "seen_identified_button").isVisible()
