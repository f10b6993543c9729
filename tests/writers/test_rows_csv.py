from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writers.made import STAMP, made
from uidmanager.core.reports import Kind, Row
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_csv import defuse, restore

if TYPE_CHECKING:
    from tests.writers.conftest import Office

DOCUMENT = Path(__file__).parents[2] / "docs" / "reports.md"
RULE = re.search(r'^value = re\.sub\(r"(.*)", "", cell\)$', DOCUMENT.read_text("utf-8"), re.MULTILINE)
HEADER = "number,name,code,state,releases,installations,at,by,station,gtin,serials,pattern,note\r\n"
REST = ",,,,,,,,,\r\n"


def written(*rows: Row) -> str:
    return render(made(Kind.PRODUCTS, *rows), Format.CSV, STAMP).decode("utf-8")


def product(number: int, name: str, code: str | None = None) -> Row:
    return {"number": number, "name": name, "code": code, "state": "active"}


def test_header_and_rows_and_nothing_else() -> None:
    text = written(product(1, "Viewer"), product(2, 'CT "Console", large', "CT"))
    assert text == f'{HEADER}1,Viewer,,active{REST}2,"CT ""Console"", large",CT,active{REST}'


def test_no_rows() -> None:
    assert written() == HEADER


def test_bytes_are_utf_8_without_a_mark() -> None:
    content = render(made(Kind.PRODUCTS, product(1, "Gerät →")), Format.CSV, STAMP)
    assert content == HEADER.encode() + b"1,Ger\xc3\xa4t \xe2\x86\x92,,active,,,,,,,,,\r\n"


@pytest.mark.parametrize(
    "begin", [*"=+-@\t\r\n", *"＝＋－＠﹦﹢﹣﹫−", " =", "\u200b=", "\xa0+", "\x00@", "\u3164=", "'=", "''"]
)
def test_formulas_are_defused(begin: str) -> None:
    text = written(product(1, f"{begin}1+1"))
    cell = next(csv.DictReader(io.StringIO(text, newline="")))["name"]
    assert cell[:1] == "'"
    assert restore(cell) == f"{begin}1+1"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("x;=1+1", "x;'=1+1"),  # where a semicolon ends a cell, as in many countries
        ("x\t@SUM(1)", "x\t'@SUM(1)"),
        ("a\r\n=1", "a\r'\n'=1"),
        ("rock;'n' roll", "rock;''n' roll"),
        ("=1;-2", "'=1;'-2"),
        ("'quoted", "''quoted"),
    ],
)
def test_each_part_of_a_cell_is_defused(name: str, cell: str) -> None:
    assert defuse(name) == cell
    assert restore(cell) == name


@pytest.mark.parametrize("name", ["1+1", "a=b", "x,=1", "4-5; 6", "St Mary's", "a; b", "…", ""])
def test_other_cells_are_left_alone(name: str) -> None:
    text = written(product(1, name))
    assert next(csv.DictReader(io.StringIO(text, newline="")))["name"] == name


PIECES = st.sampled_from([*"=+-@'; \t\r\n,\"x1", "＝", "\u200b", "\x00", "−", "…"])
TEXTS = st.text(PIECES, max_size=12) | st.text()


@given(TEXTS)
def test_what_was_defused_can_be_restored(text: str) -> None:
    assert restore(defuse(text)) == text


@given(TEXTS)
def test_the_line_in_the_document_restores_as_well(text: str) -> None:
    assert RULE
    assert re.sub(RULE[1], "", defuse(text)) == text


@given(TEXTS)
def test_no_part_begins_a_formula(text: str) -> None:
    for part in re.split("[;\t\r\n]", defuse(text)):
        seen = part.lstrip(" \xa0\u200b\x00")
        assert seen[:1] not in set("=+-@＝＋－＠"), part


@given(st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=5))
def test_any_reader_gets_the_rows_back(texts: list[tuple[str, str | None]]) -> None:
    rows = [product(n, name, code) for n, (name, code) in enumerate(texts)]
    read = list(csv.reader(io.StringIO(written(*rows), newline="")))
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        assert [restore(cell) for cell in cells[:3]] == [str(row["number"]), row["name"], row["code"] or ""]


@pytest.mark.parametrize("separator", ["44", "59", "9", "44/59/9"], ids=["comma", "semicolon", "tab", "all of them"])
def test_a_spreadsheet_runs_nothing(office: Office, separator: str) -> None:
    names = ["=1+1", "x;=1+1", "x\t=1+1", " =1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "+1+1", "-1-1"]
    armed = "\r\n".join(f"{n},{name},z" for n, name in enumerate(names)).encode()
    told = f"--infilter=CSV:{separator},34,76,1,,0,false,true,false,false,false,-1"
    assert b"table:formula" in office.convert("armed.csv", armed, "fods", told)["armed.fods"]
    safe = written(*(product(n, name, name) for n, name in enumerate(names))).encode()
    assert b"table:formula" not in office.convert("safe.csv", safe, "fods", told)["safe.fods"]
