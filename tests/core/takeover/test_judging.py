"""The verdict on each row: what a spreadsheet may have done to it, what the rules say, what other rows say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.core.takeover.made import DOCUMENT, codes, judged, summary, table
from uidmanager.core import drafts as d
from uidmanager.core.events import (
    InstallationAssigned,
    InstallationIndexed,
    ProductGtinSet,
    ProductNoteCorrected,
    ProductRegistered,
    ReleaseRegistered,
    SpreadsheetImported,
)
from uidmanager.core.records import SerialRule
from uidmanager.core.takeover.columns import TableKind
from uidmanager.core.takeover.dates import DateForm
from uidmanager.core.takeover.judging import Outcome, draft_of, shown_of
from uidmanager.core.takeover.reporting import takeover_report
from uidmanager.core.takeover.table import Mark

if TYPE_CHECKING:
    from tests.core.conftest import Book

PRODUCTS, RELEASES, INSTALLATIONS = TableKind.PRODUCTS, TableKind.RELEASES, TableKind.INSTALLATIONS
ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.mark.parametrize(
    ("text", "mark", "outcome", "said"),
    [
        ("0042", 0, "new", []),
        ("42", Mark.NUMBER, "new", ["takeover.zeros_lost"]),
        ("0042", Mark.NUMBER | Mark.SHAPED, "new", []),
        ("0042", Mark.UNWRAPPED, "new", []),
        ("1234567890123456", Mark.NUMBER | Mark.ROUNDED, "refused", ["takeover.digits_lost"]),
        ("4.5", Mark.NUMBER, "refused", ["takeover.not_whole"]),
        ("-4", Mark.NUMBER, "refused", ["takeover.not_whole"]),
        ("2019-03-04", Mark.DATE, "refused", ["takeover.cell_date"]),
        ("TRUE", Mark.BOOLEAN, "refused", ["takeover.cell_boolean"]),
        ("#N/A", Mark.ERROR, "refused", ["takeover.cell_error"]),
        ("42", Mark.FORMULA | Mark.NUMBER, "refused", ["takeover.formula"]),
        ("", Mark.FORMULA | Mark.NO_RESULT, "refused", ["takeover.formula_empty"]),
        ("42", Mark.MERGED, "refused", ["takeover.cell_merged"]),
        ("1.23457E+11", 0, "refused", ["takeover.scientific"]),
        ("1,23457E+11", 0, "refused", ["takeover.scientific"]),
        ("12E5", 0, "refused", ["serial.not_numeric"]),
        ("", 0, "refused", ["serial.empty"]),
        ("SN-A17", 0, "refused", ["serial.not_numeric"]),
        ("３７", 0, "refused", ["serial.not_numeric"]),
        ("0372764", 0, "there already", []),
        ("372764", 0, "refused", ["serial.taken"]),
    ],
)
def test_a_serial_as_a_spreadsheet_has_it(book: Book, text: str, mark: int, outcome: str, said: list[str]) -> None:
    made = table("Serial | Remarks", f"{text} | x" if text != "0372764" else "0372764 |", marks={(2, 0): mark})
    assert summary(judged(book.registry, made, INSTALLATIONS)) == [(2, outcome, said)]


@pytest.mark.parametrize(
    ("text", "mark", "outcome", "said"),
    [
        ("4.10", 0, "new", []),
        ("4.1", Mark.NUMBER, "refused", ["takeover.version_number"]),
        ("4", Mark.NUMBER, "refused", ["takeover.version_number"]),
        ("4.10", Mark.NUMBER | Mark.SHAPED, "new", []),
        ("2012-04-01", Mark.DATE, "refused", ["takeover.cell_date"]),
        ("4.5.0.3", 0, "there already", []),
        ("2.0-rc1", 0, "refused", ["version.not_numeric"]),
    ],
)
def test_a_version_as_a_spreadsheet_has_it(book: Book, text: str, mark: int, outcome: str, said: list[str]) -> None:
    made = table("Product | Version", f"CT Console | {text}", marks={(2, 1): mark})
    assert summary(judged(book.registry, made, RELEASES)) == [(2, outcome, said)]


@pytest.mark.parametrize(
    ("mark", "outcome", "said"),
    [
        (Mark.FORMULA, "new", ["takeover.formula_result"]),
        (Mark.FORMULA | Mark.NO_RESULT, "refused", ["takeover.formula_empty"]),
        (Mark.MERGED, "refused", ["takeover.cell_merged"]),
        (Mark.ERROR, "refused", ["takeover.cell_error"]),
        (Mark.NUMBER, "new", []),
    ],
)
def test_a_product_as_a_spreadsheet_has_it(book: Book, mark: int, outcome: str, said: list[str]) -> None:
    made = table("Serial | Product", "42 | 2", marks={(2, 1): mark})
    assert summary(judged(book.registry, made, INSTALLATIONS)) == [(2, outcome, said)]


@pytest.mark.parametrize(
    ("text", "mark", "outcome", "said"),
    [
        ("12", Mark.NUMBER, "new", []),
        ("12.5", Mark.NUMBER, "refused", ["takeover.not_whole"]),
        ("12", Mark.DATE, "refused", ["takeover.cell_date"]),
    ],
)
def test_a_product_number_as_a_spreadsheet_has_it(
    book: Book, text: str, mark: int, outcome: str, said: list[str]
) -> None:
    made = table("Number | Product", f"{text} | Archive", marks={(2, 0): mark})
    found = judged(book.registry, made, PRODUCTS)
    assert [verdict.outcome.value for verdict in found.verdicts] == [outcome]
    assert set(said) <= set(codes(found.verdicts[0]))


def test_a_note_is_taken_as_text_whatever_it_is(book: Book) -> None:
    marks = {(2, 1): Mark.DATE, (3, 1): Mark.MERGED, (4, 1): Mark.FORMULA | Mark.NO_RESULT}
    made = table("Serial | Note", "1 | 2019-03-04", "2 |", "3 | =A1", marks=marks)
    found = judged(book.registry, made, INSTALLATIONS)
    assert [v.outcome for v in found.verdicts] == [Outcome.NEW] * 3
    assert [codes(v) for v in found.verdicts] == [
        ["takeover.as_text"],
        ["takeover.cell_merged"],
        ["takeover.formula_result"],
    ]


def test_all_that_is_wrong_with_a_row_is_said_at_once(book: Book) -> None:
    made = table("Serial | Product | Issued | Remarks", f"4x2 | Nothing | 03/04/2019 | {'n' * 1001}")
    assert summary(judged(book.registry, made, INSTALLATIONS)) == [
        (2, "refused", ["takeover.date_ambiguous", "text.too_long", "product.unknown", "serial.not_numeric"])
    ]


def test_the_day_of_issue_becomes_part_of_the_note_and_nothing_else(book: Book) -> None:
    made = table("Serial | Note | Issued", "1 | demo room | 04.03.2019", "2 | | 2019-03-05", "3 | spare |")
    found = judged(book.registry, made, INSTALLATIONS)
    events = shown_of(found, draft_of(found, made, None)).events[1:]
    assert [event.note for event in events if isinstance(event, InstallationAssigned)] == [
        "demo room; issued 2019-03-04",
        "issued 2019-03-05",
        "spare",
    ]


def test_an_ambiguous_day_needs_its_order_said(book: Book) -> None:
    made = table("Serial | Issued", "1 | 03/04/2019", "2 | 31/04/2019")
    assert [codes(v) for v in judged(book.registry, made, INSTALLATIONS).verdicts] == [
        ["takeover.date_ambiguous"],
        ["takeover.date_unknown"],
    ]
    found = judged(book.registry, made, INSTALLATIONS, DateForm.DAY_FIRST)
    assert [codes(v) for v in found.verdicts] == [[], ["takeover.date_unknown"]]


def test_rows_that_say_the_same_twice_stand_once_and_rows_that_differ_not_at_all(book: Book) -> None:
    made = table(
        "Serial | Product",
        "1 | Viewer",
        "0001 | Viewer",
        "2 | Viewer",
        "2 | Viewer",
        "3 | Viewer",
        "3 | CT Console",
        "4 | Viewer",
    )
    assert summary(judged(book.registry, made, INSTALLATIONS)) == [
        (2, "refused", ["takeover.contested"]),
        (3, "refused", ["takeover.contested"]),
        (4, "new", []),
        (5, "refused", ["takeover.repeated"]),
        (6, "refused", ["takeover.contested"]),
        (7, "refused", ["takeover.contested"]),
        (8, "new", []),
    ]


def test_void_and_retired_units_are_not_given_again(book: Book) -> None:
    book.do(d.VoidInstallation("0372764", "typing error"))
    made = table("Serial", "0372764", "372764")
    assert [codes(v)[-1] for v in judged(book.registry, made, INSTALLATIONS).verdicts] == [
        "installation.not_active",
        "serial.taken",
    ]


def test_a_retired_product_and_an_unknown_one_are_told(book: Book) -> None:
    book.do(d.RetireProduct("Viewer", "no longer made"))
    made = table("Serial | Product", "1 | Viewer", "2 | Scanner")
    found = judged(book.registry, made, INSTALLATIONS)
    assert [codes(v) for v in found.verdicts] == [["product.retired"], ["product.unknown"]]
    assert "register it first" in found.verdicts[1].problems[0].message


def test_the_uid_that_was_issued_must_be_the_one_that_is_given(book: Book) -> None:
    made = table("Serial | UID", f"7 | {ROOT}.2.7", f"8 | {ROOT}.2.8.", "9 | 1.2.3.9", "10 |")
    found = judged(book.registry, made, INSTALLATIONS)
    assert summary(found) == [
        (2, "new", []),
        (3, "new", []),
        (4, "refused", ["takeover.uid_differs"]),
        (5, "new", []),
    ]
    assert [v.given for v in found.verdicts] == [f"{ROOT}.2.7", f"{ROOT}.2.8", "", f"{ROOT}.2.10"]


def test_products_keep_the_numbers_they_had_and_others_go_on_from_there(book: Book) -> None:
    made = table(
        "Number | Name | Code | GTIN | Note | Date",
        "7 | Mammo | MG | 04012345678901 | | 2001-05-06",
        "| Ultrasound | US | | mobile |",
        "2 | CT Console | CT | | |",
        "1 | Sonar | | | |",
        "x | Lamp | | | |",
        "| viewer | | | |",
        "9 | Angio | | 4012345678901 | |",
    )
    found = judged(book.registry, made, PRODUCTS)
    assert summary(found) == [
        (2, "refused", ["takeover.contested"]),
        (3, "new", []),
        (4, "there already", []),
        (5, "refused", ["product.number_taken"]),
        (6, "refused", ["takeover.number"]),
        (7, "there already", []),
        (8, "refused", ["takeover.contested"]),
    ]
    again = judged(book.registry, table(*_without(made, 8)), PRODUCTS)
    decision = shown_of(again, draft_of(again, made, None))
    assert decision.events[1:] == (
        ProductRegistered(7, "Mammo", "MG"),
        ProductGtinSet(7, None, "04012345678901"),
        ProductNoteCorrected(7, None, "issued 2001-05-06"),
        ProductRegistered(8, "Ultrasound", "US"),
        ProductNoteCorrected(8, None, "mobile"),
    )


def _without(made: object, number: int) -> list[str]:
    from uidmanager.core.takeover.table import Table  # noqa: PLC0415 (for its shape)

    assert isinstance(made, Table)
    return [" | ".join(line.cells) for line in made.lines if line.number != number]


def test_a_product_that_is_there_with_something_else_is_refused(book: Book) -> None:
    made = table("Name | Code | Note", "Viewer | V |", "CT Console | ct |", "Viewer | | another")
    assert [codes(v)[:1] for v in judged(book.registry, made, PRODUCTS).verdicts] == [
        ["takeover.contested"],
        [],
        ["takeover.contested"],
    ]
    made = table("Name | Note", "Viewer | another")
    assert summary(judged(book.registry, made, PRODUCTS)) == [(2, "refused", ["product.name_taken"])]


def test_releases_name_products_by_number_or_name_and_take_their_version_names(book: Book) -> None:
    made = table(
        "Product | Version | Version name | Numeric",
        "2 | 5.0 | CT_V5 |",
        "ct console | 5.1-rc1 | CT_V51 | 5.1",
        "Viewer | 1.0 | CT_V5 |",
        "Viewer | 1.1 | |",
        "Lamp | 1.0 | |",
    )
    found = judged(book.registry, made, RELEASES)
    assert summary(found) == [
        (2, "new", []),
        (3, "new", []),
        (4, "refused", ["version_name.taken"]),
        (5, "new", []),
        (6, "refused", ["product.unknown"]),
    ]
    events = shown_of(found, draft_of(found, made, None)).events
    assert [e.version_name for e in events if isinstance(e, ReleaseRegistered)] == ["CT_V5", "CT_V51", "VIEWER_1.1"]


def test_two_spellings_of_one_version_in_a_file_are_contested(book: Book) -> None:
    made = table("Product | Version", "CT Console | 2024.01", "2 | v2024.1")
    assert [codes(v) for v in judged(book.registry, made, RELEASES).verdicts] == [["takeover.contested"]] * 2


def test_serials_with_an_index_get_one_each_in_the_order_of_the_rows(book: Book) -> None:
    book.do(d.OpenIndexedArc("3", "letters"))
    book.do(d.SetProductSerials("Viewer", SerialRule(indexed=True), "letters"))
    made = table(
        "Serial | Product",
        "SN-A17 | Viewer",
        "43 | CT Console",
        "sn-b1 | Viewer",
        "SN-B1 | Viewer",
        "0042 | Viewer",
        "42 | Viewer",
        "44 | Viewer",
        marks={(8, 0): Mark.NUMBER},
    )
    found = judged(book.registry, made, INSTALLATIONS)
    assert summary(found) == [
        (2, "new", []),
        (3, "new", []),
        (4, "refused", ["takeover.contested"]),
        (5, "refused", ["takeover.contested"]),
        (6, "new", []),
        (7, "new", []),
        (8, "refused", ["takeover.zeros_lost"]),
    ]
    events = shown_of(found, draft_of(found, made, None)).events
    indexed = [(e.serial, e.component) for e in events if isinstance(e, InstallationIndexed)]
    assert indexed == [("SN-A17", "3.1"), ("0042", "3.2"), ("42", "3.3")]
    assert book.do(draft_of(found, made, None)).events == events


def test_the_whole_is_one_decision_which_is_what_was_shown(book: Book) -> None:
    made = table("Serial | Product", "1 | Viewer", "x | Viewer", "0372764 |")
    found = judged(book.registry, made, INSTALLATIONS)
    draft = draft_of(found, made, "taken over")
    decision = book.ask(draft)
    assert decision == shown_of(found, draft)
    assert decision.events[0] == SpreadsheetImported("units.xlsx", DOCUMENT, 2, 1, "Units")
    assert len(decision.events) == 2
    assert decision.uids == (f"{ROOT}.2.1", f"{ROOT}.2.372764")
    book.do(draft)
    assert book.registry.installation("1") is not None


def test_names_of_files_and_sheets_are_kept_as_lines_of_text(book: Book) -> None:
    made = structs.replace(table("Serial", "1"), file="Gera\u0308te\n.xlsx", sheet="\u202ePlan" + "n" * 300)
    draft = draft_of(judged(book.registry, made, INSTALLATIONS), made, None)
    assert draft.file == "Geräte\\n.xlsx"
    assert draft.sheet is not None
    assert draft.sheet.startswith("\\u202ePlan")
    assert len(draft.sheet) == 255


def test_what_is_there_already_is_not_written_again(book: Book) -> None:
    made = table("Serial", "1", "2")
    first = judged(book.registry, made, INSTALLATIONS)
    book.do(draft_of(first, made, None))
    again = judged(book.registry, made, INSTALLATIONS)
    assert [v.outcome for v in again.verdicts] == [Outcome.THERE, Outcome.THERE]
    assert book.ask(draft_of(again, made, None)).is_settled


def test_what_others_registered_meanwhile_is_told_with_its_row(book: Book) -> None:
    made = table("Serial", "1", "002")
    draft = draft_of(judged(book.registry, made, INSTALLATIONS), made, None)
    book.do(d.AssignInstallations(("2",)))
    problems = book.ask(draft).problems
    assert [problem.code for problem in problems] == ["serial.taken"]
    assert problems[0].message.startswith("Row 3: Serial 002 has the same root as 2, assigned 2026-11-22 by anna.")


def test_a_draft_that_names_a_thing_twice_is_refused_by_the_rule_as_well(book: Book) -> None:
    rows = tuple(d.TakenRow(line, d.AssignInstallations(("5",))) for line in (2, 3))
    decision = book.ask(d.TakeOver(rows, "units.xlsx", DOCUMENT))
    assert [problem.message for problem in decision.problems] == [
        "Row 3: Row 2 of this file registers it already. Take one of the two out."
    ]
    assert not decision.events
    empty = book.ask(d.TakeOver((), "units.xlsx", DOCUMENT))
    assert [problem.code for problem in empty.problems] == ["takeover.nothing"]
    rows = tuple(d.TakenRow(line, d.AssignInstallations((str(line),))) for line in range(100_001))
    assert [p.code for p in book.ask(d.TakeOver(rows, "x", DOCUMENT)).problems] == ["takeover.too_many"]


def test_another_row_that_a_rule_speaks_of_is_named(book: Book) -> None:
    made = table("Number | Name | Code", "7 | Mammo | M", "8 | Mammo 2 |", "8 | Lamp |")
    found = judged(book.registry, made, PRODUCTS)
    assert "Row 4" in found.verdicts[1].problems[0].message
    made = table("Product | Version | Version name", "CT Console | 7.0 | SAME", "Viewer | 7.0 | SAME")
    assert "CT Console 7.0" in judged(book.registry, made, RELEASES).verdicts[1].problems[0].message


def test_without_rows_or_what_is_needed_nothing_is_judged(book: Book) -> None:
    found = judged(book.registry, table("Serial | Product"), INSTALLATIONS)
    assert [problem.code for problem in found.problems] == ["takeover.no_rows"]
    found = judged(book.registry, table("Product | Colour", "CT | red"), INSTALLATIONS)
    assert [p.code for p in found.problems if p.severity == "error"] == ["takeover.column_missing"]
    assert not found.is_possible


def test_the_report_has_the_rows_that_somebody_should_look_at(book: Book) -> None:
    made = table("Serial | Product", "1 | Viewer", "x | Viewer", "2 |", marks={(4, 0): Mark.NUMBER})
    found = judged(book.registry, made, INSTALLATIONS)
    report = takeover_report(book.registry, made, found)
    assert report.fields == ("row", "verdict", "serial", "product", "what")
    assert [(row["row"], row["verdict"], row["serial"]) for row in report.rows] == [
        (3, "refused", "x"),
        (4, "new", "2"),
    ]
    assert "units.xlsx, sheet “Units”" in report.asked
