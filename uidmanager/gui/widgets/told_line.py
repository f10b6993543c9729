"""What became of a file that somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.errors import UidManagerError
from uidmanager.gui.widgets.signed_sentence import Sign, SignedSentence

if TYPE_CHECKING:
    from pathlib import Path


class ToldLine(SignedSentence):
    """Also says that something was copied; hidden until there is something to say."""

    def tell_saved(self, where: Path) -> None:
        """The file is on the disk."""
        self.tell(f"Saved to {where}", Sign.FITS, (str(where),), str(where))

    def tell_unsaved(self, error: Exception) -> None:
        """The file was not written. A fault of ours is raised again."""
        if not isinstance(error, UidManagerError):
            self.tell("The file was not written; the fault is the program's.", Sign.REFUSED)
            raise error
        self.tell(str(error), Sign.REFUSED)
