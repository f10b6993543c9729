"""A line that a scanner types into: nothing is dropped, each scan ends once, a person's keys stay theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.gui.hands import press, type_in
from tests.gui.scanner import CR, CR_LF, SUFFIXES, TAB, Wedge
from uidmanager.core.barcodes import GS, ScannerSettings
from uidmanager.gui.widgets.scan_edit import ScanEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Bench(QWidget):
    """The line and one after it, and how often each scan was ended."""

    def __init__(self, settings: ScannerSettings | None = None) -> None:
        super().__init__()
        self.line = ScanEdit(settings)
        self.next = QLineEdit()
        self.ended: list[str] = []
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.next)
        self.line.returnPressed.connect(lambda: self.ended.append(self.line.text()))


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return shown(qtbot, Bench())


def shown(qtbot: QtBot, bench: Bench) -> Bench:
    qtbot.addWidget(bench)
    with qtbot.waitActive(bench):
        bench.show()
    bench.line.setFocus()
    return bench


@pytest.mark.parametrize("suffix", SUFFIXES.values(), ids=SUFFIXES.keys())
def test_whatever_ends_a_scan_ends_it_once(bench: Bench, suffix: tuple[Qt.Key, ...]) -> None:
    Wedge().scan("372764", suffix)
    assert bench.ended == ["372764"]
    assert bench.line.hasFocus()


@pytest.mark.parametrize("suffix", SUFFIXES.values(), ids=SUFFIXES.keys())
def test_a_serial_of_the_same_digits_is_a_scan_too(bench: Bench, suffix: tuple[Qt.Key, ...]) -> None:
    Wedge().scan("1000000", suffix)
    assert bench.ended == ["1000000"]


@pytest.mark.parametrize("suffix", SUFFIXES.values(), ids=SUFFIXES.keys())
def test_a_scan_after_a_scan_is_a_scan_of_its_own(bench: Bench, suffix: tuple[Qt.Key, ...]) -> None:
    wedge = Wedge()
    for text in ("1001", "1002", "1002"):
        bench.line.selectAll()
        wedge.scan(text, suffix)
    assert bench.ended == ["1001", "1002", "1002"]


SERIALS = st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=4, max_size=30), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SERIALS, st.lists(st.sampled_from(list(SUFFIXES.values())), min_size=8, max_size=8))
def test_any_scans_with_any_suffixes_end_once_each(
    bench: Bench, texts: list[str], suffixes: list[tuple[Qt.Key, ...]]
) -> None:
    bench.ended.clear()
    wedge = Wedge()
    for text, suffix in zip(texts, suffixes, strict=False):
        bench.line.selectAll()
        wedge.scan(text, suffix)
    assert bench.ended == texts


def test_enter_again_after_a_while_is_enter_again(bench: Bench) -> None:
    wedge = Wedge()
    wedge.scan("1001", CR)
    wedge.now += 301
    wedge.end(CR)
    assert bench.ended == ["1001", "1001"]


def test_the_guard_is_as_long_as_it_is_set(qtbot: QtBot) -> None:
    bench = shown(qtbot, Bench(ScannerSettings(refractory_ms=0)))
    Wedge().scan("1001", CR_LF)
    assert bench.ended == ["1001", "1001"]


def test_a_tab_of_a_person_moves_on(bench: Bench) -> None:
    type_in(bench.line, "1001")
    press(bench.line, _Key.Key_Tab)
    assert bench.ended == []
    assert bench.next.hasFocus()


@pytest.mark.parametrize("gap", [60, 120])
def test_a_tab_of_somebody_quick_moves_on(bench: Bench, gap: int) -> None:
    Wedge(gap).scan("1001", TAB)
    assert bench.ended == []
    assert bench.next.hasFocus()


def test_a_tab_right_after_two_quick_keys_moves_on(bench: Bench) -> None:
    Wedge().scan("10", TAB)
    assert bench.next.hasFocus()


def test_a_tab_ends_a_slow_scan_too_where_it_is_set_so(qtbot: QtBot) -> None:
    bench = shown(qtbot, Bench(ScannerSettings(tab_ends=True)))
    Wedge(100).scan("1001", TAB)
    assert bench.ended == ["1001"]
    press(bench.line, _Key.Key_Tab)
    assert bench.next.hasFocus()


def test_back_with_shift_and_tab_is_always_a_persons(qtbot: QtBot) -> None:
    bench = shown(qtbot, Bench(ScannerSettings(tab_ends=True)))
    type_in(bench.line, "1001")
    press(bench.line, _Key.Key_Backtab, _Modifier.ShiftModifier)
    assert bench.ended == []


# -- the separator -----------------------------------------------------------------------------------------------------


def test_the_separator_as_a_character_is_kept(bench: Bench) -> None:
    Wedge().scan(f"]d221A{GS}10B", CR)
    assert bench.ended == ["]d221A␝10B"]


def test_the_separator_as_control_and_bracket_is_kept(bench: Bench) -> None:
    wedge = Wedge()
    wedge.type("A")
    wedge.press(_Key.Key_BracketRight, GS, _Modifier.ControlModifier)
    wedge.press(_Key.Key_BracketRight, "", _Modifier.ControlModifier)
    wedge.type("B")
    assert bench.line.text() == "A␝␝B"


def test_a_bracket_that_needs_alt_gr_is_a_bracket(bench: Bench) -> None:
    wedge = Wedge()
    wedge.press(_Key.Key_BracketRight, "]", _Modifier.ControlModifier | _Modifier.AltModifier)
    wedge.press(_Key.Key_BracketRight, "]", _Modifier.GroupSwitchModifier)
    assert bench.line.text() == "]]"


@pytest.mark.parametrize("digits", ["029", "29", "0029"])
def test_the_separator_as_an_alt_code_is_kept(bench: Bench, digits: str) -> None:
    wedge = Wedge()
    wedge.type("A")
    for digit in digits:
        wedge.press(ord(digit), digit, _Modifier.AltModifier | _Modifier.KeypadModifier)
    wedge.let_go(_Key.Key_Alt)
    wedge.type("B")
    assert bench.line.text() == "A␝B"


def test_an_alt_code_is_understood_while_num_lock_is_off(bench: Bench) -> None:
    wedge = Wedge()
    for key in (_Key.Key_Insert, _Key.Key_Down, _Key.Key_PageUp):
        wedge.press(key, "", _Modifier.AltModifier | _Modifier.KeypadModifier)
    wedge.let_go(_Key.Key_Alt)
    assert bench.line.text() == "␝"


def test_a_scanner_that_sends_all_in_alt_codes_is_understood(bench: Bench) -> None:
    wedge = Wedge()
    for code in ("065", "066", "013"):
        for digit in code:
            wedge.press(ord(digit), digit, _Modifier.AltModifier)
        wedge.let_go(_Key.Key_Alt)
    assert bench.ended == ["AB"]


def test_the_key_that_stands_for_the_separator_is_one(qtbot: QtBot) -> None:
    bench = shown(qtbot, Bench(ScannerSettings(stand_in="F8")))
    fired: list[bool] = []
    QShortcut(_Key.Key_F8, bench).activated.connect(lambda: fired.append(True))
    type_in(bench.line, "A")
    press(bench.line, _Key.Key_F8)
    type_in(bench.line, "B")
    assert bench.line.text() == "A␝B"
    assert not fired


def test_another_key_is_none(bench: Bench) -> None:
    press(bench.line, _Key.Key_F8)
    press(bench.line, _Key.Key_Escape)
    type_in(bench.line, "AB")
    press(bench.line, _Key.Key_Backspace)
    assert bench.line.text() == "A"


def test_other_control_characters_are_shown(bench: Bench) -> None:
    Wedge().scan("A\x1eB\x04", CR)
    assert bench.ended == ["A␞B␄"]


def test_what_announces_a_scan_makes_it_replace_what_was_there(bench: Bench) -> None:
    type_in(bench.line, "half of some")
    Wedge().scan("\x021001", CR)
    assert bench.ended == ["1001"]


# -- pasting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        (f"]d221A{GS}10B\r\n", "]d221A␝10B"),
        ("1001\n", "1001"),
        ("\r\n1001", "1001"),
        ("1001\n1002", "1001\n1002"),
        ("]d221A␝10B", "]d221A␝10B"),
    ],
)
def test_what_is_pasted_keeps_its_separators_and_loses_its_line_end(bench: Bench, pasted: str, text: str) -> None:
    QApplication.clipboard().setText(pasted)
    bench.line.paste()
    assert bench.line.text() == text
    assert bench.ended == []


def test_pasting_into_the_middle_leaves_the_cursor_behind_it(bench: Bench) -> None:
    type_in(bench.line, "AD")
    bench.line.setCursorPosition(1)
    QApplication.clipboard().setText(f"B{GS}C")
    bench.line.paste()
    assert bench.line.text() == "AB␝CD"
    assert bench.line.cursorPosition() == 4


def test_nothing_is_cut_off_or_masked_away(bench: Bench) -> None:
    assert bench.line.validator() is None
    assert bench.line.inputMask() == ""
