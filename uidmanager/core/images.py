"""The state of a registry as plain values, as a checkpoint keeps it."""

from __future__ import annotations

from msgspec import Struct

from uidmanager.core.elsewhere import ElsewhereImage
from uidmanager.core.events import RegistryFounded
from uidmanager.core.installations import InstallationsImage
from uidmanager.core.origins import OriginsImage
from uidmanager.core.records import Product, Release
from uidmanager.core.subjects import Subject


class Image(Struct, frozen=True):
    """The whole state as plain values, from which it can be had again without folding. The entries are not in it."""

    head: str
    position: int
    founding: RegistryFounded
    products: list[Product]
    releases: list[Release]
    origins: OriginsImage
    installations: InstallationsImage
    elsewhere: ElsewhereImage
    later: list[tuple[Subject, list[int]]]
    imported: int
    indexed_arc: str | None
