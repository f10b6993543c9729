"""Backups by rule: which rules there are, when one is due, and the way in which it is made."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, Protocol

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from uidmanager.app.ports import History
    from uidmanager.app.service import Service

_WEEK: Final = 7
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


class Period(StrEnum):
    """How often, by the calendar."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class BackupRule(Struct, frozen=True):
    """Into which folder, and when: each day or week in which something was written, or after so many entries."""

    folder: str
    when: Period | Annotated[int, Meta(ge=1)]


class Backup(Struct, frozen=True):
    """One that was made and verified: when (UTC), into which folder, how many entries up to which head, its file."""

    at: str
    folder: str
    entries: int
    head: str
    file: str


class BackupState(Struct, frozen=True):
    """How it stands with the backups of a registry: the rule, the last good one, whether the next is due."""

    rule: BackupRule | None
    last: Backup | None
    is_due: bool


class BackupMaker(Protocol):
    """What of a keeper is needed here."""

    def backup(self, folder: str, *, may_be_there: bool = False) -> History:
        """Write a verified copy into a folder, as a keeper does."""
        ...


class BackupBook(Protocol):
    """What this station keeps of the backups of each registry: the rule, and the last good one."""

    def rule(self, registry: str) -> BackupRule | None:
        """The rule for a registry; None where none was ever set. Raises `PreferencesError`."""
        ...

    def set_rule(self, registry: str, rule: BackupRule) -> None:
        """Keep a rule from now on. Raises `PreferencesError`."""
        ...

    def last(self, registry: str) -> Backup | None:
        """The last good backup, as far as it was noted."""
        ...

    def remember(self, registry: str, backup: Backup) -> None:
        """Note a good backup. Where that cannot be, the next one comes early."""
        ...


def read_when(text: str) -> Period | int | None:
    """``daily``, ``weekly``, ``never``, or a number of entries from 1 on; None for anything else."""
    if text in set(Period):
        return Period(text)
    return int(text) if _NUMBER.fullmatch(text) else None


def is_due(rule: BackupRule, entries: int, now: str, last: Backup | None) -> bool:
    """Whether a ledger that has so many entries now (UTC, ISO 8601) is to be backed up.

    Days are those of UTC. Where the clock was set back behind the last backup, where the ledger is shorter than it was
    then, or where that one lies in another folder, it says nothing of what is due, and a new one is.
    """
    if rule.when is Period.NEVER or entries == 0:
        return False
    if last is None or last.folder != rule.folder or entries < last.entries:
        return True
    if entries == last.entries:
        return False
    if isinstance(rule.when, Period):
        days = _days_between(last.at, now)
        return days is None or days < 0 or days >= (_WEEK if rule.when is Period.WEEKLY else 1)
    return entries - last.entries >= rule.when


def back_up_if_due(maker: BackupMaker, book: BackupBook, service: Service) -> Backup | None:
    """Make the backup that is due by the rule; None where none is.

    Raises a `LedgerError` when it cannot be made, or `PreferencesError`.
    """
    registry, _ = _state_of(service)
    rule = book.rule(registry)
    return None if rule is None else _made_if_due(maker, book, service, rule)


def begin_rule(maker: BackupMaker, book: BackupBook, service: Service, rule: BackupRule) -> Backup | None:
    """Have backups made by a rule from now on; the first at once, if one is due, and only then is the rule kept.

    So a folder that cannot be written is refused. Raises a `LedgerError` or `PreferencesError`; then the rule is as
    before.
    """
    made = _made_if_due(maker, book, service, rule)
    registry, _ = _state_of(service)
    book.set_rule(registry, rule)
    return made


def backup_state(book: BackupBook, service: Service) -> BackupState:
    """How it stands with the backups now. Raises `PreferencesError`."""
    registry, entries = _state_of(service)
    rule, last = book.rule(registry), book.last(registry)
    return BackupState(rule, last, rule is not None and is_due(rule, entries, service.world.now(), last))


def _made_if_due(maker: BackupMaker, book: BackupBook, service: Service, rule: BackupRule) -> Backup | None:
    registry, entries = _state_of(service)
    now = service.world.now()
    if not is_due(rule, entries, now, book.last(registry)):
        return None
    kept = maker.backup(rule.folder, may_be_there=True)
    backup = Backup(now, rule.folder, len(kept.entries), kept.entries[-1].h, kept.where)
    book.remember(registry, backup)
    return backup


def _state_of(service: Service) -> tuple[str, int]:
    """The registry's id, and how many entries there are. Looked up at once: a backup waits for the disk."""
    with service.look() as registry:
        return registry.founding.registry, registry.position


def _days_between(earlier: str, later: str) -> int | None:
    """Calendar days from one time to another, negative where it is the other way round; None where one is no time."""
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days
    except ValueError:
        return None
