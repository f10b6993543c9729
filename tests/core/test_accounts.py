"""Entries in words."""

from __future__ import annotations

import pytest

from uidmanager.core import events as e
from uidmanager.core.accounts import entry_in_words
from uidmanager.core.records import Scheme
from uidmanager.core.registry import Registry

ROOT = "1.2.826.0.1.3680043.2.50"


def entry(*events: e.Event, n: int = 1) -> e.Entry:
    return e.Entry(f"{n:064}", n, f"id-{n}", "2026-11-22T21:06:42.000000Z", "anna", "LINE-3", "0.1.0", None, events)


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    made.apply(entry(e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "r", "Acme", ROOT, Scheme())))
    made.apply(entry(e.ProductRegistered(1, "Viewer"), n=2))
    made.apply(entry(e.InstallationAssigned("007", "7", 1), n=3))
    return made


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (e.ProductRegistered(1, "Viewer"), "product registered: product 1, Viewer"),
        (e.ProductNameCorrected(1, "Viever", "Viewer"), "product name corrected: product 1, Viever → Viewer"),
        (e.InstallationAssigned("007", "7", 1), "installation assigned: 007"),
        (e.InstallationProductCorrected("7", 1, None), "installation product corrected: 007, Viewer → nothing"),
        (e.InstallationNoteCorrected("7", None, "demo"), "installation note corrected: 007, demo"),
        (e.InstallationSeen("7", "2026-11-21", "ct1", "ours"), "installation seen: 007, 2026-11-21, ct1: ours"),
        (e.InstallationVoided("7"), "installation voided: 007"),
    ],
)
def test_an_entry_with_one_event_tells_it(registry: Registry, event: e.Event, words: str) -> None:
    assert entry_in_words(registry, entry(event)) == words


def test_a_merged_entry_is_told_without_its_hash(registry: Registry) -> None:
    merged = e.EntryMerged(11, "0" * 64, "id", "2026-11-22T21:06:42.000000Z", "bob", "LINE-4", "0.1.0")
    told = entry_in_words(registry, entry(merged, e.InstallationAssigned("007", "7")))
    assert told == "entry merged: entry 11 of another history; installation assigned: 007"


def test_a_few_of_one_kind_are_all_named(registry: Registry) -> None:
    told = entry_in_words(registry, entry(*(e.InstallationAssigned(str(n), str(n)) for n in (8, 9, 10))))
    assert told == "3 × installation assigned: 8, 9, 10"


def test_of_many_of_one_kind_the_first_and_the_last_are_named(registry: Registry) -> None:
    told = entry_in_words(registry, entry(*(e.InstallationAssigned(str(n), str(n)) for n in range(8, 2008))))
    assert told == "2,000 × installation assigned: 8, 9, … 2007"


def test_kinds_that_are_mixed_in_one_entry_are_told_one_after_the_other(registry: Registry) -> None:
    told = entry_in_words(registry, entry(e.ProductRetired(1), e.InstallationVoided("7"), e.InstallationVoided("8")))
    assert told == "product retired: product 1 Viewer; 2 × installation voided: 007, 8"
