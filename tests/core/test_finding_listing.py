"""A listing shows what a plain list would, through words, orders, changes, and searches and sorting left half done."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from uidmanager.core.finding import (
    Arrangement,
    ByComponent,
    ByPlace,
    ByText,
    Index,
    Listing,
    Order,
    index,
    orders,
    places,
    search,
)
from uidmanager.core.installations import STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import State

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

AT = "2026-11-22T21:06:42.123456Z"
NAMES = {1: "Viewer", 2: "CT Console", 3: "viewer 37"}


@pytest.fixture(autouse=True, scope="module")
def _in_tiny_steps() -> Iterator[None]:
    """So that a few rows take several steps."""
    with pytest.MonkeyPatch.context() as patch:
        for module, step in ((orders, 8), (places, 3), (search, 3)):
            patch.setattr(module, "_STEP", step)
        patch.setattr(search, "_HEAD", 2)
        patch.setattr(search, "_FEW", 3)
        patch.setattr(index, "_STRETCH", 4)
        patch.setattr(index, "_STEP", 2)
        yield


class Desk:
    """Installations, a listing of them, and the same written so that it is plainly right."""

    def __init__(self, size: int) -> None:
        origins = Origins()
        origins.add(AT, "anna", "LINE-3")
        self.them = Installations("1.2.826.2", origins)
        self.numbers = count()
        for _ in range(size):
            self.assign(None, None)
        self.index = Index(self.them, NAMES, str)
        self.listing = Listing(self.index, size)
        self.sorting: Generator[None, None, Arrangement] | None = None
        self.words, self.hides = "", False
        self.order = "place"

    def assign(self, product: int | None, note: str | None) -> int:
        number = next(self.numbers)
        serial = str(number * 7 % 97)
        if number % 3 == 2:  # it has an index; the next one is often higher, but not always
            assert self.them.add(f"SN-{serial}a", f"3.{number ^ 4}", product, note, 1) is not None
        else:
            assert self.them.add("0" + serial, serial, product, note, 1) is not None
        return len(self.them) - 1

    def orders(self) -> dict[str, Callable[[], Order]]:
        notes, products, states = self.them.notes, self.them.products, self.them.states
        return {
            "place": ByPlace,
            "component": lambda: ByComponent(self.them),
            "product": lambda: ByText(lambda those: [NAMES.get(products[p], "") for p in those]),
            "state": lambda: ByText(lambda those: [STATES[states[p]].value for p in those]),
            "note": lambda: ByText(lambda those: [notes.get(p) or "" for p in those]),
        }

    def plainly(self) -> list[int]:
        def text(place: int) -> str:
            one = self.them[place]
            product = NAMES.get(one.product or 0, "")
            return "\n".join(
                (one.serial, one.uid, product, one.state.value, one.note or "", "anna", "line-3")
            ).casefold()

        wanted = [
            place
            for place in range(self.listing.count)
            if all(word in text(place) for word in self.words.split())
            and not (self.hides and self.them.state_of(place) is not State.ACTIVE)
        ]
        keys: dict[str, Callable[[int], Any]] = {
            "place": lambda place: place,
            "component": lambda place: (
                "." in self.them.component_text(place),
                [int(part) for part in self.them.component_text(place).split(".")],
            ),
            "product": lambda place: NAMES.get(self.them[place].product or 0, ""),
            "state": lambda place: self.them.state_of(place).value,
            "note": lambda place: self.them.note_of(place) or "",
        }
        wanted.sort(key=keys[self.order])
        return wanted[::-1] if self.listing.is_from_the_end else wanted

    # -- what can be done --------------------------------------------------------------------------------------------

    def look_for(self, words: str, *, hides: bool) -> None:
        self.words, self.hides = words, hides
        self.listing.look_for(self.index.words(words), hides=hides)

    def search(self, steps: int, *, adds: bool) -> None:
        """Search for so many steps; what is found comes last."""
        before = self.shown()
        left = iter(range(steps, 0, -1))
        self.listing.gather(lambda: next(left, 0) <= 1)
        assert self.shown() == before, "not before it is added"
        if adds:
            count = len(before) + self.listing.found
            self.listing.add()
            assert self.shown()[: len(before)] == before
            assert len(self.listing) == count

    def settle(self) -> None:
        self.listing.gather(lambda: False)
        self.listing.add()
        assert not self.listing.is_searching

    def begin_sorting(self, order: str) -> None:
        self.drop_sorting()
        self.wanted = order
        self.sorting = self.listing.sorting(self.orders()[order]())

    def drop_sorting(self) -> None:
        if self.sorting is not None:
            self.listing.sort_no_more()
            self.sorting = None

    def sort(self, steps: int) -> None:
        try:
            for _ in range(steps if self.sorting is not None else 0):
                assert self.sorting is not None
                next(self.sorting)
        except StopIteration as end:
            self.settle()
            self.listing.adopt(end.value)
            self.sorting, self.order = None, self.wanted

    def turn(self) -> None:
        self.settle()
        self.listing.is_from_the_end = not self.listing.is_from_the_end

    def change(self, number: int, product: int | None, note: str | None, state: State) -> None:
        """Assign the next one, or change one, and tell of the rows as a table would."""
        self.settle()
        place = number % (self.listing.count + 1)
        if place == self.listing.count:
            self.assign(product, note)
        self.them.put(structs.replace(self.them[place], product=product, note=note, state=state))
        rows = self.shown()
        change = self.listing.change(place)
        _, before, after = self.listing.rows(change)
        assert self.shown() == rows, "not before it is carried out"
        if before is not None:
            assert rows.pop(before) == place
        if after is not None:
            rows.insert(after, place)
        self.listing.carry_out(change)
        assert self.shown() == rows

    def change_many(self, numbers: list[int], more: int, product: int | None, state: State) -> None:
        self.settle()
        known = {number % self.listing.count for number in numbers} if self.listing.count else set()
        fresh = [self.assign(product, None) for _ in range(more)]
        for place in known:
            self.them.put(structs.replace(self.them[place], product=product, state=state))
        self.listing.change_many([*known, *fresh], len(self.them))

    def shown(self) -> list[int]:
        return [self.listing.place(row) for row in range(len(self.listing))]


PRODUCTS, NOTES, NUMBERS = st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, "a", "b 37"]), st.integers(0, 40)
WORDS = st.sampled_from(["", "", "3", "37", "view", "b ret", "2.3", "active 7", "none such"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("look_for"), WORDS, st.booleans()),
        st.tuples(st.just("search"), st.integers(1, 6), st.booleans()),
        st.tuples(st.just("begin_sorting"), st.sampled_from(["place", "component", "product", "state", "note"])),
        st.tuples(st.just("sort"), st.integers(1, 40)),
        st.tuples(st.just("drop_sorting")),
        st.tuples(st.just("turn")),
        st.tuples(st.just("change"), NUMBERS, PRODUCTS, NOTES, st.sampled_from(STATES)),
        st.tuples(
            st.just("change_many"), st.lists(NUMBERS, max_size=5), st.integers(0, 4), PRODUCTS, st.sampled_from(STATES)
        ),
    ),
    max_size=14,
)


@settings(max_examples=400, deadline=None)
@given(size=st.integers(0, 14), steps=STEPS)
def test_any_sequence_of_steps_lists_what_a_plain_list_would(size: int, steps: list[tuple[Any, ...]]) -> None:
    desk = Desk(size)
    for name, *values in steps:
        if name == "look_for":
            desk.look_for(values[0], hides=values[1])
        elif name == "search":
            desk.search(values[0], adds=values[1])
        else:
            getattr(desk, name)(*values)
    desk.sort(10_000 if not desk.listing.is_searching else 5)
    desk.settle()
    desk.sort(10_000)
    assert desk.shown() == desk.plainly()
    listing = desk.listing
    assert [listing.row_of(place) for place in desk.shown()] == list(range(len(listing)))
    assert list(listing.places(1, len(listing) - 2)) == desk.shown()[1:-1]
    assert listing.out_of_use == sum(one.state is not State.ACTIVE for one in desk.them)
    assert listing.row_of(listing.count) is None


def test_what_is_hidden_and_what_is_cleared_needs_no_search() -> None:
    desk = Desk(9)
    desk.look_for("", hides=True)
    assert not desk.listing.is_searching
    desk.change(4, None, None, State.VOID)
    desk.look_for("none such", hides=True)
    desk.settle()
    assert desk.shown() == []
    desk.look_for("", hides=True)
    assert not desk.listing.is_searching
    assert desk.shown() == [0, 1, 2, 3, 5, 6, 7, 8]


def test_a_search_that_is_under_way_holds_the_new_order_back() -> None:
    desk = Desk(9)
    desk.change(4, None, None, State.VOID)
    desk.look_for("", hides=True)
    assert desk.listing.is_searching
    desk.begin_sorting("component")
    desk.sort(50)
    assert desk.sorting is not None
    desk.settle()
    desk.sort(50)
    assert desk.shown() == desk.plainly()
    assert isinstance(desk.listing.order, ByComponent)


def test_what_changes_while_an_order_is_being_made_is_in_it() -> None:
    desk = Desk(12)
    desk.change(4, None, None, State.VOID)
    desk.look_for("", hides=True)
    desk.settle()
    for steps in range(1, 20):
        desk.begin_sorting("component")
        desk.sort(steps)
        desk.change(99, None, None, State.ACTIVE)
        desk.sort(99)
        assert desk.sorting is None
        assert desk.shown() == desk.plainly()


def test_what_changes_while_an_order_waits_for_a_search_is_in_it() -> None:
    desk = Desk(9)
    desk.begin_sorting("component")
    desk.sort(1)
    desk.look_for("37", hides=False)
    desk.sort(20)
    desk.change(99, None, "37", State.ACTIVE)
    desk.sort(99)
    assert desk.sorting is None
    assert desk.shown() == desk.plainly()


@pytest.mark.parametrize("steps", range(1, 16))
def test_what_is_looked_for_while_an_order_is_being_made_is_what_it_shows(steps: int) -> None:
    desk = Desk(12)
    desk.change(4, None, "a", State.VOID)
    desk.look_for("void", hides=False)
    desk.settle()
    desk.begin_sorting("component")
    desk.sort(steps)
    desk.look_for("2", hides=True)
    desk.settle()
    desk.sort(99)
    assert desk.sorting is None
    assert desk.shown() == desk.plainly()


@pytest.mark.parametrize("is_from_the_end", [False, True])
@pytest.mark.parametrize(("note", "row"), [("a", 1), ("c", 2), ("e", 3), ("z", 4)])
def test_a_row_moves_to_where_its_new_value_belongs(note: str, row: int, *, is_from_the_end: bool) -> None:
    desk = Desk(0)
    for number, letter in enumerate("abcde"):
        desk.change(number, None, letter, State.ACTIVE)
    desk.begin_sorting("note")
    desk.sort(99)
    desk.listing.is_from_the_end = is_from_the_end
    desk.change(2, None, note, State.ACTIVE)
    assert desk.shown() == desk.plainly()
    assert desk.shown().index(2) == (4 - row if is_from_the_end else row)
