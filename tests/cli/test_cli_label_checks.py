"""``label check`` reads scans from stdin; ``label runs`` says how far the print runs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT
from uidmanager.app.service import Service
from uidmanager.core.drafts import NoteLabelsPrinted, Print
from uidmanager.settings import default_ledger

if TYPE_CHECKING:
    from tests.cli.conftest import Caller

RUN = "3"


@pytest.fixture
def printed(call: Caller) -> Caller:
    """Labels of 0372764, 8 and 9 were printed in entry 3; each says the serial, and the root beside it."""
    call.done("init", "--root", ROOT, "--organisation", "Acme Imaging")
    call.done("assign", "0372764", "8", "9", "10")
    service = Service(call.desk.ledger_at(str(default_ledger())), call.desk.world)
    service.open()
    prints = tuple(Print(serial, serial) for serial in ("0372764", "8", "9"))
    assert service.submit(NoteLabelsPrinted(prints, "a4-3x8")).entry
    return call


def test_each_scan_has_its_verdict_and_the_exit_code_says_that_labels_are_missing(printed: Caller) -> None:
    result = printed("label", "check", "--entry", RUN, stdin=f"]Q1{ROOT}.2.8\r\n\n8\n10\nx\n")
    assert (result.code, result.codes) == (1, ["label.standing"])
    assert result.lines == [
        "match: 8 is right.",
        "twice: 8 was read before. If this is a second label, find the unit that lacks one.",
        "not in this batch: This is the label of 10; it is not in this batch. Lay it aside.",
        "not in this batch: “x” is no unit of this registry. Scan the code on the label again.",
    ]
    assert "1 of 3 checked, 2 missing" in result.err


def test_the_last_label_makes_it_complete(printed: Caller) -> None:
    printed("label", "check", "--entry", RUN, stdin="8\n9\n")
    result = printed.done("label", "check", "--entry", RUN, stdin="0372764\n")
    assert "3 of 3 checked." in result.err
    again = printed.done("label", "check", "--entry", RUN)
    assert again.out == ""


def test_a_void_unit_need_not_be_checked(printed: Caller) -> None:
    printed.done("installation", "void", "9", "--reason", "plate spoiled")
    assert "2 of 3 checked, 1 void" in printed.done("label", "check", "--entry", RUN, stdin="8\n0372764\n").err


def test_as_json(printed: Caller) -> None:
    answer = printed("label", "check", "--entry", RUN, "--json", stdin="8\nx\n").json
    assert answer["rows"][0] == {"scanned": "8", "verdict": "match", "serial": "8", "sentence": "8 is right."}
    assert answer["rows"][1]["serial"] is None
    counts = {name: answer[name] for name in ("run", "printed", "checked", "void", "replaced", "complete", "entry")}
    assert counts == {
        "run": 3,
        "printed": 3,
        "checked": 1,
        "void": 0,
        "replaced": 0,
        "complete": False,
        "entry": 4,
    }
    assert answer["missing"] == ["0372764", "9"]


def test_a_dry_run_judges_and_writes_nothing(printed: Caller) -> None:
    answer = printed("label", "check", "--entry", RUN, "--json", "--dry-run", stdin="8\n9\n0372764\n").json
    assert (answer["complete"], answer["entry"], answer["dry_run"]) == (True, None, True)
    assert printed.done("status", "--json").json["entries"] == 3


def test_the_units_first(printed: Caller) -> None:
    scans = f"8\n{ROOT}.2.9\n{ROOT}.2.8\n"
    result = printed("label", "check", "--entry", RUN, "--units-first", stdin=scans)
    assert [line.partition(":")[0] for line in result.lines] == ["unit", "wrong unit", "match"]


def test_a_unit_is_known_by_the_serial_on_its_nameplate_whatever_else_that_says(printed: Caller) -> None:
    scans = f"]d2010952123454321311251124218\n]d2010952123454321311251124218␝10A7\n{ROOT}.2.8\n"
    result = printed("label", "check", "--entry", RUN, "--units-first", stdin=scans)
    assert [line.partition(":")[0] for line in result.lines] == ["unit", "wrong unit", "match"]


def test_an_entry_in_which_nothing_was_printed_is_refused(printed: Caller) -> None:
    result = printed("label", "check", "--entry", "2", stdin="8\n")
    assert (result.code, result.codes) == (1, ["label.no_run"])
    assert printed("label", "check", stdin="8\n").code == 2


@pytest.mark.parametrize("sent", [b"\xff\xfe\n", b"\x1b[2J\n", b"8\x00\n", "\u202e8\n".encode(), b"7" * 50_000])
def test_whatever_comes_has_a_verdict(printed: Caller, sent: bytes) -> None:
    result = printed("label", "check", "--entry", RUN, stdin=sent)
    assert result.code == 1
    assert len(result.lines) == 1
    assert result.lines[0].startswith("not in this batch: ")
    assert all(character.isprintable() for character in result.lines[0])


def test_the_runs_are_listed(printed: Caller) -> None:
    printed("label", "check", "--entry", RUN, stdin="8\nx\n")
    row = printed.done("label", "runs", "--json").json["rows"][0]
    assert (row["entry"], row["printed"], row["checked"], row["missing"], row["misses"]) == (3, 3, 1, 2, 1)
    assert "a4-3x8" in printed.done("label", "runs").out
    assert len(printed.done("label", "runs", "--open").lines) == 2
    printed.done("label", "check", "--entry", RUN, stdin="9\n0372764\n")
    assert printed.done("label", "runs", "--open", "--json").json["rows"] == []
