"""What may be noted of an installation that was met in the field: when, where, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.events import InstallationSeen
from uidmanager.core.rules.common import check_reason
from uidmanager.core.rules.installations import about, installation_meant
from uidmanager.core.texts import NOTE_LENGTH, check_text, excerpt, is_day, tidy

if TYPE_CHECKING:
    from uidmanager.core.drafts import NoteSeen
    from uidmanager.core.registry import Registry


def note(registry: Registry, draft: NoteSeen) -> Decision:
    """What noting a finding would write: nothing, where the same one is noted already."""
    held, problems = installation_meant(registry, draft.serial)
    day, where, what = (draft.day or draft.today).strip(), tidy(draft.where), tidy(draft.what)
    problems = (*problems, *_check_day(day, draft.today), *_check_where(where), *_check_what(what))
    problems = (*problems, *check_reason(draft.reason, required=False))
    if held is None:
        return decided(problems, Decision())
    event = InstallationSeen(held.component, day, where, what)
    if event not in registry.findings_on(held):
        return decided(problems, about(registry, held, event))
    sentence = f"This was noted of {held.serial} before, in the same words. Nothing new is written."
    return decided((*problems, Problem("seen.already", "what", sentence, None, Severity.NOTICE)), about(registry, held))


def _check_day(day: str, today: str) -> tuple[Problem, ...]:
    if not is_day(day):
        sentence = f"“{excerpt(day)}” is not a day. Write year, month and day with dashes, as in 2026-11-22."
        return (Problem("seen.not_a_day", "day", sentence),)
    if day > today:
        sentence = f"{day} has not come yet: in UTC it is {today or 'not known which day it is'}. Check the day."
        return (Problem("seen.in_future", "day", sentence),)
    return ()


def _check_where(where: str) -> tuple[Problem, ...]:
    if where:
        return check_text(where, "where", NOTE_LENGTH)
    sentence = "Say where it was seen: the site, the host, the folder, the log."
    return (Problem("seen.nowhere", "where", sentence),)


def _check_what(what: str) -> tuple[Problem, ...]:
    if what:
        return check_text(what, "what", NOTE_LENGTH)
    return (Problem("seen.nothing", "what", "Say what was found: the answer, or the UID."),)
