"""An anchor: what a ledger's head was once, kept apart from the ledger.

A chain shows every change in its midst, but a tail that was cut off, or a ledger that was rewritten whole, is
consistent in itself. Only a head that is known from elsewhere tells that entries are missing or are others now.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from uidmanager.core.registry import Registry

FORMAT: Final = "uidmanager-anchor"
VERSION: Final = 1
_HASH: Final = re.compile("[0-9a-f]{64}")


class Anchor(Struct, frozen=True):
    """A head that was written down: the hash of entry ``entries`` of the registry with this random id.

    Who has no more than a hash knows neither number nor registry: both are None.
    """

    head: str
    entries: int | None = None
    registry: str | None = None


def anchor_of(registry: Registry) -> Anchor:
    """The head of this state. Raises `LookupError` before the registry is founded."""
    return Anchor(registry.head, registry.position, registry.founding.registry)


def anchor_from_hash(text: str) -> Anchor | None:
    """The anchor that a person means by 64 hexadecimal digits, in either case; None for any other text."""
    head = text.strip().lower()
    return Anchor(head) if _HASH.fullmatch(head) else None


def is_well_formed(anchor: Anchor) -> bool:
    """Whether this can be an anchor at all: a hash of 64 digits, a number from 1."""
    return _HASH.fullmatch(anchor.head) is not None and (anchor.entries is None or anchor.entries > 0)


def departure(registry: Registry, anchor: Anchor) -> str | None:
    """How the registry departs from the anchor, to be said after the ledger's name; None when it extends it."""
    shown = f"{anchor.head[:12]}…"
    if anchor.registry is not None and registry.is_founded and registry.founding.registry != anchor.registry:
        return "is the ledger of another registry than the anchor's"
    if anchor.entries is None:
        holds = any(registry.entries.head_at(n) == anchor.head for n in range(1, registry.position + 1))
        return None if holds else f"holds no entry with the hash {shown}"
    if registry.position < anchor.entries:
        return f"has {registry.position} entries; when the anchor was made it had {anchor.entries}"
    if registry.entries.head_at(anchor.entries) != anchor.head:
        return f"tells entry {anchor.entries} otherwise than when the anchor was made (then its hash was {shown})"
    return None
