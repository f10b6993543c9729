"""A batch: many serials from a text, each with what becomes of it, before all or none of them are assigned.

The rows are what the decision on the whole is made of, so a preview of them cannot differ from the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from uidmanager.core.decision import Decision
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import Problem, refusals
from uidmanager.core.rules.assigning import judge_batch
from uidmanager.core.serial_lists import Listed, Listing, read_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.core.registry import Registry
    from uidmanager.core.rules.serials import Verdict


class Terms(Struct, frozen=True):
    """What is said of all serials of a batch, as a person gave it. A product is named by number or name."""

    product: str | None = None
    note: str | None = None
    reason: str | None = None


class BatchRow(Struct, frozen=True, gc=False):
    """One serial of a batch. ``number`` counts from 1; ``listed`` is where it comes from.

    ``component`` and ``uid`` are None where it has none. ``is_new`` is whether it would be assigned, ``is_refused``
    whether a rule forbids it, and with it the whole batch; what is neither has its root already.
    """

    number: int
    listed: Listed
    component: str | None = None
    uid: str | None = None
    is_new: bool = False
    is_refused: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def serial(self) -> str:
        """The serial as it would be printed; where it is none, what stands there."""
        return self.listed.serial


class Batch(Struct, frozen=True):
    """What a text comes to. ``problems`` are about the batch as a whole; ``refused`` is how many rows are.

    ``draft`` and ``decision`` are for the ledger, and hold only what is not ``is_refused``.
    """

    draft: AssignInstallations
    decision: Decision
    rows: tuple[BatchRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether a row or the whole is forbidden."""
        return self.refused > 0 or any(refusals(self.problems))

    @property
    def new(self) -> int:
        """How many would be assigned; the others have their roots already."""
        return sum(row.is_new for row in self.rows)


def no_progress(_message: str, _fraction: float) -> None:
    """For who waits."""


def highest_for(registry: Registry, text: str, product: str | None) -> str | None:
    """The serial from which a ``~`` in the text goes on: the highest of the product that is named, else of all."""
    if "~" not in text:
        return None
    made = None if product is None else registry.find_product(product)
    return registry.highest_serial(None if made is None else made.number)


def batch_from(
    registry: Registry, text: str, terms: Terms, progress: Callable[[str, float], None] = no_progress
) -> Batch:
    """What a text comes to in this registry."""
    return batch_of(registry, read_list(text, highest_for(registry, text, terms.product)), terms, progress)


def batch_of(
    registry: Registry, listing: Listing, terms: Terms, progress: Callable[[str, float], None] = no_progress
) -> Batch:
    """What becomes of the serials of a list. ``progress`` is told how far it is; whatever it raises ends the work."""
    serials = tuple(listed.serial for listed in listing.rows if listed.problem is None)
    draft = AssignInstallations(serials, terms.product, terms.note, terms.reason)
    if listing.problems:
        return Batch(draft, Decision(), (), listing.problems)
    judged = judge_batch(registry, draft, progress)
    verdicts = iter(judged.verdicts)
    rows = tuple(
        _row(number, listed, next(verdicts) if listed.problem is None else None)
        for number, listed in enumerate(listing.rows, 1)
    )
    whole = tuple(problem for problem in judged.problems if serials or not rows or problem.code != "serial.empty")
    return Batch(draft, judged.decision, rows, whole, sum(row.is_refused for row in rows))


def _row(number: int, listed: Listed, verdict: Verdict | None) -> BatchRow:
    if verdict is None:
        return BatchRow(number, listed, is_refused=True, problems=(listed.problem,) if listed.problem else ())
    is_refused = any(refusals(verdict.problems))
    is_new = bool(verdict.events) and not is_refused
    return BatchRow(number, listed, verdict.component, verdict.uid, is_new, is_refused, verdict.problems)


def named_problems(row: BatchRow, place: str = "") -> tuple[Problem, ...]:
    """A row's problems with the row and its place named, for where they do not stand beside it."""
    where = place or f"line {row.listed.line:,}, position {row.listed.at:,}"
    whence = f"Row {row.number:,} ({where})"
    return tuple(structs.replace(each, message=f"{whence}: {each.message}") for each in row.problems)


def verdict_of(row: BatchRow) -> str:
    """What becomes of a row, in a word or two."""
    if row.is_refused:
        return "refused"
    return "new" if row.is_new else "has its root"
