from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
UID = f"{ROOT}.2.372764"


def test_assign_json_of_one(acme: Caller) -> None:
    answer = acme("assign", "12", "--product", "CT Console", "--note", "demo", "--json").json
    assert answer["uid"] == f"{ROOT}.2.12"
    assert answer["uids"] == [f"{ROOT}.2.12"]
    assert answer["entry"] == 6
    row = acme("installation", "list", "--json").json["rows"][0]
    assert (row["serial"], row["product"], row["note"]) == ("12", "CT Console", "demo")


def test_assign_many_in_the_order_given_as_one_entry(acme: Caller) -> None:
    assert acme.done("assign", "30", "10", "20").lines == [f"{ROOT}.2.30", f"{ROOT}.2.10", f"{ROOT}.2.20"]
    answer = acme("assign", "31", "11", "--json").json
    assert answer["uid"] is None
    assert answer["uids"] == [f"{ROOT}.2.31", f"{ROOT}.2.11"]
    assert answer["entry"] == 7


def test_one_bad_serial_refuses_all(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme("assign", "1", "2", "x3", "372764")
    assert result.code == 1
    assert not result.out
    assert set(result.codes) == {"serial.not_numeric", "serial.taken"}
    answer = acme("assign", "1", "x3", "--json").json
    assert (answer["uid"], answer["uids"], answer["entry"]) == (None, [], None)
    assert ledger.read_bytes() == before


def test_assign_again_answers_the_same_and_writes_nothing(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("assign", "0372764")
    assert result.out == f"{UID}\n"
    assert "registered_already" in result.codes
    assert acme("assign", "0372764", "--json").json["entry"] is None
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("stdin", ["1\n002\n3\n", "1\r\n002\r\n3", "1\r002\r3\r", "\ufeff1\n\n 002 \n\n\n3\n\n"])
def test_serials_from_stdin(acme: Caller, stdin: str) -> None:
    assert acme.done("assign", "-", stdin=stdin).lines == [f"{ROOT}.2.1", f"{ROOT}.2.2", f"{ROOT}.2.3"]


def test_serials_from_both(acme: Caller) -> None:
    assert acme.done("assign", "9", "-", "8", stdin="1\n").lines == [f"{ROOT}.2.9", f"{ROOT}.2.1", f"{ROOT}.2.8"]


@pytest.mark.parametrize("stdin", ["", "\n\n", " \t\r\n"])
def test_nothing_on_stdin_is_refused(acme: Caller, stdin: str) -> None:
    result = acme("assign", "-", stdin=stdin)
    assert result.code == 1
    assert result.codes == ["serial.empty"]


@pytest.mark.parametrize("stdin", [b"12\xff\n", b"12\x1d13\n", b"12\x0013\n", "１２\n".encode(), b"\xff\xfe1\x002\x00"])
def test_what_is_no_serial_on_stdin_is_refused(acme: Caller, ledger: Path, stdin: bytes) -> None:
    before = ledger.read_bytes()
    result = acme("assign", "-", stdin=stdin)
    assert result.code == 1
    assert set(result.codes) == {"serial.not_numeric"}
    assert ledger.read_bytes() == before


def test_a_great_batch(acme: Caller) -> None:
    serials = "".join(f"{serial}\n" for serial in range(1000, 11000))
    result = acme.done("assign", "-", stdin=serials)
    assert len(result.lines) == 10_000
    assert result.lines[-1] == f"{ROOT}.2.10999"
    assert acme("status", "--json").json["entries"] == 6


def test_half_a_character_in_a_serial_is_refused(acme: Caller) -> None:
    result = acme("assign", "12\udcff")
    assert result.code == 1
    assert result.codes == ["serial.not_numeric"]
    answer = acme("assign", "12\udcff", "--json").json
    assert answer["problems"][0]["position"] == 2


def test_dry_run(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("assign", "0012", "13", "--dry-run", "--reason", "only looking")
    assert result.lines == [f"{ROOT}.2.12", f"{ROOT}.2.13"]
    assert result.codes == ["serial.leading_zeros", "dry_run"]
    assert ledger.read_bytes() == before


def test_assign_with_a_reason(acme: Caller) -> None:
    acme.done("assign", "12", "--reason", "order 4711")
    assert acme("history", "--about", "4711", "--json").json["rows"][0]["subject"] == "12"


def test_assign_under_an_unknown_product(acme: Caller) -> None:
    assert acme("assign", "12", "--product", "Toaster").codes == ["product.unknown"]


def test_list(acme: Caller) -> None:
    acme.done("assign", "9", "100")
    rows = acme("installation", "list", "--json").json["rows"]
    assert [row["serial"] for row in rows] == ["9", "100", "0372764"]
    assert set(rows[0]) == {"serial", "component", "uid", "product", "state", "at", "by", "station", "note"}
    lines = acme.done("installation", "list").lines
    assert lines[0].split()[:3] == ["serial", "component", "uid"]
    assert lines[3].split() == ["0372764", "372764", UID, "active", rows[2]["at"], "anna", "LINE-3"]


def test_correct(acme: Caller, ledger: Path) -> None:
    command = ("installation", "correct", "0372764", "--product", "CT Console", "--note", "site 12", "--reason", "typo")
    before = ledger.read_bytes()
    assert acme.done(*command, "--dry-run").out == f"{UID}\n"
    assert ledger.read_bytes() == before
    assert acme.done(*command).out == f"{UID}\n"
    row = acme("installation", "list", "--json").json["rows"][0]
    assert (row["product"], row["note"]) == ("CT Console", "site 12")
    emptied = acme("installation", "correct", "0372764", "--product", "", "--note", "", "--reason", "typo", "--json")
    assert emptied.json["uid"] == UID
    row = acme("installation", "list", "--json").json["rows"][0]
    assert (row["product"], row["note"]) == (None, None)


def test_correct_without_a_change_is_refused(acme: Caller) -> None:
    assert acme("installation", "correct", "0372764", "--reason", "typo").codes == ["change.none"]


def test_a_serial_read_as_another_spelling_is_said(acme: Caller) -> None:
    result = acme.done("installation", "retire", "372764", "--reason", "scrapped")
    assert result.codes == ["serial.read_as"]


@pytest.mark.parametrize(("verb", "state"), [("retire", "retired"), ("void", "void")])
def test_out_of_service_and_back(acme: Caller, ledger: Path, verb: str, state: str) -> None:
    before = ledger.read_bytes()
    assert acme("installation", verb, "0372764").codes == ["reason.missing"]
    assert acme.done("installation", verb, "0372764", "--reason", "scrapped", "--dry-run").out == f"{UID}\n"
    assert ledger.read_bytes() == before
    assert acme.done("installation", verb, "0372764", "--reason", "scrapped").out == f"{UID}\n"
    assert acme("installation", "list", "--json").json["rows"][0]["state"] == state
    assert acme("assign", "0372764").codes == ["serial.leading_zeros", "installation.not_active"]
    assert acme("installation", verb, "0372764", "--reason", "again").codes == ["state.already"]
    back = ("installation", "reinstate", "0372764", "--reason", "it was another one")
    before = ledger.read_bytes()
    assert acme(*back, "--dry-run", "--json").json["entry"] is None
    assert ledger.read_bytes() == before
    assert acme(*back, "--json").json["uid"] == UID
    assert acme("installation", "list", "--json").json["rows"][0]["state"] == "active"


def test_an_unknown_installation(acme: Caller) -> None:
    result = acme("installation", "void", "5", "--reason", "mistake", "--json")
    assert result.code == 1
    assert result.json["problems"][0]["code"] == "installation.unknown"


def test_what_was_seen_is_noted_once(acme: Caller, ledger: Path) -> None:
    seen = ("installation", "seen", "0372764", "--where", "St Mary's", "--what", "its root in a log")
    before = ledger.read_bytes()
    assert acme.done(*seen, "--dry-run").out == f"{UID}\n"
    assert ledger.read_bytes() == before
    first = acme(*seen, "--reason", "complaint 7", "--json").json
    assert (first["uid"], isinstance(first["entry"], int)) == (UID, True)
    rows = acme("history", "--about", "mary", "--json").json["rows"]
    assert [(row["what"], row["why"]) for row in rows] == [("installation seen", "complaint 7")]
    written = ledger.read_bytes()
    assert acme.done(*seen).codes == ["seen.already", "registered_already"]
    assert ledger.read_bytes() == written


def test_nothing_is_noted_of_a_day_to_come_or_of_nobody(acme: Caller) -> None:
    said = ("--where", "x", "--what", "y")
    assert acme("installation", "seen", "0372764", *said, "--on", "9999-12-31").codes == ["seen.in_future"]
    assert acme("installation", "seen", "5", *said).codes == ["installation.unknown"]
    assert acme("installation", "seen", "0372764", "--what", "y").code == 2
