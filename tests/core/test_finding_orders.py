"""Orders made in small steps are those that sorting at once would make, and hold while places come and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uidmanager.core.finding import ByComponent, ByPlace, ByText, Index, Places, flagged, listed
from uidmanager.core.installations import STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import State
from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from uidmanager.core.finding import Order

AT = "2026-11-22T21:06:42.123456Z"
Made = TypeVar("Made")


def done(steps: Generator[None, None, Made]) -> Made:
    """Go through all the steps."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: Made = end.value
            return made


def assigned(components: Sequence[str]) -> Installations:
    origins = Origins()
    origins.add(AT, "anna", "LINE-3")
    made = Installations("1.2.826.2", origins)
    for component in components:
        made.add(component, component, None, None, 1)
    return made


def by_text(texts: list[str]) -> ByText:
    return ByText(lambda places: texts[places.start : places.stop])


def test_the_order_of_assignment_is_that_of_the_places() -> None:
    order = ByPlace()
    order.renew(3)
    assert list(done(order.arranged(3))) == [0, 1, 2]


@given(st.lists(st.sampled_from(["", "A", "a", "b", "ba"]), max_size=30))
def test_texts_are_in_order_and_equal_ones_in_the_order_of_assignment(texts: list[str]) -> None:
    order = by_text(texts)
    expected = sorted(range(len(texts)), key=texts.__getitem__)
    assert list(done(order.arranged(len(texts)))) == expected
    assert sorted(range(len(texts)), key=order.key) == expected


@pytest.mark.parametrize("distinct", [3, 30_000])
def test_many_texts_are_put_in_order_in_many_steps(distinct: int) -> None:
    texts = [f"room {number * 7919 % distinct}" for number in range(30_000)]
    steps = by_text(texts).arranged(len(texts))
    assert sum(1 for _ in by_text(texts).arranged(len(texts))) > 4
    assert list(done(steps)) == sorted(range(len(texts)), key=texts.__getitem__)


def test_components_are_in_order_as_numbers() -> None:
    made = assigned(["10", "9", "9" * 30, "A1", "1" + "0" * 30, "2", "3.10", "3.9", "30.1"])
    order = ByComponent(made)
    expected = [5, 1, 0, 3, 2, 4, 7, 6, 8]  # those with an index come after all that are numbers
    assert list(done(order.arranged(9))) == expected
    assert sorted(range(9), key=order.key) == expected
    assert [made.component_text(p) for p in sorted((2, 4), key=lambda p: order_of(made.component_text(p)))] == [
        made.component_text(p) for p in (2, 4)
    ]
    order.renew(0)


def test_components_that_came_later_are_left_out() -> None:
    assert list(done(ByComponent(assigned(["3", "2", "1"])).arranged(2))) == [1, 0]


TEXTS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=12)


@settings(max_examples=200)
@given(texts=TEXTS, steps=st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abcd")), max_size=12))
def test_places_stay_in_order_whatever_comes_goes_and_changes(texts: list[str], steps: list[tuple[int, str]]) -> None:
    order = by_text(texts)
    places = Places(order, done(order.arranged(len(texts))))
    for number, text in steps:
        place = number % (len(texts) + 1)
        at = None if place == len(texts) else places.at(place)
        if at is None:
            assert place == len(texts)
            texts.append(text)
        else:
            assert places.remove(at) == place
            texts[place] = text
        order.renew(place)
        assert places[places.insert(place)] == place
        assert list(places.part(0, len(places))) == sorted(range(len(texts)), key=texts.__getitem__)


@given(texts=TEXTS, changed=st.dictionaries(st.integers(0, 11), st.sampled_from("abcd")), more=TEXTS)
def test_many_are_exchanged_at_once(texts: list[str], changed: dict[int, str], more: list[str]) -> None:
    order = by_text(texts)
    places = Places(order, done(order.arranged(len(texts))))
    changed = {place: text for place, text in changed.items() if place < len(texts)}
    coming = [*changed, *range(len(texts), len(texts) + len(more))]
    for place, text in changed.items():
        texts[place] = text
    texts += more
    for place in coming:
        order.renew(place)
    places.exchange(set(changed), coming)
    assert list(places.part(0, len(places))) == sorted(range(len(texts)), key=texts.__getitem__)


def test_all_places_in_the_order_of_assignment_take_no_room_until_one_is_missing() -> None:
    places = Places(ByPlace(), range(5))
    assert places.insert(5) == 5
    places.exchange((), [7, 6])
    assert places.part(0, 99) == range(8)
    assert places.at(8) is None
    assert places.remove(2) == 2
    assert (places.at(2), places.at(3)) == (None, 2)
    places.exchange({7}, [2, 8])
    assert list(places.part(0, 99)) == [0, 1, 2, 3, 4, 5, 6, 8]


def test_an_exchange_of_all_places_for_others_is_possible() -> None:
    places = Places(ByPlace(), range(3))
    places.exchange((), [5])
    assert list(places.part(0, 9)) == [0, 1, 2, 5]
    places.exchange((), [])
    assert len(places) == 4


def test_lists_are_joined_in_front_and_behind() -> None:
    places = Places(ByPlace())
    places.join([4, 5])
    places.join([1, 2], in_front=True)
    assert [places[at] for at in range(len(places))] == [1, 2, 4, 5]


def test_places_are_told_by_flags_and_flags_by_places() -> None:
    every, some = Places(ByPlace(), range(20_000)), Places(ByPlace(), [3, 19_999])
    inside = done(flagged(some, 20_000))
    assert (sum(inside), inside[3], inside[19_999]) == (2, 1, 1)
    again = done(every.among(inside))
    assert list(again.part(0, 9)) == [3, 19_999]


class TestListing:
    @staticmethod
    def made() -> Installations:
        made = assigned([str((number + 1) * 7919 % 20_011) for number in range(20_000)])
        for place in range(0, 20_000, 2):
            made.states[place] = STATES.index(State.RETIRED)
        return made

    @pytest.mark.parametrize("text", ["", "99"])
    @pytest.mark.parametrize("is_from_the_end", [False, True])
    @pytest.mark.parametrize("states", [STATES, (State.ACTIVE,)])
    def test_it_is_in_the_order_of_the_table(self, text: str, states: Any, *, is_from_the_end: bool) -> None:
        made = self.made()
        index = Index(made, {}, str)
        orders: tuple[Order, ...] = (ByPlace(), ByComponent(made))
        for order in orders:
            everything = Places(order, done(order.arranged(len(made))))
            words = index.words(text)
            lists = list(listed(index, words, states, len(made), everything, is_from_the_end=is_from_the_end))
            joined = Places(order)
            for part in lists:
                joined.join(part, in_front=is_from_the_end)
            wanted = [place for place, one in enumerate(made) if text in one.serial and made.state_of(place) in states]
            assert list(joined.part(0, 20_000)) == sorted(wanted, key=order.key)
            assert len(lists) > 2
