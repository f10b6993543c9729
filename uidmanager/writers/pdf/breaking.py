"""Text in lines of a width: broken at blanks, else after a sign or between ideographs, else anywhere between letters.

Nothing is left out and no hyphen is put in, so that what is copied from the page is the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from uidmanager.writers.pdf.faces import EM
from uidmanager.writers.pdf.typeface import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.writers.pdf.typeface import Line, Style, Typefaces

_WIDE: Final = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_SIGNS: Final = r".,;:/\\_=&?|-"
_PIECE: Final = re.compile(rf"[{_WIDE}]\s*|[^\s{_WIDE}{_SIGNS}]*[{_SIGNS}]+\s*|[^\s{_WIDE}{_SIGNS}]+\s*|\s+")
"""What stays together if it can: a word with the blank behind it, digits with their dot, one ideograph."""


def lines_of(faces: Typefaces, text: str, style: Style, size: float, width: float) -> list[Line]:
    """The lines of a text that are no wider than ``width`` points; one empty line for no text."""
    whole = faces.line(text, style)
    if whole.width_at(size) <= width:
        return [whole]
    shown = faces.printable(text, style)
    return [faces.line(part.rstrip(), style) for part in _broken(faces, shown, style, size, width)]


def _broken(faces: Typefaces, text: str, style: Style, size: float, width: float) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        if _fits(faces, line + piece, style, size, width):
            line += piece
            continue
        if line:
            yield line
        *parts, line = _forced(faces, piece, style, size, width)
        yield from parts
    yield line


def _forced(faces: Typefaces, piece: str, style: Style, size: float, width: float) -> Iterator[str]:
    """A piece that may be wider than a line, in parts that are not; marks stay with their letter if there is room."""
    part = ""
    for letter in _letters(piece):
        for each in (letter,) if _fits(faces, letter, style, size, width) else letter:
            if part and not _fits(faces, part + each, style, size, width):
                yield part
                part = ""
            part += each
    yield part


def _letters(text: str) -> Iterator[str]:
    letter = ""
    for character in text:
        if letter and not is_mark(character):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


def _fits(faces: Typefaces, text: str, style: Style, size: float, width: float) -> bool:
    return faces.width(text.rstrip(), style) * size / EM <= width
