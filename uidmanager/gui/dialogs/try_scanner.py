"""Try my scanner: a code to scan, what arrived of it, what that tells, and the settings that follow from it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from uidmanager.barcodes.making import matrix_of
from uidmanager.barcodes.reading import read
from uidmanager.core.barcodes import Mode, ScannerSettings, check_stand_in, taken_words
from uidmanager.core.barcodes.settings import LONGEST_REFRACTORY_MS
from uidmanager.core.barcodes.trying import TEST_ELEMENTS, Stroke, Trial, try_out
from uidmanager.core.errors import PreferencesError, Problem, Severity
from uidmanager.core.labels.contents import Content
from uidmanager.core.labels.templates import Symbol
from uidmanager.gui.theme import AIR, GAP, ROOM, fixed_font
from uidmanager.gui.widgets.breakable import BreakableLabel, breakable
from uidmanager.gui.widgets.module_picture import ModulePicture
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.scan_capture import ScanCapture
from uidmanager.settings.scanner import StationScanner

_WIDTH: Final = 720
_MOST_FINDINGS: Final = 12
_Button = QDialogButtonBox.StandardButton
_MODES: Final = {
    Mode.AS_IT_LOOKS: "A serial, unless it can only be GS1",
    Mode.PLAIN: "Always a serial as it is",
    Mode.GS1: "Always a GS1 code",
}


class TryScannerDialog(QDialog):
    """Nothing is registered here, whatever is scanned.

    Signals:
        kept(ScannerSettings): from now on the scanner of this station is set up so
    """

    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "try_scanner_dialog")
        self.setWindowTitle("Try my scanner")
        self.setMinimumWidth(_WIDTH)
        self.capture = ScanCapture()
        self.details = named(BreakableLabel(), "scan_bytes", "What arrived")
        self.details.setFont(fixed_font())
        self.details.let_keys_select()
        self.findings = ProblemList("scan_findings", most=_MOST_FINDINGS)
        self.problems = ProblemList("scanner_problems")
        self.mode_combo = named(QComboBox(), "scanner_mode_combo")
        for mode, text in _MODES.items():
            self.mode_combo.addItem(text, mode)
        self.stand_in_edit = named(QLineEdit(), "scanner_stand_in_edit")
        self.stand_in_edit.setPlaceholderText("The scanner sends GS")
        self.refractory_spin = named(QSpinBox(), "scanner_refractory_spin")
        self.refractory_spin.setRange(0, LONGEST_REFRACTORY_MS)
        self.refractory_spin.setSuffix(" ms")
        self.tab_box = named(QCheckBox("Any &Tab after a serial ends the scan"), "scanner_tab_box")
        self.keep_button = named(QPushButton("&Keep settings", autoDefault=False), "keep_scanner_button")
        self._lay_out()
        self._show_settings(self._settings_kept())
        self._connect()
        self.capture.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def settings(self) -> ScannerSettings:
        """The settings as the fields stand."""
        return ScannerSettings(
            Mode(self.mode_combo.currentData()),
            self.stand_in_edit.text().strip(),
            self.refractory_spin.value(),
            self.tab_box.isChecked(),
        )

    # -- inside ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        code = Content(Symbol.DATAMATRIX, "", tuple((element.ai, element.value) for element in TEST_ELEMENTS))
        words = QLabel(
            "Scan the code on the left. Nothing is registered; what arrives is shown as it comes, with what it tells "
            "of the scanner.",
            wordWrap=True,
        )
        words.setObjectName("try_scanner_words")
        picture = named(ModulePicture(matrix_of(code)), "test_code", f"The code to scan: {code.shown}")
        left = QVBoxLayout()
        left.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        left.addWidget(named(BreakableLabel(breakable(code.shown)), "test_code_text", "What the code says"))
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        for widget in (words, self.capture, self.details, self.findings):
            right.addWidget(widget)
        right.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(ROOM)
        top.addLayout(left)
        top.addLayout(right, 1)
        fields = QFormLayout()
        fields.setSpacing(GAP)
        fields.addRow("&Without AIM identifier", self.mode_combo)
        fields.addRow("&Stands for the separator", self.stand_in_edit)
        fields.addRow("A second end c&ounts after", self.refractory_spin)
        fields.addRow("", self.tab_box)
        buttons = QDialogButtonBox(_Button.Close)
        close = named(buttons.button(_Button.Close), "dialog_close_button")
        close.setAutoDefault(False)
        buttons.addButton(self.keep_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addLayout(top)
        column.addLayout(fields)
        column.addWidget(self.problems)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.capture.heard.connect(self._judge)
        self.stand_in_edit.textChanged.connect(self._review)
        self.keep_button.clicked.connect(self._keep)

    def _settings_kept(self) -> ScannerSettings:
        try:
            return StationScanner().settings()
        except PreferencesError as error:
            self.problems.show_sentence(str(error), Severity.CAUTION)
            return ScannerSettings()

    def _show_settings(self, settings: ScannerSettings) -> None:
        self.mode_combo.setCurrentIndex(self.mode_combo.findData(settings.mode))
        self.stand_in_edit.setText(settings.stand_in)
        self.refractory_spin.setValue(settings.refractory_ms)
        self.tab_box.setChecked(settings.tab_ends)

    @Slot(object)
    def _judge(self, strokes: tuple[Stroke, ...]) -> None:
        trial = try_out(strokes, self.settings)
        self.details.setText(_told(trial))
        self._show_settings(trial.proposed)
        self.findings.show_problems((*trial.findings, *self._taken(trial)))

    def _taken(self, trial: Trial) -> tuple[Problem, ...]:
        """What would be taken of this on the Installations page."""
        found = read(trial.text, self.settings)
        words = taken_words(found) or (f"Taken as serial {found.serial}" if found.serial else "")
        said = (Problem("", "scanner", f"{words}.", None, Severity.NOTICE),) if words else ()
        return (*said, *found.problems)

    @Slot()
    def _review(self) -> None:
        problems = check_stand_in(self.stand_in_edit.text().strip())
        self.problems.show_problems(problems)
        self.keep_button.setEnabled(not problems)

    @Slot()
    def _keep(self) -> None:
        settings = self.settings
        try:
            StationScanner().keep(settings)
        except PreferencesError as error:
            self.problems.show_sentence(str(error))
            return
        self.problems.show_sentence("Kept for this station.", Severity.NOTICE)
        self.kept.emit(settings)


def _told(trial: Trial) -> str:
    """What arrived, in its parts and in bytes."""
    parts = (
        ("prefix", trial.prefix or "none"),
        ("suffix", trial.suffix or "none"),
        ("slowest key", f"{trial.slowest_ms} ms"),
        ("bytes", trial.as_bytes),
    )
    return "\n".join(f"{name}: {what}" for name, what in parts)
