"""Which problems a form shows while it is being filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from uidmanager.core.errors import Problem


def worth_telling(problems: Sequence[Problem], empty_fields: Collection[str]) -> tuple[Problem, ...]:
    """Those of the fields that have something in them: a form that nobody has filled in yet does not scold."""
    return tuple(problem for problem in problems if problem.field not in empty_fields)
