"""What holds now: the state folded from the ledger's entries, and the look-ups in it.

The fold believes nothing: an event that would give a number twice, or speaks of a record that is not there, is a
contradiction and stops it. So a ledger that was put together wrongly is found by being read.
"""

from __future__ import annotations

from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING, Final, TypeVar, assert_never, cast

from msgspec import structs

from uidmanager.core import events as e
from uidmanager.core.arrivals import as_given_up, as_registered, has_fitting_state
from uidmanager.core.changes import (
    InstallationChange,
    ProductChange,
    ReleaseChange,
    installation_after,
    product_after,
    release_after,
)
from uidmanager.core.elsewhere import Elsewhere
from uidmanager.core.entries import Entries
from uidmanager.core.errors import ContradictionError
from uidmanager.core.holdings import Holdings
from uidmanager.core.images import Image
from uidmanager.core.indexed import Indexed
from uidmanager.core.installations import STATES, Installations
from uidmanager.core.origins import Origins
from uidmanager.core.records import Installation, NumberKind, Origin, Product, Release, State
from uidmanager.core.scheme import class_uid, installations_arc, is_arc, is_index
from uidmanager.core.subjects import (
    PRINTING,
    Subject,
    subject_of_event,
    subject_of_installation,
    subject_of_print_run,
    subject_of_product,
    subject_of_release,
    told_of_records,
)
from uidmanager.core.texts import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    _Given = e.InstallationAssigned | e.InstallationImported

_FEW: Final = 8
_IN_COLUMNS: Final = frozenset({e.InstallationAssigned, e.InstallationImported})
_Kept = TypeVar("_Kept", Product, Release, Installation)


class Registry(Holdings):
    """The state after the entries applied so far. Each copy of it, and each image, is of one moment."""

    def still(self) -> Registry:
        """A copy that later entries do not change; the records are the same ones, which never change."""
        twin = Registry(self.entries.still())
        twin.head, twin.position, twin.highest_product = self.head, self.position, self.highest_product
        twin.imported = self.imported
        twin._founding, twin.elsewhere = self._founding, self.elsewhere.copy()
        twin._products, twin._numbers = self._products.copy(), self._numbers.copy()
        twin._releases, twin._version_names = self._releases.copy(), self._version_names.copy()
        twin._origins = self._origins.still()
        twin._installations = self._installations.still(twin._origins)
        twin.indexed = self.indexed.still(twin._installations)
        # Entries after its position mean nothing to the twin, until it takes in some of its own.
        twin._later, twin._shares_later = self._later, True
        return twin

    def image(self) -> Image:
        """The state, to be kept apart from the ledger. Raises `LookupError` before the registry is founded."""
        later = ((subject, [n for n in numbers if n <= self.position]) for subject, numbers in self._later.items())
        return Image(
            self.head,
            self.position,
            self.founding,
            list(self._products.values()),
            list(self._releases.values()),
            self._origins.image(),
            self._installations.image(),
            self.elsewhere.image(),
            [(subject, numbers) for subject, numbers in later if numbers],
            self.imported,
            self.indexed.arc,
        )

    @staticmethod
    def from_image(image: Image, entries: Entries) -> Registry:
        """The state that an image was made of, with the entries that it is the state after.

        Raises `ValueError` when the image does not fit together, or the entries are not of that number.
        """
        made = Registry(entries)
        made.head, made.position, made._founding = image.head, image.position, image.founding
        made.imported = image.imported
        made._products = {product.number: product for product in image.products}
        made._numbers = {name_key(product.name): product.number for product in image.products}
        made.elsewhere = Elsewhere.from_image(image.elsewhere)
        made.highest_product = max((made.elsewhere.highest_product, *made._products))
        made._releases = {(release.product, release.numeric): release for release in image.releases}
        made._version_names = {release.version_name: key for key, release in made._releases.items()}
        made._origins = Origins.from_image(image.origins)
        made._installations = Installations.from_image(
            image.installations, installations_arc(image.founding.root, image.founding.scheme), made._origins
        )
        made.indexed = Indexed.again(image.indexed_arc, made._installations, made.elsewhere.roots_given_up)
        made._later = dict(image.later)
        if not len(entries) == len(made._origins) == image.position:
            raise ValueError("the entries are not those of the image")
        return made

    def settle(self) -> Iterator[None]:
        """Have what was taken in lie as is best for the long run: in small steps, in which all look-ups hold."""
        return self._installations.settle()

    # -- the fold ----------------------------------------------------------------------------------------------------

    def apply(self, entry: e.Entry) -> None:
        """Take in the next entry. Raises `ContradictionError` when it cannot follow what is here; then fold anew."""
        self.extend((entry,))

    def extend(self, entries: Sequence[e.Entry]) -> None:
        """Take in the next entries. At a `ContradictionError` all before it are in `entries`; then fold anew."""
        before = self.position
        if self._shares_later:  # from here on what others wrote after this means something else
            self._later = {told: [n for n in numbers if n <= before] for told, numbers in self._later.items()}
            self._shares_later = False
        try:
            for kind, group in groupby(entries, _only_kind):
                run = list(group)
                is_worth_it = kind in _IN_COLUMNS and (len(run) > 1 or len(run[0].events) > _FEW)
                if not is_worth_it or not self._assign_all(run):
                    for entry in run:
                        self._follow(entry)
        finally:
            taken = self.position - before
            self.entries.extend(entries if taken == len(entries) else entries[:taken])

    def _follow(self, entry: e.Entry) -> None:
        if entry.n != self.position + 1:
            raise ContradictionError(entry.n, f"it is numbered {entry.n} where {self.position + 1} is due")
        if (self._founding is None) == (not entry.events or not isinstance(entry.events[0], e.RegistryFounded)):
            raise ContradictionError(entry.n, "the registry is founded by its first entry and by no other")
        origin = self._origins.add(entry.at, entry.by, entry.station)
        for event in entry.events:
            self._take_in(event, origin)
        self.position = entry.n
        self.head = entry.h

    def _take_in(self, event: e.Event, origin: Origin) -> None:
        match event:
            case e.InstallationAssigned():
                self._assign_by_digits(event, origin)
            case e.InstallationIndexed():
                self._assign_indexed(event, origin)
            case e.ReleaseRegistered():
                self._release(event, origin)
            case e.ProductRegistered():
                self._product(event, origin)
            case _ if isinstance(event, ProductChange):
                self._change_product(event, origin)
            case _ if isinstance(event, ReleaseChange):
                self._change_release(event, origin)
            case _ if isinstance(event, InstallationChange):
                self._change_installation(event, origin)
            case _:
                self._take_in_other(event, origin)

    def _take_in_other(
        self, event: e.RegistryEvent | e.LabelMissed | e.MergeEvent | e.ImportEvent, origin: Origin
    ) -> None:
        """What is about no record, or brings one from elsewhere."""
        match event:
            case e.RegistryFounded():
                self._found(event, origin)
            case e.IndexedArcOpened():
                self._open_arc(event, origin)
            case e.SpreadsheetImported():
                pass  # what was taken over from it follows
            case e.LabelMissed():
                self._check_printed(event.printed, origin)
                self._note(subject_of_event(event), origin)
            case e.EntryMerged():
                self.elsewhere.merge(event, origin)
            case e.NumberGivenUp():
                self._give_up(event, origin)
            case _:
                self._import(event, origin)

    def _found(self, event: e.RegistryFounded, origin: Origin) -> None:
        if self._founding is not None:
            raise ContradictionError(origin.entry, "the registry is founded a second time")
        self._founding = event
        self._installations = Installations(installations_arc(event.root, event.scheme), self._origins)
        self.indexed = Indexed(self._installations)

    def _open_arc(self, event: e.IndexedArcOpened, origin: Origin) -> None:
        scheme = self.founding.scheme
        if self.indexed.arc is not None:
            raise ContradictionError(origin.entry, "the indexed arc is open already")
        if event.arc in {scheme.releases, scheme.installations} or not is_arc(event.arc):
            raise ContradictionError(origin.entry, f"arc {event.arc} cannot be that of indices")
        self.indexed.arc = event.arc
        for component in self.elsewhere.roots_given_up:
            self.indexed.reach(component)

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

    def _assign(self, event: e.InstallationAssigned | e.InstallationIndexed, origin: Origin) -> int:
        if event.product is not None and event.product not in self._products:
            raise ContradictionError(origin.entry, f"there is no product {event.product}")
        self._check_not_given_up(NumberKind.INSTALLATION, event.component, event.serial, origin)
        place = self._installations.add(event.serial, event.component, event.product, event.note, origin.entry)
        if place is None:
            raise ContradictionError(origin.entry, f"installation {event.component} is there already")
        return place

    def _assign_by_digits(self, event: e.InstallationAssigned, origin: Origin) -> None:
        if "." in event.component:
            raise ContradictionError(origin.entry, f"{event.component} is no component under the arc of installations")
        self._assign(event, origin)

    def _assign_indexed(self, event: e.InstallationIndexed, origin: Origin) -> None:
        arc, _, index = event.component.partition(".")
        if arc != self.indexed.arc or not is_index(index):
            raise ContradictionError(origin.entry, f"{event.component} is no component under the indexed arc")
        if self.indexed.component_of(event.serial) is not None:
            raise ContradictionError(origin.entry, f"serial {event.serial} has an index already")
        self.indexed.add(event.serial, self._assign(event, origin))

    def _assign_all(self, entries: list[e.Entry]) -> bool:
        """Take in entries that only assign, all at once; False, and nothing done, when one needs a closer look.

        What is checked is what `_follow` checks. A ledger of a million is nearly all such entries.
        """
        events = cast("list[_Given]", [event for entry in entries for event in told_of_records(entry)])
        numbers = [entry.n for entry in entries]
        products = {event.product for event in events if event.product is not None}
        if numbers != list(range(self.position + 1, self.position + 1 + len(entries))):
            return False
        if self._founding is None or not products <= self._products.keys():
            return False
        given_up = self.elsewhere.roots_given_up
        if given_up and not given_up.isdisjoint(event.component for event in events):
            return False
        imported = [event for event in events if isinstance(event, e.InstallationImported)]
        if imported and not (self._may_import(entries[0].n) and all(map(has_fitting_state, imported))):
            return False
        batch = self._installations.batch(events, bytes(STATES.index(event.state) for event in imported))
        if batch is None:
            return False
        self.imported = entries[-1].n if imported else self.imported
        self._origins.add_many(entries)
        counts = [len(told_of_records(entry)) for entry in entries]
        self._installations.add_batch(batch, chain.from_iterable(map(repeat, numbers, counts)))
        self.position, self.head = entries[-1].n, entries[-1].h
        return True

    # -- what comes from another registry in a document --------------------------------------------------------------

    def _import(self, event: e.ImportEvent, origin: Origin) -> None:
        is_beginning = isinstance(event, e.RegistryImported)
        if (origin.entry > 1 or self.imported) if is_beginning else not self._may_import(origin.entry):
            raise ContradictionError(origin.entry, "a registry is imported when it is founded, and at no other time")
        self.imported = origin.entry
        if isinstance(event, e.GivenUpImported):
            self._give_up(*as_given_up(event, origin))
        elif isinstance(event, e.RecordImported):
            self._import_record(event, origin)

    def _may_import(self, n: int) -> bool:
        """Whether entry ``n`` may still belong to the import, in which all entries follow on one another."""
        return self.imported > 0 and n - self.imported <= 1

    def _import_record(self, event: e.RecordImported, origin: Origin) -> None:
        if not has_fitting_state(event):
            raise ContradictionError(origin.entry, f"what is imported cannot be {event.state} like this")
        self._take_in(as_registered(event), origin)
        match event:
            case e.ProductImported(number=number):
                self._products[number] = structs.replace(self._products[number], state=event.state)
            case e.ReleaseImported(product=product, numeric=numeric):
                held = self._releases[product, numeric]
                self._releases[product, numeric] = structs.replace(held, state=event.state)
            case e.InstallationImported(component=component):
                installation = self._there(self._installations.get(component), f"installation {component}", origin)
                self._installations.put(structs.replace(installation, state=event.state))
            case _:
                assert_never(event)

    # -- what becomes of what is registered --------------------------------------------------------------------------

    def _change_product(self, event: ProductChange, origin: Origin) -> None:
        product = self._there(self._products.get(event.number), f"product {event.number}", origin)
        if isinstance(event, e.ProductNameCorrected):
            self._rename(product, event.new, origin)
        if isinstance(event, e.ProductGtinSet):
            holder = event.new and self.product_with_gtin(event.new)
            if holder and holder.number != event.number:
                raise ContradictionError(origin.entry, f"two products would have the GTIN {event.new}")
        self._products[event.number] = product_after(product, event)
        self._note(subject_of_product(event.number), origin)

    def _rename(self, product: Product, name: str, origin: Origin) -> None:
        key = name_key(name)
        if self._numbers.get(key, product.number) != product.number:
            raise ContradictionError(origin.entry, f"two products would be called “{name}”")
        del self._numbers[name_key(product.name)]
        self._numbers[key] = product.number

    def _change_release(self, event: ReleaseChange, origin: Origin) -> None:
        key = event.product, event.numeric
        release = self._there(self._releases.get(key), f"release {event.numeric} of product {event.product}", origin)
        self._releases[key] = release_after(release, event)
        self._note(subject_of_release(*key), origin)

    def _change_installation(self, event: InstallationChange, origin: Origin) -> None:
        component = event.component
        held = self._there(self._installations.get(component), f"installation {component}", origin)
        if isinstance(event, e.BarcodeRead) and held.origin.entry == origin.entry:
            return  # it stands where it is looked for
        if isinstance(event, e.InstallationProductCorrected) and event.new is not None:
            self._there(self._products.get(event.new), f"product {event.new}", origin)
        if isinstance(event, e.LabelChecked):
            self._check_printed(event.printed, origin)
            self._note(subject_of_print_run(event.printed), origin)
        if isinstance(event, e.LabelPrinted):
            self._note(PRINTING, origin)
        self._installations.put(installation_after(held, event))
        self._note(subject_of_installation(component), origin)

    def _check_printed(self, printed: int, origin: Origin) -> None:
        if not 1 <= printed < origin.entry:
            raise ContradictionError(origin.entry, f"it checks labels that entry {printed} is to have printed")

    def _give_up(self, event: e.NumberGivenUp, origin: Origin) -> None:
        self.elsewhere.give_up(event, origin)
        if event.kind is NumberKind.INSTALLATION:
            self.indexed.reach(event.number)
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


def fold(entries: Sequence[e.Entry]) -> Registry:
    """The registry that these entries make. Raises `ContradictionError` at the first that cannot follow."""
    registry = Registry(entries.blank() if isinstance(entries, Entries) else None)
    registry.extend(entries)
    return registry


def _only_kind(entry: e.Entry) -> type[e.Event] | None:
    """The one kind of event that there is in an entry beside the file; None where there are several, or none."""
    kinds = set(map(type, told_of_records(entry)))
    return kinds.pop() if len(kinds) == 1 else None
