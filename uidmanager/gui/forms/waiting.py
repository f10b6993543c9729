"""Scans that came while another was being written: in their order, and what became of those that could not be had."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Problem

if TYPE_CHECKING:
    from uidmanager.core.drafts import AssignInstallations

_MOST_NAMED: Final = 10


class Waiting:
    """The drafts that wait, and what to say of those that were missed until somebody has dealt with it."""

    def __init__(self) -> None:
        self._drafts: deque[AssignInstallations] = deque()
        self._missed: dict[str, str] = {}

    def add(self, draft: AssignInstallations) -> None:
        """This one as well, unless it waits already: a trigger bounces."""
        if draft not in self._drafts:
            self._drafts.append(draft)

    def next(self) -> AssignInstallations | None:
        """Whose turn it is."""
        return self._drafts.popleft() if self._drafts else None

    def miss(self, called: str, why: str) -> None:
        """This one was not assigned, and its text has left the field."""
        self._missed[called] = why

    def settle(self, called: str) -> None:
        """This one has its root now."""
        self._missed.pop(called, None)

    def forget_missed(self) -> None:
        """Somebody has read it."""
        self._missed.clear()

    @property
    def missed(self) -> tuple[Problem, ...]:
        """What there is to say of those that were missed."""
        if not self._missed:
            return ()
        named = [f"{serial} was not assigned: {why}" for serial, why in list(self._missed.items())[:_MOST_NAMED]]
        rest = len(self._missed) - len(named)
        more = [f"{rest} more were not assigned either."] if rest else []
        return tuple(Problem("", "", sentence) for sentence in (*named, *more, "Scan again, or press Esc to go on."))
