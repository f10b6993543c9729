"""Founding from a document is a use case: refused by a rule, stopped half-way, or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import CountedWorld, ListLedger
from tests.core.conftest import Book
from tests.core.transfer.carrying import PAPER, carried
from uidmanager.app.importing import check, found_from
from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations, FoundRegistry
from uidmanager.core.errors import CancelledError, LedgerDamagedError
from uidmanager.core.transfer.findings import Findings

if TYPE_CHECKING:
    from uidmanager.core.transfer.document import Document


@pytest.fixture
def document() -> Document:
    made = Book()
    made.do(FoundRegistry("1.2.826.0.1.3680043.2.50", "Acme Imaging", "registry-1"))
    made.do(AssignInstallations(tuple(map(str, range(2500)))))
    return carried(made.registry)


@pytest.fixture
def lines() -> ListLedger:
    return ListLedger([])


@pytest.fixture
def service(lines: ListLedger) -> Service:
    return Service(lines, CountedWorld())


def test_what_is_imported_is_open_at_once(service: Service, document: Document) -> None:
    receipt = found_from(service, document, check(service, document, Findings()), PAPER, " moved ")
    assert receipt.entries == 3
    assert not receipt.decision.is_refused
    with service.look() as registry:
        assert (registry.position, len(registry.installations), registry.imported) == (3, 2500, 3)
        assert {entry.why for entry in registry.entries} == {"moved"}
        assert registry.founding.registry not in {"registry-1", ""}


def test_without_a_reason_nothing_is_written(service: Service, lines: ListLedger, document: Document) -> None:
    receipt = found_from(service, document, check(service, document, Findings()), PAPER, None)
    assert receipt.decision.is_refused
    assert receipt.entries is None
    assert not lines.lines


def test_this_station_knows_when_the_registry_went_on(service: Service, lines: ListLedger, document: Document) -> None:
    lines.seen["registry-1"] = document.source.entries + 1
    assert [problem.code for problem in check(service, document, Findings()).problems] == ["import.outdated"]


@pytest.mark.parametrize("stage", ["Checking the document", "Writing the ledger"])
def test_stopped_at_any_time_nothing_is_written(
    service: Service, lines: ListLedger, document: Document, stage: str
) -> None:
    def stop(doing: str, fraction: float) -> None:
        assert 0 <= fraction <= 1
        if doing == stage:
            raise CancelledError

    with pytest.raises(CancelledError):
        found_from(service, document, check(service, document, Findings(), stop), PAPER, "moved", stop)
    assert not lines.lines


def test_a_ledger_that_cannot_be_read_afterwards_is_there_and_in_trouble(
    service: Service, lines: ListLedger, document: Document
) -> None:
    lines.trouble = LedgerDamagedError("a list", 4, "it is damaged")
    receipt = found_from(service, document, check(service, document, Findings()), PAPER, "moved")
    assert receipt.entries == 3
    assert service.trouble is not None
