"""Reading the commands of DIMSE in P-DATA-TF (PS3.8 §9.3.5, PS3.7 §6.3 and Annex E): only as much as C-ECHO needs."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

ECHO_RQ: Final = 0x0030
ECHO_RSP: Final = 0x8030
SUCCESS: Final = 0x0000
_FIELD: Final = 0x0100
_NO_DATA: Final = 0x0101
_LONGEST: Final = 16384
_IS_COMMAND: Final = 1
_IS_LAST: Final = 2
_PDV_HEAD: Final = 6
_ELEMENT_HEAD: Final = 8
_NAMES: Final = {
    0x0001: "C-STORE",
    0x0010: "C-GET",
    0x0020: "C-FIND",
    0x0021: "C-MOVE",
    ECHO_RQ: "C-ECHO",
    0x0100: "N-EVENT-REPORT",
    0x0110: "N-GET",
    0x0120: "N-SET",
    0x0130: "N-ACTION",
    0x0140: "N-CREATE",
    0x0150: "N-DELETE",
    0x0FFF: "C-CANCEL",
}


class BadCommandError(Exception):
    """What came is no command, or more than one; the text says what it is."""


class Command(Struct, frozen=True):
    """A command: what it asks or answers (0000,0100), its message (0000,0110), its status (0000,0900).

    ``context`` is the number of the presentation context it came in.
    """

    context: int
    field: int
    message: int
    status: int
    has_data: bool

    @property
    def name(self) -> str:
        """What the standard calls it."""
        return _NAMES.get(self.field, f"a command 0x{self.field:04X}")


class Commands:
    """Puts the fragments of one command after the other together. Data sets are not taken."""

    def __init__(self) -> None:
        self._context = 0
        self._so_far = bytearray()

    def take(self, body: bytes) -> list[Command]:
        """The commands that are complete with this P-DATA-TF. Raises `BadCommandError`."""
        complete: list[Command] = []
        at = 0
        while at < len(body):
            length = int.from_bytes(body[at : at + 4], "big")
            end = at + 4 + length
            if length < 2 or end > len(body):  # noqa: PLR2004 (number of the context, kind of fragment)
                raise BadCommandError("a fragment that ends before it should")
            complete += self._fragment(body[at + 4], body[at + 5], body[at + _PDV_HEAD : end])
            at = end
        return complete

    def _fragment(self, context: int, kind: int, data: bytes) -> list[Command]:
        if not kind & _IS_COMMAND:
            raise BadCommandError("a data set")
        if self._so_far and context != self._context:
            raise BadCommandError("two commands at a time")
        self._context = context
        self._so_far += data
        if len(self._so_far) > _LONGEST:
            raise BadCommandError(f"a command of more than {_LONGEST:,} bytes")
        if not kind & _IS_LAST:
            return []
        whole, self._so_far = bytes(self._so_far), bytearray()
        return [_command(context, whole)]


def _command(context: int, data: bytes) -> Command:
    """Of a command set (implicit VR, little endian) the numbers that matter here."""
    numbers: dict[int, int] = {}
    at = 0
    while at < len(data):
        begin = at + _ELEMENT_HEAD
        end = begin + int.from_bytes(data[at + 4 : begin], "little")
        if end > len(data):
            raise BadCommandError("a command that ends before it should")
        if data[at : at + 2] == b"\0\0" and end - begin == 2:  # noqa: PLR2004 (a VR of US has two bytes)
            numbers[int.from_bytes(data[at + 2 : at + 4], "little")] = int.from_bytes(data[begin:end], "little")
        at = end
    if _FIELD not in numbers:
        raise BadCommandError("a command without (0000,0100), which says what it is")
    return Command(
        context,
        numbers[_FIELD],
        numbers.get(0x0110, numbers.get(0x0120, 0)),
        numbers.get(0x0900, -1),
        numbers.get(0x0800, _NO_DATA) != _NO_DATA,
    )
