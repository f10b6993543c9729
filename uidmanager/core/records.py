"""What is registered: products, releases, installations. Values; a change makes a new one."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """Where a record stands. Whatever the state, its number stays taken for ever."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    VOID = "void"


class LabelState(StrEnum):
    """How far the label of an installation is: none printed, printed, read back and found right."""

    ASSIGNED = "assigned"
    LABELLED = "labelled"
    CHECKED = "checked"


class Origin(Struct, frozen=True, gc=False):
    """Which entry a record comes from: its number, when (UTC, ISO 8601, microseconds), by whom, at which station."""

    entry: int
    at: str
    by: str
    station: str


class Past(Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """What was done in another registry that was brought here in a document: which entry there, when, by whom, why.

    ``registry`` is the id of that registry, None where it is the one the document was written from.
    """

    entry: int
    at: str
    by: str
    station: str
    why: str | None = None
    registry: str | None = None


class Scheme(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Which arc under the root means what ("Creating a UID Hierarchy", Medical Connections)."""

    releases: str = "1"
    installations: str = "2"


class SerialRule(Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """What the serials of a product are like. ``indexed``: they get the next index instead of their own digits.

    ``pattern`` is a regular expression that each serial must match as a whole, ``example`` one that does.
    """

    indexed: bool = False
    pattern: str | None = None
    example: str | None = None


class Product(Struct, frozen=True, gc=False):
    """A thing we make. ``number`` is its component under the arc of releases; sequential, never reused.

    ``gtin`` is its Global Trade Item Number, in 14 digits.
    """

    number: int
    name: str
    code: str | None
    state: State
    origin: Origin
    gtin: str | None = None
    serials: SerialRule = SerialRule()
    note: str | None = None


class Release(Struct, frozen=True, gc=False):
    """One version of a product's software.

    ``version`` is the text as people write it, ``numeric`` the components that stand in the UID. ``uid`` is the
    Implementation Class UID (0002,0012), ``version_name`` the Implementation Version Name (0002,0013).
    """

    product: int
    version: str
    numeric: str
    uid: str
    version_name: str
    note: str | None
    state: State
    origin: Origin


class Installation(Struct, frozen=True, gc=False):
    """One piece of equipment: its serial as printed on it, and the root it makes its own UIDs under.

    ``component`` is what its root has after the arc of installations; where its serial has an index instead, it is the
    indexed arc, a dot and that index. ``prints`` is how often labels were printed for it, copies not counted.
    """

    serial: str
    component: str
    uid: str
    product: int | None
    note: str | None
    state: State
    origin: Origin
    label: LabelState = LabelState.ASSIGNED
    prints: int = 0


class NumberKind(StrEnum):
    """What a number was given for. A version name is given once as well, though it is text."""

    PRODUCT = "product"
    RELEASE = "release"
    INSTALLATION = "installation"
    VERSION_NAME = "version_name"


class GivenUp(Struct, frozen=True, gc=False):
    """A number that was given in another history, to something that does not hold it here: taken for ever.

    ``meant`` is what it was given to: the product's name, that and the version, the serial as printed. ``now`` is the
    number of that kind it has here instead, None when it has none. ``origin`` is that of the entry that says so.
    """

    kind: NumberKind
    number: str
    meant: str
    now: str | None
    origin: Origin


Record = Product | Release | Installation
