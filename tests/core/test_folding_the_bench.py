"""An indexed arc, GTINs, rules for serials, scans, labels and their checks: what cannot follow stops the fold."""

from __future__ import annotations

import msgspec
import pytest

from tests.core.conftest import ROOT
from uidmanager.core import events as e
from uidmanager.core.entries import EntryList
from uidmanager.core.errors import ContradictionError
from uidmanager.core.images import Image
from uidmanager.core.print_runs import print_run
from uidmanager.core.records import LabelState, NumberKind, Past, Scheme, SerialRule, State
from uidmanager.core.registry import Registry, fold

AT = "2026-11-22T21:06:42.123456Z"
FOUNDED = e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "r", "Acme", ROOT, Scheme())
GTIN = "09521234543213"
PAST = Past(3, AT, "anna", "LINE-3")
IMPORTED = e.RegistryImported("x.json", "a" * 64, "old", 9, "b" * 64, AT, "anna", "LINE-3", "0.2.0")


def entries(*events: tuple[e.Event, ...]) -> list[e.Entry]:
    return [
        e.Entry(f"{n:064x}", n, f"id-{n}", AT, "anna", "LINE-3", "0.1.0", None, each)
        for n, each in enumerate(events, 1)
    ]


def bench(*events: tuple[e.Event, ...]) -> list[e.Entry]:
    """An arc, two products, a unit with digits, one with an index that was scanned; labels, printed in entry 4."""
    return entries(
        (FOUNDED, e.IndexedArcOpened("3")),
        (e.ProductRegistered(1, "Viewer"), e.ProductGtinSet(1, None, GTIN), e.ProductRegistered(2, "CT Console")),
        (
            e.InstallationAssigned("017", "17", 2),
            e.InstallationIndexed("SN-A17", "3.5", 1, "a note"),
            e.BarcodeRead("3.5", "]d221SN-A17", "]d2", GTIN),
        ),
        (e.LabelPrinted("3.5", "a4", "SN-A17", 2), e.LabelPrinted("17", "a4", "017")),
        *events,
    )


@pytest.mark.parametrize(
    ("event", "why"),
    [
        pytest.param(e.IndexedArcOpened("3"), "open already", id="the arc is opened twice"),
        pytest.param(e.IndexedArcOpened("4"), "open already", id="a second arc"),
        pytest.param(e.ProductGtinSet(2, None, GTIN), "two products would have the GTIN", id="a GTIN of another"),
        pytest.param(e.ProductGtinSet(9, None, GTIN), "no product 9", id="a GTIN of no product"),
        pytest.param(e.ProductSerialsSet(9, SerialRule(), SerialRule(True)), "no product 9", id="serials of none"),
        pytest.param(e.ProductNoteCorrected(9, None, "x"), "no product 9", id="a note on no product"),
        pytest.param(e.InstallationIndexed("SN-B", "3.5"), "there already", id="an index given twice"),
        pytest.param(e.InstallationIndexed("SN-A17", "3.6"), "has an index already", id="a serial with two indices"),
        pytest.param(e.InstallationIndexed(" sn-a17", "3.6"), "has an index already", id="the same in small letters"),
        pytest.param(e.InstallationIndexed("SN-B", "4.6"), "no component under the indexed arc", id="another arc"),
        pytest.param(e.InstallationIndexed("SN-B", "2.6"), "no component under the indexed arc", id="that of digits"),
        pytest.param(e.InstallationIndexed("SN-B", "3."), "no component under the indexed arc", id="no index"),
        pytest.param(e.InstallationIndexed("SN-B", "3"), "no component under the indexed arc", id="no dot"),
        pytest.param(e.InstallationIndexed("SN-B", "3.06"), "no component under the indexed arc", id="a leading zero"),
        pytest.param(e.InstallationIndexed("SN-B", "3.6.1"), "no component under the indexed arc", id="two dots"),
        pytest.param(e.InstallationIndexed("SN-B", "3.٣"), "no component under the indexed arc", id="other digits"),
        pytest.param(e.InstallationIndexed("SN-B", "3." + "9" * 5000), "no component under", id="5000 digits"),
        pytest.param(e.InstallationIndexed("SN-B", "3.6", 9), "no product 9", id="an index for no product"),
        pytest.param(e.InstallationAssigned("3.6", "3.6"), "no component under the arc of", id="digits with a dot"),
        pytest.param(e.BarcodeRead("3.6", "x"), "no installation 3.6", id="a scan of no unit"),
        pytest.param(e.LabelPrinted("18", "a4", "x"), "no installation 18", id="a label of no unit"),
        pytest.param(e.LabelChecked("3.6", 4, "x"), "no installation 3.6", id="a check of no unit"),
        pytest.param(e.LabelChecked("3.5", 5, "x"), "entry 5 is to have printed", id="a check of its own entry"),
        pytest.param(e.LabelChecked("3.5", 0, "x"), "entry 0 is to have printed", id="a check of no entry"),
        pytest.param(e.LabelMissed(5, "x", "twice"), "entry 5 is to have printed", id="a miss in its own entry"),
        pytest.param(e.LabelMissed(-1, "x", "twice"), "entry -1 is to have printed", id="a miss in no entry"),
        pytest.param(e.InstallationImported("SN-B", "3.6", PAST), "imported when it is founded", id="a late import"),
    ],
)  # fmt: skip
def test_what_cannot_be_stops_the_fold(event: e.Event, why: str) -> None:
    with pytest.raises(ContradictionError, match=why):
        fold(bench((event,)))


@pytest.mark.parametrize("arc", ["1", "2", "03", "", "x", "3.4", "1234567890", "٣"])
def test_an_arc_with_another_meaning_or_none_stops_the_fold(arc: str) -> None:
    with pytest.raises(ContradictionError, match="cannot be that of indices"):
        fold(entries((FOUNDED, e.IndexedArcOpened(arc))))


def test_an_index_before_there_is_an_arc_stops_the_fold() -> None:
    with pytest.raises(ContradictionError, match="no component under the indexed arc"):
        fold(entries((FOUNDED,), (e.InstallationIndexed("SN-B", "3.6"),)))


def test_an_index_given_up_is_for_no_other_serial_and_is_never_the_next_one() -> None:
    given_up = e.NumberGivenUp(NumberKind.INSTALLATION, "3.9", "SN-Z")
    registry = fold(bench((given_up,)))
    assert registry.indexed.next_component() == "3.10"
    with pytest.raises(ContradictionError, match="given up in entry 5"):
        registry.apply(bench((given_up,), (e.InstallationIndexed("SN-B", "3.9"),))[-1])
    own = fold(bench((given_up,), (e.InstallationIndexed("SN-Z", "3.9"),)))
    assert own.indexed.next_component() == "3.10"


def test_what_was_given_up_before_the_arc_was_opened_counts_as_well() -> None:
    given_up = e.NumberGivenUp(NumberKind.INSTALLATION, "3.9", "SN-Z")
    long = e.NumberGivenUp(NumberKind.INSTALLATION, "3." + "9" * 5000, "SN-Y")  # no root can have it
    registry = fold(entries((FOUNDED, given_up, long), (e.IndexedArcOpened("3"),)))
    assert registry.indexed.next_component() == "3.10"


LATER: tuple[tuple[e.Event, ...], ...] = (
    (e.LabelChecked("3.5", 4, "SN-A17"), e.LabelMissed(4, "SN-Q", "not in this batch")),
    (e.ProductSerialsSet(1, SerialRule(), SerialRule(True, "SN-.*", "SN-1")), e.ProductNoteCorrected(1, None, "old")),
    *((e.LabelPrinted("3.5", "a4", "SN-A17"),) for _ in range(70)),
    (e.InstallationIndexed("0000017A", "3.6"), e.InstallationIndexed("99", "3.8"), e.InstallationVoided("3.8")),
    (e.ProductGtinSet(1, GTIN, None), e.ProductGtinSet(2, None, GTIN), e.LabelChecked("3.5", 76, "x")),
    (e.NumberGivenUp(NumberKind.INSTALLATION, "3.20", "SN-Z"),),
)


def answers(registry: Registry) -> tuple[object, ...]:
    held = list(registry.installations)
    return (
        registry.indexed_arc,
        registry.indexed.next_component(),
        list(registry.products),
        held,
        [registry.installation_with(one.serial.lower()) for one in held],
        [registry.indexed.with_digits(digits) for digits in ("99", "17", "98")],
        [print_run(registry, n) for n in range(1, registry.position + 1)],
        [registry.reads_of(one) for one in held],
        [registry.numbers_of(one) for one in held],
        registry.product_with_gtin(GTIN),
        [registry.highest_serial(number) for number in (None, 1, 2)],
        registry.image(),
    )


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 6, 40, 70, 76, 77, 78, 79])
def test_a_state_from_an_image_is_the_state_and_goes_on_as_it_would(at: int) -> None:
    everything = bench(*LATER)
    before, whole = fold(everything[:at]), fold(everything)
    image = msgspec.msgpack.decode(msgspec.msgpack.encode(before.image()), type=Image)
    again = Registry.from_image(image, EntryList(everything[:at]))
    assert answers(again) == answers(before)
    again.extend(everything[at:])
    assert answers(again) == answers(whole)


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 40, 77])
def test_a_copy_that_holds_still_tells_nothing_of_what_came_later_and_can_go_its_own_way(at: int) -> None:
    everything = bench(*LATER)
    registry, as_it_was = fold(everything[:at]), fold(everything[:at])
    still, other = registry.still(), registry.still()
    registry.extend(everything[at:])
    assert answers(still) == answers(as_it_was)
    assert answers(still.still()) == answers(as_it_was)
    own = [e.Entry(f"{n:064x}", n, "x", AT, "ben", "LINE-4", "0.1.0", None, each) for n, each in _own(at)]
    other.extend(own)
    as_it_was.extend(own)
    assert answers(other)[:-1] == answers(as_it_was)[:-1]  # but for how names are numbered
    assert answers(registry) == answers(fold(everything))


def _own(at: int) -> list[tuple[int, tuple[e.Event, ...]]]:
    """What a copy writes by itself, beside what came where it was made."""
    return [
        (at + 1, (e.InstallationAssigned("5", "5"),)),
        (at + 2, (e.InstallationIndexed("0000017b", "3.77"), e.LabelPrinted("3.77", "a4", "x"))),
    ]


def test_a_serial_that_only_another_copy_has_is_not_found_at_its_place() -> None:
    registry = fold(bench())
    still = registry.still()
    registry.extend(bench((e.InstallationIndexed("SN-NEW", "3.6"),))[4:])
    still.extend(bench((e.InstallationAssigned("4711", "4711"),))[4:])  # at the very place of SN-NEW
    assert still.installation_with("SN-NEW") is None
    assert still.indexed.component_of("SN-A17") == "3.5"


def test_labels_go_from_assigned_to_labelled_to_checked_and_back_when_they_are_printed_again() -> None:
    everything = bench(*LATER)
    seen = []
    for count in (3, 4, 5, 7, 76, 78):
        held = fold(everything[:count]).installation("3.5")
        assert held is not None
        seen.append((held.label, held.prints))
    assert seen == [
        (LabelState.ASSIGNED, 0),
        (LabelState.LABELLED, 1),
        (LabelState.CHECKED, 1),
        (LabelState.LABELLED, 2),
        (LabelState.LABELLED, 71),
        (LabelState.CHECKED, 71),
    ]


def test_what_is_imported_with_an_index_is_found_by_it() -> None:
    gone = e.InstallationImported("SN-B", "3.7", PAST, None, None, State.VOID, PAST)
    registry = fold(entries((FOUNDED, e.IndexedArcOpened("3"), IMPORTED), (gone,)))
    held = registry.installation_with("sn-b")
    assert held is not None
    assert (held.uid, held.state, registry.indexed.next_component()) == (f"{ROOT}.3.7", State.VOID, "3.8")
    with pytest.raises(ContradictionError, match="no component under the indexed arc"):
        fold(entries((FOUNDED, IMPORTED), (gone,)))
