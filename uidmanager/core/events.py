"""What is written to a ledger: events in the past tense, gathered in entries. docs/ledger-format.md specifies it.

A class here is the shape of its JSON object, field by field; its tag is the value of ``type``. The shapes of format 1
are fixed for ever: a new kind of event gets a class of its own.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from uidmanager.core.records import NumberKind, Past, Scheme, SerialRule, State

FORMAT: Final = "uidmanager-ledger"
FORMAT_VERSION: Final = 1


class _Event(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"):
    """Common to all events: frozen, tagged, and nothing in them that this program does not know."""


class RegistryFounded(_Event, frozen=True, tag="registry_founded"):
    """The first event of every ledger. ``registry`` is a random id by which copies of one registry are known."""

    format: str
    version: int
    registry: str
    organisation: str
    root: str
    scheme: Scheme


class IndexedArcOpened(_Event, frozen=True, tag="indexed_arc_opened"):
    """Under this arc of the root, serials that are no numbers get an index each. A registry has one at most."""

    arc: str


class ProductRegistered(_Event, frozen=True, tag="product_registered"):
    """A product was given its number."""

    number: int
    name: str
    code: str | None = None


class ProductNameCorrected(_Event, frozen=True, tag="product_name_corrected"):
    """A product is called otherwise; its number is the same."""

    number: int
    old: str
    new: str


class ProductRetired(_Event, frozen=True, tag="product_retired"):
    """A product is no longer made; its number stays taken."""

    number: int


class ProductGtinSet(_Event, frozen=True, tag="product_gtin_set"):
    """A product's Global Trade Item Number, in 14 digits, is another one."""

    number: int
    old: str | None
    new: str | None


class ProductSerialsSet(_Event, frozen=True, tag="product_serials_set"):
    """What the serials of a product are like from now on; what was assigned stays as it is."""

    number: int
    old: SerialRule
    new: SerialRule


class ProductNoteCorrected(_Event, frozen=True, tag="product_note_corrected"):
    """The note of a product is another one."""

    number: int
    old: str | None
    new: str | None


class ReleaseRegistered(_Event, frozen=True, tag="release_registered"):
    """A release was given its Implementation Class UID: root, arc of releases, product number, ``numeric``."""

    product: int
    version: str
    numeric: str
    version_name: str
    note: str | None = None


class ReleaseNoteCorrected(_Event, frozen=True, tag="release_note_corrected"):
    """The note of a release is another one."""

    product: int
    numeric: str
    old: str | None
    new: str | None


class ReleaseWithdrawn(_Event, frozen=True, tag="release_withdrawn"):
    """A release must not be used any more; its UID stays taken."""

    product: int
    numeric: str


class InstallationAssigned(_Event, frozen=True, tag="installation_assigned"):
    """A serial was given its installation root: root, arc of installations, ``component``."""

    serial: str
    component: str
    product: int | None = None
    note: str | None = None


class InstallationIndexed(_Event, frozen=True, tag="installation_indexed"):
    """A serial was given an index, and with it its installation root: root, indexed arc, index.

    ``component`` is the indexed arc, a dot and the index. By it all later events speak of the installation.
    """

    serial: str
    component: str
    product: int | None = None
    note: str | None = None


class BarcodeRead(_Event, frozen=True, tag="barcode_read"):
    """What a scanner sent when this installation was assigned; its serial was taken from it.

    ``scanned`` has the separator GS as ``␝`` (U+241D), ``symbology`` is the AIM identifier, as in ``]d2``.
    """

    component: str
    scanned: str
    symbology: str | None = None
    gtin: str | None = None


class LabelPrinted(_Event, frozen=True, tag="label_printed"):
    """A label of the installation was printed, so many copies of it. ``code`` is what the code on it says."""

    component: str
    template: str
    code: str
    copies: int = 1


class LabelChecked(_Event, frozen=True, tag="label_checked"):
    """A label that entry ``printed`` speaks of was read back, and is right."""

    component: str
    printed: int
    scanned: str


class LabelMissed(_Event, frozen=True, tag="label_missed"):
    """At the check of the labels that entry ``printed`` speaks of, something else than a right label was read."""

    printed: int
    scanned: str
    verdict: str


class InstallationProductCorrected(_Event, frozen=True, tag="installation_product_corrected"):
    """An installation is of another product than was written down."""

    component: str
    old: int | None
    new: int | None


class InstallationNoteCorrected(_Event, frozen=True, tag="installation_note_corrected"):
    """The note of an installation is another one."""

    component: str
    old: str | None
    new: str | None


class InstallationRetired(_Event, frozen=True, tag="installation_retired"):
    """The equipment is out of service; its root stays taken."""

    component: str


class InstallationVoided(_Event, frozen=True, tag="installation_voided"):
    """The root was assigned by mistake; it stays taken."""

    component: str


class InstallationReinstated(_Event, frozen=True, tag="installation_reinstated"):
    """A void or retired installation holds again."""

    component: str


class InstallationSeen(_Event, frozen=True, tag="installation_seen"):
    """The installation, or something with its UIDs, was met in the field: on ``day`` (UTC), ``where``, and ``what``.

    It changes nothing of the installation; it is a finding, kept in its history.
    """

    component: str
    day: str
    where: str
    what: str


class EntryMerged(_Event, frozen=True, tag="entry_merged"):
    """An entry of another history of this registry is applied here; the events after this one are what it comes to.

    The fields are those of that entry there: its number, its hash, and who wrote it when, where, with what and why.
    """

    entry: int
    hash: str
    id: str
    at: str
    by: str
    station: str
    app: str
    why: str | None = None


class NumberGivenUp(_Event, frozen=True, tag="number_given_up"):
    """A number was given in another history to something that does not hold it here; it is given to nothing else.

    ``number`` is the product's number, product.numeric of a release, the component of an installation, or the version
    name itself. ``meant`` is what it was given to there, ``now`` the number of that kind which that has here.
    """

    kind: NumberKind
    number: str
    meant: str
    now: str | None = None


class RegistryImported(_Event, frozen=True, tag="registry_imported"):
    """The registry goes on from another one under the same root, as a document told it; it comes right after founding.

    ``file`` is the name of the document, ``document`` the SHA-256 of its bytes. The rest is what it says of itself: the
    other registry, its entries and head, and when, by whom, where and with which version the document was written.
    """

    file: str
    document: str
    registry: str
    entries: int
    head: str
    made_at: str
    made_by: str
    station: str
    app: str


class ProductImported(_Event, frozen=True, tag="product_imported"):
    """A product has the number it had there. ``changed`` says when it came to a state that is not active."""

    number: int
    name: str
    registered: Past
    code: str | None = None
    state: State = State.ACTIVE
    changed: Past | None = None


class ReleaseImported(_Event, frozen=True, tag="release_imported"):
    """A release has the UID and the version name it had there."""

    product: int
    version: str
    numeric: str
    version_name: str
    registered: Past
    note: str | None = None
    state: State = State.ACTIVE
    changed: Past | None = None


class InstallationImported(_Event, frozen=True, tag="installation_imported"):
    """An installation has the root it had there."""

    serial: str
    component: str
    registered: Past
    product: int | None = None
    note: str | None = None
    state: State = State.ACTIVE
    changed: Past | None = None


class GivenUpImported(_Event, frozen=True, tag="given_up_imported"):
    """A number that was given up there is given up here as well; ``noted`` says when it was."""

    kind: NumberKind
    number: str
    meant: str
    noted: Past
    now: str | None = None


class SpreadsheetImported(_Event, frozen=True, tag="spreadsheet_imported"):
    """What follows in this entry was taken over from a table: the first event of its entry.

    ``file`` is its name, ``document`` the SHA-256 of its bytes. ``rows`` were taken over, ``left_out`` were not.
    """

    file: str
    document: str
    rows: int
    left_out: int
    sheet: str | None = None


RegistryEvent = RegistryFounded | IndexedArcOpened | SpreadsheetImported
ProductEvent = (
    ProductRegistered
    | ProductNameCorrected
    | ProductRetired
    | ProductGtinSet
    | ProductSerialsSet
    | ProductNoteCorrected
)
ReleaseEvent = ReleaseRegistered | ReleaseNoteCorrected | ReleaseWithdrawn
InstallationEvent = (
    InstallationAssigned
    | InstallationIndexed
    | BarcodeRead
    | LabelPrinted
    | LabelChecked
    | InstallationProductCorrected
    | InstallationNoteCorrected
    | InstallationRetired
    | InstallationVoided
    | InstallationReinstated
    | InstallationSeen
)
MergeEvent = EntryMerged | NumberGivenUp
RecordImported = ProductImported | ReleaseImported | InstallationImported
ImportEvent = RegistryImported | RecordImported | GivenUpImported
Event = RegistryEvent | ProductEvent | ReleaseEvent | InstallationEvent | LabelMissed | MergeEvent | ImportEvent


class NewEntry(Struct, frozen=True):
    """An entry before it has its place: ``id`` is made before the first try, so that a retry finds its own entry.

    ``at`` is UTC in ISO 8601 with microseconds, ``by`` the user, ``app`` the program's version, ``why`` the reason.
    """

    id: str
    at: str
    by: str
    station: str
    app: str
    why: str | None
    events: tuple[Event, ...]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the ledger, one transaction. ``h`` is its hash in the chain, ``n`` its number from 1, gapless."""

    h: str
    n: int
    id: str
    at: str
    by: str
    station: str
    app: str
    why: str | None
    events: tuple[Event, ...]
