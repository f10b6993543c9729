"""A registry on a table: drafts go in, decisions come out, entries are numbered as a ledger would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.core.drafts import AssignInstallations, FoundRegistry, RegisterProduct, RegisterRelease
from uidmanager.core.events import Entry
from uidmanager.core.registry import Registry
from uidmanager.core.rules import decide

if TYPE_CHECKING:
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Event

ROOT = "1.2.826.0.1.3680043.2.50"


class Book:
    """A registry and the entries it is made of."""

    def __init__(self) -> None:
        self.registry = Registry()

    def ask(self, draft: Draft) -> Decision:
        """What the rules say; nothing is written."""
        return decide(self.registry, draft)

    def do(self, draft: Draft) -> Decision:
        """Register the draft, which must not be refused."""
        decision = self.ask(draft)
        assert not decision.problems, decision.problems
        if decision.events:
            self.write(*decision.events, why=draft.reason)
        return decision

    def write(self, *events: Event, why: str | None = None) -> Entry:
        """Put events into the ledger without asking the rules."""
        n = self.registry.position + 1
        at = f"2026-11-22T21:06:{n % 60:02}.000000Z"
        entry = Entry(f"{n:064x}", n, f"id-{n}", at, "anna", "LINE-3", "0.1.0", why, events)
        self.registry.apply(entry)
        return entry


@pytest.fixture
def empty() -> Book:
    return Book()


@pytest.fixture
def book() -> Book:
    """Acme Imaging: Viewer (1), CT Console (2, code CT) with release 4.5.0.3, and the unit 0372764."""
    made = Book()
    made.do(FoundRegistry(ROOT, "Acme Imaging", "registry-1"))
    made.do(RegisterProduct("Viewer"))
    made.do(RegisterProduct("CT Console", code="CT"))
    made.do(RegisterRelease("CT Console", "4.5.0.3"))
    made.do(AssignInstallations(("0372764",), product="CT Console"))
    return made


def codes(decision: Decision) -> list[str]:
    """The codes of what refuses a draft."""
    return [problem.code for problem in decision.problems]


def notices(decision: Decision) -> list[str]:
    """The codes of what is only said."""
    return [notice.code for notice in decision.notices]
