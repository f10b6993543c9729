"""What the registry knows of a release or an installation, as a template takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.rules.standing import installation_standing, release_standing
from uidmanager.core.snippets.templates import MARK, Purpose

if TYPE_CHECKING:
    from uidmanager.core.records import Installation, Release
    from uidmanager.core.registry import Registry


class Facts(Struct, frozen=True):
    """The values for the places of a template. ``uid`` is what is handed on: the class UID or the installation root.

    ``problems`` is what speaks against handing it on: errors refuse it, cautions go with it.
    """

    purpose: Purpose
    uid: str
    values: dict[str, str]
    problems: tuple[Problem, ...] = ()


def facts_of_release(registry: Registry, release: Release) -> Facts:
    """What goes into a build of this release."""
    product = registry.product(release.product)
    called = product.name if product else str(release.product)
    values = {
        "uid": release.uid,
        "version_name": release.version_name,
        "product": called,
        "version": release.version,
        "what": f"{called} {release.version}",
        "mark": MARK,
    }
    return Facts(Purpose.RELEASE, release.uid, values, release_standing(registry, release))


def facts_of_installation(registry: Registry, installation: Installation) -> Facts:
    """What is set on this piece of equipment."""
    product = None if installation.product is None else registry.product(installation.product)
    called = product.name if product else ""
    what = f"installation {installation.serial}" + (f" ({called})" if called else "")
    values = {
        "root": installation.uid,
        "serial": installation.serial,
        "product": called,
        "what": what,
        "mark": MARK,
    }
    return Facts(Purpose.INSTALLATION, installation.uid, values, installation_standing(registry, installation))
