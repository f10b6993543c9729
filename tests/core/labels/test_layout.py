"""What fits on a label and what does not, at the boundary, with the numbers in the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.core.labels.things import UNIT, WITH_GTIN, EvenPen, line, template, ten_by_ten
from uidmanager.core.labels.contents import CodeWish
from uidmanager.core.labels.layout import layout
from uidmanager.core.labels.marks import LEADING, Label
from uidmanager.core.labels.templates import CodePlace, Symbol, Template, What

if TYPE_CHECKING:
    from uidmanager.core.labels.units import Unit

PEN = EvenPen()


def laid(made: Template, unit: Unit = UNIT, pen: EvenPen = PEN, wish: CodeWish = CodeWish.AUTO) -> Label:
    label, problems = layout(made, unit, ten_by_ten, pen, wish)
    assert problems == ()
    assert label is not None
    return label


def refusals(made: Template, unit: Unit = UNIT, pen: EvenPen = PEN) -> list[tuple[str, str]]:
    label, problems = layout(made, unit, ten_by_ten, pen)
    assert label is None
    return [(problem.code, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("room", "smallest", "dot", "module"),
    [
        (12.0, 0.25, 0.01, 1.0),  # ten modules and a quiet one on each side
        (3.0, 0.25, 0.01, 0.25),
        (2.99, 0.25, 0.01, None),
        (3.0, 0.25, 0.125, 0.25),
        (4.4, 0.25, 0.125, 0.25),  # 0.367 would fit, but dots are whole
        (4.5, 0.25, 0.125, 0.375),
        (3.0, 0.254, 0.125, None),  # three dots are needed
        (4.5, 0.254, 0.125, 0.375),
    ],
)
def test_a_code_is_as_large_as_whole_dots_allow_and_never_smaller_than_it_may_be(
    room: float, smallest: float, dot: float, module: float | None
) -> None:
    made = template(code=room, smallest=smallest)
    if module is None:
        [(code, _)] = refusals(made, pen=EvenPen(dot))
        assert code == "label.code_too_large"
        return
    [mark] = laid(made, pen=EvenPen(dot)).codes
    assert mark.module == pytest.approx(module)
    quiet = (room - mark.width) / 2
    assert quiet >= mark.module - 1e-9
    assert (mark.x, mark.y) == pytest.approx((1 + quiet, 1 + quiet))


def test_the_sentence_has_both_numbers_and_what_to_do() -> None:
    [(_, sentence)] = refusals(template(code=2.9))
    assert "needs 3.0 × 3.0 mm (12 × 12 modules of 0.25 mm, with its quiet zone)" in sentence
    assert "has 2.9 × 2.9 mm for it. Take a larger label." in sentence
    [(_, sentence)] = refusals(template(code=3.0, smallest=0.254), pen=EvenPen(0.125))
    assert "needs 4.5 × 4.5 mm (12 × 12 modules of 0.254 mm, which are 0.375 mm on this printer," in sentence
    assert sentence.endswith("Take a larger label, or a printer with finer dots.")


def test_gs1_lets_no_module_be_smaller_than_it_says() -> None:
    assert laid(template(code=3.0), WITH_GTIN, wish=CodeWish.PLAIN).codes[0].module == pytest.approx(0.25)
    [(code, sentence)] = refusals(template(code=3.0), WITH_GTIN)
    assert code == "label.code_too_large"
    assert "GS1 DataMatrix" in sentence
    assert "print the plain code" in sentence


def test_a_qr_code_keeps_four_modules_around_it() -> None:
    made = structs.replace(template(), codes=(CodePlace(Symbol.QR, 1.0, 1.0, 18.0, 18.0),))
    [mark] = laid(made).codes
    assert (mark.module, mark.x, mark.y) == pytest.approx((1.0, 5.0, 5.0))


def test_the_datamatrix_comes_first_and_is_what_is_written_down() -> None:
    places = (CodePlace(Symbol.QR, 1.0, 1.0, 18.0, 18.0), CodePlace(Symbol.DATAMATRIX, 20.0, 1.0, 12.0, 12.0))
    label = laid(structs.replace(template(), codes=places), WITH_GTIN)
    assert [code.content.symbol for code in label.codes] == [Symbol.DATAMATRIX, Symbol.QR]
    assert label.code == "0104012345678901210372764"
    assert laid(structs.replace(template(), codes=places[:1])).code == UNIT.root


# -- text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height", "codes"),
    [
        (7.0, 2 * LEADING, []),  # seven letters of a millimetre
        (6.99, 2 * LEADING, ["label.text_too_wide"]),
        (7.0, 2 * LEADING - 0.01, ["label.text_too_high"]),
        (6.99, 2 * LEADING - 0.01, ["label.text_too_wide"]),
    ],
)
def test_a_serial_fits_to_the_hundredth_of_a_millimetre(width: float, height: float, codes: list[str]) -> None:
    made = template(line(What.SERIAL, 2.0), text=(width, height))
    if codes:
        assert [code for code, _ in refusals(made)] == codes
    else:
        assert [text.text for text in laid(made).texts] == ["0372764"]


def test_what_is_needed_is_never_said_to_be_less_than_it_is() -> None:
    [(_, sentence)] = refusals(template(line(What.SERIAL, 2.01), text=(7.0, 9.0)))
    assert "needs 7.1 mm in width" in sentence
    assert "has 7.0 mm" in sentence


def test_text_is_made_smaller_only_as_far_as_the_template_lets_it() -> None:
    made = template(line(What.SERIAL, 4.0, 2.0), text=(7.0, 9.0))
    assert laid(made).texts[0].size == pytest.approx(2.0)
    assert laid(template(line(What.SERIAL, 4.0, 2.0), text=(14.0, 9.0))).texts[0].size == pytest.approx(4.0)
    assert [code for code, _ in refusals(template(line(What.SERIAL, 4.0, 2.1), text=(7.0, 9.0)))] == [
        "label.text_too_wide"
    ]


def test_a_uid_is_broken_only_behind_dots_and_nothing_is_lost() -> None:
    made = template(line(What.ROOT, 2.0, lines=3), text=(16.0, 20.0))
    lines = [text.text for text in laid(made).texts]
    assert lines == ["1.2.826.0.1.", "3680043.2.50.2.", "372764"]
    assert "".join(lines) == UNIT.root
    [(code, sentence)] = refusals(template(line(What.ROOT, 2.0, lines=2), text=(16.0, 20.0)))
    assert code == "label.text_too_wide"
    narrowest = float(re.findall(r"needs ([0-9.]+) mm in width, on 2 lines", sentence)[0])
    assert laid(template(line(What.ROOT, 2.0, lines=2), text=(narrowest, 20.0))).texts


def test_a_uid_is_rather_smaller_than_broken() -> None:
    made = template(line(What.ROOT, 4.0, 2.0, lines=3), text=(34.0, 20.0))
    assert [text.text for text in laid(made).texts] == [UNIT.root]


def test_what_a_gs1_code_says_stands_first_the_device_before_the_unit() -> None:
    made = template(line(What.CODE, 2.0, lines=2), line(What.SERIAL, 2.0), text=(20.0, 20.0))
    assert [text.text for text in laid(made, WITH_GTIN).texts] == ["(01)04012345678901", "(21)0372764", "0372764"]
    assert [text.text for text in laid(made, UNIT).texts] == ["0372764"]  # the code says no more than the line below


def test_a_line_without_anything_to_say_takes_no_room() -> None:
    made = template(line(What.PRODUCT, 2.0), line(What.SERIAL, 2.0))
    [text] = laid(made, structs.replace(UNIT, product="")).texts
    assert text.y == pytest.approx(1.0)


def test_ideographs_may_be_broken_between_each_two_and_words_at_blanks() -> None:
    made = template(line(What.PRODUCT, 2.0, lines=2), text=(6.0, 20.0))
    assert [t.text for t in laid(made, structs.replace(UNIT, product="画像診断装置コンソール")).texts] == [
        "画像診断装置",
        "コンソール",
    ]
    assert [t.text for t in laid(made, structs.replace(UNIT, product="CT big one")).texts] == ["CT big", "one"]


def test_letters_that_the_printer_lacks_are_named() -> None:
    [(code, sentence)] = refusals(template(line(What.PRODUCT, 2.0)), pen=EvenPen(lacks="C"))
    assert code == "label.characters"
    assert "the even letters do not have: “C” (U+0043)" in sentence


def test_all_that_is_wrong_is_said_at_once() -> None:
    made = template(line(What.SERIAL, 2.0), line(What.PRODUCT, 2.0), code=2.0, text=(5.0, 20.0))
    codes = [code for code, _ in refusals(made, WITH_GTIN)]
    assert codes == ["label.code_too_large", "label.text_too_wide", "label.text_too_wide"]


@given(
    serial=st.text("0123456789ABCXYZ-_/()", min_size=1, max_size=20),
    component=st.integers(0, 10**30),
    width=st.floats(3, 45),
    height=st.floats(2, 29),
)
def test_what_is_laid_out_lies_inside_its_place_and_says_all_there_is(
    serial: str, component: int, width: float, height: float
) -> None:
    unit = structs.replace(WITH_GTIN, serial=serial, root=f"1.2.3.2.{component}")
    lines = (line(What.CODE, 3, 1, 2), line(What.SERIAL, 4, 1), line(What.ROOT, 3, 1, 4), line(What.DATE, 2, 1))
    label, problems = layout(template(*lines, text=(width, height)), unit, ten_by_ten, PEN)
    assert (label is None) is bool(problems)
    if label is None:
        return
    for text in label.texts:
        assert text.x + PEN.width(text.text, text.style, text.size) <= 15 + width + 1e-5
        assert text.y + LEADING * text.size <= 1 + height + 1e-5
        assert text.points >= 1 / (25.4 / 72) - 1e-5
    told = "".join(text.text for text in label.texts)
    assert told == f"(01){unit.gtin}(21){serial}{serial}{unit.root}{unit.date}"


def test_words_of_the_template_itself_stand_on_each_label() -> None:
    made = template(structs.replace(line(What.TEXT, 2.0), caption="Made in Erlangen"))
    assert [text.text for text in laid(made).texts] == ["Made in Erlangen"]


def test_a_label_without_codes_has_nothing_to_say_of_one() -> None:
    made = structs.replace(template(line(What.CODE, 2.0), line(What.SERIAL, 2.0)), codes=())
    assert [text.text for text in laid(made).texts] == ["0372764"]
