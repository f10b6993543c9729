"""Workbooks and their traps: what a cell holds, what its format shows, what is hidden, merged or calculated."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sheets.made import PACKAGE, RELATIONS, by_hand, read, texts, workbook
from uidmanager.core.takeover.table import Mark
from uidmanager.sheets.errors import DamagedSheetError, ForeignSheetError, LargeSheetError, NoSuchSheetError, SheetError
from uidmanager.sheets.numbers import is_date_format, number_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES: dict[str, tuple[Callable[[Any, Any], None], str, int]] = {
    "text stays text": (lambda _b, s: s.write_string(0, 0, "0372764"), "0372764", 0),
    "blanks around are kept until taken": (lambda _b, s: s.write_string(0, 0, " 42 "), " 42 ", 0),
    "a number has no zeros": (lambda _b, s: s.write_number(0, 0, 372764), "372764", Mark.NUMBER),
    "a number with a format of zeros": (
        lambda b, s: s.write_number(0, 0, 372764, b.add_format({"num_format": "0000000"})),
        "0372764",
        Mark.NUMBER | Mark.SHAPED,
    ),
    "a number with letters in its format": (
        lambda b, s: s.write_number(0, 0, 12, b.add_format({"num_format": '"SN-"0000'})),
        "SN-0012",
        Mark.NUMBER | Mark.SHAPED,
    ),
    "a version with two decimals": (
        lambda b, s: s.write_number(0, 0, 4.1, b.add_format({"num_format": "0.00"})),
        "4.10",
        Mark.NUMBER | Mark.SHAPED,
    ),
    "a version that lost its zero": (lambda _b, s: s.write_number(0, 0, 4.10), "4.1", Mark.NUMBER),
    "a number that is stored a little off": (lambda _b, s: s.write_number(0, 0, 0.1 + 0.2), "0.3", Mark.NUMBER),
    "sixteen digits": (lambda _b, s: s.write_number(0, 0, 1234567890123456), "1234567890123456", 5),
    "fifteen digits": (lambda _b, s: s.write_number(0, 0, 123456789012345), "123456789012345", Mark.NUMBER),
    "a negative number": (lambda _b, s: s.write_number(0, 0, -5), "-5", Mark.NUMBER),
    "thousands are no zeros": (
        lambda b, s: s.write_number(0, 0, 1234567, b.add_format({"num_format": "#,##0"})),
        "1234567",
        Mark.NUMBER,
    ),
    "a date": (
        lambda b, s: s.write_datetime(0, 0, datetime(2019, 3, 4), b.add_format({"num_format": "d/m/yyyy"})),  # noqa: DTZ001 (a cell has no zone)
        "2019-03-04",
        Mark.DATE,
    ),
    "a date with its time": (
        lambda b, s: s.write_datetime(0, 0, datetime(2019, 3, 4, 13, 5), b.add_format({"num_format": 22})),  # noqa: DTZ001 (the same)
        "2019-03-04 13:05:00",
        Mark.DATE,
    ),
    "true": (lambda _b, s: s.write_boolean(0, 0, True), "TRUE", Mark.BOOLEAN),
    "a formula with a result": (
        lambda _b, s: s.write_formula(0, 0, "=A2", None, 372764),
        "372764",
        Mark.FORMULA | Mark.NUMBER,
    ),
    "a formula with a text": (lambda _b, s: s.write_formula(0, 0, "=A2", None, "007"), "007", Mark.FORMULA),
    "a formula that failed": (
        lambda _b, s: s.write_formula(0, 0, "=A2/0", None, "#DIV/0!"),
        "#DIV/0!",
        Mark.FORMULA | Mark.ERROR,
    ),
    "several looks in one text": (
        lambda b, s: s.write_rich_string(0, 0, "03", b.add_format({"bold": True}), "727", "64"),
        "0372764",
        0,
    ),
    "a line break": (lambda _b, s: s.write_string(0, 0, "a\nb"), "a\nb", 0),
    "a control character, which XML has no place for": (lambda _b, s: s.write_string(0, 0, "a\x1db"), "a\x1db", 0),
}


@pytest.mark.parametrize("name", CASES)
def test_a_cell(tmp_path: Path, name: str) -> None:
    fill, text, mark = CASES[name]
    line = read(workbook(tmp_path / "a.xlsx", fill)).table.lines[0]
    assert (line.cells[0], line.marks.get(0, 0)) == (text, mark)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("General", False),
        ("0000000", False),
        ("#,##0.00", False),
        ('"day "0', False),
        ("[Red]0", False),
        ("0.00E+00", False),
        ("yyyy-mm-dd", True),
        ("[$-407]d. mmmm yyyy", True),
        ("[h]:mm", True),
        ("dd/mm/yy;@", True),
        (r"d\-m", True),
    ],
)
def test_formats_that_are_dates(code: str, *, is_date: bool) -> None:
    assert is_date_format(code) is is_date


@pytest.mark.parametrize(
    ("stored", "since_1904", "text"),
    [
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("61", False, "1900-03-01"),
        ("43528", False, "2019-03-04"),
        ("42066", True, "2019-03-04"),
        ("0.5", False, "12:00:00"),
        ("-3", False, "-3"),
        ("9999999", False, "9999999"),
    ],
)
def test_days(stored: str, text: str, *, since_1904: bool) -> None:
    assert number_text(stored, None, is_date=True, since_1904=since_1904) == (text, Mark.DATE)


def test_what_is_stored_as_no_number_at_all_is_left_as_it_is() -> None:
    assert number_text("1E400", None, is_date=False, since_1904=False) == ("1E400", Mark.ERROR)
    assert number_text("abc", None, is_date=False, since_1904=False) == ("abc", 0)
    assert number_text("1E300", None, is_date=False, since_1904=False) == ("1E300", Mark.NUMBER | Mark.ROUNDED)


def test_merged_cells_are_marked_but_for_the_first(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for row in range(4):
            sheet.write_string(row, 0, str(row))
        sheet.write_string(0, 2, "beside")
        sheet.merge_range(1, 1, 3, 2, "CT")

    lines = read(workbook(tmp_path / "a.xlsx", fill)).table.lines
    assert lines[1].cells[1] == "CT"
    assert [dict(line.marks) for line in lines] == [
        {},
        {2: Mark.MERGED},
        {1: Mark.MERGED, 2: Mark.MERGED},
        {1: Mark.MERGED, 2: Mark.MERGED},
    ]


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        secret = book.add_worksheet("Secret")
        secret.hide()
        secret.write_string(0, 0, "here")
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_row(1, 0, ["1", "2", "3"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    file = workbook(tmp_path / "a.xlsx", fill)
    found = read(file)
    assert [line.is_hidden for line in found.table.lines] == [False, True]
    assert found.table.hidden_columns == {1}
    assert [(sheet.name, sheet.is_hidden) for sheet in found.sheets] == [("Units", False), ("Secret", True)]
    assert [p.code for p in found.table.remarks] == ["sheet.sheet_said", "sheet.hidden_rows", "sheet.hidden_columns"]
    secret = read(file, sheet="secret")
    assert texts(secret) == [("here",)]
    assert "sheet.hidden_sheet" in [p.code for p in secret.table.remarks]
    with pytest.raises(NoSuchSheetError, match="It has: “Units”, “Secret”"):
        read(file, sheet="Tertiary")


def test_cells_and_rows_may_leave_out_their_places(tmp_path: Path) -> None:
    sheet = "<sheetData><row><c><v>1</v></c><c t='s'><v>1</v></c></row><row r='7'><c r='C7' t='inlineStr'>"
    sheet += "<is><t>x</t><rPh><t>reading</t></rPh></is></c></row></sheetData>"
    file = by_hand(tmp_path / "a.xlsx", sheet, shared="<si><t>no</t></si><si><r><t>ye</t></r><r><t>s</t></r></si>")
    assert [(line.number, line.cells) for line in read(file).table.lines] == [(1, ("1", "yes")), (7, ("", "", "x"))]


def test_elements_may_have_a_prefix(tmp_path: Path) -> None:
    made = by_hand(tmp_path / "a.xlsx", "<sheetData><row><c><v>1</v></c></row></sheetData>")
    parts = {}
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
    parts[sheet] = parts[sheet].replace(b"xmlns=", b"xmlns:x=")
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert texts(read(made)) == [("1",)]


def test_the_workbook_may_have_another_name_in_its_archive(tmp_path: Path) -> None:
    made = by_hand(tmp_path / "a.xlsx", "<sheetData><row><c><v>1</v></c></row></sheetData>")
    with zipfile.ZipFile(made) as archive:
        parts = {name.replace("workbook", "workbook22"): archive.read(name) for name in archive.namelist()}
    relation = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="/xl/workbook22.xml"/>'
    parts["_rels/.rels"] = f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>'.encode()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert texts(read(made)) == [("1",)]


def test_a_document_of_another_program_is_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    relation = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>')
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(ForeignSheetError, match="no workbook"):
        read(file)


def test_a_formula_that_was_never_calculated_has_no_result(tmp_path: Path) -> None:
    file = by_hand(tmp_path / "a.xlsx", "<sheetData><row><c r='A1'><f>B1+1</f></c></row></sheetData>")
    assert read(file).table.lines[0].marks == {0: Mark.FORMULA | Mark.NO_RESULT}


def test_a_million_rows_are_refused_before_they_are_in_memory(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(1, 1_048_577))
    file = by_hand(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>")
    with pytest.raises(LargeSheetError, match=r"more than 100,000 rows\. Cut it in parts"):
        read(file)


def test_a_million_rows_that_are_only_formatted_are_none(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'><c r='A{n}' s='1'/></row>" for n in range(2, 200_000))
    sheet = f"<sheetData><row r='1'><c r='A1'><v>1</v></c></row>{rows}</sheetData>"
    assert texts(read(by_hand(tmp_path / "a.xlsx", sheet))) == [("1",)]


def test_a_cell_at_the_far_end_takes_no_room(tmp_path: Path) -> None:
    sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    with pytest.raises(LargeSheetError, match="16,384 columns in row 1,048,576"):
        read(by_hand(tmp_path / "a.xlsx", f"{sheet}</sheetData>"))


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "declares entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "declares entities"),
    ],
)
def test_entities_are_refused(tmp_path: Path, head: str, said: str) -> None:
    sheet = "<sheetData><row><c t='inlineStr'><is><t>x</t></is></c></row></sheetData>"
    with pytest.raises(DamagedSheetError, match=said):
        read(by_hand(tmp_path / "a.xlsx", sheet, head=head))


def test_a_part_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.sheets.parts.LARGEST_PART", 1 << 20)
    sheet = f"<sheetData><!--{' ' * (2 << 20)}--></sheetData>"
    file = by_hand(tmp_path / "a.xlsx", sheet)
    with pytest.raises(LargeSheetError, match="unpacks to more than 1 MB"):
        read(file)


def test_what_a_part_says_of_its_size_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uidmanager.sheets.parts.LARGEST_PART", 1 << 20)
    sheet = f"<sheetData><!--{' ' * (2 << 20)}--></sheetData>"
    file = by_hand(tmp_path / "a.xlsx", sheet)
    content = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        true = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert content.count(true) == 2
    file.write_bytes(content.replace(true, (500).to_bytes(4, "little")))
    with pytest.raises(LargeSheetError, match="unpacks to more than 1 MB"):
        read(file)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("<sheetData><row><c t='s'><v>9</v></c></row></sheetData>", "cell A1 has a text that is not there"),
        ("<sheetData><row r='3'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row></sheetData>", "row 2 stands"),
        ("<sheetData><row><c><v>1</v></c></row>", "no XML that can be read"),
    ],
)
def test_damage_is_told(tmp_path: Path, sheet: str, said: str) -> None:
    with pytest.raises(DamagedSheetError, match=said):
        read(by_hand(tmp_path / "a.xlsx", sheet, shared="<si><t>x</t></si>"))


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_breaks_off_is_damaged(tmp_path: Path, keep: float) -> None:
    file = workbook(tmp_path / "a.xlsx", lambda _b, s: s.write_row(0, 0, ["a", "b"]))
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(DamagedSheetError):
        read(file)


def test_bytes_that_were_changed_are_found_or_do_no_harm(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", lambda _b, s: s.write_row(0, 0, ["0372764", "CT"]))
    content = bytearray(file.read_bytes())
    for at in range(0, len(content), 37):
        changed = bytearray(content)
        changed[at] ^= 0x55
        file.write_bytes(changed)
        try:
            found = read(file)
        except SheetError:  # whatever else it is, is a fault of ours
            continue
        assert texts(found) == [("0372764", "CT")]


VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(str.strip),
    st.integers(-(10**14), 10**14),
    st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=8))
def test_another_reader_reads_the_same(tmp_path: Path, rows: list[list[str | int | bool]]) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                write = {str: sheet.write_string, bool: sheet.write_boolean, int: sheet.write_number}[type(value)]
                write(at, column, value)

    file = workbook(tmp_path / "a.xlsx", fill)
    with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
        other = book.get_sheet_by_name("Units").to_python()
    shown = [[_text(value) for value in row] for row in other]
    width = max(map(len, shown))
    assert [[*cells, *[""] * (width - len(cells))] for cells in texts(read(file))] == shown


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(int(value)) if isinstance(value, float) else str(value)


def by_libreoffice(source: Path, *options: str) -> Path:
    """The same as a workbook that LibreOffice has written."""
    folder = source.parent / "written"
    home = f"-env:UserInstallation=file://{source.parent / 'office'}"
    command = ["soffice", home, "--headless", *options, "--convert-to", "xlsx", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.xlsx"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not at hand")
def test_a_workbook_that_libreoffice_wrote(tmp_path: Path) -> None:
    source = tmp_path / "units.csv"
    source.write_text("Serial,Product,Issued\n0372764,CT,2019-03-04\n'0042,MR,x\n", encoding="utf-8")
    lines = read(by_libreoffice(source, "--infilter=CSV:44,34,76,1,1/2/2/2/3/5")).table.lines
    assert lines[1].cells == ("0372764", "CT", "2019-03-04")
    assert lines[1].marks == {2: Mark.DATE}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not at hand")
def test_what_libreoffice_writes_again_has_the_same_traps(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        shaped = book.add_format({"num_format": "0000000"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Serial", "Product", "Issued", "Left"])
        sheet.write_string(1, 0, "0372764")
        sheet.write_number(2, 0, 372765, shaped)
        sheet.write_number(3, 0, 372766)
        sheet.write_formula(4, 0, "=A4+1", None, 372767)
        sheet.write_string(5, 0, "=A1")
        sheet.write_datetime(6, 0, datetime(2019, 3, 4), day)  # noqa: DTZ001 (a cell has no zone)
        sheet.write_formula(7, 0, "=1/0", None, "#DIV/0!")
        sheet.merge_range(1, 1, 3, 1, "CT")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        book.add_worksheet("Old").hide()

    file = workbook(tmp_path / "units.xlsx", fill)
    ours, theirs = read(file), read(by_libreoffice(file))
    assert [(line.number, line.cells[0], line.is_hidden) for line in theirs.table.lines] == [
        (line.number, line.cells[0], line.is_hidden) for line in ours.table.lines
    ]
    assert [dict(line.marks) for line in theirs.table.lines] == [dict(line.marks) for line in ours.table.lines]
    assert theirs.table.hidden_columns == ours.table.hidden_columns == {3}
    assert [(sheet.name, sheet.is_hidden) for sheet in theirs.sheets] == [("Units", False), ("Old", True)]
