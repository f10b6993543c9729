from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QByteArray, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.hands import press
from uidmanager.gui.table_models import Column, RecordTableModel
from uidmanager.gui.tables.header import RecordHeader
from uidmanager.gui.tables.record_table import Copied, RecordTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

COLUMNS = (Column[str]("Serial", lambda text: text, is_fixed=True), Column[str]("Root", lambda text: f"1.2.{text}"))


class CountingModel(RecordTableModel[str]):
    """Counts what the view asks for."""

    asked = 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return super().data(index, role)


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    model = CountingModel(COLUMNS, lambda text: text, QFont())
    model.replace(["1", "2", "3"])
    copies = (Copied("Copy UID", lambda text: f"1.2.{text}"), Copied("Copy serial", lambda text: text))
    made = RecordTable(model, "units_table", "Units", copies)
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitActive(made):
        made.show()
    return made


def clipboard() -> str:
    return QApplication.clipboard().text()


def test_copying_by_key_and_by_command(table: RecordTable) -> None:
    table.choose("2")
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "1.2.2"
    for action in table.copy_actions:
        if action.text().replace("&", "") == "Copy serial":
            action.trigger()
    assert clipboard() == "2"


def test_what_is_chosen_stays_chosen_over_order_filter_and_news(table: RecordTable) -> None:
    model = table.model()
    assert isinstance(model, CountingModel)
    table.choose("2")
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.put(["4"])
    model.replace(["0", "1", "2", "3", "4"])
    assert table.chosen == "2"


def test_several_are_chosen_and_one_stands_on_the_first_of_them(table: RecordTable) -> None:
    told: list[str | None] = []
    table.record_chosen.connect(told.append)
    table.choose_all(["3", "1", "not there"])
    assert (list(table.chosen_records()), table.chosen) == (["1", "3"], "3")
    assert told == ["3"]
    table.choose_all(["not there"])
    assert list(table.chosen_records()) == ["1", "3"]


def test_very_many_are_chosen_in_turns_whatever_comes_meanwhile(table: RecordTable, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, CountingModel)
    model.replace([str(number) for number in range(5000)])
    table.choose_all([str(number) for number in range(4000, 1000, -1)])
    assert len(list(table.chosen_records())) <= 1
    steps = table._choosing._steps
    assert steps is not None
    next(steps)  # some rows are found, and then they move
    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: len(list(table.chosen_records())) == 3000)
    assert {int(text) for text in table.chosen_records()} == set(range(1001, 4001))
    assert table.chosen == "4000"


def test_tab_leaves_the_table(table: RecordTable) -> None:
    assert not table.tabKeyNavigation()


def test_columns_can_be_hidden_and_are_kept(table: RecordTable, qtbot: QtBot) -> None:
    table.setColumnHidden(1, True)
    kept = table.save_columns()
    table.setColumnHidden(1, False)
    assert table.restore_columns(kept)
    assert table.isColumnHidden(1)


def test_selecting_all_of_a_hundred_thousand_rows_asks_only_for_what_is_seen(table: RecordTable, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, CountingModel)
    model.replace([str(number) for number in range(100_000)])
    QApplication.processEvents()
    model.asked = 0
    table.selectAll()
    table.viewport().repaint()
    QApplication.processEvents()
    assert model.asked < 5_000


def test_the_last_column_that_is_shown_cannot_be_hidden(table: RecordTable) -> None:
    header = table.horizontalHeader()
    assert isinstance(header, RecordHeader)
    menu = QMenu(table)
    assert [(action.text(), action.isEnabled()) for action in header.column_actions(menu)] == [
        ("Serial", True),
        ("Root", True),
    ]
    header.toggle(0)
    assert [action.isEnabled() for action in header.column_actions(menu)] == [True, False]
    header.toggle(0)
    assert not table.isColumnHidden(0)


def test_a_row_is_copied_as_it_is_seen(table: RecordTable) -> None:
    table.choose("2")
    table.horizontalHeader().moveSection(1, 0)
    table.copy_actions[-1].trigger()
    assert clipboard() == "1.2.2\t2"
    table.setColumnHidden(0, True)
    table.copy_actions[-1].trigger()
    assert clipboard() == "1.2.2"


def test_the_menu_of_a_row_copies_and_has_what_was_added(table: RecordTable) -> None:
    table.addAction(QAction("Retire…", table))
    titles = [action.text() for action in table.context_menu().actions() if not action.isSeparator()]
    assert titles == ["Copy UID", "Copy serial", "Copy row", "Retire…"]


def test_who_is_filtered_out_is_chosen_no_more_and_again_when_back(table: RecordTable) -> None:
    model = table.model()
    assert isinstance(model, CountingModel)
    told: list[str | None] = []
    table.record_chosen.connect(told.append)
    table.choose("2")
    model.set_filter("3")
    model.set_filter("")
    assert table.chosen == "2"
    assert told == ["2", None, "2"]


def test_columns_of_another_table_are_not_taken(table: RecordTable, qtbot: QtBot) -> None:
    other = RecordTable(RecordTableModel(COLUMNS[:1], lambda text: text, QFont()), "other_table", "Other")
    qtbot.addWidget(other)
    before = table.save_columns()
    assert not table.restore_columns(other.save_columns())
    assert table.save_columns() == before
    assert not table.restore_columns(QByteArray(b"rubbish"))


def test_the_sort_sign_and_the_order_are_those_that_were_kept(table: RecordTable) -> None:
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    kept = table.save_columns()
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert table.restore_columns(kept)
    assert [table.model().index(row, 0).data() for row in range(3)] == ["3", "2", "1"]
