"""What a ledger says of an import is taken in as it stands there, or stops whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec import structs

from tests.core.conftest import ROOT, Book
from tests.core.merging.histories import acme
from tests.core.test_image import kept
from tests.core.transfer.carrying import PAPER, carried, entries_of, imported
from uidmanager.core import events as e
from uidmanager.core.accounts import account_of, entry_in_words
from uidmanager.core.branches import compare
from uidmanager.core.entries import EntryList
from uidmanager.core.errors import ContradictionError
from uidmanager.core.merging.planning import plan
from uidmanager.core.records import NumberKind, Past, Scheme, State
from uidmanager.core.registry import Registry, fold
from uidmanager.core.transfer.importing import import_events

if TYPE_CHECKING:
    from uidmanager.core.events import Event

PAST = Past(4, "2024-03-01T09:00:00.000000Z", "clara", "OLD-1")
ENDED = structs.replace(PAST, at="2025-05-06T09:00:00.000000Z", why="Scrapped")
FOUNDED = e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "registry-2", "Acme", ROOT, Scheme())
IMPORTED = e.RegistryImported("acme.json", "d" * 64, "registry-1", 9, "e" * 64, PAST.at, "clara", "OLD-1", "0.2.0")
BEGINNING: list[tuple[Event, ...]] = [(FOUNDED, IMPORTED), (e.ProductImported(2, "CT Console", PAST),)]


def made(*more: tuple[Event, ...]) -> Registry:
    return fold(entries_of([*BEGINNING, *more]))


def machine(serial: int, state: State = State.ACTIVE) -> e.InstallationImported:
    changed = None if state is State.ACTIVE else ENDED
    return e.InstallationImported(f"0{serial}", str(serial), PAST, 2, None, state, changed)


@pytest.mark.parametrize("many", [1, 20])
def test_many_at_once_are_taken_in_as_one_by_one(many: int) -> None:
    states = (State.ACTIVE, State.VOID, State.RETIRED)
    machines = tuple(machine(serial, states[serial % 3]) for serial in range(1, many + 1))
    registry = made(machines, (machine(100), machine(101)))
    assert [(it.serial, it.state) for it in registry.installations][:many] == [(m.serial, m.state) for m in machines]
    assert {it.origin.entry for it in registry.installations} == {3, 4}
    assert registry.imported == 4
    assert registry.source == IMPORTED


@pytest.mark.parametrize("many", [1, 20])
@pytest.mark.parametrize(
    "odd",
    [
        machine(5, State.WITHDRAWN),
        structs.replace(machine(5), changed=ENDED),
        structs.replace(machine(5, State.VOID), changed=None),
        machine(6),
        structs.replace(machine(5), product=9),
    ],
)
def test_a_state_that_cannot_be_or_a_number_twice_stops_the_fold(many: int, odd: Event) -> None:
    others = tuple(machine(serial) for serial in range(6, 6 + many))
    with pytest.raises(ContradictionError) as told:
        made((*others, odd))
    assert told.value.entry == 3


@pytest.mark.parametrize(
    "entries",
    [
        [(FOUNDED,), (IMPORTED,)],
        [(FOUNDED, IMPORTED, IMPORTED)],
        [(FOUNDED,), (e.ProductImported(2, "CT Console", PAST),)],
        [(FOUNDED,), tuple(machine(n) for n in range(20))],
        [*BEGINNING, (e.ProductRegistered(3, "MR"),), (machine(5),)],
        [*BEGINNING, (e.ProductRegistered(3, "MR"),), tuple(machine(n) for n in range(20))],
        [*BEGINNING, (e.ProductRegistered(3, "MR"),), (e.GivenUpImported(NumberKind.PRODUCT, "7", "US", PAST),)],
        [*BEGINNING, (e.ProductImported(3, "MR", PAST, state=State.VOID, changed=ENDED),)],
        [*BEGINNING, (e.ReleaseImported(2, "1", "1", "ONE", PAST, state=State.RETIRED, changed=ENDED),)],
    ],
)
def test_a_registry_is_imported_when_it_is_founded_and_at_no_other_time(entries: list[tuple[Event, ...]]) -> None:
    with pytest.raises(ContradictionError) as told:
        fold(entries_of(entries))
    assert told.value.entry == len(entries)


def test_a_registry_that_was_begun_anew_has_no_source(book: Book) -> None:
    assert book.registry.imported == 0
    assert book.registry.source is None


def test_the_image_and_the_copy_know_what_was_imported(book: Book) -> None:
    registry = imported(carried(book.registry))
    again = Registry.from_image(kept(registry), EntryList(registry.entries))
    for twin in (again, registry.still()):
        assert twin.imported == registry.imported == 4
        assert twin.source == registry.source
        assert [*twin.products, *twin.releases, *twin.installations] == [
            *registry.products,
            *registry.releases,
            *registry.installations,
        ]
    book.write(e.ProductRegistered(3, "MR"))
    assert msgspec.msgpack.encode(registry.image()) == msgspec.msgpack.encode(again.image())


def test_a_number_given_up_there_is_given_up_here_since_then() -> None:
    registry = made((e.GivenUpImported(NumberKind.PRODUCT, "7", "US", PAST, "2"),))
    (given_up,) = registry.elsewhere.given_up(NumberKind.PRODUCT, "7")
    assert (given_up.origin.at, given_up.origin.by, given_up.origin.entry) == (PAST.at, "clara", 3)
    assert registry.highest_product == 7
    held = made((machine(9), e.GivenUpImported(NumberKind.INSTALLATION, "9", "009", PAST)))
    (installation,) = held.installations
    assert [entry.n for entry in held.history_of(installation)] == [3]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (IMPORTED, ("registry imported", "acme.json", "entry 9 of registry registry-1, written 2024-03-01 by clara",
                    "d" * 64)),
        (e.ProductImported(2, "CT Console", PAST), ("product imported", "product 2", "registered 2024-03-01 by clara",
                                                    "CT Console")),
        (e.ReleaseImported(2, "v1", "1", "ONE", PAST, state=State.WITHDRAWN, changed=ENDED),
         ("release imported", "CT Console v1",
          "registered 2024-03-01 by clara, withdrawn 2025-05-06 by clara: Scrapped", f"{ROOT}.1.2.1")),
        (e.ReleaseImported(9, "v1", "1", "ONE", PAST),
         ("release imported", "product 9 v1", "registered 2024-03-01 by clara", None)),
        (structs.replace(machine(5, State.VOID), changed=structs.replace(ENDED, why=None)),
         ("installation imported", "05", "registered 2024-03-01 by clara, void 2025-05-06 by clara", f"{ROOT}.2.5")),
        (machine(6), ("installation imported", "06", "registered 2024-03-01 by clara", None)),
        (e.GivenUpImported(NumberKind.PRODUCT, "7", "US", PAST, "2"), ("number given up", "product 7", "US", "2")),
    ],
)  # fmt: skip
def test_an_import_is_told_in_words(event: Event, told: tuple[str, str, str, str]) -> None:
    registry = made((e.ReleaseImported(2, "v1", "1", "ONE", PAST),), (machine(5),))
    account = account_of(registry, event)
    assert (account.what, account.subject, account.old, account.new) == told


def test_a_whole_entry_is_told_without_the_hash() -> None:
    registry = made()
    assert entry_in_words(registry, registry.entries[0]) == "registry founded: Acme; registry imported: acme.json"


def test_histories_that_part_within_an_import_are_shown_and_not_merged(book: Book) -> None:
    """No program writes such a ledger: an import is there whole or not at all."""
    events = list(import_events(carried(acme().registry), "registry-2", PAPER))
    whole = entries_of(events)
    cut = [*whole[:2], structs.replace(whole[2], h="x" * 64)]
    found = compare(whole, cut)
    assert found.common == 2
    assert [(it.kind, it.number, it.is_clash) for it in found.endangered] == [("release", "2.4.5.0.3", False)]
    for base, other in ((whole, cut), (cut, whole), (whole, whole[:2]), (whole[:2], whole)):
        with pytest.raises(ContradictionError):
            plan(base, other, 2, {})
    assert plan(whole, whole, 4, {}).entries == ()
