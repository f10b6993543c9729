"""What a form or a command holds before it is registered. A draft may be wrong; `rules.decide` says so.

Texts are as the person gave them. A product is named as people name it: by number or by name.
"""

from __future__ import annotations

from msgspec import Struct


class FoundRegistry(Struct, frozen=True):
    """Begin a registry under a root that belongs to the organisation. ``registry`` is the random id it is to have."""

    root: str
    organisation: str
    registry: str = ""
    reason: str | None = None


class RegisterProduct(Struct, frozen=True):
    """Give a product its number: the next one, or another free one that is asked for."""

    name: str
    number: int | None = None
    code: str | None = None
    reason: str | None = None


class RegisterRelease(Struct, frozen=True):
    """Give a version of a product its Implementation Class UID.

    ``numeric`` is the version in numbers where the text has letters; ``version_name`` is proposed when None.
    """

    product: str
    version: str
    numeric: str | None = None
    version_name: str | None = None
    note: str | None = None
    reason: str | None = None


class AssignInstallations(Struct, frozen=True):
    """Give one or many serials their installation roots, all or none."""

    serials: tuple[str, ...]
    product: str | None = None
    note: str | None = None
    reason: str | None = None


class CorrectProduct(Struct, frozen=True):
    """Call a product otherwise."""

    product: str
    name: str
    reason: str | None = None


class RetireProduct(Struct, frozen=True):
    """Say that a product is no longer made."""

    product: str
    reason: str | None = None


class CorrectRelease(Struct, frozen=True):
    """Write another note on a release; None takes the note away."""

    product: str
    version: str
    note: str | None
    reason: str | None = None


class WithdrawRelease(Struct, frozen=True):
    """Say that a release must not be used any more."""

    product: str
    version: str
    reason: str | None = None


class CorrectInstallation(Struct, frozen=True):
    """Put right an installation's product or note. None leaves it as it is; an empty text takes it away."""

    serial: str
    product: str | None = None
    note: str | None = None
    reason: str | None = None


class RetireInstallation(Struct, frozen=True):
    """Say that a piece of equipment is out of service."""

    serial: str
    reason: str | None = None


class VoidInstallation(Struct, frozen=True):
    """Say that a root was assigned by mistake."""

    serial: str
    reason: str | None = None


class ReinstateInstallation(Struct, frozen=True):
    """Say that a void or retired installation holds after all."""

    serial: str
    reason: str | None = None


class NoteSeen(Struct, frozen=True):
    """Note on an installation that it, or something with its UIDs, was met in the field.

    ``day`` is when (UTC, ``2026-11-22``), that same day when None. ``today`` is the day on which it is decided: the
    service says it; without it every day lies in the future.
    """

    serial: str
    where: str
    what: str
    day: str | None = None
    reason: str | None = None
    today: str = ""


StateDraft = RetireInstallation | VoidInstallation | ReinstateInstallation
InstallationDraft = AssignInstallations | CorrectInstallation | StateDraft | NoteSeen
ReleaseDraft = RegisterRelease | CorrectRelease | WithdrawRelease
ProductDraft = RegisterProduct | CorrectProduct | RetireProduct
Draft = FoundRegistry | ProductDraft | ReleaseDraft | InstallationDraft
