"""Founding a registry: whose it is and under which root, once and for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem
from uidmanager.core.events import FORMAT, FORMAT_VERSION, Event, IndexedArcOpened, RegistryFounded
from uidmanager.core.records import Scheme
from uidmanager.core.roots import check_root
from uidmanager.core.rules.arcs import check_arc
from uidmanager.core.rules.common import check_reason
from uidmanager.core.scheme import Meaning, Part
from uidmanager.core.texts import NAME_LENGTH, check_text, tidy

if TYPE_CHECKING:
    from uidmanager.core.drafts import FoundRegistry
    from uidmanager.core.registry import Registry


def found(registry: Registry, draft: FoundRegistry) -> Decision:
    """The founding of a registry."""
    root, organisation = draft.root.strip(), tidy(draft.organisation)
    problems = (
        *_not_founded_before(registry),
        *check_root(root, organisation),
        *check_organisation(organisation),
        *check_reason(draft.reason, required=False),
    )
    events: tuple[Event, ...] = (RegistryFounded(FORMAT, FORMAT_VERSION, draft.registry, organisation, root, Scheme()),)
    arc = None if draft.indexed_arc is None else draft.indexed_arc.strip()
    if arc is not None:
        problems = (*problems, *check_arc(root, Scheme(), arc))
        events = (*events, IndexedArcOpened(arc))
    return decided(problems, Decision(uids=(root,), breakdown=(Part(root, Meaning.ROOT),), events=events))


def _not_founded_before(registry: Registry) -> tuple[Problem, ...]:
    """The root is fixed when the registry is founded; another root is another registry."""
    if not registry.is_founded:
        return ()
    sentence = (
        f"This ledger holds the registry of {registry.founding.organisation} already. Found the new one elsewhere."
    )
    return (Problem("registry.founded", "root", sentence),)


def check_organisation(organisation: str) -> tuple[Problem, ...]:
    """The organisation stands on every report."""
    if not organisation:
        return (
            Problem("organisation.empty", "organisation", "Give the name of the organisation the root belongs to."),
        )
    return check_text(organisation, "organisation", NAME_LENGTH)
