"""A registry taken to a document, and a new one made of that, without files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.events import Entry
from uidmanager.core.registry import Registry, fold
from uidmanager.core.transfer.document import Counts, Document, Source
from uidmanager.core.transfer.exporting import given_up_of, installations_of, products_of, releases_of
from uidmanager.core.transfer.findings import Findings
from uidmanager.core.transfer.importing import Checked, Paper, check_document, import_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.events import Event

PAPER = Paper("acme.json", "d" * 64)
MADE_AT = "2026-11-23T08:00:00.000000Z"


def carried(registry: Registry) -> Document:
    """All that a document carries of a registry."""
    lists = tuple(products_of(registry)), tuple(releases_of(registry)), tuple(installations_of(registry))
    given_up = tuple(given_up_of(registry))
    founding = registry.founding
    source = Source(
        MADE_AT,
        "anna",
        "LINE-3",
        "0.2.0",
        founding.registry,
        founding.organisation,
        founding.root,
        founding.scheme,
        registry.position,
        f"{registry.position:064x}",
        Counts(len(lists[0]), len(lists[1]), len(lists[2]), len(given_up)),
        registry.indexed_arc,
    )
    return Document(source, *lists, given_up)


def checked(document: Document, *, seen: int = 0) -> Checked:
    """What the rules say of a document."""
    return check_document(document, Findings(), seen, lambda _done: None)


def entries_of(events: Sequence[tuple[Event, ...]]) -> list[Entry]:
    """Entries with these events, as a ledger would number them."""
    return [
        Entry(f"{n:064x}", n, f"id-{n}", f"2026-11-24T09:00:{n % 60:02}.000000Z", "bert", "NEW", "0.2.0", "moved", some)
        for n, some in enumerate(events, 1)
    ]


def imported(document: Document, registry: str = "registry-2") -> Registry:
    """The registry that is founded from a document."""
    return fold(entries_of(list(import_events(document, registry, PAPER))))
