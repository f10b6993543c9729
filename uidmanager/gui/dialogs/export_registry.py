"""File → Export registry: the document of what is registered now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.gui.dialogs.saving import SavingDialog, Wording
from uidmanager.writers.files import write_file
from uidmanager.writers.registry_document import document_of
from uidmanager.writers.stamp import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.app.ports import Progress

DOCUMENTS: Final = "Registries as documents (*.json);;All files (*)"


class ExportDialog(SavingDialog):
    """Writes the registry as it is when the file is named."""

    wording = Wording(
        name="export",
        title="Export registry",
        explanation=(
            "A document holds what is registered now, with the numbers that are given up, for other programs or for a "
            "new registry to go on from. It is no backup: the ledger alone has the history."
        ),
        in_trouble="The ledger is in trouble: numbers that are missing from a document would be given again.",
        button="Save document…",
        proposed="registry.json",
        kinds=DOCUMENTS,
        doing="Writing the document",
    )

    def work_for(self, file: Path) -> Callable[[Progress], object]:
        """The document, and then the file."""
        registry, world = self.session.still(), self.session.service.world

        def work(progress: Progress) -> None:
            write_file(file, document_of(registry, stamp_of(world), progress), replace=True)

        return work
