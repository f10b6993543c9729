"""Pictures of the real window, drawn unseen or on a screen: the README's, or one of a given registry.

python3 packaging/screenshots.py --out docs/images             all pictures, on a sample registry
python3 packaging/screenshots.py --ledger FILE --one FILE.png  one, of the installations of this registry
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Desk
    from uidmanager.core.drafts import Draft
    from uidmanager.gui.main_window import MainWindow

SIZE: Final = (1200, 760)
PATIENCE_MS: Final = 20_000
UIDS_FROM_THE_FIELD: Final = """\
(0002,0012) UI [1.2.826.0.1.3680043.2.50.1.2.4.5.0.2]      # Implementation Class UID
(0008,0018) UI [1.2.826.0.1.3680043.2.50.2.372701.20261122.1.17]
(0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]
(0020,000d) UI [1.2.276.0.7230010.3.1.4.8323328.1]
(0020,000e) UI [1.2.826.0.1.3680043.2.50.2.999999.1]"""

FIELD: Final = {
    "study-4711/CT0001.dcm": {},
    "study-4711/CT0002.dcm": {},
    "study-4711/CT0003.dcm": {"ImplementationVersionName": "CT_4.4"},
    "study-4711/CT0004.dcm": {"SeriesInstanceUID": "1.2.826.0.1.3680043.2.50.2.999999.1"},
    "study-4711/CT0005.dcm": {"DeviceSerialNumber": "0372702"},
    "study-4711/CT0006.dcm": {
        "ImplementationClassUID": "1.2.276.0.7230010.3.0.3.6.8",
        "ImplementationVersionName": "OFFIS_DCMTK_368",
    },
    "study-4711/CT0007.dcm": {"StudyInstanceUID": "1.2.840.113619.2.55.007"},
    "study-4711/SR0001.dcm": {"SOPInstanceUID": "1.2.826.0.1.3680043.2.50.2.372701.20261122.99", "Modality": "SR"},
    "study-4711/SR0002.dcm": {"SOPInstanceUID": "1.2.826.0.1.3680043.2.50.2.372701.20261122.99", "Modality": "CT"},
}
"""What the files that are scanned for a picture have otherwise than a file with nothing wrong."""


def main(arguments: list[str]) -> int:
    """Take the pictures; 0 when all were written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--one", type=Path)
    wanted = parser.parse_args(arguments)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="uidmanager-pictures-") as folder:
        # The pictures show a window that remembers nothing, and leave nothing behind.
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        desk = sample_desk()
        place = Path(folder) / "acme.jsonl"
        studio = Studio(desk, wanted.ledger or sample_ledger(desk, place))
        try:
            if wanted.one:
                return studio.take(wanted.one)
            wanted.out.mkdir(parents=True, exist_ok=True)
            files = field_files(Path(folder) / "field")
            return studio.take_all(wanted.out, files) + studio.take_copies(wanted.out, parted_from(desk, place))
        finally:
            studio.close()


def sample_desk() -> Desk:
    """The desk of an invented person at an invented station."""
    from uidmanager.app.ports import Person  # noqa: PLC0415 (the folders of this process are set before)
    from uidmanager.bootstrap import ThisDesk, ThisWorld  # noqa: PLC0415

    class Anna(ThisWorld):
        person = Person("anna", "LINE-3")

    return ThisDesk(Anna())


def sample_ledger(desk: Desk, place: Path) -> Path:
    """The sample registry in a new ledger."""
    from uidmanager.app.sample import make_sample  # noqa: PLC0415
    from uidmanager.app.service import Service  # noqa: PLC0415

    make_sample(Service(desk.ledger_at(str(place)), desk.world))
    return place


def field_files(folder: Path) -> Path:
    """Files from an invented machine in the field, with most of what can be wrong with one."""
    from pydicom.config import disable_value_validation  # noqa: PLC0415 (for this picture only)
    from pydicom.dataset import Dataset, FileMetaDataset  # noqa: PLC0415
    from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian  # noqa: PLC0415

    machine = "1.2.826.0.1.3680043.2.50.2.372701"
    for number, (name, changes) in enumerate(FIELD.items(), 1):
        values = {
            "ImplementationClassUID": "1.2.826.0.1.3680043.2.50.1.2.4.5.0.2",
            "ImplementationVersionName": "CT_4.5.0.2",
            "SOPInstanceUID": f"{machine}.20261122.1.{number}",
            "StudyInstanceUID": "1.2.840.113619.2.55.7",
            "SeriesInstanceUID": f"{machine}.20261122.1",
            "DeviceSerialNumber": "0372701",
            "Manufacturer": "Acme Imaging",
            **changes,
        }
        data_set = Dataset()
        data_set.file_meta = FileMetaDataset()
        data_set.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        data_set.file_meta.MediaStorageSOPClassUID = data_set.SOPClassUID = CTImageStorage
        data_set.file_meta.MediaStorageSOPInstanceUID = UID(values["SOPInstanceUID"])
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with disable_value_validation():
            for keyword, value in values.items():
                setattr(data_set.file_meta if keyword.startswith("Implementation") else data_set, keyword, value)
            data_set.save_as(file, enforce_file_format=True)
    (folder / "study-4711/README.txt").write_text("Dear all,", encoding="utf-8")
    return folder


def parted_from(desk: Desk, ledger: Path) -> Path:
    """A copy of the ledger, on which another station goes on while this one does."""
    from uidmanager import settings  # noqa: PLC0415
    from uidmanager.app.service import Service  # noqa: PLC0415
    from uidmanager.core import drafts as d  # noqa: PLC0415

    copy = ledger.with_name("acme (conflicted copy).jsonl")
    shutil.copy(ledger, copy)
    there: tuple[Draft, ...] = (
        d.RegisterProduct("PET Workstation"),
        d.AssignInstallations(("0400100",), "CT Console"),
        d.AssignInstallations(tuple(str(number) for number in range(400200, 400224)), "CT Console"),
    )
    here: tuple[Draft, ...] = (d.RegisterProduct("MR Console"), d.AssignInstallations(("400100",), "Viewer"))
    for place, drafts in ((copy, there), (ledger, here)):
        service = Service(desk.ledger_at(str(place)), desk.world)
        service.open()
        for draft in drafts:
            service.submit(draft)
        if place is copy:  # the other station's memory is not this one's
            for kept in ("seen", "replicas"):
                shutil.rmtree(settings.data_folder() / kept)
    return copy


class Studio:
    """A window on a ledger, ready to be driven and pictured."""

    def __init__(self, desk: Desk, ledger: Path) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 (the platform is chosen before Qt is loaded)

        from uidmanager.gui.app import Dresser  # noqa: PLC0415
        from uidmanager.gui.main_window import MainWindow, WindowState  # noqa: PLC0415

        self.desk = desk
        self.app = QApplication.instance() or QApplication([])
        state = WindowState()
        assert isinstance(self.app, QApplication)  # noqa: S101 (for the type checker)
        self.dresser = Dresser(self.app, state)
        self.window: MainWindow = MainWindow(desk, state)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.open_ledger(str(ledger))
        self.wait_for(lambda: self.window.view is not None)

    def take_all(self, folder: Path, field: Path) -> int:
        """All pictures of the README but those of dialogs; the files in ``field`` are scanned for one."""
        from uidmanager.gui.theme import Appearance  # noqa: PLC0415

        self.type_into("serial_edit", "0372764")
        done = self.take(folder / "installations.png")
        self.type_into("version_edit", "4.5.0.3")
        done += self.take(folder / "releases.png")
        self.type_into("identify_edit", UIDS_FROM_THE_FIELD)
        done += self.take(folder / "identify.png")
        self.show_page(3)
        done += self.take(folder / "history.png")
        done += self.take_report(folder / "reports.png")
        done += self.take_use(folder / "use_it.png")
        done += self.take_scan(folder / "scan.png", field)
        done += self.take_scanner(folder / "try_scanner.png")
        done += self.take_labels(folder)
        self.dresser.choose(Appearance.DARK)
        self.show_page(0)
        done += self.take(folder / "dark.png")
        self.dresser.choose(Appearance.LIGHT)
        self.window.show_welcome()
        self.type_into("organisation_edit", "Acme Imaging", go_there=False)
        self.type_into("root_edit", "1.2.826.0.1.3680043.2.50", go_there=False)
        return done + self.take(folder / "welcome.png")

    def take_report(self, file: Path) -> int:
        """All identifiers, on a ledger that was verified for it."""
        from PySide6.QtWidgets import QPushButton  # noqa: PLC0415

        self.show_page(4)
        self.settle()
        verify = self.window.findChild(QPushButton, "verify_report_button")
        assert isinstance(verify, QPushButton)  # noqa: S101 (for the type checker)
        verify.click()
        return self.take(file)

    def take_scan(self, file: Path, field: Path) -> int:
        """What files from the field turned out to be."""
        from uidmanager.gui.pages.files import FilesPage  # noqa: PLC0415

        assert self.window.view is not None  # noqa: S101 (for the type checker)
        page = self.window.view.show_page(FilesPage)
        page.scan([str(field)])
        self.wait_for(page.files_button.isEnabled)
        page.pane.table.selectRow(3)
        return self.take(file)

    def take_use(self, file: Path) -> int:
        """The lines that hand the root of an installation on."""
        from PySide6.QtCore import Qt  # noqa: PLC0415
        from PySide6.QtGui import QAction  # noqa: PLC0415
        from PySide6.QtWidgets import QDialog, QListWidget, QTableView  # noqa: PLC0415

        self.show_page(0)
        table = self.window.findChild(QTableView, "installations_table")
        action = self.window.findChild(QAction, "use_installation_action")
        assert isinstance(table, QTableView)  # noqa: S101 (for the type checker)
        assert isinstance(action, QAction)  # noqa: S101 (the same)
        table.selectRow(0)
        action.trigger()
        self.settle()
        dialog = self.window.findChild(QDialog, "use_dialog")
        snippets = self.window.findChild(QListWidget, "snippets_list")
        assert isinstance(dialog, QDialog)  # noqa: S101 (the same)
        assert isinstance(snippets, QListWidget)  # noqa: S101 (the same)
        found = snippets.findItems("pydicom", Qt.MatchFlag.MatchExactly)
        snippets.setCurrentItem(found[0])
        self.app.processEvents()  # what was shown last gets its room
        done = 0 if dialog.grab().save(str(file)) else 1
        dialog.reject()
        return done

    def take_scanner(self, file: Path) -> int:
        """What a scanner sends of the code on the screen, as one does that cannot send the separator."""
        from PySide6.QtCore import QEvent, Qt  # noqa: PLC0415
        from PySide6.QtGui import QKeyEvent  # noqa: PLC0415

        from uidmanager.gui.dialogs import TryScannerDialog  # noqa: PLC0415

        dialog = TryScannerDialog(self.window)
        dialog.show()
        heard: list[object] = []
        dialog.capture.heard.connect(heard.append)
        for at, character in enumerate("]d2010952110153000121AZ-QY/MW_09|10LOT7\r", 1):
            key = Qt.Key.Key_Return if character == "\r" else ord(character)
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at * 2)
            self.app.sendEvent(dialog.capture, event)
        self.wait_for(lambda: bool(heard))
        dialog.adjustSize()
        self.app.processEvents()  # what was shown last gets its room
        done = 0 if dialog.grab().save(str(file)) else 1
        dialog.reject()
        return done

    def take_labels(self, folder: Path) -> int:
        """A sheet of labels before it is printed, and the check of it with one label that is wrong."""
        from uidmanager.core import drafts as d  # noqa: PLC0415
        from uidmanager.gui.dialogs.check_labels import CheckLabelsDialog  # noqa: PLC0415
        from uidmanager.gui.dialogs.labels.dialog import LabelsDialog  # noqa: PLC0415
        from uidmanager.gui.pages.installations import InstallationsPage  # noqa: PLC0415

        assert self.window.view is not None  # noqa: S101 (for the type checker)
        page = self.window.view.show_page(InstallationsPage)
        serials = [str(number) for number in range(372800, 372824)]
        service = self.window.view.session.service
        service.submit(d.AssignInstallations(tuple(serials), "CT Console"))
        labels = LabelsDialog(self.window.view.session, serials, self.window)
        labels.open()
        self.wait_for(labels.foot.pdf.isEnabled)
        done = 0 if labels.grab().save(str(folder / "labels.png")) else 1
        labels.save_pdf(folder / "labels.pdf")
        self.wait_for(labels.foot.check.isEnabled)
        (folder / "labels.pdf").unlink()
        labels.foot.check.setFocus()
        labels.reject()
        page.check_labels.open()
        check = self.window.findChild(CheckLabelsDialog)
        assert isinstance(check, CheckLabelsDialog)  # noqa: S101 (for the type checker)
        self.wait_for(check.scan_edit.isEnabled)
        for scan in (*serials[:8], "0372764"):
            check.scan_edit.setText(scan if scan == "0372764" else f"]d2010952110153000121{scan}")
            check.scan_edit.returnPressed.emit()
        self.app.processEvents()  # what was shown last gets its room
        done += 0 if check.grab().save(str(folder / "check_labels.png")) else 1
        check.reject()
        self.wait_for(lambda: not check.isVisible())
        return done

    def take_copies(self, folder: Path, other: Path) -> int:
        """The dialog that looks after the ledger's copies, beside one that went its own way."""
        from uidmanager.gui.dialogs import CopiesDialog  # noqa: PLC0415

        assert self.window.view is not None  # noqa: S101 (it was waited for)
        dialog = CopiesDialog(self.desk, self.window.view.session.service.ledger.name)
        dialog.comparison.choose_other(str(other))
        dialog.comparison.other_chosen.emit()
        dialog.show()
        self.wait_for(lambda: dialog.merge_button.isEnabled() and not dialog.backup_rule.is_busy)
        self.app.processEvents()  # what was shown last gets its room
        done = 0 if dialog.grab().save(str(folder / "copies.png")) else 1
        dialog.reject()
        return done

    def take(self, file: Path) -> int:
        """One picture of the window as it is; 0 when it was written."""
        self.settle()
        return 0 if self.window.grab().save(str(file)) else 1

    def show_page(self, index: int) -> None:
        """Go to a page."""
        if self.window.view is not None:
            self.window.view.go_to(index)

    def type_into(self, field: str, text: str, *, go_there: bool = True) -> None:
        """Put a text into a field, on whatever page it is."""
        from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget  # noqa: PLC0415

        if go_there and self.window.view is not None:
            self.window.view.go_to_field(field)
        widget = self.window.findChild(QWidget, field)
        if isinstance(widget, QLineEdit):
            widget.setText(text)
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(text)

    def settle(self) -> None:
        """Let everything that is under way come to rest."""
        view = self.window.view
        self.wait_for(lambda: view is None or not (view.session.jobs.is_busy or view.session.reading.is_busy))
        self.app.processEvents()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Let the window work until the condition holds. Raises `TimeoutError`."""
        from PySide6.QtCore import QDeadlineTimer  # noqa: PLC0415

        deadline = QDeadlineTimer(PATIENCE_MS)
        self.app.processEvents()
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError("the window did not come to rest")
            self.app.processEvents()

    def close(self) -> None:
        """Close the window."""
        self.window.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
