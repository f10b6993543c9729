"""What a code says, and when there can be none."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.core.labels.things import GTIN, UNIT, WITH_GTIN
from uidmanager.core.barcodes.characters import first_foreign
from uidmanager.core.labels.contents import CodeWish, content_of
from uidmanager.core.labels.templates import Symbol

DM = Symbol.DATAMATRIX
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


def test_a_qr_code_says_the_root_whatever_the_datamatrix_is_to_say() -> None:
    for wish in CodeWish:
        content, problems = content_of(WITH_GTIN, Symbol.QR, wish)
        assert content is not None
        assert (content.text, content.shown, content.is_gs1, problems) == (UNIT.root, UNIT.root, False, ())


@pytest.mark.parametrize(
    ("unit", "wish", "text", "shown"),
    [
        (UNIT, CodeWish.AUTO, "0372764", "0372764"),
        (UNIT, CodeWish.PLAIN, "0372764", "0372764"),
        (WITH_GTIN, CodeWish.PLAIN, "0372764", "0372764"),
        (WITH_GTIN, CodeWish.AUTO, f"01{GTIN}210372764", f"(01){GTIN}(21)0372764"),
        (WITH_GTIN, CodeWish.GS1, f"01{GTIN}210372764", f"(01){GTIN}(21)0372764"),
    ],
)
def test_the_datamatrix_says_the_serial_and_with_a_gtin_it_is_gs1s(
    unit: object, wish: CodeWish, text: str, shown: str
) -> None:
    assert isinstance(unit, type(UNIT))
    content, problems = content_of(unit, DM, wish)
    assert content is not None
    assert (content.text, content.shown, problems) == (text, shown, ())
    assert content.is_gs1 is shown.startswith("(")


@pytest.mark.parametrize(
    ("serial", "gtin", "wish", "codes"),
    [
        ("A" * 20, GTIN, CodeWish.AUTO, []),
        ("A" * 21, GTIN, CodeWish.AUTO, ["label.serial_too_long"]),
        ("A" * 21, GTIN, CodeWish.PLAIN, []),
        ("A" * 21, None, CodeWish.AUTO, []),
        ("A#1", GTIN, CodeWish.GS1, ["label.serial_characters"]),
        ("A#1", GTIN, CodeWish.PLAIN, []),
        ("#" * 21, GTIN, CodeWish.GS1, ["label.serial_too_long", "label.serial_characters"]),
        ("Gerät", None, CodeWish.PLAIN, ["label.serial_characters"]),
        ("1", None, CodeWish.GS1, ["label.no_gtin"]),
        ("1", "04012345678902", CodeWish.GS1, ["label.gtin"]),
        ("1", "4012345678901", CodeWish.GS1, ["label.gtin"]),
    ],
)
def test_what_gs1_has_no_words_for_is_refused_with_the_remedy(
    serial: str, gtin: str | None, wish: CodeWish, codes: list[str]
) -> None:
    content, problems = content_of(structs.replace(UNIT, serial=serial, gtin=gtin), DM, wish)
    assert [problem.code for problem in problems] == codes
    assert (content is None) is bool(codes)
    if any(problem.code == "label.serial_too_long" for problem in problems):
        assert "21 characters" in problems[0].message
        assert "plain code" in problems[0].message


def test_the_set_has_eighty_two_characters() -> None:
    assert len(SET_82) == 82
    assert first_foreign(SET_82) is None
    assert sum(first_foreign(chr(each)) is None for each in range(0x110000)) == 82
