"""The command ``backup``, at once or by a rule; and the backup that is made after a command has written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from uidmanager.app.backups import BackupRule, Period, back_up_if_due, backup_state, begin_rule, read_when
from uidmanager.cli.answers import Answer, notice
from uidmanager.cli.commands import Command, reads
from uidmanager.core.errors import Problem, Severity, UidManagerError
from uidmanager.settings import StationBackups
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.app.backups import Backup
    from uidmanager.app.ports import Keeper
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Row


def _when(context: click.Context, option: click.Parameter, text: str | None) -> Period | int | None:
    when = None if text is None else read_when(text)
    if text is not None and when is None:
        raise click.BadParameter("it is daily, weekly, never, or a number of entries from 1 on.", context, option)
    return when


@click.command("backup", cls=Command)
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--every", metavar="WHEN", callback=_when, help="From now on: daily, weekly, never, or every N entries.")
@click.option("--due", is_flag=True, help="Make a backup only if one is due by the rule.")
@reads
@click.pass_context
def backup(context: click.Context, *, folder: str | None, every: Period | int | None, due: bool) -> Answer:
    """Write a copy of the ledger into a folder, and read it back; or say by which rule that is done.

    With a folder alone it is done now; with neither folder nor option, the rule is shown.
    """
    session: Session = context.obj
    if due and (folder is not None or every is not None):
        raise click.UsageError("--due stands alone; the folder is that of the rule", context)
    if folder is not None and not folder.strip():
        raise click.UsageError("FOLDER is empty", context)
    keeper = session.desk.keeper_at(session.where)
    if folder is not None and every is None:
        return _backed_up(keeper, folder)
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble
    book = StationBackups()
    if every is not None:
        return _ruled(context, keeper, book, service, folder, every)
    return _state(book, service, back_up_if_due(keeper, book, service) if due else None)


def backup_after_writing(session: Session, service: Service) -> tuple[Problem, ...]:
    """Make the backup that is due, if one is; what became of it, to be said beside what was written.

    The command has done its work: whatever keeps a backup from being made is a caution.
    """
    try:
        made = back_up_if_due(session.desk.keeper_at(session.where), StationBackups(), service)
    except Exception as error:  # noqa: BLE001 (even a fault of ours must not keep back the UID that was given)
        return (_not_made(error),)
    return () if made is None else (_written(made),)


def _backed_up(keeper: Keeper, folder: str) -> Answer:
    kept = keeper.backup(folder)
    shown: Row = {"backup": kept.where, "entries": len(kept.entries), "head": kept.entries[-1].h}
    return Answer(data=dict(shown), text=lambda: pairs(shown.items()))


def _ruled(
    context: click.Context,
    keeper: Keeper,
    book: StationBackups,
    service: Service,
    folder: str | None,
    when: Period | int,
) -> Answer:
    """Begin a rule. A folder that was named before need not be named again."""
    if folder is None:
        before = backup_state(book, service).rule
        if before is None and when is not Period.NEVER:
            raise click.UsageError("--every needs a FOLDER", context)
        folder = before.folder if before is not None else ""
    rule = BackupRule(os.path.abspath(folder) if folder else "", when)  # noqa: PTH100 (no link is followed)
    answer = _state(book, service, begin_rule(keeper, book, service, rule))
    if when is Period.NEVER or not keeper.shares_disk(rule.folder):
        return answer
    sentence = (
        f"{rule.folder} lies on the same disk as the ledger. A backup there does not survive the disk: choose a folder "
        "on another one, or have this one copied elsewhere."
    )
    return answer.saying(Problem("backup.same_disk", "folder", sentence, None, Severity.CAUTION))


def _state(book: StationBackups, service: Service, made: Backup | None) -> Answer:
    """The rule and the last backup; and that one was made just now, if so."""
    state = backup_state(book, service)
    rule, last = state.rule, state.last
    shown: Row = {
        "rule": Period.NEVER.value if rule is None else str(rule.when),
        "folder": (rule.folder or None) if rule else None,
        "backup": last.file if last else None,
        "entries": last.entries if last else None,
        "head": last.head if last else None,
        "at": last.at if last else None,
        "due": "yes" if state.is_due else "no",
    }
    notices = () if made is None else (_written(made),)
    return Answer(data={**shown, "due": state.is_due}, text=lambda: pairs(shown.items()), notices=notices)


def _written(made: Backup) -> Problem:
    many = "1 entry" if made.entries == 1 else f"{made.entries} entries"
    return notice("backup.written", "backup", f"A backup of {many} was written to {made.file}.")


def _not_made(error: Exception) -> Problem:
    sentence = str(error)
    if not isinstance(error, UidManagerError):
        sentence = f"No backup was made, by a fault of UID Manager ({type(error).__name__}: {error}). Please report it."
    return Problem("backup.failed", "backup", sentence, None, Severity.CAUTION)
