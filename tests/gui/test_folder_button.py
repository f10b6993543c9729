"""Whoever tells of a file has one button that shows the folder in which it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from tests.gui.hands import button
from uidmanager.gui.widgets.folder_button import FolderButton
from uidmanager.gui.widgets.saved_line import SavedLine
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot


def shown_by(monkeypatch: pytest.MonkeyPatch, pressed: QWidget, name: str) -> list[str]:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    button(pressed, name).click()
    return [url.toLocalFile() for url in shown]


def test_the_line_of_a_saved_file_shows_its_folder(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = SavedLine()
    qtbot.addWidget(line)
    line.tell("Saved", tmp_path / "report.csv")
    assert line.where == tmp_path / "report.csv"
    assert shown_by(monkeypatch, line, "show_folder_button") == [str(tmp_path)]


def test_a_sentence_shows_the_folder_of_the_file_it_tells_of_last(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sentence = SignedSentence("outcome", "What was done")
    qtbot.addWidget(sentence)
    sentence.tell("Backed up", Sign.FITS, file=str(tmp_path / "one" / "a.jsonl"))
    sentence.tell("Backed up", Sign.FITS, file=str(tmp_path / "b.jsonl"))
    assert shown_by(monkeypatch, sentence, "outcome_folder_button") == [str(tmp_path)]
    sentence.tell("Nothing was changed.", Sign.NOTICE)
    assert button(sentence, "outcome_folder_button").isHidden()
    assert shown_by(monkeypatch, sentence, "outcome_folder_button") == []


def test_without_a_file_it_does_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    FolderButton("alone_folder_button", holder)
    assert shown_by(monkeypatch, holder, "alone_folder_button") == []
