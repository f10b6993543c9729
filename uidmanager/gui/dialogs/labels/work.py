"""What is done behind the dialog: labels laid out, and made into bytes. Nothing of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.barcodes.making import checked_matrix_of
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.labels.batch_sheet import batch_sheet
from uidmanager.core.labels.marks import Label
from uidmanager.core.labels.runs import draft_of, lay_out
from uidmanager.core.labels.sheets import SheetOptions
from uidmanager.core.labels.units import unit_of
from uidmanager.core.records import State
from uidmanager.core.rules import decide
from uidmanager.writers.files import write_file
from uidmanager.writers.formats import Format, render
from uidmanager.writers.labels import as_pdf, as_zpl
from uidmanager.writers.labels.zpl_pen import ZplPen
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.ports import Progress, World
    from uidmanager.core.labels.marks import Pen
    from uidmanager.core.labels.templates import Template
    from uidmanager.core.labels.units import Unit
    from uidmanager.core.registry import Registry
    from uidmanager.gui.dialogs.labels.fields import Wish
    from uidmanager.writers.labels.zpl_pen import Resolution

_REPRINT = "label.reprint"


class LaidOut(Struct, frozen=True):
    """Labels, and what keeps them from being printed.

    ``again`` says that some were printed before; then a reason is needed. ``serials`` are those of all units that get a
    label, ``batch`` is the entry that assigned all of them, if one did.
    """

    labels: tuple[Label, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    again: Problem | None = None
    serials: tuple[str, ...] = ()
    batch: int | None = None


class Content(Struct, frozen=True):
    """What is sent or written, and the labels in it; or what keeps it from being made."""

    labels: tuple[Label, ...]
    content: bytes
    problems: tuple[Problem, ...] = ()


def laid_out(registry: Registry, components: Sequence[str], wish: Wish, progress: Progress) -> LaidOut:
    """The labels of these units as a PDF has them; of void units there are none."""
    units, notices = _units(registry, components)
    if not units or wish.template is None:
        sentence = "No unit is chosen that could have a label. Choose some in the table of installations."
        return LaidOut((), (Problem("label.none", "serial", sentence),), notices)
    labels, problems = lay_out(
        wish.template, units, checked_matrix_of, as_pdf.PdfPen(), SheetOptions(), wish.code, progress
    )
    said = decide(registry, draft_of(wish.template, labels, SheetOptions(), None)).problems if labels else ()
    again = next((problem for problem in said if problem.code == _REPRINT), None)
    others = tuple(problem for problem in said if problem.code != _REPRINT)
    serials, batches = tuple(unit.serial for unit in units), {unit.entry for unit in units}
    batch = batches.pop() if len(batches) == 1 else None
    return LaidOut(labels, (*problems, *others), notices, again, serials, batch)


def pdf_of(
    template: Template, labels: tuple[Label, ...], options: SheetOptions, world: World, progress: Progress
) -> Content:
    """The labels as a PDF."""
    return Content(labels, as_pdf.write(template, labels, options, stamp_of(world), progress))


def zpl_of(
    template: Template,
    laid: LaidOut,
    wish: Wish,
    options: SheetOptions,
    resolution: Resolution,
    progress: Progress,
) -> Content:
    """The labels in the language of label printers, which have other letters and dots: so they are laid out anew."""
    pen: Pen = ZplPen(resolution)
    units = [label.unit for label in laid.labels]
    labels, problems = lay_out(template, units, checked_matrix_of, pen, options, wish.code, progress)
    problems = (*problems, *as_zpl.check(template, options, labels))
    if problems:
        return Content((), b"", problems)
    return Content(labels, as_zpl.write(labels, options, ZplPen(resolution), progress=progress))


def write_batch_sheet(registry: Registry, entry: int, where: Path, world: World, progress: Progress) -> Path:
    """The sheet that goes with a batch. Raises `FileError`."""
    report, problems = batch_sheet(registry, entry)
    if report is None:
        raise AssertionError(problems)
    write_file(where, render(report, Format.PDF, stamp_of(world), progress), replace=True)
    return where


def _units(registry: Registry, components: Sequence[str]) -> tuple[list[Unit], tuple[Problem, ...]]:
    held = [unit for unit in map(registry.installation, components) if unit is not None]
    void = [unit for unit in held if unit.state is State.VOID]
    units = [unit_of(registry, unit) for unit in held if unit.state is not State.VOID]
    if not void:
        return units, ()
    count = "1 unit is" if len(void) == 1 else f"{len(void):,} units are"
    sentence = f"{count} void and left out: nothing may carry the root of {void[0].serial}."
    return units, (Problem("label.left_out", "serial", sentence, None, Severity.CAUTION),)
