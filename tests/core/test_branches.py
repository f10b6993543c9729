"""Two histories side by side."""

from __future__ import annotations

import pytest

from uidmanager.core.branches import Endangered, compare, last_common, registry_id
from uidmanager.core.events import (
    FORMAT,
    FORMAT_VERSION,
    Entry,
    Event,
    InstallationAssigned,
    ProductRegistered,
    ProductRetired,
    RegistryFounded,
    ReleaseRegistered,
)
from uidmanager.core.records import Scheme

FOUNDING = RegistryFounded(FORMAT, FORMAT_VERSION, "registry-1", "Acme", "1.2.826.0.1.3680043.2.50", Scheme())


def history(*events: Event, after: list[Entry] | None = None, branch: str = "a") -> list[Entry]:
    entries = list(after or [])
    for event in events:
        n = len(entries) + 1
        entries.append(
            Entry(f"{branch}{n}", n, f"{branch}{n}", "2026-11-22T21:06:42.000000Z", "anna", "L", "0", None, (event,))
        )
    return entries


COMMON = history(FOUNDING, ProductRegistered(1, "Viewer"))


def test_equal_histories_have_all_in_common() -> None:
    found = compare(COMMON, COMMON)
    assert (found.common, found.left, found.right, found.endangered) == (2, [], [], ())
    assert not found.have_parted


def test_one_that_went_on_has_what_the_other_lacks() -> None:
    longer = history(ProductRetired(1), after=COMMON)
    found = compare(COMMON, longer)
    assert (found.common, found.left, found.right) == (2, [], longer[2:])
    assert not found.have_parted


def test_numbers_given_in_both_are_endangered_and_clash_when_they_mean_two_things() -> None:
    left = history(
        InstallationAssigned("07", "7"), ProductRegistered(2, "CT"), InstallationAssigned("9", "9"), after=COMMON
    )
    right = history(
        InstallationAssigned("7", "7"), ProductRegistered(2, "CT"), ProductRegistered(3, "MR"), after=COMMON, branch="b"
    )
    found = compare(left, right)
    assert found.have_parted
    assert found.endangered == (
        Endangered("installation", "7", "07 (no product)", "7 (no product)"),
        Endangered("product", "2", "CT", "CT"),
    )
    assert [each.is_clash for each in found.endangered] == [True, False]


def test_a_release_in_both_is_endangered() -> None:
    left = history(ReleaseRegistered(1, "v4.5", "4.5", "V_4.5"), after=COMMON)
    right = history(ReleaseRegistered(1, "4.5", "4.5", "V_45"), after=COMMON, branch="b")
    (found,) = compare(left, right).endangered
    assert found == Endangered("release", "1.4.5", "v4.5 (V_4.5)", "4.5 (V_45)")


@pytest.mark.parametrize("common", range(6))
def test_the_last_common_entry_is_found_wherever_it_is(common: int) -> None:
    shared = history(*[FOUNDING] * common)
    left = history(*[FOUNDING] * 3, after=shared, branch="l")
    right = history(*[FOUNDING] * 4, after=shared, branch="r")
    assert last_common(left, right) == last_common(right, left) == common


def test_a_history_without_beginning_is_of_no_registry() -> None:
    assert registry_id([]) == ""
    assert registry_id(COMMON) == "registry-1"
    assert registry_id(history(ProductRetired(1))) == ""
