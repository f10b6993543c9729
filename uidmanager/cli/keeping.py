"""Commands that look after the ledger's file: ``compare``, ``restore``, ``repair``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import structs

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.commands import Command, reads
from uidmanager.core.branches import Branches, registry_id
from uidmanager.core.branches import compare as lay_side_by_side
from uidmanager.core.errors import Problem
from uidmanager.writers.rows_text import pairs, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import History
    from uidmanager.cli.session import Session
    from uidmanager.core.events import Entry
    from uidmanager.core.reports import Row

_ENTRY = ("n", "at", "by", "station", "what")
_ENDANGERED = ("kind", "number", "ledger", "other", "clash")


@click.command("compare", cls=Command)
@click.argument("other", required=False, metavar="[OTHER]")
@reads
@click.pass_obj
def compare(session: Session, *, other: str | None) -> Answer:
    """Lay the ledger beside another copy of it, or beside this station's own.

    Prints the last entry that both have, what each has alone, and which numbers were given in both.
    """
    keeper = session.desk.keeper_at(session.where)
    ours = keeper.present()
    registry = registry_id(ours.entries)
    if not registry and ours.fault is not None:
        raise ours.fault
    theirs = keeper.replica(registry) if other is None else keeper.other(other)
    if registry_id(theirs.entries) != registry:
        sentence = f"{theirs.where} is not of the registry in {ours.where}. Name a copy of this registry."
        return refused(Problem("branches.other_registry", "other", sentence))
    return _side_by_side(ours, theirs).in_trouble(ours.fault or theirs.fault)


@click.command("restore", cls=Command)
@click.argument("backup", metavar="BACKUP")
@click.option("--apply/--rehearse", default=False, help="Do it; without it only say what would be done.")
@reads
@click.pass_obj
def restore(session: Session, *, backup: str, apply: bool) -> Answer:
    """Put back a backup, with all that the ledger and this station's copy have after it.

    Refused when entries would be lost. What lay there is set aside, never deleted.
    """
    return _mended(session, backup, apply=apply)


@click.command("repair", cls=Command)
@click.option("--apply", is_flag=True, help="Do it; without it only say what would be done.")
@reads
@click.pass_obj
def repair(session: Session, *, apply: bool) -> Answer:
    """Put a damaged ledger, or one that went back, together again from this station's copy.

    Refused when entries would be lost. What lay there is set aside, never deleted.
    """
    return _mended(session, None, apply=apply)


def _mended(session: Session, backup: str | None, *, apply: bool) -> Answer:
    done = session.desk.keeper_at(session.where).mend(backup, apply=apply)
    outcome = "nothing to do" if not done.is_needed else "done" if apply else "rehearsed; add --apply to do it"
    shown: Row = {**structs.asdict(done), "outcome": outcome}
    del shown["is_needed"]
    return Answer(data={**shown, "is_needed": done.is_needed}, text=lambda: pairs(shown.items()))


def _side_by_side(ours: History, theirs: History) -> Answer:
    found = lay_side_by_side(ours.entries, theirs.entries)
    alone, other = _entries(found.left), _entries(found.right)
    endangered: list[Row] = [
        {
            "kind": each.kind,
            "number": each.number,
            "ledger": each.left,
            "other": each.right,
            "clash": "clash" if each.is_clash else "same",
        }
        for each in found.endangered
    ]
    head: Row = {
        "ledger": ours.where,
        "other": theirs.where,
        "common": found.common,
        "ledger only": len(alone),
        "other only": len(other),
        "endangered": len(endangered),
    }

    def text() -> str:
        parts = (("Only in the ledger", _ENTRY, alone), ("Only in the other", _ENTRY, other))
        lists = (*parts, ("Given in both", _ENDANGERED, endangered))
        return pairs(head.items()) + "".join(f"\n{name}\n{table(fields, rows)}" for name, fields, rows in lists if rows)

    data: dict[str, object] = {
        "ledger": ours.where,
        "other": theirs.where,
        "common": found.common,
        "ledger_only": alone,
        "other_only": other,
        "endangered": endangered,
    }
    problems = (_parted(found),) if found.have_parted else ()
    return Answer(int(bool(problems)), data, text, problems=problems)


def _parted(found: Branches) -> Problem:
    sentence = (
        f"The two have gone different ways after entry {found.common}: each has entries that the other lacks. Let "
        "nobody write to either. “uidmanager merge” brings them together; both are kept as they are."
    )
    return Problem("branches.parted", "other", sentence)


def _entries(entries: Sequence[Entry]) -> list[Row]:
    return [
        {"n": entry.n, "at": entry.at, "by": entry.by, "station": entry.station, "what": _what(entry)}
        for entry in entries
    ]


def _what(entry: Entry) -> str:
    kinds = [event.__struct_config__.tag for event in entry.events]
    return f"{str(kinds[0]).replace('_', ' ')}" + (f" and {len(kinds) - 1} more" if len(kinds) > 1 else "")
