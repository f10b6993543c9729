"""Taking over a spreadsheet: its rows decided one after the other, each as if those before it were registered."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import structs

from uidmanager.core.barcodes import check_gtin, read_gtin
from uidmanager.core.decision import Decision, decided
from uidmanager.core.drafts import AssignInstallations, RegisterProduct, RegisterRelease
from uidmanager.core.errors import Problem
from uidmanager.core.events import Entry, SpreadsheetImported
from uidmanager.core.rules import assigning, products, releases
from uidmanager.core.rules.common import check_reason, kept_text
from uidmanager.core.scheme import LARGEST_BATCH
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.drafts import TakenRow, TakeOver
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry

MOST_ROWS: Final = LARGEST_BATCH


class Trial:
    """A copy of the registry that takes in row after row. What it took in is told as given in this file."""

    def __init__(self, registry: Registry) -> None:
        self._state = registry.still()
        self._given: dict[str, int] = {}

    def decide(self, row: TakenRow) -> Decision:
        """What this row would register after those that were taken in."""
        draft = row.draft
        match draft:
            case RegisterProduct():
                decision = self._as_it_is(draft) or products.register(self._state, draft)
            case RegisterRelease():
                decision = releases.register(self._state, draft)
            case AssignInstallations():
                decision = assigning.assign(self._state, draft)
            case _:
                assert_never(draft)
        before = self._given.get(_given_by(decision)) if decision.is_settled else None
        if before is None:
            return decision
        sentence = f"Row {before:,} of this file registers it already. Take one of the two out."
        return decided((Problem("takeover.repeated", "row", sentence),), decision)

    def take_in(self, row: TakenRow, decision: Decision) -> None:
        """Have what was decided on a row stand from now on."""
        if not decision.events:
            return
        n = self._state.position + 1
        by = f"row {row.line:,} of this file"
        self._state.apply(Entry("", n, "", "above", by, "", "", None, decision.events))
        self._given[_given_by(decision)] = row.line

    def _as_it_is(self, draft: RegisterProduct) -> Decision | None:
        """A product that is registered just so needs no number; None where it is not."""
        held = self._state.product_called(draft.name)
        return None if held is None or not _is_said_of(draft, held) else Decision(number=held.number)


def take_over(registry: Registry, draft: TakeOver) -> Decision:
    """All rows of the draft in one entry; none when one of them is refused."""
    problems = [*check_reason(draft.reason, required=False), *_size(draft)]
    if problems:
        return decided(tuple(problems), Decision())
    trial = Trial(registry)
    decisions = []
    for row in draft.rows:
        decision = trial.decide(row)
        trial.take_in(row, decision)
        decisions.append(decision)
    return gathered(draft, decisions)


def gathered(draft: TakeOver, decisions: Sequence[Decision]) -> Decision:
    """The decision on a take-over, from those on its rows."""
    problems = (
        in_row(row.line, problem)
        for row, decision in zip(draft.rows, decisions, strict=True)
        for problem in decision.problems
    )
    events = tuple(chain.from_iterable(decision.events for decision in decisions))
    beginning = SpreadsheetImported(draft.file, draft.document, len(draft.rows), draft.left_out, draft.sheet)
    uids = tuple(chain.from_iterable(decision.uids for decision in decisions))
    return decided(tuple(problems), Decision(uids=uids, events=(beginning, *events) if events else ()))


def in_row(line: int, problem: Problem) -> Problem:
    """The same problem, with the row it is about."""
    return structs.replace(problem, message=f"Row {line:,}: {problem.message}")


def _size(draft: TakeOver) -> tuple[Problem, ...]:
    if not draft.rows:
        sentence = f"No row of {excerpt(draft.file)} can be imported as it stands. Put them right, and import it again."
        return (Problem("takeover.nothing", "rows", sentence),)
    if len(draft.rows) > MOST_ROWS:
        sentence = (
            f"{len(draft.rows):,} rows at once; {MOST_ROWS:,} are the most. Import the spreadsheet in several parts."
        )
        return (Problem("takeover.too_many", "rows", sentence),)
    return ()


def _given_by(decision: Decision) -> str:
    """What tells apart what was given to one row and to another."""
    return decision.uids[0] if decision.uids else f"product {decision.number}"


def _is_said_of(draft: RegisterProduct, held: Product) -> bool:
    """Whether a product has all that is asked for; what is not asked for may be anything."""
    same_code = not draft.code or (held.code or "").casefold() == draft.code.strip().casefold()
    same_gtin = not draft.gtin or (not check_gtin(draft.gtin) and held.gtin == read_gtin(draft.gtin))
    same_note = draft.note is None or kept_text(draft.note) == held.note
    return draft.number in {None, held.number} and same_code and same_gtin and same_note
