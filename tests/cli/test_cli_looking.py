from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import pytest

from uidmanager.app.service import Service, Verification
from uidmanager.dicom.names import DicomNames

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
READING = [
    ("product", "list"),
    ("release", "list"),
    ("release", "list", "Viewer"),
    ("installation", "list"),
    ("history",),
    ("status",),
    ("verify",),
    ("identify", f"{ROOT}.2.372764"),
    ("report", "installations"),
]


def damage(ledger: Path, line: int) -> None:
    """Change one character inside a line of the ledger."""
    lines = ledger.read_bytes().split(b"\n")
    lines[line - 1] = lines[line - 1].replace(b'"by":"anna"', b'"by":"emma"')
    ledger.write_bytes(b"\n".join(lines))


# -- identify --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uid", "said"),
    [
        (f"{ROOT}.2.372764", "installation 0372764"),
        (f"{ROOT}.2.372764.1.2", "installation 0372764, suffix .1.2"),
        (f"{ROOT}.1.2.4.5.0.3", "release CT Console 4.5.0.3"),
        (f"{ROOT}.1.2", "the arc of product 2, CT Console"),
        (f"{ROOT}.1.2.9", "under product 2, CT Console, but it has no release 9, suffix .9"),
        (f"{ROOT}.2.5", "under our root, but no installation 5 was ever assigned, suffix .2.5"),
        (ROOT, "the root of Acme Imaging"),
        ("1.2.840.10008.1.1", "defined by DICOM: Verification SOP Class"),
        ("1.2.840.10008.99.99", "under DICOM's root; no such UID is known"),
        ("2.16.4711.1", "not ours, and not under a root that this program knows"),
    ],
)
def test_identify(acme: Caller, uid: str, said: str) -> None:
    result = acme.done("identify", uid)
    assert result.out == f"{uid}: {said}\n" or result.out.startswith(f"{uid}: {said.rpartition(',')[0]}")
    assert not result.err


def test_identify_names_product_and_state(acme: Caller) -> None:
    acme.done("installation", "correct", "0372764", "--product", "2", "--reason", "typo")
    acme.done("installation", "void", "0372764", "--reason", "scanned twice")
    uid = f"{ROOT}.2.372764.7"
    assert acme.done("identify", uid).out == f"{uid}: installation 0372764 (CT Console), void, suffix .7\n"


def test_identify_json_of_an_installation(acme: Caller) -> None:
    acme.done("installation", "correct", "0372764", "--product", "2", "--reason", "typo")
    uid = f"{ROOT}.2.372764.20261122.1"
    (row,) = acme("identify", uid, "--json").json["rows"]
    assert row == {
        "given": uid,
        "uid": uid,
        "answer": "installation",
        "sentence": "Installation 0372764 (CT Console).",
        "suffix": ".20261122.1",
        "kind": "installation",
        "product": "CT Console",
        "version": None,
        "serial": "0372764",
        "state": "active",
        "text": None,
        "line": None,
        "column": None,
        "count": None,
        "problems": [],
    }


def test_identify_json_of_other_answers(acme: Caller) -> None:
    rows = acme("identify", f"{ROOT}.1.2.4.5.0.3", f"{ROOT}.1.1", "1.2.840.10008.1.1", "--json").json["rows"]
    assert [row["answer"] for row in rows] == ["release", "product_arc", "dicom"]
    assert [row["kind"] for row in rows] == ["release", "product", None]
    assert [row["product"] for row in rows] == ["CT Console", "Viewer", None]
    assert [row["version"] for row in rows] == ["4.5.0.3", None, None]
    assert [row["state"] for row in rows] == ["active", "active", None]


def test_identify_what_breaks_a_rule_but_can_be_recognised(acme: Caller) -> None:
    given = f" {ROOT}.2.0372764.1\t"
    result = acme.done("identify", given)
    assert result.out == f"{given.strip()}: installation 0372764, suffix .1\n"
    assert result.err.startswith(f"caution: {given.strip()}: ")
    assert result.codes == ["uid.leading_zero"]
    answer = acme("identify", given, "--json").json
    assert [problem["code"] for problem in answer["rows"][0]["problems"]] == ["uid.leading_zero"]
    assert answer["notices"][0]["severity"] == "caution"
    assert answer["problems"] == []


def test_identify_what_is_no_uid(acme: Caller) -> None:
    result = acme("identify", f"{ROOT}.2.372764", "not a uid")
    assert result.code == 1
    assert result.lines == [f"{ROOT}.2.372764: installation 0372764", "not a uid: this is not a UID"]
    assert "uid.character" in result.codes
    assert acme("identify", "not a uid", "--json").json["problems"]


def test_identify_a_text(acme: Caller) -> None:
    text = f"store {ROOT}.2.372764.5 refused,\nclass={ROOT}.1.2.4.5.0.3; again {ROOT}.2.372764.5 (version 4.5)\n"
    assert acme.done("identify", "-", stdin=text).lines == [
        f"{ROOT}.2.372764.5: installation 0372764, suffix .5",
        f"{ROOT}.1.2.4.5.0.3: release CT Console 4.5.0.3",
    ]


def test_identify_a_text_without_uids(acme: Caller) -> None:
    result = acme.done("identify", "-", stdin=b"nothing \xff here")
    assert not result.out
    assert result.codes == ["identify.none"]
    assert acme("identify", "-", "--json").json["rows"] == []


def test_identify_an_argument_that_is_a_text(acme: Caller) -> None:
    text = f"stored {ROOT}.2.372764.5, by {ROOT}.1.2.4.5.0.3"
    assert acme.done("identify", text, "--where").lines == [
        f"{ROOT}.2.372764.5: installation 0372764, suffix .5",
        f"{ROOT}.1.2.4.5.0.3: release CT Console 4.5.0.3",
    ]


def test_identify_says_where_in_which_text_and_how_often(acme: Caller, tmp_path: Path) -> None:
    log, dump = tmp_path / "app.log", tmp_path / "dump.txt"
    log.write_bytes(f"begin\r\nerror {ROOT}.2.372764.5\r\n{ROOT}.2.372764.5".encode("utf-16"))
    dump.write_text(f"[{ROOT}.2.372764.5] [{ROOT}.2.5]", "utf-8")
    unknown = f"{ROOT}.2.5: under our root, but no installation 5 was ever assigned"
    result = acme.done("identify", "--file", str(log), "--file", str(dump), "--where")
    assert result.lines == [
        f"{ROOT}.2.372764.5: installation 0372764, suffix .5 (3 times, first in line 2, column 7 of {log})",
        f"{unknown}, suffix .2.5 (once, first in line 1, column 40 of {dump})",
    ]
    rows = acme("identify", "--file", str(log), "--file", str(dump), "--json").json["rows"]
    assert [(row["text"], row["line"], row["column"], row["count"]) for row in rows] == [
        (str(log), 2, 7, 3),
        (str(dump), 1, 40, 1),
    ]


@pytest.mark.parametrize("name", [".", "nowhere.log", "a\0b"])
def test_identify_a_text_that_cannot_be_read(acme: Caller, tmp_path: Path, name: str) -> None:
    result = acme("identify", "--file", str(tmp_path / name))
    assert (result.code, result.codes) == (1, ["text.unreadable"])


def test_identify_what_is_no_uid_in_a_text_refuses_nothing(acme: Caller) -> None:
    result = acme.done("identify", "-", stdin="from 1.0.9.8.7.6..5")
    assert result.lines == ["1.0.9.8.7.6..5: this is not a UID"]
    assert result.codes == ["uid.empty_component"]
    assert result.err.startswith("caution: ")


def test_identify_nothing(acme: Caller) -> None:
    assert acme("identify").code == 2


def test_identify_a_uid_that_is_broken_as_far_as_it_goes(acme: Caller) -> None:
    result = acme.done("identify", f"{ROOT}.2.372764..1")
    assert result.lines == [f"{ROOT}.2.372764..1: installation 0372764, suffix ..1"]
    assert result.codes == ["uid.empty_component"]


def test_identify_something_huge(acme: Caller) -> None:
    result = acme("identify", "1." * 500_000 + "1")
    assert result.code == 1
    assert len(result.out) < 300
    assert len(result.err) < 1000


def test_identify_what_a_terminal_would_obey(acme: Caller) -> None:
    result = acme("identify", "1.2\x1b[2J\n1.3\u202e")
    assert result.lines == ["1.2\\x1b[2J\\n1.3\\u202e: this is not a UID"]
    assert "\x1b" not in result.err


def test_identify_needs_a_ledger(call: Caller) -> None:
    result = call("identify", "1.2.3")
    assert result.code == 3
    assert result.codes == ["ledger.missing"]


def test_dicom_names_are_read_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def content(name: str) -> bytes:
        asked.append(name)
        return b'{"1.2.3":{"name":"A","type":"B","retired":false}}'

    monkeypatch.setattr("uidmanager.dicom.names.resource_bytes", content)
    names = DicomNames()
    assert not asked
    assert (names.get("1.2.3"), names.get("1.2.4"), list(names), len(names)) == ("A", None, ["1.2.3"], 1)
    assert asked == ["dicom_uids.json"]


# -- history, status, verify -----------------------------------------------------------------------------------------


def test_history(acme: Caller) -> None:
    acme.done("installation", "retire", "0372764", "--reason", "scrapped")
    rows = acme("history", "--json").json["rows"]
    assert [row["what"] for row in rows] == [
        "registry founded",
        "product registered",
        "product registered",
        "release registered",
        "installation assigned",
        "installation retired",
    ]
    assert set(rows[0]) == {"entry", "at", "by", "station", "what", "subject", "old", "new", "why"}
    assert rows[5]["why"] == "scrapped"
    lines = acme.done("history").lines
    assert lines[0].split() == ["entry", "at", "by", "station", "what", "subject", "old", "new", "why"]
    assert len(lines) == 7


def test_history_about(acme: Caller) -> None:
    assert [row["entry"] for row in acme("history", "--about", "0372764", "--json").json["rows"]] == [5]
    assert acme.done("history", "--about", "viewer").lines[1].split()[0] == "2"
    assert len(acme.done("history", "--about", "nothing of that kind").lines) == 1


def test_status(acme: Caller, ledger: Path) -> None:
    answer = acme("status", "--json").json
    head = answer["head"]
    assert len(head) == 64
    assert answer == {
        "ok": True,
        "ledger": str(ledger),
        "organisation": "Acme Imaging",
        "root": ROOT,
        "indexed_arc": None,
        "entries": 5,
        "head": head,
        "products": 2,
        "releases": 1,
        "installations": 1,
        "by": "anna",
        "station": "LINE-3",
        "notices": [],
        "problems": [],
    }
    lines = acme.done("status").lines
    assert lines[0] == f"ledger         {ledger}"
    assert f"head           {head}" in lines


def test_verify(acme: Caller, ledger: Path) -> None:
    head = acme("status", "--json").json["head"]
    result = acme.done("verify")
    assert result.lines == [f"ledger   {ledger}", "entries  5", f"head     {head}"]
    assert not result.err
    answer = acme("verify", "--json").json
    assert (answer["ledger"], answer["entries"], answer["head"], answer["line"]) == (str(ledger), 5, head, None)


def test_verify_shows_progress_on_a_terminal_only(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert not acme("verify", "--json").err
    result = acme.done("verify")
    if result.err:
        assert result.err.startswith("\rReading the ledger: ")
        assert result.err.endswith("\r")


def test_progress_is_shown_once_for_each_percent(monkeypatch: pytest.MonkeyPatch) -> None:
    from uidmanager.cli import output  # noqa: PLC0415

    class Terminal:
        def __init__(self) -> None:
            self.written: list[str] = []

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.written.append(text)

        def flush(self) -> None:
            pass

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    shown = output.terminal_progress()
    assert shown is not None
    progress, wipe = shown
    for thousandth in range(20):
        progress("Reading the ledger", thousandth / 1000)
    progress("Sorting", 0.0)
    wipe()
    assert terminal.written == [
        "\rReading the ledger: 0 %",
        "\rReading the ledger: 1 %",
        f"\r{'Sorting: 0 %':<23}",
        f"\r{' ' * 23}\r",
    ]
    nobody: TextIO | None = None
    monkeypatch.setattr("sys.stderr", nobody)
    assert output.terminal_progress() is None


# -- what the store noticed ------------------------------------------------------------------------------------------


def test_a_torn_last_line_is_set_aside_and_said(acme: Caller, ledger: Path) -> None:
    with ledger.open("ab") as file:
        file.write(b'{"h":"torn')
    result = acme.done("product", "add", "Printer")
    assert result.out == "3\n"
    assert result.codes == ["ledger.remark"]
    assert result.err.startswith("notice: ")
    with ledger.open("ab") as file:
        file.write(b'{"h":"torn')
    answer = acme("product", "add", "Archive", "--json").json
    assert [(said["code"], said["field"]) for said in answer["notices"]] == [("ledger.remark", "ledger")]


def test_what_verifying_shows_is_said(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Verification(5, "ab" * 32, None, ("The clock went back.",))
    monkeypatch.setattr(Service, "verify", lambda *_: shown)
    assert acme.done("verify").err == "notice: The clock went back. [ledger.remark]\n"


# -- a ledger in trouble ---------------------------------------------------------------------------------------------


def test_verify_names_the_damaged_line(acme: Caller, ledger: Path) -> None:
    damage(ledger, 3)
    result = acme("verify")
    assert result.code == 3
    assert result.lines[1] == "entries  2"
    assert result.codes == ["ledger.damaged"]
    assert "Line 3 of" in result.err
    answer = acme("verify", "--json").json
    assert (answer["entries"], answer["line"]) == (2, 3)
    assert answer["problems"][0]["field"] == "ledger"


@pytest.mark.parametrize("command", READING)
def test_what_can_be_read_is_shown_and_the_trouble_told(acme: Caller, ledger: Path, command: tuple[str, ...]) -> None:
    damage(ledger, 5)
    result = acme(*command)
    assert result.code == 3
    assert result.out
    assert result.codes == ["ledger.damaged"]
    answer = acme(*command, "--json").json
    assert answer["problems"][0]["code"] == "ledger.damaged"
    assert "rows" in answer or "entries" in answer


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_nothing_is_written_to_a_ledger_in_trouble(acme: Caller, ledger: Path, options: tuple[str, ...]) -> None:
    damage(ledger, 5)
    before = ledger.read_bytes()
    result = acme("product", "add", "Printer", *options)
    assert result.code == 3
    assert not result.out
    assert result.codes == ["ledger.damaged"]
    assert ledger.read_bytes() == before
    answer = acme("product", "add", "Printer", *options, "--json").json
    assert answer["problems"][0]["code"] == "ledger.damaged"


@pytest.mark.parametrize("command", [each for each in READING if each[0] not in {"status", "verify"}])
def test_a_ledger_damaged_from_its_first_line(acme: Caller, ledger: Path, command: tuple[str, ...]) -> None:
    damage(ledger, 1)
    result = acme(*command)
    assert result.code == 3
    assert not result.out
    assert result.codes == ["ledger.damaged"]


def test_status_of_a_ledger_damaged_from_its_first_line(acme: Caller, ledger: Path) -> None:
    damage(ledger, 1)
    result = acme("status", "--json")
    assert result.code == 3
    assert (result.json["entries"], result.json["root"]) == (0, None)
    assert "entries        0" in acme("status").lines


@pytest.mark.parametrize("command", [*READING, ("assign", "1"), ("product", "add", "Viewer")])
def test_no_ledger(call: Caller, ledger: Path, command: tuple[str, ...]) -> None:
    result = call(*command)
    assert result.code == 3
    assert not result.out
    assert result.codes == ["ledger.missing"]
    assert str(ledger) in result.err
    assert call(*command, "--json").json["problems"][0]["code"] == "ledger.missing"
    assert not ledger.exists()
