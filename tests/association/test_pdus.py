"""Any bytes in; nothing that was cut off comes out as an answer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pynetdicom.pdu import A_ASSOCIATE_AC, A_ASSOCIATE_RQ

from uidmanager.dicom.association.identity import Identity, identity_of
from uidmanager.dicom.association.messages import (
    APPLICATION,
    TRANSFERS,
    VERIFICATION,
    association_acceptance,
    association_request,
)
from uidmanager.dicom.association.pdus import Context, read_negotiation

OURS = identity_of("0.2.0")
UIDS = st.from_regex(r"[12]\.[0-9](\.[1-9][0-9]{0,8}){1,5}", fullmatch=True)
NAMES = st.none() | st.from_regex(r"[!-\[\]-~]{1,16}", fullmatch=True)
TITLES = st.from_regex(r"[!-\[\]-~]{1,16}", fullmatch=True)
ACCEPTANCE = association_acceptance(OURS, b" " * 32, [Context(1), Context(3, result=3)])[6:]
REQUEST = association_request(OURS, "CALLER", "CALLED")[6:]


@given(UIDS, NAMES, TITLES, TITLES)
def test_a_request_is_read_as_pynetdicom_reads_it(class_uid: str, name: str | None, calling: str, called: str) -> None:
    encoded = association_request(Identity(class_uid, name), calling, called)
    theirs = A_ASSOCIATE_RQ()
    theirs.decode(encoded)
    ours = read_negotiation(encoded[6:])
    assert ours is not None
    assert ours.is_whole
    user = theirs.user_information
    assert user is not None
    assert ours.announced.class_uid == class_uid == user.implementation_class_uid
    assert ours.announced.version_name == name == user.implementation_version_name
    assert (ours.announced.calling, ours.announced.called) == (calling, called)
    assert ours.contexts == (Context(1, VERIFICATION, TRANSFERS[:2]),)
    assert (ours.application, ours.protocol) == (APPLICATION, 1)


@given(UIDS, NAMES, st.lists(st.integers(0, 4), min_size=1, max_size=128))
def test_an_acceptance_is_read_as_pynetdicom_reads_it(class_uid: str, name: str | None, results: list[int]) -> None:
    contexts = [Context(2 * index + 1, result=result) for index, result in enumerate(results)]
    encoded = association_acceptance(Identity(class_uid, name), b"CALLED".ljust(16) + b"CALLING".ljust(16), contexts)
    theirs = A_ASSOCIATE_AC()
    theirs.decode(encoded)
    ours = read_negotiation(encoded[6:])
    assert ours is not None
    assert ours.is_whole
    assert ours.announced.class_uid == class_uid
    assert ours.announced.version_name == name
    assert [(each.number, each.result) for each in ours.contexts] == [(each.number, each.result) for each in contexts]
    theirs_read = [(item.presentation_context_id, item.result_reason) for item in theirs.presentation_context]
    assert theirs_read == [(each.number, each.result) for each in contexts]


@given(st.binary(max_size=400))
@example(ACCEPTANCE)
@example(REQUEST)
def test_any_bytes_are_read_or_are_none(body: bytes) -> None:
    negotiation = read_negotiation(body)
    assert (negotiation is None) == (len(body) < 68)


@given(st.sampled_from([ACCEPTANCE, REQUEST]), st.data())
def test_a_few_changed_bytes_end_nothing(body: bytes, data: st.DataObject) -> None:
    changed = bytearray(body)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert read_negotiation(bytes(changed)) is not None


@pytest.mark.parametrize("body", [ACCEPTANCE, REQUEST], ids=["acceptance", "request"])
def test_a_class_uid_that_was_cut_off_is_never_told(body: bytes) -> None:
    for length in range(len(body)):
        negotiation = read_negotiation(body[:length])
        if negotiation is None:
            continue
        assert negotiation.announced.class_uid in {None, OURS.class_uid}
        assert negotiation.announced.version_name in {None, OURS.version_name}
        assert not (negotiation.is_whole and negotiation.announced.class_uid), length


def user_information(*items: tuple[int, bytes]) -> bytes:
    inner = b"".join(bytes([kind, 0]) + len(data).to_bytes(2, "big") + data for kind, data in items)
    return b"\0\1" + b"\0" * 66 + b"\x50\0" + len(inner).to_bytes(2, "big") + inner


@pytest.mark.parametrize(
    ("items", "class_uid", "is_whole"),
    [
        pytest.param([(0x52, b"1.2.3")], "1.2.3", True, id="one class UID"),
        pytest.param([(0x52, b"1.2.3\0")], "1.2.3\0", True, id="one with padding"),
        pytest.param([(0x52, b"1.2.3"), (0x52, b"1.2.3")], "1.2.3", True, id="the same twice"),
        pytest.param([(0x52, b"1.2.3"), (0x52, b"1.2.4")], "1.2.3", False, id="two that differ"),
        pytest.param([(0x52, b"1.2.3"), (0x55, b"A"), (0x55, b"B")], "1.2.3", False, id="two version names"),
        pytest.param([(0x52, "１.2".encode())], "\\xef\\xbc\\x91.2", True, id="digits of another script"),
        pytest.param([(0x52, b"")], "", True, id="an empty one"),
        pytest.param([(0x99, b"1.2.3")], None, True, id="none"),
    ],
)
def test_what_is_said_of_oneself(items: list[tuple[int, bytes]], class_uid: str | None, is_whole: bool) -> None:  # noqa: FBT001 (a table's column)
    negotiation = read_negotiation(user_information(*items))
    assert negotiation is not None
    assert (negotiation.announced.class_uid, negotiation.is_whole) == (class_uid, is_whole)
