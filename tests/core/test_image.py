"""The state as plain values: what comes of it is the state, and goes on as the state would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.test_folding import SOME, _entries
from uidmanager.core import events as e
from uidmanager.core.entries import EntryList
from uidmanager.core.errors import ContradictionError
from uidmanager.core.images import Image
from uidmanager.core.registry import Registry, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIXED: list[list[e.Event]] = [
    [e.ReleaseRegistered(1, "1.0", "1.0", "ONE"), e.InstallationAssigned("007", "7", 1, "a note")],
    [e.ProductNameCorrected(1, "product 1", "Viewer"), e.InstallationAssigned("9" * 25, "9" * 25)],
    [e.InstallationRetired("7"), e.ReleaseWithdrawn(1, "1.0"), e.InstallationAssigned("SN 8", "8", 2**31)],
    [e.InstallationReinstated("7"), e.ProductRetired(0), e.InstallationNoteCorrected("8", None, "x")],
    [e.InstallationProductCorrected("8", 2**31, None), e.InstallationAssigned("3", "3", -1)],
]


def kept(registry: Registry) -> Image:
    """The image as it comes back from where it was kept."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(registry.image()), type=Image)


def _good(entries: Sequence[e.Entry]) -> Iterator[e.Entry]:
    """The entries up to the first that cannot follow."""
    registry = Registry()
    for entry in entries:
        try:
            registry.apply(entry)
        except ContradictionError:
            return
        yield entry


def _answers(registry: Registry) -> tuple[object, ...]:
    """All that a registry knows."""
    records = [*registry.products, *registry.releases, *registry.installations]
    return (
        (registry.head, registry.position, registry.founding, registry.highest_product),
        records,
        [[entry.n for entry in registry.history_of(record)] for record in records],
        [registry.installation(held.component) for held in registry.installations],
        list(registry.installations.in_order()),
        [registry.find_product(product.name) for product in registry.products],
        [registry.release_named(release.version_name) for release in registry.releases],
        registry.image(),
    )


def _check(entries: list[e.Entry], at: int) -> None:
    whole, before = fold(entries), fold(entries[:at])
    again = Registry.from_image(kept(before), EntryList(entries[:at]))
    assert _answers(again) == _answers(before)
    again.extend(entries[at:])
    assert _answers(again) == _answers(whole)
    assert list(again.entries) == entries


@pytest.mark.parametrize("at", range(1, 8))
def test_a_state_from_an_image_is_the_state(at: int) -> None:
    _check(_entries(*MIXED), at)


@given(events=st.lists(SOME, max_size=6), at=st.integers(1, 8))
@settings(deadline=None, max_examples=50)
def test_whatever_it_holds(events: list[list[e.Event]], at: int) -> None:
    entries = list(_good(_entries(*events)))
    _check(entries, min(at, len(entries)))


def test_it_is_the_same_however_far_the_state_is_sorted() -> None:
    registry = fold(_entries(*MIXED))
    before = registry.image()
    for _ in registry.settle():
        pass
    assert registry.image() == before


def test_that_of_a_copy_tells_nothing_of_what_came_later() -> None:
    entries = _entries(*MIXED)
    registry = fold(entries[:4])
    still, before = registry.still(), registry.image()
    registry.extend(entries[4:])
    assert still.image() == before


def test_what_does_not_fit_together_is_refused() -> None:
    entries = EntryList(_entries(*MIXED))
    image = fold(entries).image()
    origins, installations = image.origins, image.installations
    components = installations.components
    for wrong in (
        structs.replace(image, position=6),
        structs.replace(image, origins=structs.replace(origins, times=origins.times[:-1])),
        structs.replace(image, origins=structs.replace(origins, by=origins.by[:-4])),
        structs.replace(image, installations=structs.replace(installations, states=b"")),
        structs.replace(image, installations=structs.replace(installations, zeros=b"\0")),
        structs.replace(
            image,
            installations=structs.replace(installations, components=structs.replace(components, places=b"\0" * 4)),
        ),
    ):
        with pytest.raises(ValueError, match="image"):
            Registry.from_image(wrong, entries)


def test_before_the_founding_there_is_none() -> None:
    with pytest.raises(LookupError):
        Registry().image()
