from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.patterns import fault_of, fits


@pytest.mark.parametrize(
    ("pattern", "like", "unlike"),
    [
        pytest.param(
            "SN-[A-Z][0-9]+", ["SN-A17", "SN-Z0"], ["SN-17", "sn-A17", "SN-A17 ", "xSN-A17", ""], id="as a whole"
        ),
        pytest.param("[0-9]{7}", ["0372764"], ["372764", "03727640", "٣٧٢٧٦٤١"], id="seven digits"),
        pytest.param(r"\d{2}", ["12"], ["１２", "٣٧"], id="a digit is 0 to 9"),
        pytest.param("(?i)sn[0-9]", ["SN1", "sn1"], ["SN"], id="capitals as small letters"),
        pytest.param("A|BC", ["A", "BC"], ["AC", "AB", "B"], id="one or the other as a whole"),
        pytest.param("^SN$", ["SN"], ["SN\n", "SNSN"], id="with its own ends"),
        pytest.param("(?P<year>2[0-9])X", ["26X"], ["36X"], id="a named part"),
    ],
)
def test_a_pattern(pattern: str, like: list[str], unlike: list[str]) -> None:
    assert fault_of(pattern) is None
    assert [text for text in like if not fits(pattern, text)] == []
    assert [text for text in unlike if fits(pattern, text)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("SN-[A-Z", id="a class that does not end"),
        pytest.param("(SN", id="a bracket that does not close"),
        pytest.param("*", id="nothing to repeat"),
        pytest.param("(?=SN)SN", id="a look ahead"),
        pytest.param("(?<!A)B", id="a look behind"),
        pytest.param(r"(A)\1", id="a part again"),
        pytest.param("(a{1000}){1000}", id="a million times"),
        pytest.param("SN\ud800", id="half a character"),
    ],
)
def test_what_is_no_pattern_is_told_why(pattern: str) -> None:
    fault = fault_of(pattern)
    assert fault
    assert fault == fault_of(pattern)  # also when it is asked again, as at the next keystroke


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+$", "(.*)*x", "(a?){50}a{50}"])
def test_a_pattern_that_python_would_never_end_with_is_answered(pattern: str) -> None:
    """With Python's `re` each of these takes longer than anybody waits."""
    assert fault_of(pattern) is None
    assert not fits(pattern, "a" * 2000 + "!")


@given(st.text("SNA[]()0-9+*?.|{}\\^$", max_size=30), st.text("SNA09-", max_size=12))
def test_whatever_is_typed_is_a_pattern_or_has_a_fault(pattern: str, text: str) -> None:
    if fault_of(pattern) is None:
        assert fits(pattern, text) in {True, False}


@given(st.text("SNA09-./", max_size=20), st.text("SNA09-./", max_size=20))
def test_a_text_without_signs_is_like_itself_and_nothing_else(one: str, other: str) -> None:
    assert fits(re.escape(one), other) == (one == other)
