"""What the dialog has done behind the window: reading a file, judging its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.registry import Registry
from uidmanager.core.takeover.choosing import Source, chosen_by_words, proposed
from uidmanager.core.takeover.columns import FIELDS, FIRST_ROWS, TableKind, heading_of, recognised
from uidmanager.core.takeover.dates import DateForm
from uidmanager.core.takeover.judging import Judgement, Verdict, draft_of, judge, shown_of
from uidmanager.core.takeover.table import Table
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.table_models.records import Stock
from uidmanager.settings.mappings import StationMappings

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import TakeOver
    from uidmanager.core.takeover.judging import Choice
    from uidmanager.core.takeover.table import Line
    from uidmanager.gui.session import Session


class Judged(Struct, frozen=True):
    """The verdicts, the state of the registry they were given in, and the same made ready for a table."""

    table: Table
    registry: Registry
    judgement: Judgement
    model: RecordTableModel[Verdict]
    stock: Stock[Verdict]

    def draft(self, reason: str | None) -> TakeOver:
        """What is registered if the person wants it."""
        return draft_of(self.judgement, self.table, reason)

    def shown(self, draft: TakeOver) -> Decision:
        """What the person was shown of it."""
        return shown_of(self.judgement, draft)


def judged(
    session: Session, table: Table, choice: Choice, model: RecordTableModel[Verdict], progress: Progress
) -> Judged:
    """Judge every row against the registry as it is now. Runs on another thread."""
    still = session.still()
    judgement = judge(still, table, choice, progress)
    stock = model.stock(judgement.verdicts, lambda done: progress("Making the table", done))
    return Judged(table, still, judgement, model, stock)


def first_choice(table: Table, kind: TableKind, heading: Line | None) -> tuple[Choice, Source]:
    """The columns as they were chosen the last time below these headings, else as they are recognised."""
    kept = None if heading is None else StationMappings().mapping(kind, heading.cells)
    if kept is not None:
        form = DateForm(kept.form) if kept.form in set(DateForm) else None
        choice, problems = chosen_by_words(table, kind, heading, kept.columns, form)
        if not problems:
            return choice, Source.REMEMBERED
    return proposed(table, kind, heading, None), Source.RECOGNISED


def first_heading(table: Table, kind: TableKind) -> Line | None:
    """The row below which columns were chosen before, else the one that is recognised."""
    known = StationMappings().known_heading(kind, table.lines[:FIRST_ROWS])
    return known or heading_of(table, kind)


def likely_kind(table: Table, otherwise: TableKind) -> TableKind:
    """What the rows most likely are, by the headings: all that is needed must be among them."""
    scores = {}
    for kind in TableKind:
        heading = heading_of(table, kind)
        found = {} if heading is None else recognised(kind, heading)
        if all(field.name in found for field in FIELDS[kind] if field.is_needed):
            scores[kind] = len(found) + (kind is otherwise) / 2
    return max(scores, key=lambda kind: scores[kind], default=otherwise)
