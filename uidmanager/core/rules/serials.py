"""One serial: which installation root it gets, under which arc, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import BarcodeRead, InstallationAssigned, InstallationIndexed
from uidmanager.core.patterns import fault_of, fits
from uidmanager.core.records import Installation, NumberKind, Product, SerialRule, State
from uidmanager.core.rules.common import when_and_who
from uidmanager.core.scheme import (
    LONGEST_INSTALLATION_ROOT,
    indexed_key,
    installation_root,
    read_indexed_serial,
    read_serial,
    without_zeros,
)
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from uidmanager.core.registry import Registry
    from uidmanager.core.scheme import Reading

_NO_RULE = SerialRule()


class Terms(Struct, frozen=True):
    """What is said of a serial beside itself. None: nothing was said."""

    product: Product | None
    note: str | None

    @property
    def number(self) -> int | None:
        """The number of the product."""
        return self.product.number if self.product else None

    @property
    def rule(self) -> SerialRule:
        """What the serials of the product are like."""
        return self.product.serials if self.product else _NO_RULE


class Verdict(Struct, frozen=True):
    """What becomes of one serial. ``text`` is the serial as it is kept, ``product`` the number of what it is.

    ``events`` assign it: none when it has its root already, and none where a rule speaks against it.
    """

    text: str
    uid: str | None = None
    component: str | None = None
    product: int | None = None
    events: tuple[InstallationAssigned | InstallationIndexed | BarcodeRead, ...] = ()
    problems: tuple[Problem, ...] = ()


def is_indexing(verdict: Verdict) -> bool:
    """Whether the serial gets an index by this."""
    return any(isinstance(event, InstallationIndexed) for event in verdict.events)


def judge(registry: Registry, text: str, terms: Terms, indices_given: int) -> Verdict:
    """One serial on its own. ``indices_given`` is how many serials before it get an index in the same entry.

    What has a root keeps it, whatever its product says of serials by now.
    """
    indexed = registry.indexed.component_of(text)
    held = None if indexed is None else registry.installation(indexed)
    if held is not None:
        return _same_again(held, read_indexed_serial(text), terms)
    if terms.rule.indexed:
        return _with_index(registry, text, terms, indices_given)
    return _with_digits(registry, text, terms)


def _with_digits(registry: Registry, text: str, terms: Terms) -> Verdict:
    """A serial whose digits are its component."""
    reading = read_serial(text)
    if reading.numeric is None:
        return Verdict(reading.text, problems=reading.problems)
    held = registry.installation(reading.numeric)
    if held is not None:
        return _same_again(held, reading, terms)
    uid = _root(registry, reading.numeric)
    twin = registry.indexed.with_digits(reading.numeric)
    told = (
        *reading.problems,
        *_pattern(reading.text, terms),
        *_other_arc(registry, reading.text, twin),
        *_given_up(registry, reading.numeric, reading.text),
        *_room(uid, reading.text),
    )
    event = InstallationAssigned(reading.text, reading.numeric, terms.number, terms.note)
    return Verdict(reading.text, uid, reading.numeric, terms.number, (event,), told)


def _with_index(registry: Registry, text: str, terms: Terms, indices_given: int) -> Verdict:
    """A serial that gets the next index, whatever characters it has."""
    reading = read_indexed_serial(text)
    if reading.numeric is None:
        return Verdict(reading.text, problems=reading.problems)
    if registry.indexed_arc is None:
        return Verdict(reading.text, problems=(_no_arc(terms),))
    twin = without_zeros(reading.numeric) if reading.numeric.isdigit() else None
    held = None if twin is None else registry.installation(twin)
    if held is not None and (held.serial, held.product) == (reading.text, terms.number):
        return _same_again(held, reading, terms)  # it has the root of its digits since before
    component = registry.indexed.next_component(indices_given)
    uid = _root(registry, component)
    refusing = (
        *_pattern(reading.text, terms),
        *_other_arc(registry, reading.text, twin),
        *_room(uid, reading.text),
    )
    event = InstallationIndexed(reading.text, component, terms.number, terms.note)
    return Verdict(reading.text, uid, component, terms.number, (event,), refusing or (_indexed(reading, component),))


def _same_again(held: Installation, reading: Reading, terms: Terms) -> Verdict:
    """A serial that has its root keeps it; a serial that would share the root of another is refused."""
    problems = (*reading.problems, *_differences(held, reading.text, terms))
    if not problems and held.serial != reading.text:
        sentence = f"{reading.text} is registered as {held.serial}."
        problems = (Problem("serial.read_as", "serial", sentence, 0, Severity.NOTICE),)
    return Verdict(reading.text, held.uid, held.component, held.product, (), problems)


def _differences(held: Installation, serial: str, terms: Terms) -> tuple[Problem, ...]:
    since = when_and_who(held.origin)
    if held.serial != serial and ("." not in held.component or indexed_key(held.serial) != indexed_key(serial)):
        sentence = (
            f"Serial {serial} has the same root as {held.serial}, assigned {since}. Check the nameplate; if it is "
            "another machine, it needs another serial."
        )
        return (Problem("serial.taken", "serial", sentence),)
    if held.state is not State.ACTIVE:
        sentence = (
            f"Serial {serial} was assigned {since} and is {held.state} now. Its root is not given again; reinstate the "
            "installation if it holds after all."
        )
        return (Problem("installation.not_active", "serial", sentence),)
    differs = [
        field
        for field, wanted, kept in (("product", terms.number, held.product), ("note", terms.note, held.note))
        if wanted is not None and wanted != kept
    ]
    sentence = f"Serial {serial} was assigned {since} with another {{}}. Leave it out, or correct the installation."
    return tuple(Problem("installation.differs", field, sentence.format(field)) for field in differs)


def _root(registry: Registry, component: str) -> str:
    return installation_root(registry.founding.root, registry.founding.scheme, component)


def _indexed(reading: Reading, component: str) -> Problem:
    arc, _, index = component.partition(".")
    compared = f" It is compared as {reading.numeric}." if reading.numeric != reading.text else ""
    sentence = f"Serial {reading.text} gets index {index} under the indexed arc {arc}.{compared}"
    return Problem("serial.indexed", "serial", sentence, None, Severity.NOTICE)


def _no_arc(terms: Terms) -> Problem:
    called = f" of “{terms.product.name}”" if terms.product else ""
    sentence = f"Serials{called} have an index each, but this registry has no arc for them. Open the indexed arc first."
    return Problem("arc.missing", "serial", sentence)


def _pattern(serial: str, terms: Terms) -> tuple[Problem, ...]:
    """The declared pattern of a product's serials, so that a typing error is caught before it has a root."""
    rule = terms.rule
    if rule.pattern is None or terms.product is None:
        return ()
    fault = fault_of(rule.pattern)
    if fault is not None:  # another program has let it through
        sentence = (
            f"The pattern of the serials of “{terms.product.name}” is no regular expression: {excerpt(fault)}. Correct "
            "it first."
        )
        return (Problem("serials.pattern", "product", sentence),)
    if fits(rule.pattern, serial):
        return ()
    sentence = (
        f"“{serial}” is not like the serials of “{terms.product.name}”, such as {rule.example}. Check what was typed "
        "or scanned, and that it is this product."
    )
    return (Problem("serial.pattern", "serial", sentence),)


def _other_arc(registry: Registry, serial: str, component: str | None) -> tuple[Problem, ...]:
    """A serial has one root: not one by its digits and another one by an index."""
    held = None if component is None else registry.installation(component)
    if held is None:
        return ()
    sentence = (
        f"Serial {serial} is {held.serial} with the root {held.uid}, assigned {when_and_who(held.origin)} under "
        "another arc; one serial has one root. Check the product; if it is another machine, it needs another serial."
    )
    return (Problem("serial.other_arc", "serial", sentence),)


def _given_up(registry: Registry, component: str, serial: str) -> tuple[Problem, ...]:
    """A root that was given in another history is for the unit that has it, which is told by its serial."""
    given_up = registry.elsewhere.given_up(NumberKind.INSTALLATION, component)
    if not given_up:
        return ()
    words = given_up_words(given_up)
    if all(each.meant == serial for each in given_up):
        sentence = f"{words} It is the same serial, so the unit has its root back."
        return (Problem("serial.given_back", "serial", sentence, None, Severity.NOTICE),)
    sentence = f"{words} Check the nameplate; if it is another machine than that, it needs another serial."
    return (Problem("serial.given_up", "serial", sentence),)


def _room(uid: str, serial: str) -> tuple[Problem, ...]:
    """PS3.5 §9.1: 64 characters; the equipment must be able to append a dot and a number at least."""
    if len(uid) <= LONGEST_INSTALLATION_ROOT:
        return ()
    sentence = (
        f"The root of serial {serial} would have {len(uid)} characters; more than {LONGEST_INSTALLATION_ROOT} leave "
        "the equipment no room for UIDs of its own. Use a shorter serial."
    )
    return (Problem("installation.no_room", "serial", sentence),)
