"""The one way of a change, for every face: preview, then submit; and the look at what others wrote meanwhile."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import contextmanager, suppress
from itertools import accumulate
from threading import Lock, RLock
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from uidmanager.app.ports import News, no_progress
from uidmanager.core.anchors import departure
from uidmanager.core.decision import Decision
from uidmanager.core.drafts import Draft, NoteSeen, TakeOver
from uidmanager.core.errors import (
    AnchorLostError,
    ContradictionError,
    LedgerDamagedError,
    LedgerError,
    LedgerWentBackError,
    OutcomeUnknownError,
)
from uidmanager.core.events import Entry, NewEntry
from uidmanager.core.registry import Registry, fold
from uidmanager.core.rules import decide
from uidmanager.core.rules.common import kept_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from uidmanager.app.ports import Ledger, Progress, World
    from uidmanager.core.anchors import Anchor
    from uidmanager.core.drafts import FoundRegistry


EVENTS_WORTH_A_CHECKPOINT: Final = 50_000
"""To fold fewer takes no longer than a person notices."""

_EVENTS_AT_A_TIME: Final = 2000
_DAY: Final = len("2026-11-22")
_NONE_LEFT: Final = object()


class Receipt(Struct, frozen=True):
    """What became of a draft.

    ``entry`` is what was written; None when it was refused, was registered already, or when ``overtaken``: others
    wrote meanwhile and the outcome is no longer the one that was shown.
    """

    decision: Decision
    entry: Entry | None = None
    overtaken: bool = False


class Verification(Struct, frozen=True):
    """What reading the whole ledger anew has shown: ``entries`` good ones up to ``head``, the trouble after them.

    ``registry`` is the random id in its founding entry, None when not even that could be read.
    """

    entries: int
    head: str
    trouble: LedgerError | None
    remarks: tuple[str, ...]
    registry: str | None = None


class _Decided(Struct, frozen=True):
    """What was decided on a draft, and in which state."""

    registry: Registry
    head: str
    draft: Draft
    decision: Decision


class Service:
    """One registry and its ledger; ``trouble`` is why nothing can be written, ``barred`` why not by this user.

    The ledger's work may run on another thread than the one that looks: the state changes only inside `look`, and never
    while the disk is waited for, so that a preview does not wait for the disk either. ``checkpoint_worth`` is how many
    events must be new for a checkpoint.
    """

    def __init__(self, ledger: Ledger, world: World) -> None:
        self.ledger = ledger
        self.world = world
        self.trouble: LedgerError | None = None
        self.barred: LedgerError | None = None
        self.remarks: list[str] = []
        self.checkpoint_worth = EVENTS_WORTH_A_CHECKPOINT
        self._registry = Registry(ledger.blank())
        self._decided: _Decided | None = None
        self._state = RLock()
        # What was read must be taken in before anybody else decides: two threads in between would both be right once.
        self._work = RLock()
        self._settling = Lock()
        self._events_since_checkpoint = 0

    @contextmanager
    def look(self) -> Iterator[Registry]:
        """The registry as last seen, which holds still as long as this lasts. Be quick."""
        with self._state:
            yield self._registry

    def open(self, progress: Progress = no_progress, *, is_proof: bool = False) -> None:
        """Read the ledger from its first entry. Raises `LedgerMissingError`; any other trouble is kept, not raised.

        A checkpoint may stand for the first entries, unless what is found is to prove something.
        """
        with self._work:
            self.ledger = self.ledger.afresh()
            self.barred = self.ledger.refused()
            resumed = None if is_proof else self.ledger.resume(progress)
            with self.look():
                self._registry = Registry(self.ledger.blank()) if resumed is None else resumed
                self._decided = None
                self.trouble = None
            self._events_since_checkpoint = 0
            self.refresh(progress)

    @property
    def wants_settling(self) -> bool:
        """Whether so much was taken in that `settle` is worth its while."""
        return self._events_since_checkpoint >= self.checkpoint_worth and self.trouble is None

    def settle(self, progress: Progress = no_progress) -> None:
        """Make ready for the long run, if it is worth it: sort what was taken in, and keep a checkpoint.

        For work behind the window, or after a command's answer. Whoever looks waits for a few milliseconds at most.
        """
        with self._settling:
            if not self.wants_settling:
                return
            with self.look() as registry:
                steps = registry.settle()
            while not self._is_last(steps):
                progress("Sorting the installations", 0.0)
            with self.look() as registry:
                still, self._events_since_checkpoint = registry.still(), 0
            progress("Keeping a checkpoint", 0.5)
            self.ledger.keep_checkpoint(still)

    def _is_last(self, steps: Iterator[None]) -> bool:
        """Do one step of those that change how the state lies, while nobody looks; whether there was none left."""
        with self.look():
            return next(steps, _NONE_LEFT) is _NONE_LEFT

    def refresh(self, progress: Progress = no_progress) -> Sequence[Entry]:
        """Take in what others wrote; answers the entries that are new. A ledger in trouble is left as it was read."""
        with self._work:
            if self.trouble is not None:
                return ()
            return self._take_in_all(lambda: self.ledger.news(progress))

    def preview(self, draft: Draft) -> Decision:
        """What the draft would register. The disk is not touched."""
        if isinstance(draft, NoteSeen):
            draft = structs.replace(draft, today=self.world.now()[:_DAY])
        if isinstance(draft, TakeOver):
            return self._preview_aside(draft)
        with self.look() as registry:
            # It follows from draft and state alone, so what was decided last holds as long as both are the same.
            last = self._decided
            if last is None or last.registry is not registry or last.head != registry.head or last.draft != draft:
                last = self._decided = _Decided(registry, registry.head, draft, decide(registry, draft))
            return last.decision

    def _preview_aside(self, draft: TakeOver) -> Decision:
        """The same for what takes seconds to decide: on a copy, so that whoever looks does not wait."""
        with self.look() as registry:
            last = self._decided
            if last is not None and last.registry is registry and last.head == registry.head and last.draft == draft:
                return last.decision
            head, still = registry.head, registry.still()
        decision = decide(still, draft)
        with self.look():
            self._decided = _Decided(registry, head, draft, decision)
        return decision

    def submit(self, draft: Draft, shown: Decision | None = None) -> Receipt:
        """Register the draft, in the ledger's turn.

        ``shown`` is the decision the person agreed to. Raises a `LedgerError` when the ledger cannot be written.
        """
        with self._work:
            if self.trouble is not None:
                raise self.trouble
            if self.ledger.has_news():
                self.refresh()
            before = self.preview(draft)
            if not before.events:
                return _without_entry(before, shown)
            entry_id = self.world.new_id()
            with self.ledger.turn() as turn:
                self._take_in(turn.news())
                if self.trouble is not None:
                    raise self.trouble
                decision = self.preview(draft)
                answer = _without_entry(decision, shown)
                if answer.overtaken or not decision.events:
                    return answer
                try:
                    entry = turn.append(self._entry(entry_id, draft.reason, decision))
                except OutcomeUnknownError as error:
                    self.trouble = error  # until a person has looked and opens the ledger anew
                    raise
            self._take_in(News((entry,)))
            return Receipt(decision, entry)

    def found(self, draft: FoundRegistry) -> Receipt:
        """Begin a registry in a new ledger. Raises `LedgerExistsError` where one lies already."""
        with self._work:
            decision = self.preview(structs.replace(draft, registry=self.world.new_id()))
            if decision.is_refused:
                return Receipt(decision)
            entry = self.ledger.found(self._entry(self.world.new_id(), draft.reason, decision))
            self._take_in(News((entry,)))
            with suppress(LedgerError):  # founded it is; only what the store has to say of the place may be missed
                self.refresh()
            return Receipt(decision, entry)

    def verify(self, progress: Progress = no_progress, anchor: Anchor | None = None) -> Verification:
        """Read the whole ledger anew and fold it, apart from the state in use. Raises `LedgerMissingError`.

        It must extend what was seen here, and the ``anchor`` if one is given.
        """
        with self.look() as registry:
            known, head = registry.position, registry.head
        fresh = Service(self.ledger, self.world)
        fresh.open(progress, is_proof=True)
        trouble, found = fresh.trouble, fresh._registry
        if trouble is None and (found.position < known or (known and found.entries.head_at(known) != head)):
            trouble = LedgerWentBackError(self.ledger.name, known, f"has {found.position} now, or others")
        lost = None if anchor is None else departure(found, anchor)
        if trouble is None and lost is not None:
            trouble = AnchorLostError(self.ledger.name, lost)
        registry_id = found.founding.registry if found.is_founded else None
        return Verification(found.position, found.head, trouble, tuple(fresh.remarks), registry_id)

    def _entry(self, entry_id: str, reason: str | None, decision: Decision) -> NewEntry:
        world = self.world
        return NewEntry(
            id=entry_id,
            at=world.now(),
            by=world.person.name,
            station=world.person.station,
            app=world.app,
            why=kept_text(reason),
            events=decision.events,
        )

    def _take_in_all(self, ask: Callable[[], News]) -> Sequence[Entry]:
        """Take in portion after portion, for as long as there is more; answers the entries that are new."""
        with self.look() as registry:
            before = registry.position
        while self._take_in(ask()):
            pass
        with self.look() as registry:
            return registry.entries[before:]

    def _take_in(self, news: News) -> bool:
        """Whether all of it was good, and there is more."""
        with self.look():
            self.remarks.extend(news.remarks)
        for entries, events in _few_at_a_time(news.entries):
            with self.look() as registry:
                self._events_since_checkpoint += events
                try:
                    registry.extend(entries)
                except ContradictionError as contradiction:
                    # Its events may be half taken in, so what stands before it is folded anew.
                    self._registry = fold(registry.entries)
                    self.trouble = LedgerDamagedError(self.ledger.name, contradiction.entry, contradiction.fault)
                    return False
        self.trouble = news.trouble
        return news.has_more


def _few_at_a_time(entries: Sequence[Entry]) -> Iterator[tuple[Sequence[Entry], int]]:
    """Parts, each with its number of events, that take a few milliseconds to take in: whoever looks waits for one."""
    ends = list(accumulate([len(entry.events) for entry in entries]))
    start = before = 0
    while start < len(ends):
        stop = min(bisect_left(ends, before + _EVENTS_AT_A_TIME, start) + 1, len(ends))
        yield entries[start:stop], ends[stop - 1] - before
        start, before = stop, ends[stop - 1]


def _without_entry(decision: Decision, shown: Decision | None) -> Receipt:
    """Nothing written; overtaken when the decision is not the one that was shown."""
    return Receipt(decision, overtaken=shown is not None and shown.outcome != decision.outcome)
