"""``assign --range`` and ``--from``: text in, text out; all or none, and what is wrong is told with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations, RegisterProduct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Caller
    from uidmanager.app.service import Receipt
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft

ROOT = "1.2.826.0.1.3680043.2.50"


def uids(*components: int | str) -> list[str]:
    return [f"{ROOT}.2.{component}" for component in components]


@pytest.mark.parametrize(
    ("arguments", "components"),
    [
        pytest.param(["--range", "1001-1003"], [1001, 1002, 1003], id="a range"),
        pytest.param(["--range", "1001+2, 7"], [1001, 1002, 1003, 7], id="a list"),
        pytest.param(["--range", "3-4", "--range", "1 2"], [3, 4, 1, 2], id="two ranges in their order"),
        pytest.param(["9", "--range", "3-4", "8"], [9, 8, 3, 4], id="serials by themselves come first"),
        pytest.param(["--range", "~+1"], [372765, 372766], id="the next two"),
        pytest.param(["--range", "~", "--range", "~"], [372765, 372766], id="the next, going on from one to the other"),
    ],
)
def test_ranges_on_the_line(acme: Caller, arguments: list[str], components: list[int | str]) -> None:
    assert acme.done("assign", *arguments).lines == uids(*components)
    assert acme("status", "--json").json["entries"] == 6, "a batch is one entry"


def test_the_next_of_a_product_that_has_none_is_refused(acme: Caller) -> None:
    assert acme("assign", "--range", "~", "--product", "CT Console").codes == ["list.no_highest"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"1001-1002\n0003\n", id="lines"),
        pytest.param(b"\xef\xbb\xbf1001-1002\r\n0003", id="a byte order mark and line ends of Windows"),
        pytest.param(b"1001\r1002\r0003\r", id="line ends of old"),
        pytest.param(b"1001;1002\t0003\n\n,,\n", id="separators with nothing between"),
    ],
)
def test_a_list_from_a_file_and_from_stdin(acme: Caller, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "units.txt"
    file.write_bytes(content)
    assert acme.done("assign", "--from", str(file), "--dry-run").lines == uids(1001, 1002, 3)
    assert acme.done("assign", "--from", "-", stdin=content).lines == uids(1001, 1002, 3)


def test_all_that_is_wrong_is_told_at_once_with_its_place(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()
    file = tmp_path / "units.txt"
    file.write_text("2001-2002\n372764 A7\n\n2002\n1050-1001\n")
    result = acme("assign", "x1", "--range", "5, 12-11", "--from", str(file))
    assert (result.code, result.out) == (1, "")
    assert result.codes == [
        "serial.not_numeric",
        "range.backwards",
        "serial.taken",
        "serial.not_numeric",
        "serial.repeated",
        "range.backwards",
    ]
    told = [line.removeprefix("refused: ").partition(": ")[0] for line in result.err.splitlines()]
    assert told == [
        "Row 1 (SERIAL 1)",
        "Row 3 (--range, position 3)",
        f"Row 6 ({file}, line 2)",
        f"Row 7 ({file}, line 2)",
        f"Row 8 ({file}, line 4)",
        f"Row 9 ({file}, line 5)",
    ]
    assert ledger.read_bytes() == before


def test_json_tells_every_row(acme: Caller) -> None:
    answer = acme("assign", "--range", "0098 0372764", "--json").json
    assert (answer["uids"], answer["entry"]) == (uids(98, 372764), 6)
    assert answer["rows"] == [
        {
            "row": 1,
            "from": "--range, position 0",
            "serial": "0098",
            "component": "98",
            "uid": f"{ROOT}.2.98",
            "verdict": "assigned",
            "codes": ["serial.leading_zeros"],
        },
        {
            "row": 2,
            "from": "--range, position 5",
            "serial": "0372764",
            "component": "372764",
            "uid": f"{ROOT}.2.372764",
            "verdict": "has its root",
            "codes": ["serial.leading_zeros"],
        },
    ]


def test_json_of_a_refusal_names_no_uid(acme: Caller) -> None:
    answer = acme("assign", "--range", "5 A7", "--json").json
    assert (answer["uid"], answer["uids"], answer["entry"]) == (None, [], None)
    assert [(row["serial"], row["uid"], row["verdict"]) for row in answer["rows"]] == [
        ("5", None, "new"),
        ("A7", None, "refused"),
    ]


def test_a_dry_run_says_what_would_be_and_writes_nothing(acme: Caller, ledger: Path) -> None:
    before = ledger.read_bytes()
    result = acme.done("assign", "--range", "0098-0102", "--dry-run")
    assert result.lines == uids(98, 99, 100, 101, 102)
    assert result.codes == [*["serial.leading_zeros"] * 5, "dry_run"]
    rows = acme("assign", "--range", "0098-0102", "--dry-run", "--json").json["rows"]
    assert {row["verdict"] for row in rows} == {"new"}
    assert ledger.read_bytes() == before


def test_again_is_safe(acme: Caller, ledger: Path) -> None:
    acme.done("assign", "--range", "1001-1003")
    before = ledger.read_bytes()
    result = acme.done("assign", "--range", "1001-1003")
    assert (result.lines, result.codes) == (uids(1001, 1002, 1003), ["registered_already"])
    assert ledger.read_bytes() == before


def test_of_very_many_notices_a_few_are_told(acme: Caller) -> None:
    result = acme.done("assign", "--range", "00001-00500")
    assert result.codes == ["serial.leading_zeros"] * 4
    assert "And 497 more of this kind" in result.err
    answer = acme("assign", "--range", "00001-00500", "--json").json
    assert len(answer["notices"]) == 501


@pytest.mark.parametrize(
    "arguments", [["--range", "1-99999999999999"], ["7", "--range", "1-60000", "--range", "1-40000"]]
)
def test_too_many_are_refused_with_the_number(acme: Caller, arguments: list[str]) -> None:
    result = acme("assign", *arguments)
    assert (result.code, result.codes) == (1, ["batch.too_large"])
    assert "100,000 is the most" in result.err


@pytest.mark.parametrize("content", ["", "\n\n", " ,;\r\n"])
def test_a_list_with_nothing_in_it(acme: Caller, content: str) -> None:
    assert acme("assign", "--from", "-", stdin=content).codes == ["serial.empty"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        pytest.param(b"PK\x03\x04\x14\x00", "list.not_text", "a ZIP archive, as workbooks are", id="a workbook"),
        pytest.param("1001\n".encode("utf-16"), "list.not_text", "text in UTF-16", id="another encoding"),
        pytest.param(b"1001\n\x00\x01\x02", "list.not_text", "a byte 0 at position 5", id="bytes that are no text"),
        pytest.param(b"1001\n10\xff2\n", "list.not_text", "a byte 0xFF in line 2", id="a text in Latin 1"),
        pytest.param(b"1001\n" * 2_000_000, "list.too_long", "6,600,000 bytes", id="ten megabytes"),
    ],
)
def test_what_is_no_list_is_a_clear_sentence(
    acme: Caller, ledger: Path, tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    before = ledger.read_bytes()
    file = tmp_path / "units.txt"
    file.write_bytes(content)
    for result in (acme("assign", "--from", str(file)), acme("assign", "--from", "-", stdin=content)):
        assert (result.code, result.codes) == (1, [code])
        assert words in result.err
    assert ledger.read_bytes() == before


def test_a_file_that_is_not_there_or_a_folder(acme: Caller, tmp_path: Path) -> None:
    for where in (tmp_path, tmp_path / "nothing.txt"):
        result = acme("assign", "--from", str(where))
        assert (result.code, result.codes) == (1, ["list.unreadable"])
        assert str(where) in result.err
    assert acme("assign", "--from", "a\0b").codes == ["list.unreadable"]


@pytest.mark.parametrize("arguments", [[], ["-", "--from", "-"], ["--from", "-", "--from", "-"]])
def test_no_serial_and_stdin_twice_are_usage(acme: Caller, arguments: list[str]) -> None:
    result = acme("assign", *arguments)
    assert (result.code, result.codes) == (2, ["usage"])


def test_serials_with_letters_in_a_list(acme: Caller) -> None:
    """Whatever the registry makes of them: a list hands them on as they stand."""
    result = acme("assign", "--range", "SN-A17,SN-A18")
    assert result.codes == ["serial.not_numeric", "serial.not_numeric"]


def test_a_batch_of_a_hundred_thousand(acme: Caller) -> None:
    result = acme.done("assign", "--range", "1000001+99999")
    assert (len(result.lines), result.lines[-1]) == (100_000, f"{ROOT}.2.1100000")


def test_what_another_station_took_meanwhile_is_not_handed_out_a_second_time(
    acme: Caller, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both asked for the next one, and both read the same highest: only one of them may have it."""
    submit = Service.submit
    others: Iterator[Draft] = iter([AssignInstallations(("372765",)), RegisterProduct("MR")])

    def overtaken(service: Service, draft: Draft, shown: Decision | None = None) -> Receipt:
        other = next(others, None)
        if other is not None:
            rival = Service(acme.desk.ledger_at(str(ledger)), acme.desk.world)
            rival.open()
            assert submit(rival, other).entry is not None
        return submit(service, draft, shown)

    monkeypatch.setattr(Service, "submit", overtaken)
    assert acme.done("assign", "--range", "~+1").lines == uids(372766, 372767)
