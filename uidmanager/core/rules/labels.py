"""Labels: what was printed is noted before it leaves, a second print needs a reason, a check is of what was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from uidmanager.core.decision import Decision, decided
from uidmanager.core.drafts import NoteLabelsChecked, NoteLabelsPrinted
from uidmanager.core.errors import Problem
from uidmanager.core.events import LabelChecked, LabelMissed, LabelPrinted
from uidmanager.core.label_checks import is_right
from uidmanager.core.print_runs import PrintRun, print_run
from uidmanager.core.records import State
from uidmanager.core.rules.common import check_reason
from uidmanager.core.rules.installations import installation_meant
from uidmanager.core.texts import NAME_LENGTH, NOTE_LENGTH, check_text, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.drafts import Check, LabelDraft, Miss
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry

MOST_COPIES: Final = 100
MOST_LABELS: Final = 100_000


def decide(registry: Registry, draft: LabelDraft) -> Decision:
    """What a draft about labels would write."""
    match draft:
        case NoteLabelsPrinted():
            return printed(registry, draft)
        case NoteLabelsChecked():
            return checked(registry, draft)
        case _:
            assert_never(draft)


def printed(registry: Registry, draft: NoteLabelsPrinted) -> Decision:
    """A print run: one label for each unit, in so many copies. A label that was printed before needs a reason."""
    problems: list[Problem] = [*_said(draft.template, "template", NAME_LENGTH), *_size(draft)]
    units: dict[str, Installation] = {}
    events: list[LabelPrinted] = []
    for wanted in draft.prints[:MOST_LABELS]:
        unit, unfit = installation_meant(registry, wanted.serial)
        problems.extend(unfit)
        problems.extend(_said(wanted.code, "code", NOTE_LENGTH))
        if unit is None:
            continue
        problems.extend(_may_be_printed(unit, is_named=unit.component in units))
        units[unit.component] = unit
        events.append(LabelPrinted(unit.component, draft.template, wanted.code, draft.copies))
    again = [unit for unit in units.values() if unit.prints]
    problems.extend(_reason(draft.reason, again))
    return decided(tuple(problems), Decision(tuple(unit.uid for unit in units.values()), events=tuple(events)))


def checked(registry: Registry, draft: NoteLabelsChecked) -> Decision:
    """The result of reading labels back. A label that was found right before is not written again."""
    problems = check_reason(draft.reason, required=False)
    run = print_run(registry, draft.printed)
    if run is None:
        sentence = f"No labels were printed in entry {draft.printed}. Name the entry of the print run."
        return decided((*problems, Problem("label.no_run", "printed", sentence)), Decision())
    events: list[LabelChecked | LabelMissed] = []
    for check in draft.checks:
        unit, unfit = installation_meant(registry, check.serial)
        if unit is not None:
            unfit = (*unfit, *_may_be_checked(run, unit, check))
            if unit.component not in run.checked:
                events.append(LabelChecked(unit.component, run.entry, check.scanned))
        problems = (*problems, *unfit)
    for miss in draft.misses:
        problems = (*problems, *_miss_problems(miss))
        events.append(LabelMissed(run.entry, miss.scanned, miss.verdict))
    return decided(problems, Decision(events=tuple(dict.fromkeys(events))))


def _size(draft: NoteLabelsPrinted) -> Iterator[Problem]:
    if not draft.prints:
        yield Problem("label.none", "serial", "Choose the units whose labels are to be printed.")
    if len(draft.prints) > MOST_LABELS:
        sentence = f"{len(draft.prints)} labels at once; {MOST_LABELS} is the most. Print them in several runs."
        yield Problem("label.too_many", "serial", sentence)
    if not 1 <= draft.copies <= MOST_COPIES:
        yield Problem("label.copies", "copies", f"{draft.copies} copies; print 1 to {MOST_COPIES} at once.")


def _may_be_printed(unit: Installation, *, is_named: bool) -> Iterator[Problem]:
    if unit.state is State.VOID:
        sentence = f"{unit.serial} is void: nothing may carry its root. Leave it out, or reinstate it first."
        yield Problem("label.void", "serial", sentence)
    if is_named:
        sentence = f"{unit.serial} comes twice. Name it once, and ask for copies if it needs several labels."
        yield Problem("label.repeated", "serial", sentence)


def _reason(reason: str | None, again: list[Installation]) -> tuple[Problem, ...]:
    """A second label of one unit is how two units come to carry one root: so it is said why it is printed."""
    unfit = check_reason(reason, required=bool(again))
    if not again or not any(problem.code == "reason.missing" for problem in unfit):
        return unfit
    first = f"A label of {again[0].serial} was printed {_times(again[0].prints)} before"
    more = f", and of {len(again) - 1} more" if len(again) > 1 else ""
    sentence = f"{first}{more}. Say why it is printed again; the old one must not stay in use."
    return (Problem("label.reprint", "reason", sentence),)


def _times(prints: int) -> str:
    return "once" if prints == 1 else f"{prints} times"


def _may_be_checked(run: PrintRun, unit: Installation, check: Check) -> Iterator[Problem]:
    yield from check_text(check.scanned, "scanned", NOTE_LENGTH)
    if unit.component not in run.codes:
        sentence = f"The label of {unit.serial} was not printed in entry {run.entry}. Check it with its own run."
        yield Problem("label.not_in_run", "serial", sentence)
    elif unit.component in run.void:
        sentence = f"{unit.serial} is void: nothing may carry its root. Take the label off, and destroy it."
        yield Problem("label.void", "serial", sentence)
    elif unit.component in run.replaced:
        sentence = f"The label of {unit.serial} was printed again since. Check the new one, and destroy the old."
        yield Problem("label.replaced", "serial", sentence)
    elif not is_right(check.scanned, run.codes[unit.component], unit):
        sentence = f"“{excerpt(check.scanned)}” is not what the label of {unit.serial} says. Scan it again."
        yield Problem("label.wrong", "scanned", sentence)


def _miss_problems(miss: Miss) -> Iterator[Problem]:
    yield from _said(miss.scanned, "scanned", NOTE_LENGTH)
    yield from _said(miss.verdict, "verdict", NAME_LENGTH)


def _said(text: str, field: str, longest: int) -> tuple[Problem, ...]:
    """A text of so many characters that says something."""
    if not text.strip():
        return (Problem("label.empty", field, f"The {field} is empty. Say it, or leave the label out."),)
    return check_text(text, field, longest)
