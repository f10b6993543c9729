from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.records import NumberKind
from uidmanager.core.rules.standing import installation_standing, release_standing

if TYPE_CHECKING:
    from tests.core.conftest import Book


def of_release(book: Book) -> list[tuple[str, Severity]]:
    (release,) = book.registry.releases
    return told(release_standing(book.registry, release))


def of_installation(book: Book) -> list[tuple[str, Severity]]:
    return told(installation_standing(book.registry, book.registry.installations[0]))


def told(problems: tuple[Problem, ...]) -> list[tuple[str, Severity]]:
    return [(problem.code, problem.severity) for problem in problems]


def test_what_is_in_use_may_be_handed_on(book: Book) -> None:
    assert of_release(book) == []
    assert of_installation(book) == []


def test_a_withdrawn_release_may_not(book: Book) -> None:
    book.do(d.WithdrawRelease("CT Console", "4.5.0.3", reason="Wrong unit"))
    assert of_release(book) == [("release.withdrawn", Severity.ERROR)]


def test_one_of_a_retired_product_with_care(book: Book) -> None:
    book.do(d.RetireProduct("CT Console", reason="No longer made"))
    assert of_release(book) == [("standing.product_retired", Severity.CAUTION)]


@pytest.mark.parametrize("draft", [d.RetireInstallation, d.VoidInstallation])
def test_equipment_out_of_use_may_not(book: Book, draft: type[d.RetireInstallation | d.VoidInstallation]) -> None:
    book.do(draft("0372764", reason="Gone"))
    assert of_installation(book) == [("installation.not_active", Severity.ERROR)]


def test_a_number_that_another_history_gave_as_well_with_care(book: Book) -> None:
    book.write(e.NumberGivenUp(NumberKind.RELEASE, "2.4.5.0.3", "CT Console 4.5.0.3", None))
    book.write(e.NumberGivenUp(NumberKind.INSTALLATION, "372764", "372764", None))
    assert of_release(book) == [("standing.given_twice", Severity.CAUTION)]
    assert of_installation(book) == [("standing.given_twice", Severity.CAUTION)]
