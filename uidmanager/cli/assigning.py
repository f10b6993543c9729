"""``assign``: give serials their installation roots: some, or all that texts name; all of them or none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit, refused
from uidmanager.cli.changing import backed_up, change, outcome, the_uids
from uidmanager.cli.commands import Command, writes
from uidmanager.cli.session import with_lines
from uidmanager.core.decision import Decision
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import Problem, refusals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.cli.lists import Source
    from uidmanager.cli.session import Session
    from uidmanager.core.batches import Batch, Terms

_STDIN: Final = "-"
_TRIES: Final = 50  # how often others may take what would be next before it is given up
_TOLD: Final = 3  # notices of one kind that are told, where there are many
_MANY: Final = 20
_OVERTAKEN: Final = (
    "Other stations took what would have been next, again and again; nothing was written. Name the serials, or try "
    "again."
)


@click.command("assign", cls=Command)
@click.argument("serials", nargs=-1, metavar="[SERIAL]...")
@click.option("--scan", is_flag=True, help="Each SERIAL is what a scanner sent: ]d201…21…, (01)…(21)…, or a serial.")
@click.option("--range", "ranges", multiple=True, metavar="TEXT", help="Many: 1001-1050, 1001+49, ~+49, or a list.")
@click.option("--from", "files", multiple=True, metavar="FILE", help="A text with many, written alike; “-” is stdin.")
@click.option("--product", metavar="PRODUCT", help="What the equipment is, by number or name.")
@click.option("--note", metavar="TEXT", help="A note that is kept with each installation.")
@writes
@click.pass_context
def assign(
    context: click.Context,
    *,
    serials: tuple[str, ...],
    scan: bool,
    ranges: tuple[str, ...],
    files: tuple[str, ...],
    product: str | None,
    note: str | None,
    reason: str | None,
    dry_run: bool,
) -> Answer:
    """Give equipment its installation root. Prints one UID a line, in the order given; all serials or none.

    A SERIAL is taken as it stands; “-” reads serials from stdin, one a line. --range and --from take texts in which
    many are named, and come after. A serial that has its root already answers the same one.
    """
    session: Session = context.obj
    if not (serials or ranges or files):
        raise click.UsageError("No serial is given: name some, or a --range, or a file with --from.", context)
    if [*serials, *files].count(_STDIN) > 1:
        raise click.UsageError("stdin can be read only once.", context)
    if scan:
        if ranges or files:
            raise click.UsageError("--scan goes with SERIAL only: a scanner sends one at a time.", context)
        from uidmanager.cli.scanned import assign_scanned  # noqa: PLC0415 (what was typed needs none of it)

        return assign_scanned(session, with_lines(serials), product, note, reason, dry_run=dry_run)
    if not ranges and not files:
        draft = AssignInstallations(with_lines(serials), product, note, reason)
        return change(session, draft, the_uids, dry_run=dry_run)
    from uidmanager.cli.lists import sources_of  # noqa: PLC0415 (one serial needs none of it)
    from uidmanager.core.batches import Terms  # noqa: PLC0415 (the same)

    sources = sources_of(ranges, files)
    return _assign_many(session, with_lines(serials), sources, Terms(product, note, reason), dry_run=dry_run)


def _assign_many(
    session: Session, serials: Sequence[str], sources: Sequence[Source], terms: Terms, *, dry_run: bool
) -> Answer:
    """What texts name, in one entry. Another station may have taken what ``~`` stood for: then it is the one after."""
    from uidmanager.cli.lists import listing_of  # noqa: PLC0415 (one serial needs none of it)
    from uidmanager.core.batches import batch_of, highest_for  # noqa: PLC0415 (the same)

    service = session.opened()
    if service.trouble is not None:
        raise service.trouble
    words = " ".join(source.text for source in sources)

    def made() -> tuple[Batch, list[str]]:
        with service.look() as registry:
            listing, places = listing_of(serials, sources, highest_for(registry, words, terms.product))
            return batch_of(registry, listing, terms), places

    for _ in range(_TRIES):
        batch, places = made()
        if batch.is_refused:
            return _refused(batch, places, dry_run=dry_run)
        if dry_run:
            answer = outcome(batch.decision, None, the_uids, dry_run=True)
            return _with_rows(answer, batch, places, session)
        # What was new when ~ was read must be new still: else it would be another unit with the same serial.
        receipt = service.submit(batch.draft, batch.decision)
        if not receipt.overtaken:
            answer = outcome(receipt.decision, receipt.entry, the_uids, dry_run=False)
            told = () if receipt.entry is None else backed_up(session, service)
            return _with_rows(answer, batch, places, session).saying(*told)
    return refused(Problem("batch.overtaken", "ledger", _OVERTAKEN))


def _with_rows(answer: Answer, batch: Batch, places: Sequence[str], session: Session) -> Answer:
    """The answer with its rows; to a person not every notice is told where there are very many."""
    notices = answer.notices if session.as_json else _fewer(answer.notices)
    is_written = answer.data["entry"] is not None
    return structs.replace(answer, notices=notices, rows=lambda: _rows(batch, places, is_written=is_written))


def _refused(batch: Batch, places: Sequence[str], *, dry_run: bool) -> Answer:
    """Nothing is written: all that is wrong, each with the row and where it stands."""
    from uidmanager.core.batches import named_problems  # noqa: PLC0415 (one serial needs none of it)

    answer = outcome(Decision(), None, the_uids, dry_run=dry_run)
    rows = zip(batch.rows, places, strict=False)
    told = (problem for row, place in rows if row.is_refused for problem in named_problems(row, place))
    problems = (*refusals(batch.problems), *refusals(tuple(told)))
    return Answer(Exit.REFUSED, answer.data, problems=problems, rows=lambda: _rows(batch, places, is_written=False))


def _rows(batch: Batch, places: Sequence[str], *, is_written: bool) -> Iterator[dict[str, object]]:
    """The rows under the names of docs/command-line.md."""
    from uidmanager.core.batches import verdict_of  # noqa: PLC0415 (one serial needs none of it)

    for row, place in zip(batch.rows, places, strict=False):
        verdict = verdict_of(row)
        yield {
            "row": row.number,
            "from": place,
            "serial": row.serial,
            "component": row.component,
            "uid": None if batch.is_refused else row.uid,
            "verdict": "assigned" if is_written and row.is_new else verdict,
            "codes": [problem.code for problem in row.problems],
        }


def _fewer(notices: Sequence[Problem]) -> tuple[Problem, ...]:
    """Of very many notices of one kind the first few, and how many more there are."""
    kept: list[Problem] = []
    counts = Counter(each.code for each in notices)
    told: Counter[str] = Counter()
    for each in notices:
        told[each.code] += 1
        if counts[each.code] <= _MANY or told[each.code] <= _TOLD:
            kept.append(each)
        elif told[each.code] == counts[each.code]:
            more = counts[each.code] - _TOLD
            kept.append(structs.replace(each, message=f"And {more:,} more of this kind; --json tells all of them."))
    return tuple(kept)
