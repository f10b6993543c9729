"""What the dialog for many serials says: of a list that was checked, and of one that was assigned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.serial_lists import in_short
from uidmanager.core.texts import excerpt
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from uidmanager.app.service import Receipt
    from uidmanager.core.batches import Batch

HOW: Final = (
    "<b>1001-1050</b> from the first to the last; <b>1001+49</b> that one and 49 more; <b>~+49</b> the next 50 after "
    "the highest. Between them commas, blanks or lines."
)


def summary_of(batch: Batch) -> tuple[str, Sign]:
    """What a list comes to, in a sentence: what is so, then what to do."""
    rows, refused = len(batch.rows), batch.refused
    if refused:
        has, it = ("rows has a problem", "it") if refused == 1 else ("rows have a problem", "them")
        sentence = f"{refused:,} of {rows:,} {has}. Mend {it} in the list, or take {it} out"
        return f"{sentence}: nothing is assigned until every row stands.", Sign.REFUSED
    if batch.is_refused:
        return f"{_serials(rows)}. Nothing is assigned until what stands above is mended.", Sign.REFUSED
    span = f", {batch.rows[0].serial} to {batch.rows[-1].serial}" if rows > 1 else ""
    if batch.new == rows:
        return f"{_serials(rows)}{span}: all can be assigned, in one entry.", Sign.FITS
    held = rows - batch.new
    if not batch.new:
        return f"{_serials(rows)}{span}: all have their roots already. Nothing would be written.", Sign.NOTICE
    has = "1 has its root already" if held == 1 else f"{held:,} have their roots already"
    return f"{_serials(rows)}{span}: {batch.new:,} can be assigned, {has}.", Sign.FITS


def assigned_sentence(batch: Batch, receipt: Receipt) -> str:
    """What was assigned: how many, from which to which, in which entry."""
    listed = excerpt(in_short(row.serial for row in batch.rows))
    if receipt.entry is None:
        return f"All {len(batch.rows):,} had their roots already: {listed}. Nothing was written."
    new, held = batch.new, len(batch.rows) - batch.new
    and_held = f" {held:,} of them had their roots already." if held else ""
    return f"Assigned {_serials(new)} in entry {receipt.entry.n:,}: {listed}.{and_held}"


def button_text(batch: Batch | None) -> str:
    """What the button says it would do."""
    if batch is None or batch.is_refused or len(batch.rows) < 2:  # noqa: PLR2004 (one is no batch)
        return "&Assign"
    return f"&Assign {len(batch.rows):,}"


def _serials(count: int) -> str:
    return "1 serial" if count == 1 else f"{count:,} serials"
