"""The ways in the window to the copies of a ledger, and back to a ledger that was mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.gui.copies import damage, go_back
from tests.gui.hands import act, button, open_in, said
from uidmanager.gui.dialogs.copies import CopiesDialog
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.widgets.banner import Banner
from uidmanager.gui.widgets.breakable import whole

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow


def shown(qtbot: QtBot, window: MainWindow) -> CopiesDialog:
    """The dialog that is open, once it has looked."""
    (dialog,) = [found for found in window.findChildren(CopiesDialog) if found.isVisible()]
    qtbot.waitUntil(dialog.repair_button.isEnabled, timeout=10_000)
    return dialog


def told(window: MainWindow, name: str) -> str:
    banner = window.findChild(Banner, name)
    assert isinstance(banner, Banner)
    return banner.text


def test_the_menu_shows_the_copies_of_the_ledger_that_is_open(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    open_in(qtbot, window, ledger_path)
    act(window, "show_copies_action")
    dialog = shown(qtbot, window)
    assert "There is nothing to mend." in whole(said(dialog, "copies_sentence"))
    assert whole(said(dialog, "copies_ledger")) == str(ledger_path)
    dialog.reject()


def test_while_nothing_is_open_the_menu_asks_for_a_ledger(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_welcome()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ledger_path), ""))
    act(window, "show_copies_action")
    dialog = shown(qtbot, window)
    assert whole(said(dialog, "copies_ledger")) == str(ledger_path)
    dialog.reject()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    act(window, "show_copies_action")
    assert not [found for found in window.findChildren(CopiesDialog) if found.isVisible()]


def test_the_trouble_of_a_ledger_that_went_back_leads_to_its_repair_and_the_window_reads_it_again(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    go_back(ledger_path, 8)
    open_in(qtbot, window, ledger_path)
    assert "This station has seen 10 entries" in told(window, "trouble_banner")
    button(window, "compare_and_mend_button").click()
    dialog = shown(qtbot, window)
    dialog.repair_button.click()
    qtbot.waitUntil(dialog.rehearsal.isVisible)
    with qtbot.waitSignal(window.registry_shown):
        dialog.rehearsal.apply_button.click()
    qtbot.waitUntil(lambda: said(window, "status_entries") == "10 entries")
    assert told(window, "trouble_banner") == ""
    assert dialog.errands.outcome.text.startswith("Done: the ledger holds 10 entries; 2 entries came back.")
    shown(qtbot, window).reject()


def test_a_trouble_that_copies_cannot_help_with_does_not_lead_to_them(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uidmanager.stores.jsonl.hindrance", lambda _path: "this user may not write the file")
    open_in(qtbot, window, ledger_path)
    assert "this user may not write the file" in told(window, "trouble_banner")
    banner = window.findChild(Banner, "trouble_banner")
    assert isinstance(banner, Banner)
    assert not [found for found in banner.findChildren(QPushButton) if "mend" in found.objectName()]


def test_a_ledger_too_damaged_to_be_opened_is_mended_from_the_message(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(ledger_path.read_bytes())
    ledger_path.write_bytes(b"nothing of a ledger\n")
    window.open_ledger(str(ledger_path))
    qtbot.waitUntil(lambda: "Line 1" in told(window, "remark_banner"))
    assert window.view is None
    button(window, "compare_and_mend_unopened_button").click()
    dialog = shown(qtbot, window)
    with pytest.MonkeyPatch.context() as choosing:
        choosing.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(kept), ""))
        dialog.restore_button.click()
    qtbot.waitUntil(dialog.rehearsal.isVisible)
    with qtbot.waitSignal(window.registry_shown):
        dialog.rehearsal.apply_button.click()
    assert said(window, "status_entries") == "10 entries"
    shown(qtbot, window).reject()


def test_a_ledger_that_is_gone_leads_to_a_restore(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    ledger_path.unlink()
    window.open_ledger(str(ledger_path))
    qtbot.waitUntil(lambda: "no ledger at" in told(window, "remark_banner"))
    button(window, "compare_and_mend_unopened_button").click()
    shown(qtbot, window).reject()
    page = window.findChild(WelcomePage)
    assert isinstance(page, WelcomePage)
    page.open_place(str(ledger_path))
    qtbot.waitUntil(button(window, "mend_unopened_button").isVisible)


def test_the_welcome_page_leads_to_the_copies_of_a_ledger_it_could_not_open(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    ledger_path.write_bytes(b"nothing of a ledger\n")
    window.show_welcome()
    offer = button(window, "mend_unopened_button")
    assert not offer.isVisible()
    page = window.findChild(WelcomePage)
    assert isinstance(page, WelcomePage)
    page.open_place(str(ledger_path))
    qtbot.waitUntil(offer.isVisible)
    offer.click()
    shown(qtbot, window).reject()
    with qtbot.waitSignal(page.registry_opened):
        page.sample_card.button.click()


def test_the_window_closes_with_the_dialog_open(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    damage(ledger_path)
    open_in(qtbot, window, ledger_path)
    button(window, "compare_and_mend_button").click()
    (dialog,) = window.findChildren(CopiesDialog)
    assert window.close()
    assert not dialog.isVisible()
