"""Labels of another history: what was printed and read back there is of the same units here, whatever their numbers."""

from __future__ import annotations

from tests.core.merging.histories import History, two
from tests.core.merging.test_arcs import in_both
from uidmanager.core.barcodes import Read
from uidmanager.core.drafts import (
    AssignInstallations,
    Check,
    Miss,
    NoteLabelsChecked,
    NoteLabelsPrinted,
    Print,
    RegisterProduct,
)
from uidmanager.core.events import BarcodeRead, SpreadsheetImported
from uidmanager.core.merging.terms import Choice
from uidmanager.core.print_runs import print_run
from uidmanager.core.records import LabelState

SERIAL = "0372764"


def printed(*serials: str, reason: str | None = None) -> NoteLabelsPrinted:
    return NoteLabelsPrinted(tuple(Print(serial, f"code {serial}") for serial in serials), "a4", reason=reason)


def checked(run: int, *serials: str) -> NoteLabelsChecked:
    return NoteLabelsChecked(run, tuple(Check(serial, f"code {serial}") for serial in serials))


def label(history: History, serial: str) -> tuple[LabelState, int]:
    held = history.registry.installation_with(serial)
    assert held
    return held.label, held.prints


def test_prints_and_checks_are_taken_over_and_name_the_entries_as_they_are_here() -> None:
    base, other = two()
    base.do(RegisterProduct("US"), RegisterProduct("XA"))
    other.do(AssignInstallations(("7",)), printed(SERIAL, "7"))
    run = other.registry.position
    other.do(NoteLabelsChecked(run, (Check("7", "code 7"),), (Miss("junk", "not in this batch"),)))
    planned = base.merge(other)
    assert planned.left_out == []
    assert label(base, "7") == (LabelState.CHECKED, 1)
    assert label(base, SERIAL) == (LabelState.LABELLED, 1)
    here = print_run(base.registry, run + 2)
    assert here
    assert here.codes == {"372764": f"code {SERIAL}", "7": "code 7"}
    assert here.checked == {"7"}
    assert (here.missing, [miss.scanned for miss in here.misses]) == (("372764",), ["junk"])


def test_a_check_of_a_run_that_both_have_is_of_that_run() -> None:
    base, other = two()
    base.do(printed(SERIAL))
    run = base.registry.position
    other = base.parted("b")
    base.do(RegisterProduct("US"))
    other.do(checked(run, SERIAL))
    base.merge(other)
    here = print_run(base.registry, run)
    assert here
    assert here.is_complete
    assert label(base, SERIAL) == (LabelState.CHECKED, 1)


def test_a_check_of_a_label_that_was_printed_again_here_says_nothing_of_the_new_one() -> None:
    base, _ = two()
    base.do(printed(SERIAL))
    run = base.registry.position
    other = base.parted("b")
    base.do(printed(SERIAL, reason="torn"))
    other.do(checked(run, SERIAL))
    planned = base.merge(other)
    assert [told.what for told in planned.left_out] == ["label checked"]
    assert label(base, SERIAL) == (LabelState.LABELLED, 2)


def test_a_label_that_was_printed_again_there_is_yet_to_be_checked() -> None:
    base, _ = two()
    base.do(printed(SERIAL))
    run = base.registry.position
    other = base.parted("b")
    base.do(checked(run, SERIAL))
    other.do(printed(SERIAL, reason="torn"))
    base.merge(other)
    assert label(base, SERIAL) == (LabelState.LABELLED, 2)
    other.do(checked(other.registry.position, SERIAL))
    base.merge(other)
    assert label(base, SERIAL) == (LabelState.CHECKED, 2)


def test_labels_printed_in_both_are_counted_and_the_last_one_is_the_one_to_check() -> None:
    base, other = two()
    base.do(printed(SERIAL), checked(6, SERIAL))
    other.do(RegisterProduct("US"), printed(SERIAL), checked(7, SERIAL))
    base.merge(other)
    assert label(base, SERIAL) == (LabelState.CHECKED, 2)
    first, second = print_run(base.registry, 6), print_run(base.registry, 9)
    assert first
    assert second
    assert first.replaced == second.checked == {"372764"}
    assert not second.replaced


def test_labels_follow_a_unit_to_its_other_index() -> None:
    base, other = in_both()
    base.do(AssignInstallations(("SN-A",), "2"))
    read = Read("]d221SN-B", "SN-B", "]d2")
    other.do(AssignInstallations(("SN-B",), "2", reads=(read,)), printed("SN-B"))
    other.do(checked(other.registry.position, "SN-B"))
    base.merge(other, {"installation:3.1": Choice.APART})
    held = base.registry.installation("3.2")
    assert held
    assert (held.label, held.prints) == (LabelState.CHECKED, 1)
    assert base.registry.reads_of(held) == [BarcodeRead("3.2", "]d221SN-B", "]d2")]


def test_what_is_left_out_leaves_no_label_behind_and_later_checks_of_it_are_left_out_as_well() -> None:
    base, other = two()
    other.do(printed(SERIAL))
    base.merge(other, leaves_out=True)
    other.do(checked(6, SERIAL))
    planned = base.merge(other)
    assert [told.what for told in planned.left_out] == ["label checked"]
    assert label(base, SERIAL) == (LabelState.ASSIGNED, 0)


def test_a_history_that_was_merged_before_is_merged_again_with_what_was_checked_since() -> None:
    base, other = two()
    base.do(RegisterProduct("US"))
    other.do(printed(SERIAL))
    third = other.parted("t")
    base.merge(other)
    third.do(checked(6, SERIAL))
    base.merge(third)
    here = print_run(base.registry, 7)
    assert here
    assert (label(base, SERIAL), here.is_complete) == ((LabelState.CHECKED, 1), True)


def test_the_same_scan_of_the_same_serial_is_there_already() -> None:
    base, other = two()
    draft = AssignInstallations(("7",), reads=(Read("]C17", "7", "]C1"),))
    base.do(draft)
    other.do(draft)
    planned = base.merge(other)
    assert [told.what for told in planned.present] == ["installation assigned", "barcode read"]


def test_where_a_table_was_taken_over_is_told_here_as_well() -> None:
    base, other = two()
    other.write(SpreadsheetImported("list.xlsx", "a" * 64, 3, 1), why="x")
    planned = base.merge(other)
    assert planned.entries[0].events[1:] == (SpreadsheetImported("list.xlsx", "a" * 64, 3, 1),)
