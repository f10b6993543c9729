"""Says that a scan went elsewhere than into the field for serials, and offers to take it there."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uidmanager.core.texts import excerpt
from uidmanager.gui.theme import GAP
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence


class StrayScan(QWidget):
    """Hidden until a scan went astray; several wait until each was taken or left.

    Signals:
        taken(str): this is meant as a serial
    """

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "stray_scan")
        self._scans: list[str] = []
        self._sentence = SignedSentence("stray_scan_sentence", "A scan that went astray")
        self._take = named(QPushButton("Take it as the serial", autoDefault=False), "take_stray_scan_button")
        self._leave = named(QPushButton("Leave it", autoDefault=False), "leave_stray_scan_button")
        self._take.clicked.connect(self._take_it)
        self._leave.clicked.connect(self._drop_it)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._take)
        row.addWidget(self._leave)
        self.hide()

    def tell(self, scan: str) -> None:
        """This scan went astray."""
        self._scans.append(scan)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._scans))
        if not self._scans:
            return
        more = f" So do {len(self._scans) - 1} more after it." if len(self._scans) > 1 else ""
        self._sentence.tell(
            f"That looks like a scan: {excerpt(self._scans[0])}. It went elsewhere than into the serial number.{more}",
            Sign.CAUTION,
        )

    @Slot()
    def _take_it(self) -> None:
        self.taken.emit(self._scans.pop(0))
        self._show()

    @Slot()
    def _drop_it(self) -> None:
        self._scans.pop(0)
        self._show()
