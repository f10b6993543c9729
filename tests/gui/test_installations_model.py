"""The model of a million rows, under Qt's model tester, searches and sorting left half done, against a plain list."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from uidmanager.core.finding import Index, index, orders, places, search
from uidmanager.core.installations import LABEL_STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import Installation, State
from uidmanager.core.uid import order_of
from uidmanager.gui import turns
from uidmanager.gui.tables import installations_model, record_table
from uidmanager.gui.tables.installation_columns import columns_of
from uidmanager.gui.tables.installations_model import InstallationsModel
from uidmanager.gui.tables.record_table import Copied, RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

ROOT = "1.2.826"
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
PRODUCT, ASSIGNED, LABEL, STATE, NOTE = 2, 3, 4, 5, 8
KEYS: dict[int, Callable[[Installation], Any]] = {
    0: lambda one: order_of(one.component),
    1: lambda one: order_of(one.component),
    PRODUCT: lambda one: {1: "viewer", 2: "ct console"}.get(one.product or 0, ""),
    ASSIGNED: lambda one: one.origin.entry,
    6: lambda one: one.origin.by,
    7: lambda one: one.origin.station,
    STATE: lambda one: one.state.value,
    LABEL: lambda one: (LABEL_STATES.index(one.label), one.prints),
    NOTE: lambda one: one.note or "",
}


@pytest.fixture(autouse=True, scope="module")
def _in_tiny_steps() -> Iterator[None]:
    """So that a few rows take several steps, and each turn is one step long."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in (
            (orders, "_STEP", 8),
            (places, "_STEP", 3),
            (search, "_STEP", 3),
            (search, "_HEAD", 2),
            (search, "_FEW", 3),
            (index, "_STRETCH", 4),
            (index, "_STEP", 2),
            (turns, "TURN_S", -1.0),
            (installations_model, "TURN_S", -1.0),
            (installations_model, "_FEW", 0),
            (installations_model, "_SCREEN", 3),
            (installations_model, "_MANY", 3),
            (record_table, "_AT_ONCE", 3),
            (record_table, "_FOLLOWED", 2),
        ):
            patch.setattr(module, name, value)
        yield


class Desk:
    """Installations, the model of them, and the same written so that it is plainly right."""

    def __init__(self, size: int) -> None:
        self.origins = Origins()
        self.them = Installations(f"{ROOT}.2", self.origins)
        self.numbers = count()
        self.names = {1: "Viewer", 2: "CT Console"}
        for _ in range(size):
            self.assign(None, None)
        columns = columns_of(self.them, self.names, ROOT)
        self.model = InstallationsModel(columns, Index(self.them, self.names, str), size, QFont())
        QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal, self.model)
        self.text, self.hides, self.column, self.order = "", False, -1, UP

    def assign(self, product: int | None, note: str | None) -> Installation:
        serial = str(next(self.numbers) * 7 % 97)
        number = len(self.origins) + 1
        self.origins.add("2026-11-22T21:06:42.123456Z", f"p{number % 3}", f"s{number % 2}")
        place = self.them.add("0" + serial, serial, product, note, number)
        assert place is not None
        return self.them[place]

    def plainly(self) -> list[str]:
        def text(one: Installation) -> str:
            product = self.names.get(one.product or 0, "")
            said = (one.state.value, one.label.value, one.note or "")
            fields = (one.serial, one.uid, product, one.origin.by, one.origin.station, *said)
            return "\n".join(fields).casefold()

        wanted = [
            one
            for one in self.them
            if all(word in text(one) for word in self.text.split())
            and not (self.hides and one.state is not State.ACTIVE)
        ]
        if self.column >= 0:
            wanted.sort(key=KEYS[self.column])
        return [one.serial for one in (reversed(wanted) if self.order is DOWN else wanted)]

    def shown(self) -> list[str]:
        return [str(self.model.index(row, 0).data()) for row in range(self.model.rowCount())]

    def rest(self) -> None:
        while self.model.is_searching or self.model.is_sorting:
            QApplication.processEvents()

    # -- what can be done --------------------------------------------------------------------------------------------

    def narrow(self, text: str, *, hides: bool) -> None:
        self.text, self.hides = text, hides
        self.model.narrow(text, hides_faint=hides)

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        self.column, self.order = column, order
        self.model.sort(column, order)

    def wait(self, turns_taken: int) -> None:
        for _ in range(turns_taken):
            QApplication.processEvents()

    def put(self, numbers: list[int], product: int | None, note: str | None, state: State) -> None:
        rows = []
        for number in dict.fromkeys(numbers):
            known = number < len(self.them)
            one = self.them[number] if known else self.assign(product, note)
            label, prints = LABEL_STATES[number % 3], number % 5
            changed = structs.replace(one, product=product, note=note, state=state)
            self.them.put(structs.replace(changed, label=label, prints=prints if number % 3 else 0))
            rows.append(self.them[self.them.place_of(one.component) or 0])
        self.model.put(rows)


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("narrow"), st.sampled_from(["", "", "7", "viewer", "p1", "void", "lab", "x y"]), st.booleans()
        ),
        st.tuples(st.just("sort"), st.sampled_from([-1, *KEYS]), st.sampled_from([UP, DOWN])),
        st.tuples(st.just("wait"), st.integers(1, 9)),
        st.tuples(
            st.just("put"),
            st.lists(st.integers(0, 30), min_size=1, max_size=6),
            st.sampled_from([None, 1, 2]),
            st.sampled_from([None, "a", "7"]),
            st.sampled_from([State.ACTIVE, State.VOID]),
        ),
    ),
    max_size=9,
)


def test_a_filter_by_a_person_finds_what_is_the_first_that_they_assign(qapp: QApplication) -> None:
    desk = Desk(0)
    desk.narrow("p1", hides=False)
    desk.put([0], None, None, State.ACTIVE)
    assert desk.shown() == desk.plainly() == ["00"]


@pytest.mark.usefixtures("qapp")
@settings(max_examples=150, deadline=None)
@given(size=st.integers(0, 14), steps=STEPS)
def test_any_sequence_of_steps_shows_what_a_plain_list_would(size: int, steps: list[tuple[Any, ...]]) -> None:
    desk = Desk(size)
    for name, *values in steps:
        if name == "narrow":
            desk.narrow(values[0], hides=values[1])
        else:
            getattr(desk, name)(*values)
        marked = {serial: QPersistentModelIndex(desk.model.index(row, 0)) for row, serial in enumerate(desk.shown())}
        QApplication.processEvents()
        assert all(index.data() == serial for serial, index in marked.items() if index.isValid())
    desk.rest()
    assert desk.shown() == desk.plainly()
    model = desk.model
    assert [model.row_of(model.key_at(row)) for row in range(model.rowCount())] == list(range(model.rowCount()))
    assert [one.serial for one in model.records(0, model.rowCount() - 1)] == desk.shown()
    assert model.faint_total == sum(one.state is not State.ACTIVE for one in desk.them)
    assert model.total == len(desk.them)


@pytest.fixture
def desk(qapp: QApplication) -> Desk:
    return Desk(30)


def test_the_first_rows_are_there_as_soon_as_they_are_found_and_the_rest_comes_at_the_end(desk: Desk) -> None:
    finished = list[None]()
    desk.model.searched.connect(lambda: finished.append(None))
    desk.narrow("p1", hides=False)
    while not (first := desk.shown()):
        QApplication.processEvents()
    assert desk.model.is_searching
    assert len(first) < len(desk.plainly())
    desk.rest()
    assert desk.shown() == desk.plainly()
    assert desk.shown()[: len(first)] == first
    assert len(finished) == 1


def test_the_next_keystroke_ends_the_search_for_the_one_before(desk: Desk) -> None:
    desk.narrow("p", hides=False)
    desk.narrow("p2", hides=False)
    desk.rest()
    assert desk.shown() == desk.plainly()


def test_clearing_the_filter_needs_no_search(desk: Desk) -> None:
    desk.put([3, 4], None, None, State.VOID)
    desk.narrow("", hides=True)
    desk.rest()
    desk.narrow("x", hides=True)
    desk.narrow("", hides=True)
    assert not desk.model.is_searching
    assert desk.shown() == desk.plainly()


def test_the_old_order_stays_until_the_new_one_is_ready(desk: Desk) -> None:
    before = desk.shown()
    desk.sort(6, DOWN)
    desk.wait(2)
    assert desk.model.is_sorting
    assert desk.shown() == before
    desk.rest()
    assert desk.shown() == desk.plainly() != before


def test_a_product_that_is_called_otherwise_is_found_and_ordered_by_its_new_name(desk: Desk) -> None:
    desk.put([3], 2, None, State.ACTIVE)
    desk.put([5], 1, None, State.ACTIVE)
    desk.sort(PRODUCT, DOWN)
    desk.rest()
    assert desk.shown()[0] == desk.them[5].serial
    desk.names[1] = "A viewer"
    desk.model.rename()
    desk.rest()
    assert desk.shown()[0] == desk.them[3].serial
    assert desk.model.index(1, PRODUCT).data() == "A viewer"


@pytest.mark.usefixtures("qapp")
def test_what_was_looked_at_and_has_changed_is_shown_as_it_is_now() -> None:
    desk = Desk(1)
    assert desk.model.index(0, STATE).data() == "active"
    desk.put([0], None, "gone", State.VOID)
    assert (desk.model.index(0, STATE).data(), desk.model.index(0, NOTE).data()) == ("void", "gone")


def test_what_the_registry_does_not_hold_is_not_put_in(desk: Desk) -> None:
    stranger = Desk(40).them[39]
    desk.model.put([stranger])
    assert desk.model.total == 30
    assert desk.model.row_of(stranger.component) is None


def test_a_part_that_is_no_cell_has_nothing_to_show(desk: Desk) -> None:
    cell = desk.model.index(0, 0)
    assert cell.data(Qt.ItemDataRole.DecorationRole) is None
    assert desk.model.rowCount(cell) == desk.model.columnCount(cell) == 0
    assert desk.model.index(0, ASSIGNED).data(Qt.ItemDataRole.ToolTipRole) == "2026-11-22 21:06:42.123456 UTC"


class TestInATable:
    @pytest.fixture
    def table(self, qtbot: QtBot, desk: Desk) -> RecordTable:
        made = RecordTable(desk.model, "units_table", "Units", (Copied("Copy serial", lambda one: one.serial),))
        qtbot.addWidget(made)
        return made

    def test_all_are_selected_even_those_yet_to_be_found(self, desk: Desk, table: RecordTable) -> None:
        desk.narrow("p1", hides=False)
        table.selectAll()
        assert [one.serial for one in table.chosen_records()] == desk.plainly()

    def test_many_lines_are_copied_in_turns_as_they_were_selected(self, desk: Desk, table: RecordTable) -> None:
        told = list[str]()
        table.copied.connect(told.append)
        table.selectAll()
        serials = desk.shown()
        table.copy_actions[0].trigger()
        desk.narrow("p1", hides=False)
        while len(told) < 2:
            QApplication.processEvents()
        assert told == ["Copying 30 lines…", "Copied: 30 lines"]
        assert QApplication.clipboard().text() == "\n".join(serials)

    def test_what_was_chosen_is_chosen_again_when_it_is_found_late(self, desk: Desk, table: RecordTable) -> None:
        last = desk.model.record(28)
        assert table.choose(last.component)
        desk.narrow(last.origin.by, hides=False)
        assert table.chosen is None
        desk.rest()
        assert table.chosen == last

    def test_what_is_yet_to_be_found_can_be_chosen(self, desk: Desk, table: RecordTable) -> None:
        last = desk.model.record(28)
        desk.narrow(last.origin.by, hides=False)
        assert table.choose(last.component)
        assert table.chosen == last

    @pytest.mark.parametrize(("rows", "kept"), [(range(2), 2), (range(29), 1), (range(30), 30)])
    def test_few_selected_rows_or_all_are_followed_into_another_order(
        self, desk: Desk, table: RecordTable, rows: range, kept: int
    ) -> None:
        select = QItemSelectionModel.SelectionFlag
        table.choose(desk.model.key_at(0))
        for row in rows:
            table.selectionModel().select(desk.model.index(row, 0), select.Select | select.Rows)
        chosen = table.chosen
        desk.sort(0, DOWN)
        desk.rest()
        assert len(list(table.chosen_records())) == kept
        assert table.chosen == chosen
