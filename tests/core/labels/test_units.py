"""Which units are meant, and what the sheet of a batch says of them."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import drafts as d
from uidmanager.core.errors import Severity
from uidmanager.core.labels.batch_sheet import SIGNATURES, batch_sheet
from uidmanager.core.labels.units import Unit, batch_of, units_called, units_of_entry
from uidmanager.core.records import SerialRule

GTIN = "04012345678901"


@pytest.fixture
def batch(book: Book) -> Book:
    """Entry 6: three units of a product with a GTIN; entries 7 and 8 set the GTIN and open the indexed arc."""
    book.do(d.AssignInstallations(("7", "0008", "9"), product="CT Console"))
    book.do(d.SetProductGtin("CT Console", GTIN, "from GS1"))
    book.do(d.OpenIndexedArc("3", "letters"))
    return book


def test_a_unit_is_what_the_registry_knows_of_it(batch: Book) -> None:
    [unit], problems = units_called(batch.registry, ["8"])
    assert unit == Unit("0008", f"{ROOT}.2.8", "2026-11-22", 6, f"{6:064x}", "CT Console", GTIN, 0)
    assert unit.batch == "6-00000000"
    assert [problem.code for problem in problems] == ["serial.read_as"]


def test_units_whose_serials_have_letters_are_found_as_well(batch: Book) -> None:
    batch.do(d.RegisterProduct("Probe", serials=SerialRule(indexed=True)))
    batch.do(d.AssignInstallations(("SN-A17",), product="Probe"))
    [unit], _ = units_called(batch.registry, ["sn-a17"])
    assert (unit.serial, unit.root) == ("SN-A17", f"{ROOT}.3.1")


def test_all_serials_that_are_none_are_named_at_once(batch: Book) -> None:
    units, problems = units_called(batch.registry, ["7", "70", "x"])
    assert [unit.serial for unit in units] == ["7"]
    assert [problem.severity for problem in problems] == [Severity.ERROR] * 2


def test_a_batch_is_what_was_assigned_in_one_entry_in_its_order(batch: Book) -> None:
    units, problems = units_of_entry(batch.registry, 6)
    assert [unit.serial for unit in units] == ["7", "0008", "9"]
    assert problems == ()


@pytest.mark.parametrize("entry", [-1, 0, 1, 7, 99])
def test_an_entry_that_assigned_nothing_is_no_batch(batch: Book, entry: int) -> None:
    units, [problem] = units_of_entry(batch.registry, entry)
    assert (units, problem.code, problem.severity) == ((), "label.no_batch", Severity.ERROR)
    made, [problem] = batch_sheet(batch.registry, entry)
    assert (made, problem.code) == (None, "label.no_batch")


def test_a_batch_may_also_be_named_by_the_entry_that_printed_its_labels(batch: Book) -> None:
    batch.do(d.NoteLabelsPrinted((d.Print("9", "9"), d.Print("7", "7")), "a4-3x8"))
    assert [unit.serial for unit in batch_of(batch.registry, 9)] == ["9", "7"]


def test_what_is_out_of_use_is_left_out_and_said(batch: Book) -> None:
    batch.do(d.VoidInstallation("7", "misread"))
    batch.do(d.RetireInstallation("9", "scrapped"))
    units, [problem] = units_of_entry(batch.registry, 6)
    assert [unit.serial for unit in units] == ["0008"]
    assert (problem.code, problem.severity) == ("label.left_out", Severity.CAUTION)
    assert "7 (void), 9 (retired) are out of use" in problem.message
    batch.do(d.VoidInstallation("8", "misread"))
    units, [problem] = units_of_entry(batch.registry, 6)
    assert (units, problem.severity) == ((), Severity.ERROR)


def test_the_sheet_tells_how_far_the_labels_are_and_whose_entry_it_is(batch: Book) -> None:
    batch.do(d.NoteLabelsPrinted((d.Print("7", "7"), d.Print("8", "8")), "a4-3x8"))
    batch.do(d.NoteLabelsPrinted((d.Print("7", "7"),), "a4-3x8", reason="spoilt"))
    batch.do(d.NoteLabelsChecked(9, (d.Check("8", "8"),)))
    batch.do(d.VoidInstallation("9", "misread"))
    made, problems = batch_sheet(batch.registry, 6)
    assert made is not None
    assert problems == ()
    assert made.asked == (
        f"the units of entry 6 (2026-11-22 by anna at LINE-3, hash {6:064x}): "
        "3 in all, 2 with a label, 1 checked, 1 void, 1 still to be checked"
    )
    assert [(row["serial"], row["state"], row["label"], row["prints"], row["runs"]) for row in made.rows] == [
        ("7", "active", "labelled", 2, "9, 10"),
        ("0008", "active", "checked", 1, "9"),
        ("9", "void", "assigned", 0, None),
    ]
    assert made.signatures == SIGNATURES
    assert made.head == f"{batch.registry.position:064x}"
