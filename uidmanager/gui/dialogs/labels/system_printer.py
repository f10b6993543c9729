"""Printing through the system's dialog, exact to the printer's dot: no margin, no scaling, the template's own paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from uidmanager.core.labels.sheets import page_at, page_count
from uidmanager.gui.dialogs.labels.drawing import draw_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from uidmanager.core.labels.marks import Label
    from uidmanager.core.labels.sheets import SheetOptions
    from uidmanager.core.labels.templates import Template

_INCH: Final = 25.4


def ask_printer(template: Template, parent: QWidget) -> QPrinter | None:
    """The printer that a person chooses, set up for a template's paper; None when none was chosen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_paper(printer, template)
    dialog = QPrintDialog(printer, parent)
    for option in (
        QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
        QAbstractPrintDialog.PrintDialogOption.PrintSelection,
        QAbstractPrintDialog.PrintDialogOption.PrintCollateCopies,
    ):
        dialog.setOption(option, False)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
    finally:
        dialog.deleteLater()
    set_paper(printer, template)
    return printer


def set_paper(printer: QPrinter, template: Template) -> None:
    """The template's paper, whole: labels are placed from its corner on."""
    width, height = template.page
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, template.title)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    )
    printer.setFullPage(True)


class SystemPrint:
    """One job at a printer of the system: begun, so that what can fail has failed; then drawn, page by page."""

    def __init__(self, printer: QPrinter, template: Template, labels: Sequence[Label], options: SheetOptions) -> None:
        self._printer = printer
        self._template = template
        self._labels = labels
        self._options = options
        self._painter = QPainter()

    def begin(self) -> bool:
        """Open the printer; False where that does not work."""
        return self._painter.begin(self._printer)

    def pages(self) -> Iterator[float]:
        """Draw page by page; answers how far it is after each. The last one closes the printer."""
        count = page_count(self._template, len(self._labels), self._options)
        scale = self._printer.resolution() / _INCH
        for number in range(count):
            if number and not self._printer.newPage():
                raise OSError("the printer took no further page")
            self._painter.save()
            self._painter.scale(scale, scale)
            draw_labels(self._painter, page_at(self._template, self._labels, self._options, number))
            self._painter.restore()
            yield (number + 1) / count
        self._painter.end()

    def abort(self) -> None:
        """Print nothing more."""
        self._printer.abort()
        if self._painter.isActive():
            self._painter.end()
