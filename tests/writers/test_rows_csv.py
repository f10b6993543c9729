from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writers.made import STAMP, made
from uidmanager.core.reports import Kind, Row
from uidmanager.writers.formats import Format, render

HEADER = "number,name,code,state,releases,installations,at,by,station\r\n"
REST = ",,,,,\r\n"


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
    assert content == HEADER.encode() + b"1,Ger\xc3\xa4t \xe2\x86\x92,,active,,,,,\r\n"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_defused(begin: str) -> None:
    text = written(product(1, f"{begin}1+1"))
    assert next(csv.DictReader(io.StringIO(text, newline="")))["name"] == f"'{begin}1+1"


@pytest.mark.parametrize("name", ["1+1", "a=b", "'quoted", " =1", ""])
def test_other_cells_are_left_alone(name: str) -> None:
    text = written(product(1, name))
    assert next(csv.DictReader(io.StringIO(text, newline="")))["name"] == name


@given(st.lists(st.tuples(st.text(), st.none() | st.text()), max_size=5))
def test_any_reader_gets_the_rows_back(texts: list[tuple[str, str | None]]) -> None:
    rows = [product(n, name, code) for n, (name, code) in enumerate(texts)]
    read = list(csv.reader(io.StringIO(written(*rows), newline="")))
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        assert cells[0] == str(row["number"])
        for cell, value in zip(cells[1:3], (row["name"], row["code"]), strict=True):
            assert cell in {str(value or ""), f"'{value}"}
            assert cell[:1] not in set("=+-@\t\r\n")
