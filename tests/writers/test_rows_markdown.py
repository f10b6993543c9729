from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writers.made import HEAD, STAMP, made
from uidmanager.core.reports import Kind, Row
from uidmanager.core.texts import visible
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_markdown import code, escaped


def written(*rows: Row, organisation: str = "Acme Imaging") -> str:
    report = made(Kind.PRODUCTS, *rows, organisation=organisation)
    return render(report, Format.MARKDOWN, STAMP).decode("utf-8")


def test_a_title_what_proves_it_and_a_table() -> None:
    text = written({"number": 2, "name": "CT Console", "code": "CT", "state": "active"})
    assert text == (
        "# Products and their numbers\n\n"
        "- **Organisation:** Acme Imaging\n"
        "- **Root:** 1.2.3\n"
        "- **Registry:** registry-1\n"
        "- **Filter:** none\n"
        "- **Rows:** 1\n"
        "- **Entries:** 7\n"
        f"- **Ledger head:** {HEAD}\n"
        "- **Ledger verified:** not for this report\n"
        "- **Made:** 2026-11-22 21:06:42 UTC by anna at LINE-3\n"
        "- **Program:** UID Manager 0.2.0\n\n"
        "| Number | Name | Code | State | Releases | Installations | When (UTC) | By | Station | GTIN | Serials "
        "| Pattern | Note |\n"
        "| ---: | --- | --- | --- | ---: | ---: | --- | --- | --- | --- | --- | --- | --- |\n"
        "| 2 | CT Console | `CT` | active |  |  |  |  |  |  |  |  |  |\n"
    )


def test_no_rows() -> None:
    assert written().endswith("--- |\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("*bold* _i_ `c`", "\\*bold\\* \\_i\\_ \\`c\\`"),
        ("[x](javascript:y) ![z]", "\\[x\\](javascript:y) !\\[z\\]"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("C:\\temp", "C:\\\\temp"),
        ("two\nlines\u202e", "two\\\\nlines\\\\u202e"),
        ("# ~~no~~ $x$", "\\# \\~\\~no\\~\\~ \\$x\\$"),
    ],
)
def test_nothing_is_markup(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1.2.3", "`1.2.3`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("A|B", "A\\|B"), ("\\|", "\\\\\\|")],
)
def test_a_code_stands_between_backquotes(text: str, shown: str) -> None:
    assert code(text) == shown


@given(st.text(min_size=1), st.text(st.sampled_from("|\\`*x")), st.text(min_size=1))
def test_a_row_is_one_line_with_as_many_cells_as_the_head(name: str, short: str, by: str) -> None:
    lines = written({"number": 1, "name": name, "code": short, "by": by}, organisation=by).split("\n")
    assert lines[-1] == ""
    assert len(lines) == len(written({}).split("\n"))
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[-2])) == len(re.findall(r"\|", lines[-3]))


@given(st.text())
def test_what_is_escaped_can_be_read_back(text: str) -> None:
    assert re.sub(r"\\([\\`*_{}\[\]<>#|~&$])", r"\1", escaped(text)) == visible(text)
