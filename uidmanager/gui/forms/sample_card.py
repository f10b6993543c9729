"""The way in for those who only want to look around."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uidmanager.app.sample import ORGANISATION
from uidmanager.gui.widgets.card import Card, sentence
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList

_WORDS = (
    f"A sample registry of an invented maker, {ORGANISATION}, with products, releases and installations. Each time you "
    "get a new one, in a temporary folder. Try everything on it: its numbers are for nobody's equipment."
)


class SampleCard(Card):
    """Says what the sample is, and offers it.

    Signals:
        asked(): make a sample and open it
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Just look around", parent)
        self.button = named(QPushButton("&Try the sample registry", autoDefault=False), "sample_button")
        self.problems = ProblemList("sample_problems")
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addWidget(sentence(_WORDS))
        self.body.addLayout(row)
        self.body.addWidget(self.problems)
        self.button.clicked.connect(self.asked)
