"""The bench on which one history is laid on the other: what holds in both by now, and what is to be written."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.accounts import account_of
from uidmanager.core.branches import merged_hashes
from uidmanager.core.merging.numbering import Numbering, merged_from
from uidmanager.core.merging.terms import Clash, Surrendered, Told
from uidmanager.core.registry import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.events import Entry, Event
    from uidmanager.core.merging.terms import Choice, Option
    from uidmanager.core.records import NumberKind, Record
    from uidmanager.core.registry import Registry


class Outcome(Enum):
    """What becomes of an event of the other history."""

    TAKEN = auto()
    PRESENT = auto()
    LEFT_OUT = auto()


class Bench:
    """``ours`` is the base with all that was taken over so far, ``theirs`` the other history up to the event at hand.

    ``at_last`` is what the other history comes to in the end, ``numbering`` which of its numbers are others here.
    ``is_known`` when the entry at hand was itself merged there, from entries that the base has or has merged.
    """

    def __init__(
        self, base: Sequence[Entry], other: Sequence[Entry], common: int, choices: Mapping[str, Choice]
    ) -> None:
        self.at_last = fold(other)
        self.ours = fold(base[:common])
        self.theirs = self.ours.still()
        for entry in base[common:]:
            self.ours.apply(entry)
        self.numbering = Numbering()
        self.clashes: dict[str, Clash] = {}
        self.given_up: list[Surrendered] = []
        self.told: dict[Outcome, list[Told]] = {outcome: [] for outcome in Outcome}
        self._base = base
        self._common = common
        self._entries: dict[int, int] = {}
        events = ((n, event) for n in self.ours.print_runs for event in base[n - 1].events)
        self._printed = {event.component: n for n, event in events if isinstance(event, e.LabelPrinted)}
        self._native = {entry.h for entry in base[common:]}
        self._choices = choices
        self.is_known = False
        self._begun = 0
        self._source = other[0]
        self._written: list[Event] = []

    def begin(self, source: Entry) -> None:
        """Turn to the next entry of the other history."""
        self._source, self._written = source, []
        self._entries[source.n] = len(self._base) + self._begun + 1
        self._begun += 1
        merged = list(merged_hashes([source]))
        self.is_known = bool(merged) and all(map(self.has, merged))
        self.write(merged_from(source))

    def end(self) -> tuple[Event, ...]:
        """What that entry came to."""
        return tuple(self._written)

    def skip(self, source: Entry) -> None:
        """Pass an entry that was merged before."""
        self.numbering.recall(source, self._base[self.ours.elsewhere.merged[source.h] - 1], self.ours)
        self._source = source
        self._entries[source.n] = self.ours.elsewhere.merged[source.h]
        for event in source.events:
            self.note(event, Outcome.PRESENT)

    def entry(self, there: int) -> int:
        """The number that an entry of the other history will have here."""
        return there if there <= self._common else self._entries[there]

    def last_print(self, component: str) -> int | None:
        """The number of the entry here in which labels of an installation were printed last."""
        return self._printed.get(component)

    def has(self, entry_hash: str) -> bool:
        """Whether an entry stands in the base by itself, or was merged."""
        return entry_hash in self._native or entry_hash in self.ours.elsewhere.merged

    def note(self, event: Event, outcome: Outcome) -> None:
        """Move past an event of the other history, and tell what became of it."""
        self._advance(self.theirs, event)
        account, source = account_of(self.theirs, event), self._source
        self.told[outcome].append(Told(source.n, source.at, source.by, account.what, account.subject, account.new))

    def write(self, event: Event) -> None:
        """Have an event in the new entry."""
        self._advance(self.ours, event)
        self._written.append(event)
        if isinstance(event, e.LabelPrinted):
            self._printed[event.component] = self._entries[self._source.n]

    def give_up(self, kind: NumberKind, number: str, meant: str, now: str | None = None) -> None:
        """Have it written that a number given there is given to nothing else."""
        self.write(e.NumberGivenUp(kind, number, meant, now))
        self.given_up.append(Surrendered(kind, number, meant, now))

    def ask(self, key: str, what: str, base: str, other: str, *options: Option) -> Choice:
        """The choice for a clash. While it is undecided the first option is taken, to see what else there is."""
        known = self.clashes.get(key)
        if known is not None and _choices_of(known.options) != _choices_of(options):
            key = f"{key}@{self._source.n}"
            known = self.clashes.get(key)
        if known is None:
            wanted = self._choices.get(key)
            chosen = wanted if wanted in _choices_of(options) else None
            known = self.clashes[key] = Clash(key, what, base, other, options, chosen)
        return known.chosen or options[0].choice

    def first_told(self, record: Record) -> Sequence[Event]:
        """The events of the entry of the base that a record comes from."""
        n = record.origin.entry
        return self._base[n - 1].events if n <= len(self._base) else ()

    def _advance(self, registry: Registry, event: Event) -> None:
        registry.apply(structs.replace(self._source, n=registry.position + 1, events=(event,)))


def _choices_of(options: Sequence[Option]) -> set[Choice]:
    return {option.choice for option in options}
