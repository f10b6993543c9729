"""The rows of a spreadsheet in a table, each with its verdict."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Severity
from uidmanager.core.takeover.judging import Outcome
from uidmanager.core.takeover.reporting import sentences
from uidmanager.gui.table_models import Column, RecordTableModel
from uidmanager.gui.tables.record_table import Copied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from uidmanager.core.takeover.columns import Field
    from uidmanager.core.takeover.judging import Verdict

_ORDER: Final = {Outcome.REFUSED: 0, Outcome.NEW: 2, Outcome.THERE: 3}
COPIES: Final = (
    Copied("Copy what is said", lambda v: f"Row {v.line}: {sentences(v, with_notices=True)}"),
    Copied("Copy UID", lambda v: v.given),
)


def verdict_model(fields: Sequence[Field], fixed_font: QFont) -> RecordTableModel[Verdict]:
    """A model for verdicts on these fields. Faint are the rows of which there is nothing to be said."""
    taken: list[Column[Verdict]] = [
        Column(f.title, partial(_text, f.name), is_fixed=f.is_exact, width=16) for f in fields
    ]
    columns: tuple[Column[Verdict], ...] = (
        Column("Row", lambda v: f"{v.line:,}", lambda v: v.line, width=7),
        Column("Verdict", sign_and_word, lambda v: (_ORDER[v.outcome], not _is_cautioned(v), v.line), width=14),
        *taken[:1],
        Column("What is to be said", partial(sentences, with_notices=True), width=60),
        *taken[1:],
        Column("Would be given", lambda v: v.given, is_fixed=True, width=38),
    )
    return RecordTableModel(columns, lambda v: v.line, fixed_font, is_plain)


def sign_and_word(verdict: Verdict) -> str:
    """The outcome with a sign that tells it apart at a glance."""
    if verdict.outcome is Outcome.REFUSED:
        return "✕ refused"
    return f"{'◐' if _is_cautioned(verdict) else '●'} {verdict.outcome.value}"


def is_plain(verdict: Verdict) -> bool:
    """Whether nobody needs to look at it."""
    return verdict.outcome is not Outcome.REFUSED and not _is_cautioned(verdict)


def _is_cautioned(verdict: Verdict) -> bool:
    return any(problem.severity is Severity.CAUTION for problem in verdict.problems)


def _text(name: str, verdict: Verdict) -> str:
    return verdict.texts.get(name, "")
