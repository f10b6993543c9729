from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.writers.made import HEAD, STAMP, made, numbered
from uidmanager.core.reports import COLUMNS, Kind, Report, Row
from uidmanager.core.reports import report as report_of
from uidmanager.core.texts import visible
from uidmanager.writers import rows_xlsx
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_xlsx import LONGEST_CELL, CellTooLongError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.conftest import Book
    from tests.writers.conftest import Office

TITLES = [column.title for column in COLUMNS[Kind.PRODUCTS]]
AS_IN_OFFICE = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """Every sheet's cells by the sheet's name; all of them must be text."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: dict[str, list[list[str]]] = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert all(isinstance(cell, str) for row in rows for cell in row)
        found[name] = [[str(cell) for cell in row] for row in rows]
    return found


def written(*rows: Row) -> bytes:
    return render(made(Kind.PRODUCTS, *rows), Format.XLSX, STAMP)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode("utf-8")


def shown(report: Report) -> list[list[str]]:
    """The rows as they are to be read."""
    return [["" if row[f] is None else visible(str(row[f])) for f in report.fields] for row in report.rows]


@pytest.mark.parametrize("kind", Kind)
def test_every_report_is_read_back(rich: Book, kind: Kind) -> None:
    report = report_of(rich.registry, kind)
    found = sheets(render(report, Format.XLSX, STAMP))
    assert list(found) == ["About", report.title]
    assert found[report.title] == [[column.title for column in report.columns], *shown(report)]
    assert ["Ledger head", report.head] in found["About"]


def test_the_sheets_before_the_rows_say_what_proves_them() -> None:
    about = sheets(written())["About"]
    assert about[0] == ["Products and their numbers", ""]
    assert about[2:] == [
        ["Organisation", "Acme Imaging"],
        ["Root", "1.2.3"],
        ["Registry", "registry-1"],
        ["Filter", "none"],
        ["Rows", "0"],
        ["Entries", "7"],
        ["Ledger head", HEAD],
        ["Ledger verified", "not for this report"],
        ["Made", "2026-11-22 21:06:42 UTC by anna at LINE-3"],
        ["Program", "UID Manager 0.2.0"],
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5))
def test_any_text_is_read_back_as_text(texts: list[tuple[str, str]]) -> None:
    rows: list[Row] = [{"number": n, "name": name, "code": code} for n, (name, code) in enumerate(texts)]
    found = sheets(written(*rows))["Products and their numbers"]
    assert found == [TITLES, *shown(made(Kind.PRODUCTS, *rows))]


@pytest.mark.parametrize(
    "name",
    ["=1+1", "<r><t>x</t></r>", "_x0041_", " blank ", "007", "1e5", "2026-11-22", "{=1}", "http://x", "TRUE", "'x"],
)
def test_what_a_workbook_might_take_for_something_else_is_text(name: str) -> None:
    content = written({"number": 1, "name": name})
    assert sheets(content)["Products and their numbers"][1][1] == name
    assert "<f>" not in part(content, "xl/worksheets/sheet2.xml")


def test_it_opens_on_the_rows_with_their_head_in_sight_and_filters() -> None:
    sheet = part(written({"number": 1, "name": "Viewer"}, {"number": 2}), "xl/worksheets/sheet2.xml")
    assert 'tabSelected="1"' in sheet
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:M3"/>' in sheet
    assert '<ignoredError sqref="A1:M3" numberStoredAsText="1"/>' in sheet


def test_long_prose_makes_its_row_taller_and_a_uid_its_column_wider() -> None:
    uid = "1.2." + "9" * 60
    rows: list[Row] = [{"uid": uid, "product": "装置" * 40}, {"uid": "1.2"}]
    sheet = part(render(made(Kind.IDENTIFIERS, *rows), Format.XLSX, STAMP), "xl/worksheets/sheet2.xml")
    assert '<row r="2" ht="60" customHeight="1">' in sheet
    assert '<row r="3">' in sheet
    assert '<col min="1" max="1" width="74.' in sheet


def test_the_properties_say_what_it_is() -> None:
    core = part(written(), "docProps/core.xml")
    assert "<dc:title>Products and their numbers</dc:title>" in core
    assert "<dc:creator>anna</dc:creator>" in core
    assert ">2026-11-22T21:06:42Z</dcterms:created>" in core
    assert HEAD in core
    assert "<Company>Acme Imaging</Company>" in part(written(), "docProps/app.xml")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_xlsx, "MOST_ROWS", 2)
    found = sheets(written(*numbered(5)))
    assert list(found) == [
        "About",
        "Products and their numbers",
        "Products and their numbers 2",
        "Products and their numbers 3",
    ]
    assert [row[0] for name in list(found)[1:] for row in found[name][1:]] == list("01234")
    assert all(found[name][0] == TITLES for name in list(found)[1:])


@pytest.mark.parametrize("name", ["x" * (LONGEST_CELL + 1), "\U0001f600" * (LONGEST_CELL // 2 + 1), "\x00" * 8192])
def test_a_text_that_no_cell_holds_is_refused_before_anything_is_made(name: str) -> None:
    with pytest.raises(CellTooLongError, match="In row 2 “Name” has 32,76"):
        written({"number": 1}, {"number": 2, "name": name})


def test_the_longest_text_is_kept_whole() -> None:
    name = "x" * LONGEST_CELL
    assert sheets(written({"name": name}))["Products and their numbers"][1][1] == name


def test_whoever_stops_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_message: str, fraction: float) -> None:
        if fraction > 0:
            raise KeyboardInterrupt

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        render(made(Kind.PRODUCTS, *numbered(5000)), Format.XLSX, STAMP, stop)
    assert list(tmp_path.iterdir()) == []


def test_an_office_reads_the_same(office: Office, rich: Book) -> None:
    report = report_of(rich.registry, Kind.INSTALLATIONS)
    read = office.convert("report.xlsx", render(report, Format.XLSX, STAMP), AS_IN_OFFICE)
    text = read["report-Installations.csv"].decode("utf-8")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == shown(report)
    about = read["report-About.csv"].decode("utf-8")
    assert ["Ledger head", report.head] in list(csv.reader(io.StringIO(about, newline="")))
