"""What is found is what a plain look at every field finds, whatever the serials, the words and the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from uidmanager.core.finding import Index, stretch
from uidmanager.core.installations import LABEL_STATES, STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import Installation, LabelState, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ARC = "1.2.826.2"
PEOPLE = ("anna", "Ben Anders")
STATIONS = ("LINE-3", "anna")
AT = ("2026-11-22T21:06:42.123456Z", "2025-01-02T03:04:05.678901Z")
PRODUCTS = {1: "Viewer 26", 2: "CT Console", 300: "viewer", 70_000: "Ware 37", -4: "Odd", 2**70: "Far out"}


def said(at: str) -> str:
    """A time as people read it."""
    return at[:16].replace("T", " ")


def empty() -> Installations:
    origins = Origins()
    for at, by, station in zip(AT, PEOPLE, STATIONS, strict=True):
        origins.add(at, by, station)
    return Installations(ARC, origins)


def index_of(installations: Installations) -> Index:
    return Index(installations, PRODUCTS, said)


def found(index: Index, text: str, states: Sequence[State] = STATES) -> list[int]:
    count = len(index.installations)
    return [place for one in index.find(index.words(text), count, states) for place in one.places()]


def fields(one: Installation) -> list[str]:
    product = "" if one.product is None else PRODUCTS.get(one.product, "")
    origin = one.origin
    return [one.serial, one.uid, product, origin.by, origin.station, one.state.value, one.note or ""]


def plainly(installations: Iterable[Installation], text: str, states: Sequence[State] = STATES) -> list[int]:
    """The same, written so that it is plainly right."""

    def stands(word: str, one: Installation) -> bool:
        is_of_its_label = one.label.value.startswith(word)
        is_of_a_time = not set(word) - set("0123456789-:") and set(word) & set("-:")
        return (
            is_of_its_label
            or any(word in field.casefold() for field in fields(one))
            or (bool(is_of_a_time) and word in said(one.origin.at))
        )

    words = text.casefold().split()
    return [
        place
        for place, one in enumerate(installations)
        if one.state in states and all(stands(word, one) for word in words)
    ]


Row = tuple[str, str, int | None, str | None, int, State, tuple[LabelState, int]]
COMPONENTS = st.one_of(
    st.integers(0, 60).map(str),
    st.integers(10**5, 10**5 + 300).map(str),
    st.sampled_from(["9" * 19, "9" * 20, "37" * 15, "A1", "ß2", ""]),
    st.sampled_from(["3.1", "3.17", "3.2", "3.137", "30.2", "0.1"]),
)
OF_ITS_OWN = "="  # before a serial that has nothing of its component
ROWS = st.lists(
    st.tuples(
        COMPONENTS,
        st.sampled_from(["", "0", "000", "0" * 255, "SN ", "ẞ", "=SN-A17", "=sn/a2.1", "=37\0A", "=ẞ-1"]),
        st.sampled_from([None, *PRODUCTS, 5]),
        st.sampled_from([None, "", "Demo room 37", "two\nlines", "straße"]),
        st.sampled_from([1, 1, 2]),
        st.sampled_from(STATES),
        st.sampled_from([(label, prints) for label in LABEL_STATES for prints in (0, 1, 62, 63, 64)]),
    ),
    max_size=30,
)
PIECES = st.sampled_from(["37", "1", "2", "0", "26", "826.2.3", ".2.1", "1.2.", "6.2.a1", "viewer", "an", "line-3"])
PIECES |= st.sampled_from(["sn-a", "26.3.1", "6.3", ".3.", "3.1", "2.3.", "826.", "/A2", "26.30", "\0a", "ss-"])
PIECES |= st.sampled_from(["chec", "labelled"])
TEXTS = st.lists(PIECES | st.text("0129.-:avest ", min_size=1, max_size=4), max_size=3).map(" ".join)


def serial_of(before: str, component: str) -> str:
    return before[1:] if before.startswith(OF_ITS_OWN) else before + component


def with_rows(rows: list[Row]) -> Installations:
    made = empty()
    for component, zeros, product, note, entry, state, (label, prints) in rows:
        if made.add(serial_of(zeros, component), component, product, note, entry) is not None:
            made.put(structs.replace(made[len(made) - 1], state=state, label=label, prints=prints))
    return made


@settings(max_examples=300)
@given(rows=ROWS, text=TEXTS, states=st.sampled_from([STATES, (State.ACTIVE,), (State.VOID, State.RETIRED), ()]))
def test_what_stands_in_any_field_is_found_and_nothing_else(
    rows: list[Row], text: str, states: Sequence[State]
) -> None:
    made = with_rows(rows)
    index = index_of(made)
    assert found(index, text, states) == plainly(made, text, states)
    words = index.words(text)
    assert [place for place in range(len(made)) if index.has(place, words)] == plainly(made, text)


def test_what_does_not_fit_into_a_column_is_found_as_well() -> None:
    made = empty()
    for serial, component in (("SN 7", "7"), ("8", "8"), ("0A1", "A1")):
        made.add(serial, component, None, None, 1)
    index = index_of(made)
    assert [found(index, text) for text in ("sn", "6.2.7", "6.2.8", "826.2.a", "far")] == [[0], [0], [1], [2], []]
    made.put(structs.replace(made[1], product=2**70))
    index.renew(1)
    assert found(index, "far") == [1]


@pytest.mark.parametrize(
    ("text", "places"),
    [("2025", []), ("2025-01", [1]), ("03:04 8", [1]), ("-", [0, 1]), ("ben", [1]), ("line-3", [0]), ("demo 7", [0])],
)
def test_a_word_with_a_dash_or_a_colon_is_looked_for_in_times_as_well(
    text: str, places: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretch, "_STEP", 1)
    made = empty()
    made.add("7", "7", None, "Demo room", 1)
    made.add("8", "8", None, None, 2)
    assert found(index_of(made), text) == plainly(made, text) == places
    index = index_of(made)
    assert [place for place in range(2) if index.has(place, index.words(text))] == places


@given(rows=ROWS, more=ROWS, text=TEXTS, product=st.sampled_from([None, *PRODUCTS]), note=st.sampled_from([None, "37"]))
def test_what_came_and_what_changed_afterwards_is_found_as_it_is_now(
    rows: list[Row],
    more: list[Row],
    text: str,
    product: int | None,
    note: str | None,
) -> None:
    made = with_rows(rows)
    index = index_of(made)
    found(index, "x")
    for component, zeros, other, said_of_it, entry, _state, _label in more:
        made.add(serial_of(zeros, component), component, other, said_of_it, entry)
    for place in range(0, len(made), 3):
        put = structs.replace(made[place], product=product, note=note, state=State.VOID)
        made.put(structs.replace(put, label=LabelState.CHECKED, prints=2))
        index.renew(place)
    assert found(index, text) == plainly(made, text)


@given(rows=ROWS, serial=st.text("013790sn -a", max_size=3), component=st.text("1379.", max_size=3))
def test_what_begins_so_is_found_by_serial_and_by_component(rows: list[Row], serial: str, component: str) -> None:
    made = with_rows(rows)
    beginning = index_of(made).beginning(serial, component, len(made))
    assert [place for one in beginning for place in one.places()] == [
        place
        for place, one in enumerate(made)
        if one.serial.casefold().startswith(serial) or one.component.startswith(component)
    ]


@pytest.fixture(scope="module")
def many() -> Installations:
    """More than two stretches."""
    made = empty()
    for number in range(20_000):
        made.add(f"0{number + 1}", str(number + 1), number % 300, f"no {number}" if number % 7 == 0 else None, 1)
    return made


@pytest.mark.parametrize("text", ["37", "no 199", "viewer", "2.199", "00"])
def test_many_are_found_as_few_are(many: Installations, text: str) -> None:
    assert found(index_of(many), text) == plainly(many, text)


def test_the_newest_come_first_when_they_are_asked_for_first(many: Installations) -> None:
    index = index_of(many)
    found_first = [one for one in index.find(index.words("1999"), len(many), is_newest_first=True) if one.rows]
    assert [list(one.places()) for one in found_first] == [[19_989 + n for n in range(10)] + [19_999], [11_998], [1998]]
    assert found_first[0].start > found_first[1].start


def test_what_comes_after_the_places_that_are_asked_for_is_not_found(many: Installations) -> None:
    index = index_of(many)
    found(index, "1")
    for count in (0, 1, 1998, 1999, 9000):
        assert [p for one in index.find(index.words("1999"), count) for p in one.places()] == [
            place for place in (1998,) if place < count
        ]
        assert sum(one.rows.bit_count() for one in index.beginning("01", "1", count)) == len(
            [n for n in range(1, count + 1) if str(n).startswith("1")]
        )


def test_an_index_that_was_made_beforehand_has_nothing_left_to_take_in(many: Installations) -> None:
    index = index_of(many)
    before = len(list(index.find(index.words("37"), len(many))))
    fresh = index_of(many)
    assert len(list(fresh.make(len(many)))) > 5
    assert len(list(fresh.find(fresh.words("37"), len(many)))) == 3 < before
    assert list(fresh.make(len(many))) == []


def test_a_change_of_what_is_not_taken_in_yet_needs_no_telling(many: Installations) -> None:
    index = index_of(many)
    index.renew(5)
    assert found(index, "37") == plainly(many, "37")


def test_a_label_is_found_by_how_its_state_begins() -> None:
    made = empty()
    for number, label in enumerate(LABEL_STATES, 7):
        made.add(str(number), str(number), None, None, 1)
        made.put(structs.replace(made[len(made) - 1], label=label, prints=1))
    index = index_of(made)
    asked = ("assigned", "lab", "CHECKED", "c", "signed", "elled")
    assert [found(index, text) for text in asked] == [[0], [1], [2], [0, 1, 2], [], []]
