"""When and by whom things were done: here, or in the registry from which they were brought here in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.records import Past, State
from uidmanager.core.subjects import subject_of_event, subject_of_record

if TYPE_CHECKING:
    from uidmanager.core.events import Entry, Event
    from uidmanager.core.records import GivenUp, Record
    from uidmanager.core.registry import Registry
    from uidmanager.core.subjects import Subject

_ENDS: Final = (e.ProductRetired, e.ReleaseWithdrawn, e.InstallationRetired, e.InstallationVoided)
"""The events after which a record is not active any more."""


class Pasts:
    """The pasts of one registry's records; of what was imported, in the registry that it was imported from.

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
