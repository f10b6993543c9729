from __future__ import annotations

import pytest
from msgspec import structs

from tests.core.conftest import ROOT, Book
from uidmanager.core import events as e
from uidmanager.core.drafts import CorrectInstallation, CorrectRelease, RegisterProduct, RetireProduct, VoidInstallation
from uidmanager.core.errors import ContradictionError
from uidmanager.core.records import Installation, Product, Release, Scheme
from uidmanager.core.registry import FIRST_HEAD, Registry, fold
from uidmanager.core.subjects import subject_of_event

FOUNDED = e.RegistryFounded("uidmanager-ledger", 1, "r2", "Other", "1.2.3", Scheme())


def test_before_the_founding_there_is_nothing_to_ask() -> None:
    registry = Registry()
    assert (registry.position, registry.head, registry.is_founded) == (0, FIRST_HEAD, False)
    with pytest.raises(LookupError):
        _ = registry.founding


def test_folding_the_entries_anew_gives_the_same_state(book: Book) -> None:
    again = fold(book.registry.entries)
    assert list(again.products) == list(book.registry.products)
    assert list(again.releases) == list(book.registry.releases)
    assert list(again.installations) == list(book.registry.installations)
    assert (again.position, again.head) == (book.registry.position, book.registry.head)


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(FOUNDED, id="a second founding"),
        pytest.param(e.ProductRegistered(2, "MR"), id="a product number given twice"),
        pytest.param(e.ProductRegistered(3, "viewer"), id="a product name given twice"),
        pytest.param(e.ProductNameCorrected(2, "CT Console", "VIEWER"), id="a name corrected to another's"),
        pytest.param(e.ProductNameCorrected(9, "a", "b"), id="a name of no product"),
        pytest.param(e.ProductRetired(9), id="the retirement of no product"),
        pytest.param(e.ReleaseRegistered(2, "v4.5.0.3", "4.5.0.3", "NEW"), id="a class UID given twice"),
        pytest.param(e.ReleaseRegistered(2, "5.0", "5.0", "CT_4.5.0.3"), id="a version name given twice"),
        pytest.param(e.ReleaseRegistered(9, "5.0", "5.0", "NEW"), id="a release of no product"),
        pytest.param(e.ReleaseWithdrawn(2, "9"), id="the withdrawal of no release"),
        pytest.param(e.InstallationAssigned("372764", "372764"), id="an installation root given twice"),
        pytest.param(e.InstallationAssigned("5", "5", product=9), id="an installation of no product"),
        pytest.param(e.InstallationVoided("5"), id="the voiding of nothing"),
        pytest.param(e.InstallationProductCorrected("372764", 2, 9), id="a correction to no product"),
    ],
)
def test_a_contradiction_stops_the_fold(book: Book, event: e.Event) -> None:
    with pytest.raises(ContradictionError) as caught:
        book.write(event)
    assert caught.value.entry == 6
    assert "Entry 6" in str(caught.value)


def test_an_entry_out_of_its_place_stops_the_fold(book: Book) -> None:
    last = book.registry.entries[-1]
    for n in (last.n, last.n + 2):
        with pytest.raises(ContradictionError, match="is due"):
            book.registry.apply(structs.replace(last, n=n, events=(e.ProductRegistered(3, "MR"),)))


@pytest.mark.parametrize("events", [(), (e.ProductRetired(1),), (FOUNDED, FOUNDED)])
def test_the_first_entry_founds_the_registry_once(empty: Book, events: tuple[e.Event, ...]) -> None:
    with pytest.raises(ContradictionError):
        empty.write(*events)


def test_products_are_found_by_number_and_by_name_and_by_nothing_else(book: Book) -> None:
    for named in ("2", "02", " ct  console ", "CT CONSOLE"):
        found = book.registry.find_product(named)
        assert found is None if named == "02" else found == book.registry.product(2)
    book.do(RegisterProduct("α\u0301\u0345"))
    assert book.registry.find_product("α\u0345\u0301") == book.registry.product(3), "canonically the same text"
    for named in ("9", "２", "²", "", "1" * 5000):
        assert book.registry.find_product(named) is None


def test_the_history_of_a_record_is_the_entries_that_speak_of_it(book: Book) -> None:
    book.do(VoidInstallation("0372764", "typo"))
    book.do(CorrectRelease("2", "4.5.0.3", "note", "x"))
    book.do(RetireProduct("1", "gone"))
    book.write(
        e.InstallationNoteCorrected("372764", None, "a"),
        e.InstallationNoteCorrected("372764", "a", "b"),
    )
    installation, release, product = (
        book.registry.installation("372764"),
        book.registry.release(2, "4.5.0.3"),
        book.registry.product(1),
    )
    assert isinstance(installation, Installation)
    assert isinstance(release, Release)
    assert isinstance(product, Product)
    assert [entry.n for entry in book.registry.history_of(installation)] == [5, 6, 9]
    assert [entry.n for entry in book.registry.history_of(release)] == [4, 7]
    assert [entry.n for entry in book.registry.history_of(product)] == [2, 8]


def test_the_records_an_entry_speaks_of_are_each_told_once_as_they_stand_now(book: Book) -> None:
    book.do(CorrectInstallation("0372764", product="1", note="n", reason="x"))
    records = book.registry.records_in(book.registry.entries)
    kinds = [type(record).__name__ for record in records]
    assert kinds == ["Product", "Product", "Release", "Installation"]
    assert records[-1] == book.registry.installation("372764")


def test_each_kind_of_event_has_a_subject() -> None:
    assert subject_of_event(FOUNDED) == ("registry",)
    assert subject_of_event(e.ProductRetired(2)) == ("product", "2")
    assert subject_of_event(e.ReleaseWithdrawn(2, "4.5")) == ("release", "2", "4.5")
    assert subject_of_event(e.InstallationReinstated("7")) == ("installation", "7")


def test_releases_of_a_product_are_its_own(book: Book) -> None:
    book.do(RegisterProduct("MR"))
    assert [r.uid for r in book.registry.releases_of(2)] == [f"{ROOT}.1.2.4.5.0.3"]
    assert book.registry.releases_of(3) == []
