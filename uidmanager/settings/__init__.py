"""Where things lie on this computer, and what the user prefers. Nothing here is the truth."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from uidmanager.settings.kept_files import file_name_of, write_whole

if TYPE_CHECKING:
    from uidmanager.app.backups import Backup, BackupRule

LEDGER_VARIABLE: Final = "UIDMANAGER_LEDGER"
READ_ONLY_VARIABLE: Final = "UIDMANAGER_READ_ONLY"
_APP: Final = "uidmanager"
_MOST_RECENT: Final = 8
_RULES: Final = "backup-rules"
_MADE: Final = "backups-made"  # another name than the rules': on some systems both folders are one
_LARGEST: Final = 1024 * 1024


@dataclass(frozen=True)
class Preferences:
    """What the window remembers from one start to the next. ``recent`` has the newest ledger first."""

    recent: tuple[str, ...] = ()


def default_ledger() -> Path:
    """The ledger that is meant when none is named: the environment's, else one in the user's own data folder."""
    named = os.environ.get(LEDGER_VARIABLE)
    return Path(named) if named else data_folder() / "registry.jsonl"


def free_place() -> Path:
    """Where a new ledger may lie: the place it is looked for, or beside it where one lies already."""
    first = default_ledger()
    places = (first.with_stem(f"{first.stem}-{number}") for number in range(2, 1000))
    return first if not first.exists() else next((place for place in places if not place.exists()), first)


def wants_to_view() -> bool:
    """Whether the environment asks for looking only; ``0`` and nothing mean no."""
    return os.environ.get(READ_ONLY_VARIABLE, "").strip() not in {"", "0"}


def data_folder() -> Path:
    """The folder for the user's own ledger and for what this station remembers of the ledgers it has seen."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def config_folder() -> Path:
    """The folder for preferences and the window's state."""
    return platformdirs.user_config_path(_APP, appauthor=False)


def snippets_folder() -> Path:
    """The folder for the user's own templates of snippets; it need not be there."""
    return config_folder() / "snippets"


def labels_folder() -> Path:
    """The folder for the user's own templates of labels; it need not be there."""
    return config_folder() / "labels"


def cache_folder() -> Path:
    """The folder for what can be made anew at any time: checkpoints, by which a long ledger opens quickly."""
    return platformdirs.user_cache_path(_APP, appauthor=False)


def log_folder() -> Path:
    """The folder for what the program notes of its own running."""
    return platformdirs.user_log_path(_APP, appauthor=False)


def read_preferences() -> Preferences:
    """The preferences as last written; the defaults where there are none or they cannot be read."""
    import msgspec  # noqa: PLC0415 (not for the window's first paint, which asks only for folders)

    try:
        with _preferences_file().open("rb") as file:
            read = msgspec.json.decode(file.read(_LARGEST), type=Preferences)
    except (OSError, ValueError, RecursionError):
        return Preferences()
    return Preferences(tuple(where for where in read.recent if "\0" not in where))  # no system has such a name


def remember_ledger(where: str) -> Preferences:
    """Put a ledger at the head of the recent ones. What cannot be written is not remembered; that harms nothing."""
    recent = (where, *(other for other in read_preferences().recent if other != where))[:_MOST_RECENT]
    preferences = Preferences(recent)
    try:
        write_whole(_preferences_file(), preferences)
    except OSError:
        return read_preferences()
    return preferences


class StationBackups:
    """The rules for backups among the preferences, and beside this station's data a note of the last good ones.

    A file for each registry, so that nobody who writes another preference can lose a rule.
    """

    def has_rule(self, registry: str) -> bool:
        """Whether a rule was ever set for a registry, be it readable or not. Nothing is loaded for the answer."""
        return (config_folder() / _RULES / file_name_of(registry)).exists()

    def rule(self, registry: str) -> BackupRule | None:
        """The rule for a registry; None where none was ever set. Raises `PreferencesError`."""
        from uidmanager.core.errors import PreferencesError  # noqa: PLC0415 (not for the window's first paint either)

        file = config_folder() / _RULES / file_name_of(registry)
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error
        import msgspec  # noqa: PLC0415 (most have no rule, and need not know of any)

        from uidmanager.app.backups import BackupRule  # noqa: PLC0415 (the same)

        try:
            return msgspec.json.decode(data, type=BackupRule)
        except (ValueError, RecursionError) as error:
            raise PreferencesError(str(file), str(error)) from error

    def set_rule(self, registry: str, rule: BackupRule) -> None:
        """Keep a rule from now on. Raises `PreferencesError`."""
        from uidmanager.core.errors import PreferencesError  # noqa: PLC0415 (as above)

        file = config_folder() / _RULES / file_name_of(registry)
        try:
            write_whole(file, rule)
        except OSError as error:
            raise PreferencesError(str(file), error.strerror or str(error)) from error

    def last(self, registry: str) -> Backup | None:
        """The last good backup, as far as it was noted."""
        import msgspec  # noqa: PLC0415 (as above)

        from uidmanager.app.backups import Backup  # noqa: PLC0415 (as above)

        try:
            return msgspec.json.decode((data_folder() / _MADE / file_name_of(registry)).read_bytes(), type=Backup)
        except (OSError, ValueError, RecursionError):
            return None

    def remember(self, registry: str, backup: Backup) -> None:
        """Note a good backup. Where that cannot be, the next one comes early."""
        with suppress(OSError):
            write_whole(data_folder() / _MADE / file_name_of(registry), backup)


def _preferences_file() -> Path:
    return config_folder() / "preferences.json"
