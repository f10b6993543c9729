"""Go → Ask a device: which software a device runs, held against the registry; those that are remembered all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uidmanager.core.devices import ANY_TITLE, OUR_TITLE, read_device
from uidmanager.core.errors import Problem, Severity, UidManagerError
from uidmanager.core.fleet import told_of
from uidmanager.core.texts import name_key
from uidmanager.gui.jobs import Jobs, Latest
from uidmanager.gui.table_models import RecordTableModel
from uidmanager.gui.tables.devices import COPIES, DEVICES, DeviceRow
from uidmanager.gui.tables.record_table import RecordTable
from uidmanager.gui.theme import AIR, GAP, ROOM, fixed_font
from uidmanager.gui.widgets.naming import named
from uidmanager.gui.widgets.problem_list import ProblemList
from uidmanager.gui.widgets.progress_strip import ProgressStrip
from uidmanager.settings.devices import StationDevices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.devices import Device
    from uidmanager.core.fleet import Contact
    from uidmanager.gui.session import Session

_SIZE: Final = (980, 560)
_Button = QDialogButtonBox.StandardButton


class AskDevicesDialog(QDialog):
    """Asks one device, or all that are remembered; the answers stay in the table until it is closed.

    Signals:
        opened(object): show this record on its own page
        copied(str): a sentence that says what was copied
    """

    opened = Signal(object)
    copied = Signal(str)

    def __init__(self, session: Session, app: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "ask_devices_dialog")
        self.setWindowTitle("Ask a device")
        self.resize(*_SIZE)
        self._session = session
        self._app = app
        self._jobs = Jobs(self)
        self._asking = Latest(self._jobs)
        self._rows: dict[Device, DeviceRow] = {}
        self._book = StationDevices()
        self._make_fields()
        self._model = RecordTableModel(DEVICES, lambda row: row.device, fixed_font())
        self.table = RecordTable(self._model, "devices_table", "Devices and what they run", COPIES)
        self.problems = ProblemList("device_problems")
        self.strip = ProgressStrip("ask_progress")
        self._lay_out()
        self._connect()
        self._offer_remembered()
        self._review()

    # -- how it looks ------------------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.address_edit = named(QLineEdit(), "device_address_edit", "Address of the device")
        self.address_edit.setPlaceholderText("ct1.example:104, or [2001:db8::7]:104")
        self.title_edit = named(QLineEdit(ANY_TITLE), "device_title_edit", "AE title of the device")
        self.calling_edit = named(QLineEdit(), "calling_title_edit", "Our AE title")
        self.calling_edit.setPlaceholderText(OUR_TITLE)
        self.name_edit = named(QLineEdit(), "device_name_edit", "What the device is called")
        self.name_edit.setPlaceholderText("To remember it by")
        self.echo_check = named(QCheckBox("Send a &C-ECHO as well"), "echo_check")
        self.echo_check.setChecked(True)
        self.ask_button = named(QPushButton("&Ask it", default=True), "ask_device_button")
        self.ask_all_button = named(QPushButton("Ask a&ll", autoDefault=False), "ask_all_button")
        self.remember_button = named(QPushButton("&Remember", autoDefault=False), "remember_device_button")
        self.forget_button = named(QPushButton("F&orget", autoDefault=False), "forget_device_button")

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.setSpacing(GAP)
        fields.addRow("A&ddress", self.address_edit)
        fields.addRow("Its AE &title", self.title_edit)
        fields.addRow("&Name", self.name_edit)
        fields.addRow("Our AE t&itle", self.calling_edit)
        fields.addRow("", self.echo_check)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.ask_button, self.ask_all_button, self.remember_button, self.forget_button):
            row.addWidget(button)
        row.addStretch(1)
        buttons = QDialogButtonBox(_Button.Close)
        buttons.button(_Button.Close).setObjectName("dialog_close_button")
        buttons.button(_Button.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(AIR, ROOM, AIR, ROOM)
        column.setSpacing(ROOM)
        column.addLayout(fields)
        column.addLayout(row)
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addWidget(self.problems)
        column.addWidget(buttons)

    def _connect(self) -> None:
        for edit in (self.address_edit, self.title_edit, self.calling_edit, self.name_edit):
            edit.textChanged.connect(self._review)
        self.ask_button.clicked.connect(self._ask_one)
        self.ask_all_button.clicked.connect(self._ask_all)
        self.remember_button.clicked.connect(self._remember)
        self.forget_button.clicked.connect(self._forget)
        self.table.record_chosen.connect(self._show_chosen)
        self.table.activated.connect(self._open_row)
        self.table.copied.connect(self.copied)
        self.strip.cancel_asked.connect(self._asking.cancel)
        self.finished.connect(self._jobs.close)

    # -- the devices -------------------------------------------------------------------------------------------------

    def _offer_remembered(self) -> None:
        try:
            self._rows = {device: DeviceRow(device) for device in self._book.all()}
        except UidManagerError as error:
            self.problems.show_sentence(str(error))
        self._fill()

    def _fill(self) -> None:
        self._model.adopt(self._model.stock(self._rows.values()))
        self.ask_all_button.setEnabled(bool(self._rows) and not self._asking.is_busy)

    def _typed(self) -> tuple[Device | None, tuple[Problem, ...]]:
        """The device in the fields, or why it is none."""
        ours = self.calling_edit.text()
        return read_device(self.address_edit.text(), self.title_edit.text(), self.name_edit.text(), ours)

    @Slot()
    def _review(self) -> None:
        """Let be asked what can be; scold only once something was typed."""
        device, problems = self._typed()
        is_free = not self._asking.is_busy
        self.ask_button.setEnabled(device is not None and is_free)
        self.remember_button.setEnabled(device is not None and is_free)
        self.ask_all_button.setEnabled(bool(self._rows) and is_free)
        chosen: DeviceRow | None = self.table.chosen
        self.forget_button.setEnabled(chosen is not None and is_free)
        self.problems.show_problems(problems if self.address_edit.text() else ())

    @Slot()
    def _remember(self) -> None:
        device, _ = self._typed()
        if device is None:
            return
        try:
            known = self._book.all()
            if any(name_key(each.label) == name_key(device.label) for each in known):
                self.problems.show_sentence(f"“{device.label}” is remembered already. Give this one another name.")
                return
            self._book.keep((*known, device))
        except UidManagerError as error:
            self.problems.show_sentence(str(error))
            return
        self._rows.setdefault(device, DeviceRow(device))
        self._fill()
        self.problems.show_sentence(f"{device.label} is remembered on this station.", Severity.NOTICE)

    @Slot()
    def _forget(self) -> None:
        row: DeviceRow | None = self.table.chosen
        if row is None:
            return
        try:
            self._book.keep([each for each in self._book.all() if each != row.device])
        except UidManagerError as error:
            self.problems.show_sentence(str(error))
            return
        del self._rows[row.device]
        self._fill()
        self._review()

    # -- asking ------------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_one(self) -> None:
        device, _ = self._typed()
        if device is not None:
            self._ask([device])

    @Slot()
    def _ask_all(self) -> None:
        self._ask(list(self._rows))

    def _ask(self, devices: Sequence[Device]) -> None:
        app, echo = self._app, self.echo_check.isChecked()

        def work(progress: Progress) -> list[Contact]:
            from uidmanager.dicom.association.asking import Terms, ask_all  # noqa: PLC0415 (pynetdicom is heavy)
            from uidmanager.dicom.association.identity import identity_of  # noqa: PLC0415 (with it)

            return ask_all(devices, Terms(identity_of(app), echo=echo), progress)

        self.problems.show_problems(())
        self.strip.begin("Asking devices")
        self._asking.start(work, self._answered, self._failed, self.strip.show_progress)
        self._review()

    def _answered(self, contacts: list[Contact]) -> None:
        with self._session.service.look() as registry:
            told = [told_of(registry, contact, self._session.dicom_names) for contact in contacts]
        self._rows.update({each.contact.device: DeviceRow(each.contact.device, each) for each in told})
        self._fill()
        self._end()
        self.table.choose(told[0].contact.device)
        self._show_chosen(self._rows[told[0].contact.device])

    def _failed(self, error: Exception) -> None:
        self._end()
        ours = "The devices could not be asked; the fault is the program's."
        self.problems.show_failure(error, ours, "Stopped at your wish.")

    def _end(self) -> None:
        self.strip.end()
        self._review()

    @Slot(object)
    def _show_chosen(self, row: DeviceRow | None) -> None:
        """What speaks against the device that is chosen."""
        self.forget_button.setEnabled(row is not None and not self._asking.is_busy)
        if row is not None:
            self.problems.show_problems(row.told.problems if row.told else ())

    @Slot(QModelIndex)
    def _open_row(self, index: QModelIndex) -> None:
        row = self._model.record(index.row())
        if row.told is not None and row.told.judgement is not None and row.told.judgement.release is not None:
            self.opened.emit(row.told.judgement.release)
