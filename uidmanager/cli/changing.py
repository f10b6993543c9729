"""The one way of every command that writes: preview for ``--dry-run``, else submit; then the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.cli.answers import Answer, Exit, notice
from uidmanager.core.decision import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.drafts import Draft
    from uidmanager.core.errors import Problem
    from uidmanager.core.events import Entry

    Show = Callable[[Decision], dict[str, object]]


def change(session: Session, draft: Draft, show: Show, *, dry_run: bool) -> Answer:
    """Register a draft in the ledger, or only answer what would be registered. Raises `LedgerError`.

    The ledger is opened, unless the command has looked into it to make its draft.
    """
    service = session.service or session.opened()
    if not dry_run:
        receipt = service.submit(draft)
        answer = outcome(receipt.decision, receipt.entry, show, dry_run=False)
        return answer if receipt.entry is None else answer.saying(*backed_up(session, service))
    if service.trouble is not None:
        raise service.trouble
    return outcome(service.preview(draft), None, show, dry_run=True)


def outcome(decision: Decision, entry: Entry | None, show: Show, *, dry_run: bool) -> Answer:
    """The answer to a decision that was written as ``entry``, or was not."""
    shown = show(Decision() if decision.is_refused else decision)
    data: dict[str, object] = {**shown, "entry": entry.n if entry else None, "dry_run": dry_run}
    if decision.is_refused:
        return Answer(Exit.REFUSED, data, notices=decision.notices, problems=decision.problems)
    notices = decision.notices
    if decision.is_settled:
        notices = (*notices, notice("registered_already", "command", "Registered already; nothing was written."))
    elif dry_run:
        notices = (*notices, notice("dry_run", "command", "Only tried (--dry-run); nothing was written."))
    return Answer(Exit.DONE, data, text=lambda: _lines(shown), notices=notices)


def the_number(decision: Decision) -> dict[str, object]:
    """A product's number."""
    return {"number": decision.number}


def the_uid(decision: Decision) -> dict[str, object]:
    """The one UID that a draft is about."""
    return {"uid": decision.uids[0] if decision.uids else None}


def the_release(decision: Decision) -> dict[str, object]:
    """A release's Implementation Class UID and its Implementation Version Name."""
    return {**the_uid(decision), "version_name": decision.version_name}


def the_uids(decision: Decision) -> dict[str, object]:
    """The UIDs in the order asked for; under ``uid`` as well where it is one."""
    return {"uid": decision.uids[0] if len(decision.uids) == 1 else None, "uids": list(decision.uids)}


def backed_up(session: Session, service: Service) -> tuple[Problem, ...]:
    """What is to be said of the backup that a write is followed by, where there is a rule for it."""
    from uidmanager.settings import StationBackups  # noqa: PLC0415 (once something was written)

    with service.look() as registry:
        identity = registry.founding.registry
    if not StationBackups().has_rule(identity):
        return ()
    from uidmanager.cli.backing_up import backup_after_writing  # noqa: PLC0415 (most have no rule)

    return backup_after_writing(session, service)


def _lines(shown: dict[str, object]) -> str:
    """What goes to stdout: the UIDs, the UID or the number."""
    uids = shown.get("uids")
    if isinstance(uids, list):
        return "".join(f"{uid}\n" for uid in uids)
    return f"{shown['number'] if 'number' in shown else shown['uid']}\n"
