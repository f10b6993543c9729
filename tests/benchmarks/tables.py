"""Findings as tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.results import Finding, Goal, Growth, Results


def summary(results: Results) -> str:
    """The machine, all findings, and what could not be measured."""
    parts = [machine_line([results]), summary_table([results])]
    if results.growth is not None:
        parts.append(growth_table(results.growth))
    return "\n\n".join(parts)


def machine_line(runs: Sequence[Results]) -> str:
    """What all figures depend on."""
    return f"{runs[0].machine}; {runs[0].rows:,} installations."


def summary_table(runs: Sequence[Results]) -> str:
    """A row for each finding of the first run; of the other runs, ours and the ratio beside it."""
    again = [name for _ in runs[1:] for name in ("again", "ratio")]
    heads = ["what", "to reach", "ours", "beside it", "theirs", "ratio", *again, ""]
    rows = [heads, ["---"] * len(heads)]
    others = [{(found.what, found.rival): found for found in _findings(results)} for results in runs[1:]]
    for finding in _findings(runs[0]):
        repeated = [other.get((finding.what, finding.rival)) for other in others]
        rows.append(_row(finding, repeated))
    troubles = [f"Not measured: {c.subject} ({c.trouble})" for results in runs for c in results.chapters if c.trouble]
    return "\n".join([*map(_line, rows), *troubles])


def growth_table(growth: Growth) -> str:
    """A row for each cost, a column for each size."""
    rows = [["", *(f"{size:,}" for size in growth.sizes)], ["---"] * (1 + len(growth.sizes))]
    rows += [[name, *(amount(value, "") for value in values)] for name, values in growth.costs.items()]
    return "\n".join(map(_line, rows))


def amount(value: float, unit: str) -> str:
    """A figure with three digits that count, and its unit."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text} {unit}".strip()


def _findings(results: Results) -> list[Finding]:
    return [finding for chapter in results.chapters for finding in chapter.findings]


def _row(finding: Finding, repeated: Sequence[Finding | None]) -> list[str]:
    theirs = "" if finding.theirs is None else amount(finding.theirs, finding.unit)
    again = [text for other in repeated for text in (_ours(other), _ratio(other))]
    goal = _goal(finding.goal, finding.unit)
    return [
        finding.what, goal, _ours(finding), finding.rival, theirs, _ratio(finding), *again,
        _verdict([found.is_met for found in (finding, *repeated) if found is not None]),
    ]  # fmt: skip


def _verdict(met: Sequence[bool | None]) -> str:
    if None in met:
        return ""
    return "reached" if all(met) else "on the edge" if any(met) else "missed"


def _ours(finding: Finding | None) -> str:
    return "" if finding is None else amount(finding.ours, finding.unit)


def _ratio(finding: Finding | None) -> str:
    return "" if finding is None or finding.ratio is None else f"{finding.ratio:.2f}"


def _goal(goal: Goal | None, unit: str) -> str:
    if goal is None:
        return ""
    return f"≤ {goal.limit:.3g} ×" if goal.of == "ratio" else f"≤ {amount(goal.limit, unit)}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
