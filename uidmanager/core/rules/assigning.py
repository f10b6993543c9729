"""Assigning installation roots: one serial or many, all or none."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from uidmanager.core.barcodes import LONGEST_SCAN
from uidmanager.core.decision import Decision, decided
from uidmanager.core.errors import Problem, Severity, refusals
from uidmanager.core.events import BarcodeRead
from uidmanager.core.rules.common import check_in_use, check_note, check_reason, kept_text, product_meant
from uidmanager.core.rules.gtins import not_a_serial, product_read
from uidmanager.core.rules.reads import settled
from uidmanager.core.rules.serials import Terms, Verdict, is_indexing, judge
from uidmanager.core.scheme import LARGEST_BATCH, indexed_key, installation_root_parts, without_zeros
from uidmanager.core.texts import check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from uidmanager.core.barcodes import Read
    from uidmanager.core.drafts import AssignInstallations
    from uidmanager.core.records import Product
    from uidmanager.core.registry import Registry

_SOME: Final = 500  # serials between two words of how far they are


class Judged(Struct, frozen=True):
    """The decision on a batch, and what it is made of: the verdict on each serial, in their order.

    ``problems`` are those that belong to no single serial. Where there are too many serials none has a verdict.
    """

    decision: Decision
    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()


def _nobody_waits(_message: str, _fraction: float) -> None:
    """For who decides on a few serials, or has nobody to tell."""


def assign(registry: Registry, draft: AssignInstallations) -> Decision:
    """Roots for all serials of the draft, in their order; none when one of them is refused."""
    return judge_batch(registry, draft).decision


def judge_batch(
    registry: Registry, draft: AssignInstallations, progress: Callable[[str, float], None] = _nobody_waits
) -> Judged:
    """What `assign` decides, with what becomes of each serial.

    ``progress`` is told now and then how far it is; whatever it raises ends the work.
    """
    whole: list[Problem] = [*check_note(draft.note), *check_reason(draft.reason, required=False), *_size(draft)]
    product = None
    if draft.product is not None:
        product, unknown = product_meant(registry, draft.product)
        whole.extend(unknown)
    if len(draft.serials) > LARGEST_BATCH:
        return Judged(decided(tuple(whole), Decision()), (), tuple(whole))
    batch = _Batch(registry, product, kept_text(draft.note))
    verdicts = tuple(batch.judge(text, read) for text, read in _told(draft, progress))
    retired = _retired(registry, verdicts)
    decision = decided((*whole, *_spoken(verdicts), *retired), _gather(registry, verdicts))
    return Judged(decision, verdicts, (*whole, *retired))


def _told(draft: AssignInstallations, progress: Callable[[str, float], None]) -> Iterator[tuple[str, Read | None]]:
    """Each serial with what was scanned for it, and a word now and then of how far they are."""
    reads = draft.reads or repeat(None, len(draft.serials))
    for number, each in enumerate(zip(draft.serials, reads, strict=True)):
        if number % _SOME == 0:
            progress("Checking the serials", number / len(draft.serials))
        yield each


class _Batch:
    """The serials of one draft, one after the other: each unit is named once, and each new index is the next."""

    def __init__(self, registry: Registry, product: Product | None, note: str | None) -> None:
        self._registry = registry
        self._product = product
        self._note = note
        self._named: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._keys: dict[str, Verdict] = {}
        self._indices_given = 0

    def judge(self, text: str, read: Read | None) -> Verdict:
        """The next serial, and what the scanner sent for it."""
        product, problems = product_read(self._registry, read, self._product)
        read = settled(self._registry, read, product)
        if read is not None:
            if read.is_refused:  # there is no serial to be judged
                return Verdict(read.scanned, problems=(*read.problems, *problems))
            text = read.serial
        before = self._keys.get(indexed_key(text))
        if before is None:
            verdict = judge(self._registry, text, Terms(product, self._note), self._indices_given)
        else:  # it would get an index of its own, but it is the unit that has one
            verdict = structs.replace(before, text=text.strip(), events=(), problems=())
        told = (*verdict.problems, *not_a_serial(self._registry, text))
        problems = (*told, *problems, *_read_problems(read), *self._twice(verdict))
        if is_indexing(verdict):
            self._keys[indexed_key(text)] = verdict
            self._indices_given += 1
        return _with_read(structs.replace(verdict, problems=problems), read)

    def _twice(self, verdict: Verdict) -> tuple[Problem, ...]:
        """A serial that comes twice was scanned twice, or sits on two machines."""
        if verdict.component is None:
            return ()
        first = self._named.get(verdict.component)
        if first is None:
            self._named[verdict.component] = verdict.text
            return self._under_two_arcs(verdict)
        sentence = f"{verdict.text} and {first} have one root, both in this batch. Take one out."
        return (Problem("serial.repeated", "serial", sentence),)

    def _under_two_arcs(self, verdict: Verdict) -> tuple[Problem, ...]:
        """Digits that get an index, of one product, are no other serial where they are a number, of another one."""
        digits = indexed_key(verdict.text)
        if not (verdict.component and verdict.events and digits.isascii() and digits.isdigit()):
            return ()
        first = self._numbers.setdefault(without_zeros(digits), verdict.component)
        if ("." in first) == ("." in verdict.component):
            return ()
        sentence = (
            f"{verdict.text} and {self._named[first]}, both in this batch, are one number, but would have a root each "
            "under two arcs. Check the products; if it is another machine, it needs another serial."
        )
        return (Problem("serial.other_arc", "serial", sentence),)


def _spoken(verdicts: Sequence[Verdict]) -> list[Problem]:
    """What there is to say of the serials; which indices they get in one sentence, if all are to get theirs."""
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    given = [verdict.component for verdict in verdicts if verdict.component and is_indexing(verdict)]
    if len(given) < 2:  # noqa: PLR2004 (one has its own sentence)
        return problems
    if refusals(tuple(problems)):
        return [problem for problem in problems if problem.code != "serial.indexed"]
    arc, _, first = given[0].partition(".")
    sentence = (
        f"{len(given):,} serials get the indices {first} to {given[-1].partition('.')[2]} under the indexed arc {arc}, "
        "in their order. They are compared without outer blanks and with capitals for a to z."
    )
    told = Problem("serial.indexed", "serial", sentence, None, Severity.NOTICE)
    return [*(problem for problem in problems if problem.code != told.code), told]


def _size(draft: AssignInstallations) -> tuple[Problem, ...]:
    """A batch is one line of the ledger, and a line is bounded."""
    if not draft.serials:
        return (Problem("serial.empty", "serial", "Scan or type the serial number.", 0),)
    if len(draft.serials) > LARGEST_BATCH:
        sentence = f"{len(draft.serials)} serials at once; {LARGEST_BATCH} is the most. Assign them in several batches."
        return (Problem("batch.too_large", "serial", sentence),)
    return ()


def _read_problems(read: Read | None) -> tuple[Problem, ...]:
    """What a scanner sent is kept with the assignment, as a text like any other."""
    if read is None:
        return ()
    if not read.scanned:
        return (*read.problems, Problem("read.empty", "serial", "Nothing was scanned. Scan the code again."))
    return (*read.problems, *check_text(read.scanned, "serial", LONGEST_SCAN))


def _with_read(verdict: Verdict, read: Read | None) -> Verdict:
    """The verdict, with what was scanned kept beside what is assigned."""
    if read is None or verdict.component is None or not verdict.events:
        return verdict
    kept = BarcodeRead(verdict.component, read.scanned, read.symbology, read.gtin)
    return structs.replace(verdict, events=(*verdict.events, kept))


def _retired(registry: Registry, verdicts: Sequence[Verdict]) -> list[Problem]:
    """Nothing new is given under a retired product."""
    numbers = dict.fromkeys(verdict.product for verdict in verdicts if verdict.events and verdict.product is not None)
    products = (registry.product(number) for number in numbers)
    return [problem for product in products if product is not None for problem in check_in_use(product)]


def _gather(registry: Registry, verdicts: Sequence[Verdict]) -> Decision:
    """The decision on the whole batch."""
    founding = registry.founding
    first = next((verdict.component for verdict in verdicts if verdict.component is not None), None)
    parts = () if first is None else installation_root_parts(founding.root, founding.scheme, first)
    return Decision(
        uids=tuple(verdict.uid for verdict in verdicts if verdict.uid is not None),
        breakdown=parts,
        events=tuple(event for verdict in verdicts for event in verdict.events),
    )
