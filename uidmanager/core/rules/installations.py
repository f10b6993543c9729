"""What may become of an installation: corrected, retired, void, reinstated. Its root never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core import drafts as d
from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import (
    InstallationEvent,
    InstallationNoteCorrected,
    InstallationProductCorrected,
    InstallationReinstated,
    InstallationRetired,
    InstallationVoided,
)
from uidmanager.core.records import Installation, State
from uidmanager.core.rules.common import check_note, check_reason, kept_text, product_meant
from uidmanager.core.scheme import installation_root_parts, read_indexed_serial, read_serial

if TYPE_CHECKING:
    from uidmanager.core.registry import Registry


class _Step(Struct, frozen=True):
    """A change of state: from where, to where, by which event."""

    allowed_from: frozenset[State]
    to: State
    event: type[InstallationRetired | InstallationVoided | InstallationReinstated]


_STEPS: dict[type[d.StateDraft], _Step] = {
    d.RetireInstallation: _Step(frozenset({State.ACTIVE}), State.RETIRED, InstallationRetired),
    d.VoidInstallation: _Step(frozenset({State.ACTIVE}), State.VOID, InstallationVoided),
    d.ReinstateInstallation: _Step(frozenset({State.RETIRED, State.VOID}), State.ACTIVE, InstallationReinstated),
}


def decide(registry: Registry, draft: d.CorrectInstallation | d.StateDraft) -> Decision:
    """What a change of an installation would write."""
    return correct(registry, draft) if isinstance(draft, d.CorrectInstallation) else change_state(registry, draft)


def change_state(registry: Registry, draft: d.StateDraft) -> Decision:
    """Retire, void or reinstate."""
    held, problems = installation_meant(registry, draft.serial)
    problems = (*problems, *check_reason(draft.reason, required=True))
    if held is None:
        return decided(problems, Decision())
    step = _STEPS[type(draft)]
    return decided((*problems, *_step_allowed(held, step)), about(registry, held, step.event(held.component)))


def correct(registry: Registry, draft: d.CorrectInstallation) -> Decision:
    """Another product or note."""
    held, problems = installation_meant(registry, draft.serial)
    problems = (*problems, *check_note(draft.note), *check_reason(draft.reason, required=True))
    wanted = None
    if draft.product is not None and draft.product.strip():
        product, unfit = product_meant(registry, draft.product)
        problems = (*problems, *unfit)
        wanted = product.number if product else None
    if held is None:
        return decided(problems, Decision())
    changes: list[InstallationEvent] = []
    if draft.product is not None and wanted != held.product:
        changes.append(InstallationProductCorrected(held.component, held.product, wanted))
    if draft.note is not None and kept_text(draft.note) != held.note:
        changes.append(InstallationNoteCorrected(held.component, held.note, kept_text(draft.note)))
    if not changes:
        sentence = f"Serial {held.serial} stands so already. Nothing would change."
        problems = (*problems, Problem("change.none", "serial", sentence))
    return decided(problems, about(registry, held, *changes))


def installation_meant(registry: Registry, text: str) -> tuple[Installation | None, tuple[Problem, ...]]:
    """The installation with this serial; zeros in front make no other machine of it, but the difference is said."""
    reading = read_serial(text)
    held = registry.installation_with(text)
    if held is None and reading.numeric is None:
        reading = read_indexed_serial(text) if registry.indexed_arc else reading
        if reading.problems:
            return None, reading.problems
    if held is None:
        sentence = f"Serial {reading.text} was never assigned. Check the number."
        return None, (Problem("installation.unknown", "serial", sentence),)
    if held.serial == reading.text:
        return held, ()
    sentence = f"{reading.text} is registered as {held.serial}."
    return held, (Problem("serial.read_as", "serial", sentence, 0, Severity.NOTICE),)


def _step_allowed(held: Installation, step: _Step) -> tuple[Problem, ...]:
    """Only what is active can be retired or void, only what is not can be reinstated."""
    if held.state is step.to:
        return (Problem("state.already", "serial", f"Installation {held.serial} is {step.to} already."),)
    if held.state in step.allowed_from:
        return ()
    sentence = f"Installation {held.serial} is {held.state}; reinstate it first."
    return (Problem("state.not_allowed", "serial", sentence),)


def about(registry: Registry, held: Installation, *events: InstallationEvent) -> Decision:
    """What these events would write about an installation, with its root taken apart."""
    founding = registry.founding
    parts = installation_root_parts(founding.root, founding.scheme, held.component)
    return Decision(uids=(held.uid,), breakdown=parts, events=events)
