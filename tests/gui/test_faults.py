"""A fault of ours in the window: told calmly from any thread, kept in the log, and nothing typed is lost."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.hands import button, edit, type_in
from uidmanager.diagnostics.log import DiagnosticLog
from uidmanager.gui.fault_hook import FaultHook
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service

FILE = "uidmanager-2026-11-24-00.log"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DiagnosticLog]:
    made = DiagnosticLog(tmp_path / "log", lambda: "2026-11-24T09:58:36.819649Z")
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, stocked: Service, log: DiagnosticLog) -> Iterator[MainWindow]:
    made = MainWindow(desk, WindowState(), log.note_fault)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.registry_shown):
        made.open_ledger(stocked.ledger.name)
    yield made
    made.close()


@pytest.fixture
def hook(window: MainWindow, log: DiagnosticLog) -> FaultHook:
    made = FaultHook(log.note_fault)
    made.caught.connect(window.tell_fault)
    return made


def banner(window: MainWindow, name: str) -> Banner:
    found = window.findChild(Banner, name)
    assert found is not None
    return found


def _divide() -> None:
    _ = 1 / 0


def test_a_fault_on_a_worker_thread_is_told_kept_and_loses_nothing_typed(
    qtbot: QtBot,
    window: MainWindow,
    hook: FaultHook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    serial = edit(window, "serial_edit")
    type_in(serial, "0555")
    monkeypatch.setattr(threading, "excepthook", hook._from_thread)
    worker = threading.Thread(target=_divide)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: "ZeroDivisionError: division by zero" in banner(window, "fault_banner").text)
    assert str(tmp_path / "log" / FILE) in banner(window, "fault_banner").text
    assert serial.text() == "0555"
    assert "fault is=ZeroDivisionError < gui/test_faults.py:" in (tmp_path / "log" / FILE).read_text("utf-8")
    assert "ZeroDivisionError" in capsys.readouterr().err
    button(window, "copy_report_button").click()
    report = QApplication.clipboard().text()
    assert f"Log: {tmp_path / 'log' / FILE}" in report
    assert "in _divide" in report


def test_a_fault_in_work_behind_the_window_has_its_way_in_the_report_and_is_kept(
    window: MainWindow, tmp_path: Path
) -> None:
    view = window.view
    assert view is not None
    with pytest.raises(ZeroDivisionError) as caught:
        _divide()
    view.session.fault_found.emit(caught.value)
    button(window, "copy_report_button").click()
    assert "in _divide" in QApplication.clipboard().text()
    assert "ZeroDivisionError" in (tmp_path / "log" / FILE).read_text("utf-8")


def test_a_fault_is_told_where_there_is_no_console(
    window: MainWindow, hook: FaultHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    hook._from_anywhere(ZeroDivisionError, ZeroDivisionError("ours"), None)
    assert "ZeroDivisionError: ours" in banner(window, "fault_banner").text


def test_the_text_of_a_fault_is_shown_as_text_and_not_obeyed(window: MainWindow, hook: FaultHook) -> None:
    hook._from_anywhere(ValueError, ValueError("<b>x</b>\u202eevil\n\x00"), None)
    assert "<b>x</b>" in banner(window, "fault_banner").text
    assert "\u202e" not in banner(window, "fault_banner").text
