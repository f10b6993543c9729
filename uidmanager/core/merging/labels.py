"""Labels of the other history: what was printed was printed, and what was read back was read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from uidmanager.core.events import BarcodeRead, LabelChecked, LabelMissed, LabelPrinted
from uidmanager.core.merging.bench import Outcome

if TYPE_CHECKING:
    from uidmanager.core.merging.bench import Bench
    from uidmanager.core.records import Installation

Told = BarcodeRead | LabelPrinted | LabelChecked


def merge(bench: Bench, event: Told, held: Installation) -> Outcome:
    """Take over what was told of an installation that is ``held`` here.

    It contradicts nothing; but of a label that was printed again here, or was left out, a check tells nothing any more.
    """
    if isinstance(event, LabelChecked):
        printed = bench.entry(event.printed)
        if bench.last_print(held.component) != printed:
            return Outcome.LEFT_OUT
        here: Told = structs.replace(event, component=held.component, printed=printed)
    else:
        here = structs.replace(event, component=held.component)
    if isinstance(here, BarcodeRead) and here in bench.first_told(held):
        return Outcome.PRESENT
    bench.write(here)
    return Outcome.TAKEN


def missed(bench: Bench, event: LabelMissed) -> Outcome:
    """Take over that something else than a right label was read."""
    bench.write(structs.replace(event, printed=bench.entry(event.printed)))
    return Outcome.TAKEN
