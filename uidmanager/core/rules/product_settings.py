"""What is said of a product beside its number and names: its GTIN, what its serials are like, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.barcodes import check_gtin, read_gtin
from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem
from uidmanager.core.events import ProductEvent, ProductGtinSet, ProductNoteCorrected, ProductSerialsSet
from uidmanager.core.patterns import PATTERN_LENGTH, fault_of, fits
from uidmanager.core.records import SerialRule
from uidmanager.core.rules.common import check_reason, kept_text, product_meant
from uidmanager.core.scheme import read_indexed_serial, read_serial
from uidmanager.core.texts import check_text, excerpt, tidy

if TYPE_CHECKING:
    from uidmanager.core.drafts import RegisterProduct, SetProductGtin, SetProductSerials
    from uidmanager.core.registry import Registry


def of_new_product(
    registry: Registry, number: int, draft: RegisterProduct
) -> tuple[tuple[ProductEvent, ...], tuple[Problem, ...]]:
    """What is written of a new product after its registration, and what speaks against it."""
    events: list[ProductEvent] = []
    problems: tuple[Problem, ...] = ()
    gtin = (draft.gtin or "").strip()
    if gtin:
        problems = _gtin_problems(registry, gtin, number)
        events.append(ProductGtinSet(number, None, read_gtin(gtin)))
    serials = SerialRule() if draft.serials is None else kept_rule(draft.serials)
    if serials != SerialRule():
        problems = (*problems, *check_serials(registry, serials))
        events.append(ProductSerialsSet(number, SerialRule(), serials))
    note = kept_text(draft.note)
    if note is not None:
        events.append(ProductNoteCorrected(number, None, note))
    return tuple(events), problems


def set_gtin(registry: Registry, draft: SetProductGtin) -> Decision:
    """Another GTIN for a product, or none. The first one needs no reason."""
    product, problems = product_meant(registry, draft.product)
    gtin = draft.gtin.strip()
    is_change = product is not None and product.gtin is not None
    problems = (*problems, *check_reason(draft.reason, required=is_change))
    if gtin:
        problems = (*problems, *_gtin_problems(registry, gtin, product.number if product else None))
    if product is None:
        return decided(problems, Decision())
    new = read_gtin(gtin) if gtin else None
    if new == product.gtin:
        sentence = f"Product {product.number} has {f'GTIN {new}' if new else 'no GTIN'} already. Nothing would change."
        problems = (*problems, Problem("change.none", "gtin", sentence))
    event = ProductGtinSet(product.number, product.gtin, new)
    return decided(problems, Decision(number=product.number, events=(event,)))


def set_serials(registry: Registry, draft: SetProductSerials) -> Decision:
    """Another rule for a product's serials, for those that are assigned from now on."""
    product, problems = product_meant(registry, draft.product)
    rule = kept_rule(draft.serials)
    is_change = product is not None and product.serials != SerialRule()
    problems = (*problems, *check_serials(registry, rule), *check_reason(draft.reason, required=is_change))
    if product is None:
        return decided(problems, Decision())
    if rule == product.serials:
        sentence = f"The serials of product {product.number} “{product.name}” are like that already."
        problems = (*problems, Problem("change.none", "serials", sentence))
    event = ProductSerialsSet(product.number, product.serials, rule)
    return decided(problems, Decision(number=product.number, events=(event,)))


def kept_rule(rule: SerialRule) -> SerialRule:
    """The rule as it is kept: what is empty is none."""
    return SerialRule(rule.indexed, tidy(rule.pattern or "") or None, tidy(rule.example or "") or None)


def check_serials(registry: Registry, rule: SerialRule) -> tuple[Problem, ...]:
    """What speaks against a rule for serials in this registry."""
    return rule_problems(rule, has_arc=registry.indexed_arc is not None)


def rule_problems(rule: SerialRule, *, has_arc: bool) -> tuple[Problem, ...]:
    """What speaks against a rule for serials: a pattern comes with an example, which shows what it does."""
    problems: list[Problem] = []
    if rule.indexed and not has_arc:
        sentence = "This registry has no arc for serials with an index. Open the indexed arc first."
        problems.append(Problem("arc.missing", "serials", sentence))
    for field, text in (("pattern", rule.pattern), ("example", rule.example)):
        problems.extend(check_text(text or "", field, PATTERN_LENGTH))
    if problems or (rule.pattern is None and rule.example is None):
        return tuple(problems)
    if rule.pattern is None or rule.example is None:
        field, given, missing = ("example", "pattern", "example") if rule.pattern else ("pattern", "example", "pattern")
        sentence = f"There is a {given} without {'an' if missing == 'example' else 'a'} {missing}. Give both, or none."
        return (Problem("serials.incomplete", field, sentence),)
    fault = fault_of(rule.pattern)
    if fault is not None:
        sentence = f"The pattern is no regular expression: {excerpt(fault)}. An example of one: SN-[A-Z][0-9]+."
        return (Problem("serials.pattern", "pattern", sentence),)
    return _check_example(rule, rule.pattern, rule.example)


def is_like(rule: SerialRule, serial: str) -> bool:
    """Whether a serial could be assigned by a rule that is free of problems."""
    reading = read_indexed_serial(serial) if rule.indexed else read_serial(serial)
    return reading.numeric is not None and (rule.pattern is None or fits(rule.pattern, reading.text))


def _check_example(rule: SerialRule, pattern: str, example: str) -> tuple[Problem, ...]:
    if not fits(pattern, example):
        sentence = f"The example “{excerpt(example)}” is not like the pattern as a whole. Correct one of the two."
        return (Problem("serials.example", "example", sentence),)
    reading = read_indexed_serial(example) if rule.indexed else read_serial(example)
    if reading.numeric is None:
        sentence = f"The example could not be assigned. {reading.problems[0].message}"
        return (Problem("serials.example", "example", sentence),)
    return ()


def _gtin_problems(registry: Registry, gtin: str, own: int | None) -> tuple[Problem, ...]:
    unfit = check_gtin(gtin)
    if unfit:
        return unfit
    holder = registry.product_with_gtin(read_gtin(gtin))
    if holder is None or holder.number == own:
        return ()
    sentence = f"GTIN {gtin} belongs to product {holder.number} “{holder.name}”. Each product has its own."
    return (Problem("gtin.taken", "gtin", sentence),)
