from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.reports import FIELDS, Kind, Report, Row
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_csv import write
from uidmanager.writers.stamp import Stamp

STAMP = Stamp("2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.1.0")


def report(*rows: Row) -> Report:
    return Report(Kind.PRODUCTS, FIELDS[Kind.PRODUCTS], rows, "Acme Imaging", "1.2.3", 7, "0" * 64)


def product(number: int, name: str, code: str | None = None) -> Row:
    return {"number": number, "name": name, "code": code, "state": "active"}


def test_header_and_rows_and_nothing_else() -> None:
    text = write(report(product(1, "Viewer"), product(2, 'CT "Console", large', "CT")))
    assert text == 'number,name,code,state\r\n1,Viewer,,active\r\n2,"CT ""Console"", large",CT,active\r\n'


def test_no_rows() -> None:
    assert write(report()) == "number,name,code,state\r\n"


def test_bytes_are_utf_8_without_a_mark() -> None:
    assert render(report(product(1, "Gerät →")), Format.CSV, STAMP) == (
        b"number,name,code,state\r\n1,Ger\xc3\xa4t \xe2\x86\x92,,active\r\n"
    )


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_defused(begin: str) -> None:
    text = write(report(product(1, f"{begin}1+1")))
    assert next(csv.DictReader(io.StringIO(text, newline="")))["name"] == f"'{begin}1+1"


@pytest.mark.parametrize("name", ["1+1", "a=b", "'quoted", " =1", ""])
def test_other_cells_are_left_alone(name: str) -> None:
    assert next(csv.DictReader(io.StringIO(write(report(product(1, name))), newline="")))["name"] == name


@given(st.lists(st.tuples(st.text(), st.none() | st.text()), max_size=5))
def test_any_reader_gets_the_rows_back(texts: list[tuple[str, str | None]]) -> None:
    rows = [product(n, name, code) for n, (name, code) in enumerate(texts)]
    read = list(csv.reader(io.StringIO(write(report(*rows)), newline="")))
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        assert cells[0] == str(row["number"])
        for cell, value in zip(cells[1:3], (row["name"], row["code"]), strict=True):
            assert cell in {str(value or ""), f"'{value}"}
            assert cell[:1] not in set("=+-@\t\r\n")
