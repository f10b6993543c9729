"""The fonts that are shipped, and which of them has a character: text of any mixture of scripts in runs of one font.

A character that none has is shown by its code point in brackets, and remembered.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.texts import visible
from uidmanager.writers.pdf.directions import in_visual_order, levels
from uidmanager.writers.pdf.faces import EM, Face

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.writers.pdf.faces import Shown


class Style(StrEnum):
    """What a text is set in."""

    SANS = "sans"
    BOLD = "bold"
    MONO = "mono"


_SANS: Final = "fonts/DejaVuSans.ttf"
_REST: Final = (_SANS, "fonts/DroidSansFallbackFull.ttf", "fonts/NanumSquareR.ttf")  # CJK; Hangul
_CHAINS: Final = {
    Style.SANS: _REST,
    Style.BOLD: ("fonts/DejaVuSans-Bold.ttf", *_REST),
    Style.MONO: ("fonts/DejaVuSansMono.ttf", *_REST),
}


_WIDEST_CHARACTER: Final = 4 * EM  # some honorific formulas in Arabic are one character
_MOST_KEPT: Final = 20_000  # lines that are remembered, so that a name that stands in each row is set once


def font_files(style: Style) -> tuple[str, ...]:
    """The resources with the fonts of a style, for whoever draws the same text by other means.

    The first font that has a character shows it.
    """
    return _CHAINS[style]


class Run(NamedTuple):
    """Text in one font. ``parts`` are operands of PDF's TJ, each with how far it stands above the line, in ems."""

    key: str
    parts: tuple[tuple[float, str], ...]
    width: float


class Line(NamedTuple):
    """A line of text as it is drawn from left to right; its width is in thousandths of its size."""

    runs: tuple[Run, ...]
    width: float

    def width_at(self, size: float) -> float:
        """How wide it is at a size, in points."""
        return self.width * size / EM


class _Stretch(NamedTuple):
    """Text of one font, one script and one direction."""

    text: str
    face: Face
    script: str
    level: int


class Typefaces:
    """The fonts of one document, loaded when a character first asks for them."""

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}
        self.missing: set[str] = set()
        self._kept: dict[tuple[Style, str], Line] = {}

    def width(self, text: str, style: Style) -> float:
        """How wide a text on one line is, in thousandths of its size."""
        if text.isascii() and text.isprintable():
            return self._face(_CHAINS[style][0]).width(text)
        return self.line(text, style).width

    def line(self, text: str, style: Style) -> Line:
        """A text on one line, as far as it is `printable`."""
        if text.isascii() and text.isprintable():
            face = self._face(_CHAINS[style][0])
            width = face.width(text)
            return Line((_plain(face, text, width),), width)
        found = self._kept.get((style, text))
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            stretches = list(self._stretches(self.printable(text, style), style))
            runs = tuple(_run(stretch) for stretch in in_visual_order(stretches))
            found = self._kept[style, text] = Line(runs, sum(run.width for run in runs))
        return found

    def printable(self, text: str, style: Style) -> str:
        """The text as it can be shown.

        What would move or hide other text is written as an escape, what no font has as its code point: ``[U+1F9EC]``.
        """
        if text.isascii() and text.isprintable():
            return text
        seen = visible(text)
        absent = {character for character in set(seen) if not self._is_shown(character, style)}
        if not absent:
            return seen
        self.missing |= absent
        parts = []
        for is_absent, characters in groupby(seen, absent.__contains__):
            points = [f"U+{ord(each):04X}" if is_absent else each for each in characters]
            parts.append(f"[{' '.join(points)}]" if is_absent else "".join(points))
        return "".join(parts)

    def lacking(self, text: str, style: Style) -> str:
        """The characters of a text that no font has, each once."""
        if text.isascii() and text.isprintable():
            return ""
        return "".join(each for each in dict.fromkeys(text) if not self._is_shown(each, style))

    def _is_shown(self, character: str, style: Style) -> bool:
        """Whether a font has it, and not so wide that no column is sure to have room for it."""
        face = self._face_with(character, style)
        return face is not None and face.advances[character] <= _WIDEST_CHARACTER

    def _stretches(self, text: str, style: Style) -> Iterator[_Stretch]:
        """The text in logical order, cut where font, script or direction changes. Marks stay with their letters."""
        found: list[tuple[str, Face, str, int]] = []
        script = ""
        for cluster, level in _clusters(text):
            script = (_script(cluster[0]) or script) if level % 2 else ""
            whole = self._face_with(cluster, style)
            parts = [(cluster, whole)] if whole else [(each, self._face_with(each, style)) for each in cluster]
            found.extend((part, face or self._face(_SANS), script, level) for part, face in parts)
        for (face, script, level), same in groupby(found, key=lambda each: each[1:]):
            yield _Stretch("".join(part for part, *_ in same), face, script, level)

    def _face_with(self, text: str, style: Style) -> Face | None:
        """The first font that has all of these characters."""
        faces = map(self._face, _CHAINS[style])
        return next((face for face in faces if all(map(face.has, text))), None)

    def _face(self, resource: str) -> Face:
        found = self.faces.get(resource)
        if found is None:
            found = self.faces[resource] = Face(f"F{len(self.faces) + 1}", resource)
        return found


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Letters with the marks and joiners that follow them, each with its level."""
    cluster, its_level = "", 0
    for character, level in zip(text, levels(text), strict=True):
        if cluster and is_mark(character):
            cluster += character
            continue
        if cluster:
            yield cluster, its_level
        cluster, its_level = character, level
    if cluster:
        yield cluster, its_level


def is_mark(character: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a vowel sign, a joiner."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"}


def _script(character: str) -> str:
    """The script of a letter, empty for what any script may have: the first word of its name says so well enough."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def _run(stretch: _Stretch) -> Run:
    """The glyphs of a stretch; those that must be joined or put in place are shaped."""
    text, face, to_the_left = stretch.text, stretch.face, stretch.level % 2 == 1
    if to_the_left or any(map(is_mark, text)):
        return _shaped(face, face.shaped(text, to_the_left=to_the_left))
    return _plain(face, text, face.width(text))


def _plain(face: Face, text: str, width: float) -> Run:
    return Run(face.key, ((0.0, f"<{text.translate(face.codes)}>"),), width)


def _shaped(face: Face, glyphs: list[Shown]) -> Run:
    """A run of glyphs, each moved as the font asks; what is moved right before a glyph is taken back after it."""
    parts = []
    for up, together in groupby(glyphs, key=lambda glyph: glyph.up):
        shown = ""
        for glyph in together:
            back = face.advance(face.used[glyph.code][0]) - glyph.advance + glyph.right
            shown += f"{_moved(-glyph.right)}<{glyph.code:04x}>{_moved(back)}"
        parts.append((up / EM, shown))
    return Run(face.key, tuple(parts), sum(glyph.advance for glyph in glyphs))


def _moved(thousandths: float) -> str:
    """TJ moves the next glyph to the left by a number, in thousandths of the size."""
    return f" {thousandths:.0f} " if round(thousandths) else ""
