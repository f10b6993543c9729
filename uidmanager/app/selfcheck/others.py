"""Checks with another process: one that holds the lock, and one that is killed while it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.app.selfcheck.disk import reopened
from uidmanager.app.selfcheck.ports import ROWS_OF_A_TABLE
from uidmanager.app.selfcheck.rules import founded
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import LedgerLockedError

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory, Worker

_ACKNOWLEDGED: Final = 5
_TABLES: Final = 2


def lock_of_another(laboratory: Laboratory) -> str:
    """A write while another process holds the lock, and one after it has ended."""
    service = founded(laboratory, "locked")
    draft = AssignInstallations(("100417",))
    holder = laboratory.holding("locked")
    try:
        said, _, station = holder.line().partition(" ")
        if said != "held":
            return "the other process could not take the lock"
        service.submit(draft)
    except LedgerLockedError as error:
        who = "holder named" if station in error.holder else "holder not named"
        refused = f"refused as {error.code}, {who}"
    else:
        return "written although another process held the lock"
    finally:
        holder.kill()
    after = "written" if service.submit(draft).entry is not None else "not written"
    return f"{refused}; {after} once the lock was free"


def crash(laboratory: Laboratory) -> str:
    """Kill a process in the midst of its writing; then look for every UID it had said."""
    founded(laboratory, "crash")
    said = _killed_after(laboratory.assigning("crash"), _ACKNOWLEDGED)
    if not all(said):
        return "the other process could not write"
    service = reopened(laboratory, "crash")
    with service.look() as registry:
        lost = len(set(said) - {installation.uid for installation in registry.installations})
    chain = "chain whole" if service.trouble is None else service.trouble.code
    return f"{f'{lost} acknowledged UIDs lost' if lost else 'every acknowledged UID is in the ledger'}; {chain}"


def tables_under_a_kill(laboratory: Laboratory) -> str:
    """Kill a process in the midst of taking over tables: each of them is there with all its rows, or with none."""
    founded(laboratory, "tables")
    said = _killed_after(laboratory.taking_over("tables"), _TABLES * ROWS_OF_A_TABLE)
    if not all(said):
        return "the other process could not write"
    service = reopened(laboratory, "tables")
    with service.look() as registry:
        there = {installation.uid for installation in registry.installations}
    lost, torn = len(set(said) - there), len(there) % ROWS_OF_A_TABLE
    whole = f"{torn} rows of a table without the others" if torn else "every table whole or not there"
    kept = f"{lost} acknowledged rows lost" if lost else "every acknowledged row kept"
    return f"{whole}; {kept}; {'chain whole' if service.trouble is None else service.trouble.code}"


def _killed_after(writer: Worker, lines: int) -> list[str]:
    """All that a process says which is killed once it has said so many lines."""
    said: list[str] = []
    try:
        said.extend(writer.line() for _ in range(lines))
    finally:
        said.extend(writer.kill())
    return said
