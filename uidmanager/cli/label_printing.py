"""What ``label print`` and ``label test-page`` do: choose, lay out, draw, note, let go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.app.printing import LabelsNotHandedOverError, print_labels
from uidmanager.barcodes.making import checked_matrix_of
from uidmanager.cli.answers import Answer, Exit, notice, problem_of, refused
from uidmanager.cli.changing import backed_up
from uidmanager.cli.output import shown_progress
from uidmanager.cli.session import with_lines
from uidmanager.core.errors import Problem, refusals, remarks
from uidmanager.core.labels.contents import CodeWish
from uidmanager.core.labels.runs import draft_of, lay_out
from uidmanager.core.labels.sheets import SheetOptions, check_options, page_count
from uidmanager.core.labels.templates import Template
from uidmanager.core.labels.units import units_called, units_of_entry
from uidmanager.core.texts import excerpt
from uidmanager.settings import labels_folder
from uidmanager.writers.label_templates import read_label_templates
from uidmanager.writers.labels import as_zpl
from uidmanager.writers.labels.outlets import into_file, to_printer
from uidmanager.writers.labels.sending import Printer, read_printer
from uidmanager.writers.labels.zpl_pen import Resolution, ZplPen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.app.printing import Outlet
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.decision import Decision
    from uidmanager.core.labels.marks import Label, Pen
    from uidmanager.core.labels.units import Unit

_NUMBER: Final = r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,3})?"
_OFFSET = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*").fullmatch
_COLUMNS: Final = ("name", "on", "label", "labels", "codes", "what")


class Asked(Struct, frozen=True):
    """The options of the two commands."""

    template: str
    offset: str
    dpi: str
    output: Path | None
    to: str | None
    force: bool
    serials: tuple[str, ...] = ()
    entry: int | None = None
    start: int = 1
    copies: int = 1
    wish: str = CodeWish.AUTO.value
    codes_by: str = as_zpl.Codes.DRAWN.value
    reason: str | None = None
    dry_run: bool = False

    @property
    def is_zpl(self) -> bool:
        """Whether a label printer's language is wanted."""
        return self.to is not None or (self.output is not None and self.output.suffix.lower() == ".zpl")


class _Job(Struct, frozen=True):
    """What the options come to."""

    template: Template
    options: SheetOptions
    printer: Printer | None


def print_run(session: Session, asked: Asked) -> Answer:
    """Print, and note it. Raises `LedgerError`, `FileError`, `PrinterError` where nothing was noted."""
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # what was voided may stand in the part that cannot be read
    job, problems = _job(asked)
    units, said = _units(service, asked)
    problems = (*problems, *refusals(said))
    if job is None or problems:
        return refused(*problems, data=_NOTHING).saying(*remarks(said))
    with shown_progress(as_json=session.as_json) as progress:
        pen = _pen(asked)
        wish = CodeWish(asked.wish)
        labels, problems = lay_out(job.template, units, checked_matrix_of, pen, job.options, wish, progress)
        if asked.is_zpl:
            problems = (*problems, *as_zpl.check(job.template, job.options, labels))
        draft = draft_of(job.template, labels, job.options, asked.reason)
        decision = service.preview(draft) if labels else None
        problems = (*problems, *(decision.problems if decision is not None else ()))
        if problems or decision is None:
            return refused(*problems, data=_NOTHING).saying(*remarks(said))
        if asked.dry_run:
            return _tried(job, labels, decision).saying(*remarks(said))
        content = _content(session, job, labels, asked, progress)
        outlet = _outlet(job, asked, content, progress)
        try:
            receipt = print_labels(service, draft, outlet)
        except LabelsNotHandedOverError as failed:
            data = {**_data(job, labels), "entry": failed.entry}
            said = (*remarks(said), *backed_up(session, service))
            return Answer(Exit.UNDELIVERED, data, notices=said, problems=(problem_of(failed),))
    if receipt.entry is None:
        return refused(*receipt.decision.problems, data=_NOTHING).saying(*remarks(said))
    number = receipt.entry.n
    data = {**_data(job, labels), "entry": number}
    told = (*remarks(said), _gone(job, labels, asked), *backed_up(session, service))
    return Answer(data=data, text=lambda: f"{number}\n", notices=told)


_NOTHING: Final[dict[str, object]] = {"entry": None, "labels": None}


def print_test_page(session: Session, asked: Asked) -> Answer:
    """Print the outlines; nothing is noted. Raises `FileError`, `PrinterError`."""
    job, problems = _job(asked)
    if job is not None:
        problems = (*problems, *check_options(job.template, job.options, 0))
        problems = (*problems, *(as_zpl.check(job.template, SheetOptions()) if asked.is_zpl else ()))
    if job is None or problems:
        return refused(*problems, data={"template": None})
    if asked.is_zpl:
        content = as_zpl.write_outlines(job.template, job.options, ZplPen(Resolution(int(asked.dpi))))
    else:
        from uidmanager.writers.labels import as_pdf  # noqa: PLC0415 (reportlab is loaded for a PDF only)
        from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

        content = as_pdf.write_outlines(job.template, job.options, stamp_of(session.desk.world))
    with shown_progress(as_json=session.as_json) as progress, _outlet(job, asked, content, progress)() as let_go:
        let_go()
    said = notice("label.test_page", "output", f"The test page of {job.template.title} went to {_where(job, asked)}.")
    return Answer(data={"template": job.template.name}, notices=(said,))


def listed_templates() -> Answer:
    """What there is to print on."""
    shelf = read_label_templates(labels_folder())
    rows: list[dict[str, str | int | None]] = [
        {
            "name": template.name,
            "on": "roll" if template.sheet is None else template.sheet.paper.value,
            "label": f"{template.width:g} × {template.height:g} mm",
            "labels": template.cells,
            "codes": ", ".join(code.symbol.value for code in template.codes),
            "what": template.title,
        }
        for template in shelf.templates
    ]

    def text() -> str:
        from uidmanager.writers.rows_text import table  # noqa: PLC0415 (not needed where JSON is wanted)

        return table(_COLUMNS, rows)

    return Answer(data={"rows": rows}, text=text, notices=tuple(shelf.broken.values()))


# -- what is asked for -------------------------------------------------------------------------------------------------


def _job(asked: Asked) -> tuple[_Job | None, tuple[Problem, ...]]:
    template, problems = read_label_templates(labels_folder()).choose(asked.template)
    moved = _OFFSET(asked.offset)
    if moved is None:
        sentence = f"“{excerpt(asked.offset)}” is no offset. Write millimetres right and down, as in 0.5,-1.2."
        problems = (*problems, Problem("label.offset", "offset", sentence))
    printer, unfit = (None, ()) if asked.to is None else read_printer(asked.to)
    problems = (*problems, *unfit)
    if template is None or moved is None or problems:
        return None, problems
    options = SheetOptions(asked.start, asked.copies, float(moved[1]), float(moved[2]))
    return _Job(template, options, printer), ()


def _units(service: Service, asked: Asked) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    serials = with_lines(asked.serials)
    with service.look() as registry:
        return units_called(registry, serials) if asked.entry is None else units_of_entry(registry, asked.entry)


def _pen(asked: Asked) -> Pen:
    if asked.is_zpl:
        return ZplPen(Resolution(int(asked.dpi)))
    from uidmanager.writers.labels.as_pdf import PdfPen  # noqa: PLC0415 (reportlab is loaded for a PDF only)

    return PdfPen()


# -- what becomes of it ------------------------------------------------------------------------------------------------


def _content(session: Session, job: _Job, labels: Sequence[Label], asked: Asked, progress: Progress) -> bytes:
    if asked.is_zpl:
        pen = ZplPen(Resolution(int(asked.dpi)))
        return as_zpl.write(labels, job.options, pen, as_zpl.Codes(asked.codes_by), progress)
    from uidmanager.writers.labels import as_pdf  # noqa: PLC0415 (as above)
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

    return as_pdf.write(job.template, labels, job.options, stamp_of(session.desk.world), progress)


def _outlet(job: _Job, asked: Asked, content: bytes, progress: Progress) -> Outlet:
    if job.printer is not None:
        return to_printer(job.printer, content, progress)
    return into_file(asked.output or Path(), content, replace=asked.force)


def _tried(job: _Job, labels: Sequence[Label], decision: Decision) -> Answer:
    said = notice("dry_run", "command", "Only tried (--dry-run); nothing was printed or written.")
    notices = (*decision.notices, _told(job, labels, "would be printed"), said)
    return Answer(data={**_data(job, labels), "entry": None}, notices=notices)


def _gone(job: _Job, labels: Sequence[Label], asked: Asked) -> Problem:
    return _told(job, labels, f"went to {_where(job, asked)}")


def _told(job: _Job, labels: Sequence[Label], what: str) -> Problem:
    count, pages = len(labels) * job.options.copies, page_count(job.template, len(labels), job.options)
    on = f" on {pages:,} {'page' if pages == 1 else 'pages'}" if job.template.sheet is not None else ""
    sentence = f"{count:,} {'label' if count == 1 else 'labels'}{on} {what} ({job.template.title})."
    return notice("label.printed", "output", sentence)


def _where(job: _Job, asked: Asked) -> str:
    return str(job.printer or asked.output)


def _data(job: _Job, labels: Sequence[Label]) -> dict[str, object]:
    return {
        "template": job.template.name,
        "copies": job.options.copies,
        "pages": page_count(job.template, len(labels), job.options),
        "labels": [
            {
                "serial": label.unit.serial,
                "root": label.unit.root,
                "code": label.code,
                "printed_before": label.unit.prints,
            }
            for label in labels
        ],
    }
