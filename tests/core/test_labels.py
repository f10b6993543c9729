"""Labels: what is printed is noted, a second print needs a reason and counts, a check is of what was printed."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book, codes
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.records import LabelState, SerialRule
from uidmanager.core.rules.labels import MOST_LABELS

CODE = "010952123454321321SN-A1"


@pytest.fixture
def bench(book: Book) -> Book:
    """Units 0372764 and 8 with digits, SN-A1 with an index; entry 9 printed labels of 0372764 and SN-A1."""
    book.do(d.OpenIndexedArc("3", "letters"))
    book.do(d.RegisterProduct("MR", serials=SerialRule(indexed=True)))
    book.do(d.AssignInstallations(("SN-A1",), "MR"))
    book.do(d.NoteLabelsPrinted((d.Print("0372764", "0372764"), d.Print("sn-a1", CODE)), "a4-3x8"))
    book.do(d.AssignInstallations(("8",)))
    return book


RUN = 9


def printing(*serials: str, reason: str | None = None, copies: int = 1) -> d.NoteLabelsPrinted:
    return d.NoteLabelsPrinted(tuple(d.Print(serial, "code") for serial in serials), "a4", copies, reason)


def checking(*checks: tuple[str, str], run: int = RUN) -> d.NoteLabelsChecked:
    return d.NoteLabelsChecked(run, tuple(d.Check(*check) for check in checks))


def test_a_print_run_has_one_event_a_unit_and_answers_their_roots(bench: Book) -> None:
    decision = bench.ask(printing("8", copies=3))
    assert decision.uids == (f"{ROOT}.2.8",)
    assert decision.events == (e.LabelPrinted("8", "a4", "code", 3),)


def test_a_label_printed_is_labelled_and_counted(bench: Book) -> None:
    for component, label, prints in (("372764", "labelled", 1), ("3.1", "labelled", 1), ("8", "assigned", 0)):
        held = bench.registry.installation(component)
        assert held
        assert (held.label, held.prints) == (LabelState(label), prints)


def test_a_second_print_needs_a_reason_and_says_how_often_it_was(bench: Book) -> None:
    decision = bench.ask(printing("8", "SN-A1", "0372764"))
    assert codes(decision) == ["label.reprint"]
    assert decision.problems[0].message.startswith("A label of SN-A1 was printed once before, and of 1 more.")
    bench.do(printing("8", "SN-A1", reason="Smeared"))
    held = bench.registry.installation("3.1")
    assert held
    assert held.prints == 2
    assert "printed 2 times before" in bench.ask(printing("SN-A1", reason=" ")).problems[0].message


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        pytest.param(d.NoteLabelsPrinted((), "a4"), "label.none", id="no unit"),
        pytest.param(printing(*["8"] * (MOST_LABELS + 1)), "label.too_many", id="too many"),
        pytest.param(printing("8", copies=0), "label.copies", id="no copy"),
        pytest.param(printing("8", copies=101), "label.copies", id="too many copies"),
        pytest.param(printing("8", "08"), "label.repeated", id="a unit twice by its zeros"),
        pytest.param(printing("SN-A1", "sn-a1", reason="x"), "label.repeated", id="a unit twice by its letters"),
        pytest.param(printing("9"), "installation.unknown", id="never assigned"),
        pytest.param(printing("SN-A2"), "installation.unknown", id="never assigned, with letters"),
        pytest.param(d.NoteLabelsPrinted((d.Print("8", "code"),), ""), "label.empty", id="no template"),
        pytest.param(d.NoteLabelsPrinted((d.Print("8", "code"),), "x" * 81), "text.too_long", id="a long template"),
        pytest.param(d.NoteLabelsPrinted((d.Print("8", " "),), "a4"), "label.empty", id="no code"),
        pytest.param(d.NoteLabelsPrinted((d.Print("8", "x" * 1001),), "a4"), "text.too_long", id="a long code"),
        pytest.param(d.NoteLabelsPrinted((d.Print("8", "a\x1db"),), "a4"), "text.character", id="a bare separator"),
        pytest.param(printing("8", reason="a\0"), "text.character", id="a reason with a control"),
    ],
)
def test_what_cannot_be_printed_is_refused(bench: Book, draft: d.NoteLabelsPrinted, code: str) -> None:
    decision = bench.ask(draft)
    assert code in codes(decision)
    assert not decision.events


def test_nothing_carries_the_root_of_a_void_unit(bench: Book) -> None:
    bench.do(d.VoidInstallation("8", "Misread"))
    assert codes(bench.ask(printing("8"))) == ["label.void"]
    bench.do(d.ReinstateInstallation("8", "Right after all"))
    assert bench.ask(printing("8")).events


@pytest.mark.parametrize("scanned", [CODE, f"]d2{CODE}", f"]d2␝{CODE}", f"␝{CODE}", f"{ROOT}.3.1", f"]Q1{ROOT}.3.1"])
def test_what_the_label_says_or_its_root_is_right(bench: Book, scanned: str) -> None:
    assert bench.do(checking(("SN-A1", scanned))).events == (e.LabelChecked("3.1", RUN, scanned),)
    held = bench.registry.installation("3.1")
    assert held
    assert held.label is LabelState.CHECKED


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        pytest.param(checking(("SN-A1", "SN-A1"), run=5), "label.no_run", id="an entry that printed nothing"),
        pytest.param(checking(("SN-A1", "SN-A1"), run=0), "label.no_run", id="no entry"),
        pytest.param(checking(("SN-A1", "SN-A1"), run=99), "label.no_run", id="an entry to come"),
        pytest.param(checking(("8", "8")), "label.not_in_run", id="a unit of another run"),
        pytest.param(checking(("9", "9")), "installation.unknown", id="no unit"),
        pytest.param(checking(("SN-A1", CODE.lower())), "label.wrong", id="other letters"),
        pytest.param(checking(("SN-A1", "SN-A1")), "label.wrong", id="the serial alone"),
        pytest.param(checking(("SN-A1", "0372764")), "label.wrong", id="the label of another unit"),
        pytest.param(checking(("SN-A1", f"{CODE}x")), "label.wrong", id="a letter more"),
        pytest.param(checking(("SN-A1", "")), "label.wrong", id="nothing"),
        pytest.param(checking(("SN-A1", "x" * 1001)), "text.too_long", id="far too much"),
        pytest.param(d.NoteLabelsChecked(RUN, (), (d.Miss("", "twice"),)), "label.empty", id="a miss of nothing"),
        pytest.param(d.NoteLabelsChecked(RUN, (), (d.Miss("x", ""),)), "label.empty", id="a miss without a verdict"),
    ],
)
def test_what_is_no_right_label_of_the_run_is_refused(bench: Book, draft: d.NoteLabelsChecked, code: str) -> None:
    decision = bench.ask(draft)
    assert code in codes(decision)
    assert not decision.events


def test_one_wrong_label_refuses_the_whole_result(bench: Book) -> None:
    decision = bench.ask(checking(("SN-A1", CODE), ("0372764", "8")))
    assert (codes(decision), decision.events) == (["label.wrong"], ())


def test_a_label_that_was_printed_again_is_checked_in_its_new_run(bench: Book) -> None:
    bench.do(printing("SN-A1", reason="Smeared"))
    assert codes(bench.ask(checking(("SN-A1", CODE)))) == ["label.replaced"]
    bench.do(checking(("SN-A1", "code"), run=bench.registry.position))
    held = bench.registry.installation("3.1")
    assert held
    assert (held.label, held.prints) == (LabelState.CHECKED, 2)


def test_what_was_found_right_before_is_not_written_again(bench: Book) -> None:
    bench.do(checking(("SN-A1", f"{ROOT}.3.1")))
    assert bench.ask(checking(("SN-A1", CODE))).is_settled
    miss = d.Miss("junk", "not in this batch")
    decision = bench.ask(d.NoteLabelsChecked(RUN, (d.Check("0372764", "372764"), d.Check("SN-A1", CODE)), (miss, miss)))
    assert codes(decision) == ["label.wrong"]  # zeros are part of what a label says
    decision = bench.ask(d.NoteLabelsChecked(RUN, (d.Check("0372764", "0372764"),), (miss, miss)))
    assert decision.events == (
        e.LabelChecked("372764", RUN, "0372764"),
        e.LabelMissed(RUN, "junk", "not in this batch"),
    )
