from __future__ import annotations

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.texts import CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH, check_text, name_key, tidy

FOREIGN: Final = {
    "a line feed": "\n",
    "a tab": "\t",
    "a NUL": "\x00",
    "a scanner's group separator": "\x1d",
    "a C1 control": "\x85",
    "half a character": "\ud800",
    "a private character": "\ue000",
    "an unassigned code point": "\u0378",
    "a mark that turns text to the right": "\u200e",
    "a mark that turns text to the left": "\u200f",
    "an Arabic letter mark": "\u061c",
    "an override of direction": "\u202e",
    "an isolate": "\u2066",
    "a space without width": "\u200b",
    "a byte order mark": "\ufeff",
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "a soft hyphen": "\u00ad",
    "a word joiner": "\u2060",
    "a Mongolian vowel separator": "\u180e",
    "an invisible times sign": "\u2062",
    "a grapheme joiner": "\u034f",
    "a Hangul filler": "\u3164",
    "a tag character": "\U000e0041",
}

WELCOME: Final = {
    "an umlaut": "ü",
    "a no-break space": "\u00a0",
    "an ideographic space": "\u3000",
    "a joiner, for Persian": "\u200c",
    "a joiner, for Indic scripts": "\u200d",
    "a combining accent": "\u0301",
    "an emoji": "\U0001f600",
    "a quotation mark": '"',
    "a backslash": "\\",
}


@pytest.mark.parametrize("character", FOREIGN.values(), ids=FOREIGN)
def test_a_character_that_hides_or_rearranges_is_refused_where_it_stands(character: str) -> None:
    [problem] = check_text(f"CT{character}Console", "name", NAME_LENGTH)
    assert (problem.code, problem.field, problem.position) == ("text.character", "name", 2)
    assert f"U+{ord(character):04X} at position 2" in problem.message


@pytest.mark.parametrize("character", WELCOME.values(), ids=WELCOME)
def test_what_people_write_is_kept(character: str) -> None:
    assert check_text(f"CT{character}Console", "name", NAME_LENGTH) == ()


@pytest.mark.parametrize("longest", [CODE_LENGTH, NAME_LENGTH, NOTE_LENGTH])
def test_the_longest_text_passes_and_one_character_more_does_not(longest: int) -> None:
    assert check_text("x" * longest, "note", longest) == ()
    [problem] = check_text("x" * (longest + 1), "note", longest)
    assert (problem.code, problem.field, problem.position) == ("text.too_long", "note", longest)
    assert problem.message == f"{longest + 1} characters; there is room for {longest}. Shorten it by 1."


def test_both_faults_are_told_at_once() -> None:
    assert [problem.code for problem in check_text("a\nbcd", "code", 4)] == ["text.too_long", "text.character"]


def test_an_empty_text_is_no_fault_of_the_characters() -> None:
    assert check_text("", "note", NOTE_LENGTH) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  CT Console \r\n", "CT Console"),
        ("CT  Console", "CT  Console"),
        ("Mu\u0308nchen", "München"),
        ("\u212b", "Å"),
        ("\u00a0\u3000x\u2003", "x"),
        ("   ", ""),
    ],
)
def test_text_is_kept_composed_and_without_outer_blanks(text: str, kept: str) -> None:
    assert tidy(text) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CT Console", "ct console"),
        ("CT  Console ", " CT\u00a0Console"),
        ("M\u00dcNCHEN", "mu\u0308nchen"),
        ("Straße", "STRASSE"),
        ("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf\u03c3"),
        ("\u01f0", "J\u030c"),
    ],
)
def test_names_that_are_the_same_to_a_person_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("CT1", "CT2"), ("CTConsole", "CT Console"), ("Muller", "Müller")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))


@given(st.text())
def test_tidying_and_decomposing_keep_the_key(text: str) -> None:
    assert name_key(tidy(text)) == name_key(text)
    assert name_key(unicodedata.normalize("NFD", text)) == name_key(text)
    assert name_key(name_key(text)) == name_key(text)


@given(st.text(), st.integers(0, 20))
def test_any_text_gets_an_answer_and_a_position_inside_it(text: str, longest: int) -> None:
    for problem in check_text(text, "note", longest):
        assert problem.position is not None
        assert 0 <= problem.position < len(text)
