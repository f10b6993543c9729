"""Says that a scan went elsewhere than into the field for serials, and offers to take it there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from uidmanager.core.texts import excerpt
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.glyphs import drawn
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence


class StrayScan(QWidget):
    """Hidden until a scan went astray; several wait until somebody has decided on each.

    Meanwhile the fields are as they were before, so that no unit is assigned with a scan as its note.

    Signals:
        taken(str): this is meant as a serial
    """

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "stray_scan")
        self._scans: list[tuple[str, QLineEdit | None]] = []
        self._sentence = SignedSentence("stray_scan_sentence", "A scan that went astray")
        self._take = named(QPushButton("Take it as the serial", autoDefault=False), "take_stray_scan_button")
        self._leave = named(QPushButton("Drop it", autoDefault=False), "leave_stray_scan_button")
        self._take.clicked.connect(self._take_it)
        self._leave.clicked.connect(self._leave_it)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._take)
        row.addWidget(self._leave)
        self.hide()

    def tell(self, scan: str, field: QLineEdit | None) -> None:
        """This scan went astray; into this field, if it was one that can hold it."""
        self._scans.append((scan, field))
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._scans))
        if not self._scans:
            return
        scan, field = self._scans[0]
        more = f" So did {len(self._scans) - 1} more after it." if len(self._scans) > 1 else ""
        sentence = f"That looks like a scan: {drawn(excerpt(scan))}. It went elsewhere than into the serial number."
        self._sentence.tell(f"{sentence}{more}", Sign.CAUTION)
        self._leave.setText("Drop it" if field is None else "Leave it there")

    @Slot()
    def _take_it(self) -> None:
        scan, _field = self._scans.pop(0)
        self._show()
        self.taken.emit(scan)

    @Slot()
    def _leave_it(self) -> None:
        scan, field = self._scans.pop(0)
        self._show()
        if field is not None:
            field.insert(scan)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
