"""``selfcheck``: the numbered checks of this installation, and their report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uidmanager.app.selfcheck.plan import run_checks
from uidmanager.app.selfcheck.report import conclusion, report_text, verdict
from uidmanager.cli.answers import Answer, Exit, notice
from uidmanager.cli.commands import Command, file_meant, reads
from uidmanager.cli.output import shown_progress
from uidmanager.core.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from uidmanager.app.selfcheck.plan import Outcome
    from uidmanager.cli.session import Session


@click.command("selfcheck", cls=Command)
@click.option(
    "--out",
    metavar="FILE",
    callback=file_meant,
    help="Write the whole report, as Markdown, into this file. A file that is there is kept.",
)
@reads
@click.pass_obj
def selfcheck(session: Session, *, out: Path | None) -> Answer:
    """Check this installation in a scratch folder. Prints a line for each check; no ledger of yours is touched."""
    outcomes, text = _checked(session)
    data: dict[str, object] = {
        "passed": sum(outcome.passed for outcome in outcomes),
        "failed": sum(not outcome.passed for outcome in outcomes),
        "rows": [_row(outcome) for outcome in outcomes],
        "file": None if out is None else str(out),
    }
    said: tuple[Problem, ...] = ()
    if out is not None:
        from uidmanager.writers.files import write_file  # noqa: PLC0415 (loaded only when a file is wanted)

        write_file(out, text.encode("utf-8"))
        said = (notice("selfcheck.written", "file", f"The report was written to {out}."),)
    failed = not all(outcome.passed for outcome in outcomes)
    problems = (Problem("selfcheck.failed", "installation", conclusion(outcomes)),) if failed else ()
    return Answer(Exit.LEDGER if failed else Exit.DONE, data, lambda: "".join(map(_line, outcomes)), said, problems)


def _checked(session: Session) -> tuple[Sequence[Outcome], str]:
    """What was found, and the report of it."""
    with shown_progress(as_json=session.as_json) as progress, session.desk.laboratory() as laboratory:
        outcomes = run_checks(laboratory, progress=progress)
        return outcomes, report_text(outcomes, laboratory.world, laboratory.versions)


def _line(outcome: Outcome) -> str:
    return f"{outcome.number:2} {verdict(outcome)}  {outcome.check.what}\n"


def _row(outcome: Outcome) -> dict[str, object]:
    check = outcome.check
    return {
        "number": outcome.number,
        "what": check.what,
        "risk": check.risk,
        "expected": check.expected,
        "actual": outcome.actual,
        "passed": outcome.passed,
    }
