"""How an organisation gets a root of its own: the known ways, and a calculator for companies of the United Kingdom."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from uidmanager.core.known_roots import ROUTES
from uidmanager.core.roots import uk_company_root
from uidmanager.gui.theme import GAP, TIGHT
from uidmanager.gui.widgets.naming import named


class RootHelp(QWidget):
    """Folded away until it is wanted.

    Signals:
        root_chosen(str): the root that the calculator found, and the person wants
    """

    root_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unfold = named(QToolButton(autoRaise=True), "root_help_button")
        self._unfold.setCheckable(True)
        self._unfold.setText("Ho&w do I get a root?")
        self._unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unfold.setArrowType(Qt.ArrowType.RightArrow)
        self._unfold.toggled.connect(self._show_help)
        self._help = _Help(self)
        self._help.use.clicked.connect(self._use)
        self._help.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self._unfold)
        column.addWidget(self._help)

    @Slot(bool)
    def _show_help(self, is_wanted: bool) -> None:  # noqa: FBT001 (Qt's signal)
        self._unfold.setArrowType(Qt.ArrowType.DownArrow if is_wanted else Qt.ArrowType.RightArrow)
        self._help.setVisible(is_wanted)

    @Slot()
    def _use(self) -> None:
        if self._help.root:
            self.root_chosen.emit(self._help.root)


class _Help(QWidget):
    """The routes, and the company number's root; ``use`` takes the root over."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.root = ""
        self._number = named(QLineEdit(placeholderText="for instance 03680043 or SC123456"), "company_number_edit")
        self._number.textChanged.connect(self._work_out)
        label = QLabel("UK co&mpany number:")
        label.setBuddy(self._number)
        self.use = named(QPushButton("&Use it", autoDefault=False), "use_company_root_button", "Use this root")
        self.use.setEnabled(False)
        self._answer = named(QLabel(wordWrap=True), "company_root_label", "Root of the company")
        self._answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(label)
        line.addWidget(self._number, 1)
        line.addWidget(self.use)
        routes = QLabel(_routes(), wordWrap=True, textFormat=Qt.TextFormat.RichText)
        routes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(line)
        column.addWidget(self._answer)
        column.addWidget(routes)
        self._work_out("")

    @Slot(str)
    def _work_out(self, typed: str) -> None:
        found = uk_company_root(typed) if typed.strip() else None
        self.root = found.root or "" if found else ""
        self.use.setEnabled(bool(self.root))
        self._answer.setText(found.sentence if found else "")
        self._answer.setVisible(found is not None)


def _routes() -> str:
    """The ways as a list for reading."""
    return "".join(
        f"<p><b>{escape(route.title)}</b> — <code>{escape(route.arc)}</code><br>{escape(route.cost)} "
        f"{escape(route.how)}</p>"
        for route in ROUTES
    )
