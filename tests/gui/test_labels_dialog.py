"""Labels: what is seen is what is printed, a print run is noted before a label leaves, and nothing leaves unseen."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.gui.hands import act, button, click, edit, problems, said
from tests.gui.test_pages_are_named import check
from uidmanager.barcodes.making import read_codes
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.labels.contents import CodeWish
from uidmanager.core.labels.sheets import SheetOptions, page_at, page_count, pages_of
from uidmanager.core.labels.templates import Symbol
from uidmanager.gui.dialogs.check_labels import CheckLabelsDialog
from uidmanager.gui.dialogs.labels import dialog as labels_dialog
from uidmanager.gui.dialogs.labels.dialog import LabelsDialog
from uidmanager.gui.dialogs.labels.drawing import draw_labels
from uidmanager.gui.dialogs.labels.fields import Wish
from uidmanager.gui.dialogs.labels.system_printer import SystemPrint, set_paper
from uidmanager.gui.dialogs.labels.work import laid_out
from uidmanager.gui.pages.installations import InstallationsPage
from uidmanager.settings import config_folder, labels_folder
from uidmanager.settings.label_printing import LabelPrinting, StationLabelPrinting
from uidmanager.writers.label_templates import read_label_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.drafts import Draft
    from uidmanager.core.labels.templates import Template
    from uidmanager.gui.session import Session

DPI = 300
UNITS = tuple(str(number) for number in range(500, 524))


def template_called(name: str) -> Template:
    found, unfit = read_label_templates(labels_folder()).choose(name)
    assert found, unfit
    return found


@pytest.fixture
def batch(stocked: Service, register: Callable[[Draft], Receipt]) -> tuple[str, ...]:
    """Twenty-four units of a product with a GTIN, assigned at once."""
    register(d.SetProductGtin("CT Console", "09521234543213", "from GS1"))
    register(d.AssignInstallations(UNITS, "CT Console"))
    return UNITS


@pytest.fixture
def dialog(qtbot: QtBot, batch: tuple[str, ...], session: Session) -> Iterator[LabelsDialog]:
    made = LabelsDialog(session, batch)
    made.open()
    ready(qtbot, made)
    yield made
    made.reject()
    made.deleteLater()


def ready(qtbot: QtBot, dialog: LabelsDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.strip.isVisible() and not dialog.preview.isHidden())
    qtbot.waitUntil(lambda: bool(said(dialog, "labels_title")))


def last_entry(service: Service) -> e.Entry:
    with service.look() as registry:
        return registry.entries[-1]


def picture(template: Template, page: object) -> tuple[bytes, int, int]:
    """A page as a printer of 300 dots to the inch draws it, one byte a dot."""
    scale = DPI / 25.4
    width, height = (round(side * scale) for side in template.page)
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    draw_labels(painter, page)  # type: ignore[arg-type]  # a page is what it is
    painter.end()
    content, across = bytes(image.constBits()), image.bytesPerLine()
    return b"".join(content[row * across : row * across + width] for row in range(height)), width, height


def into_pdf(template: Template, where: Path) -> QPrinter:
    """A printer that writes a file, as the system's dialog offers one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(where))
    set_paper(printer, template)
    return printer


# -- what is drawn -----------------------------------------------------------------------------------------------------


def test_every_code_on_the_page_that_is_shown_reads_back(batch: tuple[str, ...], session: Session) -> None:
    template = template_called("a4-3x8")
    laid = laid_out(session.still(), batch, Wish(template, CodeWish.AUTO), lambda _message, _fraction: None)
    assert not laid.problems
    found = read_codes(*picture(template, page_at(template, laid.labels, SheetOptions(), 0)))
    said_by = {symbol: sorted(code.text for code in found if code.symbol is symbol) for symbol in Symbol}
    assert said_by[Symbol.DATAMATRIX] == [f"010952123454321321{serial}" for serial in batch]
    assert said_by[Symbol.QR] == [f"1.2.826.0.1.3680043.2.50.2.{serial}" for serial in batch]


@pytest.mark.parametrize("options", [SheetOptions(), SheetOptions(start=9, copies=3, right=0.5), SheetOptions(24, 2)])
def test_a_page_by_itself_is_that_page_of_all(batch: tuple[str, ...], session: Session, options: SheetOptions) -> None:
    template = template_called("a4-3x8")
    labels = laid_out(session.still(), batch, Wish(template, CodeWish.AUTO), lambda _message, _fraction: None).labels
    pages = list(pages_of(template, labels, options))
    assert [page_at(template, labels, options, number) for number in range(len(pages))] == pages
    assert page_count(template, len(labels), options) == len(pages)


# -- what leaves -------------------------------------------------------------------------------------------------------


def test_a_pdf_is_saved_and_noted_as_a_print_run(
    qtbot: QtBot, dialog: LabelsDialog, stocked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "labels.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(where), ""))
    assert said(dialog, "labels_title") == "Labels of 24 units: 500 … 523"
    click(button(dialog, "save_labels_pdf_button"))
    qtbot.waitUntil(lambda: "Now read them back" in said(dialog, "labels_outcome"))
    assert where.read_bytes().startswith(b"%PDF-")
    events = last_entry(stocked).events
    assert events == tuple(e.LabelPrinted(s, "a4-3x8", f"010952123454321321{s}") for s in UNITS)
    qtbot.waitUntil(lambda: problems(dialog, "labels_problems") == ["label.reprint"])
    assert not button(dialog, "save_labels_pdf_button").isEnabled()
    assert StationLabelPrinting().last().template == "a4-3x8"


def test_a_second_print_asks_why_and_says_how_often_it_was_printed(
    qtbot: QtBot, dialog: LabelsDialog, stocked: Service, register: Callable[[Draft], Receipt], tmp_path: Path
) -> None:
    register(d.NoteLabelsPrinted((d.Print("500", "500"),), "roll"))
    qtbot.waitUntil(lambda: problems(dialog, "labels_problems") == ["label.reprint"])
    assert "A label of 500 was printed once before" in said(dialog, "labels_problems")
    assert not button(dialog, "print_labels_button").isEnabled()
    edit(dialog, "label_reason_edit").setText("smeared")
    assert button(dialog, "print_labels_button").isEnabled()
    dialog.save_pdf(tmp_path / "labels.pdf")
    qtbot.waitUntil(lambda: "Now read them back" in said(dialog, "labels_outcome"))
    assert last_entry(stocked).why == "smeared"


def test_zpl_is_for_rolls(qtbot: QtBot, dialog: LabelsDialog, stocked: Service, tmp_path: Path) -> None:
    assert not button(dialog, "save_labels_zpl_button").isEnabled()
    assert "rolls" in button(dialog, "save_labels_zpl_button").toolTip()
    dialog.fields.template_combo.choose("roll-100x50")
    qtbot.waitUntil(lambda: button(dialog, "save_labels_zpl_button").isEnabled())
    dialog.save_zpl(tmp_path / "labels.zpl")
    qtbot.waitUntil(lambda: "Now read them back" in said(dialog, "labels_outcome"))
    assert (tmp_path / "labels.zpl").read_bytes().count(b"^XA") == 24
    assert isinstance(last_entry(stocked).events[0], e.LabelPrinted)


def test_labels_are_sent_to_a_printer_in_the_network(qtbot: QtBot, dialog: LabelsDialog, stocked: Service) -> None:
    taken: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        connection, _address = listener.accept()
        with connection:
            while part := connection.recv(65536):
                taken.append(part)

    thread = threading.Thread(target=listen)
    thread.start()
    dialog.fields.template_combo.choose("roll-50x25")
    edit(dialog, "label_printer_edit").setText(f"127.0.0.1:{listener.getsockname()[1]}")
    qtbot.waitUntil(lambda: button(dialog, "send_labels_button").isEnabled())
    click(button(dialog, "send_labels_button"))
    qtbot.waitUntil(lambda: "Now read them back" in said(dialog, "labels_outcome"))
    thread.join()
    listener.close()
    assert b"".join(taken).count(b"^XZ") == 24
    assert StationLabelPrinting().last().printer.startswith("127.0.0.1:")


def test_a_printer_that_does_not_answer_leaves_no_print_run(
    qtbot: QtBot, dialog: LabelsDialog, stocked: Service
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]
    before = last_entry(stocked)
    dialog.fields.template_combo.choose("roll-50x25")
    edit(dialog, "label_printer_edit").setText(f"127.0.0.1:{free}")
    qtbot.waitUntil(lambda: button(dialog, "send_labels_button").isEnabled())
    click(button(dialog, "send_labels_button"))
    qtbot.waitUntil(lambda: "refuses the connection" in said(dialog, "labels_outcome"))
    assert last_entry(stocked) == before
    assert button(dialog, "send_labels_button").isEnabled()


def test_the_systems_printer_gets_the_very_pages(
    qtbot: QtBot, dialog: LabelsDialog, stocked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "printed.pdf"
    monkeypatch.setattr(labels_dialog, "ask_printer", lambda template, _parent: into_pdf(template, where))
    dialog.fields.start_spin.setValue(20)
    click(button(dialog, "print_labels_button"))
    qtbot.waitUntil(lambda: "Now read them back" in said(dialog, "labels_outcome"))
    content = where.read_bytes()
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") == 2
    assert len(last_entry(stocked).events) == 24


def test_a_printer_that_cannot_be_opened_leaves_no_print_run(
    dialog: LabelsDialog, stocked: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels_dialog, "ask_printer", lambda *_args: QPrinter())
    monkeypatch.setattr(SystemPrint, "begin", lambda _self: False)
    before = last_entry(stocked)
    click(button(dialog, "print_labels_button"))
    assert "cannot be opened" in said(dialog, "labels_problems")
    assert last_entry(stocked) == before


def test_a_printer_that_takes_no_further_page_is_told_with_the_print_run_that_is_noted(
    qtbot: QtBot, dialog: LabelsDialog, stocked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_self: SystemPrint) -> Iterator[float]:
        yield 0.5
        raise OSError("out of paper")

    monkeypatch.setattr(labels_dialog, "ask_printer", lambda template, _parent: into_pdf(template, tmp_path / "a.pdf"))
    monkeypatch.setattr(SystemPrint, "pages", fails)
    click(button(dialog, "print_labels_button"))
    qtbot.waitUntil(lambda: "Printing ended before" in said(dialog, "labels_outcome"))
    assert f"Entry {last_entry(stocked).n} notes" in said(dialog, "labels_outcome")
    assert button(dialog, "check_printed_button").isEnabled()


# -- what keeps labels from leaving ------------------------------------------------------------------------------------


def test_what_does_not_fit_is_said_with_the_numbers(qtbot: QtBot, batch: tuple[str, ...], session: Session) -> None:
    small = {"symbol": "datamatrix", "x": 1, "y": 1, "width": 3, "height": 3}
    labels_folder().mkdir(parents=True)
    content = {"title": "Dot", "width": 6, "height": 6, "codes": [small]}
    (labels_folder() / "dot.json").write_text(json.dumps(content), encoding="utf-8")
    dialog = LabelsDialog(session, batch)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.fields.template_combo.choose("dot")
    qtbot.waitUntil(lambda: "label.code_too_large" in problems(dialog, "labels_problems"))
    assert "the template “Dot” has 3.0 × 3.0 mm for it" in said(dialog, "labels_problems")
    assert not button(dialog, "save_labels_pdf_button").isEnabled()
    assert said(dialog, "label_page_words") == "No page yet"
    dialog.reject()


def test_void_units_are_left_out_and_that_is_said(
    qtbot: QtBot, dialog: LabelsDialog, register: Callable[[Draft], Receipt]
) -> None:
    register(d.VoidInstallation("500", "wrong plate"))
    qtbot.waitUntil(lambda: problems(dialog, "labels_problems") == ["label.left_out"])
    qtbot.waitUntil(lambda: said(dialog, "labels_title") == "Labels of 23 units: 501 … 523")
    assert button(dialog, "save_labels_pdf_button").isEnabled()


def test_an_unreadable_preference_is_no_reason_not_to_print(
    qtbot: QtBot, batch: tuple[str, ...], session: Session
) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "label-printing.json").write_bytes(b"{")
    dialog = LabelsDialog(session, batch[:1])
    qtbot.addWidget(dialog)
    dialog.open()
    ready(qtbot, dialog)
    assert said(dialog, "labels_title") == "Label of unit 500"
    assert button(dialog, "save_labels_pdf_button").isEnabled()
    dialog.reject()


def test_the_offset_belongs_to_the_template(qtbot: QtBot, batch: tuple[str, ...], session: Session) -> None:
    StationLabelPrinting().keep(LabelPrinting("letter-3x10", "plain", {"letter-3x10": (0.5, -1.2)}, "zebra", 300))
    dialog = LabelsDialog(session, batch)
    qtbot.addWidget(dialog)
    dialog.open()
    ready(qtbot, dialog)
    assert dialog.fields.options == SheetOptions(1, 1, 0.5, -1.2)
    dialog.fields.template_combo.choose("a4-3x8")
    assert dialog.fields.options == SheetOptions()
    dialog.fields.template_combo.choose("letter-3x10")
    assert dialog.fields.printing == LabelPrinting("letter-3x10", "plain", {"letter-3x10": (0.5, -1.2)}, "zebra", 300)
    dialog.reject()


# -- around it ---------------------------------------------------------------------------------------------------------


def test_the_batch_sheet_is_saved(qtbot: QtBot, dialog: LabelsDialog, tmp_path: Path) -> None:
    assert button(dialog, "batch_sheet_button").isEnabled()
    dialog.save_sheet(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: "was saved to" in said(dialog, "labels_outcome"))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")


def test_every_part_has_its_name_and_no_enter_presses_a_button(dialog: LabelsDialog) -> None:
    check(dialog)
    assert not any(each.isDefault() or each.autoDefault() for each in dialog.findChildren(QPushButton))


def test_it_opens_on_the_selection_and_goes_on_to_the_check(
    qtbot: QtBot, batch: tuple[str, ...], session: Session, tmp_path: Path
) -> None:
    page = InstallationsPage(session)
    qtbot.addWidget(page)
    page.show()
    assert not button(page, "labels_button").isEnabled()
    page.table.choose_all(["502", "501", "500"])
    qtbot.waitUntil(lambda: button(page, "labels_button").isEnabled())
    act(page, "labels_action")
    dialog = page.findChild(LabelsDialog)
    assert dialog
    ready(qtbot, dialog)
    assert said(dialog, "labels_title") == "Labels of 3 units: 500 … 502"
    dialog.save_pdf(tmp_path / "labels.pdf")
    qtbot.waitUntil(lambda: button(dialog, "check_printed_button").isEnabled())
    click(button(dialog, "check_printed_button"))
    checking = page.findChild(CheckLabelsDialog)
    assert checking
    qtbot.waitUntil(lambda: said(checking, "check_counter") == "0 of 3 checked, 3 missing")
    checking.reject()
