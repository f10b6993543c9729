"""The first page: a registry is founded, opened, or tried."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QToolButton, QWidget

from tests.gui.hands import button, click, edit, press, problems, said, sent_by, type_in
from uidmanager import settings
from uidmanager.app.service import Service
from uidmanager.core import drafts as d
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.widgets.lights import ToolkitLights
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.ports import Desk

ROOT = "1.2.826.0.1.3680043.2.50"


@pytest.fixture(autouse=True)
def _samples_lie_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> WelcomePage:
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk) -> WelcomePage:
    made = WelcomePage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def recent(page: WelcomePage) -> QListWidget:
    found = page.findChild(QListWidget, "recent_ledgers_list")
    assert isinstance(found, QListWidget)
    return found


def sentences(page: QWidget, name: str) -> str:
    found = page.findChild(ProblemList, name)
    assert isinstance(found, ProblemList)
    return " ".join(problem.message for problem in found.problems)


def preview(page: QWidget) -> UidPreview:
    found = page.findChild(UidPreview)
    assert isinstance(found, UidPreview)
    return found


def test_a_registry_is_founded(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "acme.jsonl"
    type_in(edit(page, "organisation_edit"), "Acme Imaging")
    type_in(edit(page, "root_edit"), ROOT)
    edit(page, "ledger_path_edit").setText(str(place))
    with qtbot.waitSignal(page.registry_opened) as founded:
        click(button(page, "found_button"))
    service = sent_by(founded)
    assert isinstance(service, Service)
    with service.look() as registry:
        assert (registry.founding.organisation, registry.founding.root) == ("Acme Imaging", ROOT)
    assert place.read_text(encoding="utf-8").count("\n") == 1
    assert service.submit(d.RegisterProduct("Viewer")).entry is not None


def test_the_root_is_judged_at_every_keystroke(qtbot: QtBot, page: WelcomePage) -> None:
    assert problems(page) == []
    assert preview(page).uid == ""
    root = edit(page, "root_edit")
    type_in(edit(page, "organisation_edit"), "Acme Imaging")
    type_in(root, "1.2.840.10008")
    assert problems(page) == ["root.not_yours"]
    assert preview(page).uid == ""
    root.setText(ROOT + ".")
    assert problems(page) == ["uid.empty_component"]
    root.setText(ROOT)
    assert problems(page) == []
    assert preview(page).uid == f"{ROOT}.2.372764"
    assert "33 of 64 characters" in said(page, "uid_meaning")
    lights = page.findChild(ToolkitLights)
    assert isinstance(lights, ToolkitLights)
    assert len(lights.shown) == 6
    assert "Medical Connections" in said(page, "root_owner_label")
    root.setText("2.25.329800735698586629295641978511506172918")
    assert problems(page) == ["root.uuid"]  # a caution, which does not refuse
    assert preview(page).uid.endswith(".2.372764")
    assert said(page, "root_owner_label") == ""
    root.setText("1.3.6.1.4.1.54321")
    assert "No owner" in said(page, "root_owner_label")


def test_an_empty_form_says_what_is_needed_only_when_asked(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    click(button(page, "found_button"))
    assert problems(page) == ["uid.empty", "organisation.empty"]
    assert edit(page, "root_edit").hasFocus()
    type_in(edit(page, "root_edit"), ROOT)
    assert problems(page) == []
    press(edit(page, "root_edit"), Qt.Key.Key_Return)
    assert problems(page) == ["organisation.empty"]
    assert edit(page, "organisation_edit").hasFocus()
    type_in(edit(page, "organisation_edit"), "Acme")
    edit(page, "ledger_path_edit").clear()
    click(button(page, "found_button"))
    assert "where the ledger is to lie" in sentences(page, "preview_problems")


def test_a_file_that_is_there_is_left_as_it_is(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    place = tmp_path / "there.jsonl"
    place.write_text("precious\n", encoding="utf-8")
    edit(page, "organisation_edit").setText("Acme")
    edit(page, "root_edit").setText(ROOT)
    edit(page, "ledger_path_edit").setText(str(place))
    click(button(page, "found_button"))
    qtbot.waitUntil(lambda: "already" in sentences(page, "preview_problems"))
    assert place.read_text(encoding="utf-8") == "precious\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    edit(page, "organisation_edit").setText("Acme")
    edit(page, "root_edit").setText(ROOT)
    edit(page, "ledger_path_edit").setText(str(tmp_path / "locked" / "x.jsonl"))
    click(button(page, "found_button"))
    qtbot.waitUntil(lambda: "cannot be written" in sentences(page, "preview_problems"))


def test_a_place_below_a_file_is_said(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    edit(page, "organisation_edit").setText("Acme")
    edit(page, "root_edit").setText(ROOT)
    edit(page, "ledger_path_edit").setText(str(tmp_path / "file" / "x.jsonl"))
    click(button(page, "found_button"))
    qtbot.waitUntil(lambda: bool(sentences(page, "preview_problems")))
    assert button(page, "found_button").isEnabled()


def test_the_proposed_place_is_a_free_one(qtbot: QtBot, desk: Desk, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    settings.default_ledger().touch()
    page = opened(qtbot, desk)
    assert edit(page, "ledger_path_edit").text() == str(home / "data" / "registry-2.jsonl")


def test_browsing_takes_the_place_over(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "here.jsonl"), ""))
    click(button(page, "browse_button"))
    assert edit(page, "ledger_path_edit").text() == str(tmp_path / "here.jsonl")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    click(button(page, "browse_button"))
    assert edit(page, "ledger_path_edit").text() == str(tmp_path / "here.jsonl")


def test_help_knows_the_root_of_a_company_in_the_united_kingdom(qtbot: QtBot, page: WelcomePage) -> None:
    number = edit(page, "company_number_edit")
    assert not number.isVisible()
    unfold = page.findChild(QToolButton, "root_help_button")
    assert isinstance(unfold, QToolButton)
    click(unfold)
    assert number.isVisible()
    assert not button(page, "use_company_root_button").isEnabled()
    type_in(number, "SC123456")
    assert "1.2.826.0.2.123456" in said(page, "company_root_label")
    click(button(page, "use_company_root_button"))
    assert edit(page, "root_edit").text() == "1.2.826.0.2.123456"
    number.setText("99999999")
    assert "Ask BSI" in said(page, "company_root_label")
    assert not button(page, "use_company_root_button").isEnabled()


def test_recent_ledgers_are_opened_by_double_click(
    qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path, tmp_path: Path
) -> None:
    settings.remember_ledger(str(tmp_path / "gone.jsonl"))
    settings.remember_ledger(str(ledger_path))
    page = opened(qtbot, desk)
    shown = recent(page)
    assert shown.count() == 2
    assert str(ledger_path.parent) in shown.item(0).text()
    qtbot.waitUntil(lambda: "not there any more" in shown.item(1).text())
    assert "not there" not in shown.item(0).text()
    page.focus_first()
    assert shown.hasFocus()
    with qtbot.waitSignal(page.registry_opened) as signal:
        press(shown, Qt.Key.Key_Return)
    service = sent_by(signal)
    with service.look() as registry, stocked.look() as there:
        assert registry.head == there.head
    shown.setCurrentRow(1)
    click(button(page, "open_recent_button"))
    qtbot.waitUntil(lambda: "There is no ledger at" in sentences(page, "open_problems"))


def test_a_ledger_is_chosen_in_a_dialog(
    qtbot: QtBot, page: WelcomePage, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(ledger_path), ""))
    with qtbot.waitSignal(page.registry_opened):
        click(button(page, "open_ledger_button"))


@pytest.mark.parametrize("content", [b"", b"no ledger at all\n", b'{"h":"', b"\x00\xff\n" * 10])
def test_a_file_that_is_no_ledger_is_told_in_plain_words(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path, content: bytes
) -> None:
    place = tmp_path / "other.jsonl"
    place.write_bytes(content)
    page.open_place(str(place))
    qtbot.waitUntil(lambda: bool(sentences(page, "open_problems")))
    assert place.read_bytes() == content


def test_a_damaged_ledger_is_opened_for_reading(
    qtbot: QtBot, page: WelcomePage, stocked: Service, ledger_path: Path
) -> None:
    lines = ledger_path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b"CT", b"XX")
    ledger_path.write_bytes(b"".join(lines))
    with qtbot.waitSignal(page.registry_opened) as signal:
        page.open_place(str(ledger_path))
    service = sent_by(signal)
    assert service.trouble is not None


def test_the_sample_is_made_in_a_place_of_its_own(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    assert "invented maker" in " ".join(label.text() for label in page.findChildren(QLabel))
    with qtbot.waitSignal(page.registry_opened) as signal:
        click(button(page, "sample_button"))
    service = sent_by(signal)
    assert service.ledger.name.startswith(str(tmp_path))
    with service.look() as registry:
        assert registry.founding.organisation == "Acme Imaging"
        assert len(registry.installations) == 15


def test_work_can_be_stopped_and_begun_again(qtbot: QtBot, page: WelcomePage) -> None:
    strip = page.progress
    page.sample_card.button.click()
    assert strip.isVisible()
    page.sample_card.button.click()  # is under way: nothing happens
    click(button(page, "welcome_progress_cancel_button"))
    qtbot.waitUntil(lambda: not strip.isVisible())
    if sentences(page, "sample_problems"):  # it may have been quicker than the hand
        assert "Stopped" in sentences(page, "sample_problems")
    with qtbot.waitSignal(page.registry_opened):
        click(button(page, "sample_button"))


def test_a_fault_of_ours_is_told_and_raised(qtbot: QtBot, page: WelcomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("uidmanager.gui.pages.welcome.make_sample", fail)
    with qtbot.captureExceptions() as raised:
        click(button(page, "sample_button"))
        qtbot.waitUntil(lambda: "fault" in sentences(page, "sample_problems"))
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]


def test_closing_the_page_while_it_works_leaves_no_thread(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.sample_card.button.click()
    page.close()
