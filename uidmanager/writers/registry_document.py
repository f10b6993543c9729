"""A registry as one JSON document: docs/export-format.md specifies it, resources/schemas has its JSON Schema.

Each member of the head and each record stands on a line of its own, in the order in which they were registered, so that
two documents can be compared line by line. The same state gives the same bytes but for the first four members.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, structs

from uidmanager.core.transfer.document import FORMAT, Counts, Source, version_of
from uidmanager.core.transfer.exporting import given_up_of, installations_of, products_of, releases_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from uidmanager.core.registry import Registry
    from uidmanager.core.transfer.document import Carried
    from uidmanager.writers.stamp import Stamp

    Progress = Callable[[str, float], None]

SCHEMA: Final = "schemas/registry-2.schema.json"
"""The resource that holds the JSON Schema."""

LISTS: Final = ("products", "releases", "installations", "given_up")
"""The members that hold records, in their order."""

_AT_ONCE: Final = 1000
_encode: Final = msgspec.json.Encoder().encode


class _Named(Struct, frozen=True):
    """The beginning of the head."""

    format: str
    version: int


def document_of(registry: Registry, stamp: Stamp, progress: Progress) -> bytes:
    """The whole document of a registry, which holds still meanwhile. Raises `LookupError` before it is founded."""
    total = len(registry.installations) + 1
    made = []
    for done, piece in enumerate(_pieces_of(registry, stamp)):
        progress("Writing the document", min(1.0, done * _AT_ONCE / total))
        made.append(piece)
    return b"".join(made)


def spelled(version: int, source: Source, lists: Iterable[Iterable[Carried | None]]) -> Iterator[bytes]:
    """The one spelling of a document, piece by piece."""
    head = {**structs.asdict(_Named(FORMAT, version)), **structs.asdict(source)}
    head = {name: value for name, value in head.items() if value is not None}
    yield b"{\n" + b",\n".join(b'"%b": %b' % (name.encode(), _encode(value)) for name, value in head.items())
    for name, records in zip(LISTS, lists, strict=True):
        yield b',\n"%b": [' % name.encode()
        yield from _lines(records)
        yield b"]"
    yield b"\n}\n"


def _pieces_of(registry: Registry, stamp: Stamp) -> Iterator[bytes]:
    founding = registry.founding
    counts = Counts(
        len(registry.products),
        len(registry.releases),
        len(registry.installations),
        sum(1 for _ in given_up_of(registry)),
    )
    source = Source(
        stamp.made_at,
        stamp.by,
        stamp.station,
        stamp.app,
        founding.registry,
        founding.organisation,
        founding.root,
        founding.scheme,
        registry.position,
        registry.head,
        counts,
        registry.indexed_arc,
    )
    version = version_of(source, products_of(registry), given_up_of(registry))
    lists = (products_of(registry), releases_of(registry), installations_of(registry), given_up_of(registry))
    return spelled(version, source, lists)


def _lines(records: Iterable[Carried | None]) -> Iterator[bytes]:
    """One record a line; many lines at a time."""
    rest = iter(records)
    before = b"\n"
    while some := list(islice(rest, _AT_ONCE)):
        yield before + b",\n".join(map(_encode, some))
        before = b",\n"
    if before != b"\n":
        yield b"\n"
