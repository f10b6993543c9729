"""Reports in the window: what is shown is what is saved."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QRadioButton, QTableView

from tests.gui.hands import button, edit, page_in, rows, said
from uidmanager.core import drafts as d
from uidmanager.core.reports import FIELDS, Kind, report
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.gui.tables.report_table import ReportTable
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.report_model import ReportModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QUrl
    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.session import Session


@pytest.fixture
def page(qtbot: QtBot, stocked: Service, session: Session) -> ReportsPage:
    made = ReportsPage(session)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 4)
    return made


def choose(qtbot: QtBot, page: ReportsPage, kind: Kind) -> None:
    found = page.findChild(QRadioButton, f"report_{kind}_button")
    assert isinstance(found, QRadioButton)
    found.click()
    qtbot.waitUntil(lambda: page.model.report is not None and page.model.report.kind is kind)


def headings(page: ReportsPage) -> list[str]:
    table = page.findChild(QTableView, "report_table")
    assert isinstance(table, QTableView)
    model, across = table.model(), Qt.Orientation.Horizontal
    return [str(model.headerData(column, across)) for column in range(model.columnCount())]


def save(page: ReportsPage, monkeypatch: pytest.MonkeyPatch, where: Path | str, form: str = "csv") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(where), ""))
    button(page, f"save_{form}_button").click()


def test_shows_every_kind_under_the_files_names(qtbot: QtBot, page: ReportsPage) -> None:
    for kind, count in ((Kind.RELEASES, 3), (Kind.PRODUCTS, 2), (Kind.HISTORY, 11), (Kind.INSTALLATIONS, 4)):
        choose(qtbot, page, kind)
        assert headings(page) == list(FIELDS[kind])
        assert said(page, "report_count") == f"{count} rows"
        assert len(rows(page, "report_table")) == count


def test_the_filter_narrows_the_rows(qtbot: QtBot, page: ReportsPage) -> None:
    edit(page, "report_filter_edit").setText("demo")
    qtbot.waitUntil(lambda: said(page, "report_count") == "2 rows")
    assert [row[0] for row in rows(page, "report_table")] == ["9", "10"]
    edit(page, "report_filter_edit").setText("scrapp")
    qtbot.waitUntil(lambda: said(page, "report_count") == "0 rows")
    assert page_in(page.stack) == "no_rows_page"
    edit(page, "report_filter_edit").setText("0372764")
    qtbot.waitUntil(lambda: said(page, "report_count") == "1 row")


def test_says_on_which_state_it_stands(qtbot: QtBot, page: ReportsPage, session: Session) -> None:
    with session.service.look() as registry:
        head = registry.head
    foot = said(page, "report_foot")
    assert "Acme Imaging" in foot
    assert f"entry 10, head {head[:12]}…" in foot
    assert "checked when the ledger was opened" in foot
    with qtbot.waitSignal(session.verified):
        session.verify(lambda _found: None, lambda _error: None, lambda _message, _fraction: None)
    assert "verified up to entry 10" in said(page, "report_foot")


def test_follows_what_is_written(
    qtbot: QtBot, page: ReportsPage, session: Session, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(("77",)))
    session._publish()
    qtbot.waitUntil(lambda: said(page, "report_count") == "5 rows")
    page.hide()
    register(d.AssignInstallations(("78",)))
    session._publish()
    page.show()
    qtbot.waitUntil(lambda: said(page, "report_count") == "6 rows")


def test_saves_csv_just_as_it_is_shown(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "out.csv"
    save(page, monkeypatch, where)
    qtbot.waitUntil(page.save_strip.saved.isVisible)
    assert said(page, "saved_label") == f"Saved 4 rows to {where}"
    written = list(csv.reader(io.StringIO(where.read_bytes().decode("utf-8"))))
    assert written == [headings(page), *rows(page, "report_table")]
    assert [file.name for file in tmp_path.iterdir() if file.suffix in {".csv", ".part"}] == ["out.csv"]
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    button(page, "show_folder_button").click()
    assert [url.toLocalFile() for url in shown] == [str(tmp_path)]


def test_saves_json_with_what_proves_it(
    qtbot: QtBot, page: ReportsPage, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(qtbot, page, Kind.RELEASES)
    save(page, monkeypatch, tmp_path / "releases", "json")  # the suffix is added
    qtbot.waitUntil(page.save_strip.saved.isVisible)
    written = json.loads((tmp_path / "releases.json").read_text(encoding="utf-8"))
    with session.service.look() as registry:
        assert (written["entries"], written["head"]) == (10, registry.head)
    assert len(written["rows"]) == written["count"] == 3
    save(page, monkeypatch, tmp_path / "releases", "json")
    qtbot.waitUntil(lambda: "already" in sentence(page))


def sentence(page: ReportsPage) -> str:
    found = page.findChild(ProblemList, "save_problems")
    assert isinstance(found, ProblemList)
    return " ".join(problem.message for problem in found.problems)


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


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(page, monkeypatch, tmp_path / "no such folder" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in sentence(page))
    assert not page.save_strip.saved.isVisible()
    save(page, monkeypatch, "")  # thought better of it
    assert "cannot be written" in sentence(page)


def test_a_fault_of_ours_is_told_and_raised(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.gui.forms.save_strip.render", fail)
    with qtbot.captureExceptions() as raised:
        save(page, monkeypatch, tmp_path / "out.csv")
        qtbot.waitUntil(lambda: "fault" in sentence(page))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]


class Counting(ReportModel):
    """Notes which rows it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[int] = set()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked.add(index.row())
        return super().data(index, role)


def test_columns_are_fitted_to_a_few_rows_only(
    qtbot: QtBot, stocked: Service, register: Callable[[Draft], Receipt]
) -> None:
    register(d.AssignInstallations(tuple(str(serial) for serial in range(1000, 4000))))
    model = Counting()
    table = ReportTable(model)  # not shown: Qt would measure every row of a table that is not to be seen
    qtbot.addWidget(table)
    with stocked.look() as registry:
        model.show_report(report(registry, Kind.INSTALLATIONS))
    table.fit_columns()
    assert 0 < len(model.asked) < 300
    assert table.columnWidth(2) > table.columnWidth(0)
