"""A batch from a text: each row has its verdict, and the rows are what the decision on the whole is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.conftest import ROOT, Book
from uidmanager.core.batches import Terms, batch_from, named_problems, verdict_of
from uidmanager.core.batches.report import batch_report, room_in
from uidmanager.core.drafts import AssignInstallations, FoundRegistry, RegisterProduct, RetireProduct, VoidInstallation
from uidmanager.core.errors import CancelledError

if TYPE_CHECKING:
    from uidmanager.core.batches import Batch


def told(batch: Batch) -> list[tuple[str, str | None, str, list[str]]]:
    """Of each row its serial, its component, what becomes of it, and the codes of what there is to say."""
    return [(row.serial, row.component, verdict_of(row), [each.code for each in row.problems]) for row in batch.rows]


def test_each_row_says_what_becomes_of_it(book: Book) -> None:
    batch = batch_from(book.registry, "0098-0099, 0372764\n372764 A7 0098 12-11", Terms())
    assert told(batch) == [
        ("0098", "98", "new", ["serial.leading_zeros"]),
        ("0099", "99", "new", ["serial.leading_zeros"]),
        ("0372764", "372764", "has its root", ["serial.leading_zeros"]),
        ("372764", "372764", "refused", ["serial.taken", "serial.repeated"]),
        ("A7", None, "refused", ["serial.not_numeric"]),
        ("0098", "98", "refused", ["serial.leading_zeros", "serial.repeated"]),
        ("12-11", None, "refused", ["range.backwards"]),
    ]
    assert (batch.refused, batch.new, batch.is_refused) == (4, 2, True)
    assert batch.rows[0].uid == f"{ROOT}.2.98"
    assert [row.number for row in batch.rows] == list(range(1, 8))
    assert batch.rows[3].listed.line == 2


def test_a_batch_without_problems_is_the_decision_on_its_draft(book: Book) -> None:
    batch = batch_from(book.registry, "1001+2 0372764", Terms("CT Console", "order 815", "because"))
    assert batch.draft == AssignInstallations(("1001", "1002", "1003", "0372764"), "CT Console", "order 815", "because")
    assert batch.refused == 1  # the unit was assigned without that note
    batch = batch_from(book.registry, "1001+2", Terms("CT Console", "order 815"))
    assert batch.decision == book.ask(batch.draft)
    assert not batch.is_refused
    assert book.do(batch.draft).uids == tuple(row.uid for row in batch.rows)
    again = batch_from(book.registry, "1001+2", Terms("CT Console", "order 815"))
    assert (again.new, again.is_refused, again.decision.is_settled) == (0, False, True)


@pytest.mark.parametrize(
    ("text", "terms", "codes"),
    [
        pytest.param("", Terms(), ["serial.empty"], id="nothing"),
        pytest.param(" ,;\n", Terms(), ["serial.empty"], id="nothing but separators"),
        pytest.param("1-100001", Terms(), ["batch.too_large"], id="too many"),
        pytest.param("1", Terms("MR"), ["product.unknown"], id="a product that is not there"),
        pytest.param("1", Terms(note="x" * 1001), ["text.too_long"], id="a note that is too long"),
        pytest.param("1", Terms("Viewer"), ["product.retired"], id="a product that is no longer made"),
    ],
)
def test_what_is_wrong_with_the_whole_is_said_once(book: Book, text: str, terms: Terms, codes: list[str]) -> None:
    book.do(RetireProduct("Viewer", "sold"))
    batch = batch_from(book.registry, text, terms)
    assert [problem.code for problem in batch.problems] == codes
    assert (batch.is_refused, batch.refused) == (True, 0)
    assert batch.decision.events == ()


def test_where_no_row_is_a_serial_it_is_not_said_that_there_is_none(book: Book) -> None:
    batch = batch_from(book.registry, "12-11", Terms())
    assert (batch.problems, batch.refused, batch.is_refused) == ((), 1, True)


def test_next_is_the_next_of_the_product_that_is_chosen_else_of_all(book: Book) -> None:
    book.do(AssignInstallations(("0050",), product="Viewer"))
    assert told(batch_from(book.registry, "~ ~+1", Terms()))[0][0] == "0372765"
    assert [row.serial for row in batch_from(book.registry, "~ ~+1", Terms("Viewer")).rows] == ["0051", "0052", "0053"]
    book.do(AssignInstallations(("0051",)))
    assert told(batch_from(book.registry, "~", Terms("Viewer")))[0][2] == "refused"


def test_next_goes_on_after_what_is_void_as_well(book: Book) -> None:
    book.do(VoidInstallation("0372764", "typo"))
    assert batch_from(book.registry, "~", Terms()).rows[0].serial == "0372765"


def test_there_is_no_next_in_an_empty_registry(empty: Book) -> None:
    empty.do(FoundRegistry(ROOT, "Acme"))
    assert told(batch_from(empty.registry, "~", Terms())) == [("~", None, "refused", ["list.no_highest"])]


def test_a_row_is_named_where_its_problems_stand_alone(book: Book) -> None:
    batch = batch_from(book.registry, "1\nA7", Terms())
    (problem,) = named_problems(batch.rows[1])
    assert problem.message.startswith("Row 2 (line 2, position 2): “A”")
    (problem,) = named_problems(batch.rows[1], "units.txt, line 2")
    assert problem.message.startswith("Row 2 (units.txt, line 2): “A”")
    assert problem.code == "serial.not_numeric"


def test_the_work_can_be_stopped(book: Book) -> None:
    def stop(_message: str, fraction: float) -> None:
        if fraction > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        batch_from(book.registry, "1-5000", Terms(), stop)


def test_the_rows_make_a_report(book: Book) -> None:
    batch = batch_from(book.registry, "0098 A7", Terms())
    report = batch_report(book.registry, batch.rows, "all rows")
    assert report.rows[0] == {
        "row": 1,
        "serial": "0098",
        "component": "98",
        "uid": f"{ROOT}.2.98",
        "length": 29,
        "toolkits": room_in(29),
        "verdict": "new",
        "why": "Leading zeros dropped: 0098 → 98.",
    }
    assert (report.rows[1]["verdict"], report.rows[1]["uid"], report.rows[1]["length"]) == ("refused", None, None)
    assert "DicomObjects" in room_in(29)
    assert "GDCM / ITK (caution)" in room_in(29)


@given(st.text('0123456789-+~, "A\n', max_size=30), st.sampled_from([None, "Viewer"]))
def test_the_preview_is_the_decision_whatever_is_typed(text: str, product: str | None) -> None:
    book = Book()
    book.do(FoundRegistry(ROOT, "Acme Imaging"))
    book.do(RegisterProduct("Viewer"))
    book.do(AssignInstallations(("0007", "12"), "Viewer"))
    batch = batch_from(book.registry, text, Terms(product))
    if not batch.is_refused:
        decision = book.do(batch.draft)
        assert decision == batch.decision
        assert decision.uids == tuple(row.uid for row in batch.rows)
        assert len(decision.events) == batch.new
    elif batch.rows and not any(row.is_refused for row in batch.rows):
        assert batch.problems
