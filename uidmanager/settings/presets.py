"""The presets for reports, kept on this station by registry; the window and the command line read the same."""

from __future__ import annotations

from itertools import count
from shutil import copyfile
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import UidManagerError
from uidmanager.core.reports import Preset, find_preset, renamed_preset, with_preset, without_preset
from uidmanager.settings import config_folder
from uidmanager.settings.kept_files import file_name_of, write_whole

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER: Final = "report-presets"
_LARGEST: Final = 1024 * 1024


class PresetsUnreadableError(UidManagerError):
    """The file with the presets cannot be read, or holds something else. ``where`` is the file."""

    code = "presets.unreadable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(
            f"{where}, where your presets for reports are kept, cannot be read ({reason}). It was left as it is. The "
            "next preset that you keep goes into a new file, beside which this one stays."
        )
        self.where = where


class PresetsUnwritableError(UidManagerError):
    """The folder, the medium or the user's rights do not allow it. ``where`` is the file."""

    code = "presets.unwritable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(
            f"{where}, where your presets for reports are kept, cannot be written ({reason}). The presets are as they "
            "were. Look at the rights of the folder."
        )
        self.where = where


class _Kept(msgspec.Struct, frozen=True):
    """What is in the file."""

    presets: tuple[Preset, ...]


class StationPresets:
    """The presets of each registry in a file of its own, read anew each time: another window may write them too."""

    def presets(self, registry: str) -> tuple[Preset, ...]:
        """The presets for the registry with this random id, in the order of their names.

        Raises `PresetsUnreadableError`.
        """
        file = _file(registry)
        try:
            with file.open("rb") as opened:
                content = opened.read(_LARGEST)
            return msgspec.json.decode(content, type=_Kept).presets
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise PresetsUnreadableError(file, error.strerror or str(error)) from error
        except (ValueError, RecursionError) as error:
            raise PresetsUnreadableError(file, str(error)) from error

    def preset(self, registry: str, name: str) -> Preset | None:
        """The preset of this name, if there is one. Raises `PresetsUnreadableError`."""
        return find_preset(self.presets(registry), name)

    def keep(self, registry: str, preset: Preset) -> Path | None:
        """Keep a preset, instead of one of the same name.

        A file that cannot be read makes room for a new one; where it stays is answered. Raises
        `PresetsUnwritableError`; then nothing has changed.
        """
        aside = None
        try:
            known = self.presets(registry)
        except PresetsUnreadableError as error:
            known = ()
            aside = _keep_beside(error.where)
        _write(registry, with_preset(known, preset))
        return aside

    def rename(self, registry: str, old: str, new: str) -> None:
        """Keep a preset under another name. Raises `PresetsUnreadableError` or `PresetsUnwritableError`."""
        _write(registry, renamed_preset(self.presets(registry), old, new))

    def remove(self, registry: str, name: str) -> None:
        """Keep a preset no longer. Raises `PresetsUnreadableError` or `PresetsUnwritableError`."""
        _write(registry, without_preset(self.presets(registry), name))


def _keep_beside(file: Path) -> Path:
    """A copy of the file under a name that is free."""
    aside = next(free for number in count(1) if not (free := file.with_suffix(f".damaged-{number}")).exists())
    try:
        copyfile(file, aside)
    except OSError as error:
        raise PresetsUnwritableError(file, error.strerror or str(error)) from error
    return aside


def _write(registry: str, presets: tuple[Preset, ...]) -> None:
    file = _file(registry)
    try:
        write_whole(file, _Kept(presets))
    except (OSError, ValueError) as error:  # half of a character that was pasted is no text for a file
        raise PresetsUnwritableError(file, getattr(error, "strerror", None) or str(error)) from error


def _file(registry: str) -> Path:
    return config_folder() / _FOLDER / file_name_of(registry)
