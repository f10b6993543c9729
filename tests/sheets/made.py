"""Spreadsheets for the tests: workbooks by xlsxwriter, and by hand where it would not write such things."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from uidmanager.app.ports import no_progress
from uidmanager.sheets.reading import Reading, Wishes, read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(where: Path, fill: Callable[[Any, Any], None]) -> Path:
    """A workbook with one sheet, “Units”, unless ``fill`` adds others."""
    book = xlsxwriter.Workbook(str(where))
    fill(book, book.add_worksheet("Units"))
    book.close()
    return where


def by_hand(
    where: Path, sheet: str, *, shared: str | None = None, extra: dict[str, bytes] | None = None, head: str = ""
) -> Path:
    """A workbook whose one sheet has this XML inside its root element."""
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Units" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{head}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    where.write_bytes(made.getvalue())
    return where


def read(where: Path, **wishes: str) -> Reading:
    return read_spreadsheet(where, Wishes(**wishes), no_progress)


def texts(reading: Reading) -> list[tuple[str, ...]]:
    return [line.cells for line in reading.table.lines]
