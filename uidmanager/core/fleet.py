"""Which version runs where: what came of asking devices, and of devices that called, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.announcements import Announcement, Judgement, judge
from uidmanager.core.devices import Device
from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from uidmanager.core.registry import Registry

_Row = dict[str, str | int | None]

FLEET_FIELDS: Final = (
    "device",
    "address",
    "title",
    "verdict",
    "product",
    "version",
    "state",
    "newest",
    "class_uid",
    "version_name",
    "toolkit",
    "echo",
    "sentence",
)


class Contact(Struct, frozen=True):
    """What came of one association, whichever side asked for it.

    ``announced`` is what the device said of itself, None when it did not come to that; ``trouble`` is what went wrong,
    also after it was announced. ``echoes`` counts the C-ECHO that were answered, by it or by us; None when none was
    asked for. ``turned_down`` has the SOP classes that it asked for and did not get.
    """

    device: Device
    announced: Announcement | None = None
    trouble: Problem | None = None
    echoes: int | None = None
    turned_down: tuple[str, ...] = ()


class Told(Struct, frozen=True):
    """A contact and what the registry says of it; nothing where the device announced nothing."""

    contact: Contact
    judgement: Judgement | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that speaks against the device: what went wrong, then what it announced."""
        trouble = () if self.contact.trouble is None else (self.contact.trouble,)
        return (*trouble, *(self.judgement.problems if self.judgement else ()))

    @property
    def sentence(self) -> str:
        """The answer for this device."""
        if self.judgement is not None:
            return self.judgement.sentence
        return self.contact.trouble.message if self.contact.trouble else ""


class Rows(Struct, frozen=True):
    """Plain rows under the names of their columns."""

    fields: tuple[str, ...]
    rows: tuple[_Row, ...]


def told_of(registry: Registry, contact: Contact, dicom_names: Mapping[str, str]) -> Told:
    """A contact with what the registry says of it."""
    announced = contact.announced
    return Told(contact, None if announced is None else judge(registry, announced, dicom_names))


def fleet_rows(told: Iterable[Told]) -> Rows:
    """A row for each device: what runs there, and what the registry says of that."""
    return Rows(FLEET_FIELDS, tuple(map(fleet_row, told)))


def fleet_row(told: Told) -> _Row:
    """One device as a row. ``verdict`` is that of the announcement, or the code of what went wrong.

    What the device wrote is there as it can be shown, no longer than a name.
    """
    contact, judgement = told.contact, told.judgement
    row: _Row = dict.fromkeys(FLEET_FIELDS)
    device = contact.device
    row.update(device=device.label, address=device.address, title=device.title, sentence=told.sentence)
    row["echo"] = contact.echoes
    if judgement is None:
        row["verdict"] = contact.trouble.code if contact.trouble else None
        return row
    release, newest = judgement.release, judgement.newest
    row.update(
        verdict=judgement.verdict.value,
        product=judgement.product.name if judgement.product else None,
        version=release.version if release else None,
        state=release.state.value if release else None,
        newest=newest.version if newest else None,
        class_uid=_shown(judgement.announcement.class_uid),
        version_name=_shown(judgement.announcement.version_name),
        toolkit=judgement.toolkit.label if judgement.toolkit else None,
    )
    return row


def _shown(text: str | None) -> str | None:
    return None if text is None else excerpt(text)
