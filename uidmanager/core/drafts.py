"""What a form or a command holds before it is registered. A draft may be wrong; `rules.decide` says so.

Texts are as the person gave them. A product is named as people name it: by number or by name.
"""

from __future__ import annotations

from msgspec import Struct

from uidmanager.core.barcodes import Read
from uidmanager.core.records import SerialRule


class FoundRegistry(Struct, frozen=True):
    """Begin a registry under a root that belongs to the organisation. ``registry`` is the random id it is to have.

    ``indexed_arc`` is the arc for serials that are no numbers; None when there shall be none for now.
    """

    root: str
    organisation: str
    registry: str = ""
    reason: str | None = None
    indexed_arc: str | None = None


class OpenIndexedArc(Struct, frozen=True):
    """Let serials that are no numbers have an index each, under an arc of their own."""

    arc: str
    reason: str | None = None


class RegisterProduct(Struct, frozen=True):
    """Give a product its number: the next one, or another free one that is asked for."""

    name: str
    number: int | None = None
    code: str | None = None
    reason: str | None = None
    gtin: str | None = None
    serials: SerialRule | None = None
    note: str | None = None


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
    """Give one or many serials their installation roots, all or none.

    ``reads`` says which of them a scanner sent, and how: one for each serial, or none at all.
    """

    serials: tuple[str, ...]
    product: str | None = None
    note: str | None = None
    reason: str | None = None
    reads: tuple[Read | None, ...] = ()


class CorrectProduct(Struct, frozen=True):
    """Call a product otherwise, or note something else on it. None leaves it; an empty note takes the note away."""

    product: str
    name: str | None = None
    reason: str | None = None
    note: str | None = None


class SetProductGtin(Struct, frozen=True):
    """Say which Global Trade Item Number a product has; an empty one takes it away."""

    product: str
    gtin: str
    reason: str | None = None


class SetProductSerials(Struct, frozen=True):
    """Say what the serials of a product are like from now on."""

    product: str
    serials: SerialRule
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


class Print(Struct, frozen=True):
    """One unit whose label is printed, and what the code on it says."""

    serial: str
    code: str


class NoteLabelsPrinted(Struct, frozen=True):
    """Note that labels were printed: a print run."""

    prints: tuple[Print, ...]
    template: str
    copies: int = 1
    reason: str | None = None


class Check(Struct, frozen=True):
    """A label that was read back and is right: of which unit, and what was scanned."""

    serial: str
    scanned: str


class Miss(Struct, frozen=True):
    """A scan at a check of labels that was none of a right label, and what was said of it."""

    scanned: str
    verdict: str


class NoteLabelsChecked(Struct, frozen=True):
    """Note what reading back the labels of a print run has shown. ``printed`` is the number of the run's entry."""

    printed: int
    checks: tuple[Check, ...] = ()
    misses: tuple[Miss, ...] = ()
    reason: str | None = None


class TakenRow(Struct, frozen=True):
    """A row of a spreadsheet as the draft that it comes to; ``line`` is its number there."""

    line: int
    draft: RegisterProduct | RegisterRelease | AssignInstallations


class TakeOver(Struct, frozen=True):
    """Register what stands in the rows of a spreadsheet, all in one entry.

    ``document`` is the SHA-256 of the file's bytes, ``left_out`` how many of its rows are not among these.
    """

    rows: tuple[TakenRow, ...]
    file: str
    document: str
    sheet: str | None = None
    left_out: int = 0
    reason: str | None = None


StateDraft = RetireInstallation | VoidInstallation | ReinstateInstallation
InstallationDraft = AssignInstallations | CorrectInstallation | StateDraft | NoteSeen
ReleaseDraft = RegisterRelease | CorrectRelease | WithdrawRelease
ProductDraft = RegisterProduct | CorrectProduct | RetireProduct | SetProductGtin | SetProductSerials
LabelDraft = NoteLabelsPrinted | NoteLabelsChecked
Draft = FoundRegistry | OpenIndexedArc | LabelDraft | ProductDraft | ReleaseDraft | InstallationDraft | TakeOver
