"""Walks over the elements of a data set (PS3.5 §7) and picks a few values, without making anything of the others.

It goes as far as the last tag wanted. Where elements are not encoded as they should be it gives up, for
`uidmanager.dicom.library` to look more patiently.
"""

from __future__ import annotations

from struct import Struct as Layout
from struct import error as TooShortError  # noqa: N812 (named as what it says here)
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_UNDEFINED: Final = 0xFFFFFFFF
_ITEM: Final = 0xFFFEE000
_ENDS: Final = frozenset((0xFFFEE00D, 0xFFFEE0DD))
_DELIMITERS: Final = frozenset((_ITEM, *_ENDS))
_NO_HEAD: Final = 0
_SHORT_HEAD: Final = 8
_LONG_HEAD: Final = 12
_LONGEST_VALUE: Final = 1024
_DEEPEST: Final = 64
_LONG_VRS: Final = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())
_SHORT_VRS: Final = frozenset(b"AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split())
VRS: Final = _LONG_VRS | _SHORT_VRS
"""All value representations of PS3.5 §6.2."""


class OddDataSetError(Exception):
    """Something this walker does not understand; it may be readable all the same."""


class EndsEarlyError(Exception):
    """The file ends within an element. ``values`` are those picked before."""

    def __init__(self, values: dict[int, bytes]) -> None:
        super().__init__("The file ends within its header.")
        self.values = values


class Source(Protocol):
    """Bytes that are looked at from some place on; places only grow."""

    @property
    def size(self) -> int:
        """How many there are in all."""
        ...

    def window(self, place: int) -> bytes:
        """The bytes from a place on: some thousands of them, or all that are left."""
        ...


class Syntax(Struct, frozen=True):
    """How elements are encoded: the order of bytes, and whether the value representation stands in each."""

    is_little: bool
    is_explicit: bool


_Head = tuple[int, int, int]  # tag, bytes of the head, bytes of the value


def pick(
    source: Source, place: int, syntax: Syntax, wanted: Collection[int], last: int
) -> tuple[dict[int, bytes], int]:
    """The values of the ``wanted`` tags up to the ``last`` one, and the place of the first element behind it.

    Of a value the first 1024 bytes are taken. Raises `OddDataSetError` or `EndsEarlyError`.
    """
    head_at = _HEADS[syntax]
    values: dict[int, bytes] = {}
    depth = 0  # how many sequences and items of undefined length are open
    window, start = b"", place
    while True:
        at = place - start
        if len(window) - at < _LONG_HEAD:
            window, start, at = source.window(place), place, 0
            if not window:
                return _ended(source, place, depth, values)
        try:
            tag, size, length = head_at(window, at)
        except TooShortError as early:
            raise EndsEarlyError(values) from early
        if tag in _DELIMITERS:
            depth, length = _delimited(tag, depth, length)
        elif depth == 0:
            if tag > last:
                return values, place
            if tag in wanted:
                _check_first(tag, values)
                values[tag] = _value(source, window, at + size, place + size, length, values)
        if length == _UNDEFINED:
            depth, length = _deeper(depth, size), 0
        place += size + length


def is_explicit_at(window: bytes) -> bool:
    """Whether the element with which this begins names its value representation."""
    return window[4:6] in VRS


def _ended(source: Source, place: int, depth: int, values: dict[int, bytes]) -> tuple[dict[int, bytes], int]:
    """No more bytes: the end, unless something was still open or the last value should have been longer."""
    if depth or place > source.size:
        raise EndsEarlyError(values)
    return values, place


def _delimited(tag: int, depth: int, length: int) -> tuple[int, int]:
    """The depth behind an item's head or an end, and what is to be skipped. Raises `OddDataSetError`."""
    if depth == 0:
        raise OddDataSetError("an item outside of a sequence")
    return (depth, length) if tag == _ITEM else (depth - 1, 0)


def _deeper(depth: int, size: int) -> int:
    """The depth within an element of undefined length. Raises `OddDataSetError`."""
    if size == _NO_HEAD:
        raise OddDataSetError("no value representation")
    if depth == _DEEPEST:
        raise OddDataSetError("sequences within sequences")
    return depth + 1


def _check_first(tag: int, values: dict[int, bytes]) -> None:
    """An element stands once (PS3.5 §7.1). Raises `OddDataSetError`."""
    if tag in values:
        raise OddDataSetError("an element stands twice")


def _value(source: Source, window: bytes, at: int, place: int, length: int, values: dict[int, bytes]) -> bytes:
    """The beginning of a value. Raises `OddDataSetError`, or `EndsEarlyError` with the values before it."""
    if length == _UNDEFINED:
        raise OddDataSetError("text of undefined length")
    wanted = min(length, _LONGEST_VALUE)
    taken = window[at : at + wanted] if at + wanted <= len(window) else source.window(place)[:wanted]
    if len(taken) < wanted:
        raise EndsEarlyError(values)
    return taken


def _explicit(order: str) -> Callable[[bytes, int], _Head]:
    """How the head of an element with its value representation is read in one order of bytes."""
    unpack, unpack_length = Layout(f"{order}HH2sH").unpack_from, Layout(f"{order}L").unpack_from

    def head_at(window: bytes, at: int) -> _Head:
        group, element, vr, length = unpack(window, at)
        tag = group << 16 | element
        if vr in _SHORT_VRS:
            return tag, _SHORT_HEAD, length
        if vr in _LONG_VRS:
            (length,) = unpack_length(window, at + _SHORT_HEAD)
            if length == _UNDEFINED and vr == b"UN":
                raise OddDataSetError("a sequence in another syntax")  # PS3.5 §6.2.2 note 5
            return tag, _LONG_HEAD, length
        if tag in _DELIMITERS:
            (length,) = unpack_length(window, at + 4)
            return tag, _SHORT_HEAD, length
        return tag, _NO_HEAD, _UNDEFINED  # it may be the first element in another syntax

    return head_at


def _implicit(order: str) -> Callable[[bytes, int], _Head]:
    """The same without value representations."""
    unpack = Layout(f"{order}HHL").unpack_from

    def head_at(window: bytes, at: int) -> _Head:
        group, element, length = unpack(window, at)
        return group << 16 | element, _SHORT_HEAD, length

    return head_at


IMPLICIT: Final = Syntax(is_little=True, is_explicit=False)
EXPLICIT: Final = Syntax(is_little=True, is_explicit=True)
BIG_ENDIAN: Final = Syntax(is_little=False, is_explicit=True)
_HEADS: Final = {IMPLICIT: _implicit("<"), EXPLICIT: _explicit("<"), BIG_ENDIAN: _explicit(">")}
