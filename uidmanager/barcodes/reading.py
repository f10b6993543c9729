"""From what a scanner sent to a read. Whatever it sent, the answer is a value: nothing here raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.barcodes import Arrived, Form, Read, ScannerSettings, arrive, judge, taken_as_it_is
from uidmanager.core.barcodes.judging import taken_as_gtin
from uidmanager.core.errors import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.barcodes.element_strings import Parted


def read(text: str, settings: ScannerSettings) -> Read:
    """What was scanned, and what was taken from it."""
    arrived = arrive(text, settings)
    if refusals(arrived.problems) or arrived.form is Form.PLAIN:
        return taken_as_it_is(arrived)
    if arrived.form is Form.GTIN:
        return taken_as_gtin(arrived)
    parted = _parting(arrived.form)(arrived)
    if parted.problems:
        problems = (*arrived.problems, *parted.problems)
        return Read(arrived.scanned, "", arrived.symbology, elements=parted.elements, problems=problems)
    return judge(arrived, parted.elements, is_ended=parted.is_ended)


def load() -> None:
    """Have at hand what GS1 codes need; it takes a tenth of a second, once."""
    from uidmanager.barcodes import element_strings  # noqa: F401, PLC0415 (loaded for later)


def _parting(form: Form) -> Callable[[Arrived], Parted]:
    from uidmanager.barcodes import element_strings  # noqa: PLC0415 (biip: a plain serial needs none of it)

    return element_strings.part_written if form is Form.HUMAN_READABLE else element_strings.part
