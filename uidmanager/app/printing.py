"""Printing labels: in which order a print run is noted and leaves the house.

1. Everything that can fail beforehand is done: the labels are laid out and drawn, the file is whole on the disk under
   another name, the line to the printer is open.
2. The print run is written to the ledger.
3. The file gets its name; the printer is sent the labels.

So no label leaves that the ledger does not know of: such a label could be printed again without a reason, and would be
missed by no check. The other way round does less harm: if 3 fails, the ledger notes labels that never came out or not
all of them. That is said at once, the units are missing when the labels are read back, and they are printed again with
a reason, as any label that was spoilt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import NoteLabelsPrinted

    Outlet = Callable[[], AbstractContextManager[Callable[[], None]]]
    """Makes ready what labels leave by: a context that raises where it cannot, and gives what lets them go."""


class LabelsNotHandedOverError(UidManagerError):
    """The print run is noted, and its labels did not leave, or nobody knows how many did. ``entry`` is its number."""

    code = "label.not_handed_over"

    def __init__(self, entry: int, cause: BaseException) -> None:
        said = str(cause) or "It was stopped before all labels had left."
        super().__init__(
            f"{said} Entry {entry} notes these labels as printed: print those that are missing again, and give that "
            "as the reason."
        )
        self.entry = entry


def print_labels(service: Service, draft: NoteLabelsPrinted, outlet: Outlet, shown: Decision | None = None) -> Receipt:
    """Note a print run and let its labels go, in the order above; a receipt without an entry let none go.

    Raises what ``outlet`` raises before anything was written, a `LedgerError` where nothing could be written, and
    `LabelsNotHandedOverError` after.
    """
    with outlet() as let_go:
        receipt = service.submit(draft, shown)
        if receipt.entry is None:
            return receipt
        try:
            let_go()
        except (UidManagerError, KeyboardInterrupt) as failed:
            raise LabelsNotHandedOverError(receipt.entry.n, failed) from failed
    return receipt
