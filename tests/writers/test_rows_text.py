from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writers.made import HEAD, STAMP, made
from uidmanager.core.reports import Kind, Row
from uidmanager.core.texts import visible
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_text import pairs, table


def test_columns_stand_below_their_names() -> None:
    rows: list[Row] = [{"n": 9, "name": "Viewer", "note": None}, {"n": 10, "name": "CT", "note": "x"}]
    assert table(("n", "name", "note"), rows) == " n  name    note\n 9  Viewer\n10  CT      x\n"


def test_no_rows() -> None:
    assert table(("number", "name"), []) == "number  name\n"
    assert table((), []) == ""
    assert pairs([]) == ""


def test_wide_characters_and_accents_keep_the_columns() -> None:
    lines = table(
        ("a", "b"), [{"a": "装置", "b": "1"}, {"a": "e\u0301e", "b": "2"}, {"a": "abcd", "b": "3"}]
    ).splitlines()
    assert lines == ["a     b", "装置  1", "e\u0301e    2", "abcd  3"]


def test_what_a_terminal_would_obey_is_written_as_an_escape() -> None:
    assert visible("a\tb\nc\x1b[2J\u202ed\x9b\udcff\u2028") == "a\\tb\\nc\\x1b[2J\\u202ed\\x9b\\udcff\\u2028"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert table(("a",), [{"a": "1\t2\n3"}]) == "a\n1\\t2\\n3\n"


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.none() | st.text() | st.integers()})))
def test_always_one_line_a_row_and_no_tab(rows: list[dict[str, str | int | None]]) -> None:
    text = table(("a", "b"), rows)
    assert text.count("\n") == len(text.splitlines()) == len(rows) + 1
    assert "\t" not in text
    assert "\x1b" not in text


def test_pairs() -> None:
    assert pairs([("ledger", "a.jsonl"), ("root", None), ("n", 3)]) == "ledger  a.jsonl\nroot\nn       3\n"


@pytest.mark.parametrize("organisation", ["Acme Imaging", "Gerätebau →"])
def test_the_report_says_what_proves_it(organisation: str) -> None:
    report = made(Kind.SUMMARY, {"section": "Products", "what": "registered", "value": 1}, organisation=organisation)
    assert render(report, Format.TEXT, STAMP).decode("utf-8") == (
        "Report           Registry summary\n"
        f"Organisation     {organisation}\n"
        "Root             1.2.3\n"
        "Registry         registry-1\n"
        "Filter           none\n"
        "Rows             1\n"
        "Entries          7\n"
        f"Ledger head      {HEAD}\n"
        "Ledger verified  not for this report\n"
        "Made             2026-11-22 21:06:42 UTC by anna at LINE-3\n"
        "Program          UID Manager 0.2.0\n"
        "\n"
        "section   what        value\n"
        "Products  registered      1\n"
    )
