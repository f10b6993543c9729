"""What the suite writes into docs/performance.md: between two marks, so that what people wrote around them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.benchmarks.chart import chart
from tests.benchmarks.tables import growth_table, machine_line, summary_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.results import Growth, Results

CHART: Final = "images/growth.svg"
_IN_MS: Final = ", ms"


def write_document(file: Path, runs: Sequence[Results]) -> None:
    """Put the tables of these runs of the suite, and the growth of the last, into the document and its chart beside it.

    Raises `ValueError` when the document lacks a mark.
    """
    text = file.read_text("utf-8")
    text = between(text, "machine", machine_line(runs))
    text = between(text, "findings", summary_table(runs))
    growth = next((results.growth for results in reversed(runs) if results.growth is not None), None)
    if growth is not None:
        text = between(text, "growth", growth_table(growth))
        (file.parent / CHART).write_text(_chart(growth), "utf-8")
    file.write_text(text, "utf-8")


def between(text: str, name: str, content: str) -> str:
    """The text with something else between the marks of this name. Raises `ValueError`."""
    start, end = f"<!-- {name}: written by tests.benchmarks -->", f"<!-- end of {name} -->"
    before, found, rest = text.partition(start)
    _old, ended, after = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"there is no place for {name}")
    return f"{before}{start}\n\n{content}\n\n{end}{after}"


def _chart(growth: Growth) -> str:
    in_ms = {name.removesuffix(_IN_MS): values for name, values in growth.costs.items() if name.endswith(_IN_MS)}
    return chart(growth.sizes, in_ms)
