from __future__ import annotations

import csv
import io
import json
import socket
from typing import TYPE_CHECKING

import pytest

from tests.association.conftest import HOST, pynetdicom_peer
from uidmanager.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Caller

ROOT = "1.2.826.0.1.3680043.2.50"
OURS = f"{ROOT}.1.2.4.5.0.3"
NAME = "CTCONSOL_4.5.0.3"
DCMTK = ("1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367")


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.create_server((HOST, 0)) as closed:
        return f"{HOST}:{closed.getsockname()[1]}"


@pytest.fixture
def device() -> Iterator[str]:
    """The address of a device that runs our release."""
    with pynetdicom_peer(OURS, NAME) as port:
        yield f"{HOST}:{port}"


def test_a_release_of_ours_is_named(acme: Caller, device: str) -> None:
    result = acme.done("probe", device, "--echo")
    assert result.out == (
        f"{device}: release CT Console 4.5.0.3 (class UID {OURS}, version name {NAME}, C-ECHO answered)\n"
    )
    assert not result.err


@pytest.mark.parametrize(
    ("announced", "code", "said", "codes"),
    [
        pytest.param((OURS, "CT_9"), 1, "release CT Console 4.5.0.3", ["peer.name_differs"], id="a wrong version name"),
        pytest.param((OURS, None), 0, "version name none", ["peer.no_version_name"], id="no version name"),
        pytest.param((f"{ROOT}.1.2.9", "CT_9"), 1, "no release 9", ["peer.not_registered"], id="not registered"),
        pytest.param(DCMTK, 0, ": OFFIS DCMTK 3.6.7, ", ["peer.toolkit"], id="a toolkit's own"),
        pytest.param(("1.0.9.8", "X"), 0, "not ours", ["peer.foreign"], id="somebody else's"),
    ],
)
def test_what_is_said_of_other_announcements(
    acme: Caller, announced: tuple[str, str | None], code: int, said: str, codes: list[str]
) -> None:
    with pynetdicom_peer(*announced) as port:
        result = acme("probe", f"{HOST}:{port}")
    assert (result.code, result.codes) == (code, codes)
    assert said in result.out
    assert f"{HOST}:{port}: " in result.err


def test_a_withdrawn_release_is_warned_of(acme: Caller, device: str) -> None:
    acme.done("release", "add", "CT Console", "4.6")
    acme.done("release", "withdraw", "CT Console", "4.5.0.3", "--reason", "unsafe")
    result = acme.done("probe", device)
    assert "4.5.0.3, withdrawn" in result.out
    assert "the newest is 4.6" in result.out
    assert result.codes == ["peer.withdrawn"]


def test_what_others_register_while_devices_answer_counts(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Session.opened

    def open_and_register(session: Session) -> object:
        service = opened(session)
        monkeypatch.setattr(Session, "opened", opened)
        acme.done("release", "add", "CT Console", "9", "--version-name", "CT_9")
        return service

    with pynetdicom_peer(f"{ROOT}.1.2.9", "CT_9") as port:
        monkeypatch.setattr(Session, "opened", open_and_register)
        assert "release CT Console 9" in acme.done("probe", f"{HOST}:{port}").out


def test_json_has_a_row_for_each_device_in_order(acme: Caller, device: str, nobody: str) -> None:
    answer = acme("probe", nobody, device, "--echo", "--json").json
    silent, ours = answer["rows"]
    assert (silent["address"], silent["verdict"], silent["class_uid"]) == (nobody, "device.refused", None)
    assert [finding["code"] for finding in silent["findings"]] == ["device.refused"]
    assert ours == {
        "device": device,
        "address": device,
        "title": "ANY-SCP",
        "verdict": "release",
        "product": "CT Console",
        "version": "4.5.0.3",
        "state": "active",
        "newest": "4.5.0.3",
        "class_uid": OURS,
        "version_name": NAME,
        "toolkit": None,
        "echo": 1,
        "sentence": "Release CT Console 4.5.0.3.",
        "calling": "UIDMANAGER",
        "turned_down": [],
        "findings": [],
    }
    assert [problem["code"] for problem in answer["problems"]] == ["device.refused"]


def test_devices_of_a_file_and_those_remembered_are_asked_each_once(
    acme: Caller, device: str, nobody: str, tmp_path: Path
) -> None:
    acme.done("device", "add", device, "--name", "CT in room 7")
    listed = tmp_path / "fleet.txt"
    listed.write_text(f"# the hospital\n{nobody} PACS the archive\n", encoding="utf-8")
    answer = acme("probe", "--devices", str(listed), "--remembered", "ct in room 7", "--json").json
    assert [row["device"] for row in answer["rows"]] == ["CT in room 7", "the archive"]
    piped = acme("probe", "--devices", "-", "--json", stdin=f"{device}\n").json
    assert [row["verdict"] for row in piped["rows"]] == ["release"]


@pytest.mark.parametrize(("options", "calling"), [((), "SERVICE"), (("--calling", "OTHER"), "OTHER")])
def test_the_title_that_a_device_knows_us_by_is_remembered(
    acme: Caller, device: str, options: tuple[str, ...], calling: str
) -> None:
    acme.done("device", "add", device, "--calling", "SERVICE")
    (row,) = acme("probe", device, *options, "--json").json["rows"]
    assert row["calling"] == calling


def test_the_fleet_is_a_report(acme: Caller, device: str, nobody: str, tmp_path: Path) -> None:
    file = tmp_path / "fleet.csv"
    result = acme("probe", device, nobody, "--report", str(file))
    assert result.code == 1
    assert result.codes == ["report.written", "device.refused"]
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [(row["verdict"], row["version"]) for row in rows] == [("release", "4.5.0.3"), ("device.refused", "")]


@pytest.mark.parametrize("name", ["fleet.json", "fleet.txt", "fleet"])
def test_the_report_says_whose_fleet_it_is(acme: Caller, device: str, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    acme.done("probe", device, "--report", str(file))
    text = file.read_text(encoding="utf-8")
    assert "Acme Imaging" in text
    assert OURS in text
    if name.endswith("json"):
        assert json.loads(text)["kind"] == "fleet"


def test_a_report_that_is_there_is_kept_and_the_answer_is_given(acme: Caller, device: str, tmp_path: Path) -> None:
    file = tmp_path / "fleet.csv"
    file.write_text("signed", encoding="utf-8")
    result = acme("probe", device, "--report", str(file))
    assert (result.code, result.codes) == (1, ["file.exists"])
    assert OURS in result.out
    assert file.read_text(encoding="utf-8") == "signed"
    acme.done("probe", device, "--report", str(file), "--force")
    assert OURS in file.read_text(encoding="utf-8")


def test_of_a_ledger_in_trouble_what_can_be_read_is_said_and_no_file_is_made(
    acme: Caller, ledger: Path, device: str, tmp_path: Path
) -> None:
    with ledger.open("ab") as file:
        file.write(b'{"h":"x"}\n')
    report = tmp_path / "fleet.csv"
    result = acme("probe", device, "--report", str(report))
    assert result.code == 3
    assert OURS in result.out
    assert not report.exists()


def test_no_ledger(call: Caller, nobody: str) -> None:
    assert call("probe", nobody).codes == ["ledger.missing"]


@pytest.mark.parametrize(
    ("argv", "code", "codes"),
    [
        pytest.param((), 2, ["usage"], id="no device"),
        pytest.param(("--remembered",), 0, ["device.none"], id="nothing is remembered"),
        pytest.param(("ct1",), 1, ["device.unknown"], id="neither an address nor a name"),
        pytest.param(("ct1:0", "ct2"), 1, ["device.address", "device.unknown"], id="several that are none"),
        pytest.param(("ct1:1", "--called", "A\\B"), 1, ["device.title"], id="its title"),
        pytest.param(("ct1:1", "--calling", ""), 1, ["device.title"], id="our title"),
        pytest.param(("ct1:1", "--class-uid", "1.02"), 1, ["uid.leading_zero"], id="our class UID"),
        pytest.param(
            ("ct1:1", "--class-uid", "1.2.3", "--version-name", "A" * 17), 1, ["version_name.too_long"], id="our name"
        ),
        pytest.param(("ct1:1", "--version-name", "A"), 2, ["usage"], id="a name without its class UID"),
        pytest.param(("ct1:1", "--ca", "ca.pem"), 2, ["usage"], id="a certificate without TLS"),
        pytest.param(("ct1:1", "--no-host-check"), 2, ["usage"], id="a host check without TLS"),
        pytest.param(("ct1:1", "--tls", "--ca", "nowhere.pem"), 1, ["tls.unusable"], id="no such authority"),
        pytest.param(("ct1:1", "--timeout", "0"), 2, ["usage"], id="no time"),
        pytest.param(("ct1:1", "--report", " "), 2, ["usage"], id="no file"),
        pytest.param(("--devices", "nowhere.txt"), 1, ["device.list_unreadable"], id="no such list"),
        pytest.param(("--devices", "a\0b"), 1, ["device.list_unreadable"], id="a list that no system can name"),
    ],
)
def test_what_is_not_written_as_it_should_be(acme: Caller, argv: tuple[str, ...], code: int, codes: list[str]) -> None:
    result = acme("probe", *argv)
    assert (result.code, result.codes, result.out) == (code, codes, "")


def test_a_list_with_a_line_that_is_none_asks_nobody(acme: Caller, device: str) -> None:
    result = acme("probe", "--devices", "-", stdin=f"{device}\nct2\n")
    assert (result.code, result.codes, result.out) == (1, ["device.list"], "")


def test_a_list_that_has_no_end_is_not_read(acme: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.cli.probing._LONGEST_LIST", 100)
    listed = tmp_path / "fleet.txt"
    listed.write_bytes(b"#" * 101)
    assert acme("probe", "--devices", str(listed)).codes == ["device.list_unreadable"]


def test_nothing_of_a_peer_reaches_the_terminal_as_it_is(acme: Caller) -> None:
    with pynetdicom_peer(OURS, "A~B") as port:
        result = acme("probe", f"{HOST}:{port}", "--calling", "A B")
    assert result.code == 1
    assert all(line.isprintable() for line in [*result.lines, *result.err.splitlines()])
