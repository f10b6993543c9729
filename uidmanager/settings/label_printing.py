"""How labels were printed last on this station: what a dialog begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from uidmanager.core.errors import PreferencesError
from uidmanager.settings import config_folder
from uidmanager.settings.kept_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


class LabelPrinting(msgspec.Struct, frozen=True):
    """``template`` by name; ``offsets`` by template, right and down in mm; ``printer`` as it was written."""

    template: str = ""
    wish: str = "auto"
    offsets: dict[str, tuple[float, float]] = {}
    printer: str = ""
    dpi: int = 203


class StationLabelPrinting:
    """Kept in one file for all registries: printers and paper are the station's."""

    def last(self) -> LabelPrinting:
        """As it was kept; the usual where nothing was. Raises `PreferencesError`."""
        file = _file()
        try:
            return msgspec.json.decode(file.read_bytes(), type=LabelPrinting)
        except FileNotFoundError:
            return LabelPrinting()
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error
        except (ValueError, RecursionError) as error:
            raise PreferencesError(str(file), str(error)) from error

    def keep(self, printing: LabelPrinting) -> None:
        """Keep this. Raises `PreferencesError`."""
        file = _file()
        try:
            write_whole(file, printing)
        except (OSError, ValueError) as error:
            raise PreferencesError(str(file), getattr(error, "strerror", None) or str(error)) from error


def _file() -> Path:
    return config_folder() / "label-printing.json"
