"""Whatever text is given to the rules, they answer with problems: no exception, no hang."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.conftest import Book
from uidmanager.core import drafts as d
from uidmanager.core.budget import lights, used_and_left
from uidmanager.core.drafts import Draft
from uidmanager.core.identify import identify
from uidmanager.core.mentions import uids_in
from uidmanager.core.records import SerialRule
from uidmanager.core.roots import check_root, uk_company_root, whose
from uidmanager.core.scheme import read_serial, read_version
from uidmanager.core.texts import check_text, name_key, tidy, visible
from uidmanager.core.uid import check_uid

DIGITS = "0123456789.-+eE_ "
ODD = "\0\ufeff\u202e\u2066\u200b\u2028\x85\x1b٣²Ⅷ\ud800\udfff\U000e0041\U0001f600İß"
texts = st.one_of(
    st.text(st.characters(), max_size=80),
    st.text(st.sampled_from(DIGITS), max_size=120),
    st.text(st.sampled_from(DIGITS + ODD), max_size=80),
    st.integers(0, 10**90).map(str),
)
HUGE = {
    "one component of ten million digits": "1." + "9" * 10_000_000,
    "a million points": "." * 1_000_000,
    "a million arcs": "1" + ".1" * 1_000_000,
    "a million zeros": "1." + "0" * 1_000_000,
    "a million NULs": "\0" * 1_000_000,
    "a million marks on one letter": "a" + "\u0301" * 1_000_000,
    "a million halves of characters": "\ud800" * 1_000_000,
    "a UUID of a million digits": "2.25." + "7" * 1_000_000,
}


def ask_all(text: str) -> None:
    """Every reader of a person's text."""
    check_uid(text)
    check_root(text, text)
    check_text(text, "name", 80)
    uk_company_root(text)
    whose(text)
    name_key(tidy(text))
    read_serial(text)
    read_version(text)
    read_version(text, text)
    uids_in(text)
    assert visible(text).isprintable() or "\u200c" in text or "\u200d" in text


def a_book() -> Book:
    book = Book()
    book.do(d.FoundRegistry("1.2.826.0.1.3680043.2.50", "Acme Imaging", "registry-1"))
    book.do(d.RegisterProduct("Viewer"))
    book.do(d.RegisterRelease("Viewer", "1.0"))
    book.do(d.AssignInstallations(("0372764",), "Viewer"))
    return book


@given(texts)
def test_every_reader_of_text_answers(text: str) -> None:
    ask_all(text)
    if not check_uid(text):
        lights(text)
        used_and_left(text)


@given(texts, st.dictionaries(texts, texts, max_size=2))
def test_any_text_is_identified_or_refused(text: str, names: dict[str, str]) -> None:
    identify(a_book().registry, text, names)
    identify(a_book().registry, f"1.2.826.0.1.3680043.2.50.{text}", names)


@settings(max_examples=300)
@given(st.data())
def test_any_draft_is_decided_and_what_is_not_refused_can_be_written(data: st.DataObject) -> None:
    book = a_book()
    kind = data.draw(st.sampled_from(get_args(Draft)))
    known = st.sampled_from(["Viewer", "1.0", "0372764", "1"])
    with_known = known | texts
    fields = {
        "serials": st.lists(with_known, max_size=4).map(tuple),
        "printed": st.integers(-1, 9),
        "copies": st.integers(-1, 101),
        "prints": st.lists(st.builds(d.Print, with_known, with_known), max_size=3).map(tuple),
        "checks": st.lists(st.builds(d.Check, with_known, with_known), max_size=3).map(tuple),
        "misses": st.lists(st.builds(d.Miss, with_known, with_known), max_size=3).map(tuple),
        "indexed_arc": st.none() | with_known,
        "gtin": with_known | st.sampled_from(["09521234543213", "4006381333931"]),
        "left_out": st.integers(-1, 9),
    }
    of_a_row = st.one_of(
        st.builds(d.RegisterProduct, with_known),
        st.builds(d.RegisterRelease, with_known, with_known),
        st.builds(d.AssignInstallations, st.tuples(with_known)),
    )
    fields["rows"] = st.lists(st.builds(d.TakenRow, st.integers(1, 9), of_a_row), max_size=3).map(tuple)
    if kind in {d.RegisterProduct, d.SetProductSerials}:
        fields["serials"] = st.builds(SerialRule, st.booleans(), st.none() | texts, st.none() | texts)
    names = [name for name in kind.__struct_fields__ if name not in {"number", "reads"}]
    draft = data.draw(st.builds(kind, **{name: fields.get(name, with_known) for name in names}))
    decision = book.ask(draft)
    if decision.events and not decision.is_refused:
        book.write(*decision.events)


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_text_is_answered(name: str) -> None:
    text = HUGE[name]
    ask_all(text)
    book = a_book()
    identify(book.registry, text, {})
    for draft in (
        d.RegisterProduct(text, code=text),
        d.RegisterRelease("Viewer", text),
        d.AssignInstallations((text,), text, note=text),
        d.FoundRegistry(text, text),
        d.CorrectProduct("Viewer", text),
        d.RetireProduct(text, text),
        d.WithdrawRelease("Viewer", text, text),
        d.VoidInstallation(text, text),
        d.CorrectInstallation("0372764", text, text, text),
    ):
        problems = book.ask(draft).problems
        assert problems
        assert all(len(problem.message) < 2000 for problem in problems), [p.code for p in problems]
