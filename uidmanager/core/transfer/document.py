"""What a document carries of a registry: values, as docs/export-format.md specifies them.

A class here is the shape of its JSON object, field by field. The records of a list may be made when they are looked at,
since there may be a million of them; in a document that was read, None stands for what could not be read as a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from uidmanager.core.records import NumberKind, Past, Scheme, SerialRule, State

FORMAT: Final = "uidmanager-registry"
FORMAT_VERSION: Final = 2
"""The highest there is. What needs nothing of it is of version 1, which older programs know."""


class _Carried(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Common to all: nothing in them that this program does not know, nothing said of what there is none of."""


class CarriedProduct(_Carried, frozen=True, kw_only=True):
    """A product. ``registered`` is when it was given its number, ``changed`` when it ceased to be active."""

    number: int
    name: str
    code: str | None = None
    gtin: str | None = None
    serials: SerialRule | None = None
    note: str | None = None
    state: State
    registered: Past
    changed: Past | None = None


class CarriedRelease(_Carried, frozen=True, kw_only=True):
    """A release; ``uid`` is its Implementation Class UID, which follows from root, product and ``numeric``."""

    product: int
    version: str
    numeric: str
    uid: str
    version_name: str
    note: str | None = None
    state: State
    registered: Past
    changed: Past | None = None


class CarriedInstallation(_Carried, frozen=True, kw_only=True):
    """An installation; ``uid`` is its root, which follows from the registry's root and ``component``.

    Where its serial has an index, ``component`` is the indexed arc, a dot and that index.
    """

    serial: str
    component: str
    uid: str
    product: int | None = None
    note: str | None = None
    state: State
    registered: Past
    changed: Past | None = None


class CarriedGivenUp(_Carried, frozen=True, kw_only=True):
    """A number that stays taken though nothing has it: what it was given to, and which number that has instead."""

    kind: NumberKind
    number: str
    meant: str
    now: str | None = None
    noted: Past


class Counts(Struct, frozen=True, forbid_unknown_fields=True):
    """How many records of each kind there are, so that a shortened document gives itself away."""

    products: int
    releases: int
    installations: int
    given_up: int


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose document this is: when, by whom, where and with which version it was made; of which state of what.

    ``indexed_arc`` is the arc for serials with an index, None where none is open.
    """

    made_at: str
    made_by: str
    station: str
    app: str
    registry: str
    organisation: str
    root: str
    scheme: Scheme
    entries: int
    head: str
    counts: Counts
    indexed_arc: str | None = None


CarriedRecord = CarriedProduct | CarriedRelease | CarriedInstallation
Carried = CarriedRecord | CarriedGivenUp


class Document(Struct, frozen=True):
    """A registry as it is carried. The records stand in the order in which they were registered."""

    source: Source
    products: Sequence[CarriedProduct | None]
    releases: Sequence[CarriedRelease | None]
    installations: Sequence[CarriedInstallation | None]
    given_up: Sequence[CarriedGivenUp | None]


def version_of(
    source: Source, products: Iterable[CarriedProduct | None], given_up: Iterable[CarriedGivenUp | None]
) -> int:
    """Which version of the format a document needs: the lowest, so that any program reads it that can."""
    needs_more = (
        source.indexed_arc is not None
        or any(it and (it.gtin or it.serials or it.note) for it in products)
        or any(it and it.kind is NumberKind.INSTALLATION and "." in it.number for it in given_up)
    )
    return FORMAT_VERSION if needs_more else 1
