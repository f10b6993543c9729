"""What the conformance statement of a release says of its identity (DICOM PS3.2): rows labelled by name.

The sections and tables of PS3.2 were numbered anew with its present template, so no number of theirs stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.reports.rows import product_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import Release
    from uidmanager.core.registry import Registry

CLASS_UID: Final = (
    "Identifies the implementation in association negotiation (PS3.7 §D.3.3.2) and in files, as (0002,0012). The same "
    "in all copies of this release."
)
VERSION_NAME: Final = "Names the version beside the class UID, in association negotiation and in files, as (0002,0013)."
INSTANCE_ROOT: Final = (
    "Where the product makes UIDs of its own, each installation makes them below a root of its own: this one, a dot, "
    "and the digits of its serial number without leading zeros."
)
INDEX_ROOT: Final = (
    "Where the serial number of an installation is no number, its own root is this one, a dot, and the index that it "
    "was given in the registry."
)


class Fact(Struct, frozen=True):
    """A row of the table: what it is called, the UID or name, what a reader must know beside it."""

    label: str
    value: str
    remark: str


class Extract(Struct, frozen=True):
    """The rows for one release, and on which state of which registry they stand."""

    product: str
    version: str
    uid: str
    facts: tuple[Fact, ...]
    registry: str
    organisation: str
    root: str
    entries: int
    head: str

    @property
    def title(self) -> str:
        """The release as people name it."""
        return f"{self.product} {self.version}"


def extract(registry: Registry, release: Release) -> Extract:
    """The extract for a release. Whether its UID may be handed on is for the rules to say."""
    founding = registry.founding
    return Extract(
        product_name(registry, release.product) or str(release.product),
        release.version,
        release.uid,
        (
            Fact("Implementation Class UID", release.uid, CLASS_UID),
            Fact("Implementation Version Name", release.version_name, VERSION_NAME),
            Fact("Root of instance UIDs", f"{founding.root}.{founding.scheme.installations}", INSTANCE_ROOT),
            *_indexed(registry),
        ),
        founding.registry,
        founding.organisation,
        founding.root,
        registry.position,
        registry.head,
    )


def _indexed(registry: Registry) -> Iterator[Fact]:
    """Equipment whose serial has an index makes its UIDs under another arc, if there is one."""
    if registry.indexed_arc is not None:
        root = f"{registry.founding.root}.{registry.indexed_arc}"
        yield Fact("Root of instance UIDs, of serials with an index", root, INDEX_ROOT)
