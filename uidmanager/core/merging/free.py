"""Numbers and names that a product of the other history can have here, since nothing has them."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from uidmanager.core.records import NumberKind
from uidmanager.core.rules.products import HIGHEST_NUMBER
from uidmanager.core.scheme import class_uid
from uidmanager.core.texts import NAME_LENGTH, name_key
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry


def named(bench: Bench, name: str) -> Product | None:
    """The product that is called so here."""
    key = name_key(name)
    return next((product for product in bench.ours.products if name_key(product.name) == key), None)


def with_code(bench: Bench, code: str | None) -> Product | None:
    """The product that has this code here."""
    if code is None:
        return None
    folded = code.casefold()
    return next((p for p in bench.ours.products if p.code and p.code.casefold() == folded), None)


def is_free(registry: Registry, number: int) -> bool:
    """Whether a product number was neither given nor given up."""
    return registry.product(number) is None and not registry.elsewhere.given_up(NumberKind.PRODUCT, str(number))


def free_number(bench: Bench) -> int | None:
    """A number that neither history has given; the next one, or a gap where there is no next. None: none has room."""
    founding = bench.ours.founding
    highest = max(bench.ours.highest_product, bench.at_last.highest_product)
    if highest < HIGHEST_NUMBER:
        number = highest + 1
    else:
        number = next(n for n in count(1) if is_free(bench.ours, n) and is_free(bench.at_last, n))
    has_room = len(class_uid(founding.root, founding.scheme, number, "0")) <= MAX_LENGTH
    return number if has_room else None


def free_name(bench: Bench, name: str, number: int) -> str:
    """The name itself, or one with the number behind it that no product has."""
    tails = chain(("", f" ({number})"), (f" ({number}-{n})" for n in count(2)))
    names = (name[: NAME_LENGTH - len(tail)].rstrip() + tail for tail in tails)
    return next(found for found in names if named(bench, found) is None)
