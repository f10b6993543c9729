"""Ledgers that are damaged, went back or parted, for the tests of the dialog that looks after them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from uidmanager import settings
from uidmanager.app.service import Service
from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from uidmanager.app.ports import Desk
    from uidmanager.core.drafts import Draft

ALONE: tuple[Draft, ...] = (d.RegisterProduct("MR Console"), d.AssignInstallations(("7",), "Viewer"))
OTHER: tuple[Draft, ...] = (
    d.RegisterProduct("PET Workstation"),
    d.AssignInstallations(("007",), "CT Console"),
    d.AssignInstallations(tuple(str(number) for number in range(1000, 1500)), reason="a batch"),
)


def damage(ledger: Path) -> bytes:
    """Change line 7 of the stocked ledger; answers what the file held before."""
    whole = ledger.read_bytes()
    lines = whole.splitlines(keepends=True)
    lines[6] = lines[6].replace(b"0372764", b"0372765")
    ledger.write_bytes(b"".join(lines))
    return whole


def go_back(ledger: Path, to: int) -> bytes:
    """Leave only the first entries; answers what the file held before."""
    whole = ledger.read_bytes()
    ledger.write_bytes(b"".join(whole.splitlines(keepends=True)[:to]))
    return whole


def part(desk: Desk, ledger: Path, ours: Iterable[Draft] = ALONE, theirs: Iterable[Draft] = OTHER) -> Path:
    """Let a copy of the ledger go its own way on another station; answers the copy."""
    other = ledger.with_name("acme (conflicted copy).jsonl")
    shutil.copy(ledger, other)
    _register(desk, other, theirs)
    for folder in ("seen", "replicas"):  # what the other station remembers
        shutil.rmtree(settings.data_folder() / folder)
    _register(desk, ledger, ours)
    return other


def _register(desk: Desk, place: Path, drafts: Iterable[Draft]) -> None:
    service = Service(desk.ledger_at(str(place)), desk.world)
    service.open()
    assert service.trouble is None, service.trouble
    for draft in drafts:
        assert service.submit(draft).entry is not None
