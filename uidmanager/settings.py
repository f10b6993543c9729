"""Where things lie on this computer, and what the user prefers. Nothing here is the truth."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

LEDGER_VARIABLE: Final = "UIDMANAGER_LEDGER"
READ_ONLY_VARIABLE: Final = "UIDMANAGER_READ_ONLY"
_APP: Final = "uidmanager"
_MOST_RECENT: Final = 8


@dataclass(frozen=True)
class Preferences:
    """What the window remembers from one start to the next. ``recent`` has the newest ledger first."""

    recent: tuple[str, ...] = ()


def default_ledger() -> Path:
    """The ledger that is meant when none is named: the environment's, else one in the user's own data folder."""
    named = os.environ.get(LEDGER_VARIABLE)
    return Path(named) if named else data_folder() / "registry.jsonl"


def wants_to_view() -> bool:
    """Whether the environment asks for looking only; ``0`` and nothing mean no."""
    return os.environ.get(READ_ONLY_VARIABLE, "").strip() not in {"", "0"}


def data_folder() -> Path:
    """The folder for the user's own ledger and for what this station remembers of the ledgers it has seen."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def config_folder() -> Path:
    """The folder for preferences and the window's state."""
    return platformdirs.user_config_path(_APP, appauthor=False)


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
        return msgspec.json.decode(_preferences_file().read_bytes(), type=Preferences)
    except (OSError, msgspec.MsgspecError):
        return Preferences()


def remember_ledger(where: str) -> Preferences:
    """Put a ledger at the head of the recent ones. What cannot be written is not remembered; that harms nothing."""
    import msgspec  # noqa: PLC0415 (the same)

    recent = (where, *(other for other in read_preferences().recent if other != where))[:_MOST_RECENT]
    preferences = Preferences(recent)
    file = _preferences_file()
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.encode(preferences))
        beside.replace(file)
    except OSError:
        return read_preferences()
    return preferences


def _preferences_file() -> Path:
    return config_folder() / "preferences.json"
