"""Products of the other history: is it one product or another one, and under which number does it stand here."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from uidmanager.core.accounts import serial_rule_in_words
from uidmanager.core.events import (
    ProductGtinSet,
    ProductNameCorrected,
    ProductNoteCorrected,
    ProductRegistered,
    ProductRetired,
    ProductSerialsSet,
)
from uidmanager.core.merging.bench import Outcome
from uidmanager.core.merging.free import free_name, free_number, is_free, named, with_code
from uidmanager.core.merging.terms import Choice, Option
from uidmanager.core.records import NumberKind, State
from uidmanager.core.rules.common import when_and_who

if TYPE_CHECKING:
    from uidmanager.core.events import ProductEvent
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Product


class _Change(Struct, frozen=True):
    """A field of a product in words: as it is held here, as it is to be, and as it was there before."""

    field: str
    held: str
    new: str
    there: str


def merge(bench: Bench, event: ProductEvent) -> Outcome:
    """Take over an event about a product."""
    match event:
        case ProductRegistered():
            return _registered(bench, event)
        case ProductNameCorrected():
            return _name_corrected(bench, event)
        case ProductRetired():
            return _retired(bench, event)
        case ProductGtinSet() | ProductSerialsSet() | ProductNoteCorrected():
            return _set(bench, event)
        case _:
            assert_never(event)


def _registered(bench: Bench, event: ProductRegistered) -> Outcome:
    here = _perhaps_the_same(bench, bench.ours.product(event.number))
    twin = _perhaps_the_same(bench, named(bench, event.name))
    if here is not None and (event in bench.first_told(here) or (here.name, here.code) == (event.name, event.code)):
        return Outcome.PRESENT
    if twin is not None and twin is not here:
        return _one_name(bench, event, twin)
    if here is not None:
        return _one_number(bench, event, here)
    return _on_its_own(bench, event, is_code_asked=True)


def _one_number(bench: Bench, event: ProductRegistered, here: Product) -> Outcome:
    """One number was given to what may be two products."""
    number = event.number
    options = [
        Option(
            Choice.KEEP,
            f"One product: it stays “{here.name}”, and what the other history wrote of product {number} is of it.",
        )
    ]
    holder = named(bench, event.name)
    if here.name != event.name and (holder is None or holder is here):
        options.append(Option(Choice.TAKE, f"One product: it is called “{event.name}” from now on."))
    free = free_number(bench)
    if free is not None:
        meaning = f"Two products: “{event.name}” gets number {free}, and its releases get other UIDs with it."
        options.append(Option(Choice.APART, f"{meaning} The UIDs they had are given up."))
    choice = bench.ask(
        f"product:{number}", f"product {number}", _told(here), _told(bench.at_last.product(number)), *options
    )
    if choice is Choice.APART:
        return _on_its_own(bench, event, is_code_asked=False)
    if choice is Choice.KEEP:
        return Outcome.PRESENT
    bench.write(ProductNameCorrected(number, here.name, event.name))
    return Outcome.TAKEN


def _one_name(bench: Bench, event: ProductRegistered, twin: Product) -> Outcome:
    """What may be one product was given two numbers."""
    number = event.number
    options = (
        Option(
            Choice.KEEP,
            f"One product: it has number {twin.number}, its releases get other UIDs; number {number} is given up.",
        ),
        Option(Choice.APART, "Two products: this one is registered for itself, under a name that tells them apart."),
    )
    choice = bench.ask(
        f"product:{number}", f"product “{event.name}”", _told(twin), _told(bench.at_last.product(number)), *options
    )
    if choice is Choice.APART:
        return _on_its_own(bench, event, is_code_asked=False)
    bench.numbering.move_product(number, twin.number)
    bench.give_up(NumberKind.PRODUCT, str(number), event.name, str(twin.number))
    return Outcome.PRESENT


def _on_its_own(bench: Bench, event: ProductRegistered, *, is_code_asked: bool) -> Outcome:
    """A product that the base does not have: under its own number where that is free."""
    number = event.number if is_free(bench.ours, event.number) else free_number(bench)
    holder = with_code(bench, event.code)
    is_wanted = holder is None or not is_code_asked or _ask_code(bench, event, holder) is Choice.APART
    if number is None or not is_wanted:
        bench.numbering.move_product(event.number, None)
        bench.give_up(NumberKind.PRODUCT, str(event.number), event.name)
        return Outcome.LEFT_OUT
    name = free_name(bench, event.name, number)
    bench.write(ProductRegistered(number, name, None if holder else event.code))
    bench.numbering.called[event.number] = event.name, name
    if number != event.number:
        bench.numbering.move_product(event.number, number)
        bench.give_up(NumberKind.PRODUCT, str(event.number), event.name, str(number))
    return Outcome.TAKEN


def _ask_code(bench: Bench, event: ProductRegistered, holder: Product) -> Choice:
    return bench.ask(
        f"product.code:{event.number}",
        f"code {event.code}",
        _told(holder),
        _told(bench.at_last.product(event.number)),
        Option(Choice.APART, f"“{event.name}” is registered without a code."),
        Option(Choice.KEEP, f"“{event.name}” is left out with all its releases; their UIDs are given up."),
    )


def _name_corrected(bench: Bench, event: ProductNameCorrected) -> Outcome:
    here, there = bench.numbering.product(event.number), bench.theirs.product(event.number)
    held = None if here is None else bench.ours.product(here)
    if held is None or there is None:
        return Outcome.LEFT_OUT
    if held.name == event.new:
        return Outcome.PRESENT
    holder = named(bench, event.new)
    is_free = holder is None or holder is held
    stands = there.name == held.name or bench.numbering.called.get(event.number) == (there.name, held.name)
    if not (stands and is_free):
        choice = _ask_name(bench, event, held, is_free=is_free)
        if choice is Choice.KEEP:
            return Outcome.LEFT_OUT
    name = event.new if is_free else free_name(bench, event.new, held.number)
    bench.numbering.called[event.number] = event.new, name
    bench.write(ProductNameCorrected(held.number, held.name, name))
    return Outcome.TAKEN


def _ask_name(bench: Bench, event: ProductNameCorrected, held: Product, *, is_free: bool) -> Choice:
    at_last = bench.at_last.product(event.number)
    take = Option(Choice.TAKE, f"It is called “{event.new}” from now on.")
    apart = Option(Choice.APART, f"Another product is called “{event.new}”; a name is made that tells them apart.")
    return bench.ask(
        f"product.name:{event.number}",
        f"the name of product {held.number}",
        held.name,
        at_last.name if at_last else event.new,
        Option(Choice.KEEP, f"It stays “{held.name}”."),
        take if is_free else apart,
    )


def _set(bench: Bench, event: ProductGtinSet | ProductSerialsSet | ProductNoteCorrected) -> Outcome:
    """Take over what is said of a product apart from its number and its name."""
    here, there = bench.numbering.product(event.number), bench.theirs.product(event.number)
    held = None if here is None else bench.ours.product(here)
    if held is None or there is None:
        return Outcome.LEFT_OUT
    match event:
        case ProductGtinSet():
            holder = event.new and bench.ours.product_with_gtin(event.new)
            if holder and holder.number != held.number:
                return Outcome.LEFT_OUT
            change = _Change("GTIN", held.gtin or "none", event.new or "none", there.gtin or "none")
            wanted: ProductEvent = ProductGtinSet(held.number, held.gtin, event.new)
        case ProductSerialsSet():
            rules = map(serial_rule_in_words, (held.serials, event.new, there.serials))
            change = _Change("serials", *rules)
            wanted = ProductSerialsSet(held.number, held.serials, event.new)
        case _:
            change = _Change("note", held.note or "none", event.new or "none", there.note or "none")
            wanted = ProductNoteCorrected(held.number, held.note, event.new)
    if change.held == change.new:
        return Outcome.PRESENT
    if change.held != change.there and not _is_taken(bench, held, change):
        return Outcome.LEFT_OUT
    bench.write(wanted)
    return Outcome.TAKEN


def _is_taken(bench: Bench, held: Product, change: _Change) -> bool:
    """Whether the telling of the other history is to hold."""
    choice = bench.ask(
        f"product.{change.field.lower()}:{held.number}",
        f"the {change.field} of product {held.number}",
        change.held,
        change.new,
        Option(Choice.KEEP, f"The {change.field} of the base stays: {change.held}."),
        Option(Choice.TAKE, f"The {change.field} of the other history holds from now on: {change.new}."),
    )
    return choice is Choice.TAKE


def _retired(bench: Bench, event: ProductRetired) -> Outcome:
    here = bench.numbering.product(event.number)
    held = None if here is None else bench.ours.product(here)
    if held is None:
        return Outcome.LEFT_OUT
    if held.state is State.RETIRED:
        return Outcome.PRESENT
    bench.write(ProductRetired(held.number))
    return Outcome.TAKEN


def _perhaps_the_same(bench: Bench, held: Product | None) -> Product | None:
    """The product, unless it is known here as another product of the other history: then it is not this one."""
    numbering, others = bench.numbering, bench.theirs.products
    if held is None or any(numbering.product(other.number) == held.number for other in others):
        return None
    return held


def _told(product: Product | None) -> str:
    code = f", code {product.code}" if product and product.code else ""
    told = product and f"product {product.number} “{product.name}”{code}, registered {when_and_who(product.origin)}"
    return told or ""
