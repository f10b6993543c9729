"""The one model of all tables, under Qt's model tester, against a plain Python model of the same thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester

from uidmanager.core.uid import order_of
from uidmanager.gui.table_models import Column, RecordTableModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QApplication

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Unit(NamedTuple):
    number: str
    name: str
    is_old: bool = False


COLUMNS = (
    Column[Unit]("Number", lambda unit: unit.number, lambda unit: order_of(unit.number), is_fixed=True),
    Column[Unit]("Name", lambda unit: unit.name),
)


@pytest.fixture
def model(qapp: QApplication) -> RecordTableModel[Unit]:
    return make()


def make() -> RecordTableModel[Unit]:
    """A model that Qt's tester watches: it ends the process at the first promise that is broken."""
    made = RecordTableModel(COLUMNS, lambda unit: unit.number, QFont(), lambda unit: unit.is_old)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def numbers(model: RecordTableModel[Unit]) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def units(*those: str) -> list[Unit]:
    return [Unit(number, f"unit {number}") for number in those]


def is_new(unit: Unit) -> bool:
    return not unit.is_old


def test_an_empty_model_has_its_headings(model: RecordTableModel[Unit]) -> None:
    assert (model.rowCount(), model.columnCount(), model.rowCount(QModelIndex())) == (0, 2, 0)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name"
    assert model.data(QModelIndex()) is None


def test_numbers_are_sorted_as_numbers_of_any_length(model: RecordTableModel[Unit]) -> None:
    long = "9" * 39
    model.replace(units(long, "10", "9", "1" + "0" * 39))
    model.sort(0, UP)
    assert numbers(model) == ["9", "10", long, "1" + "0" * 39]
    model.sort(0, DOWN)
    assert numbers(model) == ["1" + "0" * 39, long, "10", "9"]
    model.sort(-1)
    assert numbers(model) == [long, "10", "9", "1" + "0" * 39]


def test_a_filter_takes_any_column_and_a_condition(model: RecordTableModel[Unit]) -> None:
    model.replace([Unit("1", "Viewer"), Unit("2", "CT"), Unit("3", "viewer", is_old=True)])
    model.set_filter("VIEW")
    assert numbers(model) == ["1", "3"]
    model.set_filter("view", is_new)
    assert numbers(model) == ["1"]
    model.set_filter("views", is_new)
    assert numbers(model) == []
    model.set_filter("", is_new)
    assert numbers(model) == ["1", "2"]
    assert (model.total, model.faint_total, model.hidden_by(is_new)) == (3, 1, 1)
    model.set_filter("")
    assert numbers(model) == ["1", "2", "3"]


def test_the_words_of_a_filter_may_stand_in_different_columns(model: RecordTableModel[Unit]) -> None:
    model.replace([Unit("1", "CT Console"), Unit("2", "CT"), Unit("12", "Console")])
    model.set_filter("con 1")
    assert numbers(model) == ["1", "12"]
    model.set_filter("con 1 ct")
    assert numbers(model) == ["1"]
    model.put([Unit("2", "CT Console"), Unit("21", "Console CT")])
    assert numbers(model) == ["1", "21"]


def test_new_records_stand_where_the_order_wants_them(model: RecordTableModel[Unit]) -> None:
    model.replace(units("5", "1"))
    model.sort(0, DOWN)
    model.put(units("3", "9", "0"))
    assert numbers(model) == ["9", "5", "3", "1", "0"]
    assert model.row_of("3") == 2
    assert model.row_of("7") is None


def test_a_changed_record_moves_appears_and_disappears(model: RecordTableModel[Unit]) -> None:
    model.replace([Unit("1", "a"), Unit("2", "b"), Unit("3", "c")])
    model.sort(1, UP)
    model.put([Unit("1", "z")])
    assert numbers(model) == ["2", "3", "1"]
    model.set_filter("", is_new)
    model.put([Unit("3", "c", is_old=True)])
    assert numbers(model) == ["2", "1"]
    assert model.faint_total == 1
    model.put([Unit("3", "a")])
    assert numbers(model) == ["3", "2", "1"]
    assert model.faint_total == 0
    model.set_filter("b")
    model.put([Unit("1", "bb")])
    assert numbers(model) == ["2", "1"]


def test_many_records_at_once_change_the_whole_table(model: RecordTableModel[Unit]) -> None:
    model.replace(units("1", "2"))
    model.sort(0, UP)
    model.put(units(*(str(number) for number in range(2, 500))))
    assert numbers(model) == [str(number) for number in range(1, 500)]
    assert model.holds("499")


def test_what_is_marked_stays_marked_when_the_order_changes(model: RecordTableModel[Unit]) -> None:
    model.replace(units("3", "1", "2"))
    marked = QPersistentModelIndex(model.index(0, 1))
    for column, order in ((0, UP), (0, DOWN), (1, UP), (-1, UP)):
        model.sort(column, order)
        assert marked.data() == "unit 3"


@pytest.mark.parametrize("order", [UP, DOWN])
@pytest.mark.parametrize("name", ["a", "c", "e", "g", "z"])
@pytest.mark.parametrize("marked", ["1", "2", "3"])
def test_what_is_marked_stays_marked_when_a_record_moves(
    model: RecordTableModel[Unit], order: Qt.SortOrder, name: str, marked: str
) -> None:
    model.replace([Unit("1", "b"), Unit("2", "d"), Unit("3", "f")])
    model.sort(1, order)
    row = model.row_of(marked)
    assert row is not None
    index = QPersistentModelIndex(model.index(row, 0))
    model.put([Unit("2", name)])
    assert index.data() == marked


def test_stock_made_for_another_order_is_put_in_order_when_adopted(model: RecordTableModel[Unit]) -> None:
    stock = model.stock(units("2", "1"))
    model.sort(0, UP)
    model.adopt(stock)
    assert numbers(model) == ["1", "2"]


def test_making_stock_ready_can_be_stopped(model: RecordTableModel[Unit]) -> None:
    def stop(_fraction: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        model.stock(units("1"), stop)


UNITS = st.builds(Unit, st.integers(0, 12).map(str), st.sampled_from(["a", "b", "ab", "B"]), st.booleans())
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(UNITS, min_size=1, max_size=4)),
        st.tuples(st.just("replace"), st.lists(UNITS, max_size=6, unique_by=lambda unit: unit.number)),
        st.tuples(st.just("filter"), st.tuples(st.sampled_from(["", "a", "b", "ab", "1"]), st.booleans())),
        st.tuples(st.just("sort"), st.tuples(st.integers(-1, 1), st.sampled_from([UP, DOWN]))),
    ),
    max_size=12,
)


class Plain:
    """The same table, written so that it is plainly right."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.needle, self.only_new = "", False
        self.column, self.order = -1, UP

    def wants(self, unit: Unit) -> bool:
        found = self.needle in unit.number or self.needle in unit.name.casefold()
        return found and not (self.only_new and unit.is_old)

    def shown(self) -> list[str]:
        rows: Iterable[Unit] = [unit for unit in self.units.values() if self.wants(unit)]
        keys: list[Any] = [lambda unit: order_of(unit.number), lambda unit: unit.name]
        ordered = sorted(rows, key=keys[self.column]) if self.column >= 0 else list(rows)
        return [unit.number for unit in (reversed(ordered) if self.order is DOWN else ordered)]


@pytest.mark.usefixtures("qapp")
@settings(max_examples=60)
@given(steps=STEPS)
def test_any_sequence_of_steps_shows_what_a_plain_list_would(steps: list[tuple[str, Any]]) -> None:
    model, plain = make(), Plain()
    for step, value in steps:
        match step:
            case "put":
                model.put(value)
                plain.units.update({unit.number: unit for unit in value})
            case "replace":
                model.replace(value)
                plain.units = {unit.number: unit for unit in value}
            case "filter":
                plain.needle, plain.only_new = value
                model.set_filter(plain.needle, is_new if plain.only_new else None)
            case _:
                plain.column, plain.order = value
                model.sort(plain.column, plain.order)
        assert numbers(model) == plain.shown()
