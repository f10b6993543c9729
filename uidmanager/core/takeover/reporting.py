"""The rows of a spreadsheet with what is to be said of them, as a report in whatever formats reports have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import Severity
from uidmanager.core.reports import Column, Nature, listed_as
from uidmanager.core.takeover.judging import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Report, Row
    from uidmanager.core.takeover.judging import Judgement, Verdict
    from uidmanager.core.takeover.table import Table


def worth_saying(judgement: Judgement) -> Iterator[Verdict]:
    """The verdicts that somebody should read: what is refused, and what comes with a caution."""
    for verdict in judgement.verdicts:
        if verdict.outcome is Outcome.REFUSED or any(p.severity is not Severity.NOTICE for p in verdict.problems):
            yield verdict


def sentences(verdict: Verdict, *, with_notices: bool = False) -> str:
    """All that is to be said of a row, on one line."""
    weighty = [p.message for p in verdict.problems if with_notices or p.severity is not Severity.NOTICE]
    return " ".join(weighty)


def takeover_report(registry: Registry, table: Table, judgement: Judgement) -> Report:
    """The rows that are refused or come with a caution, as they stand in the spreadsheet, with the reasons."""
    exact = {field.name for field in judgement.fields if field.is_exact}
    columns = (
        Column("row", "Row", Nature.NUMBER),
        Column("verdict", "Verdict", Nature.WORD),
        *(Column(f.name, f.title, Nature.CODE if f.name in exact else Nature.TEXT) for f in judgement.fields),
        Column("what", "What is to be said", Nature.TEXT),
    )
    rows = tuple(_row(verdict, judgement) for verdict in worth_saying(judgement))
    sheet = f", sheet “{table.sheet}”" if table.sheet is not None else ""
    asked = f"{table.file}{sheet}: rows that are refused or need a look, of {len(judgement.verdicts):,}"
    return listed_as(registry, "import", "Rows of a spreadsheet", columns, rows, asked)


def _row(verdict: Verdict, judgement: Judgement) -> Row:
    texts: Row = {field.name: verdict.texts.get(field.name, "") for field in judgement.fields}
    return {"row": verdict.line, "verdict": verdict.outcome.value, **texts, "what": sentences(verdict)}
