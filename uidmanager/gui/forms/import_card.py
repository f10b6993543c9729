"""The way in for those whose registry comes from elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uidmanager.gui.widgets.card import Card, sentence
from uidmanager.gui.widgets.naming import named

_WORDS = (
    "From a document that “Export registry…” has written. The registry it comes from must not give numbers any more. "
    "A ledger itself, or a copy of one, is opened instead."
)


class ImportCard(Card):
    """Says what an import is, and offers it.

    Signals:
        asked(): show the dialog in which a registry is imported
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Import a registry", parent)
        self.button = named(QPushButton("&Import a registry…", autoDefault=False), "import_registry_button")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addWidget(sentence(_WORDS))
        self.body.addLayout(row)
        self.button.clicked.connect(self.asked)
