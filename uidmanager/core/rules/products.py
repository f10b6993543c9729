"""Products: their numbers are sequential and never reused, their names are unique."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from uidmanager.core.accounts import given_up_words
from uidmanager.core.decision import Decision, decided
from uidmanager.core.drafts import CorrectProduct, RegisterProduct, RetireProduct, SetProductGtin, SetProductSerials
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import (
    ProductEvent,
    ProductNameCorrected,
    ProductNoteCorrected,
    ProductRegistered,
    ProductRetired,
)
from uidmanager.core.records import NumberKind, State
from uidmanager.core.rules import product_settings
from uidmanager.core.rules.common import check_note, check_reason, kept_text, product_meant, when_and_who
from uidmanager.core.scheme import Meaning, Part
from uidmanager.core.texts import CODE_LENGTH, NAME_LENGTH, check_text, tidy
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from uidmanager.core.drafts import ProductDraft
    from uidmanager.core.registry import Registry

HIGHEST_NUMBER: Final = 999_999_999
_CODE = re.compile(rf"[A-Za-z0-9_-]{{1,{CODE_LENGTH}}}")


def decide(registry: Registry, draft: ProductDraft) -> Decision:
    """What a draft about a product would write."""
    match draft:
        case RegisterProduct():
            return register(registry, draft)
        case CorrectProduct():
            return correct(registry, draft)
        case RetireProduct():
            return retire(registry, draft)
        case SetProductGtin():
            return product_settings.set_gtin(registry, draft)
        case SetProductSerials():
            return product_settings.set_serials(registry, draft)
        case _:
            assert_never(draft)


def register(registry: Registry, draft: RegisterProduct) -> Decision:
    """A new product, with the next number or with the free one that is asked for."""
    name, code = tidy(draft.name), tidy(draft.code or "") or None
    number = registry.highest_product + 1 if draft.number is None else draft.number
    problems = (
        *_number(registry, number),
        *_gap(registry, number),
        *_room(registry, number),
        *_name(registry, name, own=None),
        *_code(registry, code),
        *check_note(draft.note),
        *check_reason(draft.reason, required=False),
    )
    more, unfit = product_settings.of_new_product(registry, number, draft)
    founding = registry.founding
    parts = (
        Part(founding.root, Meaning.ROOT),
        Part(founding.scheme.releases, Meaning.ARC),
        Part(str(number), Meaning.PRODUCT),
    )
    events = (ProductRegistered(number, name, code), *more)
    return decided((*problems, *unfit), Decision(breakdown=parts, number=number, events=events))


def correct(registry: Registry, draft: CorrectProduct) -> Decision:
    """Another name or note for a product; the number stays."""
    product, problems = product_meant(registry, draft.product)
    name = None if draft.name is None else tidy(draft.name)
    if name is not None:
        problems = (*problems, *_name(registry, name, own=product.number if product else None))
    problems = (*problems, *check_note(draft.note), *check_reason(draft.reason, required=True))
    if product is None:
        return decided(problems, Decision())
    changes: list[ProductEvent] = []
    if name is not None and name != product.name:
        changes.append(ProductNameCorrected(product.number, product.name, name))
    if draft.note is not None and kept_text(draft.note) != product.note:
        changes.append(ProductNoteCorrected(product.number, product.note, kept_text(draft.note)))
    if not changes:
        sentence = f"Product {product.number} is called “{product.name}” already. Nothing would change."
        if draft.note is not None:
            sentence = f"Product {product.number} “{product.name}” stands so already. Nothing would change."
        problems = (*problems, Problem("change.none", "name", sentence))
    return decided(problems, Decision(number=product.number, events=tuple(changes)))


def retire(registry: Registry, draft: RetireProduct) -> Decision:
    """No new releases or installations of this product; what is there stays."""
    product, problems = product_meant(registry, draft.product)
    problems = (*problems, *check_reason(draft.reason, required=True))
    if product is None:
        return decided(problems, Decision())
    if product.state is State.RETIRED:
        sentence = f"Product {product.number} “{product.name}” is retired already."
        problems = (*problems, Problem("state.already", "product", sentence))
    return decided(problems, Decision(number=product.number, events=(ProductRetired(product.number),)))


def _number(registry: Registry, number: int) -> tuple[Problem, ...]:
    """A number is given once, whatever became of the product that has it."""
    if not 0 <= number <= HIGHEST_NUMBER:
        sentence = f"{number} is no product number. Choose one from 0 to {HIGHEST_NUMBER}, or leave it to the registry."
        return (Problem("product.number_range", "number", sentence),)
    holder = registry.product(number)
    given_up = registry.elsewhere.given_up(NumberKind.PRODUCT, str(number))
    if holder is None and given_up:
        sentence = f"{given_up_words(given_up)} The next free number is {registry.highest_product + 1}."
        return (Problem("product.number_given_up", "number", sentence),)
    if holder is None:
        return ()
    sentence = (
        f"Number {number} belongs to “{holder.name}”, registered {when_and_who(holder.origin)}. The next free number "
        f"is {registry.highest_product + 1}."
    )
    return (Problem("product.number_taken", "number", sentence),)


def _gap(registry: Registry, number: int) -> tuple[Problem, ...]:
    """Numbers go on from the highest one, so those that are skipped are said."""
    next_number = registry.highest_product + 1
    if not next_number < number <= HIGHEST_NUMBER:
        return ()
    skipped = str(next_number) if number == next_number + 1 else f"{next_number} to {number - 1}"
    sentence = f"Skips {skipped}; the product after this one will be proposed number {number + 1}."
    return (Problem("product.number_gap", "number", sentence, None, Severity.NOTICE),)


def _room(registry: Registry, number: int) -> tuple[Problem, ...]:
    """Of the 64 characters (PS3.5 §9.1) a dot and one digit must be left for a version."""
    arc = f"{registry.founding.root}.{registry.founding.scheme.releases}.{number}"
    if len(arc) + 2 <= MAX_LENGTH:
        return ()
    sentence = f"{arc} has {len(arc)} characters and leaves no room for a version. Choose a smaller number."
    return (Problem("product.no_room", "number", sentence),)


def check_name(name: str) -> tuple[Problem, ...]:
    """What is wrong with a product's name in itself: it must not be mistaken for a number."""
    if not name:
        return (Problem("product.name_empty", "name", "Give the product's name."),)
    if name.isdigit():
        sentence = "A name of digits only would be taken for a product number. Add a word to it."
        return (Problem("product.name_numeric", "name", sentence, 0),)
    return check_text(name, "name", NAME_LENGTH)


def _name(registry: Registry, name: str, own: int | None) -> tuple[Problem, ...]:
    """Names are unique (NFC, case-folded, blanks folded)."""
    holder = registry.product_called(name)
    if holder is not None and holder.number != own:
        sentence = (
            f"“{holder.name}” is product {holder.number} already, registered {when_and_who(holder.origin)}. "
            "Use it, or give this one another name."
        )
        return (Problem("product.name_taken", "name", sentence),)
    return check_name(name)


def check_code(code: str) -> tuple[Problem, ...]:
    """What is wrong with a code in itself: it begins Implementation Version Names, so it is short and plain."""
    if _CODE.fullmatch(code):
        return ()
    at = next((i for i, c in enumerate(code) if not _CODE.fullmatch(c)), CODE_LENGTH)
    sentence = f"A code has 1 to {CODE_LENGTH} letters A–Z, digits, “-” or “_”; look at position {at}."
    return (Problem("product.code_invalid", "code", sentence, at),)


def _code(registry: Registry, code: str | None) -> tuple[Problem, ...]:
    """A code is unique."""
    if code is None:
        return ()
    unfit = check_code(code)
    if unfit:
        return unfit
    holder = next((p for p in registry.products if p.code and p.code.casefold() == code.casefold()), None)
    if holder is None:
        return ()
    sentence = f"Code {holder.code} belongs to product {holder.number} “{holder.name}”. Choose another."
    return (Problem("product.code_taken", "code", sentence),)
