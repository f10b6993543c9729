"""A report is saved as it is shown, in every format there is: whole or not at all, with what proves it."""

from __future__ import annotations

import csv
import io
import json
from threading import Event
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QLocale
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from tests.gui.hands import button, combo, pick, rows, said
from uidmanager.core.reports import FIELDS, TITLES, Kind
from uidmanager.gui.file_kinds import FILE_KINDS, PAPERS, usual_paper
from uidmanager.gui.main_window import WindowState
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.writers.formats import Format
from uidmanager.writers.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> ReportsPage:
    made = ReportsPage(session)
    qtbot.addWidget(made)
    made.show()
    pick(made, "report_kind_combo", TITLES[Kind.RELEASES])
    qtbot.waitUntil(lambda: made.view.model.rowCount() == 3 and button(made, "save_report_button").isEnabled())
    return made


def save(page: ReportsPage, monkeypatch: pytest.MonkeyPatch, where: Path | str, form: Format = Format.CSV) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(where), ""))
    page.save_strip.form_combo.choose(form.value)
    button(page, "save_report_button").click()


def sentence(page: ReportsPage) -> str:
    return " ".join(problem.message for problem in page.save_strip.problems.problems)


def test_every_format_is_offered_under_a_name() -> None:
    assert set(FILE_KINDS) == set(Format)
    assert len({kind.title for kind in FILE_KINDS.values()}) == len(Format)


@pytest.mark.parametrize("form", Format)
def test_saves_in_every_format_and_shows_where(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    where = tmp_path / "out" / f"releases.{form.suffix}"
    where.parent.mkdir()
    save(page, monkeypatch, where.with_suffix(""), form)  # the suffix is added
    qtbot.waitUntil(page.save_strip.saved.isVisible, timeout=30_000)
    assert said(page, "saved_label") == f"Saved 3 rows to {where}"
    assert list(where.parent.iterdir()) == [where]
    assert where.stat().st_size > 100
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    button(page, "show_folder_button").click()
    assert [url.toLocalFile() for url in shown] == [str(where.parent)]


def test_saves_the_rows_that_are_shown(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "out.csv"
    save(page, monkeypatch, where)
    qtbot.waitUntil(page.save_strip.saved.isVisible)
    written = list(csv.reader(io.StringIO(where.read_bytes().decode("utf-8"))))
    assert written[0] == list(FIELDS[Kind.RELEASES])
    assert [row[1:5] for row in written[1:]] == [row[1:5] for row in rows(page, "report_table")]


def test_says_verified_only_when_the_ledger_was_verified_up_to_this_head(
    qtbot: QtBot, page: ReportsPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where, is_verified in ((tmp_path / "before.json", False), (tmp_path / "after.json", True)):
        if is_verified:
            button(page, "verify_report_button").click()
            qtbot.waitUntil(lambda: "✓" in said(page, "report_foot"))
        save(page, monkeypatch, where, Format.JSON)
        qtbot.waitUntil(lambda: str(where) in said(page, "saved_label"))  # noqa: B023 (waited for at once)
        written = json.loads(where.read_text(encoding="utf-8"))
        with session.service.look() as registry:
            assert (written["entries"], written["head"]) == (10, registry.head)
        assert written["verified"] is is_verified


def test_overwrites_what_the_dialog_has_asked_about_but_never_a_ledger(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "out.csv"
    where.write_text("old", encoding="utf-8")
    save(page, monkeypatch, where)
    qtbot.waitUntil(page.save_strip.saved.isVisible)
    assert where.read_text(encoding="utf-8") != "old"
    before = ledger_path.read_bytes()
    save(page, monkeypatch, ledger_path)
    qtbot.waitUntil(lambda: "never overwritten" in sentence(page))
    assert ledger_path.read_bytes() == before
    save(page, monkeypatch, where.with_suffix(""))  # whose whole name the dialog did not know
    qtbot.waitUntil(lambda: "already" in sentence(page))


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(page, monkeypatch, tmp_path / "no such folder" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in sentence(page))
    assert not page.save_strip.saved.isVisible()
    assert button(page, "save_report_button").isEnabled()
    save(page, monkeypatch, "")  # thought better of it
    assert "cannot be written" in sentence(page)


def test_saving_shows_how_far_it_is_and_leaves_no_file_when_it_is_stopped(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = Event()

    def slowly(_report: object, _form: Format, _stamp: object, progress: Progress, **_named: object) -> bytes:
        progress("Laying out", 0.5)
        may_go_on.wait(10)
        return b"content"

    monkeypatch.setattr("uidmanager.gui.widgets.save_strip.render", slowly)
    folder = tmp_path / "out"
    folder.mkdir()
    save(page, monkeypatch, folder / "out.csv")
    assert page.save_strip.progress.isVisible()
    assert not button(page, "save_report_button").isEnabled()
    button(page, "save_progress_cancel_button").click()
    may_go_on.set()
    qtbot.waitUntil(lambda: "no file was written" in sentence(page))
    assert list(folder.iterdir()) == []
    assert not page.save_strip.progress.isVisible()
    assert button(page, "save_report_button").isEnabled()


def test_a_fault_of_ours_is_told_and_raised(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.gui.widgets.save_strip.render", fail)
    with qtbot.captureExceptions() as raised:
        save(page, monkeypatch, tmp_path / "out.csv")
        qtbot.waitUntil(lambda: "fault" in sentence(page))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]


def test_nothing_is_saved_of_a_ledger_in_trouble(
    qtbot: QtBot, page: ReportsPage, session: Session, ledger_path: Path
) -> None:
    content = bytearray(ledger_path.read_bytes())
    content[len(content) // 2] ^= 1
    ledger_path.write_bytes(content)
    button(page, "verify_report_button").click()
    qtbot.waitUntil(lambda: "in trouble" in said(page, "report_foot"))
    qtbot.waitUntil(lambda: not button(page, "save_report_button").isEnabled())
    assert "not all" in button(page, "save_report_button").toolTip()
    assert session.verification is not None


def test_the_format_is_remembered_until_the_next_start(page: ReportsPage) -> None:
    state = WindowState()
    page.save_strip.form_combo.choose(Format.JSON.value)
    state.save_parts(page)
    page.save_strip.form_combo.choose(Format.CSV.value)
    state.restore_parts(page)
    assert page.save_strip.form is Format.JSON
    page.save_strip.form_combo.choose("no longer offered")
    assert page.save_strip.form is Format.JSON
    assert combo(page, "report_format_combo").count() == len(Format)


@pytest.mark.parametrize(("paper", "width"), [(Paper.A4, 595), (Paper.LETTER, 612)])
def test_a_pdf_is_laid_out_for_the_chosen_paper(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paper: Paper, width: int
) -> None:
    page.save_strip.form_combo.choose(Format.CSV.value)
    assert not combo(page, "report_paper_combo").isVisible()
    page.save_strip.form_combo.choose(Format.PDF.value)
    assert combo(page, "report_paper_combo").isVisible()
    pick(page, "report_paper_combo", PAPERS[paper])
    save(page, monkeypatch, tmp_path / "out.pdf", Format.PDF)
    qtbot.waitUntil(page.save_strip.saved.isVisible, timeout=30_000)
    box = PdfReader(tmp_path / "out.pdf").pages[0].mediabox
    assert width in {round(box.width), round(box.height)}


@pytest.mark.parametrize(
    ("name", "paper"),
    [("en_US", Paper.LETTER), ("es_MX", Paper.LETTER), ("en_GB", Paper.A4), ("ja_JP", Paper.A4), ("C", Paper.A4)],
)
def test_the_usual_paper_is_that_of_the_country(name: str, paper: Paper) -> None:
    assert usual_paper(QLocale(name)) is paper


def test_every_paper_is_offered() -> None:
    assert set(PAPERS) == set(Paper)
