from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from pynetdicom import AE

from uidmanager.dicom.association.listening import Listener
from uidmanager.dicom.association.messages import VERIFICATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Caller

HOST = "127.0.0.1"
ROOT = "1.2.826.0.1.3680043.2.50"
OURS = f"{ROOT}.1.2.4.5.0.3"
NAME = "CTCONSOL_4.5.0.3"


def call_in(port: int, class_uid: str = OURS, *, title: str = "CT1", name: str = NAME) -> None:
    """A device calls, sends a C-ECHO and releases."""
    device = AE(title)
    device.implementation_class_uid = class_uid
    device.implementation_version_name = name
    device.add_requested_context(VERIFICATION)
    line = device.associate(HOST, port)
    assert line.is_established
    assert line.send_c_echo().Status == 0
    line.release()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[int], None]], None]]:
    """Has something done, with the port, once the next listener listens."""
    threads: list[threading.Thread] = []
    serve = Listener.serve

    def arrange(work: Callable[[int], None]) -> None:
        def begin(self: Listener, *args: object, **named: object) -> object:
            port = int(self.address.rpartition(":")[2])
            threads.append(threading.Thread(target=work, args=(port,)))
            threads[-1].start()
            return serve(self, *args, **named)  # type: ignore[arg-type] # passed on as they came

        monkeypatch.setattr(Listener, "serve", begin)

    yield arrange
    for thread in threads:
        thread.join(20)


def test_who_calls_is_told_of(acme: Caller, meanwhile: Callable[..., None]) -> None:
    meanwhile(call_in)
    result = acme.done("listen", "0", "--count", "1")
    (line,) = result.lines
    assert line.startswith(f"{HOST}:")
    assert line.endswith(f" (CT1): release CT Console 4.5.0.3 (class UID {OURS}, version name {NAME}, C-ECHO answered)")
    assert result.codes == ["listen.waiting"]


def test_json_is_an_object_for_each_and_one_at_each_end(acme: Caller, meanwhile: Callable[..., None]) -> None:
    def two(port: int) -> None:
        call_in(port)
        call_in(port, "1.0.9.8", title="MR1", name="MR_1")

    meanwhile(two)
    result = acme("listen", "0", "--count", "2", "--json")
    first, *rows, last = [json.loads(line) for line in result.lines]
    assert not result.err
    assert first["listening"].startswith(f"{HOST}:")
    assert [(row["ok"], row["verdict"], row["calling"], row["echo"]) for row in rows] == [
        (True, "release", "CT1", 1),
        (True, "foreign", "MR1", 1),
    ]
    assert (last["ok"], last["devices"], last["turned_away"]) == (True, 2, 0)


def test_what_is_wrong_with_one_of_them_is_the_exit_code(acme: Caller, meanwhile: Callable[..., None]) -> None:
    meanwhile(lambda port: call_in(port, f"{ROOT}.1.2.9"))
    result = acme("listen", "0", "--count", "1")
    assert (result.code, result.codes) == (1, ["listen.waiting", "peer.not_registered", "peer.name_differs"])


def test_nobody_calls_in_time(acme: Caller) -> None:
    result = acme("listen", "0", "--seconds", "1")
    assert (result.code, result.codes, result.out) == (1, ["listen.waiting", "listen.too_few"], "")


def test_ctrl_c_is_a_good_end(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Listener, "serve", stop)
    assert acme("listen", "0", "--count", "5", "--seconds", "3600").code == 0


def test_those_for_whom_there_was_no_room_are_counted(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def turn_away(listener: Listener, *_args: object) -> int:
        listener.turned_away = 3
        return 0

    monkeypatch.setattr(Listener, "serve", turn_away)
    result = acme("listen", "0")
    assert (result.code, result.codes) == (0, ["listen.waiting", "listen.full"])


def test_a_port_that_is_taken(acme: Caller) -> None:
    with socket.create_server((HOST, 0)) as taken:
        result = acme("listen", str(taken.getsockname()[1]))
    assert (result.code, result.codes) == (1, ["listen.port"])


@pytest.mark.parametrize(
    ("argv", "code", "codes"),
    [
        pytest.param(("65536",), 2, ["usage"], id="no port"),
        pytest.param(("0", "--count", "0"), 2, ["usage"], id="nobody at all"),
        pytest.param(("0", "--class-uid", "x"), 1, ["uid.character", "uid.single_component"], id="our class UID"),
        pytest.param(("0", "--tls"), 2, ["usage"], id="TLS without a certificate"),
        pytest.param(("0", "--cert", "x.pem"), 2, ["usage"], id="a certificate without TLS"),
        pytest.param(("0", "--tls", "--cert", "nowhere.pem"), 1, ["tls.unusable"], id="no such certificate"),
    ],
)
def test_what_is_not_written_as_it_should_be(acme: Caller, argv: tuple[str, ...], code: int, codes: list[str]) -> None:
    result = acme("listen", *argv)
    assert (result.code, result.out) == (code, "")
    assert set(codes) <= set(result.codes)


def test_no_ledger(call: Caller) -> None:
    assert call("listen", "0").codes == ["ledger.missing"]


class Process:
    """``listen --json`` in a process of its own, which has begun to listen."""

    def __init__(self, ledger: Path, home: Path, *options: str) -> None:
        folders = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        script = (
            "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
            "sys.argv[0] = 'uidmanager'; from uidmanager.__main__ import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, "--ledger", str(ledger), "listen", "0", "--json", *options],
            env={**os.environ, **folders},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.lines = self.process.stdout
        self.port = int(json.loads(self.lines.readline())["listening"].rpartition(":")[2])


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent to a process as POSIX does it")
def test_a_process_that_listens_says_so_at_once_and_ends_with_ctrl_c(
    acme: Caller, ledger: Path, tmp_path: Path
) -> None:
    here = Process(ledger, tmp_path / "alone")
    call_in(here.port)
    row = json.loads(here.lines.readline())
    here.process.send_signal(signal.SIGINT)
    out, err = here.process.communicate(timeout=60)
    assert row["class_uid"] == OURS
    assert json.loads(out)["devices"] == 1
    assert (here.process.returncode, err) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="pipes that nobody reads are told otherwise elsewhere")
def test_a_process_that_nobody_reads_ends_when_somebody_calls(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    here = Process(ledger, tmp_path / "alone")
    here.lines.close()
    call_in(here.port)
    assert here.process.wait(timeout=60) == 74
    assert here.process.stderr is not None
    with here.process.stderr as said:
        assert said.read() == ""
