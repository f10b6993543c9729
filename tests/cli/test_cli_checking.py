"""Commands that need no ledger: there is none in these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Caller


def test_good_ones(call: Caller) -> None:
    result = call.done("uid", "check", "1.2.840.10008.1.1", "2.25.0")
    assert result.out == "1.2.840.10008.1.1: ok\n2.25.0: ok\n"
    assert not result.err


def test_bad_ones(call: Caller) -> None:
    result = call("uid", "check", "1.2.3", "1.02.x", "")
    assert result.code == 1
    assert not result.err
    lines = result.lines
    assert lines[0] == "1.2.3: ok"
    assert [line.rpartition(" ")[2] for line in lines[1:]] == ["[uid.character]", "[uid.leading_zero]", "[uid.empty]"]
    assert lines[1].startswith("1.02.x: ")
    assert "position 5" in lines[1]
    assert "position 2" in lines[2]
    assert lines[3].startswith("(empty): ")


def test_json(call: Caller) -> None:
    assert call("uid", "check", "1.2.3", "--json").json["rows"] == [{"uid": "1.2.3", "ok": True, "problems": []}]
    answer = call("uid", "check", "1.2.3", "9.9", "1.099", "--json").json
    assert [row["ok"] for row in answer["rows"]] == [True, False, False]
    assert [problem["code"] for problem in answer["problems"]] == [
        "uid.first_arc",
        "uid.leading_zero",
        "uid.second_arc",
    ]
    assert answer["rows"][1]["problems"] == answer["problems"][:1]


def test_lines_of_stdin(call: Caller) -> None:
    result = call("uid", "check", "-", stdin="1.2.3\r\n\n1.2.4 \n")
    assert result.code == 1
    assert result.lines[0] == "1.2.3: ok"
    assert result.lines[1].startswith("1.2.4 : a blank at position 5")


def test_something_huge(call: Caller) -> None:
    result = call("uid", "check", "1." + "9" * 1_000_000)
    assert result.code == 1
    assert len(result.out) < 1000


@pytest.mark.parametrize("uid", ["1.2\x1b[2J", "1.2\n3: ok", "1.2\u202e", "1.2\udcff"])
def test_what_a_terminal_would_obey(call: Caller, uid: str) -> None:
    result = call("uid", "check", uid)
    assert result.code == 1
    assert len(result.lines) == 1
    assert result.out.strip().isprintable()
    call("uid", "check", uid, "--json").json["rows"][0]["uid"].encode("utf-8")


def test_check_of_nothing(call: Caller) -> None:
    assert call("uid", "check").code == 2
    assert call("uid").code == 2
    assert not call.done("uid", "check", "-").out


def test_budget(call: Caller) -> None:
    result = call.done("budget", "1.2.826.0.1.3680043.2.50.2.372764")
    lines = result.lines
    assert lines[0] == "33 of 64 characters used, 31 left"
    assert any(line.startswith("DCMTK ") and " no " in line for line in lines)
    assert not result.err


def test_budget_json(call: Caller) -> None:
    answer = call("budget", "1.2.826.0.1.3680043.2.50.2.372764", "--json").json
    assert (answer["used"], answer["left"]) == (33, 31)
    assert {row["fit"] for row in answer["rows"]} <= {"fits", "caution", "no"}
    assert set(answer["rows"][0]) == {"toolkit", "fit", "reason"}


@pytest.mark.parametrize("uid", ["1.2.", "", "x", "1." + "9" * 200])
def test_budget_of_what_is_no_uid(call: Caller, uid: str) -> None:
    result = call("budget", uid)
    assert result.code == 1
    assert not result.out
    assert result.codes
    assert call("budget", uid, "--json").json["rows"] == []
