"""Rules that several drafts share: the reason, the note, the product that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import Problem
from uidmanager.core.records import Product, State
from uidmanager.core.texts import NOTE_LENGTH, check_text, excerpt, tidy

if TYPE_CHECKING:
    from uidmanager.core.records import Origin
    from uidmanager.core.registry import Registry


def check_reason(reason: str | None, *, required: bool) -> tuple[Problem, ...]:
    """A change of what is registered carries a reason (21 CFR 11.10(e): nothing recorded before is obscured)."""
    text = tidy(reason or "")
    if required and not text:
        return (Problem("reason.missing", "reason", "Say why, in a few words: the reason is kept with the change."),)
    return check_text(text, "reason", NOTE_LENGTH)


def kept_text(text: str | None) -> str | None:
    """A note or reason as it is kept: tidy, and None when there is nothing in it."""
    return tidy(text or "") or None


def check_note(note: str | None) -> tuple[Problem, ...]:
    """A note is a line of text of bounded length."""
    return check_text(tidy(note or ""), "note", NOTE_LENGTH)


def product_meant(registry: Registry, named: str) -> tuple[Product | None, tuple[Problem, ...]]:
    """The product named by number or name."""
    product = registry.find_product(named)
    if product is None:
        sentence = (
            f"There is no product “{excerpt(named.strip())}”. Name one by its number or its name, or register it first."
            if named.strip()
            else "Choose a product."
        )
        return None, (Problem("product.unknown", "product", sentence),)
    return product, ()


def check_in_use(product: Product) -> tuple[Problem, ...]:
    """Nothing new is given under a retired product."""
    if product.state is not State.RETIRED:
        return ()
    sentence = f"Product {product.number} “{product.name}” is retired. Choose another, or register a new product."
    return (Problem("product.retired", "product", sentence),)


def when_and_who(origin: Origin) -> str:
    """The date and the person of an entry, for a sentence."""
    return f"{origin.at[:10]} by {origin.by}"
