"""Any two histories, merged with any choices: no number means two things, none can be given again, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.merging.histories import History, acme
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.barcodes import Read
from uidmanager.core.branches import merged_hashes
from uidmanager.core.merging.terms import Choice
from uidmanager.core.print_runs import print_run, print_runs_of
from uidmanager.core.records import LabelState, NumberKind, SerialRule
from uidmanager.core.registry import fold
from uidmanager.core.rules import decide
from uidmanager.core.scheme import indexed_key

if TYPE_CHECKING:
    from uidmanager.core.merging.terms import Plan
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry

Assigned = e.InstallationAssigned | e.InstallationIndexed

NAMES = st.sampled_from(["MR", "mr", "US", "Viewer 2", "X" * 80])
PRODUCTS = st.sampled_from(["1", "3", "4", "MR"])
CODES = st.sampled_from([None, "MR"])
VERSIONS = st.sampled_from(["1.0", "v1.0", "1.1"])
VERSION_NAMES = st.sampled_from([None, "ONE", "TWO"])
SERIALS = st.sampled_from(["7", "07", "0372764"])
NOTES = st.sampled_from([None, "a note", "another"])
REASON = st.just("because")
NUMBERS = st.none() | st.integers(3, 4) | st.just(999_999_999)
LETTERS = st.sampled_from(["SN-A", "sn-a", "SN-B", "C/1", "7", "07"])
ANY = SERIALS | LETTERS
GTINS = st.sampled_from(["09521234543213", "00614141007349", ""])
RULES = st.sampled_from(
    [SerialRule(), SerialRule(indexed=True), SerialRule(indexed=True), SerialRule(False, ".*", "1")]
)
READS = st.sampled_from([(), (Read("]C1SN-A", "SN-A", "]C1"),)])
GIVING = st.one_of(
    st.builds(d.RegisterProduct, NAMES, NUMBERS, CODES),
    st.builds(d.RegisterRelease, PRODUCTS, VERSIONS, st.none(), VERSION_NAMES, NOTES),
    st.builds(d.AssignInstallations, st.tuples(SERIALS), st.none() | PRODUCTS, NOTES),
)
INDEXING = st.one_of(
    st.builds(d.OpenIndexedArc, st.sampled_from(["3", "3", "3", "4"]), REASON),
    st.builds(d.SetProductSerials, st.sampled_from(["1", "1", "3"]), RULES, REASON),
    st.builds(d.AssignInstallations, st.tuples(LETTERS), PRODUCTS, NOTES, reads=READS),
    st.builds(d.AssignInstallations, st.tuples(LETTERS), st.just("1"), NOTES, reads=READS),
    st.builds(d.AssignInstallations, st.just(("SN-A", "SN-B")), st.just("1")),
)
PRINTING = st.one_of(
    st.builds(d.SetProductGtin, PRODUCTS, GTINS, REASON),
    st.builds(d.CorrectProduct, PRODUCTS, st.none(), REASON, NOTES),
    st.builds(d.CorrectInstallation, LETTERS, st.sampled_from([None, "", "1", "3"]), NOTES, REASON),
    st.builds(d.VoidInstallation, LETTERS, REASON),
    ANY.map(lambda serial: d.NoteLabelsPrinted((d.Print(serial, "code"),), "a4", reason="because")),
    ANY.map(lambda serial: d.NoteLabelsPrinted((d.Print(serial, "code"),), "a4", reason="because")),
    st.builds(
        lambda run, serial: d.NoteLabelsChecked(run, (d.Check(serial, "code"),), (d.Miss("junk", "twice"),)),
        st.integers(6, 14),
        ANY,
    ),
)
CHANGING = st.one_of(
    st.builds(d.CorrectProduct, PRODUCTS, NAMES, REASON),
    st.builds(d.RetireProduct, PRODUCTS, REASON),
    st.builds(d.CorrectRelease, PRODUCTS, VERSIONS, NOTES, REASON),
    st.builds(d.WithdrawRelease, PRODUCTS, VERSIONS, REASON),
    st.builds(d.CorrectInstallation, SERIALS, st.sampled_from([None, "", "1", "3"]), NOTES, REASON),
    st.builds(d.RetireInstallation, SERIALS, REASON),
    st.builds(d.VoidInstallation, SERIALS, REASON),
    st.builds(d.ReinstateInstallation, SERIALS, REASON),
    st.builds(d.NoteSeen, SERIALS, st.sampled_from(["here", "there"]), st.just("it"), today=st.just("2026-11-22")),
)
BRANCH = st.lists(GIVING | GIVING | CHANGING, min_size=12, max_size=20)
BENCH = st.tuples(
    st.lists(
        st.just(d.OpenIndexedArc("3", "x")) | st.just(d.SetProductSerials("1", SerialRule(indexed=True))), max_size=2
    ),
    st.lists(INDEXING | INDEXING | PRINTING | GIVING, min_size=12, max_size=20),
).map(lambda parts: [*parts[0], *parts[1]])
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def go_on(history: History, drafts: list[d.Draft]) -> None:
    """Register what the rules let through."""
    for draft in drafts:
        decision = history.ask(draft)
        if decision.events:
            history.write(*decision.events, why=draft.reason)


def merged(data: st.DataObject, base: History, other: History, *, leaves_out: bool = False) -> Plan:
    """Merge with choices as they come, until nothing is left to decide."""
    choices: dict[str, Choice] = {}
    planned = base.plan(other, choices, leaves_out=leaves_out)
    while planned.undecided:
        for clash in planned.clashes:
            if clash.chosen is None:
                choices[clash.key] = data.draw(st.sampled_from([option.choice for option in clash.options]), clash.key)
        planned = base.plan(other, choices, leaves_out=leaves_out)
    was = list(base.entries)
    base.merge(other, choices, leaves_out=leaves_out)
    assert base.entries[: len(was)] == was
    return planned


def check(base: Registry, other: Registry, result: History) -> None:
    """``result`` holds what ``base`` held, and has for each number of ``other`` the same thing or has it given up."""
    now = fold(result.entries)
    for registry in (base, other):
        for product in registry.products:
            assert now.product(product.number) or now.elsewhere.given_up(NumberKind.PRODUCT, str(product.number))
            refused = decide(now, d.RegisterProduct("A name of its own", product.number))
            assert refused.problems
        for release in registry.releases:
            number = f"{release.product}.{release.numeric}"
            held = now.release(release.product, release.numeric)
            assert held or now.elsewhere.given_up(NumberKind.RELEASE, number)
            named = now.release_named(release.version_name)
            assert named or now.elsewhere.given_up(NumberKind.VERSION_NAME, release.version_name)
            draft = d.RegisterRelease(str(release.product), "another build", release.numeric)
            assert not decide(now, draft).events
            draft = d.RegisterRelease("1", "77.77", version_name=release.version_name)
            assert not decide(now, draft).events
        for installation in registry.installations:
            given_up = now.elsewhere.given_up(NumberKind.INSTALLATION, installation.component)
            assert now.installation(installation.component) or given_up
            check_serial(now, installation)
    check_numbers_now(now)
    check_one_root(now)
    check_labels(now)
    for release in base.releases:
        held = now.release(release.product, release.numeric)
        assert held
        assert (held.version, held.version_name, held.uid) == (release.version, release.version_name, release.uid)
    for installation in base.installations:
        kept = now.installation(installation.component)
        assert kept
        assert (kept.serial, kept.uid) == (installation.serial, installation.uid)
    assert decide(now, d.RegisterProduct("A name of its own")).number not in {
        product.number for registry in (base, other, now) for product in registry.products
    }
    uids = [r.uid for r in now.releases] + [i.uid for i in now.installations]
    assert len(set(uids)) == len(uids)
    assert len({name.casefold() for name in (p.name for p in now.products)}) == len(list(now.products))


def check_serial(now: Registry, given: Installation) -> None:
    """The root of a unit is its own now, or it is written down for whom it was given; it is not given a second time."""
    held = now.installation(given.component)
    meant = {each.meant for each in now.elsewhere.given_up(NumberKind.INSTALLATION, given.component)}
    is_its_own = held is not None and indexed_key(held.serial) == indexed_key(given.serial)
    chosen_as_one = held is not None and "." not in given.component  # zeros apart, as a person decided
    assert is_its_own or given.serial in meant or chosen_as_one
    if "." not in given.component:
        assert not decide(now, d.AssignInstallations((f"000{given.serial}",))).events
    for number in [product.number for product in now.products]:
        new = decide(now, d.AssignInstallations((given.serial, "SN-NEW"), str(number))).events
        assert not {event.component for event in new if isinstance(event, Assigned)} & {given.component} - own(
            now, given
        )


def own(now: Registry, given: Installation) -> set[str]:
    """The root that a unit may have back: what was given up for its very serial."""
    given_up = now.elsewhere.given_up(NumberKind.INSTALLATION, given.component)
    return {given.component} if {each.meant for each in given_up} == {given.serial} else set()


def check_one_root(now: Registry) -> None:
    """Each serial is found, and under one root: no two units have the same serial."""
    for held in now.installations:
        assert now.installation_with(held.serial) == held
    assert now.indexed.highest >= max(
        (int(held.component.partition(".")[2]) for held in now.installations if "." in held.component), default=0
    )


def check_labels(now: Registry) -> None:
    """A checked label was printed, in the last run that it was printed in."""
    for held in now.installations:
        runs = print_runs_of(now, held)
        assert len(runs) == held.prints
        run = print_run(now, runs[-1]) if runs else None
        assert (held.label is LabelState.CHECKED) == (run is not None and held.component in run.checked)


def check_numbers_now(now: Registry) -> None:
    """A number that stands for one given up is held; a release stands under the number that its product has now."""
    given_up = [
        event for entry in now.entries for event in entry.events if isinstance(event, e.NumberGivenUp) and event.now
    ]
    for event in given_up:
        assert event.now
        match event.kind:
            case NumberKind.PRODUCT:
                assert now.product(int(event.now))
            case NumberKind.RELEASE:
                product, _, numeric = event.now.partition(".")
                assert now.release(int(product), numeric)
                assert event.number.partition(".")[2] == numeric
            case NumberKind.VERSION_NAME:
                assert now.release_named(event.now)
            case _:
                assert now.installation(event.now)


def check_told(planned: Plan, other: History, common: int) -> None:
    """Each entry of the other history is there once, each of its events told once."""
    events = sum(len(entry.events) for entry in other.entries[common:])
    assert len(planned.taken) + len(planned.present) + len(planned.left_out) == events
    for entry in planned.entries:
        first = entry.events[0]
        assert isinstance(first, e.EntryMerged)
        source = other.entries[entry.source - 1]
        assert (first.entry, first.hash, first.id, first.at) == (source.n, source.h, source.id, source.at)
        check_apart(planned, source, entry.events)


def check_apart(planned: Plan, source: e.Entry, events: tuple[e.Event, ...]) -> None:
    """What a person told apart has its own number, or it is written down that the number was given to it as well."""
    apart = {clash.key for clash in planned.clashes if clash.chosen is Choice.APART}
    given_up = {f"{event.kind}:{event.number}" for event in events if isinstance(event, e.NumberGivenUp)}
    given = {f"product:{event.number}" for event in events if isinstance(event, e.ProductRegistered)}
    for event in source.events:
        match event:
            case e.ProductRegistered():
                key = f"product:{event.number}"
            case e.ReleaseRegistered():
                key = f"release:{event.product}.{event.numeric}"
            case e.InstallationAssigned() | e.InstallationIndexed():
                key = f"installation:{event.component}"
            case _:
                continue
        assert key not in apart or key in given_up | given


@QUICK
@given(left=BRANCH, right=BRANCH, later=BRANCH, leaves_out=st.booleans(), data=st.data())
def test_any_two_branches(
    left: list[d.Draft], right: list[d.Draft], later: list[d.Draft], *, leaves_out: bool, data: st.DataObject
) -> None:
    check_two(acme(), (left, right, later), leaves_out=leaves_out, data=data)


@QUICK
@given(
    begun=st.lists(INDEXING, max_size=4),
    branches=st.tuples(BENCH, BENCH, BENCH),
    leaves_out=st.booleans(),
    data=st.data(),
)
def test_any_two_branches_of_a_work_bench(
    begun: list[d.Draft],
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]],
    *,
    leaves_out: bool,
    data: st.DataObject,
) -> None:
    shared = acme()
    go_on(shared, begun)
    check_two(shared, branches, leaves_out=leaves_out, data=data)


def check_two(
    shared: History,
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]],
    *,
    leaves_out: bool,
    data: st.DataObject,
) -> None:
    """Merge, then once more when somebody has gone on with the old copy."""
    left, right, later = branches
    parted = shared.registry.position
    base, other = shared.parted("a"), shared.parted("b")
    go_on(base, left)
    go_on(other, right)
    before = fold(base.entries)
    planned = merged(data, base, other, leaves_out=leaves_out)
    check(before, other.registry, base)
    check_told(planned, other, parted)
    assert list(merged_hashes(base.entries)) == [entry.h for entry in other.entries[parted:]]
    again = base.plan(other)
    assert (again.entries, again.clashes, again.given_up) == ((), (), [])
    # Somebody goes on with the old copy, and it is merged a second time.
    go_on(other, later)
    go_on(base, left)
    before = fold(base.entries)
    planned = merged(data, base, other)
    check(before, other.registry, base)
    assert len(planned.entries) == len(other.entries) - parted - len(right_merged(base, other, planned, parted))


def right_merged(base: History, other: History, planned: Plan, parted: int) -> list[str]:
    """The entries of the other history that had been merged before."""
    fresh = {entry.source for entry in planned.entries}
    return [
        entry.h
        for entry in other.entries[parted:]
        if entry.n not in fresh and entry.h in base.registry.elsewhere.merged
    ]


@QUICK
@given(branches=st.tuples(BRANCH, BRANCH, BRANCH), later=BRANCH, data=st.data())
def test_any_three_branches(
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]], later: list[d.Draft], data: st.DataObject
) -> None:
    """A history that has merged another one is merged itself; then that other one once more, gone on meanwhile."""
    check_three(acme(), (*branches, later), data)


@QUICK
@given(begun=st.lists(INDEXING, max_size=4), branches=st.tuples(BENCH, BENCH, BENCH, BENCH), data=st.data())
def test_any_three_branches_of_a_work_bench(
    begun: list[d.Draft],
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft], list[d.Draft]],
    data: st.DataObject,
) -> None:
    shared = acme()
    go_on(shared, begun)
    check_three(shared, branches, data)


def check_three(
    shared: History,
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft], list[d.Draft]],
    data: st.DataObject,
) -> None:
    """Merge what has merged itself."""
    *first, later = branches
    parted = shared.registry.position
    one, two, three = (shared.parted(name) for name in "xyz")
    for history, drafts in zip((one, two, three), first, strict=True):
        go_on(history, drafts)
    merged(data, two, three)
    before = fold(one.entries)
    merged(data, one, two)
    check(before, two.registry, one)
    assert {entry.h for entry in three.entries[parted:]} <= one.registry.elsewhere.merged.keys()
    go_on(three, later)
    before = fold(one.entries)
    merged(data, one, three)
    check(before, three.registry, one)
    assert one.plan(three).entries == one.plan(two).entries == ()
