from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.takeover.dates import DateForm, read_day

DAY_FIRST, MONTH_FIRST = DateForm.DAY_FIRST, DateForm.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("2019-03-04", None, "2019-03-04"),
        ("2019/3/4", MONTH_FIRST, "2019-03-04"),
        ("2019-03-04 13:45:00", None, "2019-03-04"),
        ("2019-03-04T13:45:00.123Z", None, "2019-03-04"),
        ("04.03.2019", None, "2019-03-04"),
        ("4.3.2019", None, "2019-03-04"),
        ("31/12/2019", None, "2019-12-31"),
        ("12/31/2019", None, "2019-12-31"),
        ("05/05/2019", None, "2019-05-05"),
        ("03/04/2019", DAY_FIRST, "2019-04-03"),
        ("03/04/2019", MONTH_FIRST, "2019-03-04"),
        ("3-4-2019 8:30 am", DAY_FIRST, "2019-04-03"),
        (" 2019-03-04 ", None, "2019-03-04"),
    ],
)
def test_a_day_that_can_be_told(text: str, form: DateForm | None, day: str) -> None:
    assert read_day(text, form) == (day, ())


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("03/04/2019", None, "takeover.date_ambiguous"),
        ("3-4-2019", None, "takeover.date_ambiguous"),
        ("03/04/19", DAY_FIRST, "takeover.date_unknown"),
        ("30.02.2019", None, "takeover.date_unknown"),
        ("2019-13-01", None, "takeover.date_unknown"),
        ("31/12/2019", MONTH_FIRST, "takeover.date_unknown"),
        ("March 2019", None, "takeover.date_unknown"),
        ("43528", None, "takeover.date_unknown"),
        ("3/4-2019", DAY_FIRST, "takeover.date_unknown"),
        ("٠٣/٠٤/٢٠١٩", DAY_FIRST, "takeover.date_unknown"),
    ],
)
def test_a_day_that_cannot(text: str, form: DateForm | None, code: str) -> None:
    day, problems = read_day(text, form)
    assert (day, [problem.code for problem in problems]) == (None, [code])


def test_an_ambiguous_day_names_both_that_it_may_be() -> None:
    _, problems = read_day("03/04/2019", None)
    assert "2019-04-03 or 2019-03-04" in problems[0].message


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from([*DateForm]))
def test_a_day_that_was_written_is_read(day: date, form: DateForm) -> None:
    written = f"{day:%d/%m/%Y}" if form is DAY_FIRST else f"{day:%m/%d/%Y}"
    assert read_day(written, form) == (day.isoformat(), ())
    read, problems = read_day(written, None)
    assert read == day.isoformat() or [p.code for p in problems] == ["takeover.date_ambiguous"]


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    day, problems = read_day(text, None)
    assert (day is None) == bool(problems)
