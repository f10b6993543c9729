"""Findings as a table in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.results import Finding, Goal, Results

_HEADS = ("what", "ours", "beside it", "theirs", "ratio", "to reach", "")


def summary(results: Results) -> str:
    """The machine, and all findings."""
    rows = [_HEADS, ("---",) * len(_HEADS)]
    rows += [row(finding) for chapter in results.chapters for finding in chapter.findings]
    troubles = [f"{chapter.subject}: {chapter.trouble}" for chapter in results.chapters if chapter.trouble]
    lines = [f"{results.machine}; {results.rows:,} installations.", "", *map(_line, rows), *troubles]
    return "\n".join(lines)


def row(finding: Finding) -> tuple[str, ...]:
    """One finding in the table's columns."""
    theirs = "" if finding.theirs is None else amount(finding.theirs, finding.unit)
    ratio = "" if finding.ratio is None else f"{finding.ratio:.2f}"
    verdict = {None: "", True: "reached", False: "missed"}[finding.is_met]
    ours = amount(finding.ours, finding.unit)
    return (finding.what, ours, finding.rival, theirs, ratio, _goal(finding.goal, finding.unit), verdict)


def amount(value: float, unit: str) -> str:
    """A figure with three digits that count, and its unit."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def _goal(goal: Goal | None, unit: str) -> str:
    if goal is None:
        return ""
    return f"≤ {goal.limit:g} ×" if goal.of == "ratio" else f"≤ {amount(goal.limit, unit)}"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
