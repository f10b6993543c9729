"""Drafts of every kind with good and bad values, few enough of each that they meet again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from hypothesis import strategies as st

from uidmanager.core import drafts as d
from uidmanager.core.barcodes import Read
from uidmanager.core.records import SerialRule

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
LETTERS = st.sampled_from(["SN-A1", "sn-a1", " SN-B2\r\n", "SN-A1 ", "C/1", "SN A", "Sü", "*", "\0", "0372764", "7"])
REASONS = st.sampled_from(["because", "because", "because", " ", None, *_BAD])
NOTES = st.sampled_from([None, None, "", "a note", " a note ", "another", *_BAD])
PLACES = st.sampled_from(["St Mary's", " St Mary's ", "ct1.example", "", *_BAD])
FOUND = st.sampled_from(["our root, never issued", "1.2.3", "", *_BAD])
DAYS = st.sampled_from([None, "2026-11-22", " 2026-11-22 ", "1999-12-31", "9999-12-31", "2026-02-29", "22.11.2026", ""])
_FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "name": NAMES,
    "number": NUMBERS,
    "code": CODES,
    "product": PRODUCTS,
    "version": VERSIONS,
    "numeric": NUMERICS,
    "version_name": VERSION_NAMES,
    "note": NOTES,
    "reason": REASONS,
    "serial": SERIALS | LETTERS,
    "serials": st.lists(SERIALS | LETTERS, max_size=4).map(tuple),
    "root": st.just(ROOT),
    "organisation": NAMES,
    "registry": st.just("another"),
    "where": PLACES,
    "what": FOUND,
    "day": DAYS,
    "today": st.just(""),
}
ARCS = st.sampled_from(["3", "3", "3", " 3 ", "1", "2", "03", "", "3.4", "x", "9" * 10])
GTINS = st.sampled_from(
    ["09521234543213", "9521234543213", " 00614141007349 ", "09521234543214", "96385074", "1234", "", "x", "\0"]
)
_RULES: Final = (
    SerialRule(),
    SerialRule(indexed=True),
    SerialRule(indexed=True),
    SerialRule(True, "SN-[A-Z][0-9]", "SN-A1"),
    SerialRule(False, "[0-9]{1,2}", "7"),
    SerialRule(False, " [0-9]{1,2} ", " 7 "),
    SerialRule(True, "", " "),
    SerialRule(False, "[", "7"),
    SerialRule(False, ".*", "A1"),
    SerialRule(True, ".*", "A 1"),
    SerialRule(True, "SN", None),
    SerialRule(False, None, "7"),
    SerialRule(False, "7", "8"),
    SerialRule(False, "x" * 201, "7"),
    SerialRule(False, "\0", "7"),
)
RULES = st.sampled_from(_RULES)
READS = st.none() | st.builds(
    Read,
    st.sampled_from(["]d2x", "SN-A1", "0952␝1", "", "x" * 512, "x" * 513, "a\0b"]),
    st.just(""),
    st.sampled_from([None, "]d2"]),
    st.sampled_from([None, "09521234543213", "00614141007349", "00012345678905"]),
)
CODES_PRINTED = st.sampled_from(["code", "code", "another", "", "x" * 1001, "a\0b"])
SCANS = st.sampled_from(["code", "]d2code", "]d2␝code", " code\r", "another", "7", "", "x" * 1001, "\0"])
TEMPLATES = st.sampled_from(["a4", "a4", "", "x" * 81, "a\0"])
ANY_SERIALS = SERIALS | LETTERS
PRINTS = st.lists(st.builds(d.Print, ANY_SERIALS, CODES_PRINTED), max_size=2).map(tuple)
CHECKS = st.lists(st.builds(d.Check, ANY_SERIALS, SCANS), max_size=2).map(tuple)
MISSES = st.lists(st.builds(d.Miss, SCANS, st.sampled_from(["twice", "", "x" * 81])), max_size=2).map(tuple)
COPIES = st.sampled_from([1, 1, 2, 100, 0, 101])
_FIELDS.update(
    {
        "arc": ARCS,
        "indexed_arc": st.none() | ARCS,
        "gtin": st.none() | GTINS,
        "prints": PRINTS,
        "checks": CHECKS,
        "misses": MISSES,
        "template": TEMPLATES,
        "copies": COPIES,
        "printed": st.integers(-1, 30),
        "reads": st.just(()),
    }
)
_OF_KIND: Final[dict[type[d.Draft], dict[str, st.SearchStrategy[Any]]]] = {
    d.RegisterProduct: {"serials": st.none() | RULES, "gtin": st.none() | st.none() | GTINS},
    d.CorrectProduct: {"name": st.none() | NAMES},
    d.SetProductSerials: {"serials": RULES},
    d.SetProductGtin: {"gtin": GTINS},
}
_OPTIONAL: Final = {d.AssignInstallations: {"product"}, d.CorrectInstallation: {"product"}}
_NEED_NO_REASON: Final = (d.RegisterProduct, d.RegisterRelease, d.AssignInstallations, d.NoteSeen)
_SELDOM_MEANT: Final[dict[type[d.Draft], set[str]]] = {kind: {"reason"} for kind in _NEED_NO_REASON}


def _of(kind: type[d.Draft]) -> st.SearchStrategy[d.Draft]:
    fields = {}
    for name in kind.__struct_fields__:
        values = _OF_KIND.get(kind, {}).get(name, _FIELDS[name])
        if name in _OPTIONAL.get(kind, ()):
            values = st.none() | st.just("") | values
        if name in _SELDOM_MEANT.get(kind, ()):
            values = st.none() | st.none() | values
        fields[name] = values
    return st.builds(kind, **fields)


_ANY: Final = st.one_of(
    *(_of(kind) for kind in get_args(d.Draft) if kind is not d.TakeOver)
)  # a spreadsheet's rows: drafts of kinds that are here
_WHY: Final = st.just("because")
_NEW: Final[tuple[st.SearchStrategy[d.Draft], ...]] = (
    st.builds(d.RegisterProduct, NAMES | st.integers(1, 9).map("Model {}".format), NUMBERS, st.none() | CODES),
    st.builds(d.AssignInstallations, st.lists(st.integers(1, 40).map(str), min_size=1, max_size=3).map(tuple)),
)


def _check_of(model: Model, run: int) -> st.SearchStrategy[d.Draft]:
    serials = st.sampled_from([model.installations[component]["serial"] for component in model.runs[run]])
    checks = st.lists(st.builds(d.Check, serials, SCANS), min_size=1, max_size=2).map(tuple)
    return st.builds(d.NoteLabelsChecked, st.just(run), checks, st.just(()) | MISSES)


def drafts(model: Model) -> st.SearchStrategy[d.Draft]:
    """Drafts of any kind, more than half of them about what is registered, which would else be met too seldom."""
    good, products = list(_NEW), PRODUCTS
    if model.arc is None:
        good.append(st.builds(d.OpenIndexedArc, ARCS, _WHY))
    if model.products:
        products = st.sampled_from([str(number) for number in model.products])
        good += [
            st.builds(d.RegisterRelease, products, VERSIONS, st.none(), VERSION_NAMES, NOTES),
            st.builds(d.CorrectProduct, products, st.none() | NAMES, _WHY, NOTES),
            st.builds(d.SetProductGtin, products, GTINS, _WHY),
            st.builds(d.SetProductSerials, products, st.sampled_from(_RULES[:6]), _WHY),
            st.builds(
                lambda serial, product, read: d.AssignInstallations((serial,), product, reads=(read,)),
                LETTERS,
                st.none() | products,
                READS,
            ),
            st.builds(d.AssignInstallations, st.lists(LETTERS, min_size=2, max_size=3).map(tuple), products),
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
            st.builds(
                d.NoteLabelsPrinted,
                st.lists(st.builds(d.Print, serials, CODES_PRINTED), min_size=1, max_size=2).map(tuple),
                st.just("a4"),
                st.sampled_from([1, 2]),
                _WHY | st.none(),
            ),
            st.builds(d.AssignInstallations, st.tuples(serials) | st.tuples(serials, SERIALS)),
            st.builds(d.CorrectInstallation, serials, st.none() | st.just("") | products, NOTES, _WHY),
            st.builds(d.RetireInstallation, serials, _WHY),
            st.builds(d.VoidInstallation, serials, _WHY),
            st.builds(d.NoteSeen, serials, PLACES, FOUND, DAYS),
            st.builds(d.ReinstateInstallation, serials, _WHY),
            st.builds(d.ReinstateInstallation, serials, _WHY),
        ]
    if model.runs:
        runs = st.sampled_from(sorted(model.runs))
        good.append(runs.flatmap(lambda run: _check_of(model, run)))
    return st.sampled_from([_ANY, st.one_of(*good), st.one_of(*good)]).flatmap(lambda strategy: strategy)
