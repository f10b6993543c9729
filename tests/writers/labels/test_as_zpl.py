"""Labels as ZPL: its grammar, the places in dots, what stands in its fields, and the codes drawn in it read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.labels.things import GTIN, ROOT, UNIT, WITH_GTIN
from tests.writers.labels.pictures import pictures_of_zpl
from tests.writers.labels.sheets import ROLLS, labels, said_by, template_called, units
from uidmanager.barcodes.making import matrix_of
from uidmanager.core.labels.layout import layout
from uidmanager.core.labels.marks import LEADING
from uidmanager.core.labels.sheets import SheetOptions
from uidmanager.writers.labels.as_zpl import Codes, check, write, write_outlines
from uidmanager.writers.labels.zpl_pen import Resolution, ZplPen

if TYPE_CHECKING:
    from uidmanager.core.labels.templates import Template

ROLL = template_called("roll-62x29")
FIELD = re.compile(
    r"(?:\^BY1,2,1)?\^FO\d{1,5},\d{1,5}"
    r"(?:\^GFA,\d+,\d+,\d+,[0-9A-F]+"
    r"|\^GB\d+,\d+,\d+"
    r"|\^A[ADF]N,\d+,\d+\^FH\\\^FD(?:[ !#-\[\]-}]|\\[0-9A-F]{2})+"
    r"|\^BXN,\d+,200,\d+,\d+,,_\^FH\\\^FD(?:[^\\^~]|\\[0-9A-F]{2})+"
    r"|\^BQN,2,\d+\^FH\\\^FDMA,(?:[^\\^~]|\\[0-9A-F]{2})+)\^FS\n"
)
LABEL = re.compile(r"\^XA\n\^CI28\n\^PW\d+\n\^LL\d+\n\^LH0,0\n((?:.*\n)*?)\^PQ\d+,0,0,N\n\^XZ\n")
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


def unescaped(field: str) -> str:
    """The field's data as a printer has it after ``^FH``."""
    parts = re.split(r"\\([0-9A-F]{2})", field)
    raw = b"".join(bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts))
    return raw.decode("utf-8")


def as_printed(data: str) -> str:
    """What a printer puts into a DataMatrix: after an underscore it takes another one, or the 1 of FNC1."""
    parts = re.split(r"_(.)", data)
    meant = {"_": "_", "1": "<FNC1>"}
    assert not any("_" in part for part in parts[::2])
    return "".join(meant[part] if place % 2 else part for place, part in enumerate(parts))


def written(
    template: Template, count: int, resolution: Resolution, codes: Codes = Codes.DRAWN
) -> tuple[bytes, list[str]]:
    pen = ZplPen(resolution)
    made = labels(template, units(count), pen)
    return write(made, SheetOptions(), pen, codes), said_by(made)


@pytest.mark.parametrize("template", ROLLS, ids=lambda template: template.name)
@pytest.mark.parametrize("resolution", Resolution)
@pytest.mark.parametrize("codes", Codes)
def test_the_grammar(template: Template, resolution: Resolution, codes: Codes) -> None:
    content, _ = written(template, 2, resolution, codes)
    found = LABEL.findall(content.decode("ascii"))
    assert len(found) == 2
    assert LABEL.sub("", content.decode("ascii")) == ""
    for fields in found:
        assert FIELD.sub("", fields) == ""
        assert len(FIELD.findall(fields)) >= 1 + len(template.codes)


@pytest.mark.parametrize("template", ROLLS, ids=lambda template: template.name)
@pytest.mark.parametrize("resolution", Resolution)
def test_every_code_that_is_drawn_is_read_back(template: Template, resolution: Resolution) -> None:
    content, said = written(template, 2, resolution)
    pictures = pictures_of_zpl(content)
    each = len(template.codes)
    assert [{found.text for found in picture.codes()} for picture in pictures] == [set(said[:each]), set(said[each:])]
    for picture in pictures:
        assert picture.width == round(template.width / 25.4 * resolution)


def test_modules_are_whole_dots_and_not_smaller_than_they_may_be() -> None:
    content, _ = written(ROLL, 2, Resolution.DPI_203, Codes.PRINTER)
    dots = [int(each) for each in re.findall(r"\^BXN,(\d+),200", content.decode())]
    assert all(dot * 25.4 / 203 >= 0.25 for dot in dots)
    assert dots[1] * 25.4 / 203 >= 0.254  # GS1


def test_a_datamatrix_of_the_printers_own_is_as_large_as_the_one_that_was_laid_out() -> None:
    pen = ZplPen(Resolution.DPI_300)
    [label] = labels(ROLL, [WITH_GTIN], pen)
    content = write([label], SheetOptions(), pen, Codes.PRINTER).decode()
    assert f"^BXN,{pen.dots(label.codes[0].module)},200,18,18,,_^FH\\^FD_101{GTIN}210372764^FS" in content
    assert label.codes[0].matrix.width == 18
    x, y = pen.dots(label.codes[1].x), pen.dots(label.codes[1].y)
    assert f"^BY1,2,1^FO{x},{y - 1}^BQN,2,{pen.dots(label.codes[1].module)}^FH\\^FDMA,{UNIT.root}^FS" in content


@settings(max_examples=100, deadline=None)
@given(st.text(SET_82, min_size=1, max_size=20), st.booleans())
def test_what_a_code_says_survives_the_printers_two_escapes(serial: str, has_gtin: bool) -> None:  # noqa: FBT001
    pen = ZplPen(Resolution.DPI_600)
    unit = structs.replace(WITH_GTIN if has_gtin else UNIT, serial=serial)
    label, problems = layout(template_called("roll-100x50"), unit, matrix_of, pen)
    assert label is not None, problems
    content = write([label], SheetOptions(), pen, Codes.PRINTER).decode("ascii")
    [data] = re.findall(r"\^BXN.*?\^FD(.*)\^FS", content)
    assert not set("^~") & set(data)
    assert as_printed(unescaped(data)) == ("<FNC1>" if has_gtin else "") + label.code


@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", codec="cp850"), min_size=1, max_size=30))
def test_no_text_can_be_taken_for_a_command(name: str) -> None:
    pen = ZplPen(Resolution.DPI_600)
    if pen.lacking(name, ROLL.texts[0].lines[0].style) or not name.strip():
        return
    label, problems = layout(template_called("roll-100x50"), structs.replace(UNIT, product=name), matrix_of, pen)
    assert label is not None, problems
    content = write([label], SheetOptions(), pen).decode("ascii")
    told = [unescaped(data) for data in re.findall(r"\^A[ADF]N.*?\^FD(.*)\^FS", content)]
    assert told == [text.text for text in label.texts]
    assert content.count("^XA") == content.count("^XZ") == 1


@pytest.mark.parametrize("template", ROLLS, ids=lambda template: template.name)
@pytest.mark.parametrize("resolution", Resolution)
def test_the_text_has_the_room_it_needs(template: Template, resolution: Resolution) -> None:
    """A printer's letters are so many dots wide and high; none leaves the place that the template has for them."""
    pen = ZplPen(resolution)
    content = write(labels(template, units(2), pen), SheetOptions(), pen).decode()
    [place] = template.texts
    advance = {"A": (9, 6), "D": (18, 12), "F": (26, 16)}
    for x, y, font, height, data in re.findall(r"\^FO(\d+),(\d+)\^A([ADF])N,(\d+),\d+\^FH\\\^FD(.*)\^FS", content):
        tall, wide = advance[font]
        times, rest = divmod(int(height), tall)
        assert rest == 0
        right, bottom = int(x) + times * wide * len(unescaped(data)), int(y) + int(height)
        assert right * pen.dot <= place.x + place.width + pen.dot
        assert bottom * pen.dot <= place.y + place.height + pen.dot
    assert LEADING > 1


def test_letters_that_the_printer_has_not_are_refused() -> None:
    label, problems = layout(ROLL, structs.replace(UNIT, product="画像"), matrix_of, ZplPen(Resolution.DPI_203))
    assert label is None
    assert [problem.code for problem in problems] == ["label.characters"]
    assert "“画” (U+753B)" in problems[0].message


@pytest.mark.parametrize(
    ("wanted", "smallest", "millimetres"),
    [(3.5, 1.0, 3.25), (2.2, 1.0, 1.13), (2.0, 2.0, 2.25), (0.1, 0.1, 1.13), (300.0, 1.0, 32.5)],
)
def test_sizes_are_the_printers_own(wanted: float, smallest: float, millimetres: float) -> None:
    assert ZplPen(Resolution.DPI_203).size_for(wanted, smallest) == pytest.approx(millimetres, abs=0.05)


def test_a_sheet_is_not_for_a_label_printer() -> None:
    assert [each.code for each in check(template_called("a4-3x8"), SheetOptions())] == ["label.not_a_roll"]


def test_copies_and_the_offset_are_the_printers_business() -> None:
    pen = ZplPen(Resolution.DPI_300)
    made = labels(ROLL, units(1), pen)
    plain = write(made, SheetOptions(), pen).decode()
    moved = write(made, SheetOptions(copies=7, right=1.0, down=2.0), pen).decode()
    assert "^PQ7,0,0,N" in moved
    before, after = (re.findall(r"\^FO(\d+),(\d+)", content) for content in (plain, moved))
    for (x, y), (right, down) in zip(before, after, strict=True):
        assert abs(int(right) - int(x) - 300 / 25.4) <= 1
        assert abs(int(down) - int(y) - 600 / 25.4) <= 1
    assert check(ROLL, SheetOptions(right=-1.0), made) == ()
    assert [each.code for each in check(ROLL, SheetOptions(right=-9.0), made)] == ["label.offset"]


def test_the_test_label() -> None:
    content = write_outlines(ROLL, SheetOptions(), ZplPen(Resolution.DPI_203)).decode()
    [fields] = LABEL.findall(content)
    assert FIELD.sub("", fields) == ""
    assert f"^GB{round(62 / 25.4 * 203)},1,1" in content
    assert ROOT not in content
