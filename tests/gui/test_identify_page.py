"""Whose UID is this: one, many, a megabyte of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.hands import button, click, page_in, press, problems, rows, said, sent_by, type_in
from uidmanager.core import drafts as d
from uidmanager.core.mentions import asked
from uidmanager.core.records import Installation, Release
from uidmanager.gui.pages.identify import IdentifyPage
from uidmanager.gui.widgets.answer_card import AnswerCard
from uidmanager.gui.widgets.paste_edit import PasteEdit, pieces_of
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"


def opened(qtbot: QtBot, session: Session) -> IdentifyPage:
    made = IdentifyPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> IdentifyPage:
    made = opened(qtbot, session)
    QAbstractItemModelTester(made.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def card(page: IdentifyPage) -> AnswerCard:
    found = page.findChild(AnswerCard)
    assert isinstance(found, AnswerCard)
    return found


def rows_in(page: IdentifyPage) -> int:
    return page.table.model().rowCount()


def preview(page: IdentifyPage) -> UidPreview:
    found = page.findChild(UidPreview)
    assert isinstance(found, UidPreview)
    return found


def test_an_empty_page_says_what_it_is_for(page: IdentifyPage) -> None:
    assert page_in(page.stack) == "identify_empty_page"
    assert not card(page).isVisible()
    page.focus_first()
    assert page.edit.hasFocus()


def test_one_uid_gets_a_large_answer_with_its_parts(qtbot: QtBot, page: IdentifyPage) -> None:
    type_in(page.edit, f"{ROOT}.2.372764.20261122.1")
    assert card(page).isVisible()
    assert said(page, "answer_title") == "Installation 0372764 (CT Console)."
    assert preview(page).uid == f"{ROOT}.2.372764.20261122.1"
    assert [part.text for part in preview(page)._parts] == [ROOT, "2", "372764", "20261122.1"]
    assert rows(page, "identify_result")[0][:4] == [
        f"{ROOT}.2.372764.20261122.1",
        "Installation",
        "Installation 0372764 (CT Console).",
        ".20261122.1",
    ]
    with qtbot.waitSignal(page.opened) as opened:
        click(button(page, "open_record_button"))
    record = sent_by(opened)
    assert isinstance(record, Installation)
    assert record.serial == "0372764"


@pytest.mark.parametrize(
    ("uid", "sentence", "broken"),
    [
        (f"{ROOT}.1.2.4.6", "Release CT Console 4.6.", []),
        (f"{ROOT}.1.2", "The arc of product 2, CT Console.", []),
        (f"{ROOT}.2.00372764", "Installation 0372764 (CT Console).", ["uid.leading_zero"]),
        (f"{ROOT}.9", "Under our root, but never issued.", []),
        ("1.2.840.10008.1.1", "Defined by DICOM: Verification SOP Class.", []),
        ("1.2.x", "This is not a UID.", ["uid.character"]),
        ("1..2", "This is not a UID.", ["uid.empty_component"]),
        ("5.4", "Not ours, and not under a root that this program knows.", ["uid.first_arc"]),
    ],
)
def test_every_kind_of_answer(page: IdentifyPage, uid: str, sentence: str, broken: list[str]) -> None:
    page.look_up(uid)
    assert said(page, "answer_title") == sentence
    assert problems(page, "answer_problems") == broken
    assert len(rows(page, "identify_result")) == 1


def test_many_uids_in_a_text_get_a_line_each(qtbot: QtBot, page: IdentifyPage) -> None:
    page.look_up(f"(0002,0012) UI [{ROOT}.1.2.4.6]\nsaw {ROOT}.2.9.1, {ROOT}.2.9.1 and 1.2.840.10008.1.1; version 4.6")
    assert [row[1] for row in rows(page, "identify_result")] == ["Release", "Installation", "DICOM"]
    assert not card(page).isVisible()
    assert [row[5:] for row in rows(page, "identify_result")] == [["1", "1:17"], ["2", "2:5"], ["1", "2:72"]]
    assert "3 different" in said(page, "identify_count")
    page.table.choose(f"{ROOT}.1.2.4.6")
    with qtbot.waitSignal(page.opened) as opened:
        press(page.table, Qt.Key.Key_Return)
    record = sent_by(opened)
    assert isinstance(record, Release)
    page.table.choose("1.2.840.10008.1.1")
    with qtbot.assertNotEmitted(page.opened):
        press(page.table, Qt.Key.Key_Return)
    for column in range(7):
        page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)


def test_a_text_without_a_uid_says_so(page: IdentifyPage) -> None:
    page.look_up("there is nothing here, not even in 4.5")
    assert "No UID" in said(page, "identify_count")
    assert page_in(page.stack) == "identify_empty_page"
    page.look_up("")
    assert not page.findChild(QLabel, "identify_count").isVisible()  # type: ignore[union-attr]


def test_one_alone_is_taken_as_it_is() -> None:
    def given(text: str) -> list[str]:
        return [mention.given for mention in asked(text)]

    assert given(" 1.2.03.x \n") == ["1.2.03.x"]
    assert given("1.2") == ["1.2"]
    assert given("1.2.3,1.2.4") == ["1.2.3", "1.2.4"]
    assert given("uid=1.2.3") == ["1.2.3"]
    assert given("nothing") == []
    assert given("") == []


def test_ctrl_v_anywhere_on_the_page_looks_up_what_is_on_the_clipboard(qtbot: QtBot, page: IdentifyPage) -> None:
    page.look_up(f"{ROOT}.1.2.4.6 {ROOT}.2.9")
    page.activateWindow()
    page.table.setFocus()
    QApplication.clipboard().setText(f"{ROOT}.2.372764.5")
    press(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: said(page, "answer_title") == "Installation 0372764 (CT Console).")
    assert page.edit.toPlainText() == f"{ROOT}.2.372764.5"


def test_copies_the_uid_of_a_line(qtbot: QtBot, page: IdentifyPage) -> None:
    page.look_up(f"{ROOT}.1.2.4.6 {ROOT}.2.9")
    page.table.choose(f"{ROOT}.2.9")
    page.table.setFocus()
    with qtbot.waitSignal(page.copied):
        press(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == f"{ROOT}.2.9"


def test_what_is_assigned_meanwhile_is_found(
    qtbot: QtBot, page: IdentifyPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    page.look_up(f"{ROOT}.2.555")
    assert "no installation 555" in said(page, "answer_title")
    register(d.AssignInstallations(("555",)))
    session._publish()
    qtbot.waitUntil(lambda: said(page, "answer_title") == "Installation 555.")


def test_a_megabyte_is_taken_in_without_a_stall(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = opened(qtbot, session)  # the model's tester would look at each of its rows
    uids = [f"{ROOT}.2.{n}.1" for n in range(400_000, 430_000)]
    for between in ("\n", " "):
        data = QMimeData()
        data.setText(between.join(uids))
        page.edit.clear()
        page.edit.insertFromMimeData(data)
        assert page.edit.is_taking_in  # only a first piece so far
        qtbot.waitUntil(lambda: rows_in(page) == len(uids), timeout=20_000)
        assert page.edit.toPlainText().split() == uids
    page.edit.clear()
    assert rows_in(page) == 0


def test_another_text_stops_the_search_in_the_one_before(qtbot: QtBot, page: IdentifyPage) -> None:
    page.look_up("\n".join(f"{ROOT}.2.{n}.1" for n in range(5_000)))
    qtbot.waitUntil(lambda: page._search.is_busy, timeout=5_000)
    page.look_up(f"{ROOT}.1.2.4.6")
    assert said(page, "answer_title") == "Release CT Console 4.6."
    qtbot.waitUntil(lambda: not page._session.reading.is_busy)
    assert len(rows(page, "identify_result")) == 1


def test_a_line_without_an_end_is_broken_at_blanks_only() -> None:
    text = " ".join(f"{ROOT}.2.{n}" for n in range(20_000))
    pieces = pieces_of(text)
    assert "".join(pieces).split() == text.split()
    assert max(len(line) for line in "".join(pieces).splitlines()) <= 2_000
    assert "".join(pieces_of("a\n\nb\n" * 20_000)) == "a\n\nb\n" * 20_000
    assert "".join(pieces_of("x" * 50_000)).replace("\n", "") == "x" * 50_000


def test_tab_leaves_the_field(qtbot: QtBot, page: IdentifyPage) -> None:
    page.look_up(f"{ROOT}.2.9")
    page.activateWindow()
    page.edit.setFocus()
    press(page.edit, Qt.Key.Key_Tab)
    assert not page.edit.hasFocus()
    assert isinstance(page.edit, PasteEdit)
