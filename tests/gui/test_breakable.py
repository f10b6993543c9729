"""A UID that goes on in the next line is whole again wherever it is taken to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.gui.hands import press
from uidmanager.core.scheme import Meaning, Part
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable, whole
from uidmanager.gui.widgets.result_line import ResultLine
from uidmanager.gui.widgets.uid_preview import UidPreview

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "2.25.329800735698586629295641978511506172918"
CONTROL = Qt.KeyboardModifier.ControlModifier


@given(st.text("0123456789abcdef.-", max_size=80))
def test_breaking_changes_nothing_that_is_seen(text: str) -> None:
    assert whole(breakable(text)) == text


def test_a_number_of_39_digits_has_places_to_break() -> None:
    assert max(map(len, breakable(LONG).split("\u200b"))) <= 12


def copied_by_key(label: QLabel) -> str:
    QApplication.clipboard().clear()
    label.setFocus()
    press(label, Qt.Key.Key_A, CONTROL)
    press(label, Qt.Key.Key_C, CONTROL)
    return QApplication.clipboard().text()


def preview(uid: str) -> QWidget:
    made = UidPreview("")
    made.show_parts((Part(uid, Meaning.ROOT), Part("2", Meaning.ARC), Part("372764", Meaning.SERIAL)))
    return made


def result(uid: str) -> QWidget:
    made = ResultLine("some_result", "Result")
    made.show_result("Assigned 0372764", f"{uid}.2.372764")
    return made


@pytest.mark.parametrize("make", [preview, result])
def test_what_is_selected_and_copied_has_nothing_invisible_in_it(qtbot: QtBot, make: object) -> None:
    assert callable(make)
    widget = make(LONG)
    qtbot.addWidget(widget)
    widget.show()
    (label,) = widget.findChildren(BreakableLabel)
    copied = copied_by_key(label)
    assert copied.endswith(f"{LONG}.2.372764")
    assert "\u200b" not in copied


@pytest.mark.parametrize("text_format", [Qt.TextFormat.PlainText, Qt.TextFormat.RichText])
def test_without_a_selection_all_of_it_is_copied(qtbot: QtBot, text_format: Qt.TextFormat) -> None:
    label = BreakableLabel(breakable("1.2.840.10008"), text_format)
    qtbot.addWidget(label)
    label.copy_selected()
    assert QApplication.clipboard().text() == "1.2.840.10008"


def test_a_part_of_it_can_be_copied(qtbot: QtBot) -> None:
    label = BreakableLabel(breakable("1.2.840.10008"))
    qtbot.addWidget(label)
    label.setSelection(0, 5)
    label.copy_selected()
    assert QApplication.clipboard().text() == "1.2."
