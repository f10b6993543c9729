"""From what a scanner sent to what is taken: nothing is guessed, nothing raises."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uidmanager.barcodes.reading import read
from uidmanager.core.barcodes import GS, Element, Mode, Read, ScannerSettings, taken_words
from uidmanager.core.barcodes.characters import is_in_cset

GTIN = "09521101530001"
UNIT = f"01{GTIN}21372764"
USUAL = ScannerSettings()
CSET_82 = "".join(chr(code) for code in range(128) if is_in_cset(chr(code)))


def codes(found: Read) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("text", "serial", "gtin", "symbology"),
    [
        pytest.param(f"]d2{UNIT}", "372764", GTIN, "]d2", id="GS1 DataMatrix"),
        pytest.param(f"]C1{UNIT}", "372764", GTIN, "]C1", id="GS1-128"),
        pytest.param(f"]Q3{UNIT}", "372764", GTIN, "]Q3", id="GS1 QR"),
        pytest.param(f"]e0{UNIT}", "372764", GTIN, "]e0", id="GS1 DataBar"),
        pytest.param(f"]d2{UNIT}{GS}80122.4.1", "372764", GTIN, "]d2", id="with the version after a separator"),
        pytest.param(f"]d2{GS}{UNIT}{GS}", "372764", GTIN, "]d2", id="separators before and after"),
        pytest.param(f"]d221372764{GS}01{GTIN}", "372764", GTIN, "]d2", id="the serial first"),
        pytest.param(f"]d2{UNIT}{GS}21372764", "372764", GTIN, "]d2", id="the same serial twice"),
        pytest.param("]d221SN-A17", "SN-A17", None, "]d2", id="a serial alone"),
        pytest.param(f"]d2{UNIT}\r\n", "372764", GTIN, "]d2", id="CR and LF"),
        pytest.param(f"\x01]d2{UNIT}\t", "372764", GTIN, "]d2", id="SOH before, Tab after"),
        pytest.param(f"]d2{UNIT}␝10LOT", "372764", GTIN, "]d2", id="the separator as it is shown"),
        pytest.param("]d1372764", "372764", None, "]d1", id="a plain DataMatrix"),
        pytest.param("]C0372764\r", "372764", None, "]C0", id="a plain Code 128"),
        pytest.param("]d12112345", "2112345", None, "]d1", id="a plain serial that begins as AI 21"),
        pytest.param("2112345", "2112345", None, None, id="the same without an identifier"),
        pytest.param("0372764", "0372764", None, None, id="typed by hand"),
        pytest.param(GTIN, GTIN, None, None, id="digits alone are a serial, whatever they look like"),
        pytest.param(" SN-A17 ", "SN-A17", None, None, id="outer blanks are trimmed"),
        pytest.param("", "", None, None, id="nothing"),
    ],
)
def test_what_is_taken(text: str, serial: str, gtin: str | None, symbology: str | None) -> None:
    found = read(text, USUAL)
    assert (found.serial, found.gtin, found.symbology, found.problems) == (serial, gtin, symbology, ())


@pytest.mark.parametrize(
    ("text", "serial", "code"),
    [
        pytest.param(UNIT, "372764", "scan.taken_as_gs1", id="a whole GTIN and a serial"),
        pytest.param(f"21SN{GS}10L", "SN", "scan.taken_as_gs1", id="a separator inside"),
        pytest.param(f"{GS}21SN", "SN", "scan.taken_as_gs1", id="a separator before"),
        pytest.param(f"(01){GTIN}(21)372764", "372764", "scan.human_readable", id="in writing"),
        pytest.param(f"(01) {GTIN} (21) 372764 ", "372764", "scan.human_readable", id="in writing, with blanks"),
        pytest.param(f"(21)A(8012)2.4(01){GTIN}", "A", "scan.human_readable", id="in writing, in another order"),
    ],
)
def test_what_only_can_be_gs1_is_read_so_and_says_it(text: str, serial: str, code: str) -> None:
    found = read(text, USUAL)
    assert (found.serial, codes(found)) == (serial, [code])
    assert not found.is_refused


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        pytest.param("]d201095211015300022137", "gtin.check_digit", 13, id="a wrong check digit"),
        pytest.param("]d221SN-0001234580122.4.1", "scan.no_separator", 16, id="a separator that never came"),
        pytest.param(f"]d201{GTIN}2137276417271231", "scan.no_separator", 27, id="the same before a date"),
        pytest.param("]d221" + "A" * 21, "scan.serial_too_long", 25, id="21 characters of serial"),
        pytest.param("]d210" + "A" * 21 + f"{GS}21A", "scan.value_too_long", 25, id="21 characters of batch"),
        pytest.param(f"]d201{GTIN}", "scan.no_serial", None, id="no serial"),
        pytest.param(f"]d201{GTIN}10LOT2137", "scan.no_serial", None, id="the batch swallowed the serial"),
        pytest.param("]E05901234123457", "scan.no_serial", None, id="the code of a till"),
        pytest.param("]E05901234123458", "gtin.check_digit", 12, id="the same, damaged"),
        pytest.param("]d2", "scan.no_serial", None, id="nothing in it"),
        pytest.param("]d2hello", "scan.not_gs1", 3, id="no element at all"),
        pytest.param(f"]d2{UNIT}{GS}x", "scan.not_gs1", 28, id="no element at its end"),
        pytest.param(f"]d221A{GS}21B", "scan.contradiction", None, id="two serials"),
        pytest.param(f"]d201{GTIN}21A{GS}0105901234123457", "scan.contradiction", None, id="two products"),
        pytest.param("]d22112 34", "scan.character", 7, id="a blank inside"),
        pytest.param("]d221٣٧", "scan.character", 5, id="Arabic digits"),
        pytest.param("]d221A|10B", "scan.character", 6, id="a stand-in nobody told us of"),
        pytest.param("37\x0b2764", "scan.character", 2, id="a vertical tab"),
        pytest.param("A␞B", "scan.character", 1, id="a control character as it is shown"),
        pytest.param("37\n2764", "scan.several_lines", 2, id="two lines"),
        pytest.param("[)>\x1e06\x1dS1\x1e\x04", "scan.character", 3, id="an ISO 15434 envelope"),
        pytest.param(f"]d1A{GS}B", "scan.separator_in_plain", 4, id="plain by its identifier, GS1 by its separator"),
        pytest.param("]*2372764", "scan.unknown_identifier", 0, id="no identifier"),
        pytest.param(f"+d2{UNIT}", "scan.unknown_identifier", 0, id="an identifier through another layout"),
        pytest.param(f"]D2{UNIT}", "scan.unknown_identifier", 0, id="an identifier through Caps Lock"),
        pytest.param("(21)(10)B", "scan.not_gs1", 0, id="in writing, without a value"),
        pytest.param(f"(01){GTIN[:-1]}(21)3", "scan.not_gs1", 0, id="in writing, too short a GTIN"),
        pytest.param("(21)A(19)B", "scan.not_gs1", 5, id="in writing, an unknown identifier"),
        pytest.param("7" * 513, "scan.too_long", 512, id="too long"),
        pytest.param("7" * 10**6, "scan.too_long", 512, id="much too long"),
    ],
)
def test_what_is_refused_says_why_and_takes_nothing(text: str, code: str, position: int | None) -> None:
    found = read(text, USUAL)
    (refusal,) = [problem for problem in found.problems if problem.severity == "error"]
    assert (refusal.code, refusal.position, found.serial) == (code, position, "")
    assert refusal.field == ("gtin" if code.startswith("gtin") else "serial")
    assert len(refusal.message) < 400


def test_a_separator_that_comes_after_the_serial_settles_the_doubt() -> None:
    assert read(f"]d221SN-0001234580122.4.1{GS}", USUAL).serial == "SN-0001234580122.4.1"


def test_a_missing_separator_says_how_to_set_the_scanner() -> None:
    (problem,) = read("]d221SN-0001234580122.4.1", USUAL).problems
    assert "serial SN-00012345 and (8012) 2.4.1" in problem.message
    assert "Set the scanner to send GS" in problem.message


@pytest.mark.parametrize("stand_in", ["|", "~", "{GS}"])
def test_a_stand_in_is_a_separator(stand_in: str) -> None:
    settings = ScannerSettings(stand_in=stand_in)
    found = read(f"]d2{UNIT}{stand_in}8012x", settings)
    assert (found.serial, found.problems) == ("372764", ())
    assert found.scanned == f"]d2{UNIT}␝8012x"
    assert read(f"21A{stand_in}10B", settings).serial == "A"
    assert read(f"]d1A{stand_in}B", settings).serial == f"A{stand_in}B"  # a plain code has no separators


@pytest.mark.parametrize(
    ("mode", "text", "serial"),
    [
        (Mode.PLAIN, UNIT, UNIT),
        (Mode.PLAIN, "(21)A", "(21)A"),
        (Mode.PLAIN, f"]d2{UNIT}", "372764"),
        (Mode.GS1, "2112345", "12345"),
        (Mode.GS1, "]d12112345", "2112345"),
        (Mode.GS1, "(21)A", "A"),
    ],
)
def test_the_setting_speaks_only_where_the_identifier_is_silent(mode: Mode, text: str, serial: str) -> None:
    assert read(text, ScannerSettings(mode)).serial == serial


def test_a_plain_separator_is_refused_where_serials_are_plain() -> None:
    assert codes(read(f"21A{GS}10B", ScannerSettings(Mode.PLAIN))) == ["scan.separator_in_plain"]


def test_what_was_scanned_and_what_was_taken_stand_in_one_line() -> None:
    assert taken_words(read(f"]d2{UNIT}{GS}10L", USUAL)) == (f"Scanned ]d2{UNIT}␝10L → serial 372764, GTIN {GTIN}")
    assert taken_words(read("]d1372764", USUAL)) == "Scanned ]d1372764 → serial 372764"
    assert taken_words(read("]d2x", USUAL)) == "Scanned ]d2x → no serial"
    assert taken_words(read(" 372764\r\n", USUAL)) == ""


def test_the_set_of_82_characters_has_82() -> None:
    assert len(CSET_82) == 82
    assert not set(CSET_82) & set(" #$@[\\]^`{|}~")


def test_the_elements_are_told() -> None:
    assert read(f"]d2{UNIT}{GS}8012x", USUAL).elements == (
        Element("01", GTIN),
        Element("21", "372764"),
        Element("8012", "x"),
    )


HOSTILE = st.text(
    st.sampled_from([*CSET_82, GS, "|", "]", " ", "\x00", "\x1e", "٣", "３", "𝟛", "\ud800", "\u202e", "␝"])
)
HEADS = st.sampled_from(["", "]d2", "]C1", "]Q3", "]d1", "]E0", "]e0", "(01)", "(21)", GS, f"01{GTIN}21", "]d2" + UNIT])


@given(HEADS, HOSTILE | st.text(), st.sampled_from(Mode), st.sampled_from(["", "|", "{GS}", "F8"]))
@example("]d2", "8008" + "21" * 9, Mode.GS1, "")
@example("]d2", "3929" + "9" * 15, Mode.GS1, "")
@example("]d2", "7007" + "999999", Mode.GS1, "")
def test_whatever_is_sent_is_answered(head: str, rest: str, mode: Mode, stand_in: str) -> None:
    found = read(head + rest, ScannerSettings(mode, stand_in))
    assert found.scanned.isprintable() or "\u200d" in found.scanned or "\u200c" in found.scanned
    if found.is_refused:
        assert found.serial == ""
    if found.elements and found.serial:
        assert all(character in CSET_82 for character in found.serial)
        assert len(found.serial) <= 20


DIGITS = st.text("0123456789", min_size=1, max_size=90)
IDENTIFIERS = st.sampled_from(
    [
        *("00", "01", "02", "10", "11", "15", "17", "20", "21", "22", "30", "37", "240", "3103", "3912", "3932", "400"),
        *("414", "7003", "8003", "8008", "8012", "99"),
    ]
)


@given(st.lists(st.tuples(IDENTIFIERS, DIGITS), max_size=6), st.sampled_from(["", GS]))
def test_whatever_element_strings_are_sent_is_answered(elements: list[tuple[str, str]], between: str) -> None:
    found = read("]d2" + between.join(ai + value for ai, value in elements), USUAL)
    assert found.is_refused or found.serial


@given(st.text(CSET_82, min_size=1, max_size=20))
def test_a_serial_in_a_code_with_its_separator_is_taken_whole(serial: str) -> None:
    assert read(f"]d201{GTIN}21{serial}{GS}", USUAL).serial == serial


@given(st.text("0123456789", min_size=1, max_size=18))
def test_digits_alone_are_a_plain_serial(serial: str) -> None:
    assert read(serial, USUAL) == Read(serial, serial)


def test_a_plain_serial_loads_no_library() -> None:
    program = (
        "import sys\n"
        "from uidmanager.barcodes.reading import read\n"
        "from uidmanager.core.barcodes import ScannerSettings\n"
        "assert read(']d1372764', ScannerSettings()).serial == '372764'\n"
        "assert 'biip' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
