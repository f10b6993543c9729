"""What holds now: the state folded from the ledger's entries, and the look-ups in it.

The fold believes nothing: an event that would give a number twice, or speaks of a record that is not there, is a
contradiction and stops it. So a ledger that was put together wrongly is found by being read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, assert_never

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.elsewhere import Elsewhere
from uidmanager.core.errors import ContradictionError
from uidmanager.core.records import Installation, NumberKind, Origin, Product, Record, Release, State
from uidmanager.core.scheme import class_uid, installation_root
from uidmanager.core.texts import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, ValuesView

FIRST_HEAD: Final = "0" * 64
Subject = tuple[str, ...]
_Kept = TypeVar("_Kept", Product, Release, Installation)


class Registry:
    """The state after the entries applied so far. ``head`` is the hash of the last one, ``len(entries)`` its number."""

    def __init__(self) -> None:
        self.head = FIRST_HEAD
        self.entries: list[e.Entry] = []
        self.highest_product = 0
        self.elsewhere = Elsewhere()
        self._founding: e.RegistryFounded | None = None
        self._products: dict[int, Product] = {}
        self._numbers: dict[str, int] = {}
        self._releases: dict[tuple[int, str], Release] = {}
        self._version_names: dict[str, tuple[int, str]] = {}
        self._installations: dict[str, Installation] = {}
        self._later: dict[Subject, list[int]] = {}

    # -- look-ups ----------------------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """How many entries have been applied."""
        return len(self.entries)

    @property
    def is_founded(self) -> bool:
        """Whether there is a registry at all."""
        return self._founding is not None

    @property
    def founding(self) -> e.RegistryFounded:
        """Whose registry this is, under which root. Raises `LookupError` before it is founded."""
        if self._founding is None:
            raise LookupError("the registry is not founded yet")
        return self._founding

    @property
    def products(self) -> ValuesView[Product]:
        """All products, in the order they were registered."""
        return self._products.values()

    @property
    def releases(self) -> ValuesView[Release]:
        """All releases, in the order they were registered."""
        return self._releases.values()

    @property
    def installations(self) -> ValuesView[Installation]:
        """All installations, in the order they were assigned."""
        return self._installations.values()

    def product(self, number: int) -> Product | None:
        """The product with this number."""
        return self._products.get(number)

    def find_product(self, named: str) -> Product | None:
        """The product that a person means by a number or a name."""
        text = named.strip()
        if text.isascii() and text.isdigit() and len(text) <= len(str(self.highest_product)):
            return self._products.get(int(text))
        number = self._numbers.get(name_key(text))
        return None if number is None else self._products[number]

    def release(self, product: int, numeric: str) -> Release | None:
        """The release of a product by the numeric form of its version."""
        return self._releases.get((product, numeric))

    def releases_of(self, product: int) -> list[Release]:
        """The releases of one product, in the order they were registered."""
        return [release for release in self._releases.values() if release.product == product]

    def release_named(self, version_name: str) -> Release | None:
        """The release that has this Implementation Version Name."""
        key = self._version_names.get(version_name)
        return None if key is None else self._releases[key]

    def installation(self, component: str) -> Installation | None:
        """The installation whose serial has this component."""
        return self._installations.get(component)

    def history_of(self, record: Record) -> list[e.Entry]:
        """The entries that speak of this record, oldest first."""
        later = self._later.get(subject_of_record(record), ())
        return [self.entries[n - 1] for n in (record.origin.entry, *later)]

    def records_in(self, entries: Iterable[e.Entry]) -> list[Record]:
        """The records these entries speak of, as they stand now, each once."""
        subjects = dict.fromkeys(subject_of_event(event) for entry in entries for event in entry.events)
        found = (self._record(subject) for subject in subjects)
        return [record for record in found if record is not None]

    def _record(self, subject: Subject) -> Record | None:
        match subject:
            case ("product", number):
                return self._products.get(int(number))
            case ("release", number, numeric):
                return self._releases.get((int(number), numeric))
            case ("installation", component):
                return self._installations.get(component)
            case _:
                return None

    def still(self) -> Registry:
        """A copy that later entries do not change; the records are the same ones, which never change."""
        twin = Registry()
        for name, kept in vars(self).items():
            setattr(twin, name, kept.copy() if isinstance(kept, dict | list | Elsewhere) else kept)
        twin._later = {subject: numbers.copy() for subject, numbers in self._later.items()}
        return twin

    # -- the fold ----------------------------------------------------------------------------------------------------

    def apply(self, entry: e.Entry) -> None:
        """Take in the next entry. Raises `ContradictionError` when it cannot follow what is here; then fold anew."""
        if entry.n != self.position + 1:
            raise ContradictionError(entry.n, f"it is numbered {entry.n} where {self.position + 1} is due")
        if (self._founding is None) == (not entry.events or not isinstance(entry.events[0], e.RegistryFounded)):
            raise ContradictionError(entry.n, "the registry is founded by its first entry and by no other")
        origin = Origin(entry.n, entry.at, entry.by, entry.station)
        for event in entry.events:
            self._take_in(event, origin)
        self.entries.append(entry)
        self.head = entry.h

    def _take_in(self, event: e.Event, origin: Origin) -> None:
        match event:
            case e.InstallationAssigned():
                self._assign(event, origin)
            case e.ReleaseRegistered():
                self._release(event, origin)
            case e.ProductRegistered():
                self._product(event, origin)
            case e.RegistryFounded():
                self._found(event, origin)
            case e.ProductNameCorrected() | e.ProductRetired():
                self._change_product(event, origin)
            case e.ReleaseNoteCorrected() | e.ReleaseWithdrawn():
                self._change_release(event, origin)
            case e.EntryMerged():
                self.elsewhere.merge(event, origin)
            case e.NumberGivenUp():
                self._give_up(event, origin)
            case _:
                self._change_installation(event, origin)

    def _found(self, event: e.RegistryFounded, origin: Origin) -> None:
        if self._founding is not None:
            raise ContradictionError(origin.entry, "the registry is founded a second time")
        self._founding = event

    def _product(self, event: e.ProductRegistered, origin: Origin) -> None:
        key = name_key(event.name)
        if event.number in self._products or key in self._numbers:
            raise ContradictionError(origin.entry, f"product {event.number} “{event.name}” is there already")
        self._check_not_given_up(NumberKind.PRODUCT, str(event.number), None, origin)
        self._products[event.number] = Product(event.number, event.name, event.code, State.ACTIVE, origin)
        self._numbers[key] = event.number
        self.highest_product = max(self.highest_product, event.number)

    def _release(self, event: e.ReleaseRegistered, origin: Origin) -> None:
        key = event.product, event.numeric
        if event.product not in self._products:
            raise ContradictionError(origin.entry, f"there is no product {event.product}")
        if key in self._releases or event.version_name in self._version_names:
            raise ContradictionError(origin.entry, f"release {event.version} ({event.version_name}) is there already")
        self._check_not_given_up(NumberKind.RELEASE, f"{event.product}.{event.numeric}", None, origin)
        self._check_not_given_up(NumberKind.VERSION_NAME, event.version_name, None, origin)
        uid = class_uid(self.founding.root, self.founding.scheme, event.product, event.numeric)
        self._releases[key] = Release(
            event.product, event.version, event.numeric, uid, event.version_name, event.note, State.ACTIVE, origin
        )
        self._version_names[event.version_name] = key

    def _assign(self, event: e.InstallationAssigned, origin: Origin) -> None:
        if event.component in self._installations:
            raise ContradictionError(origin.entry, f"installation {event.component} is there already")
        if event.product is not None and event.product not in self._products:
            raise ContradictionError(origin.entry, f"there is no product {event.product}")
        self._check_not_given_up(NumberKind.INSTALLATION, event.component, event.serial, origin)
        uid = installation_root(self.founding.root, self.founding.scheme, event.component)
        self._installations[event.component] = Installation(
            event.serial, event.component, uid, event.product, event.note, State.ACTIVE, origin
        )

    def _change_product(self, event: e.ProductNameCorrected | e.ProductRetired, origin: Origin) -> None:
        product = self._there(self._products.get(event.number), f"product {event.number}", origin)
        if isinstance(event, e.ProductRetired):
            self._products[event.number] = structs.replace(product, state=State.RETIRED)
        else:
            key = name_key(event.new)
            if self._numbers.get(key, event.number) != event.number:
                raise ContradictionError(origin.entry, f"two products would be called “{event.new}”")
            del self._numbers[name_key(product.name)]
            self._numbers[key] = event.number
            self._products[event.number] = structs.replace(product, name=event.new)
        self._note(subject_of_product(event.number), origin)

    def _change_release(self, event: e.ReleaseNoteCorrected | e.ReleaseWithdrawn, origin: Origin) -> None:
        key = event.product, event.numeric
        release = self._there(self._releases.get(key), f"release {event.numeric} of product {event.product}", origin)
        if isinstance(event, e.ReleaseWithdrawn):
            self._releases[key] = structs.replace(release, state=State.WITHDRAWN)
        else:
            self._releases[key] = structs.replace(release, note=event.new)
        self._note(subject_of_release(*key), origin)

    def _change_installation(
        self,
        event: e.InstallationProductCorrected
        | e.InstallationNoteCorrected
        | e.InstallationRetired
        | e.InstallationVoided
        | e.InstallationReinstated,
        origin: Origin,
    ) -> None:
        component = event.component
        held = self._there(self._installations.get(component), f"installation {component}", origin)
        match event:
            case e.InstallationProductCorrected():
                if event.new is not None:
                    self._there(self._products.get(event.new), f"product {event.new}", origin)
                changed = structs.replace(held, product=event.new)
            case e.InstallationNoteCorrected():
                changed = structs.replace(held, note=event.new)
            case e.InstallationRetired():
                changed = structs.replace(held, state=State.RETIRED)
            case e.InstallationVoided():
                changed = structs.replace(held, state=State.VOID)
            case e.InstallationReinstated():
                changed = structs.replace(held, state=State.ACTIVE)
            case _:
                assert_never(event)
        self._installations[component] = changed
        self._note(subject_of_installation(component), origin)

    def _give_up(self, event: e.NumberGivenUp, origin: Origin) -> None:
        self.elsewhere.give_up(event, origin)
        self.highest_product = max(self.highest_product, self.elsewhere.highest_product)
        subject = subject_of_event(event)
        if self._record(subject) is not None:
            self._note(subject, origin)

    def _check_not_given_up(self, kind: NumberKind, number: str, meant: str | None, origin: Origin) -> None:
        """A number given up is given to nothing; but a serial is the same unit, to which its root was given."""
        for each in self.elsewhere.given_up(kind, number):
            if each.meant != meant:
                raise ContradictionError(origin.entry, f"the {kind} {number} was given up in entry {each.origin.entry}")

    @staticmethod
    def _there(record: _Kept | None, called: str, origin: Origin) -> _Kept:
        if record is None:
            raise ContradictionError(origin.entry, f"there is no {called}")
        return record

    def _note(self, subject: Subject, origin: Origin) -> None:
        """Remember that this entry speaks of this record; once, even if two of its events do."""
        numbers = self._later.setdefault(subject, [])
        if origin.entry not in numbers[-1:]:
            numbers.append(origin.entry)


def fold(entries: Iterable[e.Entry]) -> Registry:
    """The registry that these entries make. Raises `ContradictionError` at the first that cannot follow."""
    registry = Registry()
    for entry in entries:
        registry.apply(entry)
    return registry


def subject_of_product(number: int) -> Subject:
    """What the events about one product have in common."""
    return "product", str(number)


def subject_of_release(product: int, numeric: str) -> Subject:
    """What the events about one release have in common."""
    return "release", str(product), numeric


def subject_of_installation(component: str) -> Subject:
    """What the events about one installation have in common."""
    return "installation", component


def subject_of_record(record: Record) -> Subject:
    """What the events about this record have in common."""
    match record:
        case Product():
            return subject_of_product(record.number)
        case Release():
            return subject_of_release(record.product, record.numeric)
        case Installation():
            return subject_of_installation(record.component)
        case _:
            assert_never(record)


def subject_of_event(event: e.Event) -> Subject:
    """Which record an event speaks of; the registry itself when it is its founding."""
    match event:
        case e.RegistryFounded():
            return ("registry",)
        case e.ProductRegistered() | e.ProductNameCorrected() | e.ProductRetired():
            return subject_of_product(event.number)
        case e.ReleaseRegistered() | e.ReleaseNoteCorrected() | e.ReleaseWithdrawn():
            return subject_of_release(event.product, event.numeric)
        case e.EntryMerged():
            return "entry", event.hash
        case e.NumberGivenUp():
            return _subject_of_number(event)
        case _:
            return subject_of_installation(event.component)


def _subject_of_number(event: e.NumberGivenUp) -> Subject:
    """The record that has here the number given up, if any has."""
    if event.kind is NumberKind.RELEASE:
        product, _, numeric = event.number.partition(".")
        return "release", product, numeric
    return event.kind.value, event.number
