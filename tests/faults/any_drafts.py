"""Drafts of every kind with good and bad values, few enough of each that they meet again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from hypothesis import strategies as st

from uidmanager.core import drafts as d

if TYPE_CHECKING:
    from tests.faults.model import Model

ROOT: Final = "1.2.826.0.1.3680043.2.50"
_BAD: Final = ("x" * 1001, "a\u202eb", "a\0b", "\ud800")
NAMES = st.sampled_from(
    ["Viewer", " viewer", "CT Console", "ct  console", "MR", "Röntgen", "Ro\u0308ntgen", "7", "", "x" * 81, *_BAD]
)
PRODUCTS = st.sampled_from(["1", "2", "3", "02", " 1 ", "Viewer", "ct console", "Röntgen", "nobody", "", "9" * 30])
NUMBERS = st.sampled_from([None, None, None, 4, 9, -1, 0, 1, 2, 3, 7, 999_999_999, 10**9])
CODES = st.none() | st.sampled_from(["CT", "ct", "MR-1", "", "too long for one", "a b"])
VERSIONS = st.sampled_from(
    [
        "1",
        "1.0",
        "01.0",
        "v1.0",
        "V1.0",
        "1.0-rc",
        "1.0-RC",
        "2024.01",
        "2024.1",
        "1..0",
        "",
        " 2 ",
        "9" * 64,
        "٣",
        *_BAD,
    ]
)
NUMERICS = st.none() | st.sampled_from(["1.0", "1.0.1", "01", "x", "", "v1"])
VERSION_NAMES = st.none() | st.sampled_from(["CT_1", "ct_1", "A B", "", "x" * 17, "back\\slash", "ü"])
SERIALS = st.sampled_from(
    [
        "0",
        "000",
        "7",
        "07",
        "8",
        "\u00a08\r\n",
        "372764",
        "0372764",
        "9" * 39,
        "8" * 36,
        "A1",
        "",
        "1 2",
        "²",
        "９",
        "\0",
    ]
) | st.integers(1, 40).map(str)
REASONS = st.sampled_from(["because", "because", "because", " ", None, *_BAD])
NOTES = st.sampled_from([None, None, "", "a note", " a note ", "another", *_BAD])
PLACES = st.sampled_from(["St Mary's", " St Mary's ", "ct1.example", "", *_BAD])
FOUND = st.sampled_from(["our root, never issued", "1.2.3", "", *_BAD])
DAYS = st.sampled_from([None, "2026-11-22", " 2026-11-22 ", "1999-12-31", "9999-12-31", "2026-02-29", "22.11.2026", ""])
_FIELDS: Final = {
    "name": NAMES,
    "number": NUMBERS,
    "code": CODES,
    "product": PRODUCTS,
    "version": VERSIONS,
    "numeric": NUMERICS,
    "version_name": VERSION_NAMES,
    "note": NOTES,
    "reason": REASONS,
    "serial": SERIALS,
    "serials": st.lists(SERIALS, max_size=4).map(tuple),
    "root": st.just(ROOT),
    "organisation": NAMES,
    "registry": st.just("another"),
    "where": PLACES,
    "what": FOUND,
    "day": DAYS,
    "today": st.just(""),
}
_OPTIONAL: Final = {d.AssignInstallations: {"product"}, d.CorrectInstallation: {"product"}}
_NEED_NO_REASON: Final = (d.RegisterProduct, d.RegisterRelease, d.AssignInstallations, d.NoteSeen)
_SELDOM_MEANT: Final[dict[type[d.Draft], set[str]]] = {kind: {"reason"} for kind in _NEED_NO_REASON}


_UNKNOWN_TO_THE_MODEL: Final = {
    d.OpenIndexedArc,
    d.SetProductGtin,
    d.SetProductSerials,
    d.NoteLabelsPrinted,
    d.NoteLabelsChecked,
}
_LEFT_AS_THEY_ARE: Final = {
    d.FoundRegistry: {"indexed_arc"},
    d.RegisterProduct: {"gtin", "serials", "note"},
    d.CorrectProduct: {"note"},
    d.AssignInstallations: {"reads"},
}


def _of(kind: type[d.Draft]) -> st.SearchStrategy[d.Draft]:
    fields = {}
    for name in kind.__struct_fields__:
        if name in _LEFT_AS_THEY_ARE.get(kind, ()):
            continue
        values = _FIELDS[name]
        if name in _OPTIONAL.get(kind, ()):
            values = st.none() | st.just("") | values
        if name in _SELDOM_MEANT.get(kind, ()):
            values = st.none() | st.none() | values
        fields[name] = values
    return st.builds(kind, **fields)


_ANY: Final = st.one_of(*(_of(kind) for kind in get_args(d.Draft) if kind not in _UNKNOWN_TO_THE_MODEL))
_WHY: Final = st.just("because")
_NEW: Final[tuple[st.SearchStrategy[d.Draft], ...]] = (
    st.builds(d.RegisterProduct, NAMES | st.integers(1, 9).map("Model {}".format), NUMBERS, st.none() | CODES),
    st.builds(d.AssignInstallations, st.lists(st.integers(1, 40).map(str), min_size=1, max_size=3).map(tuple)),
)


def drafts(model: Model) -> st.SearchStrategy[d.Draft]:
    """Drafts of any kind, more than half of them about what is registered, which would else be met too seldom."""
    good, products = list(_NEW), PRODUCTS
    if model.products:
        products = st.sampled_from([str(number) for number in model.products])
        good += [
            st.builds(d.RegisterRelease, products, VERSIONS, st.none(), VERSION_NAMES, NOTES),
            st.builds(d.CorrectProduct, products, NAMES, _WHY),
            st.builds(d.AssignInstallations, st.tuples(SERIALS), products, NOTES),
        ]
        good += [st.builds(d.RetireProduct, products, _WHY)] if len(model.products) > 1 else []
    if model.releases:
        of_release = st.sampled_from([(str(key[0]), held["version"]) for key, held in model.releases.items()])
        good += [
            of_release.flatmap(lambda it: st.builds(d.RegisterRelease, st.just(it[0]), st.just(it[1]), note=NOTES)),
            of_release.flatmap(lambda it: st.builds(d.CorrectRelease, st.just(it[0]), st.just(it[1]), NOTES, _WHY)),
            of_release.flatmap(lambda it: st.builds(d.WithdrawRelease, st.just(it[0]), st.just(it[1]), _WHY)),
        ]
    if model.installations:
        serials = st.sampled_from([held["serial"] for held in model.installations.values()])
        good += [
            st.builds(d.AssignInstallations, st.tuples(serials) | st.tuples(serials, SERIALS)),
            st.builds(d.CorrectInstallation, serials, st.none() | st.just("") | products, NOTES, _WHY),
            st.builds(d.RetireInstallation, serials, _WHY),
            st.builds(d.VoidInstallation, serials, _WHY),
            st.builds(d.NoteSeen, serials, PLACES, FOUND, DAYS),
            st.builds(d.ReinstateInstallation, serials, _WHY),
            st.builds(d.ReinstateInstallation, serials, _WHY),
        ]
    return st.sampled_from([_ANY, st.one_of(*good), st.one_of(*good)]).flatmap(lambda strategy: strategy)
