"""A separator that never came is recognised where a hit is hardly chance, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.barcodes.identifiers import IDENTIFIERS, identifier_at, swallowed


@pytest.mark.parametrize(
    ("value", "serial", "ai"),
    [
        pytest.param("SN-0001234580122.4.1", "SN-00012345", "8012", id="a software version"),
        pytest.param("37276417271231", "372764", "17", id="an expiration date"),
        pytest.param("37276411261124", "372764", "11", id="a production date"),
        pytest.param("3727641126112417271231", "372764", "11", id="two dates, one after the other"),
        pytest.param("3727640109521101530001", "372764", "01", id="a GTIN"),
        pytest.param("37276411261124240REF-7", "372764", "11", id="a date and what follows it"),
        pytest.param("A8004ASSET", "A", "8004", id="an asset"),
    ],
)
def test_what_was_swallowed_is_found(value: str, serial: str, ai: str) -> None:
    found = swallowed(value)
    assert found is not None
    place, which = found
    assert (value[:place], which) == (serial, ai)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("0372764", id="a serial of digits"),
        pytest.param("2112345", id="one that begins as AI 21 does"),
        pytest.param("3721014", id="one with 10 inside"),
        pytest.param("CT-240B-0001", id="one with 240 inside"),
        pytest.param("37276417271331", id="no such month"),
        pytest.param("3727640109521101530002", id="a GTIN with a wrong check digit"),
        pytest.param("17271231", id="the very beginning belongs to the serial"),
        pytest.param("SN8012", id="an identifier with nothing after it"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_serial_that_only_looks_odd_is_left_alone(value: str) -> None:
    assert swallowed(value) is None


@given(st.integers(0, 10**7 - 1))
def test_serials_of_up_to_seven_digits_are_hardly_ever_suspected(number: int) -> None:
    found = swallowed(f"{number:07}")
    assert found is None or found[1].startswith("80")


def test_an_identifier_is_no_beginning_of_another() -> None:
    for ai in IDENTIFIERS:
        assert identifier_at(ai) == ai


@pytest.mark.parametrize("value", ["37276411261124x", "3727640109521101530001?", "37276417271231240"])
def test_what_does_not_reach_to_the_end_was_not_swallowed(value: str) -> None:
    assert swallowed(value) is None
