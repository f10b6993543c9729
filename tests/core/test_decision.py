from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.core import errors
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    from tests.core.conftest import Book

HERE = "registry.jsonl"


def test_a_decision_is_refused_settled_or_to_be_written(book: Book) -> None:
    refused = book.ask(AssignInstallations(("A",)))
    settled = book.ask(AssignInstallations(("0372764",)))
    new = book.ask(AssignInstallations(("5",)))
    assert [(d.is_refused, d.is_settled, bool(d.events)) for d in (refused, settled, new)] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_the_outcome_of_a_decision_is_what_a_person_agreed_to(book: Book) -> None:
    before = book.ask(AssignInstallations(("5",)))
    assert before.outcome == book.ask(AssignInstallations(("5",))).outcome
    book.do(AssignInstallations(("5",), note="another hand"))
    assert before.outcome != book.ask(AssignInstallations(("5",))).outcome


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.CancelledError(), "nothing was changed"),
        (errors.LedgerMissingError(HERE), "Found a registry there"),
        (errors.LedgerUnreadableError(HERE, "it is a folder"), "it is a folder"),
        (errors.EntryTooLargeError(HERE, 70_000_000, 67_108_864), "in several parts"),
        (errors.LedgerExistsError(HERE), "choose another name"),
        (errors.LedgerLockedError(HERE, 10, "anna at LINE-3"), "anna at LINE-3"),
        (errors.LedgerDamagedError(HERE, 7, "its hash does not fit"), "Line 7"),
        (errors.LedgerNewerError(HERE, 1, "format 2", "format 1"), "Update UID Manager"),
        (errors.LedgerWentBackError(HERE, 9, "has 5"), "9 entries"),
        (errors.LedgerChangedError(HERE, "was replaced"), "was replaced"),
        (errors.LedgerReadOnlyError(HERE, "permission denied"), "permission denied"),
        (errors.ViewingOnlyError(HERE), "to look only"),
        (errors.LocksNotWorkingError(HERE, "two programs got the same lock"), "two programs got the same lock"),
        (errors.DiskFullError(HERE), "Make room"),
        (errors.WriteFailedError(HERE, "input/output error"), "Nothing was registered"),
        (errors.OutcomeUnknownError(HERE, "fsync failed", present=True), "can be read back"),
        (errors.OutcomeUnknownError(HERE, "fsync failed", present=False), "cannot be read back"),
    ],
)
def test_each_error_has_a_code_and_says_what_to_do(error: errors.UidManagerError, words: str) -> None:
    assert "." in error.code or error.code == "cancelled"
    assert words in str(error)
    assert str(error).endswith(".")
