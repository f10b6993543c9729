"""Labels are read back: which scan is of a right label, and what a check comes to."""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest

from tests.core.conftest import ROOT, Book, codes
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.barcodes import Read
from uidmanager.core.checking import Checking, as_kept
from uidmanager.core.drafts import Check, Miss, NoteLabelsChecked, NoteLabelsPrinted, Print
from uidmanager.core.label_checks import Judged, LabelVerdict, judge_scan
from uidmanager.core.print_runs import PrintRun, Standing, open_runs, print_run, standing
from uidmanager.core.records import LabelState, SerialRule
from uidmanager.core.registry import fold
from uidmanager.core.texts import NOTE_LENGTH

GTIN: Final = "09521234543213"
OTHER_GTIN: Final = "00012345678905"
MATCH, WRONG = LabelVerdict.MATCH, LabelVerdict.WRONG_UNIT
ELSEWHERE, TWICE = LabelVerdict.NOT_IN_BATCH, LabelVerdict.TWICE


def gs1(serial: str, gtin: str = GTIN) -> str:
    return f"01{gtin}21{serial}"


def prints(*serials: str) -> tuple[Print, ...]:
    return tuple(Print(serial, gs1(serial)) for serial in serials)


@pytest.fixture
def trolley(book: Book) -> Book:
    """A print run in entry 11: 0372764, 8, 9 and SN-A17 with codes of GS1, 10 with its root, 11 with its serial.

    Unit 12 has no label, unit 13 one of its own in entry 12.
    """
    book.do(d.OpenIndexedArc("3", "serials with letters"))
    book.do(d.SetProductGtin("CT Console", GTIN, "from GS1"))
    book.do(d.AssignInstallations(("8", "9", "10", "11", "12", "13"), product="CT Console"))
    book.do(d.RegisterProduct("Probe", serials=SerialRule(indexed=True)))
    book.write(e.InstallationIndexed("SN-A17", "3.1", 3))
    more = (Print("10", f"{ROOT}.2.10"), Print("11", "11"))
    book.write(*book.ask(NoteLabelsPrinted((*prints("0372764", "8", "9", "SN-A17"), *more), "a4-3x8")).events)
    book.do(NoteLabelsPrinted(prints("13"), "a4-3x8"))
    return book


PRINTED: Final = 11
OTHER_RUN: Final = 12


def run_of(book: Book, entry: int = PRINTED) -> PrintRun:
    run = print_run(book.registry, entry)
    assert run
    return run


def judged(book: Book, scanned: str, *, done: tuple[str, ...] = (), expected: str | None = None) -> Judged:
    return judge_scan(book.registry, run_of(book), scanned, done, expected)


# -- one scan ----------------------------------------------------------------------------------------------------------


class Case(NamedTuple):
    """What is scanned, what it is, and of which unit."""

    scanned: str
    verdict: LabelVerdict
    component: str | None


CASES: Final = {
    "the very code of GS1": Case(gs1("0372764"), MATCH, "372764"),
    "that code as a DataMatrix": Case(f"]d2{gs1('0372764')}", MATCH, "372764"),
    "that code as a Code 128, with the separator first": Case(f"]C1␝{gs1('0372764')}", MATCH, "372764"),
    "that code with the separator first and no prefix": Case(f"␝{gs1('0372764')}", MATCH, "372764"),
    "that code between blanks": Case(f"  {gs1('0372764')}\t", MATCH, "372764"),
    "the root of the unit, from a QR code": Case(f"{ROOT}.2.372764", MATCH, "372764"),
    "the root of the unit, with its prefix": Case(f"]Q1{ROOT}.2.372764", MATCH, "372764"),
    "the serial alone, as the nameplate has it": Case("0372764", ELSEWHERE, "372764"),
    "the serial where the code is the serial": Case("]d111", MATCH, "11"),
    "the root where the code is the root": Case(f"]Q3{ROOT}.2.10", MATCH, "10"),
    "a serial with letters alone": Case("SN-A17", ELSEWHERE, "3.1"),
    "the code of a serial with letters": Case(f"]d2{gs1('SN-A17')}", MATCH, "3.1"),
    "the root of a serial with letters": Case(f"{ROOT}.3.1", MATCH, "3.1"),
    "a serial with letters in small ones": Case("sn-a17", WRONG, "3.1"),
    "the serial without its zero": Case("372764", WRONG, "372764"),
    "the GTIN of another product": Case(f"]d2{gs1('0372764', OTHER_GTIN)}", WRONG, "372764"),
    "a code of GS1 without the zero": Case(f"]d2{gs1('372764')}", WRONG, "372764"),
    "a code of GS1 that goes on": Case(f"]d2{gs1('0372764')}␝10LOT7", WRONG, "372764"),
    "two prefixes": Case(f"]d2]d2{gs1('0372764')}", ELSEWHERE, None),
    "a unit whose label was not printed": Case(gs1("12"), ELSEWHERE, "12"),
    "a unit of another run": Case(gs1("13"), ELSEWHERE, "13"),
    "a unit that there is not": Case(gs1("14"), ELSEWHERE, None),
    "the root of a unit that there is not": Case(f"{ROOT}.2.14", ELSEWHERE, None),
    "a UID below the root of a unit": Case(f"{ROOT}.2.372764.1.1", ELSEWHERE, None),
    "a unit of another registry": Case("1.2.826.0.1.3680043.2.51.2.372764", ELSEWHERE, None),
    "a release": Case(f"{ROOT}.1.2.4.5.0.3", ELSEWHERE, None),
    "nothing but a prefix": Case("]d2", ELSEWHERE, None),
    "ten thousand characters": Case("7" * 10_000, ELSEWHERE, None),
    "digits of another script": Case("０３７２７６４", ELSEWHERE, None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_scan_is_what_it_is(trolley: Book, case: Case) -> None:
    told = judged(trolley, case.scanned)
    assert (told.verdict, told.component) == (case.verdict, case.component), told.sentence


def test_every_sentence_names_what_is_held_in_the_hand(trolley: Book) -> None:
    assert judged(trolley, gs1("8")).sentence == "8 is right."
    assert "13; it is not in this batch" in judged(trolley, "13").sentence
    assert f"“{gs1('8', OTHER_GTIN)}” where “{gs1('8')}” was printed" in judged(trolley, gs1("8", OTHER_GTIN)).sentence
    assert "(10000 characters)" in judged(trolley, "7" * 10_000).sentence


def test_what_was_read_before_is_read_twice_whether_it_is_written_yet_or_not(trolley: Book) -> None:
    assert judged(trolley, gs1("8"), done=("8",)).verdict is TWICE
    trolley.do(NoteLabelsChecked(PRINTED, (Check("8", gs1("8")),)))
    assert judged(trolley, gs1("8")).verdict is TWICE
    assert judged(trolley, gs1("9")).verdict is MATCH


def test_with_a_unit_in_hand_only_its_own_label_is_right(trolley: Book) -> None:
    assert judged(trolley, gs1("8"), expected="8").verdict is MATCH
    other = judged(trolley, gs1("9"), expected="8")
    assert (other.verdict, other.sentence) == (WRONG, "This is the label of 9, but the unit is 8. Swap it.")


def test_a_label_of_a_void_unit_is_none(trolley: Book) -> None:
    trolley.do(d.VoidInstallation("8", "wrong plate"))
    told = judged(trolley, gs1("8"))
    assert told.verdict is ELSEWHERE
    assert told.sentence.startswith("8 is void since")
    assert codes(trolley.ask(NoteLabelsChecked(PRINTED, (Check("8", gs1("8")),)))) == ["label.void"]


def test_an_old_label_is_none_after_the_label_was_printed_again(trolley: Book) -> None:
    trolley.do(NoteLabelsPrinted(prints("8"), "a4-3x8", reason="smeared"))
    assert judged(trolley, gs1("8")).verdict is ELSEWHERE
    assert "printed again since" in judged(trolley, gs1("8")).sentence
    assert judge_scan(trolley.registry, run_of(trolley, 13), gs1("8"), ()).verdict is MATCH


# -- how far a run is --------------------------------------------------------------------------------------------------


def test_each_label_of_a_run_is_counted_once(trolley: Book) -> None:
    trolley.do(NoteLabelsChecked(PRINTED, (Check("8", gs1("8")), Check("9", gs1("9")))))
    trolley.do(NoteLabelsPrinted(prints("8", "0372764"), "a4-3x8", reason="smeared"))
    trolley.do(d.VoidInstallation("0372764", "wrong plate"))
    run = run_of(trolley)
    assert standing(run) == Standing(6, checked=1, void=1, replaced=1)
    assert standing(run).words == "1 of 6 checked, 1 void, 1 printed again, 3 missing"
    assert standing(run, {"10", "11", "9"}).words == "3 of 6 checked, 1 void, 1 printed again, 1 missing"
    assert run.missing == ("3.1", "10", "11")


def test_open_runs_are_those_with_missing_labels_the_last_one_first(trolley: Book) -> None:
    assert trolley.registry.print_runs == [PRINTED, OTHER_RUN]
    assert [run.entry for run in open_runs(trolley.registry)] == [OTHER_RUN, PRINTED]
    trolley.do(NoteLabelsChecked(OTHER_RUN, (Check("13", gs1("13")),)))
    assert [run.entry for run in open_runs(trolley.registry)] == [PRINTED]


def test_print_runs_are_known_again_from_an_image_and_in_a_copy(trolley: Book) -> None:
    registry = trolley.registry
    still = registry.still()
    again = type(registry).from_image(registry.image(), registry.entries)
    trolley.do(NoteLabelsPrinted(prints("12"), "a4-3x8"))
    assert (still.print_runs, again.print_runs) == ([PRINTED, OTHER_RUN], [PRINTED, OTHER_RUN])
    assert fold(list(registry.entries)).print_runs == [PRINTED, OTHER_RUN, 13]


def test_ten_thousand_labels_are_judged_without_looking_through_all_of_them_each_time(book: Book) -> None:
    serials = tuple(map(str, range(1_000, 11_000)))
    book.do(d.AssignInstallations(serials, product="CT Console"))
    book.do(NoteLabelsPrinted(prints(*serials), "roll"))
    book.do(NoteLabelsPrinted(prints(*serials), "roll", reason="all smeared"))
    old, run = run_of(book, 7), run_of(book, 8)
    assert (len(old.replaced), len(run.replaced)) == (10_000, 0)
    checking = Checking(run)
    for serial in serials:
        checking.take(book.registry, f"]d2{gs1(serial)}")
    assert checking.is_complete
    book.do(checking.draft(book.registry)[0])
    assert run_of(book, 8).is_complete


# -- a check from its first scan to its entry --------------------------------------------------------------------------


def scanned(book: Book, checking: Checking, *scans: str) -> list[str]:
    taken = [checking.take(book.registry, scan) for scan in scans]
    return [str(scan.verdict) for scan in taken if scan]


def test_a_check_is_written_as_it_went(trolley: Book) -> None:
    checking = Checking(run_of(trolley))
    verdicts = ["match", "twice", "not in this batch"]
    assert scanned(trolley, checking, gs1("8"), gs1("8"), gs1("13"), "", " \r\n") == verdicts
    assert (checking.standing.words, checking.unwritten) == ("1 of 6 checked, 5 missing", 3)
    draft, count = checking.draft(trolley.registry)
    misses = (Miss(gs1("8"), "twice"), Miss(gs1("13"), "not in this batch"))
    assert draft == NoteLabelsChecked(PRINTED, (Check("8", gs1("8")),), misses)
    trolley.do(draft)
    checking.wrote(count)
    checking.renew(trolley.registry)
    assert (checking.standing.words, checking.unwritten) == ("1 of 6 checked, 5 missing", 0)
    held = trolley.registry.installation("8")
    assert held
    assert held.label is LabelState.CHECKED


def test_what_is_scanned_while_a_write_is_under_way_is_written_with_the_next(trolley: Book) -> None:
    checking = Checking(run_of(trolley))
    scanned(trolley, checking, gs1("8"))
    draft, count = checking.draft(trolley.registry)
    scanned(trolley, checking, gs1("9"))
    trolley.do(draft)
    checking.wrote(count)
    assert checking.draft(trolley.registry)[0].checks == (Check("9", gs1("9")),)


def test_a_write_that_failed_leaves_all_scans_to_the_next(trolley: Book) -> None:
    checking = Checking(run_of(trolley))
    scanned(trolley, checking, gs1("8"))
    checking.draft(trolley.registry)
    scanned(trolley, checking, gs1("9"))
    assert [check.serial for check in checking.draft(trolley.registry)[0].checks] == ["8", "9"]


def test_a_match_that_was_voided_or_printed_again_meanwhile_is_noted_as_none_and_stops_no_other(trolley: Book) -> None:
    checking = Checking(run_of(trolley))
    scanned(trolley, checking, gs1("8"), gs1("9"), gs1("0372764"))
    trolley.do(d.VoidInstallation("8", "wrong plate"))
    trolley.do(NoteLabelsPrinted(prints("9"), "a4-3x8", reason="smeared"))
    checking.renew(trolley.registry)
    assert checking.standing.words == "1 of 6 checked, 1 void, 1 printed again, 3 missing"
    draft, _count = checking.draft(trolley.registry)
    assert draft.checks == (Check("0372764", gs1("0372764")),)
    assert draft.misses == (Miss(gs1("8"), "not in this batch"), Miss(gs1("9"), "not in this batch"))
    assert not trolley.ask(draft).is_refused


def test_a_run_is_complete_once_every_label_is_checked_void_or_printed_again(trolley: Book) -> None:
    checking = Checking(run_of(trolley))
    scanned(trolley, checking, gs1("0372764"), gs1("SN-A17"), f"{ROOT}.2.10", "11")
    assert checking.missing == ["8", "9"]
    trolley.do(d.VoidInstallation("8", "wrong plate"))
    trolley.do(NoteLabelsPrinted(prints("9"), "a4-3x8", reason="smeared"))
    before = checking.is_complete
    checking.renew(trolley.registry)
    assert (before, checking.is_complete) == (False, True)
    trolley.do(checking.draft(trolley.registry)[0])
    assert run_of(trolley).is_complete


@pytest.mark.parametrize(
    "sent",
    ["\x1b[A", "a\u2800b", "x" * 5_000, "\udc80", "\u202e12", "e\u0301" * 1_500, "\x00", "7\x1d8", "\ue000", "\t7\t8"],
)
def test_whatever_a_scanner_sends_can_be_written_down(trolley: Book, sent: str) -> None:
    checking = Checking(run_of(trolley))
    scanned(trolley, checking, sent)
    decision = trolley.ask(checking.draft(trolley.registry)[0])
    assert not decision.is_refused, decision.problems
    assert len(decision.events) == 1


def test_the_separator_is_kept_so_that_it_is_seen() -> None:
    assert as_kept("]d2\x1d0109521234543213218\x1d10A\r\n") == "]d2␝0109521234543213218␝10A"
    assert as_kept("x" * 5_000) == "x" * (NOTE_LENGTH - 1) + "…"


def unit_in(checking: Checking) -> str | None:
    return checking.in_hand


# -- the unit first, then its label ------------------------------------------------------------------------------------


def test_a_unit_then_its_label_is_a_match(trolley: Book) -> None:
    checking = Checking(run_of(trolley), units_first=True)
    assert scanned(trolley, checking, "8") == ["None"]
    assert unit_in(checking) == "8"
    assert scanned(trolley, checking, gs1("8"), "9", gs1("9")) == ["match", "None", "match"]
    assert checking.draft(trolley.registry)[0].misses == ()


def test_a_unit_then_the_label_of_another_is_the_wrong_unit_until_the_right_label_comes(trolley: Book) -> None:
    checking = Checking(run_of(trolley), units_first=True)
    assert scanned(trolley, checking, "8", gs1("9"), gs1("13")) == ["None", "wrong unit", "not in this batch"]
    assert unit_in(checking) == "8"
    assert scanned(trolley, checking, gs1("8")) == ["match"]
    assert unit_in(checking) is None
    assert checking.missing == ["372764", "9", "3.1", "10", "11"]


def test_the_plate_of_the_unit_scanned_twice_is_not_its_label(trolley: Book) -> None:
    checking = Checking(run_of(trolley), units_first=True)
    assert scanned(trolley, checking, "0372764", "0372764", gs1("0372764")) == ["None", "None", "match"]
    assert checking.scans[1].sentence == "This was the unit again. Now scan the label on it."


def test_where_plate_and_label_say_the_same_the_second_scan_is_the_label(trolley: Book) -> None:
    checking = Checking(run_of(trolley), units_first=True)
    assert scanned(trolley, checking, "11", "11") == ["None", "match"]


def test_another_unit_can_be_taken_in_hand(trolley: Book) -> None:
    checking = Checking(run_of(trolley), units_first=True)
    scanned(trolley, checking, "8")
    checking.put_down()
    assert scanned(trolley, checking, "9", gs1("9")) == ["None", "match"]


def test_a_unit_that_is_not_in_the_batch_is_not_taken_in_hand(trolley: Book) -> None:
    trolley.do(d.VoidInstallation("8", "wrong plate"))
    checking = Checking(run_of(trolley), units_first=True)
    assert scanned(trolley, checking, "13", "999", "8") == ["not in this batch"] * 3
    assert unit_in(checking) is None
    assert checking.scans[0].sentence == "Unit 13 is not in this batch. Lay it aside."
    assert checking.scans[2].sentence.startswith("8 is void since")


def test_a_unit_is_known_by_whatever_serial_was_taken_from_its_plate(trolley: Book) -> None:
    plate = f"01{GTIN}11251124218"
    checking = Checking(run_of(trolley), units_first=True)
    taken = checking.take(trolley.registry, plate, Read(plate, "8", None, GTIN))
    assert taken
    assert (taken.verdict, taken.component) == (None, "8")


def test_a_code_that_says_more_than_was_printed_is_the_wrong_label_of_the_unit_it_names(trolley: Book) -> None:
    plate = f"]d201{GTIN}11251124218"
    checking = Checking(run_of(trolley))
    taken = checking.take(trolley.registry, plate, Read(plate, "8", "]d2", GTIN))
    assert taken
    assert (taken.verdict, taken.component) == (WRONG, "8")


def test_a_unit_whose_plate_has_the_gtin_of_another_product_is_the_wrong_unit(trolley: Book) -> None:
    plate = f"01{OTHER_GTIN}11251124218"
    checking = Checking(run_of(trolley), units_first=True)
    taken = checking.take(trolley.registry, plate, Read(plate, "8", None, OTHER_GTIN))
    assert taken
    assert (taken.verdict, checking.in_hand) == (WRONG, None)
    assert OTHER_GTIN in taken.sentence
