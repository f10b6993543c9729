"""What was found: figures of ours beside those of a rival, and what was to be reached."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.benchmarks.probe import Figures

Unit = Literal["s", "ms", "µs", "bytes", "MB", "per second", "modules", ""]


class Goal(Struct, frozen=True):
    """What is to be reached: at most so much, of the value itself (in the finding's unit) or of its ratio."""

    limit: float
    of: Literal["value", "ratio"] = "value"


class Finding(Struct, frozen=True):
    """One line of the table: medians of ``runs``, which alternated with the rival's.

    ``ours`` and ``theirs`` are in ``unit``; ``rival`` says what theirs is. Without a goal it is only shown.
    """

    what: str
    unit: Unit
    ours: float
    rival: str = ""
    theirs: float | None = None
    goal: Goal | None = None
    runs: int = 1

    @property
    def ratio(self) -> float | None:
        """Ours as a share of theirs; None without a rival."""
        return None if not self.theirs else self.ours / self.theirs

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        reached = self.ours if self.goal.of == "value" else self.ratio
        return reached is not None and reached <= self.goal.limit


class Chapter(Struct, frozen=True):
    """The findings of one subject; ``trouble`` is why there are no more of them, if something went wrong."""

    subject: str
    findings: tuple[Finding, ...]
    seconds: float
    trouble: str = ""


class Growth(Struct, frozen=True):
    """Costs at several sizes; their names say the unit."""

    sizes: tuple[int, ...]
    costs: dict[str, tuple[float, ...]]
    runs: int


class Results(Struct, frozen=True):
    """A run of the suite on a machine, with so many installations."""

    machine: str
    rows: int
    chapters: tuple[Chapter, ...]
    growth: Growth | None = None


def alternating(runs: int, *measurements: Callable[[], Figures]) -> list[Figures]:
    """The medians of each measurement's figures, taken in turn, so that what disturbs the machine disturbs all."""
    taken: list[list[Figures]] = [[] for _ in measurements]
    for _ in range(runs):
        for figures, measurement in zip(taken, measurements, strict=True):
            figures.append(measurement())
    return [medians(figures) for figures in taken]


def medians(figures: Sequence[Figures]) -> Figures:
    """The median of each figure."""
    return {name: statistics.median(each[name] for each in figures) for name in figures[0]}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


MS: Final = 1e3
US: Final = 1e6
