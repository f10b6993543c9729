"""Releases of the other history: a UID goes with the product's number, a version name is given once."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import structs

from uidmanager.core.events import ReleaseNoteCorrected, ReleaseRegistered, ReleaseWithdrawn
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.merging.terms import Choice, Option
from uidmanager.core.records import NumberKind, State
from uidmanager.core.rules.common import when_and_who
from uidmanager.core.rules.version_names import is_free, propose_name
from uidmanager.core.scheme import class_uid
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from uidmanager.core.events import ReleaseEvent
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Release


def merge(bench: Bench, event: ReleaseEvent) -> Outcome:
    """Take over an event about a release."""
    match event:
        case ReleaseRegistered():
            return _registered(bench, event)
        case ReleaseNoteCorrected():
            return _note_corrected(bench, event)
        case ReleaseWithdrawn():
            return _withdrawn(bench, event)
        case _:
            assert_never(event)


def give_up(bench: Bench, event: ReleaseRegistered) -> Outcome:
    """Leave a release out: neither its UID nor its version name is given to anything else."""
    bench.numbering.drop_release(event.product, event.numeric)
    bench.give_up(NumberKind.RELEASE, f"{event.product}.{event.numeric}", _called(bench, event))
    _renamed(bench, event, None)
    return Outcome.LEFT_OUT


def _registered(bench: Bench, event: ReleaseRegistered) -> Outcome:
    product = bench.numbering.product(event.product)
    if product is None:
        return give_up(bench, event)
    here = structs.replace(event, product=product)
    held = bench.ours.release(product, event.numeric)
    if held is None:
        return _on_its_own(bench, event, here)
    is_same = here in bench.first_told(held)
    if not is_same and (held.version, held.version_name) != (event.version, event.version_name):
        if _ask_one_uid(bench, event, held) is Choice.APART:
            return give_up(bench, event)
        _renamed(bench, event, held.version_name)
    _moved(bench, event, product)
    if is_same or event.note is None or event.note == held.note:
        return Outcome.PRESENT
    return _ask_note(bench, event.product, held, event.note)


def _on_its_own(bench: Bench, event: ReleaseRegistered, here: ReleaseRegistered) -> Outcome:
    """A release that the base does not have; ``here`` is the event under the product's number here."""
    founding = bench.ours.founding
    uid = class_uid(founding.root, founding.scheme, here.product, here.numeric)
    is_given_up = bench.ours.elsewhere.given_up(NumberKind.RELEASE, f"{here.product}.{here.numeric}")
    if len(uid) > MAX_LENGTH or is_given_up:
        return give_up(bench, event)
    name: str | None = event.version_name
    if not is_free(bench.ours, event.version_name):
        name = _ask_version_name(bench, here, event)
    if name is None:
        return give_up(bench, event)
    bench.write(structs.replace(here, version_name=name))
    _renamed(bench, event, name)
    _moved(bench, event, here.product)
    return Outcome.TAKEN


def _moved(bench: Bench, event: ReleaseRegistered, product: int) -> None:
    """The UID that a release had under another product number is given up."""
    if product != event.product:
        number, now = f"{event.product}.{event.numeric}", f"{product}.{event.numeric}"
        bench.give_up(NumberKind.RELEASE, number, _called(bench, event), now)


def _renamed(bench: Bench, event: ReleaseRegistered, name: str | None) -> None:
    """The version name that a release had, where it has another one here or none, is given up."""
    if name != event.version_name:
        bench.numbering.rename_version(event.version_name, name)
        bench.give_up(NumberKind.VERSION_NAME, event.version_name, _called(bench, event), name)


def _ask_one_uid(bench: Bench, event: ReleaseRegistered, held: Release) -> Choice:
    """Whether what was registered twice under one number is one release."""
    shared = (
        "both builds carry one UID, which is written down"
        if held.product == event.product
        else "the UID it had is given up"
    )
    return bench.ask(
        f"release:{event.product}.{event.numeric}",
        f"release {event.numeric} of product {held.product}",
        _told(held),
        _told(bench.at_last.release(event.product, event.numeric)),
        Option(Choice.KEEP, f"One release: it stays {held.version} ({held.version_name})."),
        Option(Choice.APART, f"Two releases: {held.version} keeps the UID, {event.version} is left out; {shared}."),
    )


def _ask_version_name(bench: Bench, here: ReleaseRegistered, event: ReleaseRegistered) -> str | None:
    """Another version name for a release whose own is taken; None where it is left out."""
    product = bench.ours.product(here.product)
    proposed = product and propose_name(bench.ours, product, here.version, here.numeric)
    holder = bench.ours.release_named(event.version_name)
    options = [Option(Choice.KEEP, f"{event.version} is left out; its UID is given up.")]
    if proposed:
        meaning = f"{event.version} is registered with the version name {proposed}; the one it had is given up."
        options.insert(0, Option(Choice.APART, meaning))
    choice = bench.ask(
        f"release.version_name:{event.product}.{event.numeric}",
        f"version name {event.version_name}",
        _told(holder) or "given up",
        _told(bench.at_last.release(event.product, event.numeric)),
        *options,
    )
    return proposed or None if choice is Choice.APART else None


def _note_corrected(bench: Bench, event: ReleaseNoteCorrected) -> Outcome:
    key = bench.numbering.release(event.product, event.numeric)
    held, there = key and bench.ours.release(*key), bench.theirs.release(event.product, event.numeric)
    if not held or there is None:
        return Outcome.LEFT_OUT
    if held.note == event.new:
        return Outcome.PRESENT
    if held.note != there.note:
        return _ask_note(bench, event.product, held, event.new)
    bench.write(ReleaseNoteCorrected(held.product, held.numeric, held.note, event.new))
    return Outcome.TAKEN


def _ask_note(bench: Bench, product: int, held: Release, note: str | None) -> Outcome:
    at_last = bench.at_last.release(product, held.numeric)
    choice = bench.ask(
        f"release.note:{product}.{held.numeric}",
        f"the note of release {held.version} of product {held.product}",
        held.note or "no note",
        (at_last.note if at_last else note) or "no note",
        Option(Choice.KEEP, "The note of the base stays."),
        Option(Choice.TAKE, "The note of the other history is written over it; the history keeps both."),
    )
    if choice is Choice.KEEP:
        return Outcome.LEFT_OUT
    bench.write(ReleaseNoteCorrected(held.product, held.numeric, held.note, note))
    return Outcome.TAKEN


def _withdrawn(bench: Bench, event: ReleaseWithdrawn) -> Outcome:
    key = bench.numbering.release(event.product, event.numeric)
    held = key and bench.ours.release(*key)
    if not held:
        return Outcome.LEFT_OUT
    if held.state is State.WITHDRAWN:
        return Outcome.PRESENT
    bench.write(ReleaseWithdrawn(held.product, held.numeric))
    return Outcome.TAKEN


def _called(bench: Bench, event: ReleaseRegistered) -> str:
    """What a build calls itself: the product's name in the other history, and the version."""
    product = bench.theirs.product(event.product)
    return f"{product.name} {event.version}" if product else event.version


def _told(release: Release | None) -> str:
    if release is None:
        return ""
    return f"{release.version} ({release.version_name}) of product {release.product}, {when_and_who(release.origin)}"
