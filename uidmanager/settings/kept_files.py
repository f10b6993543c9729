"""The files in which preferences are kept: written whole or not at all, and a name for what belongs to a registry."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from threading import get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def file_name_of(registry: str) -> str:
    """The name of a file for the registry with this random id."""
    # The id was read from a ledger, which anybody may have written: it must not lead out of the folder.
    return f"{sha256(registry.encode('utf-8', 'surrogatepass')).hexdigest()}.json"


def write_whole(file: Path, content: object) -> None:
    """Have a structure in the file as JSON, whole or not at all. May raise `OSError`."""
    import msgspec  # noqa: PLC0415 (not for the window's first paint, which asks only for folders)

    beside = file.with_name(f"{file.name}.{os.getpid()}.{get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.encode(content))
        beside.replace(file)
    finally:
        with suppress(OSError):
            beside.unlink()
