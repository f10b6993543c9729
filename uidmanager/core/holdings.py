"""What is registered, and the look-ups in it. It is filled by the fold, which is the registry's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core import events as e
from uidmanager.core.elsewhere import Elsewhere
from uidmanager.core.entries import Entries, EntryList
from uidmanager.core.indexed import Indexed
from uidmanager.core.installations import Installations
from uidmanager.core.origins import Origins
from uidmanager.core.scheme import read_serial
from uidmanager.core.subjects import PRINTING, Subject, subject_of_event, subject_of_print_run, subject_of_record
from uidmanager.core.texts import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, ValuesView

    from uidmanager.core.records import Installation, Product, Record, Release

FIRST_HEAD: Final = "0" * 64


class Holdings:
    """What is registered after the entries applied so far. ``position`` is the number of the last, ``head`` its hash.

    ``imported`` is the number of the last entry that came from a document; 0 where the registry was not imported.
    ``entries`` holds them: a list unless another form is given, which must be empty.
    """

    def __init__(self, entries: Entries | None = None) -> None:
        self.head = FIRST_HEAD
        self.position = 0
        self.imported = 0
        self.entries: Entries = EntryList() if entries is None else entries
        self.highest_product = 0
        self.elsewhere = Elsewhere()
        self._founding: e.RegistryFounded | None = None
        self._products: dict[int, Product] = {}
        self._numbers: dict[str, int] = {}
        self._releases: dict[tuple[int, str], Release] = {}
        self._version_names: dict[str, tuple[int, str]] = {}
        self._origins = Origins()
        self._installations = Installations("", self._origins)
        self.indexed = Indexed(self._installations)
        self._later: dict[Subject, list[int]] = {}
        self._shares_later = False

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
    def source(self) -> e.RegistryImported | None:
        """What is said of the registry that this one goes on from; None where it was begun anew."""
        events = self.entries[0].events if self.imported else ()
        return next((event for event in events if isinstance(event, e.RegistryImported)), None)

    @property
    def indexed_arc(self) -> str | None:
        """The arc under which serials that are no numbers have an index each; None where there is none."""
        return self.indexed.arc

    @property
    def products(self) -> ValuesView[Product]:
        """All products, in the order they were registered."""
        return self._products.values()

    @property
    def releases(self) -> ValuesView[Release]:
        """All releases, in the order they were registered."""
        return self._releases.values()

    @property
    def installations(self) -> Installations:
        """All installations, in the order they were assigned."""
        return self._installations

    def product(self, number: int) -> Product | None:
        """The product with this number."""
        return self._products.get(number)

    def find_product(self, named: str) -> Product | None:
        """The product that a person means by a number or a name."""
        text = named.strip()
        if text.isascii() and text.isdigit() and len(text) <= len(str(self.highest_product)):
            return self._products.get(int(text))
        return self.product_called(text)

    def product_called(self, name: str) -> Product | None:
        """The product of this name; capitals and blanks make no difference."""
        number = self._numbers.get(name_key(name))
        return None if number is None else self._products[number]

    def product_with_gtin(self, gtin: str) -> Product | None:
        """The product that has this Global Trade Item Number, in 14 digits."""
        return next((product for product in self._products.values() if product.gtin == gtin), None)

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

    def installation_with(self, serial: str) -> Installation | None:
        """The installation that a person means by a serial: one with an index, else the one with these digits."""
        component = self.indexed.component_of(serial) or read_serial(serial).numeric
        return None if component is None else self._installations.get(component)

    def highest_serial(self, product: int | None = None) -> str | None:
        """The serial of digits with the highest number, as it is printed; of one product where it is given."""
        place = self._installations.highest(product)
        return None if place is None else self._installations.serial_text(place)

    def history_of(self, record: Record) -> list[e.Entry]:
        """The entries that speak of this record, oldest first."""
        return [self.entries[n - 1] for n in self.numbers_of(record)]

    def numbers_of(self, record: Record) -> list[int]:
        """The numbers of the entries that speak of this record, oldest first, each once."""
        return list(dict.fromkeys((record.origin.entry, *self.entries_on(subject_of_record(record)))))

    def entries_on(self, subject: Subject) -> list[int]:
        """The numbers of the entries that speak of a subject after those that made it, oldest first."""
        return [n for n in self._later.get(subject, ()) if n <= self.position]

    def entries_on_print_run(self, entry: int) -> list[int]:
        """The numbers of the entries that tell of reading back the labels printed in an entry."""
        return self.entries_on(subject_of_print_run(entry))

    @property
    def print_runs(self) -> list[int]:
        """The numbers of the entries in which labels were printed, oldest first."""
        return self.entries_on(PRINTING)

    def reads_of(self, installation: Installation) -> list[e.BarcodeRead]:
        """What scanners sent when this installation was assigned: mostly nothing, or one."""
        events = self.entries[installation.origin.entry - 1].events
        return [it for it in events if isinstance(it, e.BarcodeRead) and it.component == installation.component]

    def findings_on(self, installation: Installation) -> list[e.InstallationSeen]:
        """What was noted of an installation as seen in the field, in the order in which it was noted."""
        later = self.entries_on(subject_of_record(installation))
        events = (event for n in later for event in self.entries[n - 1].events)
        component = installation.component
        return [each for each in events if isinstance(each, e.InstallationSeen) and each.component == component]

    def records_in(self, entries: Iterable[e.Entry], *, besides_installations: bool = False) -> list[Record]:
        """The records these entries speak of, as they stand now, each once; without installations if so wished."""
        events = (event for entry in entries for event in entry.events)
        if besides_installations:
            events = (event for event in events if not hasattr(event, "component"))
        subjects = dict.fromkeys(map(subject_of_event, events))
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
