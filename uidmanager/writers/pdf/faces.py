"""A font: which characters it has, how wide they are, and by which codes a page shows them.

Codes are given when a character is first shown, and the file gets no glyph beyond those. A code stands for a glyph and
the text it was shown for, not for the glyph alone: so what is copied or searched is the text, even where one glyph
stands for two letters or two letters look the same.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import uharfbuzz as hb

from uidmanager.resources import resource_bytes

EM: Final = 1000.0
"""Widths are in thousandths of the size, as PDF has them."""
_FEATURES: Final = {"kern": False, "liga": False, "dlig": False}  # widths add up, and no letter disappears in another


class Shown(NamedTuple):
    """A glyph in its place: its code, its advance, and how far it is moved from where it would stand."""

    code: int
    advance: float
    right: float
    up: float


class Face:
    """One font for one document. ``key`` is the name by which pages ask for it.

    ``used`` has the glyph and the text of each code, by the codes from 0 on.
    """

    def __init__(self, key: str, resource: str) -> None:
        self.key = key
        self.hb_face = hb.Face(hb.Blob(resource_bytes(resource)))
        self._font = hb.Font(self.hb_face)
        self._scale = EM / self.hb_face.upem
        self.used: list[tuple[int, str]] = [(0, "")]
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}
        self._glyphs: dict[str, int] = {}
        self.codes = _CodesOfCharacters(self)
        self.advances = _Advances(self)

    def has(self, character: str) -> bool:
        """Whether it has a glyph for this character."""
        return self.glyph(character) != 0

    def glyph(self, character: str) -> int:
        """The number of a character's glyph; 0 where there is none."""
        found = self._glyphs.get(character)
        if found is None:
            found = self._glyphs[character] = self._font.get_nominal_glyph(ord(character)) or 0
        return found

    def code(self, glyph: int, text: str) -> int:
        """The code for a glyph that stands for this text."""
        found = self._codes.get((glyph, text))
        if found is None:
            found = self._codes[glyph, text] = len(self.used)
            self.used.append((glyph, text))
        return found

    def advance(self, glyph: int) -> float:
        """How far a glyph moves the next one, in thousandths of the size."""
        return float(self._font.get_glyph_h_advance(glyph) * self._scale)

    def width(self, text: str) -> float:
        """How wide characters are that stand side by side as they are, in thousandths of the size."""
        return sum(map(self.advances.__getitem__, text))

    def shaped(self, text: str, *, to_the_left: bool) -> list[Shown]:
        """The glyphs of a text of one script in one direction, from left to right: letters joined, marks in place."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if to_the_left else "ltr"
        hb.shape(self._font, buffer, _FEATURES)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _ in glyphs})
        ends = dict(zip(starts, (*starts[1:], len(text)), strict=True))
        shown = []
        for info, position in glyphs:
            said = text[info.cluster : ends.pop(info.cluster, info.cluster)]  # the first of several glyphs says it all
            moved = (position.x_advance, position.x_offset, position.y_offset)
            shown.append(Shown(self.code(info.codepoint, said), *(self._scale * each for each in moved)))
        return shown


class _CodesOfCharacters(dict[int, str]):
    """For `str.translate`: a character becomes its code as PDF writes it, four digits of base 16."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: int) -> str:
        text = chr(character)
        code = self[character] = f"{self._face.code(self._face.glyph(text), text):04x}"
        return code


class _Advances(dict[str, float]):
    """The widths of characters, looked up once."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._face.advance(self._face.glyph(character))
        return advance
