from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.errors import Severity, refusals
from uidmanager.core.records import Scheme
from uidmanager.core.scheme import (
    LONGEST_INSTALLATION_ROOT,
    SERIAL_LENGTH,
    Meaning,
    Part,
    class_uid,
    class_uid_parts,
    installation_root,
    installation_root_parts,
    read_serial,
    read_version,
    show_text,
    without_zeros,
)
from uidmanager.core.uid import MAX_LENGTH, is_uid

ROOT: Final = "1.2.826.0.1.3680043.2.50"
DIGITS: Final = st.text("0123456789", min_size=1, max_size=SERIAL_LENGTH)

# serial as scanned: its component, and the place of a notice
SERIALS: Final = {
    "a plain one": ("372764", "372764", None),
    "the published example": ("0372764", "372764", 0),
    "several zeros": ("000372764", "372764", 0),
    "zero": ("0", "0", None),
    "only zeros": ("000", "0", 0),
    "zeros inside": ("100200", "100200", None),
    "outer blanks": ("  372764 ", "372764", None),
    "a scanner's line end": ("372764\r\n", "372764", None),
    "a tab and a no-break space": ("\t372764\u00a0", "372764", None),
    "the longest": ("9" * 64, "9" * 64, None),
}

# serial as scanned: code, position, part of the sentence
REFUSED_SERIALS: Final = {
    "nothing": ("", "serial.empty", 0, "Scan or type"),
    "only blanks": (" \r\n", "serial.empty", 0, "Scan or type"),
    "65 digits": ("9" * 65, "serial.too_long", 64, "65 characters; a serial has at most 64"),
    "a letter in front": ("A123", "serial.not_numeric", 0, "The letters are not dropped"),
    "a letter behind": ("123A", "serial.not_numeric", 3, "“A” at position 3 of “123A”"),
    "a hyphen": ("12-34", "serial.not_numeric", 2, "Give the unit a numeric serial"),
    "two serials in one field": ("12 34", "serial.not_numeric", 2, "There is a blank at position 2 of “12 34”"),
    "two lines": ("12\n34", "serial.not_numeric", 2, "There is U+000A at position 2 of “12\\u{a}34”"),
    "fullwidth digits": ("\uff13\uff17", "serial.not_numeric", 0, "a digit of another script"),
    "Arabic digits behind ours": ("12\u0663", "serial.not_numeric", 2, "a digit of another script"),
    "a scanner's group separator": ("12\x1d34", "serial.not_numeric", 2, "U+001D at position 2"),
    "a plus sign": ("+12", "serial.not_numeric", 0, "Check what was scanned"),
    "a separator at the end, which has a meaning": ("1234\x1d", "serial.not_numeric", 4, "U+001D"),
}

# version as written, numeric form apart: numeric, then (code, field, position) of each notice
VERSIONS: Final = {
    "the published example": ("4.5.0.3", None, "4.5.0.3", []),
    "one number": ("7", None, "7", []),
    "zero": ("0", None, "0", []),
    "outer blanks": (" 4.5\r\n", None, "4.5", []),
    "a leading v": ("v4.5", None, "4.5", [("version.v_dropped", "version", 0)]),
    "a leading V": ("V4.5", None, "4.5", [("version.v_dropped", "version", 0)]),
    "a leading zero": ("2024.01", None, "2024.1", [("version.leading_zeros", "version", 5)]),
    "a v and a zero": (
        "v2024.01",
        None,
        "2024.1",
        [("version.v_dropped", "version", 0), ("version.leading_zeros", "version", 6)],
    ),
    "only zeros at the end": ("1.00", None, "1.0", [("version.leading_zeros", "version", 2)]),
    "a zero in front": ("01.2", None, "1.2", [("version.leading_zeros", "version", 0)]),
    "letters with a numeric form": ("2.0.0-rc.1", "2.0.0.901", "2.0.0.901", []),
    "a numeric form with blanks": ("2.0.0-rc.1", " 2.0.0 ", "2.0.0", []),
    "a numeric form with a zero": ("2.0-a", "2.01", "2.1", [("version.leading_zeros", "numeric", 2)]),
    "a numeric form beside a good version": ("v2.0", "3", "3", []),
    "more digits than any machine integer": ("1." + "9" * 39, None, "1." + "9" * 39, []),
}

# version as written, numeric form apart: code, field, position, part of the sentence
REFUSED_VERSIONS: Final = {
    "nothing": ("", None, "version.empty", "version", 0, "Give the version"),
    "only blanks": (" \t", None, "version.empty", "version", 0, "Give the version"),
    "blank, though a numeric form is there": (" ", "1", "version.empty", "version", 0, "Give the version"),
    "letters": ("2.0.0-rc.1", None, "version.not_numeric", "version", 5, "“-” at position 5 has no number"),
    "letters behind a v": ("v2.0b", None, "version.not_numeric", "version", 4, "“b” at position 4"),
    "only a v": ("v", None, "version.not_numeric", "version", 0, "“v” at position 0"),
    "a v before no digit": ("v.1", None, "version.not_numeric", "version", 0, "“v” at position 0"),
    "a v before a digit of another script": ("v\u0663", None, "version.not_numeric", "version", 0, "“v” at position 0"),
    "a blank inside": ("4. 5", None, "version.not_numeric", "version", 2, "a blank at position 2"),
    "fullwidth digits": ("\uff14.5", None, "version.not_numeric", "version", 0, "(U+FF14)"),
    "two dots": ("4..5", None, "version.empty_component", "version", 2, "beside the dot at position 2"),
    "a dot behind": ("4.5.", None, "version.empty_component", "version", 3, "beside the dot at position 3"),
    "a dot in front": (".5", None, "version.empty_component", "version", 0, "beside the dot at position 0"),
    "two dots behind a v": ("v4..5", None, "version.empty_component", "version", 3, "beside the dot at position 3"),
    "an empty numeric form": ("2.0-a", "", "version.not_numeric", "numeric", 0, "The numeric form is empty"),
    "a numeric form with letters": ("2.0-a", "2.0a", "version.not_numeric", "numeric", 3, "“a” at position 3"),
    "a numeric form with a v": ("2.0-a", "v2", "version.not_numeric", "numeric", 0, "“v” at position 0"),
    "a numeric form with two dots": ("2.0-a", "2..0", "version.empty_component", "numeric", 2, "position 2"),
}


@pytest.mark.parametrize(("text", "component", "notice_at"), SERIALS.values(), ids=SERIALS)
def test_a_serial_becomes_its_digits_without_leading_zeros(text: str, component: str, notice_at: int | None) -> None:
    reading = read_serial(text)
    assert reading.numeric == component
    assert reading.text == text.strip()
    if notice_at is None:
        assert reading.problems == ()
    else:
        [notice] = reading.problems
        assert (notice.code, notice.field, notice.position) == ("serial.leading_zeros", "serial", notice_at)
        assert notice.severity is Severity.NOTICE
        assert f"{reading.text} → {component}" in notice.message


def test_one_zero_and_several_zeros_are_told_in_good_grammar() -> None:
    assert read_serial("07").problems[0].message == "Leading zero dropped: 07 → 7."
    assert read_serial("007").problems[0].message == "Leading zeros dropped: 007 → 7."


@pytest.mark.parametrize(("text", "code", "position", "part"), REFUSED_SERIALS.values(), ids=REFUSED_SERIALS)
def test_a_serial_without_a_number_is_refused(text: str, code: str, position: int, part: str) -> None:
    reading = read_serial(text)
    assert reading.numeric is None
    [problem] = reading.problems
    assert (problem.code, problem.field, problem.position) == (code, "serial", position)
    assert problem.severity is Severity.ERROR
    assert part in problem.message


@pytest.mark.parametrize(("text", "numeric", "expected", "notices"), VERSIONS.values(), ids=VERSIONS)
def test_a_version_becomes_numbers(
    text: str, numeric: str | None, expected: str, notices: list[tuple[str, str, int]]
) -> None:
    reading = read_version(text, numeric)
    assert reading.numeric == expected
    assert reading.text == text.strip()
    assert [(notice.code, notice.field, notice.position) for notice in reading.problems] == notices
    assert not refusals(reading.problems)


def test_the_notices_of_a_version_say_what_became_of_it() -> None:
    assert [notice.message for notice in read_version("v2024.01").problems] == [
        "The leading “v” is not part of the UID: v2024.01 → 2024.01.",
        "Leading zeros dropped: 2024.01 → 2024.1.",
    ]


@pytest.mark.parametrize(
    ("text", "numeric", "code", "field", "position", "part"), REFUSED_VERSIONS.values(), ids=REFUSED_VERSIONS
)
def test_a_version_without_numbers_is_refused(
    text: str, numeric: str | None, code: str, field: str, position: int, part: str
) -> None:
    reading = read_version(text, numeric)
    assert reading.numeric is None
    [problem] = refusals(reading.problems)
    assert (problem.code, problem.field, problem.position) == (code, field, position)
    assert part in problem.message


def test_a_release_and_an_installation_of_the_published_example() -> None:
    assert class_uid(ROOT, Scheme(), 2, "4.5.0.3") == f"{ROOT}.1.2.4.5.0.3"
    assert installation_root(ROOT, Scheme(), "372764") == f"{ROOT}.2.372764"


def test_a_uid_taken_apart_tells_what_each_part_means() -> None:
    scheme = Scheme(releases="7", installations="9")
    assert class_uid_parts(ROOT, scheme, 12, "1.0") == (
        Part(ROOT, Meaning.ROOT),
        Part("7", Meaning.ARC),
        Part("12", Meaning.PRODUCT),
        Part("1.0", Meaning.VERSION),
    )
    assert installation_root_parts(ROOT, scheme, "5") == (
        Part(ROOT, Meaning.ROOT),
        Part("9", Meaning.ARC),
        Part("5", Meaning.SERIAL),
    )


def test_after_the_longest_installation_root_a_dot_and_a_digit_fit() -> None:
    assert LONGEST_INSTALLATION_ROOT + len(".0") == MAX_LENGTH


@given(st.integers(1, 9999), st.lists(st.integers(0, 999).map(str), min_size=1, max_size=4).map(".".join))
def test_the_parts_of_a_class_uid_joined_are_the_class_uid(product: int, numeric: str) -> None:
    uid = class_uid(ROOT, Scheme(), product, numeric)
    assert ".".join(part.text for part in class_uid_parts(ROOT, Scheme(), product, numeric)) == uid
    assert is_uid(uid)


@given(DIGITS)
def test_every_serial_of_digits_has_a_component_of_the_same_value(serial: str) -> None:
    reading = read_serial(serial)
    assert reading.numeric == str(int(serial))
    assert reading.text == serial
    parts = installation_root_parts(ROOT, Scheme(), reading.numeric)
    assert ".".join(part.text for part in parts) == installation_root(ROOT, Scheme(), reading.numeric)


@given(DIGITS, DIGITS)
def test_two_serials_share_a_component_only_when_they_are_the_same_number(one: str, other: str) -> None:
    assert (read_serial(one).numeric == read_serial(other).numeric) == (int(one) == int(other))


@given(st.one_of(st.text(max_size=70), st.text("0123456789 -A\r\n", max_size=70)))
def test_any_serial_is_read_or_refused_and_never_both(text: str) -> None:
    reading = read_serial(text)
    assert (reading.numeric is None) == bool(refusals(reading.problems))
    assert reading.numeric is None or is_uid(f"1.2.{reading.numeric}") or len(reading.numeric) > MAX_LENGTH - 4


@given(
    st.one_of(st.text(max_size=30), st.text("0123456789.vV ", max_size=30)),
    st.one_of(st.none(), st.text("0123456789. x", max_size=30)),
)
def test_any_version_is_read_or_refused_and_never_both(text: str, numeric: str | None) -> None:
    reading = read_version(text, numeric)
    assert (reading.numeric is None) == bool(refusals(reading.problems))
    assert reading.numeric is None or is_uid(f"1.2.{reading.numeric}")


@given(st.lists(st.text("0123456789", min_size=1, max_size=6), min_size=1, max_size=6))
def test_a_version_of_numbers_keeps_their_values(numbers: list[str]) -> None:
    assert read_version(".".join(numbers)).numeric == ".".join(str(int(number)) for number in numbers)


@pytest.mark.parametrize(("digits", "expected"), [("0", "0"), ("00", "0"), ("07", "7"), ("70", "70"), ("7", "7")])
def test_zeros_are_dropped_but_zero_stays(digits: str, expected: str) -> None:
    assert without_zeros(digits) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [("12 34", "“12 34”"), ("a\x1db", "“a\\u{1d}b”"), ("\u202e1", "“\\u{202e}1”"), ("é", "“é”"), ("", "“”")],
)
def test_a_text_is_shown_with_what_cannot_be_seen(text: str, shown: str) -> None:
    assert show_text(text) == shown
