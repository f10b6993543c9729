"""The devices that are remembered on this station; the window and the command line read the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from uidmanager.core.devices import Device
from uidmanager.core.errors import PreferencesError
from uidmanager.settings import config_folder
from uidmanager.settings.kept_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class StationDevices:
    """The devices in the order in which they were added."""

    def all(self) -> tuple[Device, ...]:
        """All of them; none where none was ever remembered. Raises `PreferencesError`."""
        file = _file()
        try:
            return msgspec.json.decode(file.read_bytes(), type=tuple[Device, ...])
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error
        except (ValueError, RecursionError) as error:
            raise PreferencesError(str(file), str(error)) from error

    def keep(self, devices: Sequence[Device]) -> None:
        """Remember these from now on, and no others. Raises `PreferencesError`."""
        file = _file()
        try:
            write_whole(file, devices)
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error


def _file() -> Path:
    return config_folder() / "devices.json"
