"""Assigning installation roots: one serial or many, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.accounts import given_up_words
from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import InstallationAssigned
from uidmanager.core.records import Installation, NumberKind, State
from uidmanager.core.rules.common import (
    check_in_use,
    check_note,
    check_reason,
    kept_text,
    product_meant,
    when_and_who,
)
from uidmanager.core.scheme import LONGEST_INSTALLATION_ROOT, installation_root, installation_root_parts, read_serial

if TYPE_CHECKING:
    from uidmanager.core.drafts import AssignInstallations
    from uidmanager.core.registry import Registry

LARGEST_BATCH: Final = 100_000


class _Terms(Struct, frozen=True):
    """What is said of all serials of a batch. None: nothing was said."""

    product: int | None
    note: str | None


class _Verdict(Struct, frozen=True):
    """What becomes of one serial: its UID, the event that assigns it (None when it has its root already)."""

    uid: str | None
    component: str | None
    event: InstallationAssigned | None = None
    problems: tuple[Problem, ...] = ()


def assign(registry: Registry, draft: AssignInstallations) -> Decision:
    """Roots for all serials of the draft, in their order; none when one of them is refused."""
    problems: list[Problem] = [*check_note(draft.note), *check_reason(draft.reason, required=False), *_size(draft)]
    product = None
    if draft.product is not None:
        product, unknown = product_meant(registry, draft.product)
        problems.extend(unknown)
    if len(draft.serials) > LARGEST_BATCH:
        return decided(tuple(problems), Decision())
    terms = _Terms(product.number if product else None, kept_text(draft.note))
    verdicts = [_judge(registry, serial, terms) for serial in draft.serials]
    problems.extend(problem for verdict in verdicts for problem in verdict.problems)
    problems.extend(_named_twice(draft.serials, verdicts))
    if product is not None and any(verdict.event for verdict in verdicts):
        problems.extend(check_in_use(product))
    return decided(tuple(problems), _gather(registry, verdicts))


def _size(draft: AssignInstallations) -> tuple[Problem, ...]:
    """A batch is one line of the ledger, and a line is bounded."""
    if not draft.serials:
        return (Problem("serial.empty", "serial", "Scan or type the serial number.", 0),)
    if len(draft.serials) > LARGEST_BATCH:
        sentence = f"{len(draft.serials)} serials at once; {LARGEST_BATCH} is the most. Assign them in several batches."
        return (Problem("batch.too_large", "serial", sentence),)
    return ()


def _judge(registry: Registry, text: str, terms: _Terms) -> _Verdict:
    """One serial on its own."""
    reading = read_serial(text)
    if reading.numeric is None:
        return _Verdict(None, None, problems=reading.problems)
    founding = registry.founding
    uid = installation_root(founding.root, founding.scheme, reading.numeric)
    held = registry.installation(reading.numeric)
    if held is not None:
        return _Verdict(uid, held.component, problems=(*reading.problems, *_same_again(held, reading.text, terms)))
    event = InstallationAssigned(reading.text, reading.numeric, terms.product, terms.note)
    told = (*reading.problems, *_given_up(registry, reading.numeric, reading.text), *_room(uid, reading.text))
    return _Verdict(uid, reading.numeric, event, told)


def _same_again(held: Installation, serial: str, terms: _Terms) -> tuple[Problem, ...]:
    """A serial that has its root keeps it; a serial that would share the root of another is refused."""
    since = when_and_who(held.origin)
    if held.serial != serial:
        sentence = (
            f"Serial {serial} has the same root as {held.serial}, assigned {since}. Check the nameplate; if it is "
            "another machine, it needs another serial."
        )
        return (Problem("serial.taken", "serial", sentence),)
    if held.state is not State.ACTIVE:
        sentence = (
            f"Serial {serial} was assigned {since} and is {held.state} now. Its root is not given again; reinstate the "
            "installation if it holds after all."
        )
        return (Problem("installation.not_active", "serial", sentence),)
    differs = [
        field
        for field, wanted, kept in (("product", terms.product, held.product), ("note", terms.note, held.note))
        if wanted is not None and wanted != kept
    ]
    sentence = f"Serial {serial} was assigned {since} with another {{}}. Leave it out, or correct the installation."
    return tuple(Problem("installation.differs", field, sentence.format(field)) for field in differs)


def _given_up(registry: Registry, component: str, serial: str) -> tuple[Problem, ...]:
    """A root that was given in another history is for the unit that has it, which is told by its serial."""
    given_up = registry.elsewhere.given_up(NumberKind.INSTALLATION, component)
    if not given_up:
        return ()
    words = given_up_words(given_up)
    if all(each.meant == serial for each in given_up):
        sentence = f"{words} It is the same serial, so the unit has its root back."
        return (Problem("serial.given_back", "serial", sentence, None, Severity.NOTICE),)
    sentence = f"{words} Check the nameplate; if it is another machine than that, it needs another serial."
    return (Problem("serial.given_up", "serial", sentence),)


def _room(uid: str, serial: str) -> tuple[Problem, ...]:
    """PS3.5 §9.1: 64 characters; the equipment must be able to append a dot and a number at least."""
    if len(uid) <= LONGEST_INSTALLATION_ROOT:
        return ()
    sentence = (
        f"The root of serial {serial} would have {len(uid)} characters; more than {LONGEST_INSTALLATION_ROOT} leave "
        "the equipment no room for UIDs of its own. Use a shorter serial."
    )
    return (Problem("installation.no_room", "serial", sentence),)


def _named_twice(serials: tuple[str, ...], verdicts: list[_Verdict]) -> list[Problem]:
    """A batch names each unit once: a serial that comes twice was scanned twice, or sits on two machines."""
    first: dict[str, str] = {}
    problems = []
    for text, verdict in zip(serials, verdicts, strict=True):
        if verdict.component is None:
            continue
        if verdict.component in first:
            sentence = f"{text.strip()} and {first[verdict.component]} have one root, both in this batch. Take one out."
            problems.append(Problem("serial.repeated", "serial", sentence))
        else:
            first[verdict.component] = text.strip()
    return problems


def _gather(registry: Registry, verdicts: list[_Verdict]) -> Decision:
    """The decision on the whole batch."""
    founding = registry.founding
    first = next((verdict.component for verdict in verdicts if verdict.component is not None), None)
    parts = () if first is None else installation_root_parts(founding.root, founding.scheme, first)
    return Decision(
        uids=tuple(verdict.uid for verdict in verdicts if verdict.uid is not None),
        breakdown=parts,
        events=tuple(verdict.event for verdict in verdicts if verdict.event is not None),
    )
