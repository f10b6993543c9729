"""Serials with letters in the window: the arc is opened, an index is previewed and assigned, found and identified."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit

from tests.gui.hands import act, button, click, edit, open_in, pick, press, problems, rows, said, sent_by, type_in
from uidmanager.core import drafts as d
from uidmanager.core.records import Installation, SerialRule, State
from uidmanager.gui.dialogs import OpenArcDialog
from uidmanager.gui.dialogs.decision import ReasonDialog
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.search.finder import Finder
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture
def ultra(stocked: Service, register: Callable[[Draft], Receipt]) -> Service:
    """The registry with a third product, whose serials have an index each."""
    register(d.OpenIndexedArc("3", "letters"))
    register(d.RegisterProduct("Ultrasound", serials=SerialRule(indexed=True)))
    return stocked


@pytest.fixture
def page(qtbot: QtBot, ultra: Service, session: Session) -> InstallationsPage:
    made = InstallationsPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


def held(session: Session, serial: str) -> Installation:
    with session.service.look() as registry:
        found = registry.installation_with(serial)
    assert found is not None
    return found


def _is_in_state(session: Session, state: State) -> bool:
    return held(session, "SN-A17").state is state


# -- the arc ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arc", [None, "3", "7"])
def test_a_registry_is_founded_with_the_arc_or_without(
    qtbot: QtBot, desk: Desk, tmp_path: Path, arc: str | None
) -> None:
    welcome = WelcomePage(desk)
    qtbot.addWidget(welcome)
    welcome.show()
    edit(welcome, "organisation_edit").setText("Acme Imaging")
    edit(welcome, "root_edit").setText(ROOT)
    edit(welcome, "ledger_path_edit").setText(str(tmp_path / "new.jsonl"))
    assert edit(welcome, "arc_edit").text() == "3"
    assert not edit(welcome, "arc_edit").isEnabled()
    if arc:
        check = welcome.findChild(QCheckBox, "letters_check")
        assert isinstance(check, QCheckBox)
        check.setChecked(True)
        edit(welcome, "arc_edit").setText(arc)
    with qtbot.waitSignal(welcome.registry_opened) as founded:
        click(button(welcome, "found_button"))
    with sent_by(founded).look() as registry:
        assert (registry.indexed_arc, registry.position) == (arc, 1)


def test_an_arc_that_cannot_be_is_told_at_once(qtbot: QtBot, desk: Desk) -> None:
    welcome = WelcomePage(desk)
    qtbot.addWidget(welcome)
    welcome.show()
    edit(welcome, "organisation_edit").setText("Acme Imaging")
    edit(welcome, "root_edit").setText(ROOT)
    check = welcome.findChild(QCheckBox, "letters_check")
    assert isinstance(check, QCheckBox)
    check.setChecked(True)
    for arc, code in (("2", "arc.taken"), ("03", "arc.form"), ("", "arc.form")):
        edit(welcome, "arc_edit").setText(arc)
        assert problems(welcome) == [code]
    press(edit(welcome, "root_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(edit(welcome, "arc_edit").hasFocus)
    check.setChecked(False)
    assert problems(welcome) == []


def test_it_is_opened_later_from_the_menu(qtbot: QtBot, stocked: Service, window: MainWindow) -> None:
    open_in(qtbot, window, Path(stocked.ledger.name))
    act(window, "open_arc_action")
    dialog = window.findChild(OpenArcDialog)
    assert isinstance(dialog, OpenArcDialog)
    accept = button(dialog, "dialog_accept_button")
    assert "for ever" in said(dialog, "dialog_sentence")
    assert not accept.isEnabled()
    assert problems(dialog, "dialog_problems") == []
    edit(dialog, "arc_edit").setText("2")
    assert problems(dialog, "dialog_problems") == ["arc.taken", "reason.missing"]
    edit(dialog, "arc_edit").setText("3")
    type_in(edit(dialog, "reason_edit"), "the new line has letters")
    preview = dialog.findChild(UidPreview)
    assert isinstance(preview, UidPreview)
    assert preview.uid == f"{ROOT}.3"
    with qtbot.waitSignal(dialog.written) as written:
        click(accept)
    assert "The indexed arc is 3" in sent_by(written)
    act(window, "open_arc_action")
    again = next(found for found in window.findChildren(OpenArcDialog) if found.isVisible())
    assert problems(again, "dialog_problems") == ["arc.open"]
    assert not button(again, "dialog_accept_button").isEnabled()
    again.reject()


# -- assigning -------------------------------------------------------------------------------------------------------


def test_an_index_is_previewed_in_words_and_assigned(qtbot: QtBot, page: InstallationsPage, session: Session) -> None:
    pick(page, "installation_product_combo", "Ultrasound")
    type_in(edit(page, "serial_edit"), "sn-a17")
    preview = page.findChild(UidPreview)
    assert isinstance(preview, UidPreview)
    assert preview.uid == f"{ROOT}.3.1"
    assert "indexed arc 3" in said(page, "uid_meaning")
    assert ">index<" in said(page, "uid_meaning")
    list_ = page.findChild(ProblemList, "preview_problems")
    assert isinstance(list_, ProblemList)
    assert [problem.message for problem in list_.problems] == [
        "Serial sn-a17 gets index 1 under the indexed arc 3. It is compared as SN-A17."
    ]
    press(edit(page, "serial_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(page, "installations_table")) == 4)  # one of five is retired, and hidden
    assert held(session, "SN-A17").uid == f"{ROOT}.3.1"
    assert page.table.chosen.serial == "sn-a17"


def test_a_number_keeps_its_words(page: InstallationsPage) -> None:
    type_in(edit(page, "serial_edit"), "4711")
    assert "indexed" not in said(page, "uid_meaning")


def test_what_can_be_done_is_done_by_the_serial(
    qtbot: QtBot,
    page: InstallationsPage,
    session: Session,
    register: Callable[[Draft], Receipt],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(d.AssignInstallations(("SN-A17",), "Ultrasound"))
    qtbot.waitUntil(lambda: page.model.total == 5)
    page.show_record(held(session, "SN-A17"))
    assert page.table.chosen.component == "3.1"
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_a: "because")
    for verb, state in (("retire", State.RETIRED), ("reinstate", State.ACTIVE), ("void", State.VOID)):
        action = page.findChild(QAction, f"{verb}_installation_action")
        assert isinstance(action, QAction)
        qtbot.waitUntil(action.isEnabled)
        action.trigger()
        qtbot.waitUntil(partial(_is_in_state, session, state))
        page.show_record(held(session, "SN-A17"))


# -- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["SN-A17", "sn-a17", " sn-A17 "])
def test_the_search_finds_it_first_however_it_is_written(
    ultra: Service, session: Session, register: Callable[[Draft], Receipt], text: str
) -> None:
    register(d.AssignInstallations(("SN-A17", "SN-A170"), "Ultrasound"))
    hits = [hit for hit in Finder(session, ()).find(text) if hit is not None]
    assert isinstance(hits[0].record, Installation)
    assert hits[0].record.serial == "SN-A17"


@pytest.mark.parametrize(
    ("uid", "title"),
    [
        (f"{ROOT}.3.1", "Installation SN-A17 (Ultrasound)."),
        (f"{ROOT}.3.1.5", "Installation SN-A17 (Ultrasound)."),
        (f"{ROOT}.3.2", "Under our root, but no index 2 was ever given under the indexed arc 3."),
        (f"{ROOT}.3", "The indexed arc of Acme Imaging: below it are installations with an index each."),
    ],
)
def test_the_search_identifies_its_uids(
    ultra: Service, session: Session, register: Callable[[Draft], Receipt], uid: str, title: str
) -> None:
    register(d.AssignInstallations(("SN-A17",), "Ultrasound"))
    hits = [hit for hit in Finder(session, ()).find(uid) if hit is not None]
    assert hits[0].title == title


def test_the_page_identifies_its_root_and_what_the_equipment_appended(
    qtbot: QtBot, ultra: Service, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(("SN-A17",), "Ultrasound"))
    page = IdentifyPage(session)
    qtbot.addWidget(page)
    page.show()
    field = page.findChild(QPlainTextEdit, "identify_edit")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText(f"{ROOT}.3.1.5")
    qtbot.waitUntil(lambda: "SN-A17" in " ".join(label.text() for label in page.findChildren(QLabel)))


def test_the_search_finds_a_product_by_its_gtin(
    ultra: Service, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.SetProductGtin("Ultrasound", "9521234543213"))
    assert next(hit.title for hit in Finder(session, ()).find("9521234543213") if hit is not None) == "Ultrasound"
