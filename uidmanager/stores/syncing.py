"""Whether a sync client keeps a folder, and whether it has left a copy of the ledger because two computers wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLIENTS: Final = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
    "icloud": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
}
_SYNCTHING_MARK: Final = ".stfolder"


def sync_client(folder: Path) -> str:
    """The sync client that seems to keep a folder, by the names above it; empty where none does."""
    for place in (folder, *folder.parents):
        for beginning, client in _CLIENTS.items():
            # What follows the name may be a company's: “OneDrive - Acme”, “Dropbox (Acme)”.
            if re.match(rf"{re.escape(beginning)}(?![a-z])", place.name.lower()):
                return client
        if (place / _SYNCTHING_MARK).exists():
            return "Syncthing"
    return ""


def conflict_copies(ledger: str, station: str, names: Iterable[str]) -> list[str]:
    """Those of the names beside a ledger that a sync client gives to the copy of a file it could not bring together."""
    stem, suffix = re.escape(Path(ledger).stem), re.escape(Path(ledger).suffix)
    copy = re.compile(
        rf"{stem}(?: ?[(_-].*conflict.*|\.sync-conflict-.*|-{re.escape(station)}(?:-\d+)?){suffix}", re.IGNORECASE
    )
    return sorted(name for name in names if copy.fullmatch(name))
