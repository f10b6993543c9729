"""What comes from the field: files to be scanned, texts to be looked through for UIDs."""

from __future__ import annotations

import codecs
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from uidmanager.core.texts import visible
from uidmanager.gui.pages.files import FilesPage
from uidmanager.gui.pages.identify import IdentifyPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.gui.main_window.registry_view import RegistryView

TEXTS: Final = frozenset({".txt", ".log", ".json", ".csv", ".xml"})
"""Files that are texts by the ends of their names."""

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
"""Spreadsheets by the ends of their names; of those that cannot be read the import says what to do instead."""

TABLES: Final = frozenset({".csv", ".tsv"})
"""Spreadsheets that are plain text as well."""

_LOOKING: Final = (FilesPage, IdentifyPage)
_MOST: Final = 16 << 20
_NO_REGISTRY: Final = "Open or found a registry first: what is dropped is held against it."
_TOO_LONG: Final = (
    f"More than {_MOST >> 20} MB of text was dropped. “uidmanager identify --file” reads texts of any length."
)


class FieldErrands(QObject):
    """Brings files and texts to their pages. ``view_now`` shows the pages and answers them; None while there are none.

    Signals:
        spreadsheet_dropped(str): this file is a spreadsheet, and not one to be looked through for UIDs
        told(str): a sentence on what is done with what was dropped
        refused(str): a sentence on why nothing is
    """

    spreadsheet_dropped = Signal(str)
    told = Signal(str)
    refused = Signal(str)

    def __init__(self, view_now: Callable[[], RegistryView | None], parent: QObject) -> None:
        super().__init__(parent)
        self._view_now = view_now

    @Slot()
    def scan_files(self) -> None:
        """Ask for files, and scan them."""
        view = self._view_now()
        if view is not None:
            view.show_page(FilesPage).choose_files()

    @Slot()
    def scan_folder(self) -> None:
        """Ask for a folder, and scan it."""
        view = self._view_now()
        if view is not None:
            view.show_page(FilesPage).choose_folder()

    @Slot(object)
    def take_in(self, paths: Sequence[str]) -> None:
        """A lone spreadsheet is imported. Texts alone are looked through for UIDs; all else is scanned, texts as well.

        On the pages where one looks through texts and files, CSV is a text like any other.
        """
        view = self._view_now()
        if view is None:
            self.refused.emit(_NO_REGISTRY)
        elif len(paths) == 1 and _is_spreadsheet(paths[0], is_text=isinstance(view.current_page, _LOOKING)):
            self.spreadsheet_dropped.emit(paths[0])
        elif all(map(is_text, paths)):
            self._look_through(view, paths)
        elif view.show_page(FilesPage).scan(paths):
            self.told.emit(f"Scanned as files: {_named(paths)}")

    def _look_through(self, view: RegistryView, paths: Sequence[str]) -> None:
        def show(text: str | None) -> None:
            if text is None:
                self.refused.emit(_TOO_LONG)
                return
            view.show_page(IdentifyPage).look_up(text)
            self.told.emit(f"Looked through as text: {_named(paths)}")

        def failed(error: Exception) -> None:
            if not isinstance(error, OSError):
                raise error
            reason = error.strerror or str(error)
            self.refused.emit(f"{_named(paths)} cannot be read ({reason}). Check the name and your rights to it.")

        view.session.reading.start(lambda progress: text_in(paths, progress), show, failed)


def _is_spreadsheet(path: str, *, is_text: bool) -> bool:
    """Whether a file is one by the end of its name; ``is_text``: where tables in plain text are but texts."""
    suffix = PurePath(path).suffix.lower()
    return suffix in WORKBOOKS or (suffix in TABLES and not is_text)


def is_text(path: str) -> bool:
    """Whether a file is a text, by the end of its name."""
    return PurePath(path).suffix.lower() in TEXTS and Path(path).is_file()


def text_in(paths: Sequence[str], progress: Progress) -> str | None:
    """The texts in these files, one after the other; None where there is no room for them. Raises `OSError`."""
    pieces, room = [], _MOST
    for number, path in enumerate(paths):
        progress("Reading", number / len(paths))
        with Path(path).open("rb") as file:
            content = file.read(room + 1)
        room -= len(content)
        if room < 0:
            return None
        pieces.append(_decoded(content))
    return "\n".join(pieces)


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 where a byte order mark says so. What is neither is no part of a UID."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_wide else "utf-8-sig", "replace")


def _named(paths: Sequence[str]) -> str:
    first = visible(PurePath(paths[0]).name)
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more"
