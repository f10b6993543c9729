"""Anchor files: a few lines of JSON to be kept away from the ledger, by a person or by a nightly job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.anchors import FORMAT, VERSION, Anchor, is_well_formed
from uidmanager.core.errors import UidManagerError

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.writers.stamp import Stamp

_LARGEST: Final = 64 * 1024


class AnchorUnreadableError(UidManagerError):
    """What was named as an anchor is none, or cannot be read."""

    code = "anchor.unreadable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(
            f"{where} cannot be used as an anchor ({reason}). Name a file written by “uidmanager anchor”, or give the "
            "64 hexadecimal digits of a head as they stand on a report."
        )


class _AnchorFile(msgspec.Struct, frozen=True):
    """The file, field by field. Fields that a later version adds are passed over."""

    format: str
    version: int
    registry: str
    entries: int
    head: str
    made_at: str
    by: str
    station: str
    app: str


def encoded_anchor(anchor: Anchor, stamp: Stamp) -> bytes:
    """The bytes of the file: one JSON object, indented for people, with who made it and when. Needs a whole anchor."""
    if anchor.registry is None or anchor.entries is None:
        raise ValueError("a hash alone is no anchor for a file")
    file = _AnchorFile(
        FORMAT,
        VERSION,
        anchor.registry,
        anchor.entries,
        anchor.head,
        stamp.made_at,
        stamp.by,
        stamp.station,
        stamp.app,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def read_anchor(where: Path) -> Anchor:
    """The anchor in a file. Raises `AnchorUnreadableError`."""
    try:
        with where.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise AnchorUnreadableError(where, "it is too large for one")
        file = msgspec.json.decode(content, type=_AnchorFile)
    except (OSError, ValueError, RecursionError) as error:
        raise AnchorUnreadableError(where, getattr(error, "strerror", None) or "it is not an anchor file") from error
    anchor = Anchor(file.head, file.entries, file.registry)
    if file.format != FORMAT or not is_well_formed(anchor):
        raise AnchorUnreadableError(where, "it is not an anchor file")
    if file.version > VERSION:
        raise AnchorUnreadableError(where, f"it is of version {file.version}, known here is {VERSION}")
    return anchor
