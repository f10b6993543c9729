"""Commands that look: ``identify``, ``history``, ``status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, notice
from uidmanager.cli.commands import Command, reads
from uidmanager.cli.listing import list_all
from uidmanager.cli.output import plain, shortened
from uidmanager.cli.session import stdin_text
from uidmanager.core.errors import Severity
from uidmanager.core.identify import Answer as Identity
from uidmanager.core.identify import Finding, uids_in
from uidmanager.core.identify import identify as identify_uid
from uidmanager.core.records import Installation, Product, Release
from uidmanager.core.reports import Kind
from uidmanager.core.texts import visible
from uidmanager.dicom.names import DicomNames
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.cli.session import Session
    from uidmanager.core.errors import Problem
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row


@click.command("identify", cls=Command)
@click.argument("uids", nargs=-1, required=True, metavar="UID...")
@reads
@click.pass_obj
def identify(session: Session, *, uids: tuple[str, ...]) -> Answer:
    """Say whose UIDs these are. Prints one line for each.

    The answer is the installation and what the equipment appended, the release, or whose root it is.
    “-” reads any text from stdin and takes the UIDs in it.
    """
    asked = [uid for given in uids for uid in (uids_in(stdin_text()) if given == "-" else (given,))]
    service = session.opened()
    names = DicomNames()
    with service.look() as registry:
        findings = [identify_uid(registry, uid, names) for uid in asked]
        rows = [_finding_row(registry, finding) for finding in findings]
    said = tuple(_about(finding, problem) for finding in findings for problem in finding.problems)
    notices = tuple(problem for problem in said if problem.severity is not Severity.ERROR)
    problems = tuple(problem for problem in said if problem.severity is Severity.ERROR)
    if not asked:
        notices = (notice("identify.none", "uid", "There is no UID in the text."),)
    code = Exit.REFUSED if problems else Exit.DONE
    answer = Answer(code, {"rows": rows}, lambda: "".join(map(_finding_line, findings)), notices, problems)
    return answer.in_trouble(service.trouble)


@click.command("history", cls=Command)
@click.option("--about", default="", metavar="TEXT", help="Only what has this text in one of its fields.")
@reads
@click.pass_obj
def history(session: Session, *, about: str) -> Answer:
    """List all that happened, by whom, when, where and why."""
    return list_all(session, Kind.HISTORY, containing=about)


@click.command("status", cls=Command)
@reads
@click.pass_obj
def status(session: Session) -> Answer:
    """Say which ledger is meant, what it holds, and as whom you write."""
    service = session.unopened()
    service.open()
    person = session.desk.world.person
    with service.look() as registry:
        founding = registry.founding if registry.is_founded else None
        data: Row = {
            "ledger": service.ledger.name,
            "organisation": founding.organisation if founding else None,
            "root": founding.root if founding else None,
            "entries": registry.position,
            "head": registry.head,
            "products": len(registry.products),
            "releases": len(registry.releases),
            "installations": len(registry.installations),
            "by": person.name,
            "station": person.station,
        }
    return Answer(data=dict(data), text=lambda: pairs(data.items())).in_trouble(service.trouble)


def _about(finding: Finding, problem: Problem) -> Problem:
    """A rule that a UID breaks, with the UID named. What could be identified all the same is only a caution."""
    refuses = finding.answer is Identity.NOT_A_UID
    severity = Severity.ERROR if refuses else Severity.CAUTION
    return structs.replace(problem, message=f"{shortened(finding.given.strip())}: {problem.message}", severity=severity)


def _finding_line(finding: Finding) -> str:
    sentence = finding.sentence[:1].lower() + finding.sentence[1:].removesuffix(".")
    suffix = f", suffix {finding.suffix}" if finding.suffix else ""
    return f"{shortened(finding.given.strip())}: {visible(sentence + suffix)}\n"


def _finding_row(registry: Registry, finding: Finding) -> dict[str, object]:
    """A finding under the names of docs/command-line.md; the fields of its record are null where it has none."""
    row: dict[str, object] = {
        "given": finding.given,
        "uid": finding.uid,
        "answer": finding.answer.value,
        "sentence": finding.sentence,
        "suffix": finding.suffix,
        **dict.fromkeys(("kind", "product", "version", "serial", "state")),
        "problems": [plain(problem) for problem in finding.problems],
    }
    record = finding.record
    match record:
        case Installation():
            made = None if record.product is None else registry.product(record.product)
            row.update(kind="installation", serial=record.serial)
        case Release():
            made = registry.product(record.product)
            row.update(kind="release", version=record.version)
        case Product():
            made = record
            row.update(kind="product")
        case None:
            return row
    row.update(product=made.name if made else None, state=record.state.value)
    return row
