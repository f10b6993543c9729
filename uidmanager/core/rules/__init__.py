"""The law of the registry: what a draft would register, and every rule that speaks against it.

`decide` is a pure function of the registry and the draft. The form asks it at every keystroke and the service asks it
again under the ledger's lock, so the preview is the decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core import drafts as d
from uidmanager.core.rules import assigning, founding, installations, products, releases, seen

if TYPE_CHECKING:
    from uidmanager.core.decision import Decision
    from uidmanager.core.registry import Registry

__all__ = ["decide"]


def decide(registry: Registry, draft: d.Draft) -> Decision:
    """What ``draft`` would register in ``registry``, or all the rules that refuse it. Writes nothing."""
    if isinstance(draft, d.AssignInstallations):
        return assigning.assign(registry, draft)
    if isinstance(draft, d.FoundRegistry):
        return founding.found(registry, draft)
    if isinstance(draft, d.ProductDraft):
        return products.decide(registry, draft)
    if isinstance(draft, d.ReleaseDraft):
        return releases.decide(registry, draft)
    if isinstance(draft, d.NoteSeen):
        return seen.note(registry, draft)
    return installations.decide(registry, draft)
