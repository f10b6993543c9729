"""CSV as it comes: encodings, delimiters, quoted line breaks, and what is wrong with it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.made import read, texts
from uidmanager.app.ports import no_progress
from uidmanager.core.takeover.table import Mark
from uidmanager.sheets.delimited import read_delimited
from uidmanager.sheets.errors import DamagedSheetError, EncodingError, ForeignSheetError, LargeSheetError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [("Seriennummer", "Gerät"), ("0372764", "Röntgen")]


def written(text: str, encoding: str, mark: bytes = b"") -> bytes:
    return mark + text.encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "mark", "recognised", "why"),
    [
        ("utf-8", b"\xef\xbb\xbf", "utf-8", "by its byte order mark"),
        ("utf-8", b"", "utf-8", "by its form"),
        ("cp1252", b"", "windows-1252", "since it is not UTF-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le", "by its byte order mark"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be", "by its byte order mark"),
        ("utf-16-le", b"", "utf-16-le", "by its zero bytes"),
        ("utf-16-be", b"", "utf-16-be", "by its zero bytes"),
    ],
)
def test_the_encoding_is_recognised_and_said(
    tmp_path: Path, encoding: str, mark: bytes, recognised: str, why: str
) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(written("Seriennummer;Gerät\r\n0372764;Röntgen\r\n", encoding, mark))
    found = read(file)
    assert texts(found) == ROWS
    assert (found.encoding, found.delimiter) == (recognised, ";")
    assert why in found.table.remarks[0].message
    assert ("byte order mark stands before it" in found.table.remarks[0].message) == bool(mark)


def test_a_guess_is_a_caution_and_what_is_recognised_a_notice(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes("Gerät\n".encode("cp1252"))
    assert [(p.code, p.severity) for p in read(file).table.remarks[:1]] == [("sheet.encoding_guessed", "caution")]
    file.write_bytes("Gerät\n".encode())
    assert [(p.code, p.severity) for p in read(file).table.remarks[:1]] == [("sheet.encoding_said", "notice")]


def test_another_encoding_is_taken_where_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes("Прибор\n".encode("cp1251"))
    assert texts(read(file, encoding="windows-1251")) == [("Прибор",)]
    with pytest.raises(EncodingError, match="byte 0 does not fit"):
        read(file, encoding="utf-8")


def test_bytes_that_windows_1252_has_no_letter_for_are_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(b"a,\x81\x8d,b\n")
    assert texts(read(file))[0][::2] == ("a", "b")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "units.csv"
    rows = [["Serial", "Note"], ["1", "a, b; c"], ["2", "1,5"], ["3", ""]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    file.write_bytes(text.getvalue().encode())
    found = read(file)
    assert found.delimiter == delimiter
    assert [list(cells) for cells in texts(found)] == rows


def test_a_line_for_excel_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(b"sep=|\r\na|b,c\r\n1|2,3\r\n")
    found = read(file)
    assert texts(found) == [("a", "b,c"), ("1", "2,3")]
    assert [line.number for line in found.table.lines] == [2, 3]


def test_a_list_without_any_delimiter_is_one_column(tmp_path: Path) -> None:
    file = tmp_path / "units.txt"
    file.write_bytes(b"1001\n1002\r\n\n1003")
    assert texts(read(file)) == [("1001",), ("1002",), ("1003",)]


def test_a_quoted_cell_may_have_line_breaks_and_rows_count_lines(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(b'Serial,Note\n1,"two\nlines, ""quoted"""\n2,x\n')
    found = read(file)
    assert texts(found)[1:] == [("1", 'two\nlines, "quoted"'), ("2", "x")]
    assert [line.number for line in found.table.lines] == [1, 2, 4]


def test_what_is_written_as_a_formula_to_keep_its_zeros_is_taken_for_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(b'Serial,Note\n"=""0372764""",=1+1\n')
    line = read(file).table.lines[1]
    assert line.cells == ("0372764", "=1+1")
    assert line.marks == {0: Mark.UNWRAPPED, 1: Mark.FORMULA | Mark.NO_RESULT}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a,b\n1,"never closed\n2,x\n', "row that begins at line 2, a quotation mark is never closed"),
        (b'a,b\n1,"x"y\n', "something stands between a closing quotation mark"),
        (b'a,b\n1,"' + b"x" * 140_000, "a quotation mark"),
    ],
)
def test_quotation_marks_that_do_not_fit_are_told_with_their_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(content)
    with pytest.raises(DamagedSheetError, match=said):
        read(file)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(ForeignSheetError, match="no text"):
        read(file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"1\n" * 100_021, "more than 100,000 rows"),
        (b"x," * 300 + b"\n", "301 columns"),
        (b"x" * 40_000 + b",1\n", "a cell of 40,000 characters in row 1"),
    ],
    ids=["rows", "columns", "a cell"],
)
def test_what_is_too_large_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(content)
    with pytest.raises(LargeSheetError, match=said):
        read(file)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_whatever_is_written_as_csv_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    from pathlib import Path  # noqa: PLC0415 (named only, never opened)

    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    found = read_delimited(Path("x.csv"), text.getvalue().encode(), "utf-8", delimiter, no_progress)
    kept = [tuple(row) for row in rows if any(cell and not cell.isspace() for cell in row)]
    plain = [tuple(cells) for cells in kept if not any(cell.startswith("=") for cell in cells)]
    assert [line.cells for line in found.lines if not line.marks] == plain
