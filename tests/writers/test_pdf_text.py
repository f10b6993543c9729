"""Text of any script: in the right order, joined, with its marks, found again, in lines as wide as asked."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writers.made import STAMP, made
from tests.writers.printed import text_of
from uidmanager.core.reports import Kind
from uidmanager.writers.formats import Format, render
from uidmanager.writers.pdf.breaking import lines_of
from uidmanager.writers.pdf.directions import has_text_to_the_left, in_visual_order, levels
from uidmanager.writers.pdf.typeface import Style, Typefaces


def said(text: str) -> str:
    """What a reader makes of a text that stands in a report."""
    return text_of(render(made(Kind.SUMMARY, {"what": text}), Format.PDF, STAMP))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gerät für Ångström, œuvre, žluťoučký", id="Latin"),
        pytest.param("Рентгеновский аппарат", id="Cyrillic"),
        pytest.param("Αξονικός τομογράφος", id="Greek"),
        pytest.param("超音波診断装置 メディカル 画像", id="Japanese"),
        pytest.param("医疗影像设备控制台", id="Chinese"),
        pytest.param("의료 영상 장치 콘솔", id="Korean"),
        pytest.param("جهاز التصوير المقطعي", id="Arabic"),
        pytest.param("مكتب", id="one word of Arabic"),
        pytest.param("מערכת הדמיה", id="Hebrew"),
        pytest.param("x\u0302 a\u0323\u0301 q\u0303", id="accents that no letter has"),
        pytest.param("z\u0335\u0308", id="two marks on one letter"),
        pytest.param("fi ffl", id="no ligatures"),
    ],
)
def test_what_is_printed_is_found(text: str) -> None:
    assert text in said(text)
    assert "in none of the fonts" not in said(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CT 装置 4.5 장치 x", "CT 装置 4.5 장치 x"),
        ("קונסולה CT 64", "קונסולה"),
        ("CT جهاز", "جهاز"),
        ("CT جهاز", "CT"),
    ],
)
def test_words_of_several_scripts_are_found_in_one_line(text: str, found: str) -> None:
    assert found in said(text)


def test_arabic_letters_take_the_form_of_their_place() -> None:
    faces = Typefaces()
    joined = faces.line("ببب", Style.SANS)
    apart = faces.line("ب ب ب", Style.SANS)
    shapes = {glyph for face in faces.faces.values() for glyph, text in face.used if text == "ب"}
    assert len(shapes) == 4  # at the beginning, in the middle, at the end, alone
    assert joined.width < apart.width


def test_a_mark_stands_over_its_letter_not_behind_it() -> None:
    faces = Typefaces()
    assert faces.line("x\u0302", Style.SANS).width == faces.line("x", Style.SANS).width
    assert faces.line("a\u0301", Style.SANS).width == pytest.approx(faces.line("á", Style.SANS).width)


def test_what_no_font_has_is_shown_as_its_code_point_and_told_at_the_end() -> None:
    text = said("नम 🧬 ok \ufdfd")
    assert "[U+0928 U+092E] [U+1F9EC] ok [U+FDFD]" in text
    told = text[text.index("Some characters are in none") :].replace("\n", " ")
    assert "U+0928 DEVANAGARI LETTER NA, U+092E DEVANAGARI LETTER MA, U+FDFD ARABIC LIGATURE" in told
    assert "U+1F9EC DNA DOUBLE HELIX." in told


def test_what_would_move_or_hide_text_is_shown_as_an_escape() -> None:
    assert "a\\tb\\u202ec\\udcff" in said("a\tb\u202ec\udcff")


@settings(deadline=None)
@given(st.text(), st.sampled_from(Style))
def test_no_text_is_shown_by_the_box_that_stands_for_a_missing_glyph(text: str, style: Style) -> None:
    faces = Typefaces()
    faces.line(text, style)
    assert all(glyph != 0 for face in faces.faces.values() for glyph, _ in face.used[1:])


@settings(deadline=None)
@given(
    st.text(max_size=60) | st.text("جهازמכשיר ab1.(装", max_size=60) | st.text("0123456789.", max_size=64),
    st.sampled_from(Style),
    st.floats(40, 200),
)
def test_lines_are_as_wide_as_asked_and_have_all_of_the_text(text: str, style: Style, width: float) -> None:
    faces = Typefaces()
    lines = lines_of(faces, text, style, 8, width)
    assert all(line.width_at(8) <= width + 0.001 for line in lines)
    if text.isascii():
        shown = "".join(_ascii(faces, part) for line in lines for run in line.runs for _, part in run.parts)
        assert "".join(shown.split()) == "".join(faces.printable(text, style).split())


def _ascii(faces: Typefaces, part: str) -> str:
    (face,) = faces.faces.values()
    codes = part.strip("<>")
    return "".join(face.used[int(codes[place : place + 4], 16)][1] for place in range(0, len(codes), 4))


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("one two three", ["one two", "three"]),
        ("1.2.826.0.1.3680043", ["1.2.826.", "0.1.", "3680043"]),
        ("abcdefghijklmnop", ["abcdefgh", "ijklmnop"]),
        ("a-b/c_d,e;f:g", ["a-b/c_d,", "e;f:g"]),
        ("     ", ["     "]),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, broken: list[str]) -> None:
    faces = Typefaces()
    width = faces.width("m" * 8, Style.MONO) * 8 / 1000
    lines = lines_of(faces, text, Style.MONO, 8, width + 0.01)
    assert ["".join(_ascii(faces, part) for run in line.runs for _, part in run.parts) for line in lines] == broken


class Part(NamedTuple):
    text: str
    level: int


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([("ab", 0), ("cd", 0)], "ab cd"),
        ([("A", 1), ("B", 1)], "B A"),
        ([("a", 0), ("B", 1), ("C", 1), ("d", 0)], "a C B d"),
        ([("A", 1), ("12", 2), ("B", 1)], "B 12 A"),
        ([("A", 1), ("1", 2), ("2", 2), ("B", 1)], "B 1 2 A"),
        ([], ""),
    ],
)
def test_parts_stand_as_they_are_read(parts: list[tuple[str, int]], shown: str) -> None:
    assert " ".join(part.text for part in in_visual_order([Part(*part) for part in parts])) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CT 64", [0, 0, 0, 0, 0]),
        ("אב 64", [1, 1, 1, 2, 2]),
        ("a אב", [0, 0, 1, 1]),
        ("א\u200cב", [1, 1, 1]),
        ("\u200cא", [1, 1]),
        ("", []),
    ],
)
def test_each_character_has_its_level(text: str, expected: list[int]) -> None:
    assert levels(text) == expected
    assert has_text_to_the_left(text) is any(expected)


@settings(deadline=None)
@given(st.text() | st.text("אבج1 (a\u200c\u0301"))
def test_there_is_a_level_for_each_character_of_any_text(text: str) -> None:
    assert len(levels(Typefaces().printable(text, Style.SANS))) == len(Typefaces().printable(text, Style.SANS))
