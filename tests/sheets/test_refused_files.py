"""Files that are no spreadsheets we take: each is told what it is, and what to do instead."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.sheets.made import read, workbook
from uidmanager.sheets import errors as e
from uidmanager.sheets.reading import read_spreadsheet

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"", e.EmptySheetError, "empty"),
        (b"\xef\xbb\xbf\r\n \t\r\n", e.EmptySheetError, "empty"),
        (b",,,\n,,\n", e.EmptySheetError, "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), e.LockedSheetError, "without the password"),
        (OLE + "Workbook".encode("utf-16-le"), e.ForeignSheetError, r"old kind \(\.xls\)"),
        (b"%PDF-1.7 ...", e.ForeignSheetError, "a PDF"),
        (b"\x1f\x8b\x08", e.ForeignSheetError, "gzip"),
        (b"<html><table><tr><td>1</td></tr></table></html>", e.ForeignSheetError, "a web page or XML"),
        (b'<?xml version="1.0"?><Workbook/>', e.ForeignSheetError, "a web page or XML"),
        (b'{"rows": [1, 2]}', e.ForeignSheetError, "JSON"),
        (b'[["a"]]', e.ForeignSheetError, "JSON"),
        (b'{"h":"' + b"0" * 64 + b'","n":1}\n', e.OurFileError, "--ledger"),
        (b'{\n  "format": "uidmanager-registry"', e.OurFileError, "without --kind"),
    ],
)
def test_a_file(tmp_path: Path, content: bytes, kind: type[e.SheetError], said: str) -> None:
    file = tmp_path / "units.xlsx"
    file.write_bytes(content)
    with pytest.raises(kind, match=said):
        read(file)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xl/workbook.bin", b"", r"binary workbook \(\.xlsb\)"),
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", r"OpenDocument spreadsheet \(\.ods\)"),
        ("readme.txt", b"hello", "an archive, but no workbook"),
    ],
)
def test_an_archive(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / "units.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    with pytest.raises(e.ForeignSheetError, match=said):
        read(file)


def test_a_sheet_without_cells(tmp_path: Path) -> None:
    with pytest.raises(e.EmptySheetError, match="“Units”"):
        read(workbook(tmp_path / "a.xlsx", lambda _book, _sheet: None))


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(e.SheetMissingError, match="cannot be read"):
        read(tmp_path / "none.csv")
    with pytest.raises(e.SheetMissingError, match="a folder or a device"):
        read(tmp_path)
    with pytest.raises(e.SheetMissingError):
        read(tmp_path / "a\0b")


@pytest.mark.skipif(os.name != "posix", reason="no named pipes here")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(e.SheetMissingError, match="a folder or a device"):
        read(tmp_path / "pipe.csv")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as opened:
        opened.truncate((64 << 20) + 1)
    with pytest.raises(e.LargeSheetError, match="larger than 64 MB"):
        read(file)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"1\n" * 10_000)
    told = []

    def progress(message: str, fraction: float) -> None:
        told.append((message, fraction))
        if len(told) > 2:
            raise KeyboardInterrupt

    from uidmanager.sheets.reading import Wishes  # noqa: PLC0415 (for this one)

    with pytest.raises(KeyboardInterrupt):
        read_spreadsheet(file, Wishes(), progress)
    assert all(0 <= fraction <= 1 for _, fraction in told)
