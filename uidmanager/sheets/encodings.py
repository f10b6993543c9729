"""In which encoding a text is: by its byte order mark, its NULs, its form; else Windows-1252, which is always said."""

from __future__ import annotations

import codecs
from typing import Final

from msgspec import Struct

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (little-endian)",
    "utf-16-be": "UTF-16 (big-endian)",
    "windows-1252": "Windows-1252 (Western Europe)",
    "iso-8859-15": "ISO 8859-15 (Latin 9)",
    "windows-1250": "Windows-1250 (Central Europe)",
    "windows-1251": "Windows-1251 (Cyrillic)",
    "cp850": "Code page 850 (DOS)",
    "mac-roman": "Mac Roman",
    "shift-jis": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
}
"""Those that can be chosen, as Python calls them and as people know them."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 4096
_MOST_NULS: Final = 0.3


class Recognised(Struct, frozen=True):
    """An encoding and by what it was recognised; None where the bytes are no text."""

    encoding: str | None
    why: str
    mark: int = 0


def recognised(content: bytes) -> Recognised:
    """The encoding of a text. Its ``mark`` is how many bytes its byte order mark has."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Recognised(encoding, "by its byte order mark", len(mark))
    if b"\0" in content:
        return _with_nuls(content[:_LOOKED_AT])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return Recognised("windows-1252", "since it is not UTF-8 and has no byte order mark")
    return Recognised("utf-8", "by its form")


def mark_of(content: bytes, encoding: str) -> int:
    """How many bytes of a byte order mark stand before a text in this encoding."""
    return next((len(mark) for mark, marked in _MARKS if marked == encoding and content.startswith(mark)), 0)


def _with_nuls(start: bytes) -> Recognised:
    """UTF-16 has a NUL in every other place as long as the text is mostly Latin; anything else is no text."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    least = len(start) / 2 * _MOST_NULS
    if odd > least and even <= odd / 8:
        return Recognised("utf-16-le", "by its zero bytes")
    if even > least and odd <= even / 8:
        return Recognised("utf-16-be", "by its zero bytes")
    return Recognised(None, "it has zero bytes")
