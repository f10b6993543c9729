"""The law of the registry: what a draft would register, and every rule that speaks against it.

`decide` is a pure function of the registry and the draft. The form asks it at every keystroke and the service asks it
again under the ledger's lock, so the preview is the decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core import drafts as d
from uidmanager.core.rules import (
    arcs,
    assigning,
    founding,
    installations,
    labels,
    products,
    releases,
    seen,
    taking_over,
)

if TYPE_CHECKING:
    from uidmanager.core.decision import Decision
    from uidmanager.core.registry import Registry

__all__ = ["decide"]


def decide(registry: Registry, draft: d.Draft) -> Decision:
    """What ``draft`` would register in ``registry``, or all the rules that refuse it. Writes nothing."""
    match draft:
        case d.AssignInstallations():
            decision = assigning.assign(registry, draft)
        case d.FoundRegistry():
            decision = founding.found(registry, draft)
        case d.OpenIndexedArc():
            decision = arcs.open_arc(registry, draft)
        case d.NoteLabelsPrinted() | d.NoteLabelsChecked():
            decision = labels.decide(registry, draft)
        case d.TakeOver():
            decision = taking_over.take_over(registry, draft)
        case d.NoteSeen():
            decision = seen.note(registry, draft)
        case _ if isinstance(draft, d.ProductDraft):
            decision = products.decide(registry, draft)
        case _ if isinstance(draft, d.ReleaseDraft):
            decision = releases.decide(registry, draft)
        case _:
            decision = installations.decide(registry, draft)
    return decision
