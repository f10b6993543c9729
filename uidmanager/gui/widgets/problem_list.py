"""Problems and notices in the form itself, each with a sign, so that colour is not the only one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from uidmanager.core.errors import CancelledError, Problem, Severity, UidManagerError
from uidmanager.core.texts import visible
from uidmanager.gui.theme import tones
from uidmanager.gui.widgets.glyphs import drawn
from uidmanager.gui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS: Final = {Severity.ERROR: "✕", Severity.CAUTION: "◐", Severity.NOTICE: "ℹ"}
_MOST = 5


class ProblemList(QLabel):
    """The sentences a decision comes with, one a line, up to ``most`` of them; hidden while there are none."""

    def __init__(self, name: str = "preview_problems", parent: QWidget | None = None, *, most: int = _MOST) -> None:
        super().__init__(parent, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        named(self, name, "Messages")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._most = most
        self._problems: tuple[Problem, ...] = ()
        self.hide()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown."""
        return self._problems

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these sentences instead of the ones before."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        self.setVisible(bool(self._problems))
        self._render()
        self.setAccessibleDescription(drawn(" ".join(problem.message for problem in self._problems)))
        if self._problems:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def show_sentence(self, sentence: str, severity: Severity = Severity.ERROR) -> None:
        """Show one sentence that comes from elsewhere than a rule, for instance from the ledger."""
        self.show_problems((Problem("", "", sentence, None, severity),))

    def show_failure(self, error: Exception, ours: str, stopped: str = "") -> None:
        """Say why something did not work. ``stopped`` is said when the user wanted it to stop.

        For a fault of the program ``ours`` is said, and the fault is raised again for whoever keeps faults.
        """
        if not isinstance(error, UidManagerError):
            self.show_sentence(ours)
            raise error
        if isinstance(error, CancelledError):
            self.show_sentence(stopped or str(error), Severity.NOTICE)
        else:
            self.show_sentence(str(error))

    def changeEvent(self, event: QEvent) -> None:
        """Recolour when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()

    def _render(self) -> None:
        tone = tones(self)
        colours = {Severity.ERROR: tone.refused, Severity.CAUTION: tone.caution, Severity.NOTICE: tone.muted}
        lines = [
            f'<span style="color:{colours[p.severity]}">{_SIGNS[p.severity]}&nbsp;{_drawn(p)}</span>'
            for p in self._problems[: self._most]
        ]
        if len(self._problems) > self._most:
            lines.append(f"… and {len(self._problems) - self._most} more")
        self.setText("<br>".join(lines))


def _drawn(problem: Problem) -> str:
    return escape(drawn(visible(problem.message)))
