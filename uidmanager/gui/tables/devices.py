"""Devices that were asked, or are to be, as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.announcements import Verdict
from uidmanager.core.texts import excerpt
from uidmanager.gui.table_models import Column
from uidmanager.gui.tables.record_table import Copied

if TYPE_CHECKING:
    from uidmanager.core.announcements import Announcement
    from uidmanager.core.devices import Device
    from uidmanager.core.fleet import Told

VERDICTS: Final = {
    Verdict.RELEASE: "✓ registered",
    Verdict.NAME_DIFFERS: "✕ name differs",
    Verdict.WITHDRAWN: "◐ withdrawn",
    Verdict.NOT_REGISTERED: "✕ not registered",
    Verdict.NOT_A_RELEASE: "✕ no release",
    Verdict.GIVEN_UP: "✕ given up",
    Verdict.TOOLKIT: "◐ a toolkit's own",
    Verdict.FOREIGN: "◐ not ours",
    Verdict.NOT_A_UID: "✕ no UID",
    Verdict.NOTHING: "✕ no class UID",
}


class DeviceRow(NamedTuple):
    """A device, and what is known of it since it was asked last."""

    device: Device
    told: Told | None = None


def _verdict(row: DeviceRow) -> str:
    if row.told is None:
        return "not asked yet"
    return VERDICTS[row.told.judgement.verdict] if row.told.judgement else "✕ no answer"


def _sentence(row: DeviceRow) -> str:
    return row.told.sentence if row.told else ""


def _announced(row: DeviceRow) -> Announcement | None:
    return row.told.contact.announced if row.told else None


def _class_uid(row: DeviceRow) -> str:
    announced = _announced(row)
    return excerpt(announced.class_uid or "") if announced else ""


def _version_name(row: DeviceRow) -> str:
    announced = _announced(row)
    return excerpt(announced.version_name or "") if announced else ""


def _newest(row: DeviceRow) -> str:
    newest = row.told.judgement.newest if row.told and row.told.judgement else None
    return newest.version if newest else ""


DEVICES: Final[tuple[Column[DeviceRow], ...]] = (
    Column("Device", lambda r: r.device.label, width=18, tooltip=lambda r: f"{r.device.address}\n{r.device.title}"),
    Column("Verdict", _verdict, width=16),
    Column("What it runs", _sentence, width=34),
    Column("Newest", _newest, width=9),
    Column("Version name", _version_name, is_fixed=True, width=17),
    Column("Class UID", _class_uid, is_fixed=True, width=40),
)
COPIES: Final = (
    Copied("Copy class UID", _class_uid),
    Copied("Copy answer", lambda r: f"{r.device.label}\t{_verdict(r)}\t{_sentence(r)}"),
)
