"""How this station's scanner is set up; the window and the command line read the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from uidmanager.core.barcodes.settings import ScannerSettings, settled
from uidmanager.core.errors import PreferencesError
from uidmanager.settings import config_folder
from uidmanager.settings.kept_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 64 * 1024


class StationScanner:
    """The settings in a file of their own, so that nobody who writes another preference can lose them."""

    def settings(self) -> ScannerSettings:
        """The settings as last kept; the usual ones where there are none. Raises `PreferencesError`."""
        file = _file()
        try:
            with file.open("rb") as opened:
                return settled(msgspec.json.decode(opened.read(_LARGEST), type=ScannerSettings))
        except FileNotFoundError:
            return ScannerSettings()
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error
        except (ValueError, RecursionError) as error:
            raise PreferencesError(str(file), str(error)) from error

    def keep(self, settings: ScannerSettings) -> None:
        """Keep these from now on. Raises `PreferencesError`."""
        file = _file()
        try:
            write_whole(file, settings)
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error


def _file() -> Path:
    return config_folder() / "scanner.json"
