"""A print run: what was printed in one entry, what became of it, and what a scan at its check is."""

from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from tests.core.test_labels import CODE, RUN, bench, checking, printing  # noqa: F401 (a fixture is used by its name)
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.label_checks import LabelVerdict, judge_scan, without_additions
from uidmanager.core.print_runs import PrintRun, print_run, print_runs_of

Bench = Book


def run_of(book: Book, entry: int = RUN) -> PrintRun:
    found = print_run(book.registry, entry)
    assert found
    return found


def test_it_has_what_each_label_says_in_the_order_printed(bench: Bench) -> None:  # noqa: F811 (the fixture)
    run = run_of(bench)
    assert list(run.codes.items()) == [("372764", "0372764"), ("3.1", CODE)]
    assert (run.missing, run.is_complete, run.misses) == (("372764", "3.1"), False, ())


@pytest.mark.parametrize("entry", [-1, 0, 1, 5, 99])
def test_where_nothing_was_printed_there_is_none(bench: Bench, entry: int) -> None:  # noqa: F811 (the fixture)
    assert print_run(bench.registry, entry) is None


def test_it_is_complete_when_each_label_is_checked_void_or_replaced(bench: Bench) -> None:  # noqa: F811 (the fixture)
    bench.do(checking(("SN-A1", CODE)))
    assert run_of(bench).missing == ("372764",)
    bench.do(d.VoidInstallation("0372764", "Misread"))
    run = run_of(bench)
    assert (set(run.checked), set(run.void), run.is_complete) == ({"3.1"}, {"372764"}, True)
    bench.do(d.ReinstateInstallation("0372764", "It was right"))
    assert not run_of(bench).is_complete
    bench.do(printing("0372764", reason="Smeared"))
    assert (set(run_of(bench).replaced), run_of(bench).is_complete) == ({"372764"}, True)
    again = run_of(bench, bench.registry.position)
    assert (again.replaced, again.missing) == (frozenset(), ("372764",))


def test_misses_are_kept_with_their_run_alone(bench: Bench) -> None:  # noqa: F811 (the fixture)
    bench.do(printing("8"))
    other = bench.registry.position
    bench.do(d.NoteLabelsChecked(RUN, (), (d.Miss("junk", "not in this batch"),)))
    assert [miss.scanned for miss in run_of(bench).misses] == ["junk"]
    assert run_of(bench, other).misses == ()


def test_the_runs_of_a_unit_are_told_oldest_first(bench: Bench) -> None:  # noqa: F811 (the fixture)
    bench.do(printing("SN-A1", reason="Smeared"))
    bench.do(d.NoteSeen("SN-A1", "St Mary's", "its console", "2026-11-22", today="2026-11-22"))
    held = bench.registry.installation("3.1")
    assert held
    assert print_runs_of(bench.registry, held) == [RUN, RUN + 2]


@pytest.mark.parametrize(
    ("scanned", "verdict", "component"),
    [
        (f"]d2{CODE}", "match", "3.1"),
        (f"{ROOT}.3.1", "match", "3.1"),
        ("sn-a1", "wrong unit", "3.1"),
        ("0372764", "match", "372764"),
        ("372764", "wrong unit", "372764"),
        (f"{ROOT}.2.372764", "match", "372764"),
        ("8", "not in this batch", "8"),
        (f"{ROOT}.2.8", "not in this batch", "8"),
        ("junk", "not in this batch", None),
        ("", "not in this batch", None),
        ("010952123454321321SN-A1␝240X", "wrong unit", "3.1"),
    ],
)
def test_each_scan_has_its_verdict(
    bench: Bench,  # noqa: F811 (the fixture)
    scanned: str,
    verdict: str,
    component: str | None,
) -> None:
    judged = judge_scan(bench.registry, run_of(bench), scanned, ())
    assert (judged.verdict, judged.component) == (LabelVerdict(verdict), component)
    assert judged.sentence.endswith(".")


def test_a_label_read_a_second_time_is_told(bench: Bench) -> None:  # noqa: F811 (the fixture)
    assert judge_scan(bench.registry, run_of(bench), CODE, {"3.1"}).verdict is LabelVerdict.TWICE
    bench.do(checking(("SN-A1", CODE)))
    assert judge_scan(bench.registry, run_of(bench), CODE, ()).verdict is LabelVerdict.TWICE


def test_with_a_unit_in_hand_only_its_own_label_is_right(bench: Bench) -> None:  # noqa: F811 (the fixture)
    assert judge_scan(bench.registry, run_of(bench), CODE, (), "3.1").verdict is LabelVerdict.MATCH
    judged = judge_scan(bench.registry, run_of(bench), CODE, (), "372764")
    assert judged.verdict is LabelVerdict.WRONG_UNIT
    assert "the unit is 0372764" in judged.sentence


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        ("]d2␝01", "01"),
        ("]C1x", "x"),
        ("␝01", "01"),
        (" 01\r\n", "01"),
        ("]d", "]d"),
        ("]]C1x", "]]C1x"),
        ("a␝b", "a␝b"),
    ],
)
def test_what_scanners_add_is_taken_off_and_nothing_else(scanned: str, said: str) -> None:
    assert without_additions(scanned) == said


def test_many_labels_printed_again_are_looked_up_in_one_go(bench: Bench) -> None:  # noqa: F811 (the fixture)
    bench.do(d.AssignInstallations(tuple(str(n) for n in range(5000, 5400))))
    bench.write(*(e.LabelPrinted(str(n), "a4", "x") for n in range(5000, 5400)))
    first = bench.registry.position
    bench.write(*(e.LabelPrinted(str(n), "a4", "x") for n in range(5000, 5399)))
    assert len(run_of(bench, first).replaced) == 399
    assert run_of(bench, first).missing == ("5399",)
