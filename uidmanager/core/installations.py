"""All installations, in columns: a million of them in some thirty bytes each, and an `Installation` when it is asked.

Each has a place, a number from 0 in the order of assignment, which it keeps. Places are only ever added, and one field
of one place changes at a time, so that any thread may read without a lock while one writes. What counts as one state of
the registry is for `still`, or for who holds the writer off.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.components import Components, ComponentsImage
from uidmanager.core.records import Installation, LabelState, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from uidmanager.core.events import InstallationAssigned, InstallationImported
    from uidmanager.core.origins import Origins

    Given = InstallationAssigned | InstallationImported

STATES: Final = tuple(State)
"""The states by the number that `Installations.states` has for them."""

LABEL_STATES: Final = tuple(LabelState)
"""The states of labels by the number that `Installations` has for them."""

NO_PRODUCT: Final = -1
ODD_PRODUCT: Final = -2
ODD_SERIAL: Final = 255
_ACTIVE: Final = STATES.index(State.ACTIVE)
_LARGEST_PRODUCT: Final = 2**31 - 1
_PRINTS: Final = 4  # of the eight bits for a label the lowest two are its state, the others count the prints
_MANY_PRINTS: Final = 63
_STATE_OF_LABEL: Final = bytes(label % _PRINTS for label in range(256))


class Batch(Struct, frozen=True):
    """Assignments that are as regular as nearly all are, taken apart into columns; the notes by place.

    ``states`` has the states as places in `STATES`.
    """

    numbers: list[int]
    zeros: list[int]
    products: list[int]
    notes: dict[int, str]
    states: bytes


class InstallationsImage(Struct, frozen=True):
    """All installations as plain values; arrays as bytes."""

    components: ComponentsImage
    zeros: bytes
    odd_serials: dict[int, str]
    products: bytes
    odd_products: dict[int, int]
    entries: bytes
    states: bytes
    notes: dict[int, str]
    labels: bytes
    many_prints: dict[int, int]


class Installations:
    """The installations of a registry under ``arc``, the UID before their components.

    One whose serial has an index stands beside that arc, and has its own arc in its component.
    """

    def __init__(self, arc: str, origins: Origins) -> None:
        self._root = arc.rpartition(".")[0]
        self._arc = arc
        self._origins = origins
        self._count = 0
        self._components = Components()
        self._zeros = array("B")
        self._odd_serials: dict[int, str] = {}
        self._products = array("i")
        self._odd_products: dict[int, int] = {}
        self._entries = array("I")
        self._states = bytearray()
        self._labels = bytearray()
        self._many_prints: dict[int, int] = {}
        self._notes: dict[int, str] = {}
        self._is_shared = False

    # -- one at a time -----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Installation]:
        return map(self._made, range(self._count))

    def __getitem__(self, place: int) -> Installation:
        """The installation at a place, as it stands now. Raises `IndexError` where there is none."""
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self._made(place)

    def place_of(self, component: str) -> int | None:
        """The place of a component; None when it was never assigned."""
        place = self._components.place_of(component)
        return None if place is None or place >= self._count else place

    def get(self, component: str) -> Installation | None:
        """The installation whose serial has this component."""
        place = self.place_of(component)
        return None if place is None else self._made(place)

    def component_text(self, place: int) -> str:
        """The component at a place."""
        return self._components.text(place)

    def serial_text(self, place: int) -> str:
        """The serial at a place, as it is printed on the equipment."""
        zeros = self._zeros[place]
        if zeros == ODD_SERIAL:
            return self._odd_serials[place]
        return "0" * zeros + self._components.text(place)

    def uid_text(self, place: int) -> str:
        """The installation root at a place."""
        return self._uid(self._components.text(place))

    def product_of(self, place: int) -> int | None:
        """The number of the product at a place."""
        product = self._products[place]
        if product >= 0:
            return product
        return None if product == NO_PRODUCT else self._odd_products[place]

    def state_of(self, place: int) -> State:
        """Where the installation at a place stands."""
        return STATES[self._states[place]]

    def label_of(self, place: int) -> LabelState:
        """How far the label of the installation at a place is."""
        return LABEL_STATES[self._labels[place] % _PRINTS]

    def prints_of(self, place: int) -> int:
        """How often labels were printed for the installation at a place."""
        prints = self._labels[place] // _PRINTS
        return prints if prints < _MANY_PRINTS else self._many_prints[place]

    def note_of(self, place: int) -> str | None:
        """The note on the installation at a place."""
        return self._notes.get(place)

    def with_index(self) -> Iterator[tuple[str, int]]:
        """The serials that have an index, each with its place, in the order of assignment."""
        for place, component in self._components.texts.items():
            if "." in component and place < self._count:
                yield self.serial_text(place), place

    def entry_of(self, place: int) -> int:
        """The number of the entry that assigned the installation at a place; `origins` knows more of it."""
        return self._entries[place]

    def highest(self, product: int | None = None) -> int | None:
        """The place of the highest number that is a serial's component; of one product where it is given."""
        if product is None:
            return self._components.highest()
        if 0 <= product <= _LARGEST_PRODUCT:
            return self._components.highest(self._products, product)
        return self._components.highest([self.product_of(place) == product for place in range(self._count)], 1)

    def in_order(self) -> array[int]:
        """All places in the order of their components; a few milliseconds for a million once they are settled."""
        return self._components.in_order()

    @property
    def arc(self) -> str:
        """The UID of the arc under which those stand whose component is the digits of their serial."""
        return self._arc

    # -- whole columns by place, for who searches and sorts; never to be changed, nor kept hold of by a memoryview -----

    @property
    def components(self) -> Components:
        """The components, as numbers and as text."""
        return self._components

    @property
    def zeros(self) -> array[int]:
        """How many zeros stand before the component on the equipment; `ODD_SERIAL`: see `odd_serials`."""
        return self._zeros

    @property
    def odd_serials(self) -> Mapping[int, str]:
        """The serials that are not zeros and their component."""
        return self._odd_serials

    @property
    def products(self) -> array[int]:
        """The product numbers; `NO_PRODUCT` for none, `ODD_PRODUCT` for one that does not fit: ask `product`."""
        return self._products

    @property
    def entries(self) -> array[int]:
        """The numbers of the entries that assigned them."""
        return self._entries

    @property
    def states(self) -> bytearray:
        """The states, as places in `STATES`."""
        return self._states

    def label_states(self, start: int, end: int) -> bytes:
        """How far the labels are from one place to before another, as places in `LABEL_STATES`."""
        return bytes(self._labels[start:end]).translate(_STATE_OF_LABEL)

    @property
    def notes(self) -> Mapping[int, str]:
        """The notes, of the places that have one."""
        return self._notes

    @property
    def origins(self) -> Origins:
        """When, by whom and where each entry was written."""
        return self._origins

    # -- changes -----------------------------------------------------------------------------------------------------

    def add(self, serial: str, component: str, product: int | None, note: str | None, entry: int) -> int | None:
        """Give the next place to an installation that is active; None when its component has one already."""
        if self._is_shared:
            self._part()
        place = self._components.add(component)
        if place is None:
            return None
        zeros = len(serial) - len(component)
        if not 0 <= zeros < ODD_SERIAL or serial != "0" * zeros + component:
            self._odd_serials[place] = serial
            zeros = ODD_SERIAL
        self._zeros.append(zeros)
        self._products.append(NO_PRODUCT if product is None else self._fitting(place, product))
        self._entries.append(entry)
        self._states.append(_ACTIVE)
        self._labels.append(0)
        if note is not None:
            self._notes[place] = note
        self._count = place + 1  # only now is it there for others
        return place

    def batch(self, events: Sequence[Given], states: bytes = b"") -> Batch | None:
        """Many assignments made ready for `add_batch`; None where one of them needs `add`, which looks more closely.

        They are active unless their ``states`` are given, as places in `STATES`.
        """
        serials, components = [event.serial for event in events], [event.component for event in events]
        numbers = self._components.numbers_of(components)
        lengths = list(map(len, serials))
        if numbers is None or list(map(str.zfill, components, lengths)) != serials:
            return None
        zeros = [length - short for length, short in zip(lengths, map(len, components), strict=True)]
        products = [event.product for event in events]
        named = {product for product in products if product is not None}
        if max(zeros) >= ODD_SERIAL or not all(0 <= product <= _LARGEST_PRODUCT for product in named):
            return None
        notes = {at: event.note for at, event in enumerate(events, self._count) if event.note is not None}
        columns = [NO_PRODUCT if product is None else product for product in products]
        return Batch(numbers, zeros, columns, notes, states or bytes((_ACTIVE,)) * len(numbers))

    def add_batch(self, batch: Batch, entries: Iterable[int]) -> None:
        """Give the next places to a batch just made ready, of these entries."""
        if self._is_shared:
            self._part()
        self._components.add_numbers(batch.numbers)
        self._zeros.extend(batch.zeros)
        self._products.extend(batch.products)
        self._entries.extend(entries)
        self._states.extend(batch.states)
        self._labels.extend(bytes(len(batch.states)))
        self._notes.update(batch.notes)
        self._count += len(batch.numbers)  # only now are they there for others

    def put(self, changed: Installation) -> None:
        """Have product, note, state and label of this installation instead.

        Raises `KeyError` where it was never assigned.
        """
        place = self.place_of(changed.component)
        if place is None:
            raise KeyError(changed.component)
        self._products[place] = NO_PRODUCT if changed.product is None else self._fitting(place, changed.product)
        self._states[place] = STATES.index(changed.state)
        if changed.prints >= _MANY_PRINTS:
            self._many_prints[place] = changed.prints
        self._labels[place] = min(changed.prints, _MANY_PRINTS) * _PRINTS + LABEL_STATES.index(changed.label)
        if changed.note is None:
            self._notes.pop(place, None)
        else:
            self._notes[place] = changed.note

    def settle(self) -> Iterator[None]:
        """Sort what was assigned since the last time, in small steps. See `Components.settle`."""
        return self._components.settle()

    def image(self) -> InstallationsImage:
        """All there is; where they stand and their origins are told elsewhere."""
        count = self._count
        return InstallationsImage(
            self._components.image(),
            self._zeros[:count].tobytes(),
            {place: serial for place, serial in self._odd_serials.items() if place < count},
            self._products.tobytes(),
            {place: product for place, product in self._odd_products.items() if self._products[place] == ODD_PRODUCT},
            self._entries[:count].tobytes(),
            bytes(self._states),
            dict(sorted(self._notes.items())),
            bytes(self._labels),
            self._many_prints.copy(),
        )

    @staticmethod
    def from_image(image: InstallationsImage, arc: str, origins: Origins) -> Installations:
        """What an image was made of. Raises `ValueError` when its parts do not fit together."""
        made = Installations(arc, origins)
        made._components = Components.from_image(image.components)
        made._zeros.frombytes(image.zeros)
        made._products.frombytes(image.products)
        made._entries.frombytes(image.entries)
        made._states += image.states
        made._odd_serials, made._odd_products, made._notes = image.odd_serials, image.odd_products, image.notes
        made._labels += image.labels
        made._many_prints = image.many_prints
        made._count = len(made._components)
        columns = made._zeros, made._products, made._entries, made._states, made._labels
        if set(map(len, columns)) != {made._count}:
            raise ValueError("the columns of an image are not of one length")
        return made

    def still(self, origins: Origins) -> Installations:
        """As they are now, with origins that hold still as well. What only grows is shared until the copy changes."""
        twin = Installations(self._arc, origins)
        twin._count = self._count
        twin._components = self._components.still()
        twin._zeros, twin._odd_serials, twin._entries = self._zeros, self._odd_serials, self._entries
        twin._products, twin._odd_products = self._products[:], self._odd_products.copy()
        twin._states, twin._notes = self._states[:], self._notes.copy()
        twin._labels, twin._many_prints = self._labels[:], self._many_prints.copy()
        twin._is_shared = True
        return twin

    def _part(self) -> None:
        """Have all to itself what was shared until now."""
        self._zeros, self._entries = self._zeros[: self._count], self._entries[: self._count]
        self._odd_serials = {place: serial for place, serial in self._odd_serials.items() if place < self._count}
        self._is_shared = False

    def _fitting(self, place: int, product: int) -> int:
        """What stands for a product number in its column."""
        if 0 <= product <= _LARGEST_PRODUCT:
            return product
        self._odd_products[place] = product
        return ODD_PRODUCT

    def _made(self, place: int) -> Installation:
        component = self._components.text(place)
        return Installation(
            self.serial_text(place),
            component,
            self._uid(component),
            self.product_of(place),
            self._notes.get(place),
            STATES[self._states[place]],
            self._origins[self._entries[place]],
            self.label_of(place),
            self.prints_of(place),
        )

    def _uid(self, component: str) -> str:
        """`scheme.installation_root`, for a million of them."""
        return f"{self._root}.{component}" if "." in component else f"{self._arc}.{component}"
