"""The checks as a plain list, and how they are run one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.app.ports import no_progress
from uidmanager.app.selfcheck import bench, disk, others, rules
from uidmanager.app.selfcheck.ports import Laboratory
from uidmanager.core.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress


class Check(Struct, frozen=True):
    """What is checked, the risk it guards against, what is expected, and how what is so is found out."""

    what: str
    risk: str
    expected: str
    actual: Callable[[Laboratory], str]


class Outcome(Struct, frozen=True):
    """A check that was run: its number, and what was found. It passed when just the expected was found."""

    number: int
    check: Check
    actual: str

    @property
    def passed(self) -> bool:
        """Whether what was found is what was expected."""
        return self.actual == self.check.expected


CHECKS: Final = (
    Check(
        "UIDs are told right from wrong as PS3.5 §9.1 has it",
        "A UID is issued that other systems refuse",
        "3 of 3 good ones accepted, 7 of 7 bad ones refused",
        rules.examples_of_the_standard,
    ),
    Check(
        "Serial 0372764 becomes root.2.372764",
        "A serial is turned into another number than the scheme says",
        f"{rules.ROOT}.2.372764",
        rules.worked_example,
    ),
    Check(
        "The entry is what the preview showed",
        "Something else is registered than the person agreed to",
        "preview and entry agree for 3 of 3 drafts",
        rules.preview_is_result,
    ),
    Check(
        "No number is given twice",
        "Two pieces of equipment share a UID",
        "20 serials, 20 UIDs; the same serials again wrote nothing",
        rules.no_number_twice,
    ),
    Check(
        "An entry is flushed to the disk before it is acknowledged, and read back",
        "A number that was given is lost in a power cut",
        "flushed before acknowledgement; read back as written",
        disk.flushed_and_read_back,
    ),
    Check(
        "A torn last write is set aside",
        "Half a line makes the ledger unusable, or is deleted",
        "all whole entries kept; torn bytes set aside; next entry written",
        disk.torn_tail,
    ),
    Check(
        "A changed byte is detected",
        "The history is changed unseen",
        "ledger.damaged",
        disk.changed_byte,
    ),
    Check(
        "A tail that was cut off is detected by the station's memory",
        "An old copy is put back and numbers are given twice",
        "ledger.went_back",
        disk.cut_tail,
    ),
    Check(
        "The lock of another process is respected and its holder named",
        "Two programs write at once",
        "refused as ledger.locked, holder named; written once the lock was free",
        others.lock_of_another,
    ),
    Check(
        "A process killed while it writes loses nothing that it acknowledged",
        "A number that was given is lost in a crash",
        "every acknowledged UID is in the ledger; chain whole",
        others.crash,
    ),
    Check(
        "A report is written and read back",
        "A report says otherwise than the registry",
        "CSV and JSON hold the registry's 2 rows",
        disk.report_read_back,
    ),
    Check(
        "A backup is written, verified and restored",
        "The ledger is damaged or lost, and no copy of it can be used",
        "backup verified; every entry restored; damaged file set aside; next entry written",
        disk.backup_restored,
    ),
    Check(
        "A scan becomes the entry that was shown, once",
        "A unit is registered as another one than was scanned, or twice",
        f"{rules.ROOT}.2.372764 of Console, with the scan kept; the same scan again wrote nothing",
        bench.scan_to_entry,
    ),
    Check(
        "The codes on labels read back as what the registry has",
        "A unit carries the label of another one, or one that cannot be read",
        "6 of 6 codes say what the registry has",
        bench.labels_read_back,
    ),
    Check(
        "A table is taken over whole or not at all when the program is killed",
        "Half a spreadsheet is registered, and nobody knows which half",
        "every table whole or not there; every acknowledged row kept; chain whole",
        others.tables_under_a_kill,
    ),
)


def run_checks(
    laboratory: Laboratory, checks: Sequence[Check] = CHECKS, progress: Progress = no_progress
) -> tuple[Outcome, ...]:
    """Run all of them; one that fails does not keep the next from being run. Raises `CancelledError`."""
    outcomes = []
    for number, check in enumerate(checks, 1):
        progress(check.what, (number - 1) / len(checks))
        outcomes.append(Outcome(number, check, _found(check, laboratory)))
    return tuple(outcomes)


def _found(check: Check, laboratory: Laboratory) -> str:
    try:
        return check.actual(laboratory)
    except CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever breaks in a check is its finding)
        return f"{type(error).__name__}: {error}"
