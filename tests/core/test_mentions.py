from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.conftest import ROOT
from uidmanager.core.mentions import Mention, Mentions, asked, uids_in


def mentions(*pieces: str, source: str = "log") -> list[Mention]:
    found = Mentions()
    found.begin(source)
    for piece in pieces:
        found.read(piece)
    found.end()
    return list(found)


def test_uids_are_found_in_any_text_each_once() -> None:
    text = (
        f"(0002,0012) UI [{ROOT}.1.2.4] # v4.5, 3.14; {ROOT}.1.2.4, at 1.2.840.10008.1.1. Host x1.2.3.4 1.2.3.4a 10.20"
    )
    assert uids_in(text) == [f"{ROOT}.1.2.4", "1.2.840.10008.1.1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('{"00080018":{"vr":"UI","Value":["1.2.840.5"]}}', ["1.2.840.5"], id="DICOM JSON"),
        pytest.param(r'{"log": "stored\n1.2.840.5\t1.2.840.6"}', ["1.2.840.5", "1.2.840.6"], id="escaped line ends"),
        pytest.param(r"1.2.840.5\0 and 1.2.840.6\x00", ["1.2.840.5", "1.2.840.6"], id="escaped padding"),
        pytest.param("1.2.840.5\0\x001.2.840.6", ["1.2.840.5", "1.2.840.6"], id="padding"),
        pytest.param("GET /studies/1.2.840.5?series=1.2.840.6&x", ["1.2.840.5", "1.2.840.6"], id="an address"),
        pytest.param("urn:oid:1.2.840.5", ["1.2.840.5"], id="a URN"),
        pytest.param("CT.1.2.840.5.dcm", ["1.2.840.5"], id="the name of a file"),
        pytest.param("1.2.840.5.", ["1.2.840.5"], id="the end of a sentence"),
        pytest.param("1.2.840.05", ["1.2.840.05"], id="a leading zero"),
        pytest.param("1.2." + "3" * 80, ["1.2." + "3" * 80], id="too long"),
        pytest.param("1.2.840.113619.2..6.7", ["1.2.840.113619.2..6.7"], id="a missing number"),
        pytest.param("9.2.840.113619.6", ["9.2.840.113619.6"], id="a first number that cannot be"),
        pytest.param("from 192.168.1.10 on 24.11.2026 by 6.11.3", [], id="an address, a date, a version"),
        pytest.param("changes in 1.2.3..1.2.4", [], id="a range"),
        pytest.param("1.2." + "3.4" * 1000, [], id="something much too long"),
        pytest.param("1.2 2.5.", [], id="decimals"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_taken_for_a_uid(text: str, found: list[str]) -> None:
    assert uids_in(text) == found


def test_the_place_of_the_first_and_the_number_of_all_are_told() -> None:
    assert mentions("a 1.2.840.5\r\nb 1.2.840.6 1.2.840.5\n\n1.2.840.7 1.2.840.6\n1.2.840.6") == [
        Mention("1.2.840.5", "log", 1, 3, 2),
        Mention("1.2.840.6", "log", 2, 3, 3),
        Mention("1.2.840.7", "log", 4, 1, 1),
    ]


def test_of_several_texts_the_first_is_named() -> None:
    found = Mentions()
    found.begin("a.log")
    found.read("\n1.2.840.5")
    found.begin("b.log")
    found.read("1.2.840.6 1.2.840.5")
    found.end()
    assert list(found) == [Mention("1.2.840.5", "a.log", 2, 1, 2), Mention("1.2.840.6", "b.log", 1, 1, 1)]
    assert len(found) == 2


WORDS = st.sampled_from(
    ["1.2.840.5", "1.2.840.6.7", "1.2", ".", "\n", " ", "x", "\\n", "..", "é", "CT.", "1.2.840.5.10", "0", "-"]
)


@given(words=st.lists(WORDS, max_size=40), data=st.data())
def test_how_a_text_is_cut_into_pieces_makes_no_difference(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert mentions(*pieces) == mentions(text)


@given(words=st.lists(WORDS, max_size=40))
def test_what_stands_at_the_place_is_the_uid(words: list[str]) -> None:
    text = "".join(words)
    lines = text.split("\n")
    for mention in mentions(text):
        assert lines[mention.line - 1][mention.column - 1 :].startswith(mention.given)


def test_a_word_without_end_is_passed_over_in_whatever_pieces_it_comes() -> None:
    pieces = ["1.2.840.5 ", *["7.7" * 2000] * 5, ".1.2.3 1.2.840.6", "\n", "8" * 5000, "8\n1.2.840.7"]
    assert mentions(*pieces) == [
        Mention("1.2.840.5", "log", 1, 1, 1),
        Mention("1.2.840.6", "log", 1, 30018, 1),
        Mention("1.2.840.7", "log", 3, 1, 1),
    ]


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        pytest.param(" 1.2.840.5\n", ["1.2.840.5"], id="one alone"),
        pytest.param("1..2", ["1..2"], id="one alone that is broken"),
        pytest.param("1.2.840.5,1.2.840.6", ["1.2.840.5", "1.2.840.6"], id="two without a blank"),
        pytest.param("is it 1.2.840.5?", ["1.2.840.5"], id="a question"),
        pytest.param("hello", [], id="none"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_a_text_asks_for(text: str, uids: list[str]) -> None:
    assert [mention.given for mention in asked(text)] == uids
