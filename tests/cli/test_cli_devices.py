from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from uidmanager.settings.devices import StationDevices

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


def test_a_device_is_remembered_listed_and_forgotten(call: Caller) -> None:
    assert call.done("device", "add", "ct1:104", "--name", "CT in room 7", "--called", "CT1").lines == ["CT in room 7"]
    assert call.done("device", "add", "[2001:db8::7]:104", "--calling", "ME").lines == ["[2001:db8::7]:104"]
    rows = call("device", "list", "--json").json["rows"]
    assert rows == [
        {"device": "CT in room 7", "address": "ct1:104", "title": "CT1", "calling": None},
        {"device": "[2001:db8::7]:104", "address": "[2001:db8::7]:104", "title": "ANY-SCP", "calling": "ME"},
    ]
    assert call.done("device", "remove", "ct IN room 7").lines == ["CT in room 7"]
    assert [row["address"] for row in call("device", "list", "--json").json["rows"]] == ["[2001:db8::7]:104"]


def test_no_ledger_is_needed_and_none_is_made(call: Caller, ledger: Path) -> None:
    assert call.done("device", "list").lines == ["device  address  title  calling"]
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        pytest.param(("add", "ct1"), "device.address", id="no port"),
        pytest.param(("add", "ct1:104", "--called", "A\\B"), "device.title", id="no title"),
        pytest.param(("add", "ct1:104", "--calling", " "), "device.title", id="no title of ours"),
        pytest.param(("add", "ct1:104", "--name", "a\tb"), "text.character", id="a name that cannot be shown"),
        pytest.param(("add", "other:104", "--name", "ct 1"), "device.name_taken", id="a name that is taken"),
        pytest.param(("remove", "ct2"), "device.unknown", id="one that is not remembered"),
    ],
)
def test_what_is_refused(call: Caller, argv: tuple[str, ...], code: str) -> None:
    call.done("device", "add", "ct1:104", "--name", "CT 1")
    result = call("device", *argv)
    assert (result.code, result.codes, result.out) == (1, [code], "")
    assert call("device", *argv, "--json").json["device"] is None
    assert len(StationDevices().all()) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b'[{"host":1}]', b"[" * 100_000])
def test_a_list_that_cannot_be_read_is_told_and_left(call: Caller, home: Path, content: bytes) -> None:
    file = home / "config" / "devices.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert call("device", "list").codes == ["preferences.unusable"]
    assert call("device", "add", "ct1:104").code == 1
    assert file.read_bytes() == content


def test_a_list_that_cannot_be_kept_is_told(call: Caller, home: Path) -> None:
    (home / "config").parent.mkdir(parents=True, exist_ok=True)
    (home / "config").write_bytes(b"a file where the folder should be")
    assert call("device", "add", "ct1:104").codes == ["preferences.unusable"]
