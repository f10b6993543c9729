"""From a registry to what a document carries of it, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.records import Past, State
from uidmanager.core.subjects import subject_of_event, subject_of_record
from uidmanager.core.transfer.document import (
    CarriedGivenUp,
    CarriedInstallation,
    CarriedProduct,
    CarriedRelease,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.events import Entry, Event
    from uidmanager.core.records import GivenUp, Record
    from uidmanager.core.registry import Registry
    from uidmanager.core.subjects import Subject

_ENDS: Final = (e.ProductRetired, e.ReleaseWithdrawn, e.InstallationRetired, e.InstallationVoided)
"""The events after which a record is not active any more."""


def products_of(registry: Registry) -> Iterator[CarriedProduct]:
    """All products, in the order they were registered."""
    pasts = _Pasts(registry)
    for it in registry.products:
        yield CarriedProduct(
            number=it.number,
            name=it.name,
            code=it.code,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def releases_of(registry: Registry) -> Iterator[CarriedRelease]:
    """All releases, in the order they were registered."""
    pasts = _Pasts(registry)
    for it in registry.releases:
        yield CarriedRelease(
            product=it.product,
            version=it.version,
            numeric=it.numeric,
            uid=it.uid,
            version_name=it.version_name,
            note=it.note,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def installations_of(registry: Registry) -> Iterator[CarriedInstallation]:
    """All installations, in the order they were assigned."""
    pasts = _Pasts(registry)
    for it in registry.installations:
        yield CarriedInstallation(
            serial=it.serial,
            component=it.component,
            uid=it.uid,
            product=it.product,
            note=it.note,
            state=it.state,
            registered=pasts.registered(it),
            changed=pasts.changed(it),
        )


def given_up_of(registry: Registry) -> Iterator[CarriedGivenUp]:
    """All numbers given up; one that was given up twice for the same thing is told once."""
    pasts = _Pasts(registry)
    told: dict[tuple[str, ...], GivenUp] = {}
    for it in registry.elsewhere.image().given_up:
        told.setdefault((it.kind, it.number, it.meant, it.now or ""), it)
    for it in told.values():
        yield CarriedGivenUp(kind=it.kind, number=it.number, meant=it.meant, now=it.now, noted=pasts.noted(it))


class _Pasts:
    """When and by whom things were done; of what was imported, in the registry that it was imported from.

    Records that were imported in one entry follow on one another, so one such entry is kept at a time.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._source = registry.source
        self._kept = 0
        self._arrived: dict[Subject, Event] = {}

    def registered(self, record: Record) -> Past:
        """When a record was given its number."""
        arrived = self._told(record.origin.entry, subject_of_record(record))
        if isinstance(arrived, e.RecordImported):
            return self._whence(arrived.registered)
        origin = record.origin
        return Past(origin.entry, origin.at, origin.by, origin.station)

    def changed(self, record: Record) -> Past | None:
        """When a record that is not active came to its state, and why."""
        if record.state is State.ACTIVE:
            return None
        subject = subject_of_record(record)
        found = (self._change_in(n, subject) for n in reversed(self._registry.numbers_of(record)))
        return next(past for past in found if past is not None)

    def noted(self, given_up: GivenUp) -> Past:
        """When a number was given up."""
        key = _key_of(given_up.kind, given_up.number, given_up.meant, given_up.now)
        arrived = self._told(given_up.origin.entry, key)
        if isinstance(arrived, e.GivenUpImported):
            return self._whence(arrived.noted)
        return _past_of(self._registry.entries[given_up.origin.entry - 1])

    def _change_in(self, n: int, subject: Subject) -> Past | None:
        """When a record ceased to be active, if entry ``n`` tells of that."""
        arrived = self._told(n, subject)
        if isinstance(arrived, e.RecordImported):
            return None if arrived.changed is None else self._whence(arrived.changed)
        entry = self._registry.entries[n - 1]
        has_ended = any(isinstance(event, _ENDS) and subject_of_event(event) == subject for event in entry.events)
        return _past_of(entry) if has_ended else None

    def _told(self, n: int, subject: Subject) -> Event | None:
        """What entry ``n`` tells of it, if that entry was imported."""
        if n > self._registry.imported:
            return None
        if n != self._kept:
            self._kept, self._arrived = n, {}
            for event in self._registry.entries[n - 1].events:
                self._arrived.setdefault(_subject_of(event), event)
        return self._arrived.get(subject)

    def _whence(self, past: Past) -> Past:
        """The same, with the registry it was done in."""
        if past.registry is not None or self._source is None:
            return past
        return structs.replace(past, registry=self._source.registry)


def _past_of(entry: Entry) -> Past:
    return Past(entry.n, entry.at, entry.by, entry.station, entry.why)


def _subject_of(event: Event) -> Subject:
    if isinstance(event, e.GivenUpImported):
        return _key_of(event.kind, event.number, event.meant, event.now)
    return subject_of_event(event)


def _key_of(*told: str | None) -> Subject:
    """What tells one number given up from all others, and from what is registered."""
    return "given up", *(text or "" for text in told)
