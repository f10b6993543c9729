"""Try my scanner: what arrives is shown as it comes, and the settings that follow from it are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QSpinBox, QWidget

from tests.gui.hands import act, button, combo, edit, open_in, press, said
from tests.gui.scanner import CR, CR_LF, TAB, Wedge
from tests.gui.test_pages_are_named import check
from uidmanager.core.barcodes import GS, Mode, ScannerSettings
from uidmanager.core.barcodes.layouts import LAYOUTS, arrives_as
from uidmanager.gui.dialogs import TryScannerDialog
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_edit import ScanEdit
from uidmanager.settings import config_folder
from uidmanager.settings.scanner import StationScanner

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow

CODE = f"]d2010952110153000121AZ-QY/MW_09{GS}10LOT7"
_Key = Qt.Key


def made(qtbot: QtBot) -> TryScannerDialog:
    dialog = TryScannerDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def sentences(dialog: QWidget, name: str = "scan_findings") -> str:
    found = dialog.findChild(ProblemList, name)
    assert isinstance(found, ProblemList)
    return " ".join(problem.message for problem in found.problems)


def scan(qtbot: QtBot, dialog: TryScannerDialog, text: str, suffix: tuple[Qt.Key, ...] = CR) -> None:
    with qtbot.waitSignal(dialog.capture.heard):
        Wedge().scan(text, suffix)


def test_every_widget_says_its_name(qtbot: QtBot) -> None:
    check(made(qtbot))


def test_the_code_on_the_screen_is_read_as_what_is_expected(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    picture = dialog.findChild(QWidget, "test_code")
    assert picture is not None
    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    lines, across, width = bytes(image.constBits()), image.bytesPerLine(), image.width()
    dots = b"".join(lines[row * across : row * across + width] for row in range(image.height()))
    view = memoryview(dots).cast("B", (image.height(), width))
    (found,) = zxingcpp.read_barcodes(view, text_mode=zxingcpp.TextMode.Plain)
    assert found.symbology_identifier + found.text == CODE
    assert said(dialog, "test_code_text").replace("\u200b", "") == "(01)09521101530001(21)AZ-QY/MW_09(10)LOT7"


def test_a_scan_is_shown_as_it_came_and_what_it_tells(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    scan(qtbot, dialog, CODE, CR_LF)
    told = said(dialog, "scan_bytes").replace("\u200b", "")
    assert "prefix: ]d2\nsuffix: CR and LF\n" in told
    assert "bytes: 5D 64 32 30 31" in told
    assert dialog.capture.text().startswith(CODE.replace(GS, "␝"))
    assert "The separator (GS) arrives." in sentences(dialog)
    assert "→ serial AZ-QY/MW_09, GTIN 09521101530001." in sentences(dialog)
    assert dialog.isVisible()


def test_a_tab_after_a_scan_is_heard_and_a_persons_moves_on(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    scan(qtbot, dialog, CODE, TAB)
    assert "suffix: Tab" in said(dialog, "scan_bytes")
    assert dialog.capture.hasFocus()
    press(dialog.capture, _Key.Key_Tab)
    assert not dialog.capture.hasFocus()


def test_esc_closes_it(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    press(dialog.capture, _Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_separator_is_heard_however_it_comes(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    before, after = CODE.split(GS)
    wedge = Wedge()
    with qtbot.waitSignal(dialog.capture.heard):
        wedge.type(before)
        wedge.press(_Key.Key_BracketRight, "", Qt.KeyboardModifier.ControlModifier)
        wedge.type(after)
    assert "The separator (GS) arrives." in sentences(dialog)
    with qtbot.waitSignal(dialog.capture.heard):
        wedge.type(before)
        for digit in "029":
            wedge.press(ord(digit), digit, Qt.KeyboardModifier.AltModifier)
        wedge.let_go(_Key.Key_Alt)
        wedge.type(after)
    assert "The separator (GS) arrives." in sentences(dialog)


@pytest.mark.parametrize("stand_in", ["|", "{GS}"])
def test_a_stand_in_is_proposed_and_kept(qtbot: QtBot, stand_in: str) -> None:
    dialog = made(qtbot)
    scan(qtbot, dialog, CODE.replace(GS, stand_in))
    assert edit(dialog, "scanner_stand_in_edit").text() == stand_in
    assert StationScanner().settings() == ScannerSettings()
    with qtbot.waitSignal(dialog.kept):
        button(dialog, "keep_scanner_button").click()
    assert StationScanner().settings() == ScannerSettings(stand_in=stand_in)
    assert "Kept for this station." in sentences(dialog, "scanner_problems")


def test_a_function_key_is_proposed(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    before, after = CODE.split(GS)
    wedge = Wedge()
    with qtbot.waitSignal(dialog.capture.heard):
        wedge.type(before)
        wedge.press(_Key.Key_F8)
        wedge.type(after)
    assert edit(dialog, "scanner_stand_in_edit").text() == "F8"


def test_a_layout_that_differs_is_said(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    scan(qtbot, dialog, arrives_as(CODE, LAYOUTS["a German one"]))
    assert "this computer has a German one" in sentences(dialog)


def test_settings_are_kept_by_hand_too(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    box, spin = dialog.findChild(QCheckBox, "scanner_tab_box"), dialog.findChild(QSpinBox, "scanner_refractory_spin")
    assert isinstance(box, QCheckBox)
    assert isinstance(spin, QSpinBox)
    box.setChecked(True)
    spin.setValue(500)
    modes = combo(dialog, "scanner_mode_combo")
    modes.setCurrentIndex(modes.findData(Mode.GS1))
    button(dialog, "keep_scanner_button").click()
    assert StationScanner().settings() == ScannerSettings(Mode.GS1, "", 500, tab_ends=True)
    dialog.reject()
    assert made(qtbot).settings == ScannerSettings(Mode.GS1, "", 500, tab_ends=True)


def test_a_stand_in_that_a_serial_can_hold_cannot_be_kept(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    edit(dialog, "scanner_stand_in_edit").setText("-")
    assert "cannot stand for the separator" in sentences(dialog, "scanner_problems")
    assert not button(dialog, "keep_scanner_button").isEnabled()


def test_settings_that_cannot_be_read_are_told(qtbot: QtBot) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "scanner.json").write_bytes(b"{")
    assert "scanner.json" in sentences(made(qtbot), "scanner_problems")


def test_settings_that_cannot_be_kept_are_told(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    (config_folder() / "scanner.json").mkdir(parents=True)
    button(dialog, "keep_scanner_button").click()
    assert "cannot be used" in sentences(dialog, "scanner_problems")


def test_any_number_of_keys_is_taken(qtbot: QtBot) -> None:
    dialog = made(qtbot)
    scan(qtbot, dialog, "7" * 2000)
    assert "bytes: 37 37" in said(dialog, "scan_bytes")


def test_the_menu_and_the_page_open_it_and_what_is_kept_holds_at_once(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path
) -> None:
    open_in(qtbot, window, ledger_path)
    field = window.findChild(ScanEdit, "serial_edit")
    assert isinstance(field, ScanEdit)
    field.insert("21A|10B")
    for is_from_menu in (True, False):
        if is_from_menu:
            act(window, "try_scanner_action")
        else:
            button(window, "try_scanner_button").click()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TryScannerDialog)
        qtbot.waitUntil(dialog.capture.hasFocus)
        edit(dialog, "scanner_stand_in_edit").setText("|")
        button(dialog, "keep_scanner_button").click()
        dialog.reject()
    assert field.read.serial == "A"
    field.clear()
