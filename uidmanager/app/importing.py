"""Founding a registry from a document: whole or not at all, and only when it folds to what the document says."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import LedgerError
from uidmanager.core.events import Entry, NewEntry
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.core.registry import Registry
from uidmanager.core.rules.common import kept_text
from uidmanager.core.transfer.importing import ImportDecision, check_document, decide_import, import_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.core.transfer.document import Document
    from uidmanager.core.transfer.findings import Findings
    from uidmanager.core.transfer.importing import Checked, Paper


class ImportReceipt(Struct, frozen=True):
    """What became of an import: into how many ``entries`` it was written, None when it was refused."""

    decision: ImportDecision
    entries: int | None = None


def check(service: Service, document: Document, findings: Findings, progress: Progress = no_progress) -> Checked:
    """Look at every record of a document, of which reading has found this much already. Raises `LedgerError`."""
    seen = service.ledger.seen_of(document.source.registry)
    return check_document(document, findings, seen, _watch(document, "Checking the document", progress))


def found_from(
    service: Service,
    document: Document,
    checked: Checked,
    paper: Paper,
    reason: str | None,
    progress: Progress = no_progress,
) -> ImportReceipt:
    """Found the registry that a document tells of in the service's ledger, which must not be there yet.

    Raises a `LedgerError` when it cannot be written, `CancelledError`; then there is no ledger.
    """
    decision = decide_import(checked, reason)
    if decision.is_refused:
        return ImportReceipt(decision)
    entries = _entries(service, document, paper, kept_text(reason), progress)
    count = service.ledger.found_with(entries)
    with suppress(LedgerError):  # founded it is; whoever opens it next is told what keeps it from being read
        service.open(progress)
    return ImportReceipt(decision, count)


def _entries(
    service: Service, document: Document, paper: Paper, why: str | None, progress: Progress
) -> Iterator[NewEntry]:
    """The entries, each of which was seen to follow on those before it. May raise `ContradictionError`."""
    world = service.world
    trial = Registry()
    told = _watch(document, "Writing the ledger", progress)
    done = 0
    for n, events in enumerate(import_events(document, world.new_id(), paper), 1):
        told(done)
        person = world.person
        new = NewEntry(world.new_id(), world.now(), person.name, person.station, world.app, why, events)
        trial.apply(Entry(FIRST_HEAD, n, new.id, new.at, new.by, new.station, new.app, new.why, new.events))
        done += len(events)
        yield new


def _watch(document: Document, doing: str, progress: Progress) -> Callable[[int], None]:
    """Tells how far the work is, by the records done."""
    lists = (document.products, document.releases, document.installations, document.given_up)
    total = max(1, sum(map(len, lists)))
    return lambda done: progress(doing, min(1.0, done / total))
