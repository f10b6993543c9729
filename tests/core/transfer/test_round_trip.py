"""Export, import, export: the same is registered, and whatever is asked for gets the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.conftest import Book
from tests.core.merging.histories import acme
from tests.core.merging.test_any_branches import BENCH, BRANCH, INDEXING, QUICK, go_on, merged
from tests.core.transfer.carrying import PAPER, carried, checked, imported
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.records import Installation, LabelState, NumberKind, Origin, Past
from uidmanager.core.rules import decide
from uidmanager.core.transfer.importing import MOST_IN_AN_ENTRY, import_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.core.merging.histories import History
    from uidmanager.core.records import Record
    from uidmanager.core.registry import Registry
    from uidmanager.core.transfer.document import Carried, CarriedGivenUp, Document

NOWHERE = Origin(0, "", "", "")


def state(registry: Registry) -> tuple[object, ...]:
    """All that is registered, but for the entries it stands in."""
    records: list[Record] = [*registry.products, *registry.releases, *registry.installations]
    given_up = {(g.kind, g.number, g.meant, g.now, g.origin.at) for g in registry.elsewhere.image().given_up}
    founding = structs.replace(registry.founding, registry="")
    plain = [structs.replace(it, origin=NOWHERE) for it in records]
    labels = {"label": LabelState.ASSIGNED, "prints": 0}  # history, which a document has none of
    held = [structs.replace(it, **labels) if isinstance(it, Installation) else it for it in plain]
    return founding, held, given_up, registry.highest_product, registry.indexed_arc, registry.indexed.highest


def with_registry(document: Document) -> list[list[Carried | None]]:
    """The records, each saying in which registry it was registered, as they do after they were carried."""
    name = document.source.registry

    def placed(past: Past | None) -> Past | None:
        return past and (past if past.registry else structs.replace(past, registry=name))

    lists: Sequence[Sequence[Carried | None]] = (
        document.products,
        document.releases,
        document.installations,
        document.given_up,
    )
    fields = ("registered", "changed", "noted")
    return [
        [
            it and structs.replace(it, **{name: placed(getattr(it, name)) for name in fields if hasattr(it, name)})
            for it in each
        ]
        for each in lists
    ]


@QUICK
@given(BRANCH, BRANCH, BRANCH, st.data())
def test_whatever_is_registered_comes_back_and_gives_the_same_answers(
    ours: list[d.Draft], theirs: list[d.Draft], later: list[d.Draft], data: st.DataObject
) -> None:
    """Also what came by merging; the new registry decides as the old one would, so that no number is given again."""
    check_round_trip(acme(), (ours, theirs, later), data)


@QUICK
@given(st.lists(INDEXING, max_size=4), st.tuples(BENCH, BENCH, BENCH), st.data())
def test_whatever_a_work_bench_registered_comes_back_and_gives_the_same_answers(
    begun: list[d.Draft], branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]], data: st.DataObject
) -> None:
    shared = acme()
    go_on(shared, begun)
    check_round_trip(shared, branches, data)


def check_round_trip(
    base: History, branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]], data: st.DataObject
) -> None:
    """Two histories, merged, carried, and asked for more."""
    ours, theirs, later = branches
    other = base.parted("b")
    go_on(base, ours)
    go_on(other, theirs)
    merged(data, base, other)
    was = base.registry
    document = carried(was)
    assert checked(document).problems == ()
    now = imported(document)
    assert state(now) == state(was)
    assert with_registry(carried(now)) == with_registry(document)
    for draft in later:
        if isinstance(draft, d.LabelDraft):
            continue
        before, after = decide(was, draft), decide(now, draft)
        told = 3 if isinstance(draft, d.NoteSeen) else 4  # what was seen is history, which a document has none of
        assert after.outcome[:told] == before.outcome[:told]
        assert [problem.code for problem in after.problems] == [problem.code for problem in before.problems]


@settings(max_examples=60, deadline=None)
@given(BRANCH, BRANCH)
def test_a_registry_that_was_imported_and_went_on_can_be_carried_again(
    before: list[d.Draft], since: list[d.Draft]
) -> None:
    first = acme()
    go_on(first, before)
    book = Book()
    for entry_events in import_events(carried(first.registry), "registry-2", PAPER):
        book.write(*entry_events)
    for draft in since:
        decision = book.ask(draft)
        if decision.events:
            book.write(*decision.events, why=draft.reason)
    document = carried(book.registry)
    assert checked(document).problems == ()
    again = imported(document, "registry-3")
    assert state(again) == state(book.registry)
    assert with_registry(carried(again)) == with_registry(document)
    whence = {it.registered.registry for it in document.products if it}
    assert whence <= {"registry-1", None}


def test_the_document_says_when_by_whom_and_why(book: Book) -> None:
    book.do(d.WithdrawRelease("CT Console", "4.5.0.3", reason="Wrong dose unit"))
    book.do(d.VoidInstallation("0372764", reason="Misread"))
    book.do(d.ReinstateInstallation("0372764", reason="It was right"))
    book.do(d.RetireInstallation("0372764", reason="Scrapped"))
    document = carried(book.registry)
    (release,), (installation,) = document.releases, document.installations
    assert release
    assert installation
    assert release.registered == Past(4, "2026-11-22T21:06:04.000000Z", "anna", "LINE-3")
    assert release.changed == Past(6, "2026-11-22T21:06:06.000000Z", "anna", "LINE-3", "Wrong dose unit")
    assert installation.changed == Past(9, "2026-11-22T21:06:09.000000Z", "anna", "LINE-3", "Scrapped")
    assert installation.registered.entry == 5


def test_what_is_reinstated_after_an_import_has_not_ended(book: Book) -> None:
    book.do(d.VoidInstallation("0372764", reason="Misread"))
    new = Book()
    for events in import_events(carried(book.registry), "registry-2", PAPER):
        new.write(*events)
    new.do(d.ReinstateInstallation("0372764", reason="It was right"))
    (installation,) = carried(new.registry).installations
    assert installation
    assert installation.changed is None
    new.do(d.RetireInstallation("0372764", reason="Scrapped"))
    (installation,) = carried(new.registry).installations
    assert installation
    assert installation.changed == Past(6, "2026-11-22T21:06:06.000000Z", "anna", "LINE-3", "Scrapped")


def test_a_number_given_up_twice_for_one_thing_is_carried_once(book: Book) -> None:
    given_up = e.NumberGivenUp(NumberKind.PRODUCT, "7", "MR")
    book.write(given_up)
    book.write(given_up)
    document = carried(book.registry)
    told: list[CarriedGivenUp | None] = list(document.given_up)
    assert [(it.meant, it.noted.entry) for it in told if it] == [("MR", 6)]
    assert imported(document).highest_product == 7


def test_many_records_are_written_in_several_entries(book: Book) -> None:
    book.do(d.AssignInstallations(tuple(map(str, range(1, MOST_IN_AN_ENTRY + 2)))))
    entries = list(import_events(carried(book.registry), "registry-2", PAPER))
    assert [len(events) for events in entries] == [2, 2, 1, MOST_IN_AN_ENTRY, 2]
    assert state(imported(carried(book.registry))) == state(book.registry)
