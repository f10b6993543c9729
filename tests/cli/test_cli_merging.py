"""The command that brings together what has parted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Caller


@pytest.fixture
def other(acme: Caller, ledger: Path, home: Path) -> Path:
    """A copy in which 007, a product US and its release were registered; the ledger has 7 and MR. Entry 5 is common."""
    copy = ledger.with_name("other.jsonl")
    copy.write_bytes(ledger.read_bytes())
    acme.done("--ledger", str(copy), "assign", "007")
    acme.done("--ledger", str(copy), "product", "add", "US")
    acme.done("--ledger", str(copy), "release", "add", "US", "1.0")
    for folder in ("seen", "replicas"):
        for path in (home / "data" / folder).iterdir():
            path.unlink()
    acme.done("assign", "7")
    acme.done("product", "add", "MR")
    return copy


def test_a_rehearsal_lists_what_there_is_to_decide_and_writes_nothing(acme: Caller, ledger: Path, other: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("merge", str(other), "--onto", "ledger")
    assert "outcome        2 to decide, each with --decide KEY=CHOICE" in result.lines
    assert "Clash installation:7" in result.lines
    assert "what    product 3" in result.lines
    assert any(line.startswith("take    One product: it is called “US”") for line in result.lines)
    answer = acme.done("merge", str(other), "--onto", "ledger", "--json").json
    assert answer["undecided"] == ["installation:7", "product:3"]
    assert [option["choice"] for option in answer["clashes"][1]["options"]] == ["keep", "take", "apart"]
    assert (answer["common"], answer["entries"], answer["kept"]) == (5, 10, [])
    assert [told["what"] for told in answer["taken"]] == ["release registered"]
    assert ledger.read_bytes() == before


def test_undecided_or_without_a_reason_nothing_is_applied(acme: Caller, ledger: Path, other: Path) -> None:
    before = ledger.read_bytes()
    result = acme("merge", str(other), "--decide", "product:3=keep", "--onto", "ledger", "--apply")
    assert (result.code, result.codes) == (1, ["reason.missing", "merge.undecided"])
    assert "installation:7" in result.err
    assert ledger.read_bytes() == before


def test_decisions_that_decide_nothing_are_refused(acme: Caller, other: Path) -> None:
    result = acme("merge", str(other), "--decide", "product:9=keep", "--decide", "installation:7=take")
    assert (result.code, result.codes) == (1, ["merge.no_such_clash", "merge.no_such_choice"])


@pytest.mark.parametrize("given", [["product:3"], ["=keep"], ["product:3=both"], ["product:3=keep", "product:3=apart"]])
def test_decisions_have_a_form(acme: Caller, other: Path, given: list[str]) -> None:
    options = [part for each in given for part in ("--decide", each)]
    result = acme("merge", str(other), *options)
    assert (result.code, result.codes) == (2, ["usage"])


def test_what_is_decided_is_applied_and_both_are_kept(acme: Caller, ledger: Path, other: Path) -> None:
    ours, theirs = ledger.read_bytes(), other.read_bytes()
    decided = ("--decide", "product:3=apart", "--decide", "installation:7=keep", "--reason", "two copies")
    rehearsed = acme.done("merge", str(other), "--onto", "ledger", *decided)
    assert "outcome        rehearsed; add --apply and --reason to do it" in rehearsed.lines
    answer = acme.done("merge", str(other), "--onto", "ledger", *decided, "--apply", "--json").json
    assert answer["outcome"] == "done"
    assert [Path(path).read_bytes() for path in answer["kept"]] == [ours, theirs]
    assert ledger.read_bytes().startswith(ours)
    assert acme.done("verify", "--json").json["head"] == answer["head"]
    assert acme.done("product", "list").out.count("US") == 1
    assert acme("product", "add", "XA", "--number", "3").codes == ["product.number_taken"]
    assert acme.done("product", "add", "XA").lines == ["5"]
    found = acme.done("identify", "1.2.826.0.1.3680043.2.50.1.3.1.0").out
    assert "given to “US 1.0” (now 4.1.0)" in found
    again = acme.done("merge", str(other), "--onto", "ledger", "--apply", "--json").json
    assert (again["outcome"], again["is_needed"]) == ("nothing to do", False)
    assert acme("compare", str(other)).code == 0


def test_what_is_left_out_is_given_to_nothing_else(acme: Caller, other: Path) -> None:
    acme.done("merge", str(other), "--onto", "ledger", "--leave-out", "--apply", "--reason", "that copy was a trial")
    assert "release.given_up" in acme("release", "add", "3", "1.0").codes
    assert acme.done("product", "add", "XA").lines == ["4"]


def test_this_stations_own_copy_is_merged_when_no_other_is_named(acme: Caller, ledger: Path, other: Path) -> None:
    ledger.write_bytes(other.read_bytes())
    assert acme("assign", "8").codes == ["ledger.went_back"]
    acme.done("merge", "--decide", "product:3=take", "--decide", "installation:7=apart", "--apply", "--reason", "sync")
    acme.done("assign", "8")
    acme.done("verify")


def test_what_has_not_parted_is_for_a_repair(acme: Caller, ledger: Path) -> None:
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:3]))
    result = acme("merge", "--apply", "--reason", "x")
    assert (result.code, result.codes) == (3, ["ledger.not_mergeable"])
    assert "uidmanager repair" in result.err


def test_a_viewer_rehearses_only(acme: Caller, other: Path) -> None:
    acme.done("--read-only", "merge", str(other))
    done = acme("--read-only", "merge", str(other), "--leave-out", "--apply", "--reason", "x")
    assert (done.code, done.codes) == (3, ["ledger.view_only"])


def test_compare_points_to_it(acme: Caller, other: Path) -> None:
    assert "uidmanager merge" in acme("compare", str(other)).err
