"""Against DCMTK, which shares no code with us. Debian's package ``dcmtk`` has its programs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.association.conftest import HOST, OURS, ask_one
from uidmanager.core.toolkits import toolkit_of
from uidmanager.dicom.association.listening import LOOPBACK, Listener, Patience
from uidmanager.dicom.association.tls import TlsTerms, answering_context

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from uidmanager.core.fleet import Contact

FILES = Path(__file__).parents[1] / "data" / "tls"
AUTHORITY = str(FILES / "authority.pem")
OURSELVES = (str(FILES / "local.key"), str(FILES / "local.pem"))


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here; Debian's package dcmtk has it")
    return found


@contextmanager
def storescp(*options: str) -> Iterator[int]:
    """Debian's storescp for one association, started as an inetd would once we have called: it is never too early."""
    command = [program("storescp"), "--inetd", *options]
    with socket.create_server((HOST, 0)) as server:
        server.settimeout(20)

        def serve() -> None:
            connected, _ = server.accept()
            with connected:
                subprocess.run(command, stdin=connected.fileno(), capture_output=True, check=False, timeout=20)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join(20)


def called(*command: str, tls: ssl.SSLContext | None = None) -> tuple[subprocess.CompletedProcess[str], Contact]:
    """What a program of DCMTK that calls us says, and what we say of it. PORT stands for our port."""
    told: list[Contact] = []
    with Listener(LOOPBACK, 0, OURS, seconds=20.0, tls=tls) as listener:
        thread = threading.Thread(target=listener.serve, args=(told.append, Patience(devices=1, seconds=20)))
        thread.start()
        port = listener.address.rpartition(":")[2]
        arguments = [port if each == "PORT" else each for each in command]
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=20)
        thread.join(30)
    return done, told[0]


def test_storescp_announces_its_class_uid_and_version() -> None:
    with storescp() as port:
        contact = ask_one(port, echo=True)
    assert (contact.trouble, contact.echoes) == (None, 1)
    assert contact.announced is not None
    assert contact.announced.class_uid is not None
    assert contact.announced.version_name is not None
    toolkit = toolkit_of(contact.announced.class_uid, contact.announced.version_name)
    assert toolkit is not None
    assert toolkit.name == "OFFIS DCMTK"
    assert contact.announced.version_name == f"OFFIS_DCMTK_{toolkit.version.replace('.', '')}"


def test_storescp_over_tls() -> None:
    with storescp("+tls", *OURSELVES, "+cf", AUTHORITY) as port:
        terms = TlsTerms(authority=AUTHORITY, certificate=OURSELVES[1], key=OURSELVES[0])
        contact = ask_one(port, echo=True, tls=terms)
    assert (contact.trouble, contact.echoes) == (None, 1)


def test_storescp_that_refuses_whoever_calls() -> None:
    with storescp("--refuse") as port:
        contact = ask_one(port)
    assert contact.trouble is not None
    assert contact.trouble.code == "device.rejected"


def test_echoscu_is_answered() -> None:
    done, contact = called(program("echoscu"), "-v", "--repeat", "3", "-aet", "CT1", HOST, "PORT")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Received Echo Response (Success)") == 3
    assert (contact.trouble, contact.echoes, contact.device.title) == (None, 3, "CT1")
    assert contact.announced is not None
    assert str(contact.announced.class_uid).startswith("1.2.276.0.7230010.3.0.")


def test_echoscu_over_tls() -> None:
    context = answering_context(TlsTerms(authority=AUTHORITY, certificate=OURSELVES[1], key=OURSELVES[0]))
    done, contact = called(program("echoscu"), "-v", "+tls", *OURSELVES, "+cf", AUTHORITY, HOST, "PORT", tls=context)
    assert done.returncode == 0, done.stderr
    assert contact.echoes == 1


def test_echoscu_that_aborts_is_told() -> None:
    done, contact = called(program("echoscu"), "--abort", HOST, "PORT")
    assert done.returncode == 0, done.stderr
    assert contact.echoes == 1
    assert contact.trouble is not None
    assert contact.trouble.code == "device.aborted"


def test_echoscu_that_offers_everything_has_the_rest_turned_down() -> None:
    done, contact = called(program("echoscu"), "--propose-pc", "128", "--propose-ts", "38", HOST, "PORT")
    assert done.returncode == 0, done.stderr
    assert contact.echoes == 1
