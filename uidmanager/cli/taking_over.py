"""``import FILE --kind …``: the rows of a spreadsheet, with a verdict on each, in one entry."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from uidmanager.cli.answers import Answer, Exit, notice
from uidmanager.cli.changing import backed_up
from uidmanager.cli.output import plain, shown_progress
from uidmanager.cli.report_files import format_meant, keep, rendered
from uidmanager.core.errors import Problem, Severity, refusals, remarks
from uidmanager.core.registry import Registry
from uidmanager.core.takeover.choosing import (
    Headings,
    Source,
    chosen_by_words,
    heading_with,
    headings_at,
    proposed,
    told,
    words_of,
)
from uidmanager.core.takeover.columns import FIRST_ROWS, TableKind
from uidmanager.core.takeover.dates import DateForm
from uidmanager.core.takeover.judging import Judgement, Outcome, draft_of, judge
from uidmanager.core.takeover.reporting import sentences, takeover_report, worth_saying
from uidmanager.core.texts import excerpt, visible
from uidmanager.settings.mappings import Mapping, StationMappings
from uidmanager.sheets.delimited import DELIMITERS
from uidmanager.sheets.reading import Reading, Wishes, read_spreadsheet
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Service
    from uidmanager.cli.session import Session
    from uidmanager.core.takeover.judging import Choice, Verdict
    from uidmanager.core.takeover.table import Line

_DELIMITERS: Final = {**{name: sign for sign, name in DELIMITERS.items()}, **{sign: sign for sign in DELIMITERS}}


class Asked(Struct, frozen=True):
    """The command's options. ``maps`` are as they were written."""

    file: Path
    kind: str
    maps: tuple[str, ...]
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header_row: int | None
    date_form: str | None
    only_good: bool
    report: Path | None
    force: bool
    reason: str | None
    dry_run: bool


class _Looked(Struct, frozen=True):
    """A spreadsheet that was read and judged, and what is to be said of how."""

    reading: Reading
    registry: Registry
    judgement: Judgement
    notices: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def take_over(session: Session, asked: Asked) -> Answer:
    """Read, judge, and register if all rows stand or the good ones alone are wanted. Raises `UidManagerError`."""
    if asked.only_good and asked.report is None:
        raise click.UsageError("--only-good leaves rows out: name a file for the report on them with --report")
    service = session.opened()
    if service.trouble is not None:
        raise service.trouble
    with shown_progress(as_json=session.as_json) as progress:
        looked = _look(service, asked, progress)
    notices = looked.notices
    if asked.report is not None and looked.judgement.verdicts:
        notices = (*notices, _saved(session, looked, asked.report, force=asked.force))
    judgement = looked.judgement
    problems = (*looked.problems, *refusals(judgement.problems), *_left(judgement, asked))
    if refusals(problems) or not judgement.is_possible:
        return _answer(looked, asked, None, (*notices, *remarks(problems)), refusals(problems))
    return _registered(session, service, looked, asked, (*notices, *remarks(problems)))


def _look(service: Service, asked: Asked, progress: Progress) -> _Looked:
    kind = TableKind(asked.kind)
    delimiter = None if asked.delimiter is None else _DELIMITERS[asked.delimiter]
    reading = read_spreadsheet(asked.file, Wishes(asked.sheet, asked.encoding, delimiter), progress)
    with service.look() as registry:
        still = registry.still()
    headings = _headings(reading, kind, asked)
    choice, source, problems = _choose(reading, kind, headings.line, asked)
    judgement = judge(still, reading.table, choice, progress)
    said = (*reading.table.remarks, told(choice, source), *remarks(judgement.problems))
    return _Looked(reading, still, judgement, said, (*headings.problems, *problems))


def _headings(reading: Reading, kind: TableKind, asked: Asked) -> Headings:
    """The row that is named; else the one with the words that are named, that was known before, that is recognised."""
    table = reading.table
    if asked.header_row is not None:
        return headings_at(table, kind, asked.header_row)
    line = heading_with(table, _words(asked.maps).values()) if asked.maps else None
    line = line or StationMappings().known_heading(kind, table.lines[:FIRST_ROWS])
    return Headings(line) if line is not None else headings_at(table, kind, None)


def _choose(
    reading: Reading, kind: TableKind, heading: Line | None, asked: Asked
) -> tuple[Choice, Source, tuple[Problem, ...]]:
    """The columns as they are given, else as they were the last time, else as they are recognised."""
    form = None if asked.date_form is None else DateForm(asked.date_form)
    if asked.maps:
        choice, problems = chosen_by_words(reading.table, kind, heading, _words(asked.maps), form)
        return choice, Source.GIVEN, problems
    kept = None if heading is None else StationMappings().mapping(kind, heading.cells)
    if kept is not None:
        form = form or (DateForm(kept.form) if kept.form in set(DateForm) else None)
        choice, problems = chosen_by_words(reading.table, kind, heading, kept.columns, form)
        if not problems:
            return choice, Source.REMEMBERED, ()
    return proposed(reading.table, kind, heading, form), Source.RECOGNISED, ()


def _words(maps: tuple[str, ...]) -> dict[str, str]:
    """The fields and the columns named for them. A name with a comma in it stands in quotation marks with its field."""
    words = {}
    for each in (part for given in csv.reader(maps) for part in given):
        field, equals, column = each.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise click.UsageError(f"“{excerpt(each)}” in --map is not of the form FIELD=COLUMN")
        words[field.strip().lower().replace("-", "_")] = column.strip()
    return words


def _left(judgement: Judgement, asked: Asked) -> Iterator[Problem]:
    """That rows are refused, and what that means for the others."""
    refused, total = judgement.count(Outcome.REFUSED), len(judgement.verdicts)
    if not refused:
        return
    if not judgement.rows:
        sentence = "All rows are refused, so nothing was written. What speaks against each of them is told."
        yield Problem("takeover.nothing", "rows", sentence)
    elif asked.only_good:
        sentence = f"{refused:,} of {total:,} rows are left out; the report says why."
        yield Problem("takeover.left_out", "rows", sentence, None, Severity.CAUTION)
    else:
        sentence = (
            f"{refused:,} of {total:,} rows cannot be imported, so nothing was written. Put them right and import the "
            "file again, or take only the good rows with --only-good --report FILE."
        )
        yield Problem("takeover.refused", "rows", sentence)


def _saved(session: Session, looked: _Looked, file: Path, *, force: bool) -> Problem:
    made = takeover_report(looked.registry, looked.reading.table, looked.judgement)
    return keep(made, rendered(session, made, format_meant(None, file)), file, force=force)


def _registered(
    session: Session, service: Service, looked: _Looked, asked: Asked, notices: tuple[Problem, ...]
) -> Answer:
    judgement = looked.judgement
    draft = draft_of(judgement, looked.reading.table, asked.reason)
    if asked.dry_run:
        decision, entry = service.preview(draft), None
        said = notice("dry_run", "command", "Only tried (--dry-run); nothing was written.")
    else:
        receipt = service.submit(draft)
        decision, entry = receipt.decision, receipt.entry
        said = notice("registered_already", "command", "Registered already; nothing was written.")
    if decision.is_refused:
        return _answer(looked, asked, None, notices, decision.problems)
    if not asked.dry_run:
        _remember(judgement.choice)
    if entry is None:
        return _answer(looked, asked, None, (*notices, said), ())
    return _answer(looked, asked, entry.n, (*notices, *backed_up(session, service)), ())


def _remember(choice: Choice) -> None:
    words = words_of(choice)
    if words is not None and choice.heading is not None:
        StationMappings().remember(choice.kind, choice.heading.cells, Mapping(words, choice.form))


def _answer(
    looked: _Looked, asked: Asked, entry: int | None, notices: tuple[Problem, ...], problems: tuple[Problem, ...]
) -> Answer:
    judgement, table = looked.judgement, looked.reading.table
    counts = {
        "file": table.file,
        "sheet": table.sheet,
        "rows": len(judgement.verdicts),
        "new": judgement.count(Outcome.NEW),
        "there_already": judgement.count(Outcome.THERE),
        "refused": judgement.count(Outcome.REFUSED),
        "entry": entry,
    }
    data: dict[str, object] = {
        **counts,
        "document": table.document,
        "columns": dict(judgement.choice.columns),
        "dry_run": asked.dry_run,
    }
    shown = [(name, value) for name, value in counts.items() if value is not None]

    def text() -> Iterator[str]:
        for verdict in worth_saying(judgement):
            yield f"row {verdict.line}: {verdict.outcome.value}: {visible(_subject(verdict))}: {sentences(verdict)}\n"
        yield pairs(shown)

    code = Exit.REFUSED if problems else Exit.DONE
    return Answer(code, data, text, notices, problems, rows=lambda: map(_plain_row, judgement.verdicts))


def _subject(verdict: Verdict) -> str:
    """What a row is about, by the first of its texts that is there."""
    texts = verdict.texts
    parts = (texts.get("serial"), texts.get("name"), f"{texts.get('product', '')} {texts.get('version', '')}")
    return excerpt(next(part for part in parts if part is not None).strip())


def _plain_row(verdict: Verdict) -> dict[str, object]:
    return {
        "row": verdict.line,
        "verdict": verdict.outcome.value,
        "given": verdict.given or None,
        **verdict.texts,
        "problems": [plain(problem) for problem in verdict.problems],
    }
