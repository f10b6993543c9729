"""The sheet for the work bench: one page that says how a unit is assigned and labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from uidmanager.gui.dialogs.saving import SavingDialog, Wording
from uidmanager.gui.file_kinds import usual_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.app.ports import Progress


class GuideDialog(SavingDialog):
    """Writes the sheet with the organisation's name at its foot."""

    wording = Wording(
        name="guide",
        title="How to assign and label a unit",
        explanation=(
            "One page with pictures for the work bench, as a PDF: scan the nameplate, assign, print the labels, read "
            "each label back; and what to do when a red sentence appears. Print it and hang it up."
        ),
        in_trouble="The ledger is in trouble; see the History page.",
        button="Save sheet…",
        proposed="how-to-assign-and-label.pdf",
        kinds="PDF (*.pdf);;All files (*)",
        doing="Making the sheet",
    )

    def work_for(self, file: Path) -> Callable[[Progress], object]:
        """All that it needs of the registry is whose it is."""
        world, paper = self.session.service.world, usual_paper(QLocale())
        with self.session.service.look() as registry:
            organisation = registry.founding.organisation

        def work(progress: Progress) -> None:
            from uidmanager.writers.files import write_file  # noqa: PLC0415 (the window starts without it)
            from uidmanager.writers.guide import write_guide  # noqa: PLC0415 (the same)
            from uidmanager.writers.stamp import stamp_of  # noqa: PLC0415 (the same)

            progress("Making the sheet", 0.0)
            write_file(file, write_guide(organisation, stamp_of(world), paper), replace=True)

        return work
