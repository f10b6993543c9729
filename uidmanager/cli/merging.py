"""The command ``merge``: what only one of two histories has is applied on top of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
import msgspec
from msgspec import structs

from uidmanager.cli.answers import Answer, Exit
from uidmanager.cli.commands import Command, reads
from uidmanager.core.errors import Problem
from uidmanager.core.merging.terms import Choice
from uidmanager.core.rules.common import check_reason
from uidmanager.core.texts import visible
from uidmanager.writers.rows_text import pairs, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from uidmanager.app.ports import Merging
    from uidmanager.cli.session import Session
    from uidmanager.core.merging.terms import Clash
    from uidmanager.core.reports import Row

_TOLD: Final = ("entry", "at", "by", "what", "subject", "new")
_GIVEN_UP: Final = ("kind", "number", "meant", "now")
_CHOICES: Final = ", ".join(Choice)


def _decisions(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, Choice]:
    """From ``KEY=CHOICE`` to what was decided of which clash."""
    decided: dict[str, Choice] = {}
    for each in given:
        key, _, choice = each.rpartition("=")
        if not key or choice not in set(Choice):
            sentence = f"“{visible(each)}” is not written as KEY=CHOICE, with one of {_CHOICES}."
            raise click.BadParameter(sentence, context, option)
        if decided.setdefault(key, Choice(choice)) != choice:
            raise click.BadParameter(f"“{visible(key)}” is decided in two ways.", context, option)
    return decided


@click.command("merge", cls=Command)
@click.argument("other", required=False, metavar="[OTHER]")
@click.option("--onto", type=click.Choice(["ledger", "other"]), help="Which stays as it is; else the longer one.")
@click.option("--leave-out", is_flag=True, help="Take nothing over; the numbers given there are given to nothing else.")
@click.option(
    "--decide", "choices", multiple=True, metavar="KEY=CHOICE", callback=_decisions, help="What to do with a clash."
)
@click.option("--reason", default="", metavar="TEXT", help="Why; kept with each new entry.")
@click.option("--apply", is_flag=True, help="Do it; without it only say what would be done.")
@reads
@click.pass_obj
def merge(
    session: Session,
    *,
    other: str | None,
    onto: str | None,
    leave_out: bool,
    choices: dict[str, Choice],
    reason: str,
    apply: bool,
) -> Answer:
    """Merge another copy that went its own way, or this station's own, into the ledger.

    One history stays as it is; each entry that only the other has becomes a new entry on top of it, which says where
    it came from. Each clash needs a decision. Both originals are kept.
    """
    keeper = session.desk.keeper_at(session.where)
    onto_other = None if onto is None else onto == "other"

    def merged(*, is_applied: bool) -> Merging:
        return keeper.merge(
            other, reason=reason, choices=choices, onto_other=onto_other, leave_out=leave_out, apply=is_applied
        )

    found = merged(is_applied=False)
    problems = (*_misfits(found, choices), *(_unready(found, reason) if apply and found.is_needed else ()))
    is_done = apply and found.is_needed and not problems
    if is_done:
        found = merged(is_applied=True)
    shown = {**msgspec.to_builtins(found), "outcome": _outcome(found, is_done=is_done)}
    code = Exit.REFUSED if problems else Exit.DONE
    return Answer(code, shown, lambda: _text(found, shown["outcome"]), problems=problems)


def _misfits(found: Merging, choices: dict[str, Choice]) -> Iterator[Problem]:
    """Decisions that decide nothing."""
    clashes = {clash.key: clash for clash in found.clashes}
    for key, choice in choices.items():
        if key not in clashes:
            sentence = f"Nothing clashes under the key {key}. Look at the keys that are listed."
            yield Problem("merge.no_such_clash", "decide", sentence)
        elif clashes[key].chosen is None:
            possible = ", ".join(option.choice for option in clashes[key].options)
            sentence = f"{choice} cannot be chosen for {key}. Choose one of: {possible}."
            yield Problem("merge.no_such_choice", "decide", sentence)


def _unready(found: Merging, reason: str) -> Iterator[Problem]:
    """What must be said before it can be done."""
    yield from check_reason(reason, required=True)
    if found.undecided:
        keys = ", ".join(found.undecided)
        sentence = f"Not decided yet: {keys}. Decide each with --decide KEY=CHOICE."
        yield Problem("merge.undecided", "decide", sentence)


def _outcome(found: Merging, *, is_done: bool) -> str:
    if not found.is_needed:
        return "nothing to do"
    if is_done:
        return "done"
    if found.undecided:
        return f"{len(found.undecided)} to decide, each with --decide KEY=CHOICE"
    return "rehearsed; add --apply and --reason to do it"


def _text(found: Merging, outcome: str) -> str:
    head: Row = {
        "base": found.base,
        "other": found.other,
        "common": found.common,
        "entries": found.entries,
        "head": found.head,
        "taken over": len(found.taken),
        "there already": len(found.present),
        "left out": len(found.left_out),
        "given up": len(found.given_up),
        "clashes": len(found.clashes),
        "undecided": len(found.undecided),
        "outcome": outcome,
        **{f"kept {n}": path for n, path in enumerate(found.kept, start=1)},
    }
    return pairs(head.items()) + "".join(
        (
            _list("Taken over", _TOLD, map(structs.asdict, found.taken)),
            _list("There already", _TOLD, map(structs.asdict, found.present)),
            _list("Left out", _TOLD, map(structs.asdict, found.left_out)),
            _list("Given up", _GIVEN_UP, map(structs.asdict, found.given_up)),
            *map(_clash, found.clashes),
        )
    )


def _list(title: str, fields: Sequence[str], rows: Iterable[Row]) -> str:
    kept = list(rows)
    return f"\n{title}\n{table(fields, kept)}" if kept else ""


def _clash(clash: Clash) -> str:
    said: Row = {
        "what": clash.what,
        "base": clash.base,
        "other": clash.other,
        **{option.choice.value: option.meaning for option in clash.options},
        "chosen": clash.chosen.value if clash.chosen else None,
    }
    return f"\nClash {visible(clash.key)}\n{pairs(said.items())}"
