"""Whether a UID may be handed on: to a build, to a piece of equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.records import NumberKind, State

if TYPE_CHECKING:
    from uidmanager.core.records import GivenUp, Installation, Release
    from uidmanager.core.registry import Registry


def release_standing(registry: Registry, release: Release) -> tuple[Problem, ...]:
    """Nobody builds with a UID that was withdrawn. What is registered of a retired product may be built again."""
    problems: list[Problem] = []
    if release.state is State.WITHDRAWN:
        sentence = (
            f"Release {release.version} was withdrawn; its UID must not be used again. Give the build a new version."
        )
        problems.append(Problem("release.withdrawn", "version", sentence))
    product = registry.product(release.product)
    if product is not None and product.state is State.RETIRED:
        sentence = (
            f"Product {product.number} “{product.name}” is retired. Make sure that it is meant to be built again."
        )
        problems.append(Problem("standing.product_retired", "product", sentence, None, Severity.CAUTION))
    given_up = registry.elsewhere.given_up(NumberKind.RELEASE, f"{release.product}.{release.numeric}")
    return (*problems, *_given_twice(given_up, "version"))


def installation_standing(registry: Registry, installation: Installation) -> tuple[Problem, ...]:
    """No equipment is set to a root that was given by mistake, or that is out of service."""
    problems: list[Problem] = []
    if installation.state is not State.ACTIVE:
        sentence = f"Installation {installation.serial} is {installation.state}. Reinstate it if it holds after all."
        problems.append(Problem("installation.not_active", "serial", sentence))
    given_up = registry.elsewhere.given_up(NumberKind.INSTALLATION, installation.component)
    others = tuple(each for each in given_up if each.meant != installation.serial)
    return (*problems, *_given_twice(others, "serial"))


def _given_twice(given_up: tuple[GivenUp, ...], field: str) -> tuple[Problem, ...]:
    """What another history gave to something else may be in use in the field."""
    if not given_up:
        return ()
    sentence = f"Beware: {given_up_words(given_up)}"
    return (Problem("standing.given_twice", field, sentence, None, Severity.CAUTION),)
