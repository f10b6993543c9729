"""What the conformance statement of a release says of its identity: a table to be pasted, or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QMimeData, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.texts import visible
from uidmanager.gui.theme import GAP, fixed_font
from uidmanager.gui.widgets.card import heading
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.signed_sentence import Sign
from uidmanager.gui.widgets.told_line import ToldLine
from uidmanager.writers.conformance.forms import Form, form_of, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.errors import Problem
    from uidmanager.core.reports.conformance import Extract
    from uidmanager.writers.stamp import Stamp

FORM_TITLES: Final[dict[Form, str]] = {
    Form.DOCX: "Word document",
    Form.HTML: "Web page",
    Form.DOCBOOK: "DocBook",
    Form.TEXT: "Plain text",
}
"""All forms, in the order in which they are offered. A test asks for each."""


class ConformanceView(QWidget):
    """Shows the extract of one release.

    Signals:
        copied(str): a sentence that says what was copied
        save_asked(Path, bytes): this is to be written there
    """

    copied = Signal(str)
    save_asked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: tuple[Extract, Stamp] | None = None
        self._folder = QDir.homePath()
        self._text = named(QPlainTextEdit(readOnly=True), "conformance_text", "Rows of the conformance statement")
        self._text.setFont(fixed_font())
        self._text.setTabChangesFocus(True)
        self.problems = ProblemList("conformance_problems")
        self.copy_button = named(QPushButton("Copy &table", autoDefault=False), "copy_conformance_button")
        self.copy_button.setToolTip("For a word processor; where only text can be pasted, as text")
        self.save_button = named(QPushButton("S&ave…", autoDefault=False), "save_conformance_button", "Save the rows")
        self.told = ToldLine("conformance_told", "What was copied or saved")
        self._lay_out()
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._choose_where_to)
        self.show_extract(None, ())

    def show_extract(self, made: tuple[Extract, Stamp] | None, problems: Sequence[Problem]) -> None:
        """Show these rows, made now by somebody; None: there are none, for the reasons given."""
        self._made = made
        self.told.hide()
        self.problems.show_problems(problems)
        self._text.setVisible(made is not None)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(made is not None)
        self._text.setPlainText("" if made is None else self._written(Form.TEXT).decode("utf-8"))

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        about = QLabel("What the conformance statement (PS3.2) says of the release's identity.", wordWrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(heading("Conformance statement"))
        column.addWidget(about)
        column.addWidget(self._text, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)
        column.addWidget(self.told)
        column.addStretch(0)

    def _written(self, form: Form) -> bytes:
        return b"" if self._made is None else write(self._made[0], form, self._made[1])

    @Slot()
    def _copy(self) -> None:
        data = QMimeData()
        data.setHtml(self._written(Form.HTML).decode("utf-8"))
        data.setText(self._written(Form.TEXT).decode("utf-8"))
        QApplication.clipboard().setMimeData(data)
        sentence = "Copied: the table for the conformance statement"
        self.told.tell(sentence, Sign.FITS)
        self.copied.emit(sentence)

    @Slot()
    def _choose_where_to(self) -> None:
        if self._made is None:
            return
        kinds = [f"{title} (*.{form.suffix})" for form, title in FORM_TITLES.items()]
        name = f"conformance {self._made[0].title}".replace(" ", "-").replace("/", "-")
        proposed = str(Path(self._folder) / f"{visible(name)}.{next(iter(FORM_TITLES)).suffix}")
        chosen, kind = QFileDialog.getSaveFileName(
            self, "Save the rows of the conformance statement", proposed, ";;".join(kinds)
        )
        if not chosen:
            return
        where = Path(chosen)
        by_kind = tuple(FORM_TITLES)[kinds.index(kind)] if kind in kinds else Form.TEXT
        self._folder = str(where.parent)
        self.save_asked.emit(where, self._written(form_of(where.name) or by_kind))
