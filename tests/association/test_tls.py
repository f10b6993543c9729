from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.association.conftest import HOST, OURS, ask_one, code_of, pynetdicom_peer
from uidmanager.core.devices import Device
from uidmanager.dicom.association.asking import Terms, ask_all
from uidmanager.dicom.association.listening import LOOPBACK, Listener, Patience
from uidmanager.dicom.association.tls import TlsTerms, TlsUnusableError, answering_context, calling_context

if TYPE_CHECKING:
    import socket
    import threading
    from collections.abc import Callable

    from uidmanager.core.fleet import Contact

FILES = Path(__file__).parents[1] / "data" / "tls"
AUTHORITY = str(FILES / "authority.pem")
CLASS_UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"


def certificate(name: str) -> dict[str, Any]:
    return {"certificate": str(FILES / f"{name}.pem"), "key": str(FILES / f"{name}.key")}


def serving(name: str, *, asks: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FILES / f"{name}.pem", FILES / f"{name}.key")
    if asks:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(AUTHORITY)
    return context


def asked(peer: str, *, asks: bool = False, **terms: Any) -> Contact:
    """What came of asking a peer with this certificate."""
    with pynetdicom_peer(CLASS_UID, "CT_1", tls=serving(peer, asks=asks)) as port:
        return ask_one(port, echo=True, tls=TlsTerms(**terms))


@pytest.mark.parametrize(
    ("peer", "terms"),
    [
        pytest.param("local", {"authority": AUTHORITY}, id="its certificate is believed"),
        pytest.param("elsewhere", {"authority": AUTHORITY, "name": "ct1.example"}, id="by the name that was given"),
        pytest.param("elsewhere", {"authority": AUTHORITY, "is_name_checked": False}, id="by any name"),
        pytest.param("stranger", {"authority": str(FILES / "stranger.pem")}, id="this very certificate is believed"),
    ],
)
def test_a_device_is_believed(peer: str, terms: dict[str, Any]) -> None:
    contact = asked(peer, **terms)
    assert (contact.trouble, contact.echoes) == (None, 1)
    assert contact.announced is not None
    assert contact.announced.class_uid == CLASS_UID


@pytest.mark.parametrize(
    ("peer", "terms", "words"),
    [
        pytest.param("local", {}, "certificate is not accepted", id="by an authority that nobody knows"),
        pytest.param("stranger", {"authority": AUTHORITY}, "self-signed", id="signed by nobody"),
        pytest.param("elsewhere", {"authority": AUTHORITY}, "not valid for", id="for another host"),
        pytest.param("local", {"authority": AUTHORITY, "name": "ct1.example"}, "mismatch", id="for another name"),
        pytest.param("stranger", {"authority": AUTHORITY, "is_name_checked": False}, "self-signed", id="any name"),
    ],
)
def test_a_device_is_not_believed(peer: str, terms: dict[str, Any], words: str) -> None:
    contact = asked(peer, **terms)
    assert code_of(contact) == "device.tls"
    assert contact.announced is None
    assert contact.trouble is not None
    assert words in contact.trouble.message


def test_a_device_may_ask_for_our_certificate() -> None:
    assert asked("local", asks=True, authority=AUTHORITY, **certificate("local")).trouble is None
    assert code_of(asked("local", asks=True, authority=AUTHORITY)) in {"device.tls", "device.closed"}


def test_a_device_that_speaks_no_tls() -> None:
    with pynetdicom_peer(CLASS_UID, None) as port:
        contact = ask_one(port, tls=TlsTerms(authority=AUTHORITY), seconds=5.0)
    assert code_of(contact) in {"device.tls", "device.closed"}


def test_a_device_that_wants_tls_and_does_not_get_it(scripted: Callable[..., int]) -> None:
    def shake_hands(connected: socket.socket, _over: threading.Event) -> None:
        with serving("local").wrap_socket(connected, server_side=True):
            raise AssertionError

    contact = ask_one(scripted(shake_hands))
    assert code_of(contact) in {"device.not_dicom", "device.closed"}


def test_a_name_that_no_certificate_can_be_for() -> None:
    with pynetdicom_peer(CLASS_UID, None) as port:
        assert code_of(ask_one(port, tls=TlsTerms(authority=AUTHORITY, name=".x"))) == "device.tls"


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param({"authority": "nowhere.pem"}, id="no such authority"),
        pytest.param({"authority": str(FILES / "local.key")}, id="an authority without a certificate"),
        pytest.param({"certificate": str(FILES / "local.pem")}, id="a certificate without its key"),
        pytest.param({**certificate("local"), "key": str(FILES / "stranger.key")}, id="the key of another"),
        pytest.param({"certificate": "nowhere.pem"}, id="no such certificate"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_before_anybody_is_asked(terms: dict[str, Any]) -> None:
    for make in (calling_context, answering_context):
        with pytest.raises(TlsUnusableError, match="PEM"):
            make(TlsTerms(**terms))
    with pytest.raises(TlsUnusableError):
        ask_all([Device(HOST, 1)], Terms(OURS, tls=TlsTerms(**terms)))


@pytest.mark.parametrize(
    ("client", "is_let_in"),
    [
        pytest.param({"authority": AUTHORITY, **certificate("elsewhere")}, True, id="one of the authority"),
        pytest.param({"authority": AUTHORITY, **certificate("stranger")}, False, id="a stranger"),
        pytest.param({"authority": AUTHORITY}, False, id="one without a certificate"),
        pytest.param(None, False, id="one that speaks no TLS"),
    ],
)
def test_who_is_let_in_where_we_listen(client: dict[str, Any] | None, is_let_in: bool) -> None:  # noqa: FBT001 (a table's column)
    """One side of this program asks the other."""
    import threading  # noqa: PLC0415 (for this test only)

    context = answering_context(TlsTerms(authority=AUTHORITY, **certificate("local")))
    told: list[Contact] = []
    with Listener(LOOPBACK, 0, OURS, seconds=20.0, tls=context) as listener:
        port = int(listener.address.rpartition(":")[2])
        over = threading.Event()

        def take(contact: Contact) -> None:
            told.append(contact)
            over.set()

        def watch(_message: str, _fraction: float) -> None:
            if over.is_set():
                raise InterruptedError

        def serve() -> None:
            with pytest.raises(InterruptedError):
                listener.serve(take, Patience(), watch)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            contact = ask_one(port, echo=True, tls=None if client is None else TlsTerms(**client), seconds=5.0)
            assert over.wait(20)
        finally:
            over.set()
            thread.join(20)
    assert (told[0].announced is not None) is is_let_in
    assert (contact.announced is not None) is is_let_in
    if not is_let_in:
        assert code_of(told[0]) == "device.tls"
