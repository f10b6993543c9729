"""Use it: the lines for each toolkit, with what must be known beside them, copied and saved to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QPlainTextEdit, QTableView

from tests.gui.hands import act, button, click, open_in, press, said
from tests.gui.test_pages_are_named import check
from uidmanager.core import drafts as d
from uidmanager.gui.dialogs.use_action import UseAction
from uidmanager.gui.dialogs.use_it import UseDialog
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.pages.releases import ReleasesPage
from uidmanager.gui.widgets.conformance_view import FORM_TITLES
from uidmanager.settings import snippets_folder
from uidmanager.writers.conformance.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.core.records import Installation, Record, Release
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

CLASS_UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
STATEMENT = "Conformance statement"
UNIT = "1.2.826.0.1.3680043.2.50.2.372764"


@pytest.fixture
def asking(qtbot: QtBot, stocked: Service, session: Session) -> Iterator[Callable[[str], UseDialog]]:
    """Opens the dialog on a release or an installation, by its UID."""
    made: list[UseDialog] = []

    def ask(uid: str, name: str = "") -> UseDialog:
        dialog = UseDialog(session, record(stocked, uid), name, None)
        qtbot.addWidget(dialog)
        dialog.show()
        made.append(dialog)
        qtbot.waitUntil(lambda: listed(dialog) != [])
        return dialog

    yield ask
    for dialog in made:
        dialog.reject()


def record(service: Service, uid: str) -> Release | Installation:
    with service.look() as registry:
        records: list[Release | Installation] = [*registry.releases, *registry.installations]
    return next(each for each in records if each.uid == uid)


def snippets(dialog: QWidget) -> QListWidget:
    found = dialog.findChild(QListWidget, "snippets_list")
    assert isinstance(found, QListWidget)
    return found


def listed(dialog: QWidget) -> list[str]:
    return [snippets(dialog).item(row).text() for row in range(snippets(dialog).count())]


def choose(dialog: QWidget, title: str) -> None:
    snippets(dialog).setCurrentRow(listed(dialog).index(title))


def text(dialog: QWidget) -> str:
    found = dialog.findChild(QPlainTextEdit, "snippet_text")
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


def codes(dialog: UseDialog) -> list[str]:
    return [problem.code for problem in dialog.view.problems.problems]


def test_a_release_has_lines_for_every_toolkit_that_can_be_told(asking: Callable[[str], UseDialog]) -> None:
    dialog = asking(CLASS_UID)
    assert said(dialog, "use_title") == "<b>CT Console 4.5.0.3</b>"
    titles = listed(dialog)
    assert {"DCMTK", "pydicom", "C header", "JSON file"} <= set(titles)
    for title in titles[1:]:  # the first is no snippet
        choose(dialog, title)
        snippet = dialog.view.snippet
        assert snippet is not None
        assert text(dialog) == snippet.text.replace("\r\n", "\n")
        assert (CLASS_UID in snippet.text) == button(dialog, "copy_snippet_button").isEnabled()


def test_the_lights_of_a_root_stand_before_the_toolkits_and_are_spoken(asking: Callable[[str], UseDialog]) -> None:
    dialog = asking(UNIT)
    check(dialog)
    found = snippets(dialog)
    spoken = {
        found.item(row).text(): found.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(found.count())
    }
    assert spoken["DCMTK"] == "DCMTK, does not fit"
    assert spoken["pydicom"] == "pydicom, fits"
    assert spoken["GDCM, C++"] == "GDCM, C++, fits, with a caution"
    assert spoken["dicom-rs"] == "dicom-rs, cannot be told"
    assert spoken["C header"] == "C header"
    choose(dialog, "DCMTK")
    assert codes(dialog)[0] == "snippet.no_room"
    assert "33 characters" in dialog.view.problems.problems[0].message


def test_what_cannot_be_told_says_why_and_cannot_be_copied(asking: Callable[[str], UseDialog]) -> None:
    dialog = asking(UNIT)
    choose(dialog, "dicom-rs")
    assert codes(dialog) == ["snippet.cannot"]
    for name in ("copy_snippet_button", "save_snippet_button"):
        assert not button(dialog, name).isEnabled()


def test_the_lines_are_copied_to_the_letter(qtbot: QtBot, asking: Callable[[str], UseDialog]) -> None:
    dialog = asking(UNIT)
    choose(dialog, "DicomObjects, registry file")
    snippet = dialog.view.snippet
    assert snippet is not None
    with qtbot.waitSignal(dialog.copied) as blocker:
        button(dialog, "copy_snippet_button").click()
    assert QApplication.clipboard().text() == snippet.text
    assert f'"UIDRoot"="{UNIT}"\r\n' in snippet.text
    assert blocker.args == [dialog.view.told.text]


def test_the_lines_are_saved_in_the_encoding_of_their_toolkit(
    qtbot: QtBot, asking: Callable[[str], UseDialog], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asking(UNIT)
    choose(dialog, "DicomObjects, registry file")
    proposed: list[str] = []

    def choose_where(_parent: object, _title: str, name: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / "out.reg"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_where)
    button(dialog, "save_snippet_button").click()
    qtbot.waitUntil(lambda: dialog.view.told.text == f"Saved to {tmp_path / 'out.reg'}")
    assert proposed[0].endswith(".reg")
    content = (tmp_path / "out.reg").read_bytes()
    assert content.startswith(b"\xff\xfe")
    assert f'"{UNIT}"\r\n' in content.decode("utf-16")


@pytest.mark.parametrize("place", ["no such folder/x.h", "acme.jsonl"])
def test_what_cannot_be_written_is_told(
    qtbot: QtBot,
    asking: Callable[[str], UseDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    dialog = asking(CLASS_UID)
    before = (tmp_path / "acme.jsonl").read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / place), ""))
    button(dialog, "save_snippet_button").click()
    qtbot.waitUntil(lambda: place.partition("/")[0] in dialog.view.told.text)
    assert (tmp_path / "acme.jsonl").read_bytes() == before
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    button(dialog, "save_snippet_button").click()  # thought better of it
    assert place.partition("/")[0] in dialog.view.told.text


def test_a_release_that_is_withdrawn_meanwhile_gives_no_lines_any_more(
    qtbot: QtBot, asking: Callable[[str], UseDialog], session: Session, register: Callable[[Draft], Receipt]
) -> None:
    dialog = asking(CLASS_UID)
    choose(dialog, "pydicom")
    register(d.WithdrawRelease("CT Console", "4.5.0.3", reason="measures wrongly"))
    session._publish()
    qtbot.waitUntil(lambda: not button(dialog, "copy_snippet_button").isEnabled())
    assert listed(dialog)[snippets(dialog).currentRow()] == "pydicom"
    assert text(dialog) == ""
    choose(dialog, STATEMENT)
    assert not button(dialog, "copy_conformance_button").isEnabled()
    assert [problem.code for problem in dialog.conformance.problems.problems] == ["release.withdrawn"]


def test_the_rows_of_a_conformance_statement_are_copied_as_a_table_and_as_text(
    qtbot: QtBot, asking: Callable[[str, str], UseDialog]
) -> None:
    dialog = asking(CLASS_UID, STATEMENT)
    check(dialog)
    with qtbot.waitSignal(dialog.copied):
        button(dialog, "copy_conformance_button").click()
    pasted = QApplication.clipboard().mimeData()
    for content in (pasted.html(), pasted.text()):
        assert CLASS_UID in content
        assert "Implementation Version Name" in content
    assert "<table" in pasted.html()
    shown = dialog.findChild(QPlainTextEdit, "conformance_text")
    assert isinstance(shown, QPlainTextEdit)
    assert shown.toPlainText() == pasted.text()
    assert dialog.conformance.told.text.startswith("Copied")


@pytest.mark.parametrize("form", Form)
def test_the_rows_are_saved_in_the_form_that_the_name_or_the_kind_of_file_asks_for(
    qtbot: QtBot,
    asking: Callable[[str, str], UseDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: Form,
) -> None:
    dialog = asking(CLASS_UID, STATEMENT)
    kind = f"{FORM_TITLES[form]} (*.{form.suffix})"
    written = []
    for name in (f"named.{form.suffix}", "unnamed"):
        where = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(where), kind))  # noqa: B023 (used at once)
        button(dialog, "save_conformance_button").click()
        qtbot.waitUntil(lambda: dialog.conformance.told.text == f"Saved to {where}")  # noqa: B023 (the same)
        written.append(where.read_bytes())
    assert written[0] == written[1]
    assert written[0].startswith(b"PK") is form.is_binary
    assert form.is_binary or CLASS_UID.encode() in written[0]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    button(dialog, "save_conformance_button").click()  # thought better of it
    assert dialog.conformance.told.text.endswith("unnamed")


def test_every_form_of_the_rows_is_offered() -> None:
    assert set(FORM_TITLES) == set(Form)


def test_an_installation_has_no_conformance_statement(asking: Callable[[str], UseDialog]) -> None:
    assert STATEMENT not in listed(asking(UNIT))


def test_a_template_of_the_users_own_that_cannot_be_used_is_told(asking: Callable[[str], UseDialog]) -> None:
    snippets_folder().mkdir(parents=True)
    (snippets_folder() / "broken.toml").write_text("title = ", encoding="utf-8")
    dialog = asking(CLASS_UID)
    assert [problem.code for problem in dialog.broken.problems] == ["snippet.template_broken"]
    assert "pydicom" in listed(dialog)


def test_a_fault_of_ours_is_told_and_raised(
    qtbot: QtBot, stocked: Service, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.gui.dialogs.use_it.read_templates", fail)
    dialog = UseDialog(session, record(stocked, CLASS_UID), "", None)
    qtbot.addWidget(dialog)
    with qtbot.captureExceptions() as raised:
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.broken.problems))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    dialog.reject()


@pytest.mark.parametrize(
    ("kind", "uid", "name"),
    [(ReleasesPage, CLASS_UID, "use_release"), (InstallationsPage, UNIT, "use_installation")],
)
def test_each_page_opens_it_on_the_chosen_record_and_begins_with_the_last_toolkit(
    qtbot: QtBot, stocked: Service, session: Session, kind: type[ReleasesPage | InstallationsPage], uid: str, name: str
) -> None:
    page = kind(session)
    qtbot.addWidget(page)
    page.show()
    action = page.findChild(UseAction, f"{name}_action")
    assert isinstance(action, UseAction)
    assert not action.isEnabled()
    chosen: Record = record(stocked, uid)
    assert page.show_record(chosen)
    assert action.isEnabled()
    click(button(page, f"{name}_button"))
    for title in ("C header", "Rust module"):
        dialog = page.findChild(UseDialog, "use_dialog")
        assert isinstance(dialog, UseDialog)
        qtbot.waitUntil(lambda: listed(dialog) != [])  # noqa: B023 (waited for at once)
        assert said(dialog, "use_uid").replace("\u200b", "") == uid
        if title == "Rust module":
            assert listed(dialog)[snippets(dialog).currentRow()] == "C header"
        choose(dialog, title)
        with qtbot.waitSignal(dialog.destroyed):
            click(button(dialog, "close_use_button"))
        if title == "C header":
            action.trigger()


def test_the_menu_opens_it_on_the_page_that_is_shown(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    open_in(qtbot, window, ledger_path)
    assert window.view is not None
    act(window, "use_chosen_uid_action")  # nothing is chosen
    assert window.findChild(UseDialog, "use_dialog") is None
    window.view.show_record(record(stocked, UNIT))
    table = window.findChild(QTableView, "installations_table")
    assert isinstance(table, QTableView)
    found = window.findChild(QAction, "use_chosen_uid_action")
    assert isinstance(found, QAction)
    assert found.shortcut().toString() == "Ctrl+U"
    act(window, "use_chosen_uid_action")
    dialog = window.findChild(UseDialog, "use_dialog")
    assert isinstance(dialog, UseDialog)
    qtbot.waitUntil(lambda: listed(dialog) != [])
    button(dialog, "copy_snippet_button").click()
    assert "Copied: the lines for" in window.statusBar().currentMessage()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
