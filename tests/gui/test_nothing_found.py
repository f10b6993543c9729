"""A table that a filter leaves empty says so, and leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QTableView, QWidget

from tests.gui.hands import edit, press, rows, said
from uidmanager.core import drafts as d
from uidmanager.gui.pages.history import HistoryPage
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.gui.pages.releases import ReleasesPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session

NAME = "no_installation_found"


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> InstallationsPage:
    made = InstallationsPage(session)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def label(page: QWidget, name: str = NAME) -> QLabel:
    found = page.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def words(page: QWidget, name: str = NAME) -> str:
    """What is read aloud while the sentence is there; empty while it is not."""
    found = label(page, name)
    return "" if found.isHidden() else QAccessible.queryAccessibleInterface(found).text(QAccessible.Text.Name)


def follow(page: QWidget, link: str, name: str = NAME) -> None:
    assert f'href="{link}"' in label(page, name).text()
    label(page, name).linkActivated.emit(link)


def show_all(page: QWidget) -> None:
    check = page.findChild(QCheckBox, "show_hidden_check")
    assert isinstance(check, QCheckBox)
    check.setChecked(True)


def test_it_is_not_there_while_a_row_is_shown(page: InstallationsPage) -> None:
    assert words(page) == ""
    edit(page, "filter_edit").setText("9")
    assert words(page) == ""


def test_an_empty_registry_has_its_own_hint_only(qtbot: QtBot, session: Session) -> None:
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    edit(page, "filter_edit").setText("xyz")
    assert words(page) == ""


@pytest.mark.parametrize(
    ("typed", "so"),
    [
        ("xyz", "No installation contains “xyz”."),
        ("  xyz ", "No installation contains “xyz”."),
        ("viewer  xyz", "No installation contains each word of “viewer xyz”."),
        ("<b>&amp;", "No installation contains “<b>&amp;”."),
        ("x\u202ey", "No installation contains “x\\u202ey”."),
        ("y" * 41, f"No installation contains “{'y' * 40}…”."),
    ],
)
def test_it_says_what_was_looked_for_and_how_to_see_all_again(page: InstallationsPage, typed: str, so: str) -> None:
    show_all(page)
    edit(page, "filter_edit").setText(typed)
    assert words(page) == f"{so} Clear the filter to see all 4."
    assert said(page, "filter_count") == "0 of 4"
    follow(page, "clear")
    assert words(page) == ""
    assert len(rows(page, "installations_table")) == 4
    assert edit(page, "filter_edit").hasFocus()


def test_what_is_hidden_may_have_it_and_can_be_shown(page: InstallationsPage) -> None:
    edit(page, "filter_edit").setText("10 retired")
    so = "No installation that is in use contains each word of “10 retired”."
    assert words(page) == f"{so} Clear the filter or show what is retired and void (1)."
    follow(page, "show")
    assert words(page) == ""
    assert [row[0] for row in rows(page, "installations_table")] == ["10"]


def test_it_goes_when_what_was_looked_for_is_assigned(
    qtbot: QtBot, page: InstallationsPage, register: Callable[[Draft], Receipt]
) -> None:
    edit(page, "filter_edit").setText("4711")
    assert words(page)
    register(d.AssignInstallations(("4711",)))
    qtbot.waitUntil(lambda: not words(page))
    assert [row[0] for row in rows(page, "installations_table")] == ["4711"]


def test_it_is_a_way_for_the_keyboard_and_lies_in_the_middle_of_the_table(page: InstallationsPage) -> None:
    edit(page, "filter_edit").setText("xyz")
    found = label(page)
    assert found.focusPolicy() & Qt.FocusPolicy.TabFocus
    viewport = page.table.viewport()
    page.resize(900, 600)
    assert found.geometry() == viewport.geometry()
    assert page.table.childAt(viewport.mapTo(page.table, QPoint(9, 9))) is found
    found.setFocus()
    press(found, Qt.Key.Key_Tab)
    press(found, Qt.Key.Key_Return)
    assert words(page) == ""


def test_products_and_releases_say_the_same(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = ReleasesPage(session)
    qtbot.addWidget(page)
    for pane, thing, total in ((page.products, "product", 2), (page.releases, "release", 1)):
        edit(pane, "filter_edit").setText("xyz")
        assert words(pane, f"no_{thing}_found") == f"No {thing} contains “xyz”. Clear the filter to see all {total}."
        edit(pane, "filter_edit").clear()
        assert words(pane, f"no_{thing}_found") == ""


def test_what_is_all_out_of_use_can_be_shown(qtbot: QtBot, stocked: Service, session: Session) -> None:
    for product in ("Viewer", "CT Console"):
        stocked.submit(d.RetireProduct(product, reason="old"))
    page = ReleasesPage(session)
    qtbot.addWidget(page)
    assert words(page, "no_product_found") == "No product is in use. Show what is retired (2)."
    follow(page, "show", "no_product_found")
    assert words(page, "no_product_found") == ""


def test_the_history_knows_what_else_narrows_it(qtbot: QtBot, stocked: Service, session: Session) -> None:
    page = HistoryPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(rows(page, "history_table")) == 11)
    name = "no_change_found"
    edit(page, "filter_edit").setText("xyz")
    assert words(page, name) == "No change contains “xyz”. Clear the filter to see all 11."
    combo = page.findChild(QComboBox, "history_period_combo")
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(0))
    page.filter.last_day.setDate(page.filter.first_day.date())
    assert words(page, name) == "No change contains “xyz”. Clear the filter or choose more above."
    follow(page, "clear", name)
    assert words(page, name) == "No change fits what is chosen above. Choose more to see some of all 11."
    combo.setCurrentIndex(0)
    assert words(page, name) == ""


def test_the_sentence_stands_over_the_table_that_it_is_about(page: InstallationsPage) -> None:
    assert isinstance(label(page).parent(), QTableView)
