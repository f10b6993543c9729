from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.known_roots import COUNTRY_ARCS, KNOWN_ROOTS, ROUTES, SHARED_ARCS, Kind, KnownRoot
from uidmanager.core.roots import whose
from uidmanager.core.uid import is_uid, is_under

# facts/dicom.md §2.1, written off from the table and not from the code.
BLOCK_LIST: Final = [
    "1.2.840.10008",
    "1.2.826.0.1.3680043",
    "1.2.826.0.1.3680043.8.498",
    "1.2.826.0.1.3680043.9.3811",
    "1.2.826.0.1.3680043.10.511.3",
    "1.2.826.0.1.3680043.9.7433.1.1",
    "1.2.826.0.1.3680043.2.1143",
    "1.2.826.0.1.3680043.2.1125",
    "1.2.826.0.1.3680043.2.135.1066",
    "1.2.826.0.1.3680043.2.1343.1",
    "1.2.826.0.1.3680043.2.1545",
    "1.2.826.0.1.3680043.8.274.1",
    "1.2.826.0.1.3680043.9.7278.1",
    "1.2.826.0.1.3680043.9.7634",
    "1.2.826.0.1.3680043.10.854",
    "1.2.826.0.1.3680043.10.1666",
    "1.2.276.0.7230010.3",
    "1.2.40.0.13.1",
    "1.3.6.1.4.1.30071",
    "1.3.6.1.4.1.25403",
    "1.3.6.1.4.1.5962",
    "2.16.840.1.113883.3.87",
    "2.16.840.1.113883",
    "1.3.6.1.4.1.11144",
    "1.2.840.114257",
    "1.3.6.1.4.1.9590.100.1",
    "1.3.6.1.4.1.54308",
    "1.3.6.1.4.1.311.129",
    "1.3.6.1.4.1.19376",
    "1.3.51.0.42.1.1",
    "1.2.840.113619",
    "1.2.840.113619.6.48",
    "1.3.46.670589",
    "1.2.840.113543.6.6",
    "1.3.12.2.1107.5",
    "1.2.392.200036.9116",
    "1.2.392.200036.9125",
    "1.2.276.0.48",
    "2.16.840.1.114033",
    "1.2.752.24",
    "1.2.840.113711",
    "1.2.276.0.20",
    "1.2.410.200001.101.11",
    "1.2.246.352",
    "2.16.840.1.113669",
    "1.3.6.1.4.1.14519.5.2.1",
    "2.25.175220362680028036156011002668768058626",
    "2.25.190146791043182537444806132342625375407",
    "0.0.0.0",  # noqa: S104 (no address)
    "1.2.3",
    "1.2.840.99999",
    "1.2.840.999999.1",
    "2.999",
    "1.3.6.1.4.1.32473",
]

KNOWN: Final = {known.prefix: known for known in KNOWN_ROOTS}


def longest_listed(uid: str) -> KnownRoot | None:
    """`whose` in the plain and slow way."""
    return max(
        (known for known in KNOWN_ROOTS if is_under(uid, known.prefix)), key=lambda k: len(k.prefix), default=None
    )


def test_the_whole_block_list_is_known() -> None:
    assert set(BLOCK_LIST) <= set(KNOWN)
    assert set(KNOWN) - set(BLOCK_LIST) == {"1.2.840.114257.1.1"}
    assert len(KNOWN) == len(KNOWN_ROOTS)


def test_every_known_root_is_a_uid_with_an_owner_and_a_source() -> None:
    for known in KNOWN_ROOTS:
        assert is_uid(known.prefix)
        assert known.owner
        assert known.source


def test_companies_and_no_others_have_key_words_that_can_be_found() -> None:
    for known in KNOWN_ROOTS:
        assert bool(known.keywords) == (known.kind is Kind.COMPANY), known.prefix
        for keyword in known.keywords:
            assert keyword == " ".join(re.findall(r"\w+", keyword.casefold()))


def test_shared_arcs_have_no_owner() -> None:
    assert not {arc.prefix for arc in SHARED_ARCS} & set(KNOWN)
    assert len({arc.prefix for arc in SHARED_ARCS}) == len(SHARED_ARCS)
    assert all(is_uid(arc.prefix) and arc.shared_by for arc in SHARED_ARCS)
    assert COUNTRY_ARCS == ("1.2", "2.16")


@given(st.sampled_from(KNOWN_ROOTS), st.lists(st.integers(0, 10**20), max_size=4))
def test_whose_finds_the_longest_listed_prefix(known: KnownRoot, more: list[int]) -> None:
    uid = ".".join([known.prefix, *map(str, more)])
    assert whose(uid) is longest_listed(uid)


@given(st.sampled_from(KNOWN_ROOTS), st.text("0123456789.", max_size=8), st.integers(0, 30))
def test_whose_compares_components_and_not_characters(known: KnownRoot, more: str, cut: int) -> None:
    uid = known.prefix[: max(len(known.prefix) - cut, 0)] + more
    assert whose(uid) is longest_listed(uid)


@pytest.mark.parametrize("uid", ["1.2.8", "1.2.84", "", ".", "1.2.840.100080", "1.2.826.0.1.36800430", "x.y"])
def test_some_uids_are_nobodys(uid: str) -> None:
    assert whose(uid) is None


def test_the_ways_to_a_root_are_told_in_full() -> None:
    assert [route.arc.partition("{")[0] for route in ROUTES] == [
        "1.2.826.0.1.",
        "1.2.826.0.1.3680043.",
        "1.3.6.1.4.1.",
        "2.16.840.1.",
        "1.2.276.0.76.",
        "1.2.276.0.",
        "2.16.840.1.113883.",
        "2.25.",
    ]
    for route in ROUTES:
        assert route.title
        assert route.cost.endswith(".")
        assert route.how.endswith(".")
        assert route.source
