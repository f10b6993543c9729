"""The indexed arc: under it serials that are no numbers have an index each. A registry opens one, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem
from uidmanager.core.events import IndexedArcOpened
from uidmanager.core.rules.common import check_reason
from uidmanager.core.scheme import LONGEST_INSTALLATION_ROOT, Meaning, Part, is_arc
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from uidmanager.core.drafts import OpenIndexedArc
    from uidmanager.core.records import Scheme
    from uidmanager.core.registry import Registry

USUAL_ARC: Final = "3"


def open_arc(registry: Registry, draft: OpenIndexedArc) -> Decision:
    """Open the indexed arc in a registry that has none yet."""
    founding = registry.founding
    arc = draft.arc.strip()
    problems = (*check_arc(founding.root, founding.scheme, arc), *check_reason(draft.reason, required=True))
    if registry.indexed_arc is not None:
        sentence = f"The indexed arc is {registry.indexed_arc} already, and a registry has one. Nothing would change."
        problems = (*problems, Problem("arc.open", "arc", sentence))
    parts = Part(founding.root, Meaning.ROOT), Part(arc, Meaning.ARC)
    return decided(problems, Decision((f"{founding.root}.{arc}",), parts, events=(IndexedArcOpened(arc),)))


def check_arc(root: str, scheme: Scheme, arc: str) -> tuple[Problem, ...]:
    """Why this cannot be the indexed arc: installation roots under all arcs stay prefix-free."""
    if not is_arc(arc):
        sentence = f"“{excerpt(arc)}” is no arc: it is one number without leading zeros, for instance {USUAL_ARC}."
        return (Problem("arc.form", "arc", sentence),)
    meanings = {scheme.releases: "releases", scheme.installations: "installations"}
    if arc in meanings:
        sentence = f"Arc {arc} is that of {meanings[arc]}. Choose another, for instance {USUAL_ARC}."
        return (Problem("arc.taken", "arc", sentence),)
    if len(f"{root}.{arc}.1") > LONGEST_INSTALLATION_ROOT:
        sentence = f"{root}.{arc} leaves no room for an index and what equipment appends to it. Choose a shorter arc."
        return (Problem("arc.no_room", "arc", sentence),)
    return ()
