"""GTIN, serials and note of products in the window: said when a product is registered, put right in dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView, QToolButton, QWidget

from tests.gui.hands import button, click, combo, edit, press, problems, rows, said, type_in
from uidmanager.core import drafts as d
from uidmanager.core.records import Product, SerialRule
from uidmanager.gui.dialogs.product_settings import CorrectProductDialog, GtinDialog, SerialsDialog
from uidmanager.gui.pages.releases import ReleasesPage
from uidmanager.gui.tables.details import DetailsPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session

GTIN = "09521234543213"
LIKE_SN = SerialRule(True, "SN-[A-Z][0-9]+", "SN-A17")


@pytest.fixture
def opened_arc(stocked: Service, register: Callable[[Draft], Receipt]) -> Service:
    register(d.OpenIndexedArc("3", "letters"))
    return stocked


@pytest.fixture
def page(qtbot: QtBot, opened_arc: Service, session: Session) -> ReleasesPage:
    made = ReleasesPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


def product(session: Session, number: int) -> Product:
    with session.service.look() as registry:
        found = registry.product(number)
    assert found is not None
    return found


def told(page: QWidget, name: str) -> str:
    """What stands beside a field, with its sign; nothing while it is hidden."""
    found = page.findChild(QWidget, name)
    assert found is not None
    return said(page, name).replace("\u200b", "") if found.isVisible() else ""


def _shows(page: ReleasesPage, text: str) -> bool:
    return text in rows(page, "products_table")[1]


def more(page: ReleasesPage) -> QToolButton:
    found = button(page, "product_more_button")
    assert isinstance(found, QToolButton)
    return found


def test_what_else_can_be_said_is_folded_away_and_stays_in_sight_once_it_is_said(page: ReleasesPage) -> None:
    assert not edit(page, "gtin_edit").isVisible()
    click(more(page))
    assert edit(page, "gtin_edit").isVisible()
    type_in(edit(page, "product_note_edit"), "x")
    assert not more(page).isEnabled()
    more(page).setChecked(False)
    assert edit(page, "product_note_edit").isVisible()
    edit(page, "product_note_edit").clear()
    assert not edit(page, "product_note_edit").isVisible()


def test_a_product_is_registered_with_all_of_it(qtbot: QtBot, page: ReleasesPage, session: Session) -> None:
    click(more(page))
    for name, text in (
        ("product_name_edit", "Ultrasound"),
        ("gtin_edit", "9521234543213"),
        ("pattern_edit", "SN-[A-Z][0-9]+"),
        ("example_edit", "SN-A17"),
        ("product_note_edit", "hand held"),
    ):
        type_in(edit(page, name), text)
    combo(page, "serials_combo").setCurrentIndex(1)
    assert problems(page, "product_problems") == []
    press(edit(page, "product_note_edit"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(page, "products_table")) == 3)
    assert rows(page, "products_table")[-1] == ["3", "Ultrasound", "", "active", GTIN, "indexed", "hand held"]
    made = product(session, 3)
    assert (made.gtin, made.serials, made.note) == (GTIN, LIKE_SN, "hand held")
    qtbot.waitUntil(lambda: not edit(page, "product_name_edit").text())
    assert not edit(page, "gtin_edit").text()
    assert combo(page, "serials_combo").currentIndex() == 0
    assert more(page).isEnabled()


def test_the_check_digit_is_told_while_one_types(page: ReleasesPage) -> None:
    click(more(page))
    type_in(edit(page, "product_name_edit"), "Ultrasound")
    field = edit(page, "gtin_edit")
    type_in(field, "9521")
    assert "8, 12, 13 or 14 digits" in told(page, "gtin_told")
    field.setText("9521234543214")
    assert "ends with the check digit 4, and 3 would fit" in told(page, "gtin_told")
    press(field, Qt.Key.Key_Return)
    assert page.products.model.total == 2  # refused
    assert field.hasFocus()
    field.setText("9521234543213")
    assert GTIN in told(page, "gtin_told")
    assert problems(page, "product_problems") == []
    field.clear()
    assert told(page, "gtin_told") == ""


def test_a_gtin_of_another_product_is_refused_in_the_form(
    page: ReleasesPage, register: Callable[[Draft], Receipt]
) -> None:
    register(d.SetProductGtin("1", GTIN))
    type_in(edit(page, "product_name_edit"), "Ultrasound")
    edit(page, "gtin_edit").setText(GTIN)
    assert problems(page, "product_problems") == ["gtin.taken"]


@pytest.mark.parametrize(
    ("pattern", "example", "tried", "sentence"),
    [
        pytest.param("SN-[A-Z][0-9]+", "SN-A17", "", "SN-A17 fits.", id="the example alone"),
        pytest.param("SN-[A-Z][0-9]+", "SN-A17", "SN-17", "SN-A17 fits, SN-17 does not.", id="one that is caught"),
        pytest.param(
            "SN-[A-Z][0-9]+", "SN-A17", "SN-B2, sn-a17", "SN-A17 fits, SN-B2 fits, sn-a17 does not.", id="several"
        ),
        pytest.param("", "", "SN#1", "SN#1 does not.", id="a mark that is in no serial, without a pattern"),
        pytest.param("SN-[", "SN-A17", "SN-17", "", id="no pattern yet"),
        pytest.param("SN-[A-Z]", "", "SN-A", "", id="no example yet"),
        pytest.param("\ud800", "S", "\ud800", "", id="half a character"),
    ],
)
def test_serials_are_tried_live(page: ReleasesPage, pattern: str, example: str, tried: str, sentence: str) -> None:
    click(more(page))
    combo(page, "serials_combo").setCurrentIndex(1)
    for name, text in (("pattern_edit", pattern), ("example_edit", example), ("tried_edit", tried)):
        edit(page, name).setText(text)
    assert told(page, "tried_told") == sentence


def test_problems_of_serials_stand_below_the_form_and_take_one_to_the_field(page: ReleasesPage) -> None:
    click(more(page))
    type_in(edit(page, "product_name_edit"), "Ultrasound")
    edit(page, "pattern_edit").setText("SN-[")
    assert problems(page, "product_problems") == ["serials.incomplete"]
    press(edit(page, "product_name_edit"), Qt.Key.Key_Return)
    assert edit(page, "example_edit").hasFocus()
    edit(page, "example_edit").setText("SN-A17")
    assert problems(page, "product_problems") == ["serials.pattern"]


def test_an_index_each_asks_for_the_arc_first(qtbot: QtBot, stocked: Service, session: Session) -> None:
    made = ReleasesPage(session)
    qtbot.addWidget(made)
    made.show()
    type_in(edit(made, "product_name_edit"), "Ultrasound")
    combo(made, "serials_combo").setCurrentIndex(1)
    assert problems(made, "product_problems") == ["arc.missing"]


def test_table_and_details_show_it_and_the_filter_finds_it(
    qtbot: QtBot, page: ReleasesPage, register: Callable[[Draft], Receipt]
) -> None:
    register(d.RegisterProduct("Ultrasound", gtin=GTIN, serials=LIKE_SN, note="hand held"))
    qtbot.waitUntil(lambda: len(rows(page, "products_table")) == 3)
    page.products.table.choose(3)
    details = page.products.findChild(DetailsPanel)
    assert isinstance(details, DetailsPanel)
    assert said(details, "fact_gtin") == GTIN
    assert said(details, "fact_serials") == "an index each, like SN-A17 (SN-[A-Z][0-9]+)"
    assert said(details, "fact_note") == "hand held"
    assert f"nothing → {GTIN}" in said(details, "details_history")
    page.products.filter_bar.edit.setText("0952")
    qtbot.waitUntil(lambda: [row[1] for row in rows(page, "products_table")] == ["Ultrasound"])


# -- the dialogs -----------------------------------------------------------------------------------------------------


def test_name_and_note_are_corrected_together(qtbot: QtBot, opened_arc: Service, session: Session) -> None:
    dialog = CorrectProductDialog(session, product(session, 2))
    qtbot.addWidget(dialog)
    accept = button(dialog, "dialog_accept_button")
    assert not accept.isEnabled()
    assert problems(dialog, "dialog_problems") == []
    type_in(edit(dialog, "correct_note_edit"), "on wheels")
    assert not accept.isEnabled()  # the reason is missing
    type_in(edit(dialog, "reason_edit"), "asked by sales")
    assert accept.isEnabled()
    assert dialog.draft() == d.CorrectProduct("2", None, "asked by sales", "on wheels")
    edit(dialog, "correct_name_edit").setText("viewer")
    assert problems(dialog, "dialog_problems") == ["product.name_taken"]


def test_a_gtin_is_set_without_a_reason_the_first_time(qtbot: QtBot, opened_arc: Service, session: Session) -> None:
    dialog = GtinDialog(session, product(session, 2))
    qtbot.addWidget(dialog)
    dialog.show()
    accept = button(dialog, "dialog_accept_button")
    type_in(edit(dialog, "gtin_edit"), "952123454321")
    assert not accept.isEnabled()
    assert "check digit" in told(dialog, "gtin_told")
    assert problems(dialog, "dialog_problems") == []  # it is said beside the field
    type_in(edit(dialog, "gtin_edit"), "3")
    assert accept.isEnabled()
    assert dialog.draft() == d.SetProductGtin("2", "9521234543213", "")
    dialog.reject()


def test_serials_are_said_and_tried(qtbot: QtBot, opened_arc: Service, session: Session) -> None:
    dialog = SerialsDialog(session, product(session, 2))
    qtbot.addWidget(dialog)
    dialog.show()
    accept = button(dialog, "dialog_accept_button")
    assert not accept.isEnabled()
    found = dialog.findChild(QComboBox, "serials_combo")
    assert isinstance(found, QComboBox)
    found.setCurrentIndex(1)
    assert accept.isEnabled()
    type_in(edit(dialog, "pattern_edit"), "SN-[A-Z][0-9]+")
    assert problems(dialog, "dialog_problems") == ["serials.incomplete"]
    type_in(edit(dialog, "example_edit"), "SN-A17")
    type_in(edit(dialog, "tried_edit"), "SN-17")
    assert told(dialog, "tried_told") == "SN-A17 fits, SN-17 does not."
    assert accept.isEnabled()
    assert dialog.draft() == d.SetProductSerials("2", LIKE_SN, "")
    dialog.reject()


def test_what_the_dialogs_answer_is_written(
    qtbot: QtBot, page: ReleasesPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.products.table.choose(2)
    monkeypatch.setattr(GtinDialog, "ask", lambda *_a: d.SetProductGtin("2", GTIN))
    monkeypatch.setattr(SerialsDialog, "ask", lambda *_a: d.SetProductSerials("2", LIKE_SN))
    for kind, seen in (("gtin", GTIN), ("serials", "indexed")):
        click(button(page, f"product_{kind}_button"))
        qtbot.waitUntil(partial(_shows, page, seen))
    assert product(session, 2).serials == LIKE_SN


def test_every_field_has_a_name_that_is_spoken(page: ReleasesPage) -> None:
    click(more(page))
    table = page.findChild(QTableView, "products_table")
    assert table is not None
    for name in ("gtin_edit", "serials_combo", "pattern_edit", "example_edit", "tried_edit", "product_note_edit"):
        field = page.findChild(QWidget, name)
        assert field is not None
        assert field.accessibleName()
