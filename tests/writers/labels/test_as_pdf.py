"""Labels as PDF: every code on every page is read back, and everything lies where it should."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.labels.things import UNIT, WITH_GTIN
from tests.writers.labels.pictures import boxes_of, pictures_of_pdf
from tests.writers.labels.sheets import TEMPLATES, labels, said_by, template_called, units
from tests.writers.made import STAMP
from tests.writers.printed import printed, reader, text_of
from uidmanager.app.ports import no_progress
from uidmanager.barcodes.making import matrix_of, reads_as
from uidmanager.core.errors import CancelledError
from uidmanager.core.labels.contents import CodeWish, content_of
from uidmanager.core.labels.layout import layout
from uidmanager.core.labels.sheets import SheetOptions
from uidmanager.core.labels.templates import Symbol
from uidmanager.writers.labels.as_pdf import PdfPen, write, write_outlines

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.core.labels.templates import Template

A4 = template_called("a4-3x8")
POINT = 25.4 / 72


def sheet(template: Template, count: int, options: SheetOptions | None = None) -> tuple[bytes, list[str]]:
    """A document of so many labels, and what its codes are to say."""
    made = labels(template, units(count), PdfPen())
    return write(template, made, options or SheetOptions(), STAMP), said_by(made)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_code_of_a_page_is_read_back(template: Template) -> None:
    content, said = sheet(template, template.cells)
    [picture] = pictures_of_pdf(content, 300)
    assert {found.text for found in picture.codes()} == set(said)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
@pytest.mark.parametrize("dpi", [300, 600])
def test_each_label_says_its_own_and_nothing_of_its_neighbours(template: Template, dpi: int) -> None:
    count = min(template.cells, 24)
    content, said = sheet(template, count)
    pictures = pictures_of_pdf(content, dpi)
    per_label = len(template.codes)
    dot = 25.4 / dpi
    for number in range(count):
        x, y = template.corner(number)
        edges = (round(each / dot) for each in (x, y, x + template.width, y + template.height))
        part = pictures[0].part(*edges)
        assert {found.text for found in part.codes()} == set(said[per_label * number : per_label * (number + 1)])


def test_the_aim_identifier_tells_gs1_from_a_plain_code() -> None:
    made = labels(template_called("roll-50x25"), units(2), PdfPen())
    pictures = pictures_of_pdf(write(template_called("roll-50x25"), made, SheetOptions(), STAMP), 300)
    assert [found.aim for picture in pictures for found in picture.codes()] == ["]d1", "]d2"]


def test_modules_are_whole_dots_of_a_printer_and_no_gap_is_between_them() -> None:
    content, _ = sheet(A4, 2)
    [boxes] = boxes_of(content)
    dot = 25.4 / 300
    for box in boxes:
        modules = box.height / dot
        assert modules == pytest.approx(round(modules), abs=1e-3)
        assert box.height >= 0.254 - 1e-6


def test_the_page_is_as_large_as_the_paper_and_printed_so() -> None:
    content, _ = sheet(A4, 1)
    document = reader(content)
    assert [float(each) * POINT for each in document.pages[0].mediabox[2:]] == pytest.approx([210.0, 297.0], abs=0.01)
    catalog: Any = document.trailer["/Root"]
    assert catalog["/ViewerPreferences"]["/PrintScaling"] == "/None"
    roll, _ = sheet(template_called("roll-62x29"), 3)
    pages = reader(roll).pages
    assert len(pages) == 3
    assert [float(each) * POINT for each in pages[2].mediabox[2:]] == pytest.approx([62.0, 29.0], abs=0.01)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_text_leaves_its_label_or_meets_another_text_or_a_code(template: Template) -> None:
    content, _ = sheet(template, template.cells)
    texts = list(printed(content))
    tall = template.page[1]
    cells = [template.corner(number) for number in range(template.cells)]
    codes = boxes_of(content)[0]
    for text in texts:
        left, right = text.left * POINT, text.right * POINT
        top, bottom = tall - text.top * POINT, tall - text.bottom * POINT
        inside = [
            x - 0.01 <= left and right <= x + template.width + 0.01 and y <= top and bottom <= y + template.height
            for x, y in cells
        ]
        assert sum(inside) == 1
        assert not any(
            min(right, box.x + box.width) > max(left, box.x) and min(bottom, box.y + box.height) > max(top, box.y)
            for box in codes
        )
    assert not any(one.meets(other) for place, one in enumerate(texts) for other in texts[place + 1 :])


def test_the_text_is_there_for_whoever_searches_in_any_script() -> None:
    roll = template_called("roll-100x50")
    names = ("画像診断装置", "جهاز التصوير", "Gerät “Ä”")
    made = labels(roll, [structs.replace(WITH_GTIN, product=name) for name in names], PdfPen())
    text = text_of(write(roll, made, SheetOptions(), STAMP))
    assert all(name in text for name in names)
    assert text.count("(01)04012345678901(21)0372764") == 3
    assert text.count("17-3f9a12bc") == 3


def test_a_name_that_no_font_has_is_refused_rather_than_spelt_in_code_points() -> None:
    label, problems = layout(A4, structs.replace(UNIT, product="เครื่อง"), matrix_of, PdfPen())
    assert label is None
    assert [problem.code for problem in problems] == ["label.characters"]


def test_the_same_labels_make_the_same_bytes_and_copies_are_the_same_label() -> None:
    assert sheet(A4, 3) == sheet(A4, 3)
    content, said = sheet(A4, 3, SheetOptions(start=20, copies=2))
    first, second = pictures_of_pdf(content, 300)
    assert {found.text for found in first.codes()} == set(said)
    assert {found.text for found in second.codes()} == set(said[-2:])


def test_the_offset_moves_everything_by_so_much() -> None:
    plain, moved = sheet(A4, 1)[0], sheet(A4, 1, SheetOptions(right=1.5, down=-0.5))[0]
    for before, after in zip(boxes_of(plain)[0], boxes_of(moved)[0], strict=True):
        assert (after.x - before.x, after.y - before.y) == pytest.approx((1.5, -0.5), abs=1e-3)
    at = [(text.left * POINT, text.bottom * POINT) for text in printed(plain)]
    then = [(text.left * POINT, text.bottom * POINT) for text in printed(moved)]
    assert [x for x, _ in then] == pytest.approx([x + 1.5 for x, _ in at], abs=0.01)
    assert [y for _, y in then] == pytest.approx([y + 0.5 for _, y in at], abs=0.01)


def test_the_work_can_be_stopped() -> None:
    made = labels(template_called("roll-50x25"), units(3), PdfPen())
    seen: list[float] = []

    def stop(_message: str, fraction: float) -> None:
        seen.append(fraction)
        if fraction:
            raise CancelledError

    with pytest.raises(CancelledError):
        write(template_called("roll-50x25"), made, SheetOptions(), STAMP, stop)
    assert seen == [0.0, pytest.approx(1 / 3)]
    no_progress("", 0.0)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_the_test_page_shows_the_edges_of_every_label(template: Template) -> None:
    content = write_outlines(template, SheetOptions(), STAMP)
    [boxes] = boxes_of(content)
    for number in range(template.cells):
        x, y = template.corner(number)
        edge = (x, y, template.width, 0.1)
        assert any(tuple(box) == pytest.approx(edge, abs=0.001) for box in boxes)
    words = [str(number + 1) for number in range(template.cells)]
    assert set(words) <= set(text_of(content).split())


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20
    ),
    st.booleans(),
)
def test_any_serial_that_a_code_may_say_is_read_back_from_it(serial: str, is_gs1: bool) -> None:  # noqa: FBT001
    wish = CodeWish.GS1 if is_gs1 else CodeWish.PLAIN
    content, problems = content_of(structs.replace(WITH_GTIN, serial=serial), Symbol.DATAMATRIX, wish)
    assert content is not None, problems
    assert reads_as(content, matrix_of(content))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**37 - 1))
def test_any_root_is_read_back_from_its_qr_code(component: int) -> None:
    unit = structs.replace(UNIT, root=f"1.2.826.0.1.3680043.2.50.{component}"[:62].rstrip("."))
    content, _ = content_of(unit, Symbol.QR, CodeWish.AUTO)
    assert content is not None
    assert reads_as(content, matrix_of(content))


def test_a_code_that_says_something_else_is_noticed() -> None:
    one, other = (content_of(structs.replace(UNIT, serial=s), Symbol.DATAMATRIX, CodeWish.PLAIN)[0] for s in "12")
    assert one is not None
    assert other is not None
    assert not reads_as(one, matrix_of(other))


# -- read by programs that share nothing with ours ---------------------------------------------------------------------


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


def lines_of(*command: str) -> set[str]:
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    return set(done.stdout.decode("utf-8").splitlines())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A sheet of 24 labels as poppler draws it at 300 dots to the inch, and what its 48 codes are to say."""
    draw = tool("pdftoppm")
    folder = tmp_path_factory.mktemp("page")
    content, said = sheet(A4, 24)
    (folder / "labels.pdf").write_bytes(content)
    command = [draw, "-r", "300", "-gray", "-png", "-singlefile", str(folder / "labels.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, timeout=120)
    return folder / "page.png", said


def test_zbar_reads_24_of_24_qr_codes(page: tuple[Path, list[str]]) -> None:
    picture, said = page
    read = lines_of(tool("zbarimg"), "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture))
    assert read == set(said[1::2])
    assert len(read) == 24


def test_libdmtx_reads_24_of_24_datamatrix_codes(page: tuple[Path, list[str]]) -> None:
    picture, said = page
    read = lines_of(tool("dmtxread"), "-n", "-N24", str(picture))
    assert read == set(said[::2])
    assert len(read) == 24
