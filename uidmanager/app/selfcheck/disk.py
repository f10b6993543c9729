"""Checks of the ledger as a file: flushed, read back, torn, changed, cut, backed up; and of the reports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from uidmanager.app.selfcheck.rules import founded
from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.reports import Kind, report

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory


def flushed_and_read_back(laboratory: Laboratory) -> str:
    """An entry, and what another look at the file finds."""
    service = founded(laboratory, "flush")
    before = laboratory.flushes
    written = service.submit(AssignInstallations(("100417",))).entry
    flushed = "flushed" if laboratory.flushes > before else "not flushed"
    found = reopened(laboratory, "flush")
    with found.look() as registry:
        same = found.trouble is None and registry.entries[-1] == written
    return f"{flushed} before acknowledgement; {'read back as written' if same else 'not read back as written'}"


def torn_tail(laboratory: Laboratory) -> str:
    """Half a line at the end, as a crash leaves it."""
    founded(laboratory, "torn").submit(AssignInstallations(("100417",)))
    torn = b'{"h":"0123'
    with (laboratory.folder / "torn").open("ab") as file:
        file.write(torn)
    service = reopened(laboratory, "torn")
    entry = service.submit(AssignInstallations(("100418",))).entry
    kept = "all whole entries kept" if entry is not None and entry.n == 3 else "entries lost"  # noqa: PLR2004
    copies = [path.read_bytes() for path in laboratory.folder.glob("torn.torn-*")]
    aside = "torn bytes set aside" if copies == [torn] else "torn bytes gone"
    trouble = reopened(laboratory, "torn").trouble
    return f"{kept}; {aside}; {'next entry written' if trouble is None else trouble.code}"


def changed_byte(laboratory: Laboratory) -> str:
    """One digit of a serial changed in the file."""
    founded(laboratory, "changed").submit(AssignInstallations(("100417",)))
    path = laboratory.folder / "changed"
    path.write_bytes(path.read_bytes().replace(b"100417", b"100418"))
    return _trouble(laboratory, "changed")


def cut_tail(laboratory: Laboratory) -> str:
    """The last line taken away, so that the chain is whole."""
    founded(laboratory, "cut").submit(AssignInstallations(("100417",)))
    path = laboratory.folder / "cut"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    return _trouble(laboratory, "cut")


def backup_restored(laboratory: Laboratory) -> str:
    """A backup, one more entry, damage in the midst of the ledger; then the restore, and the next entry."""
    service = founded(laboratory, "restored")
    service.submit(AssignInstallations(("100417",)))
    keeper = laboratory.keeper("restored")
    folder = laboratory.folder / "backups"
    folder.mkdir()
    backup = keeper.backup(str(folder)).where
    held = keeper.other(backup)
    with service.look() as registry:
        is_same = held.fault is None and list(held.entries) == list(registry.entries)
    service.submit(AssignInstallations(("100418",)))
    path = laboratory.folder / "restored"
    whole = path.read_bytes()
    damaged = whole.replace(b"100417", b"100419")
    path.write_bytes(damaged)
    aside = keeper.mend(backup, apply=True).aside
    is_kept = aside is not None and Path(aside).read_bytes() == damaged
    findings = (
        "backup verified" if is_same else "backup holds other entries",
        "every entry restored" if path.read_bytes() == whole else "entries lost",
        "damaged file set aside" if is_kept else "damaged file gone",
        "next entry written" if _goes_on(laboratory, "restored") else "next entry not written",
    )
    return "; ".join(findings)


def report_read_back(laboratory: Laboratory) -> str:
    """The rows of the files against those of the registry."""
    service = founded(laboratory, "report")
    service.submit(AssignInstallations(("0372764", "100417")))
    with service.look() as registry:
        made = report(registry, Kind.INSTALLATIONS)
    expected = [row["uid"] for row in made.rows]
    as_csv = csv.DictReader(io.StringIO(laboratory.saved(made, "csv").decode("utf-8-sig"), newline=""))
    as_json = json.loads(laboratory.saved(made, "json"))
    same = [row["uid"] for row in as_csv] == expected == [row["uid"] for row in as_json["rows"]]
    return f"CSV and JSON hold {f'the registry’s {len(expected)} rows' if same else 'other rows'}".replace("’", "'")


def reopened(laboratory: Laboratory, name: str) -> Service:
    """The ledger read anew from its first entry, by an object that has seen nothing of it."""
    service = Service(laboratory.ledger(name), laboratory.world)
    service.open()
    return service


def _goes_on(laboratory: Laboratory, name: str) -> bool:
    """Whether one more entry can be written, and stands at the end of all others."""
    service = reopened(laboratory, name)
    with service.look() as registry:
        before = registry.position
    entry = service.submit(AssignInstallations(("100420",))).entry
    return entry is not None and entry.n == before + 1 and reopened(laboratory, name).trouble is None


def _trouble(laboratory: Laboratory, name: str) -> str:
    trouble = reopened(laboratory, name).trouble
    return "nothing was noticed" if trouble is None else trouble.code
