"""Entries that only assign are taken in many at once; it makes no difference, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.conftest import ROOT
from uidmanager.core import events as e
from uidmanager.core.entries import EntryList, head_at
from uidmanager.core.errors import ContradictionError
from uidmanager.core.records import Scheme
from uidmanager.core.registry import Registry, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AT = "2026-11-22T21:06:42.123456Z"
FOUNDED = e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "r", "Acme", ROOT, Scheme())
PRODUCTS: tuple[e.Event, ...] = tuple(
    e.ProductRegistered(number, f"product {number}") for number in (0, 1, 2**31 - 1, 2**31, -1)
)
ODD = ["9" * 19, "9" * 20, "1" * 5000, "007", "-1", "A1", "", "٣"]


def _entries(*events: Iterable[e.Event], at: str = AT) -> list[e.Entry]:
    all_events: list[Iterable[e.Event]] = [(FOUNDED,), PRODUCTS, *events]
    return [
        e.Entry(f"{n:064x}", n, f"id-{n}", at, f"user {n % 3}", "LINE-3", "0.1.0", None, tuple(each))
        for n, each in enumerate(all_events, 1)
    ]


def _one_by_one(entries: Sequence[e.Entry]) -> tuple[Registry, str]:
    registry = Registry()
    try:
        for entry in entries:
            registry._follow(entry)
            registry.entries.extend([entry])
    except ContradictionError as contradiction:
        return _one_by_one(registry.entries)[0], str(contradiction)
    return registry, ""


def _many_at_once(entries: Sequence[e.Entry]) -> tuple[Registry, str]:
    registry = Registry()
    try:
        registry.extend(entries)
    except ContradictionError as contradiction:
        return fold(registry.entries), str(contradiction)
    return registry, ""


def _check_same(entries: Sequence[e.Entry]) -> Registry:
    (one, why), (many, why_too) = _one_by_one(entries), _many_at_once(entries)
    assert why == why_too
    assert (one.head, one.position, list(one.entries)) == (many.head, many.position, list(many.entries))
    assert list(one.installations) == list(many.installations)
    for installation in one.installations:
        assert many.installation(installation.component) == installation
        assert [entry.n for entry in many.history_of(installation)] == [
            entry.n for entry in one.history_of(installation)
        ]
    return many


ASSIGNED = st.builds(
    lambda component, before, product, note: e.InstallationAssigned(before + component, component, product, note),
    st.integers(0, 60).map(str) | st.integers(0, 2**64).map(str) | st.sampled_from(ODD),
    st.sampled_from(["", "", "", "0", "000", "0" * 255, "x", "+"]),
    st.sampled_from([None, None, 0, 1, 2**31 - 1, 2**31, -1, 5]),
    st.sampled_from([None, None, "a note"]),
)
OTHERS = st.integers(0, 60).map(str).map(e.InstallationRetired) | st.just(FOUNDED)
SOME = st.lists(ASSIGNED, min_size=1, max_size=4) | st.lists(OTHERS | ASSIGNED, max_size=3)


@given(events=st.lists(SOME, max_size=8), times=st.sampled_from([AT, "then", "ü" * 27]))
@settings(deadline=None, max_examples=300)
def test_one_by_one_or_many_at_once_is_the_same(events: list[list[e.Event]], times: str) -> None:
    _check_same(_entries(*events, at=times))


def _assigned(*serials: str, product: int | None = None) -> list[e.Event]:
    return [e.InstallationAssigned(serial, serial.lstrip("0") or "0", product) for serial in serials]


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([_assigned("1", "2"), _assigned("03", "0", "000000000000000004")], id="all plain"),
        pytest.param([_assigned("1"), _assigned("2", "1")], id="one given twice"),
        pytest.param([_assigned("1"), _assigned("2", "02")], id="one given twice by its zeros"),
        pytest.param([_assigned("1"), _assigned("2", product=9)], id="one of no product"),
        pytest.param([_assigned("1"), _assigned("2", product=-1), _assigned("3", product=1)], id="a product below 0"),
        pytest.param([_assigned("1"), _assigned("2", product=2**31), _assigned("3", product=1)], id="a large product"),
        pytest.param([_assigned("1"), _assigned("0" * 255 + "2"), _assigned("9" * 20)], id="odd serials"),
        pytest.param([_assigned("1"), [e.InstallationAssigned("SN 2", "2")], _assigned("3")], id="another text"),
        pytest.param([_assigned("1"), [e.InstallationAssigned("-2", "-2")]], id="less than nothing"),
        pytest.param([_assigned("1"), [e.InstallationAssigned("x", "x")]], id="no number"),
        pytest.param([_assigned("1"), [e.InstallationAssigned("02", "02")]], id="a component with a zero"),
    ],
)  # fmt: skip
def test_each_oddity_is_looked_at_more_closely(events: list[list[e.Event]]) -> None:
    _check_same(_entries(*events))


@pytest.mark.parametrize("at", ["then", "ü" * 27])
def test_times_that_no_ledger_has_are_kept_all_the_same(at: str) -> None:
    _check_same(_entries(_assigned("1"), _assigned("2"), _assigned("3"), at=at))


def test_what_is_there_already_is_found_once_it_is_sorted_as_well() -> None:
    many = _assigned(*map(str, range(100, 120)))
    entries = _entries(_assigned("1", "2", "3"), _assigned("4"), [*many, *_assigned("5", "2")])
    registry = fold(entries[:3])
    for _ in registry.settle():
        pass
    registry.extend(entries[3:4])
    with pytest.raises(ContradictionError, match="installation 2 is there already"):
        registry.extend(entries[4:])
    assert list(registry.entries) == entries[:4]


def test_the_order_of_entries_is_checked_before_all_else() -> None:
    entries = _entries(_assigned("1"), _assigned("2"), _assigned("3"))
    for wrong in ([*entries[:3], entries[4]], [entries[2]], entries[:3] + entries[2:]):
        _check_same(wrong)


def test_a_copy_that_holds_still_can_take_in_many_at_once() -> None:
    change: list[e.Event] = [e.InstallationRetired("2")]
    entries = _entries(_assigned("1"), _assigned("2"), change, _assigned("3"), _assigned("4"))
    again = fold(entries[:5]).still()
    again.extend(entries[5:])
    registry = fold(entries[:4])
    still = registry.still()
    registry.extend(entries[4:])
    other = [structs.replace(entry, by="ben", h="f" * 64) for entry in entries[4:]]
    still.extend([structs.replace(other[0], events=(e.InstallationReinstated("2"),)), *other[1:]])
    held, held_there = registry.installation("2"), still.installation("2")
    assert held is not None
    assert held_there is not None
    assert [entry.n for entry in registry.history_of(held)] == [4, 5]
    assert [entry.by for entry in still.history_of(held_there)][-1] == "ben"
    assert [kept.component for kept in still.installations] == ["1", "2", "3", "4"]
    assert list(again.installations) == list(registry.installations)
    assert [kept.origin.by for kept in still.installations][2:] == ["ben", "ben"]


def test_a_list_and_entries_of_any_kind_are_asked_for_heads_alike() -> None:
    entries = _entries(_assigned("1"))
    assert head_at(entries, 2) == head_at(EntryList(entries), 2) == f"{2:064x}"
