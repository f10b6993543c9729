"""A verdict on each row of a spreadsheet, before anything is written; and the draft of those that stand."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from uidmanager.core.decision import Decision
from uidmanager.core.drafts import AssignInstallations, TakenRow, TakeOver
from uidmanager.core.errors import Problem, Severity, refusals
from uidmanager.core.rules.taking_over import MOST_ROWS, Trial, gathered
from uidmanager.core.takeover.columns import FIELDS, Field, TableKind, check_columns, data_of
from uidmanager.core.takeover.dates import DateForm
from uidmanager.core.takeover.repeats import repeats
from uidmanager.core.takeover.rows import take
from uidmanager.core.takeover.table import Line
from uidmanager.core.texts import excerpt, tidy, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.core.registry import Registry
    from uidmanager.core.takeover.rows import Taken
    from uidmanager.core.takeover.table import Table

_SOME: Final = 200
_LONGEST_NAME: Final = 255


class Outcome(StrEnum):
    """What comes of a row."""

    NEW = "new"
    THERE = "there already"
    REFUSED = "refused"


class Verdict(Struct, frozen=True):
    """What comes of the row with this number: the texts taken, what it would be given, all there is to be said."""

    line: int
    texts: dict[str, str]
    outcome: Outcome
    given: str
    problems: tuple[Problem, ...]


class Choice(Struct, frozen=True):
    """How a table is taken: as what, with which row at its head, which columns, which order of day and month."""

    kind: TableKind
    heading: Line | None
    columns: dict[str, int]
    form: DateForm | None = None


class Judgement(Struct, frozen=True):
    """All verdicts in the order of the rows, and what is to be said of the table as a whole.

    ``rows`` are the drafts of the rows that stand, ``decisions`` what was decided on them. ``problems`` of the severity
    error keep all of it from being taken. ``counts`` is how many rows come to what, ``cautions`` how many of those that
    stand come with a caution, which somebody should read.
    """

    choice: Choice
    verdicts: tuple[Verdict, ...]
    rows: tuple[TakenRow, ...]
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    counts: dict[Outcome, int] = {}
    cautions: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are taken, in their order."""
        return tuple(field for field in FIELDS[self.choice.kind] if field.name in self.choice.columns)

    @property
    def is_possible(self) -> bool:
        """Whether at least the good rows can be imported."""
        return bool(self.rows) and not refusals(self.problems)

    def count(self, outcome: Outcome) -> int:
        """How many rows come to this."""
        return self.counts.get(outcome, 0)


def judge(registry: Registry, table: Table, choice: Choice, progress: Callable[[str, float], None]) -> Judgement:
    """Judge every row. ``registry`` must hold still; whatever ``progress`` raises ends the work."""
    problems = check_columns(table, choice.kind, choice.heading, choice.columns)
    lines = data_of(table, choice.heading)
    problems = (*problems, *_size(table, lines))
    if refusals(problems):
        return Judgement(choice, (), (), (), problems)
    taken = []
    for at, line in enumerate(lines):
        if at % _SOME == 0:
            progress("Looking at the rows", 0.2 * at / len(lines))
        taken.append(take(line, choice.kind, choice.columns, choice.form))
    verdicts, standing = _verdicts(registry, taken, progress)
    rows, decisions = tuple(row for row, _ in standing), tuple(decision for _, decision in standing)
    counts = Counter(verdict.outcome for verdict in verdicts)
    return Judgement(choice, verdicts, rows, decisions, problems, dict(counts), sum(map(has_caution, verdicts)))


def draft_of(judgement: Judgement, table: Table, reason: str | None) -> TakeOver:
    """The draft of the rows that stand."""
    left_out = judgement.count(Outcome.REFUSED)
    sheet = None if table.sheet is None else _kept_name(table.sheet)
    return TakeOver(judgement.rows, _kept_name(table.file), table.document, sheet, left_out, reason)


def _kept_name(text: str) -> str:
    """The name of a file or a sheet as it can stand in a ledger, whatever a system or a workbook calls them."""
    return visible(tidy(text))[:_LONGEST_NAME]


def shown_of(judgement: Judgement, draft: TakeOver) -> Decision:
    """The decision that these verdicts come to: what a person agrees to who wants the draft registered."""
    return gathered(draft, judgement.decisions)


def _size(table: Table, lines: tuple[Line, ...]) -> tuple[Problem, ...]:
    if not lines:
        sentence = (
            f"There is no row below the headings in {excerpt(table.file)}. Check the sheet, and which row has them."
        )
        return (Problem("takeover.no_rows", "rows", sentence),)
    if len(lines) > MOST_ROWS:
        sentence = f"{len(lines):,} rows; {MOST_ROWS:,} are the most in one import. Cut the spreadsheet in parts."
        return (Problem("takeover.too_many", "rows", sentence),)
    return ()


def _verdicts(
    registry: Registry, taken: list[Taken], progress: Callable[[str, float], None]
) -> tuple[tuple[Verdict, ...], list[tuple[TakenRow, Decision]]]:
    again = repeats(registry, [each.row for each in taken])
    trial = Trial(registry)
    verdicts: list[Verdict] = []
    standing: list[tuple[TakenRow, Decision]] = []
    for at, each in enumerate(taken):
        if at % _SOME == 0:
            progress("Judging the rows", 0.2 + 0.8 * at / len(taken))
        decision = trial.decide(each.row)
        problems = (
            *_weighed(registry, each),
            *_of_the_rules(again.get(each.row.line), each, decision),
            *_other_uid(each, decision),
        )
        if refusals(problems):
            outcome = Outcome.REFUSED
        else:
            outcome = Outcome.NEW if decision.events else Outcome.THERE
            trial.take_in(each.row, decision)
            standing.append((each.row, decision))
        given = "" if outcome is Outcome.REFUSED else _given(decision)
        verdicts.append(Verdict(each.row.line, each.texts, outcome, given, problems))
    return tuple(verdicts), standing


def _weighed(registry: Registry, taken: Taken) -> tuple[Problem, ...]:
    """What is to be said of the cells. Where a serial has an index, zeros make it another serial, and none may go."""
    draft = taken.row.draft
    if not (isinstance(draft, AssignInstallations) and draft.product and taken.problems):
        return taken.problems
    product = registry.find_product(draft.product)
    if product is None or not product.serials.indexed:
        return taken.problems
    return tuple(
        structs.replace(problem, severity=Severity.ERROR) if problem.code == "takeover.zeros_lost" else problem
        for problem in taken.problems
    )


def _of_the_rules(again: Problem | None, taken: Taken, decision: Decision) -> Iterator[Problem]:
    """What the other rows and the rules say of it: once where both say one thing, nothing of what no one typed."""
    if again is not None:
        yield again
    unfit = {problem.field for problem in refusals(taken.problems)}
    for problem in (*decision.problems, *decision.notices):
        if problem.field not in unfit and (again is None or problem.code != "takeover.repeated"):
            yield problem


def _other_uid(taken: Taken, decision: Decision) -> Iterator[Problem]:
    """A UID that was issued before stays with what it was issued for, or else nothing is taken over."""
    if taken.uid is None or not decision.uids or taken.uid == decision.uids[0]:
        return
    sentence = (
        f"The spreadsheet has {excerpt(taken.uid)} here, this registry would give {decision.uids[0]}. Find out which "
        "one is in use; what was issued under another root or scheme cannot be taken over."
    )
    yield Problem("takeover.uid_differs", "uid", sentence)


def _given(decision: Decision) -> str:
    if decision.uids:
        return decision.uids[0]
    return "" if decision.number is None else str(decision.number)


def has_caution(verdict: Verdict) -> bool:
    """Whether a row stands and comes with a caution."""
    return verdict.outcome is not Outcome.REFUSED and any(p.severity is Severity.CAUTION for p in verdict.problems)
