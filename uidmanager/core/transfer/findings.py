"""What is found wrong with a document, each with its place in it; of very many only the first, and how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TOLD: Final = 1000
"""Whoever has more to mend has one reason for many of them."""


class Findings:
    """All that speaks against a document. ``notices`` are those that refuse nothing."""

    def __init__(self) -> None:
        self.notices: list[Problem] = []
        self._told: list[Problem] = []
        self._count = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The refusals, and at the end how many more there are."""
        rest = self._count - len(self._told)
        if not rest:
            return tuple(self._told)
        sentence = f"{rest:,} more problems of the document are not listed. Mend these and try again."
        return (*self._told, Problem("document.more", "", sentence))

    def add(self, place: str, *problems: Problem) -> None:
        """Take in problems of what stands at a place: a JSON pointer (RFC 6901), and perhaps what it is called."""
        pointer = place.partition(" ")[0]
        for problem in problems:
            found = structs.replace(problem, field=pointer, message=f"{place}: {problem.message}")
            if problem.severity is not Severity.ERROR:
                self.notices.append(found)
            else:
                self.take_over((found,))

    def take_over(self, problems: Iterable[Problem]) -> None:
        """Take in refusals that have their places already."""
        for problem in problems:
            self._count += 1
            if len(self._told) < MOST_TOLD:
                self._told.append(problem)
