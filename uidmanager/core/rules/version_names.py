"""Implementation Version Names: 1 to 16 characters of ISO 646 (PS3.7 §D.3.3.2), unique in the registry."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.records import NumberKind
from uidmanager.core.texts import tidy
from uidmanager.core.uid import show

if TYPE_CHECKING:
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry

LONGEST: Final = 16
_PLAIN = re.compile(r"[^A-Z0-9]+")
_NOT_ALLOWED = re.compile(r"[^ -\[\]-~]")  # the printable characters of ISO 646 without the backslash


def choose_name(
    registry: Registry, product: Product, version: str, numeric: str, given: str | None
) -> tuple[str | None, tuple[Problem, ...]]:
    """The name that is given, or else one proposed from the product's code and the version."""
    if given is not None:
        name = tidy(given)
        return name, (*check_form(name), *_free(registry, name))
    proposed = propose_name(registry, product, version, numeric)
    if proposed is None:
        sentence = f"No name of {LONGEST} characters could be proposed. Give an Implementation Version Name."
        return None, (Problem("version_name.needed", "version_name", sentence),)
    sentence = f"Implementation Version Name proposed: {proposed}."
    return proposed, (Problem("version_name.proposed", "version_name", sentence, None, Severity.NOTICE),)


def propose_name(registry: Registry, product: Product, version: str, numeric: str) -> str | None:
    """A free name of the form CODE_VERSION; the code gives way where it gets too long, never the version."""
    code = product.code or _PLAIN.sub("", unicodedata.normalize("NFKD", product.name).upper())
    for tail in (f"_{version}", f"_{numeric}"):
        room = LONGEST - len(tail)
        for head in (code[: max(room, 0)], _numbered(code, product.number, room)):
            if head and len(head) <= room and not check_form(head + tail) and is_free(registry, head + tail):
                return head + tail
    return None


def is_free(registry: Registry, name: str) -> bool:
    """Whether no release has this name, here or in a history that was merged."""
    given_up = registry.elsewhere.given_up(NumberKind.VERSION_NAME, name)
    return registry.release_named(name) is None and not given_up


def _numbered(code: str, number: int, room: int) -> str:
    """The code with the product's number, which tells two codes apart that are cut to the same letters."""
    return code[: max(room - len(str(number)), 0)] + str(number)


def check_form(name: str) -> tuple[Problem, ...]:
    """PS3.7 §D.3.3.2: 1 to 16 characters of ISO 646; the backslash separates values (PS3.5 §6.2)."""
    if not name:
        return (
            Problem("version_name.empty", "version_name", "Give 1 to 16 characters, or leave it to the registry.", 0),
        )
    problems = []
    if len(name) > LONGEST:
        sentence = f"{len(name)} characters; the standard allows {LONGEST}. Shorten it by {len(name) - LONGEST}."
        problems.append(Problem("version_name.too_long", "version_name", sentence, LONGEST))
    found = _NOT_ALLOWED.search(name)
    if found:
        sentence = f"{show(found[0])} at position {found.start()} is not allowed: use letters, digits, signs of ASCII."
        problems.append(Problem("version_name.character", "version_name", sentence, found.start()))
    return tuple(problems)


def _free(registry: Registry, name: str) -> tuple[Problem, ...]:
    """One name means one release."""
    if is_free(registry, name):
        return ()
    holder = registry.release_named(name)
    if holder is None:
        given_up = registry.elsewhere.given_up(NumberKind.VERSION_NAME, name)
        return (Problem("version_name.given_up", "version_name", f"{given_up_words(given_up)} Choose another."),)
    product = registry.product(holder.product)
    called = product.name if product else str(holder.product)
    sentence = f"{name} is the name of {called} {holder.version} already. Choose another."
    return (Problem("version_name.taken", "version_name", sentence),)
