"""Presets: a kind of report and a filter under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.errors import Severity
from uidmanager.core.reports import (
    Asked,
    Kind,
    Preset,
    find_preset,
    judge_name,
    renamed_preset,
    stations_in,
    with_preset,
    without_preset,
)
from uidmanager.core.texts import name_key

if TYPE_CHECKING:
    from tests.core.conftest import Book

AUDIT = Preset("For the auditor", Kind.IDENTIFIERS, Asked(since="2026-01-01"))
VOID = Preset("Void ones", Kind.INSTALLATIONS, Asked(state="void", product="2"))
KNOWN = (AUDIT, VOID)

names = st.text("abAB ßéÉ", min_size=1, max_size=6).filter(str.strip)
presets = st.lists(names.map(lambda name: Preset(name, Kind.PRODUCTS)), max_size=5)


@pytest.mark.parametrize("name", ["For the auditor", "  for  THE auditor "])
def test_a_preset_is_found_by_its_name_however_it_is_written(name: str) -> None:
    assert find_preset(KNOWN, name) == AUDIT
    assert find_preset(KNOWN, "another") is None


@given(presets, names)
def test_no_two_presets_have_one_name_and_all_are_in_order(known: list[Preset], name: str) -> None:
    kept: tuple[Preset, ...] = ()
    for preset in known:
        kept = with_preset(kept, preset)
    added = Preset(name, Kind.HISTORY)
    kept = with_preset(kept, added)
    keys = [name_key(preset.name) for preset in kept]
    assert keys == sorted(set(keys))
    assert find_preset(kept, name) == added
    assert find_preset(without_preset(kept, name), name) is None


def test_a_renamed_preset_keeps_what_it_asks_for() -> None:
    assert renamed_preset(KNOWN, "VOID ones", "  A first ") == (
        Preset("A first", VOID.kind, VOID.asked),
        AUDIT,
    )
    assert renamed_preset(KNOWN, "gone", "x") == KNOWN


@pytest.mark.parametrize(
    ("name", "instead_of", "codes"),
    [
        ("Monthly", None, []),
        ("  ", None, ["preset.nameless"]),
        ("x" * 81, None, ["text.too_long"]),
        ("a\u202eb", None, ["text.character"]),
        ("for the AUDITOR", None, ["preset.replaced"]),
        ("for the AUDITOR", "For the auditor", []),
        ("for the AUDITOR", "Void ones", ["preset.name_taken"]),
    ],
)
def test_a_name_is_judged_before_it_is_taken(name: str, instead_of: str | None, codes: list[str]) -> None:
    found = judge_name(KNOWN, name, instead_of=instead_of)
    assert [problem.code for problem in found] == codes
    is_caution = [problem.severity is Severity.CAUTION for problem in found]
    assert is_caution == [code == "preset.replaced" for code in codes]


def test_the_stations_of_a_registry_are_told_once_each(book: Book) -> None:
    assert stations_in(book.registry) == ("LINE-3",)
