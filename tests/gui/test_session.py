from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.core.errors import CancelledError, LedgerError
from uidmanager.core.records import Installation
from uidmanager.gui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk, Progress
    from uidmanager.app.service import Receipt
    from uidmanager.core.events import Entry


@pytest.fixture
def other(qapp: QApplication, desk: Desk, session: Session, ledger_path: Path) -> Iterator[Session]:
    """A second window on the same ledger."""
    service = Service(desk.ledger_at(str(ledger_path)), desk.world)
    service.open()
    opened = Session(service, {})
    opened.start()
    yield opened
    opened.close()


def unexpected(error: Exception) -> None:
    raise AssertionError(error)


def test_what_is_submitted_is_written_behind_the_window_and_told_in_order(qtbot: QtBot, session: Session) -> None:
    told: list[str] = []
    session.took_in.connect(lambda _entries: told.append("took in"))
    draft = d.AssignInstallations(("0372764",))
    receipts: list[Receipt] = []

    def done(receipt: Receipt) -> None:
        told.append("done")
        receipts.append(receipt)

    session.submit(draft, session.preview(draft), done, unexpected)
    assert session.is_writing
    qtbot.waitUntil(lambda: bool(receipts))
    assert told == ["took in", "done"]
    assert receipts[0].entry is not None
    qtbot.waitUntil(lambda: not session.is_writing)


def test_what_another_window_wrote_appears(qtbot: QtBot, session: Session, other: Session) -> None:
    with qtbot.waitSignal(session.took_in, timeout=5000) as news:
        other.submit(d.AssignInstallations(("7",)), None, lambda _receipt: None, unexpected)
    assert news.args is not None
    entries: tuple[Entry, ...] = news.args[0]
    (record,) = session.records_in(entries)
    assert isinstance(record, Installation)
    assert record.serial == "7"


def test_what_the_command_line_wrote_appears(qtbot: QtBot, session: Session, ledger_path: Path) -> None:
    command = [sys.executable, "-m", "uidmanager", "--ledger", str(ledger_path), "assign", "0372764"]
    with qtbot.waitSignal(session.took_in, timeout=20000):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith(".2.372764")
    with session.service.look() as registry:
        assert registry.installation("372764") is not None


def test_a_ledger_that_goes_out_of_reach_and_comes_back_is_said_both_times(
    qtbot: QtBot, session: Session, ledger_path: Path
) -> None:
    away = ledger_path.with_suffix(".away")
    with qtbot.waitSignal(session.trouble_found, timeout=5000):
        ledger_path.rename(away)
    assert session.trouble is not None
    with qtbot.waitSignal(session.trouble_passed, timeout=5000):
        away.rename(ledger_path)
    assert session.trouble is None


def test_an_error_of_the_ledger_comes_back_to_whoever_submitted(
    qtbot: QtBot, session: Session, ledger_path: Path
) -> None:
    with ledger_path.open("ab") as ledger:
        ledger.write(b'{"h":"not one of ours"}\n')
    errors: list[Exception] = []
    session.submit(d.AssignInstallations(("7",)), None, lambda _receipt: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], LedgerError)


def test_verifying_tells_what_it_found_and_keeps_it(qtbot: QtBot, session: Session) -> None:
    with qtbot.waitSignal(session.verified):
        session.verify(lambda _verification: None, unexpected, lambda _message, _fraction: None)
    assert session.verification is not None
    assert (session.verification.entries, session.verification.trouble) == (1, None)


def test_work_can_be_cancelled_at_its_next_word(qtbot: QtBot, session: Session) -> None:
    began, may_go_on = threading.Event(), threading.Event()
    errors: list[Exception] = []

    def work(progress: Progress) -> None:
        began.set()
        may_go_on.wait()
        progress("on", 0.5)

    job = session.jobs.start(work, lambda _none: None, errors.append)
    began.wait()
    job.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], CancelledError)


def test_a_fault_behind_the_window_is_handed_over_not_swallowed(qtbot: QtBot, session: Session) -> None:
    errors: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError("ours")

    session.jobs.start(work, lambda _none: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_after_closing_nobody_is_told_any_more(qtbot: QtBot, stocked: Service) -> None:
    session = Session(stocked, {})
    told: list[object] = []
    began = threading.Event()

    def work(_progress: Progress) -> None:
        began.set()

    session.jobs.start(work, told.append, told.append)
    session.close()
    assert began.is_set(), "closing waits for what is under way"
    qtbot.wait(1)
    assert told == []


def test_what_is_long_to_read_gets_a_checkpoint_behind_the_window(
    qtbot: QtBot, desk: Desk, session: Session, ledger_path: Path, home: Path
) -> None:
    session.service.submit(d.AssignInstallations(("1", "2")))
    assert not (home / "cache").exists()
    service = Service(desk.ledger_at(str(ledger_path)), desk.world)
    service.checkpoint_worth = 1
    service.open()
    opened = Session(service, {})
    opened.start()
    qtbot.waitUntil(lambda: not service.wants_settling and not opened.reading.is_busy)
    opened.close()
    state = desk.ledger_at(str(ledger_path)).resume()
    assert state is not None
    assert len(state.installations) == 2
