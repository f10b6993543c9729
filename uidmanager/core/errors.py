"""What can go wrong, on one page: problems (the user's data breaks a rule) and errors (the world failed).

A *problem* is a value: a preview holds all of them at once. An *error* is an exception: the ledger is locked, damaged,
out of reach. Anything else that is raised is a fault of ours. Each code below stands in docs/errors.md with its remedy.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a problem weighs: a refusal, a caution that does not refuse, a notice of what is done on the way."""

    ERROR = "error"
    CAUTION = "caution"
    NOTICE = "notice"


class Problem(Struct, frozen=True, gc=False):
    """A rule and what was found: a stable code, the field of the draft, a sentence that says what to do.

    ``position`` is the 0-based index of the first offending character in the field's text without outer blanks.
    """

    code: str
    field: str
    message: str
    position: int | None = None
    severity: Severity = Severity.ERROR


def refusals(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that refuse the draft."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def remarks(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that only tell: cautions and notices."""
    return tuple(problem for problem in problems if problem.severity is not Severity.ERROR)


class UidManagerError(Exception):
    """The world failed. ``code`` is stable; the text of the exception is a sentence for the user."""

    code = "error"


class CancelledError(UidManagerError):
    """The user stopped a long piece of work."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("Stopped at your wish; nothing was changed.")


class ContradictionError(UidManagerError):
    """An entry that cannot follow those before it: the ledger was put together wrongly. ``entry`` is its number."""

    code = "ledger.contradiction"

    def __init__(self, entry: int, fault: str) -> None:
        super().__init__(f"Entry {entry} cannot follow those before it: {fault}.")
        self.entry = entry
        self.fault = fault


class PreferencesError(UidManagerError):
    """What was wished on this station cannot be kept, or not be read any more."""

    code = "preferences.unusable"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}, where a preference of yours is kept, cannot be used ({reason}). Set it again.")


class LedgerError(UidManagerError):
    """Something about the ledger, not about what is registered in it. ``where`` is the file as the user knows it."""

    code = "ledger.unusable"

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where = where


class LedgerMissingError(LedgerError):
    """There is no ledger at that place."""

    code = "ledger.missing"

    def __init__(self, where: str) -> None:
        super().__init__(
            where,
            f"There is no ledger at {where}. Found a registry there (uidmanager init), or name the ledger you mean.",
        )


class LedgerUnreadableError(LedgerError):
    """Something is there, but it cannot be read: no permission, a folder, a disk that fails."""

    code = "ledger.unreadable"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, f"{where} cannot be read ({reason}). Check the name and that you may read it.")


class LedgerExistsError(LedgerError):
    """A registry was to be founded where something lies already."""

    code = "ledger.exists"

    def __init__(self, where: str) -> None:
        super().__init__(where, f"There is a file at {where} already. It was left as it is; choose another name.")


class LedgerLockedError(LedgerError):
    """Another program holds the ledger's lock for longer than we wait."""

    code = "ledger.locked"

    def __init__(self, where: str, seconds: float, holder: str) -> None:
        super().__init__(
            where,
            f"{where} is being written by {holder}; waited {seconds:g} seconds. Nothing was written. Try again; if it "
            "stays so, close the other program.",
        )
        self.holder = holder


class LedgerDamagedError(LedgerError):
    """A line in the ledger is not what was written there. ``line`` counts from 1."""

    code = "ledger.damaged"

    def __init__(self, where: str, line: int, fault: str) -> None:
        super().__init__(
            where,
            f"Line {line} of {where} is damaged: {fault}. What stands before it can be read; nothing "
            "will be written. “uidmanager repair” puts it together again from this station's own copy, “uidmanager "
            "restore” from a backup.",
        )
        self.line = line
        self.fault = fault


class LedgerNewerError(LedgerError):
    """The ledger was written by a newer program: its format or an event in it is not known here."""

    code = "ledger.newer"

    def __init__(self, where: str, line: int, found: str, known: str) -> None:
        super().__init__(
            where,
            f"Line {line} of {where} holds {found}; this program knows {known}. What stands before it can be read; "
            "nothing will be written. Update UID Manager on this station.",
        )
        self.line = line


class LedgerWentBackError(LedgerError):
    """The ledger does not extend what this station has already seen: an old copy was put back, or it forked."""

    code = "ledger.went_back"

    def __init__(self, where: str, seen: int, found: str) -> None:
        super().__init__(
            where,
            f"This station has seen {seen} entries of this registry, but {where} {found}. It may be an old backup or a "
            "copy that went its own way. Nothing will be written, or numbers could be given twice. “uidmanager "
            "compare” shows both histories, “uidmanager repair” puts the newest in its place, “uidmanager merge” "
            "brings together what has parted.",
        )
        self.seen = seen


class AnchorLostError(LedgerError):
    """The ledger does not extend an anchor: its tail was cut off, or it was rewritten, since that was made."""

    code = "ledger.anchor_lost"

    def __init__(self, where: str, departure: str) -> None:
        super().__init__(
            where,
            f"{where} {departure}. Entries were cut off or rewritten since, or this is an old copy. Keep the file as "
            "it is, write nothing to it, and look for a copy that agrees with the anchor.",
        )


class NotMendableError(LedgerError):
    """No copy at hand holds everything, so that putting one in the ledger's place would lose entries."""

    code = "ledger.not_mendable"

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, f"{where} was left as it is: {what}. Name a copy that has everything, or compare them.")


class NotMergeableError(LedgerError):
    """Two histories cannot be merged as they lie there, or not yet."""

    code = "ledger.not_mergeable"

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, f"{where} was left as it is: {what}")


class BackupFailedError(LedgerError):
    """A backup could not be written, or what lies there under its name is none. ``where`` is the backup's file."""

    code = "backup.failed"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            where,
            f"No backup was made: {where} ({reason}). Nothing is wrong with the ledger itself. Check the folder, or "
            "have backups written to another one.",
        )


class LedgerChangedError(LedgerError):
    """The file was replaced or shortened under us."""

    code = "ledger.changed"

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, f"{where} {what} while it was open. Nothing was written. Open it again and look.")


class LedgerReadOnlyError(LedgerError):
    """The file, its folder or its medium cannot be written by this user."""

    code = "ledger.read_only"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            where, f"{where} cannot be written here ({reason}). Nothing was written. Ask who looks after the folder."
        )


class ViewingOnlyError(LedgerError):
    """The program was started to look only."""

    code = "ledger.view_only"

    def __init__(self, where: str) -> None:
        super().__init__(
            where,
            f"UID Manager was started to look only, so nothing is written to {where}. To register something, start it "
            "without --read-only and without UIDMANAGER_READ_ONLY.",
        )


class LocksNotWorkingError(LedgerError):
    """Where the ledger lies, a lock does not keep others from writing at the same time."""

    code = "ledger.no_locks"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            where,
            f"Locks do not work where {where} lies ({reason}), so two programs could give the same number. Nothing "
            "was written. Put the ledger where locks work, or have them turned on by whoever looks after the server.",
        )


class EntryTooLargeError(LedgerError):
    """One entry would be longer than a line of the ledger may be."""

    code = "ledger.entry_too_large"

    def __init__(self, where: str, size: int, limit: int) -> None:
        super().__init__(
            where,
            f"This would be one entry of {size:,} bytes; {where} takes up to {limit:,} in one. Nothing was written. "
            "Register it in several parts.",
        )


class DiskFullError(LedgerError):
    """No room for the entry; the ledger was put back to what it was."""

    code = "ledger.disk_full"

    def __init__(self, where: str) -> None:
        super().__init__(
            where, f"There is no room left where {where} lies. Nothing was written. Make room and try again."
        )


class WriteFailedError(LedgerError):
    """The entry could not be written; the ledger was put back to what it was."""

    code = "ledger.write_failed"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            where, f"Writing to {where} failed ({reason}). Nothing was registered. Check the disk, then try again."
        )


class OutcomeUnknownError(LedgerError):
    """The disk did not confirm an entry (a failed fsync). It is never retried: look first."""

    code = "ledger.outcome_unknown"

    def __init__(self, where: str, reason: str, *, present: bool) -> None:
        seen = (
            "It can be read back now, but may not survive a power cut"
            if present
            else "It cannot be read back now, which does not say that it is gone"
        )
        super().__init__(
            where,
            f"The disk did not confirm the last entry in {where} ({reason}). {seen}. Do not use its numbers, and give "
            "them to nothing else, before the disk is checked and the ledger opened again and verified.",
        )
        self.present = present
