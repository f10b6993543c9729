"""How a run of the suite was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.stations import Place


@dataclass(frozen=True)
class Setting:
    """How many installations, how many alternating runs, how many assignments in the long run; and where.

    ``share`` of the rounds of each measurement are made: all of them, unless only the suite itself is tried.
    """

    place: Place
    rows: int = 1_000_000
    runs: int = 5
    assignments: int = 100_000
    share: float = 1.0

    def rounds(self, whole: int) -> int:
        """So many of the rounds, and two at least."""
        return max(2, round(whole * self.share))
