"""The order of a print run: ready, noted, let go; and what is left behind when one of the three fails."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import ledger_of
from uidmanager.app.printing import LabelsNotHandedOverError, print_labels
from uidmanager.core.drafts import AssignInstallations, NoteLabelsPrinted, Print, VoidInstallation
from uidmanager.core.errors import LedgerLockedError, UidManagerError
from uidmanager.core.events import LabelPrinted
from uidmanager.core.records import LabelState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.service import Service

RUN = NoteLabelsPrinted((Print("0372764", "0372764"),), "a4-3x8")


class Door:
    """What labels leave by, and what happened there in which order."""

    def __init__(self, service: Service, *, opens: bool = True, lets_go: bool = True) -> None:
        self.seen: list[str] = []
        self._service = service
        self._opens, self._lets_go = opens, lets_go

    @contextmanager
    def outlet(self) -> Iterator[Callable[[], None]]:
        if not self._opens:
            raise UidManagerError("No printer.")
        self.seen.append(f"ready with {self._entries} entries")
        try:
            yield self._let_go
        finally:
            self.seen.append("closed")

    def _let_go(self) -> None:
        self.seen.append(f"let go with {self._entries} entries")
        if not self._lets_go:
            raise UidManagerError("It broke off.")

    @property
    def _entries(self) -> int:
        return len(ledger_of(self._service).lines)


@pytest.fixture
def labelled(service: Service) -> Service:
    service.submit(AssignInstallations(("0372764", "0372765")))
    return service


def test_the_run_is_noted_after_all_is_ready_and_before_a_label_leaves(labelled: Service) -> None:
    door = Door(labelled)
    receipt = print_labels(labelled, RUN, door.outlet)
    assert receipt.entry is not None
    assert receipt.entry.events == (LabelPrinted("372764", "a4-3x8", "0372764", 1),)
    assert door.seen == ["ready with 2 entries", "let go with 3 entries", "closed"]
    with labelled.look() as registry:
        held = registry.installation("372764")
    assert held is not None
    assert (held.label, held.prints) == (LabelState.LABELLED, 1)


def test_where_labels_cannot_leave_nothing_is_noted(labelled: Service) -> None:
    with pytest.raises(UidManagerError, match="No printer"):
        print_labels(labelled, RUN, Door(labelled, opens=False).outlet)
    assert len(ledger_of(labelled).lines) == 2


def test_where_the_ledger_cannot_be_written_no_label_leaves(labelled: Service) -> None:
    def locked() -> None:
        raise LedgerLockedError("a list", 1.0, "ben")

    ledger_of(labelled).in_the_meantime = locked
    door = Door(labelled)
    with pytest.raises(LedgerLockedError):
        print_labels(labelled, RUN, door.outlet)
    assert door.seen == ["ready with 2 entries", "closed"]
    assert len(ledger_of(labelled).lines) == 2


def test_what_others_made_void_meanwhile_gets_no_label(labelled: Service, other: Service) -> None:
    other.refresh()
    other.submit(VoidInstallation("0372764", "misread"))
    door = Door(labelled)
    receipt = print_labels(labelled, RUN, door.outlet)
    assert receipt.entry is None
    assert [problem.code for problem in receipt.decision.problems] == ["label.void"]
    assert door.seen == ["ready with 3 entries", "closed"]


def test_labels_that_did_not_leave_are_noted_and_it_is_said_in_which_entry(labelled: Service) -> None:
    with pytest.raises(LabelsNotHandedOverError, match=r"It broke off\. Entry 3 notes these labels") as raised:
        print_labels(labelled, RUN, Door(labelled, lets_go=False).outlet)
    assert raised.value.entry == 3
    again = print_labels(labelled, RUN, Door(labelled).outlet)
    assert [problem.code for problem in again.decision.problems] == ["label.reprint"]
    repeated = NoteLabelsPrinted(RUN.prints, RUN.template, 1, "the printer broke off")
    assert print_labels(labelled, repeated, Door(labelled).outlet).entry is not None


def test_somebody_who_stops_it_late_is_told_the_same(labelled: Service) -> None:
    @contextmanager
    def stopped() -> Iterator[Callable[[], None]]:
        def let_go() -> None:
            raise KeyboardInterrupt

        yield let_go

    with pytest.raises(LabelsNotHandedOverError, match=r"It was stopped before all labels had left\. Entry 3"):
        print_labels(labelled, RUN, stopped)
