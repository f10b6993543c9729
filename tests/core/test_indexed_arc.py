from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.core.conftest import ROOT, Book, codes, notices
from uidmanager.core import events as e
from uidmanager.core.barcodes import Read
from uidmanager.core.drafts import (
    AssignInstallations,
    CorrectInstallation,
    Draft,
    FoundRegistry,
    OpenIndexedArc,
    RegisterProduct,
    ReinstateInstallation,
    RetireInstallation,
    SetProductSerials,
    VoidInstallation,
)
from uidmanager.core.errors import ContradictionError
from uidmanager.core.identify import Answer, identify
from uidmanager.core.records import NumberKind, SerialRule, State
from uidmanager.core.registry import Registry, fold
from uidmanager.core.scheme import Meaning, indexed_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INDEXED = SerialRule(indexed=True)
CSET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_SERIALS = st.text("Aa0Bb1-/", min_size=1, max_size=4)


def acme() -> Book:
    """Viewer (1) has numbers for serials, Ultrasound (2) an index each."""
    made = Book()
    made.do(FoundRegistry(ROOT, "Acme Imaging", "registry-1", indexed_arc="3"))
    made.do(RegisterProduct("Viewer"))
    made.do(RegisterProduct("Ultrasound", serials=INDEXED))
    return made


@pytest.fixture
def ultra() -> Book:
    return acme()


def root_of(book: Book, serial: str) -> str | None:
    held = book.registry.installation_with(serial)
    return None if held is None else held.uid


def assigned(book: Book, *serials: str, product: str | None = "Ultrasound") -> tuple[str, ...]:
    return book.do(AssignInstallations(serials, product)).uids


# -- the arc ---------------------------------------------------------------------------------------------------------


def test_it_is_opened_when_the_registry_is_founded_in_the_same_entry(empty: Book) -> None:
    decision = empty.do(FoundRegistry(ROOT, "Acme", indexed_arc=" 3 "))
    assert [type(event) for event in decision.events] == [e.RegistryFounded, e.IndexedArcOpened]
    assert (empty.registry.indexed_arc, empty.registry.position) == ("3", 1)


def test_or_later_with_a_reason(book: Book) -> None:
    assert book.registry.indexed_arc is None
    assert codes(book.ask(OpenIndexedArc("3"))) == ["reason.missing"]
    decision = book.do(OpenIndexedArc("3", "the new line has letters"))
    assert decision.uids == (f"{ROOT}.3",)
    assert [part.meaning for part in decision.breakdown] == [Meaning.ROOT, Meaning.ARC]
    assert book.registry.indexed_arc == "3"


def test_but_once_and_for_ever(ultra: Book) -> None:
    assert codes(ultra.ask(OpenIndexedArc("3", "again"))) == ["arc.open"]
    assert codes(ultra.ask(OpenIndexedArc("4", "another one"))) == ["arc.open"]
    with pytest.raises(ContradictionError):
        ultra.write(e.IndexedArcOpened("4"))


@pytest.mark.parametrize(
    ("arc", "expected"),
    [
        pytest.param("3", [], id="the usual one"),
        pytest.param("0", [], id="zero"),
        pytest.param("999999999", [], id="nine digits"),
        pytest.param("1", ["arc.taken"], id="that of releases"),
        pytest.param("2", ["arc.taken"], id="that of installations"),
        pytest.param("", ["arc.form"], id="nothing"),
        pytest.param("03", ["arc.form"], id="a leading zero"),
        pytest.param("3.1", ["arc.form"], id="two numbers"),
        pytest.param("-3", ["arc.form"], id="a sign"),
        pytest.param("1000000000", ["arc.form"], id="ten digits"),
        pytest.param("３", ["arc.form"], id="a full-width digit"),
        pytest.param("three", ["arc.form"], id="a word"),
    ],
)
def test_an_arc(book: Book, arc: str, expected: list[str]) -> None:
    assert codes(book.ask(OpenIndexedArc(arc, "letters"))) == expected
    assert codes(Book().ask(FoundRegistry(ROOT, "Acme", indexed_arc=arc))) == expected


def test_an_arc_that_leaves_no_room_for_an_index_is_refused() -> None:
    root = "1.2.826.0.1.3680043.10." + "1" * 32
    assert codes(Book().ask(FoundRegistry(root, "Acme", indexed_arc="33333"))) == ["arc.no_room"]
    assert codes(Book().ask(FoundRegistry(root, "Acme", indexed_arc="3333"))) == []


# -- which serials go there ------------------------------------------------------------------------------------------


def test_a_serial_with_letters_gets_the_next_index_and_the_notice_says_which(ultra: Book) -> None:
    decision = ultra.do(AssignInstallations(("SN-A17",), "Ultrasound", "order 815"))
    assert decision.uids == (f"{ROOT}.3.1",)
    assert [(part.text, part.meaning) for part in decision.breakdown] == [
        (ROOT, Meaning.ROOT),
        ("3", Meaning.ARC),
        ("1", Meaning.INDEX),
    ]
    assert decision.events == (e.InstallationIndexed("SN-A17", "3.1", 2, "order 815"),)
    assert decision.notices[0].message == "Serial SN-A17 gets index 1 under the indexed arc 3."
    assert assigned(ultra, "SN-B2") == (f"{ROOT}.3.2",)


def test_how_it_is_compared_is_said_where_that_is_not_what_was_typed(ultra: Book) -> None:
    decision = ultra.ask(AssignInstallations((" sn-a17\r\n",), "Ultrasound"))
    assert decision.notices[0].message.endswith("It is compared as SN-A17.")
    assert "sn-a17" in decision.notices[0].message


@pytest.mark.parametrize(
    ("product", "serial", "component"),
    [
        pytest.param("Viewer", "4711", "4711", id="digits of a product that has numbers"),
        pytest.param(None, "4711", "4711", id="digits of no product"),
        pytest.param("Ultrasound", "4711", "3.1", id="digits of a product that has indices"),
        pytest.param("Ultrasound", "004711", "3.1", id="digits with zeros of a product that has indices"),
        pytest.param("Ultrasound", "SN-A17", "3.1", id="letters of a product that has indices"),
    ],
)
def test_the_product_decides_and_nothing_else(ultra: Book, product: str | None, serial: str, component: str) -> None:
    decision = ultra.do(AssignInstallations((serial,), product))
    held = ultra.registry.installation(component)
    assert held is not None
    assert (held.serial, held.uid) == (serial, decision.uids[0])
    assert ("serial.indexed" in notices(decision)) == ("." in component)


@pytest.mark.parametrize("product", ["Viewer", None])
def test_letters_go_nowhere_by_accident(ultra: Book, product: str | None) -> None:
    decision = ultra.ask(AssignInstallations(("SN-A17",), product))
    assert codes(decision) == ["serial.not_numeric"]
    assert "choose a product whose serials have an index each" in decision.problems[0].message


def test_a_product_that_wants_indices_waits_for_the_arc(book: Book) -> None:
    book.write(e.ProductSerialsSet(2, SerialRule(), INDEXED))  # as another program might
    assert codes(book.ask(AssignInstallations(("SN-A17",), "2"))) == ["arc.missing"]


# -- what is one serial ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        pytest.param("SN-A17", "SN-A17", True, id="the same"),
        pytest.param("SN-A17", "sn-a17", True, id="small letters"),
        pytest.param("sn12", "SN12", True, id="capitals"),
        pytest.param("SN-A17", " SN-A17\r\n", True, id="outer blanks and a scanner's line end"),
        pytest.param("SN-A17", "SN-A17\u00a0", True, id="a blank that does not break"),
        pytest.param("SN-12", "SN12", False, id="a dash less"),
        pytest.param("SN-12", "SN_12", False, id="another dash"),
        pytest.param("SN-17", "SN-017", False, id="a zero more"),
        pytest.param("17", "017", False, id="digits with a zero in front"),
        pytest.param("A/B", "A.B", False, id="another mark"),
    ],
)
def test_two_serials(ultra: Book, one: str, other: str, is_one: bool) -> None:  # noqa: FBT001 (a table of cases)
    (first,) = assigned(ultra, one)
    decision = ultra.do(AssignInstallations((other,), "Ultrasound"))
    assert (decision.uids == (first,)) == is_one
    assert decision.is_settled == is_one
    if is_one and one != other.strip(" \r\n\u00a0"):
        assert notices(decision) == ["serial.read_as"]
        assert f"registered as {one}" in decision.notices[0].message


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        pytest.param("SN 12", "serial.character", id="a blank inside"),
        pytest.param("SN\t12", "serial.character", id="a tab inside"),
        pytest.param("SN-12\x1d", "serial.character", id="a scanner's separator behind it"),
        pytest.param("ＳＮ１２", "serial.character", id="full-width letters"),
        pytest.param("SN１２", "serial.character", id="full-width digits"),
        pytest.param("SN–12", "serial.character", id="a dash that is none of ASCII"),
        pytest.param("Å12", "serial.character", id="a letter with a ring"),
        pytest.param("ſ12", "serial.character", id="a letter that becomes an S as a capital"),
        pytest.param("SN\u200d12", "serial.character", id="something that is not to be seen"),
        pytest.param("SN#12", "serial.character", id="a mark that GS1 does not have in serials"),
        pytest.param("SN\ud80012", "serial.character", id="half a character"),
        pytest.param("", "serial.empty", id="nothing"),
        pytest.param(" \r\n", "serial.empty", id="a line end alone"),
        pytest.param("S" * 65, "serial.too_long", id="65 characters"),
    ],
)
def test_no_serial(ultra: Book, serial: str, expected: str) -> None:
    decision = ultra.ask(AssignInstallations((serial,), "Ultrasound"))
    assert codes(decision) == [expected]
    assert decision.events == ()


@pytest.mark.parametrize(("text", "key"), [("ß-i", "ß-I"), ("ſ", "ſ"), ("é", "é"), (" a b\x1d", "A B\x1d")])
def test_only_a_to_z_become_capitals_and_only_outer_blanks_go(text: str, key: str) -> None:
    assert indexed_key(text) == key


@pytest.mark.parametrize("serial", ["S" * 64, CSET_82[:41], CSET_82[41:], "-", "=1+1", "0"])
def test_a_serial_of_all_that_gs1_has_for_them_and_up_to_64_characters(ultra: Book, serial: str) -> None:
    assert assigned(ultra, serial) == (f"{ROOT}.3.1",)
    assert root_of(ultra, serial.lower()) == f"{ROOT}.3.1"


# -- digits under two arcs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param(("1001", "Viewer"), ("1001", "Ultrasound"), id="a number, then with an index"),
        pytest.param(("1001", "Viewer"), ("01001", "Ultrasound"), id="a number, then with a zero and an index"),
        pytest.param(("01001", None), ("1001", "Ultrasound"), id="a number of no product, then with an index"),
        pytest.param(("01001", "Ultrasound"), ("1001", "Viewer"), id="with an index, then a number without the zero"),
        pytest.param(("1001", "Ultrasound"), ("01001", None), id="with an index, then a number with a zero"),
    ],
)
def test_a_serial_of_digits_has_one_root(
    ultra: Book, first: tuple[str, str | None], then: tuple[str, str | None]
) -> None:
    assigned(ultra, first[0], product=first[1])
    again = AssignInstallations((then[0],), then[1])
    decision = ultra.ask(again)
    assert codes(decision) == ["serial.other_arc"]
    assert first[0] in decision.problems[0].message
    ultra.do(VoidInstallation(first[0], "a mistake"))
    assert codes(ultra.ask(again)) == ["serial.other_arc"]  # what is void keeps its root


def test_and_in_one_batch_whose_codes_name_the_products(ultra: Book) -> None:
    viewer, ultrasound = "04012345123456", "09521234543213"
    ultra.write(e.ProductGtinSet(1, None, viewer), e.ProductGtinSet(2, None, ultrasound))

    def read(serial: str, gtin: str) -> Read:
        return Read(f"]d201{gtin}21{serial}", serial, "]d2", gtin)

    for one, other in ((viewer, ultrasound), (ultrasound, viewer)):
        reads = (read("1001", one), read("01001", other))
        decision = ultra.ask(AssignInstallations(("1001", "01001"), reads=reads))
        assert codes(decision) == ["serial.other_arc"]
    apart = (read("1001", viewer), read("1002", ultrasound))
    assert ultra.do(AssignInstallations(("1001", "1002"), reads=apart)).uids == (f"{ROOT}.2.1001", f"{ROOT}.3.1")


def test_a_unit_keeps_its_number_when_its_product_goes_over_to_indices(ultra: Book) -> None:
    (number,) = assigned(ultra, "0372764", product="Viewer")
    ultra.do(SetProductSerials("Viewer", INDEXED, "letters from now on"))
    again = ultra.ask(AssignInstallations(("0372764",), "Viewer"))
    assert (again.uids, again.is_settled) == ((number,), True)
    assert codes(ultra.ask(AssignInstallations(("372764",), "Viewer"))) == ["serial.other_arc"]
    assert assigned(ultra, "V-1", product="Viewer") == (f"{ROOT}.3.1",)


def test_and_its_index_when_its_product_goes_back_to_numbers(ultra: Book) -> None:
    roots = assigned(ultra, "SN-A17", "17")
    ultra.do(SetProductSerials("Ultrasound", SerialRule(), "numbers from now on"))
    again = ultra.ask(AssignInstallations(("sn-a17", "17"), "Ultrasound"))
    assert (again.uids, again.is_settled) == (roots, True)
    assert codes(ultra.ask(AssignInstallations(("SN-B1",), "Ultrasound"))) == ["serial.not_numeric"]


# -- what becomes of it ----------------------------------------------------------------------------------------------


def test_all_that_can_be_done_is_done_by_the_serial_however_it_is_written(ultra: Book) -> None:
    assigned(ultra, "SN-A17")
    steps: list[tuple[Draft, State]] = [
        (CorrectInstallation(" SN-A17", note="repaired", reason="x"), State.ACTIVE),
        (RetireInstallation("sn-a17", "x"), State.RETIRED),
        (ReinstateInstallation("Sn-A17", "x"), State.ACTIVE),
        (VoidInstallation("SN-A17", "x"), State.VOID),
    ]
    for draft, state in steps:
        assert ultra.do(draft).uids == (f"{ROOT}.3.1",)
        held = ultra.registry.installation_with("SN-A17")
        assert held is not None
        assert held.state is state
    assert codes(ultra.ask(AssignInstallations(("SN-A17",), "Ultrasound"))) == ["installation.not_active"]
    assert assigned(ultra, "SN-A18") == (f"{ROOT}.3.2",)
    assert codes(ultra.ask(RetireInstallation("SN-Z9", "x"))) == ["installation.unknown"]


@pytest.mark.parametrize(
    ("uid", "answer", "suffix", "words"),
    [
        pytest.param(f"{ROOT}.3.1", Answer.INSTALLATION, "", "Installation SN-A17 (Ultrasound).", id="its root"),
        pytest.param(
            f"{ROOT}.3.1.5", Answer.INSTALLATION, ".5", "Installation SN-A17 (Ultrasound).", id="and what is appended"
        ),
        pytest.param(f"{ROOT}.3.01.5", Answer.INSTALLATION, ".5", "Installation SN-A17", id="with a zero too many"),
        pytest.param(
            f"{ROOT}.3.99.5", Answer.OUR_ROOT, ".3.99.5", "no index 99 was ever given", id="an index never given"
        ),
        pytest.param(f"{ROOT}.3", Answer.OUR_ROOT, ".3", "The indexed arc of Acme Imaging", id="the arc"),
        pytest.param(f"{ROOT}.4", Answer.OUR_ROOT, ".4", "never issued", id="the arc beside it"),
        pytest.param(
            f"{ROOT}.2.1", Answer.OUR_ROOT, ".2.1", "no installation 1 was", id="the same under the other arc"
        ),
    ],
)
def test_identify(ultra: Book, uid: str, answer: Answer, suffix: str, words: str) -> None:
    assigned(ultra, "SN-A17")
    finding = identify(ultra.registry, uid, {})
    assert (finding.answer, finding.suffix) == (answer, suffix)
    assert words in finding.sentence


# -- many ------------------------------------------------------------------------------------------------------------


def test_a_batch_gets_its_indices_in_its_order_and_is_told_so_in_one_sentence(ultra: Book) -> None:
    assigned(ultra, "B")
    decision = ultra.do(AssignInstallations(("C", "b", "A"), "Ultrasound"))
    assert decision.uids == (f"{ROOT}.3.2", f"{ROOT}.3.1", f"{ROOT}.3.3")
    assert notices(decision) == ["serial.read_as", "serial.indexed"]
    assert "2 serials get the indices 2 to 3 under the indexed arc 3" in decision.notices[1].message


def test_one_serial_twice_in_a_batch_is_refused_however_it_is_written(ultra: Book) -> None:
    decision = ultra.ask(AssignInstallations(("A", "B", " a"), "Ultrasound"))
    assert codes(decision) == ["serial.repeated"]
    assert "a and A" in decision.problems[0].message
    assert decision.notices == ()  # nobody gets an index, so none is named


def test_ten_thousand_take_ten_times_the_steps_of_a_thousand(ultra: Book) -> None:
    assigned(ultra, *(f"OLD-{n}" for n in range(500)))

    def steps(count: int) -> int:
        draft = AssignInstallations(tuple(f"SN-{n}" for n in range(count)), "Ultrasound")
        calls = 0

        def count_calls(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        sys.setprofile(count_calls)
        try:
            decision = ultra.ask(draft)
        finally:
            sys.setprofile(None)
        assert len(set(decision.uids)) == count
        return calls

    assert steps(10_000) < 11 * steps(1000)


# -- whatever is done ------------------------------------------------------------------------------------------------


@given(st.lists(_SERIALS, max_size=30))
def test_a_key_has_one_root_for_ever_and_no_root_has_two_keys(serials: list[str]) -> None:
    book = acme()
    roots: dict[str, str] = {}
    for serial in serials:
        (uid,) = assigned(book, serial)
        assert roots.setdefault(indexed_key(serial), uid) == uid
    assert len(set(roots.values())) == len(roots)


_STEPS = st.one_of(
    st.tuples(st.just("assign"), st.lists(_SERIALS, min_size=1, max_size=4, unique_by=indexed_key)),
    st.tuples(st.just("void"), st.lists(_SERIALS, min_size=1, max_size=1)),
    st.tuples(st.just("give up"), st.integers(0, 12).map(lambda index: [f"3.{index}"])),
    st.tuples(st.just("merge"), st.tuples(_SERIALS, st.integers(1, 12).map(str)).map(list)),
)


@settings(max_examples=200)
@given(st.lists(_STEPS, max_size=15))
def test_an_index_is_given_once_over_any_history(steps: list[tuple[str, list[str]]]) -> None:
    """Assigned, void, given up in another history, or taken in from there: what was given is never given again."""
    book = acme()
    taken: dict[str, str] = {}
    for kind, words in steps:
        for component, key in _done(book, kind, words):
            assert component not in taken, (component, key, taken)
            taken[component] = key
    for registry in (fold(book.registry.entries), book.registry.still(), _from_image(book.registry)):
        assert registry.indexed.next_component() == book.registry.indexed.next_component()
        assert registry.indexed.next_component() not in taken


def _done(book: Book, kind: str, words: list[str]) -> Iterator[tuple[str, str]]:
    """Do a step as far as the rules let it be done; the components that are taken from now on."""
    match kind:
        case "assign":
            decision = book.ask(AssignInstallations(tuple(words), "Ultrasound"))
            if decision.events:
                book.write(*decision.events)
            yield from ((it.component, it.serial) for it in decision.events if isinstance(it, e.InstallationIndexed))
        case "void":
            decision = book.ask(VoidInstallation(words[0], "x"))
            if decision.events:
                book.write(*decision.events, why="x")
        case "give up" if book.registry.installation(words[0]) is None:
            is_new = not book.registry.elsewhere.given_up(NumberKind.INSTALLATION, words[0])
            book.write(e.NumberGivenUp(NumberKind.INSTALLATION, words[0], "another"))
            if is_new:
                yield words[0], "another"
        case "merge":
            event = e.InstallationIndexed(words[0], f"3.{words[1]}", 2)
            is_given_up = book.registry.elsewhere.given_up(NumberKind.INSTALLATION, event.component)
            is_new = book.registry.indexed.component_of(event.serial) is None
            if is_new and not is_given_up and book.registry.installation(event.component) is None:
                book.write(event)
                yield event.component, event.serial
        case _:
            pass


def _from_image(registry: Registry) -> Registry:
    return Registry.from_image(registry.image(), registry.entries)


@given(
    st.lists(st.tuples(st.text("012", min_size=1, max_size=3), st.sampled_from(["Viewer", "Ultrasound"])), max_size=20)
)
def test_digits_have_one_root_whatever_the_product_of_the_unit_has(units: list[tuple[str, str]]) -> None:
    """No number stands under both arcs, and only the serials of a product that wants it have an index."""
    book = acme()
    for serial, product in units:
        decision = book.ask(AssignInstallations((serial,), product))
        if decision.events:
            book.write(*decision.events)
    held = list(book.registry.installations)
    assert all((("." in each.component) == (each.product == 2)) for each in held)
    numbers = {each.component for each in held if "." not in each.component}
    assert numbers.isdisjoint(each.serial.lstrip("0") or "0" for each in held if "." in each.component)
    assert len({each.uid for each in held}) == len(held)


# -- ledgers that were put together otherwise ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "component",
    ["4.1", "3", "3.", "3.01", "3.x", "3.1.1", "3.-1", "3.٣", "3." + "1" * 5000, ".1"],
)
def test_what_is_no_index_under_the_arc_stops_the_fold(ultra: Book, component: str) -> None:
    with pytest.raises(ContradictionError):
        ultra.write(e.InstallationIndexed("SN-A17", component, 2))


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(e.InstallationIndexed("sn-a17", "3.2", 2), id="a serial that has an index already"),
        pytest.param(e.InstallationIndexed("SN-B1", "3.1", 2), id="an index that is another's"),
        pytest.param(e.InstallationIndexed("SN-B1", "3.2", 9), id="a product that is not there"),
    ],
)
def test_a_contradiction_stops_the_fold(ultra: Book, event: e.InstallationIndexed) -> None:
    assigned(ultra, "SN-A17")
    with pytest.raises(ContradictionError):
        ultra.write(event)


@pytest.mark.parametrize("number", ["3." + "9" * 5000, "3.x", "3.", "3.٣"])
def test_whatever_was_given_up_elsewhere_the_next_index_is_one(ultra: Book, number: str) -> None:
    ultra.write(e.NumberGivenUp(NumberKind.INSTALLATION, number, "another"))
    assert assigned(ultra, "SN-A17") == (f"{ROOT}.3.1",)


def test_an_index_with_no_room_behind_it_is_refused(ultra: Book) -> None:
    ultra.write(e.NumberGivenUp(NumberKind.INSTALLATION, "3." + "9" * 36, "another"))
    assert codes(ultra.ask(AssignInstallations(("SN-A17",), "Ultrasound"))) == ["installation.no_room"]


def test_a_serial_is_kept_as_it_was_typed(ultra: Book) -> None:
    assigned(ultra, " Sn-a17 ")
    held = ultra.registry.installation_with("SN-A17")
    assert held is not None
    assert structs.astuple(held)[:3] == ("Sn-a17", "3.1", f"{ROOT}.3.1")
