"""Histories of one registry that part, and go on each by itself; each entry has a hash of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.conftest import ROOT
from uidmanager.core.drafts import AssignInstallations, FoundRegistry, RegisterProduct, RegisterRelease
from uidmanager.core.events import Entry
from uidmanager.core.merging.planning import plan
from uidmanager.core.registry import fold
from uidmanager.core.rules import decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Event
    from uidmanager.core.merging.terms import Choice, Plan


class History:
    """A registry that is written to by the rules; ``name`` is part of each hash."""

    def __init__(self, name: str, entries: list[Entry] | None = None) -> None:
        self.name = name
        self.registry = fold(entries or [])

    @property
    def entries(self) -> Sequence[Entry]:
        return self.registry.entries

    def parted(self, name: str) -> History:
        """A copy that goes its own way."""
        return History(name, list(self.entries))

    def do(self, *drafts: Draft) -> History:
        """Register drafts, which must not be refused."""
        for draft in drafts:
            decision = decide(self.registry, draft)
            assert not decision.problems, decision.problems
            self.write(*decision.events, why=draft.reason)
        return self

    def ask(self, draft: Draft) -> Decision:
        return decide(self.registry, draft)

    def write(self, *events: Event, why: str | None = None) -> None:
        """Put events into the ledger without asking the rules."""
        n = self.registry.position + 1
        h = f"{self.name}-{n}"
        self.registry.apply(
            Entry(h, n, f"id-{h}", f"2026-11-22T21:06:{n % 60:02}.000000Z", "anna", "L", "0", why, events)
        )

    def plan(self, other: History, choices: Mapping[str, Choice] | None = None, *, leaves_out: bool = False) -> Plan:
        """What merging another history into this one would come to."""
        return plan(
            self.entries, other.entries, common(self.entries, other.entries), choices or {}, leaves_out=leaves_out
        )

    def merge(self, other: History, choices: Mapping[str, Choice] | None = None, *, leaves_out: bool = False) -> Plan:
        """Merge another history into this one; nothing may be left to decide."""
        planned = self.plan(other, choices, leaves_out=leaves_out)
        assert not planned.undecided, planned.clashes
        for entry in planned.entries:
            self.write(*entry.events, why="merged")
        return planned


def common(left: Sequence[Entry], right: Sequence[Entry]) -> int:
    return sum(1 for one, another in zip(left, right, strict=False) if one.h == another.h)


def acme() -> History:
    """What two histories have in common: Viewer (1), CT Console (2, code CT) with release 4.5.0.3, the unit 0372764."""
    return History("c").do(
        FoundRegistry(ROOT, "Acme Imaging", "registry-1"),
        RegisterProduct("Viewer"),
        RegisterProduct("CT Console", code="CT"),
        RegisterRelease("CT Console", "4.5.0.3"),
        AssignInstallations(("0372764",), product="CT Console"),
    )


def two(root: str | None = None) -> tuple[History, History]:
    """Two copies of it, which part here; under another root there is nothing in them yet."""
    shared = acme() if root is None else History("c").do(FoundRegistry(root, "Acme Imaging", "registry-1"))
    return shared.parted("a"), shared.parted("b")
