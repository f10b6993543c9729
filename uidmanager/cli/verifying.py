"""``verify`` and ``anchor``: proof that the ledger is whole, and that it is still the one it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uidmanager.cli.answers import Answer, notice
from uidmanager.cli.commands import Command, reads, saves
from uidmanager.cli.output import shown_progress
from uidmanager.core.anchors import Anchor, anchor_from_hash
from uidmanager.writers.rows_text import pairs

if TYPE_CHECKING:
    from uidmanager.app.service import Service, Verification
    from uidmanager.cli.session import Session
    from uidmanager.core.reports import Value


@click.command("verify", cls=Command)
@click.option("--anchor", "known", metavar="FILE|HASH", help="A head known from elsewhere, which the ledger must hold.")
@reads
@click.pass_obj
def verify(session: Session, *, known: str | None) -> Answer:
    """Read the whole ledger anew and check its chain. Prints the number of entries and the head."""
    anchor = None if known is None else _named(known)
    service = session.unopened()
    return _verdict(service.ledger.name, _verified(session, service, anchor))


@click.command("anchor", cls=Command)
@saves
@reads
@click.pass_obj
def anchor(session: Session, *, output: Path | None, force: bool) -> Answer:
    """Verify the ledger and write down its head, to be kept elsewhere and compared by “verify --anchor”."""
    from uidmanager.writers.anchor_file import encoded_anchor  # noqa: PLC0415 (the writers are loaded when asked for)
    from uidmanager.writers.files import write_file  # noqa: PLC0415 (the same)
    from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

    verified = _verified(session, session.unopened(), None)
    if verified.trouble is not None:
        raise verified.trouble  # what is in doubt must not become the measure
    made = Anchor(verified.head, verified.entries, verified.registry)
    stamp = stamp_of(session.desk.world)
    content = encoded_anchor(made, stamp)
    data: dict[str, object] = {"registry": made.registry, "entries": made.entries, "head": made.head}
    data["made_at"] = stamp.made_at
    if output is None:
        return Answer(data=data, text=lambda: content).after(verified.remarks)
    write_file(output, content, replace=force)
    said = notice("anchor.written", "file", f"The anchor of {made.entries} entries was written to {output}.")
    return Answer(data={**data, "file": str(output)}, notices=(said,)).after(verified.remarks)


def _verified(session: Session, service: Service, anchor: Anchor | None) -> Verification:
    with shown_progress(as_json=session.as_json) as progress:
        return service.verify(progress, anchor)


def _named(known: str) -> Anchor:
    """The anchor a person means: a head of 64 digits, or a file. Raises `AnchorUnreadableError`."""
    from uidmanager.writers.anchor_file import read_anchor  # noqa: PLC0415 (the writers are loaded when asked for)

    return anchor_from_hash(known) or read_anchor(Path(known))


def _verdict(ledger: str, verified: Verification) -> Answer:
    line = getattr(verified.trouble, "line", None)
    shown: dict[str, Value] = {"ledger": ledger, "entries": verified.entries, "head": verified.head}
    answer = Answer(data={**shown, "line": line}, text=lambda: pairs(shown.items()))
    return answer.after(verified.remarks).in_trouble(verified.trouble)
