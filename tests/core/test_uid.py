from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydicom.uid import UID

from uidmanager.core import uid as rules
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.uid import MAX_LENGTH, check_uid, is_uid, is_under, missing_number, order_of, show

VECTORS: Final = Path(__file__).parent.parent / "data" / "uid_vectors.csv"
HIGHEST_UUID: Final = "340282366920938463463374607431768211455"

# Where another toolkit's own suite says something else than the standards: our verdict, decided by the rules and not by
# the code. X.660 has three first arcs and at least two arcs; a blank is no digit (PS3.5 §9.1).
DISPUTED: Final = {
    "0": {"uid.single_component"},
    "1" * 64: {"uid.single_component", "uid.first_arc"},
    "1." + "2" * 62: {"uid.second_arc"},
    ".".join(["1234"] * 13): {"uid.first_arc"},
    " 1": {"uid.character", "uid.single_component"},
    "12.3.4": {"uid.first_arc"},
    "123.0.45.6345.16765.0": {"uid.first_arc"},
    "12.0.0.678.324.145.123106.141.4905702.123480.9500026724.0.1.4020": {"uid.first_arc"},
    "12.0.0.678.324.145.123106.141.4905702.123480.9500026724.0.1.4020    ": {
        "uid.character",
        "uid.too_long",
        "uid.first_arc",
    },
    "13": {"uid.single_component", "uid.first_arc"},
}

GOOD: Final = {
    "the shortest": "0.0",
    "a release": "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3",
    "zero as a component": "1.2.0.0.1",
    "39 as second arc under 0": "0.39",
    "39 as second arc under 1": "1.39.1",
    "any second arc under 2": "2.999",
    "a second arc of 62 digits under 2": "2." + "9" * 62,
    "64 characters": "1.2." + "3" * 60,
    "the arc of UUIDs": "2.25",
    "the lowest UUID": "2.25.0",
    "a UUID (fo-dicom's check vector)": "2.25.329800735698586629295641978511506172918",
    "the highest UUID": f"2.25.{HIGHEST_UUID}",
    "something below a UUID": "2.25.1.99999",
    "a large arc beside the arc of UUIDs": "2.250." + "9" * 40,
}

# text: what is found, as (code, position of the first offending character), in the order of the rules
BAD: Final = {
    "nothing at all": ("", [("uid.empty", 0)]),
    "a letter": ("1.2a.3", [("uid.character", 3)]),
    "a blank in front": (" 1.2", [("uid.character", 0)]),
    "a line feed behind": ("1.2\n", [("uid.character", 3)]),
    "a NUL behind, as in a padded value": ("1.2\x00", [("uid.character", 3)]),
    "digits of another script": ("1.\u0663", [("uid.character", 2)]),
    "fullwidth digits": ("1.2.\uff13", [("uid.character", 4)]),
    "a superscript": ("1.2\u00b2", [("uid.character", 3)]),
    "a minus sign": ("1.-2", [("uid.character", 2)]),
    "a dot in front": (".1.2", [("uid.empty_component", 0)]),
    "a dot behind": ("1.2.", [("uid.empty_component", 3)]),
    "two dots": ("1..2", [("uid.empty_component", 2)]),
    "only a dot": (".", [("uid.empty_component", 0)]),
    "two leading zeros": ("1.2.00", [("uid.leading_zero", 4)]),
    "a leading zero in front": ("01.2", [("uid.leading_zero", 0)]),
    "the second of two numbers with zeros": ("1.0.03", [("uid.leading_zero", 4)]),
    "65 characters": ("1.2." + "3" * 61, [("uid.too_long", 64)]),
    "one component": ("1", [("uid.single_component", 0)]),
    "a first arc of 3": ("3.2", [("uid.first_arc", 0)]),
    "a first arc of 12, which begins like 1": ("12.3", [("uid.first_arc", 0)]),
    "a second arc of 40 under 0": ("0.40", [("uid.second_arc", 2)]),
    "a second arc of 40 under 1": ("1.40.1", [("uid.second_arc", 2)]),
    "a second arc of 100 under 1": ("1.100", [("uid.second_arc", 2)]),
    "one above the highest UUID": ("2.25.340282366920938463463374607431768211456", [("uid.uuid_range", 5)]),
    "a UUID of 40 digits": ("2.25." + "1" * 40 + ".1", [("uid.uuid_range", 5)]),
    "zeros hide no second arc": ("01.040", [("uid.leading_zero", 0), ("uid.second_arc", 3)]),
    "zeros hide no UUID": (f"2.025.9{HIGHEST_UUID}", [("uid.leading_zero", 2), ("uid.uuid_range", 6)]),
    "a letter in the UUID": ("2.25.1x", [("uid.character", 6)]),
    "no UUID at all": ("2.25.", [("uid.empty_component", 4)]),
    "everything at once": (
        "3..04x" + "9" * 60,
        [
            ("uid.character", 5),
            ("uid.empty_component", 2),
            ("uid.leading_zero", 3),
            ("uid.too_long", 64),
            ("uid.first_arc", 0),
        ],
    ),
}


def vectors() -> list[tuple[str, str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return [
            (codecs.decode(row["uid"], "unicode_escape"), row["verdict"], row["why"]) for row in csv.DictReader(file)
        ]


def fitting(arcs: list[str]) -> str:
    """As many of the arcs as 64 characters hold."""
    text = arcs[0]
    for arc in arcs[1:]:
        if len(text) + 1 + len(arc) <= MAX_LENGTH:
            text = f"{text}.{arc}"
    return text


def well_formed() -> st.SearchStrategy[str]:
    number = st.one_of(st.integers(0, 999), st.integers(0, 10**39)).map(str)
    head = st.one_of(
        st.builds("{}.{}".format, st.sampled_from("01"), st.integers(0, 39)),
        st.builds("2.{}".format, number.filter(lambda arc: arc != "25")),
        st.builds("2.25.{}".format, st.integers(0, 2**128 - 1)),
    )
    return st.builds(lambda first, others: fitting([first, *others]), head, st.lists(number, max_size=32))


def nearly_well_formed() -> st.SearchStrategy[str]:
    odd = st.sampled_from(
        ["", "0", "1", "2", "3", "25", "39", "40", "00", "01", "039", HIGHEST_UUID, "9" * 39, "7" * 30]
    )
    return st.lists(st.one_of(odd, st.integers(0, 99).map(str)), min_size=1, max_size=8).map(".".join).filter(bool)


def codes(text: str) -> set[str]:
    return {problem.code for problem in check_uid(text)}


def explained(text: str) -> tuple[Problem, ...]:
    """What the rules find, whatever the fast path says."""
    return tuple(problem for rule in rules._RULES for problem in rule(text))


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_good_uid_has_no_problems(text: str) -> None:
    assert check_uid(text) == ()
    assert is_uid(text)


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_uid_names_every_rule_and_the_place(text: str, expected: list[tuple[str, int]]) -> None:
    problems = check_uid(text)
    assert [(problem.code, problem.position) for problem in problems] == expected
    assert {problem.field for problem in problems} == {"uid"}
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    assert not is_uid(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1.x", "“x” at position 2"),
        ("1. 2", "a blank at position 2"),
        ("1.2.", "beside the dot at position 3"),
        ("1.2." + "3" * 63, "67 characters; a UID has at most 64. Nothing is cut off: shorten it by 3."),
        ("1.41", "The second number is 41; after 1 it can be at most 39."),
        ("7.1", "The first number is 7; it can only be 0, 1 or 2."),
        ("9" * 65 + ".1", "The first number is 999999999999… (65 digits)"),
        ("9" * 62 + ".1", "The first number is " + "9" * 62 + ";"),
    ],
)
def test_the_sentence_names_what_was_found(text: str, part: str) -> None:
    assert any(part in problem.message for problem in check_uid(text))


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [vector for vector in vectors() if vector[1] != "disputed"],
    ids=lambda value: ascii(value[:40]),
)
def test_other_toolkits_vectors(text: str, verdict: str, why: str) -> None:
    assert is_uid(text) == (verdict == "valid"), why


@pytest.mark.parametrize(("text", "expected"), DISPUTED.items(), ids=lambda value: ascii(value)[:40])
def test_disputed_vectors_are_judged_by_the_standards(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


def test_no_disputed_vector_is_left_out() -> None:
    assert {text for text, verdict, _why in vectors() if verdict == "disputed"} == set(DISPUTED)


@given(well_formed())
def test_every_well_formed_uid_passes(text: str) -> None:
    assert check_uid(text) == ()


@given(well_formed())
def test_whatever_passes_is_valid_for_pydicom(text: str) -> None:
    assert UID(text).is_valid


@given(well_formed(), st.data())
def test_a_foreign_character_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    foreign = data.draw(st.characters(exclude_characters="0123456789."))
    changed = text[:at] + foreign + text[at:]
    assert [problem.position for problem in check_uid(changed) if problem.code == "uid.character"] == [at]


@given(well_formed(), st.data())
def test_a_dot_beside_a_dot_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    dots = [-1, *(at for at, character in enumerate(text) if character == "."), len(text)]
    after = data.draw(st.sampled_from(dots))
    changed = text[: after + 1] + "." + text[after + 1 :]
    [position] = [problem.position for problem in check_uid(changed) if problem.code == "uid.empty_component"]
    assert position is not None
    assert changed[position] == "."
    assert position in {after, after + 1}


@given(well_formed(), st.data())
def test_a_leading_zero_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == ".")]
    at = data.draw(st.sampled_from(starts))
    changed = text[:at] + "0" + text[at:]
    assert [problem.position for problem in check_uid(changed) if problem.code == "uid.leading_zero"] == [at]


@given(well_formed(), st.text("123456789", min_size=MAX_LENGTH, max_size=80))
def test_what_is_too_long_is_found_at_the_first_character_too_many(text: str, more: str) -> None:
    assert [problem.position for problem in check_uid(text + more) if problem.code == "uid.too_long"] == [MAX_LENGTH]


@given(st.one_of(st.text(), st.text("0123456789.", max_size=70), st.from_regex(r"[0-3]\.[0-9.]{0,66}x?")))
@example("2.25." + "9" * 5000)
@example("." * 5000)
@example("\ud800")
def test_any_text_gets_an_answer_and_a_position_inside_it(text: str) -> None:
    for problem in check_uid(text):
        assert problem.position is not None
        assert 0 <= problem.position < max(len(text), 1)
        assert problem.message.endswith(".")


@given(st.one_of(well_formed(), nearly_well_formed(), st.text("0123456789.", min_size=1, max_size=70)))
@example("2.25")
@example("2.25.0")
@example(f"2.25.{HIGHEST_UUID}")
def test_the_fast_path_and_the_rules_agree(text: str) -> None:
    found = explained(text)
    assert is_uid(text) == (not found)
    assert check_uid(text) == found


@given(
    st.integers(2**128 - 1000, 2**128 + 1000) | st.integers(10**36, 10**40),
    st.sampled_from(["", ".0", ".1.2", ".01", "."]),
)
@example(2**128 - 1, "")
@example(2**128, "")
def test_the_fast_path_and_the_rules_agree_at_the_end_of_the_uuids(arc: int, below: str) -> None:
    text = f"2.25.{arc}{below}"
    assert is_uid(text) == (not explained(text))


@pytest.mark.parametrize("text", [text for text, _verdict, _why in vectors()], ids=lambda text: ascii(text[:40]))
def test_the_fast_path_and_the_rules_agree_on_other_toolkits_vectors(text: str) -> None:
    assert is_uid(text) == (not explained(text))


@given(st.one_of(well_formed(), nearly_well_formed()))
def test_the_verdict_is_that_of_the_standards_written_another_way(text: str) -> None:
    arcs = text.split(".")
    if any(not arc or str(int(arc)) != arc for arc in arcs) or len(arcs) < 2:
        assert not is_uid(text)
        return
    first, second, *others = map(int, arcs)
    top_is_good = first == 2 or (first < 2 and second < 40)
    uuid_is_good = (first, second) != (2, 25) or not others or others[0] < 2**128
    assert is_uid(text) == (top_is_good and uuid_is_good and len(text) <= 64)


@given(st.lists(well_formed(), max_size=20))
def test_uids_sort_as_their_numbers(texts: list[str]) -> None:
    assert sorted(texts, key=order_of) == sorted(texts, key=lambda text: [int(arc) for arc in text.split(".")])


@given(well_formed(), well_formed())
def test_two_uids_are_in_the_order_of_their_numbers(one: str, other: str) -> None:
    as_numbers = [int(arc) for arc in one.split(".")] < [int(arc) for arc in other.split(".")]
    assert (order_of(one) < order_of(other)) == as_numbers


@pytest.mark.parametrize(
    ("uid", "prefix", "expected"),
    [
        ("1.2.84", "1.2.84", True),
        ("1.2.84.1", "1.2.84", True),
        ("1.2.84", "1.2.8", False),
        ("1.2.8", "1.2.84", False),
        ("1.2", "1.2.8", False),
    ],
)
def test_under_is_by_component(uid: str, prefix: str, expected: bool) -> None:  # noqa: FBT001 (the expected verdict)
    assert is_under(uid, prefix) == expected


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("a", "“a”"),
        (" ", "a blank"),
        ("\n", "U+000A"),
        ("\x00", "U+0000"),
        ("\u0663", "“\u0663” (U+0663)"),
        ("\u202e", "U+202E"),
        ("\ud800", "U+D800"),
        ("\U0001f600", "“\U0001f600” (U+1F600)"),
    ],
)
def test_a_character_is_shown_so_that_a_person_knows_it(character: str, shown: str) -> None:
    assert show(character) == shown


@pytest.mark.parametrize(("text", "at"), [("1.2", None), ("", None), (".", 0), ("1.", 1), ("1..2", 2), (".1", 0)])
def test_a_missing_number_is_found(text: str, at: int | None) -> None:
    assert missing_number(text) == at
