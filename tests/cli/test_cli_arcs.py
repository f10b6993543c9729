"""Serials with letters on the command line: text in, text out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
INIT = ("init", "--root", ROOT, "--organisation", "Acme Imaging")


@pytest.fixture
def ultra(call: Caller) -> Caller:
    """Viewer (1) has numbers, Ultrasound (2) an index each."""
    call.done(*INIT, "--indexed-arc", "3")
    call.done("product", "add", "Viewer")
    call.done("product", "add", "Ultrasound", "--indexed")
    return call


def test_init_opens_the_arc_in_the_same_entry(call: Caller, ledger: Path) -> None:
    assert call.done(*INIT, "--indexed-arc", "3").out == f"{ROOT}\n"
    assert ledger.read_bytes().count(b"\n") == 1
    assert call("status", "--json").json["indexed_arc"] == "3"
    assert "indexed arc opened" in call.done("history").out


@pytest.mark.parametrize(
    ("arc", "code"), [("2", "arc.taken"), ("03", "arc.form"), ("", "arc.form"), ("３", "arc.form")]
)
def test_init_with_no_arc_founds_nothing(call: Caller, ledger: Path, arc: str, code: str) -> None:
    for options in ((), ("--dry-run",)):
        assert call(*INIT, "--indexed-arc", arc, *options).codes == [code]
    assert not ledger.exists()


def test_arc_open(acme: Caller, ledger: Path) -> None:
    assert acme("status", "--json").json["indexed_arc"] is None
    before = ledger.read_bytes()
    assert acme("arc", "open").codes == ["reason.missing"]
    assert acme.done("arc", "open", "--reason", "letters", "--dry-run").out == f"{ROOT}.3\n"
    assert ledger.read_bytes() == before
    answer = acme("arc", "open", "7", "--reason", "letters", "--json").json
    assert (answer["uid"], answer["entry"]) == (f"{ROOT}.7", 6)
    assert acme("arc", "open", "--reason", "again").codes == ["arc.open"]
    assert acme("arc", "open", "2", "--reason", "again").codes == ["arc.taken", "arc.open"]
    assert acme("arc", "open", "x", "y").code == 2


def test_assign_says_which_arc_and_how_it_is_compared(ultra: Caller) -> None:
    result = ultra.done("assign", "sn-a17", "--product", "Ultrasound")
    assert result.out == f"{ROOT}.3.1\n"
    assert result.err == (
        "notice: Serial sn-a17 gets index 1 under the indexed arc 3. It is compared as SN-A17. [serial.indexed]\n"
    )
    answer = ultra("assign", "SN-B1", "--product", "2", "--json").json
    assert (answer["uid"], answer["entry"]) == (f"{ROOT}.3.2", 5)
    assert [notice["message"] for notice in answer["notices"]] == ["Serial SN-B1 gets index 2 under the indexed arc 3."]


def test_again_is_safe(ultra: Caller, ledger: Path) -> None:
    ultra.done("assign", "SN-A17", "--product", "2")
    before = ledger.read_bytes()
    again = ultra.done("assign", " sn-a17", "--product", "2")
    assert again.out == f"{ROOT}.3.1\n"
    assert again.codes == ["serial.read_as", "registered_already"]
    assert ultra.done("assign", "SN-A17").out == f"{ROOT}.3.1\n"
    assert ledger.read_bytes() == before


def test_a_batch_is_told_in_one_sentence(ultra: Caller) -> None:
    serials = "".join(f"SN-{number}\r\n" for number in range(100))
    result = ultra.done("assign", "-", "--product", "2", stdin=serials)
    assert result.lines == [f"{ROOT}.3.{index}" for index in range(1, 101)]
    assert result.codes == ["serial.indexed"]
    assert "100 serials get the indices 1 to 100" in result.err


@pytest.mark.parametrize(
    ("argv", "codes"),
    [
        pytest.param(("SN-A17",), ["serial.not_numeric"], id="letters without a product"),
        pytest.param(("SN-A17", "--product", "Viewer"), ["serial.not_numeric"], id="letters of the wrong product"),
        pytest.param(("SN 12", "--product", "2"), ["serial.character"], id="a blank inside"),
        pytest.param(("ＳＮ１", "--product", "2"), ["serial.character"], id="full-width characters"),
        pytest.param(("SN\udcff", "--product", "2"), ["serial.character"], id="bytes that are no UTF-8"),
        pytest.param(("S" * 65, "--product", "2"), ["serial.too_long"], id="65 characters"),
    ],
)
def test_refused(ultra: Caller, ledger: Path, argv: tuple[str, ...], codes: list[str]) -> None:
    before = ledger.read_bytes()
    result = ultra("assign", *argv)
    assert (result.code, result.out, result.codes) == (1, "", codes)
    assert ledger.read_bytes() == before


def test_all_commands_take_the_serial_however_it_is_written(ultra: Caller) -> None:
    ultra.done("assign", "SN-A17", "--product", "2")
    for command in (
        ("correct", "sn-a17", "--note", "repaired", "--reason", "x"),
        ("retire", "SN-A17", "--reason", "x"),
        ("reinstate", "sn-A17", "--reason", "x"),
        ("seen", "sn-a17", "--where", "Ward 3", "--what", "its log"),
        ("void", " SN-A17", "--reason", "x"),
    ):
        assert ultra.done("installation", *command).out == f"{ROOT}.3.1\n"
    (row,) = ultra("installation", "list", "--json").json["rows"]
    assert (row["serial"], row["component"], row["state"], row["note"]) == ("SN-A17", "3.1", "void", "repaired")


@pytest.mark.parametrize(
    ("uid", "said"),
    [
        (f"{ROOT}.3.1", "installation SN-A17 (Ultrasound)"),
        (f"{ROOT}.3.1.5.6", "installation SN-A17 (Ultrasound), suffix .5.6"),
        (f"{ROOT}.3.2", "under our root, but no index 2 was ever given under the indexed arc 3, suffix .3.2"),
        (f"{ROOT}.3", "the indexed arc of Acme Imaging: below it are installations with an index each, suffix .3"),
    ],
)
def test_identify(ultra: Caller, uid: str, said: str) -> None:
    ultra.done("assign", "SN-A17", "--product", "2")
    assert ultra.done("identify", uid).out == f"{uid}: {said}\n"
