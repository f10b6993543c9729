"""The pictures of the sheet for the work bench, in twice the dots of a screen, so that they are sharp in print.

python3 packaging/guide_pictures.py --out resources/guide
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from screenshots import Studio, sample_desk, sample_ledger

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SCAN: Final = "]d20109521101530001210372764"
_SERIALS: Final = tuple(f"0{number}" for number in range(372801, 372825))
_WIDE: Final = (980, 400)


def main(arguments: list[str]) -> int:
    """Take the pictures; 0 when all were written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("resources/guide"))
    wanted = parser.parse_args(arguments)
    os.environ["QT_SCALE_FACTOR"] = "2"
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="uidmanager-pictures-") as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        desk = sample_desk()
        studio = Studio(desk, sample_ledger(desk, Path(folder) / "acme.jsonl"))
        try:
            return _take_form(studio, wanted.out) + _take_many(studio, wanted.out) + _take_labels(studio, wanted.out)
        finally:
            studio.close()


def _take_form(studio: Studio, folder: Path) -> int:
    """A scan in the form, before and after it is assigned."""
    from PySide6.QtWidgets import QLineEdit, QWidget  # noqa: PLC0415 (the platform is chosen before Qt is loaded)

    form = studio.window.findChild(QWidget, "assign_form")
    edit = studio.window.findChild(QLineEdit, "serial_edit")
    assert isinstance(form, QWidget)  # noqa: S101 (for the type checker)
    assert isinstance(edit, QLineEdit)  # noqa: S101 (the same)
    edit.setText(_SCAN)
    studio.settle()
    done = _take(studio, form, folder / "scan.png")
    edit.returnPressed.emit()
    studio.wait_for(lambda: not edit.text())
    return done + _take(studio, form, folder / "assigned.png")


def _take_many(studio: Studio, folder: Path) -> int:
    """A trolley in one list."""
    from uidmanager.gui.dialogs.many import ManyDialog  # noqa: PLC0415
    from uidmanager.gui.pages.installations import InstallationsPage  # noqa: PLC0415

    assert studio.window.view is not None  # noqa: S101 (for the type checker)
    page = studio.window.view.show_page(InstallationsPage)
    page.form.range_action.trigger()
    dialog = studio.window.findChild(ManyDialog)
    assert isinstance(dialog, ManyDialog)  # noqa: S101 (the same)
    dialog.resize(*_WIDE)
    dialog.fields.list_edit.setPlainText(f"{_SERIALS[0]}-{_SERIALS[-1]}")
    dialog.fields.product_combo.setCurrentText("CT Console")
    studio.wait_for(dialog.assign_button.isEnabled)
    done = _take(studio, dialog, folder / "many.png")
    dialog.assign_button.click()
    studio.wait_for(lambda: not dialog.assign_button.isEnabled())
    dialog.reject()
    return done


def _take_labels(studio: Studio, folder: Path) -> int:
    """The labels of the trolley, and the check of them under way."""
    from uidmanager.gui.dialogs.check_labels import CheckLabelsDialog  # noqa: PLC0415
    from uidmanager.gui.dialogs.labels.dialog import LabelsDialog  # noqa: PLC0415
    from uidmanager.gui.pages.installations import InstallationsPage  # noqa: PLC0415

    assert studio.window.view is not None  # noqa: S101 (for the type checker)
    page = studio.window.view.show_page(InstallationsPage)
    components = [serial.lstrip("0") for serial in _SERIALS]
    labels = LabelsDialog(studio.window.view.session, components, studio.window)
    labels.resize(*_WIDE)
    labels.open()
    studio.wait_for(labels.foot.pdf.isEnabled)
    done = _take(studio, labels, folder / "labels.png")
    labels.save_pdf(folder / "labels.pdf")
    studio.wait_for(labels.foot.check.isEnabled)
    (folder / "labels.pdf").unlink()
    labels.reject()
    page.check_labels.open()
    check = studio.window.findChild(CheckLabelsDialog)
    assert isinstance(check, CheckLabelsDialog)  # noqa: S101 (for the type checker)
    check.resize(*_WIDE)
    studio.wait_for(check.scan_edit.isEnabled)
    for serial in _SERIALS[:9]:
        check.scan_edit.setText(f"]d2010952110153000121{serial}")
        check.scan_edit.returnPressed.emit()
    done += _take(studio, check, folder / "check.png")
    check.reject()
    studio.wait_for(lambda: not check.isVisible())
    return done


def _take(studio: Studio, widget: QWidget, file: Path) -> int:
    from PySide6.QtCore import Qt  # noqa: PLC0415 (the platform is chosen before Qt is loaded)
    from PySide6.QtGui import QImage  # noqa: PLC0415 (the same)

    studio.settle()
    studio.app.processEvents()  # what was shown last gets its room
    plain = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    few_colours = widget.grab().toImage().convertToFormat(QImage.Format.Format_Indexed8, plain)  # half the size
    return 0 if few_colours.save(str(file)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
