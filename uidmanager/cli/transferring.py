"""``export`` and ``import``: a registry as one document, and a new registry from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, notice, refused
from uidmanager.cli.commands import Command, file_meant, over, product_number, reads, saves, writes
from uidmanager.cli.founding import refuse_what_is_there
from uidmanager.cli.output import shown_progress
from uidmanager.resources import resource_bytes
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.app.importing import ImportReceipt
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Row
    from uidmanager.writers.registry_reader import Reading

_KINDS: Final = ("products", "releases", "installations")
_FORMS: Final = ("day-first", "month-first")
_DELIMITERS: Final = (",", ";", "|", "comma", "semicolon", "tab", "bar")
_ENCODINGS: Final = (  # as in sheets/encodings.py, which a document does not need
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "windows-1252",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "cp850",
    "mac-roman",
    "shift-jis",
    "gb18030",
)


@click.command("export", cls=Command)
@saves
@click.option("--schema", is_flag=True, help="Print the JSON Schema of such documents instead; needs no ledger.")
@reads
@click.pass_context
def export(context: click.Context, *, output: Path | None, force: bool, schema: bool) -> Answer:
    """Write what is registered now as one JSON document, from which “import” founds a registry."""
    from uidmanager.writers.registry_document import SCHEMA  # noqa: PLC0415 (the writers are loaded when asked for)

    session: Session = context.obj
    if session.as_json and output is None:
        raise click.UsageError("The document is JSON itself; with --json name a file for it with -o.", context)
    if schema:
        return _handed_over(resource_bytes(SCHEMA), output, {}, "The schema", force=force)
    return _exported(session, output, force=force)


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE")
@click.option("--kind", type=click.Choice(_KINDS), help="FILE is a spreadsheet; this is what its rows are.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN,...", help="Which column is what.")
@click.option("--sheet", metavar="NAME", help="Which sheet of a workbook; else the first that is not hidden.")
@click.option("--encoding", type=click.Choice(_ENCODINGS), metavar="NAME", help="In which a CSV is; else recognised.")
@click.option("--delimiter", type=click.Choice(_DELIMITERS), metavar="NAME", help="Of a CSV; else recognised.")
@click.option("--header-row", callback=product_number, metavar="N", help="The row with the headings; 0 for none.")
@click.option("--date-form", type=click.Choice(_FORMS), help="How 03/04/2019 is meant.")
@click.option("--only-good", is_flag=True, help="Import the rows that stand, once the report on the others is saved.")
@click.option("--report", metavar="FILE", callback=file_meant, help="Write what is to be said of the rows there.")
@over
@writes
@click.pass_obj
def import_registry(
    session: Session, /, *, file: str, kind: str | None, reason: str | None, dry_run: bool, **options: Any
) -> Answer:
    """Found a registry in a new ledger from a document that “export” wrote; or take over a spreadsheet, with --kind.

    All of it is checked first: all or nothing. A spreadsheet is CSV, TSV or XLSX, and its rows become one entry.
    """
    if kind is not None:
        from uidmanager.cli.taking_over import Asked, take_over  # noqa: PLC0415 (a document needs none of it)

        return take_over(session, Asked(file=Path(file), kind=kind, reason=reason, dry_run=dry_run, **options))
    if any(options.values()) or options["header_row"] is not None:
        raise click.UsageError("For a spreadsheet say with --kind what its rows are")
    return _founded(session, file, reason, dry_run=dry_run)


def _founded(session: Session, file: str, reason: str | None, *, dry_run: bool) -> Answer:
    from uidmanager.app.importing import ImportReceipt, check, found_from  # noqa: PLC0415 (few commands need it)
    from uidmanager.core.transfer.importing import decide_import  # noqa: PLC0415 (the same)
    from uidmanager.writers.registry_reader import read_document  # noqa: PLC0415 (the same)

    service = session.unopened()
    with shown_progress(as_json=session.as_json) as progress:
        reading = read_document(Path(file), progress)
        if reading.document is None:
            return refused(*reading.findings.problems)
        checked = check(service, reading.document, reading.findings, progress)
        if dry_run:
            receipt = ImportReceipt(decide_import(checked, reason))
        else:
            receipt = found_from(service, reading.document, checked, reading.paper, reason, progress)
    if dry_run and not receipt.decision.is_refused:
        refuse_what_is_there(service)
    return _imported(service, reading, receipt, dry_run=dry_run)


def _exported(session: Session, file: Path | None, *, force: bool) -> Answer:
    """The answer once the document is made, and on the disk if it goes there. Raises `LedgerError` or `FileError`."""
    from uidmanager.writers.registry_document import document_of  # noqa: PLC0415 (the writers are loaded when asked for)
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

    service = session.opened()
    if service.trouble is not None:
        raise service.trouble  # numbers that are missing from a document would be given again
    with shown_progress(as_json=session.as_json) as progress, service.look() as registry:
        content = document_of(registry, stamp_of(session.desk.world), progress)
        founding = registry.founding
        data: dict[str, object] = {
            "registry": founding.registry,
            "root": founding.root,
            "entries": registry.position,
            "head": registry.head,
        }
    return _handed_over(content, file, data, "The registry", force=force)


def _handed_over(content: bytes, file: Path | None, data: dict[str, object], what: str, *, force: bool) -> Answer:
    if file is None:
        return Answer(text=lambda: content)
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (the writers are loaded when asked for)

    write_file(file, content, replace=force)
    said = notice("export.written", "file", f"{what} was written to {file}.")
    return Answer(data={**data, "file": str(file)}, notices=(said,))


def _imported(service: Service, reading: Reading, receipt: ImportReceipt, *, dry_run: bool) -> Answer:
    decision = receipt.decision
    source = decision.source
    with service.look() as registry:
        identity = registry.founding.registry if registry.is_founded else None
    shown: Row = {
        "ledger": service.ledger.name,
        "registry": identity,
        "organisation": source.organisation,
        "root": source.root,
        **structs.asdict(source.counts),
        "entries": receipt.entries,
    }
    data: dict[str, object] = {**shown, "document": reading.paper.sha256, "dry_run": dry_run}
    if decision.is_refused:
        return Answer(Exit.REFUSED, data, notices=decision.notices, problems=decision.problems)
    notices = decision.notices
    if dry_run:
        notices = (*notices, notice("dry_run", "command", "Only tried (--dry-run); nothing was written."))
    rows = [(name, value) for name, value in shown.items() if value is not None]
    return Answer(Exit.DONE, data, text=lambda: pairs(rows), notices=notices).in_trouble(service.trouble)
