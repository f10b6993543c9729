"""Installations in columns behave as a dict of records would, whatever their serials look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from msgspec import structs

from uidmanager.core.components import Components, order_of_text
from uidmanager.core.installations import NO_PRODUCT, ODD_PRODUCT, ODD_SERIAL, STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import Installation, LabelState, Origin, State

if TYPE_CHECKING:
    from collections.abc import Sequence

ARC = "1.2.826.0.1.3680043.2.50.2"
AT = "2026-11-22T21:06:42.123456Z"
LONG = "123456789012345678901234567890"
COMPONENTS = st.one_of(
    st.integers(0, 40).map(str),
    st.integers(0, 2**64 + 5).map(str),
    st.sampled_from(["9" * 19, "9" * 20, "18446744073709551615", LONG, "007", "-1", "1_0", "٣", "A1", ""]),
    st.integers(0, 12).map("3.{}".format),
)
SERIALS = st.sampled_from(["", "0", "00", "0" * 254, "0" * 255, "0" * 300, "-", "٠"])
PRODUCTS = st.none() | st.sampled_from([0, 1, 7, 2**31 - 1, 2**31, 2**70, -1, -2])
PRINTS = st.sampled_from([1, 2, 61, 62, 63, 64, 2**40])
NOTES = st.none() | st.sampled_from(["", "a note", "another"])


def _some() -> Installations:
    """Four installations, of two entries."""
    origins = Origins()
    made = Installations(ARC, origins)
    origins.add(AT, "anna", "LINE-3")
    made.add("0372764", "372764", 2, None, 1)
    made.add("7", "7", None, "spare", 1)
    origins.add(AT, "ben", "LINE-3")
    made.add(LONG, LONG, 1, None, 2)
    made.add("SN 8", "8", 2**40, None, 2)
    return made


def test_each_is_made_as_it_was_assigned() -> None:
    first, second = Origin(1, AT, "anna", "LINE-3"), Origin(2, AT, "ben", "LINE-3")
    active = State.ACTIVE
    assert list(_some()) == [
        Installation("0372764", "372764", f"{ARC}.372764", 2, None, active, first),
        Installation("7", "7", f"{ARC}.7", None, "spare", active, first),
        Installation(LONG, LONG, f"{ARC}.{LONG}", 1, None, active, second),
        Installation("SN 8", "8", f"{ARC}.8", 2**40, None, active, second),
    ]


def test_is_found_by_its_component_and_by_its_place() -> None:
    made = _some()
    for place, installation in enumerate(list(made)):
        assert made.get(installation.component) == made[place]
        assert made.place_of(installation.component) == place
    assert (made.place_of("9"), made.get("0372764"), made.get("x" * 30)) == (None, None, None)
    for place in (-1, 4):
        with pytest.raises(IndexError):
            _ = made[place]


def test_a_field_can_be_asked_for_alone() -> None:
    made = _some()
    for place, kept in enumerate(made):
        asked = (made.serial_text(place), made.component_text(place), made.uid_text(place), made.product_of(place))
        assert asked == (kept.serial, kept.component, kept.uid, kept.product)
        assert (made.note_of(place), made.state_of(place), made.entry_of(place)) == (
            kept.note,
            kept.state,
            kept.origin.entry,
        )
        assert made.origins[made.entry_of(place)] == kept.origin


def test_whole_columns_are_there_for_who_searches_and_sorts() -> None:
    made = _some()
    assert list(made.components.numbers) == [372764, 7, 0, 8]
    assert made.components.texts == {2: LONG}
    assert (list(made.zeros), made.odd_serials) == ([1, 0, 0, ODD_SERIAL], {3: "SN 8"})
    assert list(made.products) == [2, NO_PRODUCT, 1, ODD_PRODUCT]
    assert (list(made.entries), made.notes) == ([1, 1, 2, 2], {1: "spare"})
    assert [STATES[code] for code in made.states] == [State.ACTIVE] * 4
    origins = made.origins
    assert [(origins.names[by], origins.names[at]) for by, at in zip(origins.by, origins.stations, strict=True)] == [
        ("anna", "LINE-3"),
        ("ben", "LINE-3"),
    ]


def test_a_component_is_given_once() -> None:
    made = _some()
    for component in ("7", LONG, "372764"):
        assert made.add("0" + component, component, None, None, 2) is None
    assert len(made) == len(made.states) == 4


def test_product_note_and_state_change_and_nothing_else_does() -> None:
    made = _some()
    for place, kept in enumerate(list(made)):
        for changed in (
            structs.replace(kept, product=5, note="moved", state=State.RETIRED),
            structs.replace(kept, product=None, note=None, state=State.VOID),
            structs.replace(kept, product=2**40, state=State.ACTIVE),
        ):
            made.put(changed)
            assert made[place] == changed


def test_a_copy_holds_still_and_can_go_its_own_way() -> None:
    made = _some()
    before = list(made)
    still = made.still(made.origins.still())
    made.origins.add(AT, "cleo", "LINE-4")
    for component in ("9", "9" * 30):
        made.add(component + "x", component, 3, "new", 3)
    made.put(structs.replace(made[1], note="another", product=2**50, state=State.VOID))
    assert (list(still), still.get("9"), still.get("9" * 30)) == (before, None, None)
    assert list(still.in_order()) == [1, 3, 0, 2]
    still.origins.add("later", "dora", "LINE-5")
    for place, component in enumerate(("9" * 30, "9"), 4):
        assert still.add(component, component, None, None, 3) == place
        assert still[place].origin == Origin(3, "later", "dora", "LINE-5")
        assert still.place_of(component) == place
    assert [made[place].origin.by for place in range(len(made))] == ["anna", "anna", "ben", "ben", "cleo", "cleo"]
    assert [still.place_of(kept.component) for kept in before] == [0, 1, 2, 3]
    assert list(still)[:4] == before


def test_a_change_of_what_is_not_there_is_refused() -> None:
    made = _some()
    with pytest.raises(KeyError):
        made.put(structs.replace(made[0], component="5"))


def test_very_many_prints_come_back_from_an_image_and_are_not_those_of_a_copy() -> None:
    made = _some()
    made.put(structs.replace(made[1], prints=62, label=LabelState.CHECKED))
    made.put(structs.replace(made[2], prints=63, label=LabelState.LABELLED))
    made.put(structs.replace(made[3], prints=10_000))
    still = made.still(made.origins)
    again = Installations.from_image(made.image(), ARC, made.origins)
    made.put(structs.replace(made[3], prints=10_001))
    assert [(kept.prints, kept.label.value) for kept in still] == [
        (0, "assigned"),
        (62, "checked"),
        (63, "labelled"),
        (10_000, "assigned"),
    ]
    assert list(again) == list(still)
    assert made.prints_of(3) == 10_001


def test_the_order_is_that_of_the_components_as_numbers() -> None:
    made = _some()
    assert [made.component_text(place) for place in made.in_order()] == ["7", "8", "372764", LONG]


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
@given(components=st.lists(COMPONENTS, unique=True, max_size=60), settled=st.lists(st.integers(0, 60), max_size=3))
@settings(deadline=None)
def test_components_keep_their_places_whenever_they_are_sorted(
    step: int, components: list[str], settled: list[int]
) -> None:
    held = Components(step)
    for place, component in enumerate(components):
        if place in settled:
            for _ in held.settle():
                _check_components(held, components[:place])
            assert held.unsettled == 0
        assert held.add(component) == place
        assert held.add(component) is None
    _check_components(held, components)


def _check_components(held: Components, components: Sequence[str]) -> None:
    assert len(held) == len(components)
    assert [held.text(place) for place in range(len(held))] == components
    assert [held.place_of(component) for component in components] == list(range(len(held)))
    short = [c for c in components if c.isascii() and c.isdigit() and str(int(c)) == c and len(c) < 20]
    odd = [c for c in components if c not in short]
    assert [held.text(p) for p in held.in_order()] == [*sorted(short, key=int), *sorted(odd, key=order_of_text)]
    for column in ([True] * len(components), [len(component) % 2 == 0 for component in components]):
        meant = [c for c, is_meant in zip(components, column, strict=True) if is_meant]
        numbers = [*sorted(filter(short.__contains__, meant), key=int), *sorted(_long(meant, short), key=order_of_text)]
        place = held.highest(column, True)
        assert (None if place is None else held.text(place)) == (numbers[-1] if numbers else None)
    assert held.highest() == held.highest([1] * len(components), 1)


def _long(components: Sequence[str], short: Sequence[str]) -> list[str]:
    return [component for component in components if component not in short and "." not in component]


def test_components_that_hold_still_do_not_find_what_came_later() -> None:
    held = Components()
    for component in ("1", LONG):
        held.add(component)
    still = held.still()
    for component in ("2", "9" * 20):
        held.add(component)
    assert [still.place_of(component) for component in ("1", LONG, "2", "9" * 20)] == [0, 1, None, None]


def test_what_is_added_while_others_are_sorted_is_left_for_the_next_time() -> None:
    held = Components(2)
    for component in "31524":
        held.add(component)
    for step, _ in enumerate(held.settle()):
        held.add(str(100 - step))
    held.add(LONG)
    later = held.unsettled
    assert later > 1
    _check_components(held, [*"31524", *(str(100 - step) for step in range(later - 1)), LONG])


@given(times=st.lists(st.text(max_size=30) | st.just(AT), max_size=9), who=st.lists(st.sampled_from("abc"), min_size=9))
def test_an_origin_comes_back_as_it_was(times: list[str], who: list[str]) -> None:
    origins = Origins()
    added = [origins.add(at, by, by + "!") for at, by in zip(times, who, strict=False)]
    assert [origins[entry] for entry in range(1, len(origins) + 1)] == added
    assert [origin.at for origin in added] == times
    for entry in (0, len(times) + 1):
        with pytest.raises(IndexError):
            _ = origins[entry]


class InstallationsMachine(RuleBasedStateMachine):
    """Columns beside a dict of records; copies that were told to hold still beside what they were."""

    stills = Bundle("stills")

    def __init__(self) -> None:
        super().__init__()
        self.origins = Origins()
        self.columns = Installations(ARC, self.origins)
        self.model: dict[str, Installation] = {}

    @rule(component=COMPONENTS, before=SERIALS, product=PRODUCTS, note=NOTES, is_new=st.booleans())
    def add(self, component: str, before: str, product: int | None, note: str | None, is_new: bool) -> None:  # noqa: FBT001
        if is_new or not len(self.origins):
            self.origins.add(AT, "anna", f"station {len(self.origins) % 3}")
        origin = self.origins[len(self.origins)]
        serial = before + component
        place = self.columns.add(serial, component, product, note, origin.entry)
        assert (place is None) == (component in self.model)
        if place is not None:
            uid = f"{ARC[:-1]}{component}" if "." in component else f"{ARC}.{component}"
            self.model[component] = Installation(serial, component, uid, product, note, State.ACTIVE, origin)

    @rule(at=st.integers(0, 50), product=PRODUCTS, note=NOTES, state=st.sampled_from(State))
    def change(self, at: int, product: int | None, note: str | None, state: State) -> None:
        for component in list(self.model)[at % (len(self.model) or 1) :][:1]:
            changed = structs.replace(self.model[component], product=product, note=note, state=state)
            self.columns.put(changed)
            self.model[component] = changed

    @rule(at=st.integers(0, 50), prints=PRINTS, label=st.sampled_from(LabelState))
    def label(self, at: int, prints: int, label: LabelState) -> None:
        for component in list(self.model)[at % (len(self.model) or 1) :][:1]:
            changed = structs.replace(self.model[component], prints=prints, label=label)
            self.columns.put(changed)
            self.model[component] = changed

    @rule(product=PRODUCTS)
    def the_highest(self, product: int | None) -> None:
        of_product = [kept for kept in self.model.values() if product in {None, kept.product}]
        place = self.columns.highest(product)
        components = {kept.component for kept in of_product if "." not in kept.component}
        if components - {"007", "-1", "1_0", "٣", "A1", ""} == components:
            highest = max(map(int, components), default=None)
            assert (None if place is None else int(self.columns.component_text(place))) == highest

    @rule()
    def settle(self) -> None:
        for _ in self.columns.settle():
            pass

    @rule(target=stills)
    def hold_still(self) -> tuple[Installations, list[Installation]]:
        return self.columns.still(self.origins.still()), list(self.model.values())

    @rule(still=stills)
    def a_still_one_is_what_it_was(self, still: tuple[Installations, list[Installation]]) -> None:
        columns, model = still
        assert list(columns) == model
        assert [columns.get(kept.component) for kept in model] == model
        assert [columns.get(component) for component in self.model][len(model) :] == [None] * (
            len(self.model) - len(model)
        )

    @rule(still=consumes(stills), component=COMPONENTS)
    def a_still_one_can_go_its_own_way(self, still: tuple[Installations, list[Installation]], component: str) -> None:
        columns, model = still
        origin = columns.origins.add("later", "ben", "station 9")
        place = columns.add(component, component, None, None, origin.entry)
        assert (place is None) == (component in {kept.component for kept in model})
        if place is not None:
            assert columns[place].origin == origin
        assert list(columns)[: len(model)] == model

    @invariant()
    def is_as_the_dict_says(self) -> None:
        assert list(self.columns) == list(self.model.values())
        assert [self.columns.get(component) for component in self.model] == list(self.model.values())


TestInstallations = InstallationsMachine.TestCase
TestInstallations.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
