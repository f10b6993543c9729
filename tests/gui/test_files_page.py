"""Files from the field on their page: scanned, counted, filtered, opened, reported; and nothing left behind."""

from __future__ import annotations

import json
import multiprocessing
from sqlite3 import ProgrammingError
from typing import TYPE_CHECKING

import pytest
from pydicom.config import disable_value_validation
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.dicom.planting import PLANS, REGISTRY, UNIT, Plan, plant, written
from tests.gui.hands import button, click, combo, edit, page_in, pick, press, problems, rows, said, sent_by
from tests.gui.test_pages_are_named import check
from uidmanager.core.errors import CancelledError
from uidmanager.core.records import Installation, Release
from uidmanager.dicom.scan import Scan
from uidmanager.dicom.spool import NoRoomError
from uidmanager.gui.dialogs import NoteSeenDialog
from uidmanager.gui.pages.files import FilesPage

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session

HOSTILE = "\u202egnp\nstill one name"


@pytest.fixture
def makers(service: Service, register: Callable[[Draft], Receipt]) -> Service:
    """The registry of those who made the planted files."""
    for draft in REGISTRY:
        register(draft)
    return service


@pytest.fixture
def page(qtbot: QtBot, makers: Service, session: Session) -> FilesPage:
    made = FilesPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    QAbstractItemModelTester(made.pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def field(tmp_path: Path) -> Path:
    folder = tmp_path / "field"
    folder.mkdir()
    return folder


@pytest.fixture
def planted(field: Path) -> tuple[Path, Counter[str]]:
    return field, plant(field, len(PLANS))


def put(folder: Path, name: str, **changes: str) -> Path:
    with disable_value_validation():
        (folder / name).write_bytes(written(1, Plan("", changes)))
    return folder / name


def scanned(qtbot: QtBot, page: FilesPage, *paths: Path) -> None:
    page.scan([str(path) for path in paths])
    qtbot.waitUntil(page.files_button.isEnabled, timeout=60_000)
    page.pane.model.settle()


def test_an_empty_page_says_what_it_is_for(page: FilesPage) -> None:
    assert page_in(page.stack) == "scan_empty_page"
    check(page)
    page.focus_first()
    assert page.files_button.hasFocus()


def test_a_folder_is_told_as_it_was_planted(qtbot: QtBot, page: FilesPage, planted: tuple[Path, Counter[str]]) -> None:
    folder, expected = planted
    scanned(qtbot, page, folder)
    found = rows(page, "scan_table")
    assert len(found) == expected.total()
    assert sum(row[1].startswith("✕ Our root, never issued") for row in found) == expected["never_issued"]
    assert sum(row[1].startswith("✓ Registered and consistent") for row in found) == expected["consistent"]
    told = {what: (of, files) for files, what, of in rows(page, "scan_summary_table")}
    assert told["Not DICOM"] == ("Verdict", str(expected["not_dicom"]))
    assert told["CT Console 3.0.0 (withdrawn)"] == ("Release", str(expected["consistent, withdrawn"]))
    assert told["0372764"] == ("Installation", str(sum(row[5] == "0372764" for row in found)))
    assert said(page, "scan_heading").startswith(f"{expected.total()} files in {folder}: ")
    assert problems(page, "scan_problems") == []
    check(page)


def test_rows_are_filtered_by_weight_and_by_words(
    qtbot: QtBot, page: FilesPage, planted: tuple[Path, Counter[str]]
) -> None:
    folder, _ = planted
    scanned(qtbot, page, folder)
    everything = len(rows(page, "scan_table"))
    pick(page, "scan_weight_combo", "Faults")
    faults = rows(page, "scan_table")
    assert 0 < len(faults) < everything
    assert all(row[1].startswith("✕") for row in faults)
    assert said(page, "filter_count") == f"{len(faults)} of {everything}"
    edit(page, "filter_edit").setText("NEVER issued 9.9")
    assert [row[6] for row in rows(page, "scan_table")] == ["1.2.826.0.1.3680043.2.50.1.1.9.9"]
    edit(page, "filter_edit").setText("nowhere")
    assert rows(page, "scan_table") == []
    pick(page, "scan_weight_combo", "All")
    edit(page, "filter_edit").clear()
    assert len(rows(page, "scan_table")) == everything


def test_more_rows_than_a_step_holds_arrive_in_turns_and_stay_chosen(
    qtbot: QtBot, page: FilesPage, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (field / f"{number:03}").write_bytes(b"Dear all,")
    monkeypatch.setattr("uidmanager.dicom.spool._AT_ONCE", 4)
    monkeypatch.setattr("uidmanager.dicom.spool._SEARCHED_AT_ONCE", 4)
    monkeypatch.setattr("uidmanager.gui.tables.scan_model.TURN_S", 0.0)
    monkeypatch.setattr("uidmanager.gui.tables.scan_model._KEPT", 5)
    scanned(qtbot, page, field)
    names = [row[0].rpartition("/")[2] for row in rows(page, "scan_table")]
    assert names == [f"{number:03}" for number in range(30)]
    page.pane.table.choose(page.pane.model.key_at(21))
    edit(page, "filter_edit").setText("021")
    assert page.pane.model.is_searching
    qtbot.waitUntil(lambda: not page.pane.model.is_searching)
    assert [row[0].rpartition("/")[2] for row in rows(page, "scan_table")] == ["021"]
    assert str(page.pane.table.chosen["path"]).endswith("/021")
    edit(page, "filter_edit").setText("")
    page.pane.table.selectAll()
    assert len(list(page.pane.table.chosen_records())) == 30


def test_the_chosen_file_is_told_in_all_its_fields_and_copied(qtbot: QtBot, page: FilesPage, field: Path) -> None:
    scanned(qtbot, page, put(field, "one.dcm", device_serial="4711"))
    assert page.pane.table.hasFocus()
    assert said(page, "scan_details_title").replace("\u200b", "") == "one.dcm"
    click(button(page, "copy_scan_details_button"))
    copied = QApplication.clipboard().text()
    assert "Device Serial Number: 4711" in copied
    assert "Verdicts: ✕ Serial in the file is another than the root's" in copied
    assert f"SOP Instance UID: {UNIT}.1.1" in copied


def test_the_installation_and_the_release_are_opened_by_button_and_by_key(
    qtbot: QtBot, page: FilesPage, field: Path
) -> None:
    scanned(qtbot, page, put(field, "one.dcm"))
    with qtbot.waitSignal(page.opened) as opened:
        press(page.pane.table, Qt.Key.Key_Return)
    record = sent_by(opened)
    assert isinstance(record, Installation)
    assert record.serial == "0372764"
    with qtbot.waitSignal(page.opened) as opened:
        click(button(page, "open_release_button"))
    record = sent_by(opened)
    assert isinstance(record, Release)
    assert record.version == "4.5.0"


def test_a_file_that_names_no_record_opens_none(qtbot: QtBot, page: FilesPage, field: Path) -> None:
    (field / "letter").write_bytes(b"Dear all,")
    scanned(qtbot, page, field)
    assert not button(page, "open_release_button").isVisible()
    assert not button(page, "open_installation_button").isVisible()
    with qtbot.assertNotEmitted(page.opened):
        press(page.pane.table, Qt.Key.Key_Return)


def test_a_hostile_name_is_shown_with_escapes_on_one_line(qtbot: QtBot, page: FilesPage, field: Path) -> None:
    (field / HOSTILE).write_bytes(b"Dear all,")
    scanned(qtbot, page, field)
    shown = rows(page, "scan_table")[0][0]
    assert shown.endswith("/\\u202egnp\\nstill one name")
    assert said(page, "scan_details_title").replace("\u200b", "") == "\\u202egnp\\nstill one name"


def test_what_was_found_until_it_was_cancelled_is_kept_and_said(
    qtbot: QtBot, page: FilesPage, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(field, "one.dcm")
    whole = Scan._read

    def until_there_is_a_row(scan: Scan, progress: Progress) -> None:
        whole(scan, progress)
        raise CancelledError

    monkeypatch.setattr(Scan, "_read", until_there_is_a_row)
    scanned(qtbot, page, field)
    assert len(rows(page, "scan_table")) == 1
    assert "Stopped after 1 of 1 files" in page.problems.problems[0].message


def test_the_cancel_button_ends_a_scan_and_its_readers(
    qtbot: QtBot, page: FilesPage, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(field, "one.dcm")

    def for_ever(_scan: Scan, progress: Progress) -> None:
        while True:
            progress("Reading", 0.5)

    monkeypatch.setattr(Scan, "_read", for_ever)
    page.scan([str(field)])
    assert page_in(page.stack) == "scan_running_page"
    check(page)
    page.scan([str(field / "other")])
    assert "A scan is under way" in page.problems.problems[0].message
    click(button(page, "scan_progress_cancel_button"))
    qtbot.waitUntil(lambda: page_in(page.stack) == "scan_pane", timeout=60_000)
    assert multiprocessing.active_children() == []


def test_another_scan_takes_the_place_of_the_last(qtbot: QtBot, page: FilesPage, field: Path) -> None:
    first, second = put(field, "one.dcm"), put(field, "two.dcm")
    scanned(qtbot, page, first)
    spool = page._scan.spool if page._scan else None
    scanned(qtbot, page, second)
    assert [row[0] for row in rows(page, "scan_table")] == [str(second)]
    assert spool is not None
    with pytest.raises(ProgrammingError, match="closed"):
        spool.count()


def test_closing_the_registry_ends_the_scan_its_readers_and_its_rows(
    qtbot: QtBot, page: FilesPage, session: Session, planted: tuple[Path, Counter[str]]
) -> None:
    page.scan([str(planted[0])])
    scan = page._scan
    assert scan is not None
    session.close()
    assert multiprocessing.active_children() == []
    with pytest.raises(ProgrammingError, match="closed"):
        scan.spool.count()


@pytest.mark.parametrize("form", ["JSON", "CSV", "PDF", "Workbook (XLSX)", "Web page (HTML)", "Markdown", "Plain text"])
def test_the_report_is_saved_in_every_format(
    qtbot: QtBot, page: FilesPage, field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    scanned(qtbot, page, put(field, "one.dcm"), put(field, "two.dcm", device_serial="4711"))
    pick(page, "scan_format_combo", form)
    assert combo(page, "scan_paper_combo").isVisible() == (form == "PDF")
    file = tmp_path / f"report.{page.pane.save_strip.form.suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    click(button(page, "save_scan_button"))
    qtbot.waitUntil(lambda: not page.pane.save_strip.is_busy, timeout=60_000)
    assert said(page, "saved_label") == f"Saved 2 rows to {file}"
    if form == "JSON":
        written_rows = json.loads(file.read_text())["rows"]
        assert [row["verdicts"] for row in written_rows] == ["duplicate", "serial, duplicate"]


def test_no_scan_is_begun_while_a_report_of_the_last_is_made(
    qtbot: QtBot, page: FilesPage, field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(qtbot, page, put(field, "one.dcm"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "report.json"), ""))
    pick(page, "scan_format_combo", "JSON")
    click(button(page, "save_scan_button"))
    page.scan([str(field)])
    assert "report of the last scan is under way" in page.problems.problems[0].message
    qtbot.waitUntil(lambda: not page.pane.save_strip.is_busy)
    assert (tmp_path / "report.json").exists()


def test_files_and_folders_are_chosen_from_dialogs(
    qtbot: QtBot, page: FilesPage, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(field, "one.dcm")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(file)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(field))
    for name in ("scan_files_button", "scan_folder_button"):
        click(button(page, name))
        qtbot.waitUntil(page.files_button.isEnabled, timeout=60_000)
        assert [row[0] for row in rows(page, "scan_table")] == [str(file)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: "")
    click(button(page, "scan_folder_button"))
    assert len(rows(page, "scan_table")) == 1


def test_no_room_for_the_rows_is_said(
    qtbot: QtBot, page: FilesPage, field: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise NoRoomError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(Scan, "_find", full)
        scanned(qtbot, page, field)
    assert "no room" in page.problems.problems[0].message
    assert page_in(page.stack) == "scan_empty_page"
    monkeypatch.setattr("uidmanager.dicom.spool.Spool.__init__", full)
    page.scan(["nowhere"])
    assert "no room" in page.problems.problems[0].message


def test_that_a_machine_was_met_is_noted_on_it(qtbot: QtBot, page: FilesPage, field: Path, makers: Service) -> None:
    scanned(qtbot, page, put(field, "one.dcm"))
    page.findChild(QAction, "scan_seen_action").trigger()  # type: ignore[union-attr]
    dialog = page.findChild(NoteSeenDialog)
    assert isinstance(dialog, NoteSeenDialog)
    assert dialog.where_edit.text() == str(field)
    what = dialog.what_edit.text()
    with qtbot.waitSignal(dialog.noted) as noted_at:
        click(dialog.accept_button)
    assert noted_at.args
    with makers.look() as registry:
        (noted,) = registry.findings_on(registry.installation("372764"))  # type: ignore[arg-type]
    assert (noted.where, noted.what) == (str(field), what)
    assert what == "What it says of itself is registered so."


def test_of_a_file_that_names_no_machine_nothing_is_noted(qtbot: QtBot, page: FilesPage, field: Path) -> None:
    (field / "letter").write_bytes(b"Dear all,")
    scanned(qtbot, page, field)
    assert not page.findChild(QAction, "scan_seen_action").isEnabled()  # type: ignore[union-attr]
