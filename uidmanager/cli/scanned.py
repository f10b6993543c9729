"""``assign --scan``: each argument is what a scanner sent; what was taken from it is said, and kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.barcodes.reading import read
from uidmanager.cli.answers import notice
from uidmanager.cli.changing import change, the_uids
from uidmanager.core.barcodes import taken_words
from uidmanager.core.barcodes.identifiers import SERIAL
from uidmanager.core.drafts import AssignInstallations
from uidmanager.settings.scanner import StationScanner

if TYPE_CHECKING:
    from uidmanager.cli.answers import Answer
    from uidmanager.cli.session import Session
    from uidmanager.core.barcodes import Read
    from uidmanager.core.decision import Decision


def assign_scanned(
    session: Session,
    texts: tuple[str, ...],
    product: str | None,
    note: str | None,
    reason: str | None,
    *,
    dry_run: bool,
) -> Answer:
    """Assign what these scans hold, all or none. Raises `PreferencesError` or `LedgerError`."""
    settings = StationScanner().settings()
    reads = tuple(read(text, settings) for text in texts)
    kept = tuple(each if each.is_changed or each.problems else None for each in reads)
    draft = AssignInstallations(tuple(each.serial for each in reads), product, note, reason, kept)

    def show(decision: Decision) -> dict[str, object]:
        return {**the_uids(decision), "scans": [_row(each, decision) for each in reads]}

    answer = change(session, draft, show, dry_run=dry_run)
    words = [taken_words(each, "" if answer.problems else _taken(each)) for each in reads]
    return answer.saying(*(notice("scan.taken", "serial", f"{each}.") for each in words if each))


def _row(found: Read, decision: Decision) -> dict[str, object]:
    """What was scanned and taken, under the names of docs/command-line.md."""
    serial = _taken(found) if decision.uids else found.serial
    return {"scanned": found.scanned, "serial": serial, "symbology": found.symbology, "gtin": found.gtin}


def _taken(found: Read) -> str:
    """The serial that was taken, be it that only the product's pattern settled that it was one."""
    return found.serial or next((element.value for element in found.elements if element.ai == SERIAL), "")
