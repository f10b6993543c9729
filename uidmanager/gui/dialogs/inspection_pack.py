"""Inspection pack: every report, the ledger, and a check of both that anyone can run, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from uidmanager.gui.dialogs.saving import SavingDialog, Wording
from uidmanager.gui.file_kinds import usual_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from uidmanager.app.ports import Desk, PackMade, Progress
    from uidmanager.gui.session import Session


class PackDialog(SavingDialog):
    """Writes the pack of the ledger as it lies on the disk."""

    wording = Wording(
        name="pack",
        title="Inspection pack",
        explanation=(
            "One ZIP file for an inspector or an archive: every report as PDF, workbook, CSV and JSON; the ledger "
            "itself; the versions of everything; and a check of all of it that runs with Python or a shell alone, "
            "without this program. The ledger is read anew from its first line."
        ),
        in_trouble="The ledger is in trouble. A pack is made of a ledger that is whole; see the History page.",
        button="Save pack…",
        proposed="inspection-pack.zip",
        kinds="Inspection packs (*.zip);;All files (*)",
        doing="Making the pack",
    )

    def __init__(self, desk: Desk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._desk = desk

    def work_for(self, file: Path) -> Callable[[Progress], PackMade]:
        """The whole of it; the desk knows how."""
        desk, where, paper = self._desk, self.session.service.ledger.name, usual_paper(QLocale()).value

        def work(progress: Progress) -> PackMade:
            return desk.inspection_pack(where, str(file), paper=paper, replace=True, progress=progress)

        return work
