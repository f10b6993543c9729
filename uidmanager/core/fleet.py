"""Which version runs where: what came of asking devices, and of devices that called, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.announcements import Announcement, Judgement, judge
from uidmanager.core.devices import Device
from uidmanager.core.errors import Problem
from uidmanager.core.reports import Column, Nature, listed_as
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report, Row

FLEET_COLUMNS: Final = (
    Column("device", "Device", Nature.TEXT),
    Column("address", "Address", Nature.CODE),
    Column("title", "AE title", Nature.CODE),
    Column("verdict", "Verdict", Nature.WORD),
    Column("product", "Product", Nature.TEXT),
    Column("version", "Version", Nature.CODE),
    Column("state", "State", Nature.WORD),
    Column("newest", "Newest version", Nature.CODE),
    Column("class_uid", "Implementation Class UID", Nature.UID),
    Column("version_name", "Version Name", Nature.CODE),
    Column("toolkit", "Toolkit", Nature.TEXT),
    Column("echo", "C-ECHO", Nature.NUMBER),
    Column("sentence", "What that means", Nature.TEXT),
)
FLEET_FIELDS: Final = tuple(column.field for column in FLEET_COLUMNS)


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


def told_of(registry: Registry, contact: Contact, dicom_names: Mapping[str, str]) -> Told:
    """A contact with what the registry says of it."""
    announced = contact.announced
    return Told(contact, None if announced is None else judge(registry, announced, dicom_names))


def fleet(registry: Registry, told: Sequence[Told]) -> Report:
    """A row for each device: what runs there, and what the registry says of that."""
    asked = f"devices asked: {len(told)}"
    return listed_as(registry, "fleet", "Devices and their versions", FLEET_COLUMNS, tuple(map(fleet_row, told)), asked)


def fleet_row(told: Told) -> Row:
    """One device as a row. ``verdict`` is that of the announcement, or the code of what went wrong.

    What the device wrote is there as it can be shown, no longer than a name.
    """
    contact, judgement = told.contact, told.judgement
    row: Row = dict.fromkeys(FLEET_FIELDS)
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
