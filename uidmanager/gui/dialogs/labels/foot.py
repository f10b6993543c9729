"""The buttons below: where labels may go, and what comes after."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from uidmanager.gui.widgets.naming import named

_Role = QDialogButtonBox.ButtonRole


class Allowed(NamedTuple):
    """What can be done now.

    ``printing``: labels may leave; ``roll``: to a label printer as well, ``addressed``: it is said to which;
    ``sheet``: there is a batch; ``checking``: there is a print run; ``free``: nothing is under way.
    """

    printing: bool
    roll: bool
    addressed: bool
    sheet: bool
    checking: bool
    free: bool


class Foot(QDialogButtonBox):
    """None of them is pressed by Enter: what a scanner sends would print."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pdf = self._button("Save P&DF…", "save_labels_pdf_button")
        self.system = self._button("Prin&t…", "print_labels_button")
        self.zpl = self._button("Save &ZPL…", "save_labels_zpl_button")
        self.send = self._button("Se&nd to printer", "send_labels_button")
        self.sheet = self._button("&Batch sheet…", "batch_sheet_button")
        self.check = self._button("Chec&k labels…", "check_printed_button")
        self.shut = self._button("Close", "dialog_close_button", _Role.RejectRole)
        self.sheet.setToolTip("The sheet that goes with the batch: its units, and places to sign")
        self.check.setToolTip("Read the labels back that were just printed")

    def allow(self, allowed: Allowed) -> None:
        """Let be pressed what can be done."""
        can_print = allowed.printing and allowed.free
        for button in (self.pdf, self.system):
            button.setEnabled(can_print)
        for button in (self.zpl, self.send):
            button.setEnabled(can_print and allowed.roll)
            button.setToolTip("" if allowed.roll else "Label printers take rolls. Choose a template for a roll.")
        self.send.setEnabled(can_print and allowed.roll and allowed.addressed)
        if allowed.roll and not allowed.addressed:
            self.send.setToolTip("Write above which printer it is.")
        self.sheet.setEnabled(allowed.sheet and allowed.free)
        self.check.setEnabled(allowed.checking and allowed.free)
        self.shut.setEnabled(allowed.free)

    def _button(self, text: str, name: str, role: _Role = _Role.ActionRole) -> QPushButton:
        button = named(QPushButton(text, autoDefault=False), name)
        self.addButton(button, role)
        return button
