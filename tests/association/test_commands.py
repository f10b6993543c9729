from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.dicom.association.commands import ECHO_RQ, ECHO_RSP, BadCommandError, Command, Commands
from uidmanager.dicom.association.messages import echo_request, echo_response

REQUEST = echo_request(1, 7)[6:]
SET = REQUEST[6:]


def fragment(data: bytes, *, context: int = 1, kind: int = 3) -> bytes:
    return (len(data) + 2).to_bytes(4, "big") + bytes([context, kind]) + data


def element(number: int, value: bytes) -> bytes:
    return b"\0\0" + number.to_bytes(2, "little") + len(value).to_bytes(4, "little") + value


def test_the_echo_that_pynetdicom_writes_is_read() -> None:
    assert Commands().take(REQUEST) == [Command(1, ECHO_RQ, 7, -1, has_data=False)]
    assert Commands().take(echo_response(3, 9)[6:]) == [Command(3, ECHO_RSP, 9, 0, has_data=False)]


@given(st.lists(st.integers(0, len(SET)), max_size=6))
def test_a_command_may_come_in_any_pieces(cuts: list[int]) -> None:
    ends = [*sorted(cuts), len(SET)]
    begins = [0, *ends[:-1]]
    pieces = [fragment(SET[a:b], kind=1) for a, b in zip(begins, ends, strict=True)]
    pieces[-1] = fragment(SET[begins[-1] :], kind=3)
    together, apart = Commands(), Commands()
    one_by_one = [command for piece in pieces for command in apart.take(piece)]
    assert together.take(b"".join(pieces)) == one_by_one == [Command(1, ECHO_RQ, 7, -1, has_data=False)]


def test_two_commands_in_one_message_are_two() -> None:
    assert len(Commands().take(REQUEST + REQUEST)) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(fragment(b"x", kind=2), "a data set", id="a data set"),
        pytest.param(b"\0\0\0\1\1", "before it should", id="a fragment without a kind"),
        pytest.param(b"\0\0", "before it should", id="less than a length"),
        pytest.param(b"\xff\xff\xff\xff\1\3", "before it should", id="a length of four gigabytes"),
        pytest.param(fragment(SET[:-1]), "before it should", id="a command that was cut off"),
        pytest.param(fragment(b""), "(0000,0100)", id="an empty command"),
        pytest.param(fragment(element(0x0100, b"\0\0\0\0")), "(0000,0100)", id="a command of four bytes"),
        pytest.param(fragment(b"a" * 40, kind=1) + fragment(b"b", context=3), "at a time", id="two at a time"),
        pytest.param(fragment(b"a" * 16385, kind=1), "more than 16,384", id="one without an end"),
    ],
)
def test_what_is_no_command_is_told(body: bytes, words: str) -> None:
    with pytest.raises(BadCommandError) as told:
        Commands().take(body)
    assert words in str(told.value)


def test_a_command_has_a_name() -> None:
    (store,) = Commands().take(fragment(element(0x0100, b"\x01\0") + element(0x0800, b"\0\0")))
    assert (store.name, store.has_data) == ("C-STORE", True)
    (odd,) = Commands().take(fragment(element(0x0100, b"\xcd\xab")))
    assert odd.name == "a command 0xABCD"


@given(st.lists(st.binary(max_size=120), max_size=5))
def test_any_bytes_are_commands_or_none(bodies: list[bytes]) -> None:
    commands = Commands()
    with suppress(BadCommandError):
        for body in bodies:
            assert all(command.name for command in commands.take(body))
