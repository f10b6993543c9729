"""Products and releases in the window, driven as a person would: by the names of the widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox

from tests.gui.hands import act, button, click, edit, page_in, press, problems, rows, said, type_in
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerMissingError, WriteFailedError
from uidmanager.core.records import Installation
from uidmanager.gui.dialogs.correct_text import Correction, CorrectTextDialog
from uidmanager.gui.dialogs.decision import ReasonDialog
from uidmanager.gui.dialogs.product_settings import CorrectProductDialog, GtinDialog, SerialsDialog
from uidmanager.gui.pages.releases import ReleasesPage
from uidmanager.gui.tables.details import DetailsPanel
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Receipt
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.pages.record_pane import RecordPane
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"


def opened(qtbot: QtBot, session: Session) -> ReleasesPage:
    page = ReleasesPage(session)
    qtbot.addWidget(page)
    page.show()
    for model in (page.products.model, page.releases.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    return page


@pytest.fixture
def empty_page(qtbot: QtBot, session: Session) -> ReleasesPage:
    return opened(qtbot, session)


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> ReleasesPage:
    return opened(qtbot, session)


def test_an_empty_registry_says_what_to_do_first(empty_page: ReleasesPage) -> None:
    assert page_in(empty_page.products.stack) == "no_products_page"
    assert page_in(empty_page.releases.stack) == "no_product_chosen_page"
    assert not edit(empty_page, "version_edit").isEnabled()
    empty_page.focus_first()
    assert edit(empty_page, "product_name_edit").hasFocus()


def test_the_first_product_then_its_first_release(qtbot: QtBot, empty_page: ReleasesPage) -> None:
    type_in(edit(empty_page, "product_name_edit"), "CT Console")
    type_in(edit(empty_page, "product_code_edit"), "CT")
    assert "Proposed number 1" in said(empty_page, "product_number_label")
    click(button(empty_page, "register_product_button"))
    qtbot.waitUntil(
        lambda: rows(empty_page, "products_table") == [["1", "CT Console", "CT", "active", "", "digits", ""]]
    )
    assert not edit(empty_page, "product_name_edit").text()
    assert page_in(empty_page.releases.stack) == "no_releases_page"
    type_in(edit(empty_page, "version_edit"), "4.5.0.3")
    preview = empty_page.findChild(UidPreview)
    assert isinstance(preview, UidPreview)
    assert preview.uid == f"{ROOT}.1.1.4.5.0.3"
    assert edit(empty_page, "version_name_edit").placeholderText() == "CT_4.5.0.3"
    press(edit(empty_page, "version_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(empty_page, "releases_table")) == 1)
    assert rows(empty_page, "releases_table")[0][:3] == ["4.5.0.3", f"{ROOT}.1.1.4.5.0.3", "CT_4.5.0.3"]
    qtbot.waitUntil(lambda: not edit(empty_page, "version_edit").text())
    assert edit(empty_page, "version_edit").hasFocus()
    assert f"{ROOT}.1.1.4.5.0.3" in said(empty_page, "release_result").replace("\u200b", "")
    assert empty_page.releases.chosen.version == "4.5.0.3"


def test_a_form_that_is_empty_does_not_scold_until_its_button_is_pressed(qtbot: QtBot, page: ReleasesPage) -> None:
    assert problems(page) == []
    assert problems(page, "product_problems") == []
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    assert problems(page) == []
    click(button(page, "register_release_button"))
    assert problems(page) == ["version.empty"]
    assert edit(page, "version_edit").hasFocus()


def test_a_version_with_letters_asks_for_its_numeric_form(qtbot: QtBot, page: ReleasesPage) -> None:
    numeric = edit(page, "numeric_edit")
    type_in(edit(page, "version_edit"), "2.0.0")
    assert not numeric.isEnabled()
    type_in(edit(page, "version_edit"), "-rc.1")
    assert numeric.isEnabled()
    assert problems(page) == ["version.not_numeric"]
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    assert page.releases.model.total == 1  # refused: nothing was written
    type_in(numeric, "2.0.0.1")
    assert problems(page) == []
    press(numeric, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.releases.model.total == 2)
    assert rows(page, "releases_table")[0][:2] == ["2.0.0-rc.1", f"{ROOT}.1.1.2.0.0.1"]


def test_the_same_release_again_is_answered_and_nothing_is_written(
    qtbot: QtBot, page: ReleasesPage, session: Session
) -> None:
    with session.service.look() as registry:
        before = registry.position
    type_in(edit(page, "version_edit"), "1.0")
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Registered already" in said(page, "release_result"))
    with session.service.look() as registry:
        assert registry.position == before
    assert page.releases.chosen.version == "1.0"


def test_what_changes_on_the_way_is_said(qtbot: QtBot, page: ReleasesPage) -> None:
    type_in(edit(page, "version_edit"), "v4.05")
    assert problems(page) == ["version.v_dropped", "version.leading_zeros"]


def test_a_product_number_that_is_none_is_refused(qtbot: QtBot, page: ReleasesPage) -> None:
    type_in(edit(page, "product_name_edit"), "X-Ray")
    for text, code in (("abc", "product.number_range"), ("٣", "product.number_range"), ("1", "product.number_taken")):
        edit(page, "product_number_edit").setText(text)
        assert problems(page, "product_problems") == [code]
        press(edit(page, "product_number_edit"), Qt.Key.Key_Return)
    assert page.products.model.total == 2
    edit(page, "product_number_edit").setText("7")
    assert problems(page, "product_problems") == ["product.number_gap"]
    press(edit(page, "product_number_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(page, "products_table")[-1] == ["7", "X-Ray", "", "active", "", "digits", ""])


def test_a_number_that_was_overtaken_is_proposed_anew(
    qtbot: QtBot, page: ReleasesPage, session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Service(desk.ledger_at(session.service.ledger.name), desk.world)
    other.open()
    submit = session.service.submit

    def overtaken(draft: Draft, shown: Any = None) -> Receipt:
        monkeypatch.setattr(session.service, "submit", submit)
        assert other.submit(d.RegisterProduct("Faster")).entry is not None
        return submit(draft, shown)

    monkeypatch.setattr(session.service, "submit", overtaken)
    type_in(edit(page, "product_name_edit"), "Slower")
    assert "Proposed number 3" in said(page, "product_number_label")
    press(edit(page, "product_name_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Proposed number 4" in said(page, "product_number_label"))
    qtbot.waitUntil(lambda: bool(problems(page, "product_problems")))
    assert edit(page, "product_name_edit").text() == "Slower"
    assert [row[1] for row in rows(page, "products_table")] == ["Viewer", "CT Console", "Faster"]
    press(edit(page, "product_name_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(page, "products_table")[-1][:2] == ["4", "Slower"])


def test_a_second_enter_during_a_write_writes_nothing_more(qtbot: QtBot, page: ReleasesPage) -> None:
    type_in(edit(page, "version_edit"), "9.9")
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not edit(page, "version_edit").text())
    assert [row[0] for row in rows(page, "releases_table")] == ["9.9", "1.0"]


def test_what_is_typed_during_a_write_stays(qtbot: QtBot, page: ReleasesPage) -> None:
    type_in(edit(page, "version_edit"), "9.9")
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    edit(page, "version_edit").setText("9.10")
    qtbot.waitUntil(lambda: page.releases.model.total == 2)
    qtbot.waitUntil(lambda: "9.9" in said(page, "release_result").replace("\u200b", ""))
    assert edit(page, "version_edit").text() == "9.10"


def test_a_ledger_that_cannot_be_written_is_said_in_the_form(
    qtbot: QtBot, page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Receipt:
        raise WriteFailedError("acme.jsonl", "Input/output error")

    monkeypatch.setattr(session.service, "submit", fail)
    type_in(edit(page, "version_edit"), "9.9")
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    shown = page.releases.form.problems
    qtbot.waitUntil(lambda: bool(shown.problems))
    assert "Input/output error" in shown.problems[0].message
    assert edit(page, "version_edit").text() == "9.9"


def test_releases_are_those_of_the_chosen_product_newest_first(page: ReleasesPage) -> None:
    assert [row[0] for row in rows(page, "releases_table")] == ["1.0"]
    page.products.table.choose(2)
    assert [row[0] for row in rows(page, "releases_table")] == ["4.6", "4.5.0.3"]
    table = page.releases.table
    for column in range(page.releases.model.columnCount()):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            table.sortByColumn(column, order)
    page.releases.filter_bar.edit.setText("4.6")
    assert [row[0] for row in rows(page, "releases_table")] == ["4.6"]
    page.products.table.choose(1)
    assert [row[0] for row in rows(page, "releases_table")] == ["1.0"]


def test_a_withdrawn_release_is_hidden_and_counted(
    qtbot: QtBot, page: ReleasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.products.table.choose(2)
    page.releases.table.choose(f"{ROOT}.1.2.4.6")
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_a: "wrong build")
    act(page, "withdraw_release_action")
    qtbot.waitUntil(lambda: [row[0] for row in rows(page, "releases_table")] == ["4.5.0.3"])
    show = page.releases.findChild(QCheckBox, "show_hidden_check")
    assert isinstance(show, QCheckBox)
    assert "1 hidden" in show.text()
    show.setChecked(True)
    assert [(row[0], row[4]) for row in rows(page, "releases_table")] == [
        ("4.6", "withdrawn"),
        ("4.5.0.3", "active"),
    ]
    page.releases.table.choose(f"{ROOT}.1.2.4.6")
    withdraw = page.findChild(QAction, "withdraw_release_action")
    assert isinstance(withdraw, QAction)
    assert not withdraw.isEnabled()


def test_a_product_is_called_rightly_and_retired(
    qtbot: QtBot, page: ReleasesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.products.table.choose(2)
    correction = d.CorrectProduct("2", "CT Console II", "new name on the case")
    monkeypatch.setattr(CorrectProductDialog, "ask", lambda *_a: correction)
    act(page, "correct_product_action")
    qtbot.waitUntil(lambda: rows(page, "products_table")[1][1] == "CT Console II")
    assert page.releases.title.text() == "Releases of CT Console II"
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_a: "no longer made")
    act(page, "retire_product_action")
    qtbot.waitUntil(lambda: [row[1] for row in rows(page, "products_table")] == ["Viewer"])


def test_a_note_is_corrected(qtbot: QtBot, page: ReleasesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.releases.table.choose(f"{ROOT}.1.1.1.0")
    monkeypatch.setattr(CorrectTextDialog, "ask", lambda *_a: Correction("CE mark", "was forgotten"))
    act(page, "correct_release_action")
    qtbot.waitUntil(lambda: rows(page, "releases_table")[0][5] == "CE mark")


def test_thinking_better_of_it_writes_nothing(
    page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.releases.table.choose(f"{ROOT}.1.1.1.0")
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_a: None)
    for kind in (CorrectTextDialog, CorrectProductDialog, GtinDialog, SerialsDialog):
        monkeypatch.setattr(kind, "ask", lambda *_a: None)
    products = ("correct_product", "product_gtin", "product_serials", "retire_product")
    for name in ("correct_release", "withdraw_release", *products):
        act(page, f"{name}_action")
    assert not session.jobs.is_busy or not session.is_writing


def test_the_dialog_judges_while_one_types(qtbot: QtBot, page: ReleasesPage, session: Session) -> None:
    dialog = CorrectTextDialog(
        "Correct",
        "The number stays.",
        "&Name",
        "Viewer",
        lambda correction: session.preview(d.CorrectProduct("1", correction.text, correction.reason)),
    )
    qtbot.addWidget(dialog)
    accept = button(dialog, "dialog_accept_button")
    assert not accept.isEnabled()
    assert problems(dialog, "dialog_problems") == []
    type_in(edit(dialog, "correct_text_edit"), " 2")
    assert problems(dialog, "dialog_problems") == []  # only the reason is missing, and that is to be seen
    assert not accept.isEnabled()
    type_in(edit(dialog, "reason_edit"), "new")
    assert accept.isEnabled()
    assert dialog.correction() == Correction("Viewer 2", "new")
    edit(dialog, "correct_text_edit").setText("ct console")
    assert problems(dialog, "dialog_problems") == ["product.name_taken"]


def test_what_others_write_appears_and_keeps_what_is_typed(
    qtbot: QtBot, page: ReleasesPage, session: Session, desk: Desk
) -> None:
    type_in(edit(page, "version_edit"), "7.7")
    type_in(edit(page, "product_name_edit"), "X-Ray")
    other = Service(desk.ledger_at(session.service.ledger.name), desk.world)
    other.open()
    other.submit(d.RegisterProduct("Ultrasound"))
    other.submit(d.RegisterRelease("Viewer", "7.7"))
    qtbot.waitUntil(lambda: len(rows(page, "products_table")) == 3)
    qtbot.waitUntil(lambda: [row[0] for row in rows(page, "releases_table")] == ["7.7", "1.0"])
    assert edit(page, "version_edit").text() == "7.7"
    assert "Proposed number 4" in said(page, "product_number_label")


def raised(error: Exception) -> None:
    raise error


def test_an_assignment_makes_no_details_anew(
    qtbot: QtBot, page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(DetailsPanel, "show_record", lambda _panel, record: shown.append(record))
    for draft in (d.AssignInstallations(("12",), "Viewer"), d.CorrectProduct("Viewer", "Watcher", reason="new")):
        with qtbot.waitSignal(session.took_in):
            session.submit(draft, session.preview(draft), lambda _receipt: None, raised)
        assert bool(shown) == isinstance(draft, d.CorrectProduct)


def test_show_record_finds_what_the_filter_hides(
    page: ReleasesPage, register: Callable[[Draft], Receipt], session: Session
) -> None:
    register(d.WithdrawRelease("CT Console", "4.6", reason="wrong"))
    session._publish()
    page.releases.filter_bar.edit.setText("nothing has this")
    with session.service.look() as registry:
        release = registry.release(2, "4.6")
        product = registry.product(1)
        installation = next(iter(registry.installations))
    assert release is not None
    assert product is not None
    assert page.show_record(release)
    assert page.releases.chosen == release
    assert page.products.chosen.number == 2
    assert page.show_record(product)
    assert page.products.chosen == product
    assert isinstance(installation, Installation)
    assert not page.show_record(installation)


def test_the_class_uid_is_copied(qtbot: QtBot, page: ReleasesPage) -> None:
    page.releases.table.choose(f"{ROOT}.1.1.1.0")
    page.releases.table.setFocus()
    with qtbot.waitSignal(page.copied) as copied:
        press(page.releases.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == f"{ROOT}.1.1.1.0"
    assert copied.args == [f"Copied: {ROOT}.1.1.1.0"]
    QApplication.clipboard().clear()
    click(button(page.releases.details, "copy_uid_button"))
    assert QApplication.clipboard().text() == f"{ROOT}.1.1.1.0"


def test_tab_goes_through_the_forms_and_out_of_the_tables(qtbot: QtBot, page: ReleasesPage) -> None:
    page.activateWindow()
    edit(page, "version_edit").setFocus()
    seen = []
    for _ in range(30):
        focused = page.focusWidget()
        seen.append(focused.objectName())
        press(focused, Qt.Key.Key_Tab)
    assert {"version_edit", "version_name_edit", "release_note_edit", "register_release_button"} <= set(seen)
    assert {"releases_table", "products_table", "product_name_edit", "product_number_edit"} <= set(seen)


def test_nothing_can_be_done_while_the_ledger_is_in_trouble(
    page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.releases.table.choose(f"{ROOT}.1.1.1.0")
    trouble = LedgerMissingError("acme.jsonl")
    monkeypatch.setattr(session.service, "trouble", trouble)
    session.trouble_found.emit(trouble)
    type_in(edit(page, "version_edit"), "9.9")
    assert not button(page, "register_release_button").isEnabled()
    assert not button(page, "register_product_button").isEnabled()
    assert "stands above" in page.releases.form.problems.problems[0].message
    press(edit(page, "version_edit"), Qt.Key.Key_Return)
    assert edit(page, "version_edit").text() == "9.9"
    for name in ("correct_release", "withdraw_release", "correct_product", "retire_product"):
        found = page.findChild(QAction, f"{name}_action")
        assert isinstance(found, QAction)
        assert not found.isEnabled()
    monkeypatch.setattr(session.service, "trouble", None)
    session.trouble_passed.emit()
    assert button(page, "register_release_button").isEnabled()
    withdraw = page.findChild(QAction, "withdraw_release_action")
    assert isinstance(withdraw, QAction)
    assert withdraw.isEnabled()


def test_a_change_that_was_overtaken_or_failed_is_said_above_the_table(
    qtbot: QtBot, page: ReleasesPage, session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.releases.table.choose(f"{ROOT}.1.1.1.0")
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_a: "wrong build")
    submit = session.service.submit

    def overtaken(draft: Draft, shown: Any = None) -> Receipt:
        other = Service(desk.ledger_at(session.service.ledger.name), desk.world)
        other.open()
        assert other.submit(d.WithdrawRelease("Viewer", "1.0", reason="faster")).entry is not None
        return submit(draft, shown)

    monkeypatch.setattr(session.service, "submit", overtaken)
    act(page, "withdraw_release_action")
    qtbot.waitUntil(lambda: "Somebody else" in spoken(page.releases))
    page.products.table.choose(2)
    page.releases.table.choose(f"{ROOT}.1.2.4.6")
    assert spoken(page.releases) == ""

    def fail(*_arguments: object) -> Receipt:
        raise WriteFailedError("acme.jsonl", "Input/output error")

    monkeypatch.setattr(session.service, "submit", fail)
    act(page, "withdraw_release_action")
    qtbot.waitUntil(lambda: "Input/output error" in spoken(page.releases))


def test_a_fault_of_ours_is_told_and_raised_and_what_was_typed_stays(
    qtbot: QtBot, page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Receipt:
        raise ZeroDivisionError

    monkeypatch.setattr(session.service, "submit", fail)
    type_in(edit(page, "version_edit"), "9.9")
    with qtbot.captureExceptions() as raised:
        press(edit(page, "version_edit"), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(raised))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    assert "fault" in page.releases.form.problems.problems[0].message
    assert edit(page, "version_edit").text() == "9.9"


def spoken(pane: RecordPane) -> str:
    return " ".join(problem.message for problem in pane.problems.problems)
