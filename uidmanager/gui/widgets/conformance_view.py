"""What the conformance statement of a release says of its identity: a table to be pasted, or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from uidmanager.core.texts import visible
from uidmanager.gui.widgets.text_view import TextView, Wording
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


_WORDS: Final = Wording(
    "conformance", "Rows of the conformance statement", "Copy &table", "", "S&ave…", "Save the rows"
)


class ConformanceView(TextView):
    """Shows the extract of one release.

    Signals:
        save_asked(Path, bytes): this is to be written there
    """

    save_asked = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_WORDS, parent)
        self._made: tuple[Extract, Stamp] | None = None
        self.title.setText("Conformance statement")
        self.about.setText("What the conformance statement (PS3.2) says of the release's identity.")
        self.copy_button.setToolTip("For a word processor; where only text can be pasted, as text")
        self.show_extract(None, ())

    def show_extract(self, made: tuple[Extract, Stamp] | None, problems: Sequence[Problem]) -> None:
        """Show these rows, made now by somebody; None: there are none, for the reasons given."""
        self._made = made
        self.offer(is_there=made is not None)
        self.problems.show_problems(problems)
        self.text.setPlainText("" if made is None else self._written(Form.TEXT).decode("utf-8"))

    @Slot()
    def copy_text(self) -> None:
        """Copy the table."""
        data = QMimeData()
        data.setHtml(self._written(Form.HTML).decode("utf-8"))
        data.setText(self._written(Form.TEXT).decode("utf-8"))
        QApplication.clipboard().setMimeData(data)
        self.tell_copied("Copied: the table for the conformance statement")

    @Slot()
    def choose_where_to(self) -> None:
        """Ask for a file, in one of the forms."""
        if self._made is None:
            return
        kinds = [f"{title} (*.{form.suffix})" for form, title in FORM_TITLES.items()]
        name = f"conformance {self._made[0].title}".replace(" ", "-").replace("/", "-")
        proposed = str(Path(self.folder) / f"{visible(name)}.{next(iter(FORM_TITLES)).suffix}")
        chosen, kind = QFileDialog.getSaveFileName(
            self, "Save the rows of the conformance statement", proposed, ";;".join(kinds)
        )
        if not chosen:
            return
        where = Path(chosen)
        by_kind = tuple(FORM_TITLES)[kinds.index(kind)] if kind in kinds else Form.TEXT
        self.folder = str(where.parent)
        self.save_asked.emit(where, self._written(form_of(where.name) or by_kind))

    def _written(self, form: Form) -> bytes:
        return b"" if self._made is None else write(self._made[0], form, self._made[1])
