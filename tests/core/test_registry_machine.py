"""Any sequence of drafts, whatever they hold: no UID is given twice, no number is used again, the fold is the state."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.core.conftest import ROOT, Book
from uidmanager.core import drafts as d
from uidmanager.core.barcodes import Read
from uidmanager.core.records import SerialRule
from uidmanager.core.registry import fold
from uidmanager.core.uid import check_uid, is_under

NAMES = st.sampled_from(["Viewer", "viewer", "CT Console", "MR", "Röntgen", "2", ""])
PRODUCTS = st.sampled_from(["1", "2", "3", "Viewer", "CT Console", "MR", "nobody"])
VERSIONS = st.sampled_from(["1", "1.0", "01.0", "v1.0", "1.0-rc", "2024.01", "2024.1", "1..0", "9" * 60])
NUMERICS = st.none() | st.sampled_from(["1.0", "1.0.1", "x"])
SERIALS = st.sampled_from(["0", "000", "7", "07", "８", "372764", "0372764", "A1", "", "9" * 40]) | st.from_regex(
    r"0{0,2}[0-9]{1,4}", fullmatch=True
)
REASONS = st.sampled_from(["because", "", None])
LETTERS = st.sampled_from(["SN-A", "sn-a", "C/1", "7", "07", " SN-B", "SN B", "Ü"])
GTINS = st.sampled_from(["09521234543213", "00614141007349", "x", ""])
RULES = st.sampled_from(
    [SerialRule(), SerialRule(indexed=True), SerialRule(True, "SN.*", "SN-A"), SerialRule(True, "[", "1")]
)
READS = st.none() | st.builds(Read, st.just("]d2x"), st.just(""), st.none(), st.none() | GTINS.filter(len))
NOTES = st.sampled_from([None, "", "a note", "bad\x00note"])


class RegistryMachine(RuleBasedStateMachine):
    """Remembers, apart from the registry, every UID and number that was ever given and to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book()
        self.owner: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[int, int] = {}

    @initialize()
    def found(self) -> None:
        self.book.do(d.FoundRegistry(ROOT, "Acme", "r"))

    def submit(self, draft: d.Draft) -> None:
        before = self.book.registry.position
        decision = self.book.ask(draft)
        assert decision == self.book.ask(draft), "the preview is the decision"
        if decision.problems:
            assert not decision.events
            return
        self.book.do(draft)
        assert self.book.registry.position == before + bool(decision.events)

    @rule(name=NAMES, number=st.none() | st.integers(-1, 6))
    def register_product(self, name: str, number: int | None) -> None:
        self.submit(d.RegisterProduct(name, number))

    @rule(product=PRODUCTS, version=VERSIONS, numeric=NUMERICS, note=NOTES)
    def register_release(self, product: str, version: str, numeric: str | None, note: str | None) -> None:
        self.submit(d.RegisterRelease(product, version, numeric, None, note))

    @rule(serials=st.lists(SERIALS, max_size=4).map(tuple), product=st.none() | PRODUCTS, note=NOTES)
    def assign(self, serials: tuple[str, ...], product: str | None, note: str | None) -> None:
        self.submit(d.AssignInstallations(serials, product, note))

    @rule(arc=st.sampled_from(["3", "3", "1", "03"]), reason=REASONS)
    def open_arc(self, arc: str, reason: str | None) -> None:
        self.submit(d.OpenIndexedArc(arc, reason))

    @rule(product=PRODUCTS, gtin=GTINS, rule=RULES, reason=REASONS)
    def set_product(self, product: str, gtin: str, rule: SerialRule, reason: str | None) -> None:
        self.submit(d.SetProductGtin(product, gtin, reason))
        self.submit(d.SetProductSerials(product, rule, reason))

    @rule(serials=st.lists(LETTERS, min_size=1, max_size=3).map(tuple), product=PRODUCTS, read=READS)
    def assign_letters(self, serials: tuple[str, ...], product: str, read: Read | None) -> None:
        self.submit(d.AssignInstallations(serials, product, reads=(read,) * len(serials)))

    @rule(serials=st.lists(SERIALS | LETTERS, max_size=2).map(tuple), copies=st.integers(0, 2), reason=REASONS)
    def print_labels(self, serials: tuple[str, ...], copies: int, reason: str | None) -> None:
        self.submit(d.NoteLabelsPrinted(tuple(d.Print(serial, "code") for serial in serials), "a4", copies, reason))

    @rule(run=st.integers(0, 30), serial=SERIALS | LETTERS, scanned=st.sampled_from(["code", "]d2code", "x"]))
    def check_label(self, run: int, serial: str, scanned: str) -> None:
        self.submit(d.NoteLabelsChecked(run, (d.Check(serial, scanned),), (d.Miss("junk", "twice"),)))

    @rule(product=PRODUCTS, name=NAMES, reason=REASONS)
    def correct_product(self, product: str, name: str, reason: str | None) -> None:
        self.submit(d.CorrectProduct(product, name, reason))

    @rule(product=PRODUCTS, reason=REASONS)
    def retire_product(self, product: str, reason: str | None) -> None:
        self.submit(d.RetireProduct(product, reason))

    @rule(product=PRODUCTS, version=VERSIONS, note=NOTES, reason=REASONS)
    def correct_release(self, product: str, version: str, note: str | None, reason: str | None) -> None:
        self.submit(d.CorrectRelease(product, version, note, reason))

    @rule(product=PRODUCTS, version=VERSIONS, reason=REASONS)
    def withdraw_release(self, product: str, version: str, reason: str | None) -> None:
        self.submit(d.WithdrawRelease(product, version, reason))

    @rule(serial=SERIALS, product=st.none() | PRODUCTS, note=NOTES, reason=REASONS)
    def correct_installation(self, serial: str, product: str | None, note: str | None, reason: str | None) -> None:
        self.submit(d.CorrectInstallation(serial, product, note, reason))

    @rule(
        kind=st.sampled_from([d.RetireInstallation, d.VoidInstallation, d.ReinstateInstallation]),
        serial=SERIALS,
        reason=REASONS,
    )
    def change_state(self, kind: type[d.StateDraft], serial: str, reason: str | None) -> None:
        self.submit(kind(serial, reason))

    @rule(serial=SERIALS, where=NOTES, day=st.sampled_from([None, "2026-11-21", "2026-11-23", "2026-11-31", ""]))
    def note_seen(self, serial: str, where: str | None, day: str | None) -> None:
        self.submit(d.NoteSeen(serial, where or "", "a note", day, today="2026-11-22"))

    @invariant()
    def no_uid_changes_hands(self) -> None:
        registry = self.book.registry
        given: list[tuple[str, tuple[str, ...]]] = []
        given += [(r.uid, ("release", str(r.product), r.version)) for r in registry.releases]
        given += [(i.uid, ("installation", i.serial)) for i in registry.installations]
        assert len({uid for uid, _ in given}) == len(given)
        for uid, owner in given:
            assert self.owner.setdefault(uid, owner) == owner
        assert {uid for uid, _ in given} == set(self.owner), "nothing that was given is ever gone"

    @invariant()
    def no_product_number_is_used_again(self) -> None:
        for product in self.book.registry.products:
            assert self.numbers.setdefault(product.number, product.origin.entry) == product.origin.entry
        assert set(self.numbers) == {product.number for product in self.book.registry.products}
        assert self.book.registry.highest_product == max(self.numbers, default=0)

    @invariant()
    def no_serial_has_two_roots(self) -> None:
        registry = self.book.registry
        for held in registry.installations:
            assert registry.installation_with(held.serial) == held
        gtins = [product.gtin for product in registry.products if product.gtin]
        assert len(set(gtins)) == len(gtins)

    @invariant()
    def every_uid_keeps_the_rules_and_leaves_room(self) -> None:
        for release in self.book.registry.releases:
            assert check_uid(release.uid) == ()
        for installation in self.book.registry.installations:
            assert check_uid(f"{installation.uid}.0") == ()

    @invariant()
    def installation_roots_are_prefix_free(self) -> None:
        roots = sorted(installation.uid for installation in self.book.registry.installations)
        for root in roots:
            assert [other for other in roots if is_under(other, root)] == [root]

    @invariant()
    def folding_the_entries_anew_gives_this_state(self) -> None:
        again = fold(self.book.registry.entries)
        assert list(again.products) == list(self.book.registry.products)
        assert list(again.releases) == list(self.book.registry.releases)
        assert list(again.installations) == list(self.book.registry.installations)


TestRegistryMachine = RegistryMachine.TestCase
TestRegistryMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
