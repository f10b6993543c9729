"""What an event or a record is about, as a plain key: by it the entries that speak of one record are found."""

from __future__ import annotations

from typing import Final, assert_never

from uidmanager.core import events as e
from uidmanager.core.records import Installation, NumberKind, Product, Record, Release

Subject = tuple[str, ...]


def subject_of_product(number: int) -> Subject:
    """What the events about one product have in common."""
    return "product", str(number)


def subject_of_release(product: int, numeric: str) -> Subject:
    """What the events about one release have in common."""
    return "release", str(product), numeric


def subject_of_installation(component: str) -> Subject:
    """What the events about one installation have in common."""
    return "installation", component


PRINTING: Final[Subject] = ("printing",)
"""What all print runs have in common."""


def subject_of_print_run(entry: int) -> Subject:
    """What the events about the labels printed in one entry have in common, apart from whose labels they are."""
    return "print run", str(entry)


def subject_of_record(record: Record) -> Subject:
    """What the events about this record have in common."""
    match record:
        case Product():
            return subject_of_product(record.number)
        case Release():
            return subject_of_release(record.product, record.numeric)
        case Installation():
            return subject_of_installation(record.component)
        case _:
            assert_never(record)


def subject_of_event(event: e.Event) -> Subject:
    """Which record an event speaks of; the registry itself, another entry or a print run where it is about none."""
    if isinstance(event, e.InstallationAssigned):  # nearly all of them are
        return subject_of_installation(event.component)
    match event:
        case _ if isinstance(event, e.ProductEvent | e.ProductImported):
            subject = subject_of_product(event.number)
        case _ if isinstance(event, e.ReleaseEvent | e.ReleaseImported):
            subject = subject_of_release(event.product, event.numeric)
        case _ if isinstance(event, e.RegistryEvent | e.RegistryImported):
            subject = ("registry",)
        case e.EntryMerged():
            subject = ("entry", event.hash)
        case e.LabelMissed():
            subject = subject_of_print_run(event.printed)
        case e.NumberGivenUp() | e.GivenUpImported():
            subject = _subject_of_number(event)
        case _:
            subject = subject_of_installation(event.component)
    return subject


def told_of_records(entry: e.Entry) -> tuple[e.Event, ...]:
    """The events of an entry without the one that only names the spreadsheet from which the others come."""
    events = entry.events
    return events[1:] if events and isinstance(events[0], e.SpreadsheetImported) else events


def _subject_of_number(event: e.NumberGivenUp | e.GivenUpImported) -> Subject:
    """The record that has here the number given up, if any has."""
    if event.kind is NumberKind.RELEASE:
        product, _, numeric = event.number.partition(".")
        return "release", product, numeric
    return event.kind.value, event.number
