"""Which release is meant by one text that names product and version, as in “CT Console 4.5.0.3”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from uidmanager.core.errors import Problem
from uidmanager.core.rules.releases import release_meant
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import Product, Release
    from uidmanager.core.registry import Registry

_BLANKS = re.compile(r"\s+")
_LONGEST = 400  # names and versions are far shorter; what is longer is not looked through


def release_called(registry: Registry, text: str) -> tuple[Release | None, tuple[Problem, ...]]:
    """The one release that a text names: its product by name, code or number, a blank, its version.

    Both may have blanks in them, so every blank is tried as the one between. More than one release is nobody's guess.
    """
    found: dict[str, Release] = {}
    unfit: tuple[Problem, ...] = ()
    for product, version in _splits(registry, text):
        release, problems = release_meant(registry, str(product.number), version)
        unfit = unfit or problems
        if release is not None:
            found[release.uid] = release
    if len(found) == 1:
        return next(iter(found.values())), ()
    if found:
        names = " or ".join(_called(registry, release) for release in found.values())
        sentence = f"“{excerpt(text.strip())}” may be {names}. Name the product by its number: “2 4.5.0.3”."
        return None, (Problem("release.ambiguous", "release", sentence),)
    if unfit:
        return None, unfit
    sentence = (
        f"“{excerpt(text.strip())}” names no product with a version behind it. Write its name, code or number, a "
        "blank and the version, as in “CT Console 4.5.0.3”."
    )
    return None, (Problem("release.not_named", "release", sentence),)


def _splits(registry: Registry, text: str) -> Iterator[tuple[Product, str]]:
    """Each way to read the text as a product that there is, and something behind it."""
    trimmed = text.strip()[:_LONGEST]
    for blank in _BLANKS.finditer(trimmed):
        for product in _products(registry, trimmed[: blank.start()]):
            yield product, trimmed[blank.end() :]


def _products(registry: Registry, called: str) -> Iterator[Product]:
    by_name = registry.find_product(called)
    if by_name is not None:
        yield by_name
    code = called.casefold()
    yield from (each for each in registry.products if each.code and each.code.casefold() == code and each != by_name)


def _called(registry: Registry, release: Release) -> str:
    product = registry.product(release.product)
    return f"product {release.product} “{product.name if product else ''}” {release.version}"
