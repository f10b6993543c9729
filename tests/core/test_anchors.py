"""What a ledger's head, written down elsewhere, shows of a ledger that is consistent in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from uidmanager.core.anchors import Anchor, anchor_from_hash, anchor_of, departure, is_well_formed
from uidmanager.core.events import FORMAT, FORMAT_VERSION, Entry, ProductRegistered, RegistryFounded
from uidmanager.core.records import Scheme
from uidmanager.core.registry import Registry, fold

if TYPE_CHECKING:
    from uidmanager.core.events import Event


def _entry(n: int, event: Event) -> Entry:
    return Entry(f"{n:064x}", n, f"id-{n}", "2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.1.0", None, (event,))


def _entries(count: int, registry: str = "mine") -> list[Entry]:
    founding = RegistryFounded(FORMAT, FORMAT_VERSION, registry, "Acme", "1.2.826.0.1.3680043.2.50", Scheme())
    return [_entry(1, founding), *(_entry(n, ProductRegistered(n - 1, f"P{n}")) for n in range(2, count + 1))]


def test_a_registry_extends_its_own_anchor_and_those_before_it() -> None:
    for count in range(1, 6):
        anchor = anchor_of(fold(_entries(count)))
        assert anchor == Anchor(f"{count:064x}", count, "mine")
        assert departure(fold(_entries(5)), anchor) is None
        assert departure(fold(_entries(5)), Anchor(anchor.head)) is None


def test_a_tail_that_was_cut_off_is_seen() -> None:
    anchor = anchor_of(fold(_entries(5)))
    assert departure(fold(_entries(4)), anchor) == "has 4 entries; when the anchor was made it had 5"
    assert "no entry with the hash 000000000000…" in str(departure(fold(_entries(4)), Anchor(anchor.head)))


def test_an_entry_told_otherwise_is_seen_though_more_follow() -> None:
    anchor = anchor_of(fold(_entries(4)))
    rewritten = [*_entries(3), *(structs.replace(each, h="f" * 64) for each in _entries(6)[3:])]
    assert "tells entry 4 otherwise" in str(departure(fold(rewritten), anchor))
    assert departure(fold(rewritten), Anchor(anchor.head)) is not None


def test_another_registry_is_named_as_such() -> None:
    anchor = anchor_of(fold(_entries(3, "another")))
    assert "another registry" in str(departure(fold(_entries(3)), anchor))


def test_nothing_at_all_extends_no_anchor() -> None:
    assert departure(Registry(), Anchor("a" * 64, 1, "mine")) == "has 0 entries; when the anchor was made it had 1"
    with pytest.raises(LookupError):
        anchor_of(Registry())


@pytest.mark.parametrize("text", ["A" * 64, f" {'a' * 64}\n"])
def test_a_hash_is_taken_as_people_copy_it(text: str) -> None:
    assert anchor_from_hash(text) == Anchor("a" * 64)


@pytest.mark.parametrize("text", ["", "a" * 63, "a" * 65, "g" * 64, "monday.anchor", "１" * 64])
def test_what_is_no_hash(text: str) -> None:
    assert anchor_from_hash(text) is None


@pytest.mark.parametrize(
    ("anchor", "is_good"),
    [
        (Anchor("a" * 64, 1), True),
        (Anchor("a" * 64), True),
        (Anchor("a" * 64, 0), False),
        (Anchor("a" * 64, -3), False),
        (Anchor("A" * 64, 1), False),
        (Anchor("", 1), False),
    ],
)
def test_the_form_of_an_anchor(anchor: Anchor, is_good: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert is_well_formed(anchor) is is_good
