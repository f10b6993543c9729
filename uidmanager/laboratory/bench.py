"""The work bench of the installation check: a scan that is read, labels that are drawn and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.barcodes.drawing import picture_of
from uidmanager.barcodes.making import matrix_of, read_codes
from uidmanager.barcodes.reading import read
from uidmanager.core.barcodes import ScannerSettings
from uidmanager.core.labels.runs import lay_out
from uidmanager.core.labels.sheets import SheetOptions
from uidmanager.writers.label_templates import read_label_templates
from uidmanager.writers.labels.as_pdf import PdfPen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.barcodes import Read
    from uidmanager.core.labels.marks import Label
    from uidmanager.core.labels.units import Unit

__all__ = ["matrix_of", "read", "read_labels", "scanned"]


def scanned(text: str) -> Read:
    """What is taken from a text that a scanner sends, set up as scanners are."""
    return read(text, ScannerSettings())


def read_labels(units: Sequence[Unit]) -> Sequence[tuple[str, str]]:
    """What each code on the labels of these units is to say, and what a reader finds in it."""
    template = read_label_templates(None).templates[0]
    labels, problems = lay_out(template, units, matrix_of, PdfPen(), SheetOptions())
    if problems:
        raise RuntimeError(problems[0].message)
    return [pair for label in labels for pair in _read_back(label)]


def _read_back(label: Label) -> Iterator[tuple[str, str]]:
    picture = picture_of(label)
    found = {each.symbol: each.text for each in read_codes(picture.dots, picture.width, picture.height)}
    for code in label.codes:
        yield code.content.text, found.get(code.content.symbol, "nothing")
