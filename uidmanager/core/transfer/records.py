"""The records of a document: what each must be in itself, and that no number was given twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from uidmanager.core.accounts import NUMBERS_CALLED
from uidmanager.core.barcodes import check_gtin, read_gtin
from uidmanager.core.errors import Problem
from uidmanager.core.records import NumberKind, State
from uidmanager.core.rules.product_settings import kept_rule, rule_problems
from uidmanager.core.rules.products import HIGHEST_NUMBER, check_code, check_name
from uidmanager.core.rules.version_names import check_form
from uidmanager.core.scheme import (
    LONGEST_INSTALLATION_ROOT,
    class_uid,
    installation_root,
    is_index,
    read_indexed_serial,
    read_serial,
)
from uidmanager.core.texts import NAME_LENGTH, NOTE_LENGTH, VERSION_LENGTH, excerpt, name_key, tidy
from uidmanager.core.transfer.pasts import PastRules, check_kept, check_tidy
from uidmanager.core.uid import MAX_LENGTH, check_uid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.core.transfer.document import (
        CarriedGivenUp,
        CarriedInstallation,
        CarriedProduct,
        CarriedRecord,
        CarriedRelease,
        Source,
    )

_MEANT_LENGTH: Final = NAME_LENGTH + 1 + VERSION_LENGTH
_PRODUCT: Final = "(?:0|[1-9][0-9]{0,8})"
_COMPONENT: Final = f"(?:0|[1-9][0-9]{{0,{MAX_LENGTH}}})"
_FORMS: Final[dict[NumberKind, Callable[[str], object]]] = {
    NumberKind.PRODUCT: re.compile(_PRODUCT).fullmatch,
    NumberKind.RELEASE: re.compile(rf"{_PRODUCT}(?:\.{_COMPONENT}){{1,{MAX_LENGTH}}}").fullmatch,
    NumberKind.INSTALLATION: re.compile(rf"(?:{_PRODUCT}\.)?{_COMPONENT}").fullmatch,
    NumberKind.VERSION_NAME: lambda name: not check_form(name) and tidy(name) == name,
}
"""What a number of each kind looks like: in another spelling it would not be found when it is asked for."""


class RecordRules:
    """The rules for the records of one document, which are to be looked at in its order, each once.

    ``knows_products`` is to be set to False when products are missing from it that could not be read.
    """

    def __init__(self, source: Source) -> None:
        self.knows_products = True
        self._root = source.root
        self._scheme = source.scheme
        self._indexed_arc = source.indexed_arc
        self._pasts = PastRules(source.entries)
        self._given: dict[tuple[str, ...], str] = {}
        self._products: set[int] = set()
        self._components: set[str] = set()
        self._serials: set[str] = set()

    def product(self, it: CarriedProduct) -> Iterator[Problem]:
        """All that is wrong with a product."""
        if not 0 <= it.number <= HIGHEST_NUMBER:
            sentence = f"{it.number} is no product number: they go from 0 to {HIGHEST_NUMBER}."
            yield Problem("product.number_range", "number", sentence)
        yield from check_name(it.name)
        yield from check_tidy(it.name)
        yield from self._once("product", str(it.number), it.name)
        yield from self._once("name", name_key(it.name), f"product {it.number}")
        if it.code is not None:
            yield from check_code(it.code)
            yield from self._once("code", it.code.casefold(), f"product {it.number}")
        yield from self._settings(it)
        yield from self._state(it, State.RETIRED)
        self._products.add(it.number)

    def release(self, it: CarriedRelease) -> Iterator[Problem]:
        """All that is wrong with a release."""
        yield from self._known(it.product)
        yield from check_kept(it.version, VERSION_LENGTH)
        uid = class_uid(self._root, self._scheme, it.product, it.numeric)
        yield from check_uid(uid)
        yield from _follows(it.uid, uid)
        called = f"version {it.version} of product {it.product}"
        yield from self._once("release", f"{it.product}.{it.numeric}", called)
        yield from check_form(it.version_name)
        yield from check_tidy(it.version_name)
        yield from self._once("version name", it.version_name, called)
        yield from self._state(it, State.WITHDRAWN)
        if it.note is not None:
            yield from check_kept(it.note, NOTE_LENGTH)

    def installation(self, it: CarriedInstallation) -> Iterator[Problem]:
        """All that is wrong with an installation."""
        yield from self._with_index(it) if "." in it.component else self._with_digits(it)
        uid = installation_root(self._root, self._scheme, it.component)
        yield from _follows(it.uid, uid)
        if len(uid) > LONGEST_INSTALLATION_ROOT:
            sentence = f"{len(uid)} characters leave the equipment no room for UIDs of its own. Check the serial."
            yield Problem("installation.no_room", "uid", sentence)
        if it.component in self._components:
            sentence = f"Root {excerpt(it.component)} is given a second time. One of the two must be another unit."
            yield Problem("document.twice", "component", sentence)
        self._components.add(it.component)
        if it.product is not None:
            yield from self._known(it.product)
        yield from self._state(it, State.RETIRED, State.VOID)
        if it.note is not None:
            yield from check_kept(it.note, NOTE_LENGTH)

    def _with_digits(self, it: CarriedInstallation) -> Iterator[Problem]:
        reading = read_serial(it.serial)
        if reading.numeric is None:
            yield from reading.problems
        elif reading.text != it.serial or reading.numeric != it.component:
            sentence = f"The component of serial {reading.text} is {reading.numeric}, not “{excerpt(it.component)}”."
            yield Problem("document.component", "component", sentence)
        if self._indexed_arc is not None:
            yield from self._one_root(it.serial)

    def _with_index(self, it: CarriedInstallation) -> Iterator[Problem]:
        arc, _, index = it.component.partition(".")
        if arc != self._indexed_arc or not is_index(index):
            there = "none" if self._indexed_arc is None else excerpt(self._indexed_arc)
            sentence = f"“{excerpt(it.component)}” is no index under the indexed arc, which is {there}. Export it anew."
            yield Problem("document.component", "component", sentence)
        reading = read_indexed_serial(it.serial)
        if reading.numeric is None:
            yield from reading.problems
            return
        if reading.text != it.serial:
            sentence = f"Serial “{excerpt(it.serial)}” is not written as serials are kept: “{reading.text}”. Mend it."
            yield Problem("document.untidy", "serial", sentence)
        yield from self._one_root(reading.numeric)

    def _one_root(self, key: str) -> Iterator[Problem]:
        """A serial has one root: one index, or its digits."""
        if key in self._serials:
            sentence = f"Serial {excerpt(key)} has a second root. Find out which one its equipment has."
            yield Problem("document.twice", "serial", sentence)
        self._serials.add(key)

    def _settings(self, it: CarriedProduct) -> Iterator[Problem]:
        """What is said of a product beside number and names."""
        if it.gtin is not None:
            unfit = check_gtin(it.gtin)
            yield from unfit
            if not unfit and read_gtin(it.gtin) != it.gtin:
                sentence = f"GTIN {it.gtin} is kept in 14 digits. Write it as {read_gtin(it.gtin)}."
                yield Problem("document.gtin", "gtin", sentence)
            yield from self._once("GTIN", it.gtin, f"product {it.number}")
        if it.serials is not None:
            yield from rule_problems(it.serials, has_arc=self._indexed_arc is not None)
            if kept_rule(it.serials) != it.serials:
                sentence = "Pattern or example is empty, or has blanks around it. Leave it out, or take them out."
                yield Problem("document.untidy", "serials", sentence)
        if it.note is not None:
            yield from check_kept(it.note, NOTE_LENGTH)

    def given_up(self, it: CarriedGivenUp) -> Iterator[Problem]:
        """All that is wrong with a number that is given up."""
        for number in (it.number, it.now):
            if number is not None and not _FORMS[it.kind](number):
                sentence = f"“{excerpt(number)}” cannot have been given to any {NUMBERS_CALLED[it.kind]}. Mend it."
                yield Problem("document.number", "number", sentence)
        yield from check_kept(it.meant, _MEANT_LENGTH)
        yield from self._once(f"{it.kind} given up", f"{it.number}, {it.meant}, {it.now}", it.meant)
        yield from self._pasts.check(it.noted)

    def _known(self, product: int) -> Iterator[Problem]:
        if self.knows_products and product not in self._products:
            sentence = f"The document has no product {product}. Put it in, or name another."
            yield Problem("document.product", "product", sentence)

    def _once(self, kind: str, number: str, holder: str) -> Iterator[Problem]:
        """A number, and what else is unique, is given once."""
        first = self._given.get((kind, number))
        if first is None:
            self._given[kind, number] = holder
        else:
            sentence = f"The {kind} {excerpt(number)} stands twice, first for {excerpt(first)}. Find out who has it."
            yield Problem("document.twice", kind, sentence)

    def _state(self, it: CarriedRecord, *others: State) -> Iterator[Problem]:
        """A state that its kind can have; when it came to it, if it is not active; and when it was registered."""
        if it.state not in {State.ACTIVE, *others}:
            sentence = f"It cannot be {it.state}, only active, {' or '.join(others)}."
            yield Problem("document.state", "state", sentence)
        if (it.state is State.ACTIVE) != (it.changed is None):
            sentence = (
                "It is active, so nothing has ended it: take “changed” out."
                if it.changed is not None
                else f"It is {it.state}: “changed” must say when, by whom and why."
            )
            yield Problem("document.changed", "changed", sentence)
        yield from self._pasts.check(it.registered)
        if it.changed is not None:
            yield from self._pasts.check(it.changed)


def _follows(uid: str, made: str) -> Iterator[Problem]:
    """A UID is not chosen: it is what root, scheme and number come to."""
    if uid != made:
        sentence = f"The UID is “{excerpt(uid)}”, but its numbers come to {excerpt(made)}. Find out which is right."
        yield Problem("document.uid", "uid", sentence)
