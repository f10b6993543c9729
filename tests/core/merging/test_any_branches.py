"""Any two histories, merged with any choices: no number means two things, none can be given again, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.merging.histories import History, acme
from uidmanager.core import drafts as d
from uidmanager.core import events as e
from uidmanager.core.branches import merged_hashes
from uidmanager.core.merging.terms import Choice
from uidmanager.core.records import NumberKind
from uidmanager.core.registry import fold
from uidmanager.core.rules import decide

if TYPE_CHECKING:
    from uidmanager.core.merging.terms import Plan
    from uidmanager.core.registry import Registry

NAMES = st.sampled_from(["MR", "mr", "US", "Viewer 2", "X" * 80])
PRODUCTS = st.sampled_from(["1", "3", "4", "MR"])
CODES = st.sampled_from([None, "MR"])
VERSIONS = st.sampled_from(["1.0", "v1.0", "1.1"])
VERSION_NAMES = st.sampled_from([None, "ONE", "TWO"])
SERIALS = st.sampled_from(["7", "07", "0372764"])
NOTES = st.sampled_from([None, "a note", "another"])
REASON = st.just("because")
NUMBERS = st.none() | st.integers(3, 4) | st.just(999_999_999)
GIVING = st.one_of(
    st.builds(d.RegisterProduct, NAMES, NUMBERS, CODES),
    st.builds(d.RegisterRelease, PRODUCTS, VERSIONS, st.none(), VERSION_NAMES, NOTES),
    st.builds(d.AssignInstallations, st.tuples(SERIALS), st.none() | PRODUCTS, NOTES),
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
            assert not decide(now, d.AssignInstallations((f"000{installation.serial}",))).events
    check_numbers_now(now)
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
                raise AssertionError(event)


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
            case e.InstallationAssigned():
                key = f"installation:{event.component}"
            case _:
                continue
        assert key not in apart or key in given_up | given


@QUICK
@given(left=BRANCH, right=BRANCH, later=BRANCH, leaves_out=st.booleans(), data=st.data())
def test_any_two_branches(
    left: list[d.Draft], right: list[d.Draft], later: list[d.Draft], *, leaves_out: bool, data: st.DataObject
) -> None:
    shared = acme()
    base, other = shared.parted("a"), shared.parted("b")
    go_on(base, left)
    go_on(other, right)
    before = fold(base.entries)
    planned = merged(data, base, other, leaves_out=leaves_out)
    check(before, other.registry, base)
    check_told(planned, other, 5)
    assert list(merged_hashes(base.entries)) == [entry.h for entry in other.entries[5:]]
    again = base.plan(other)
    assert (again.entries, again.clashes, again.given_up) == ((), (), [])
    # Somebody goes on with the old copy, and it is merged a second time.
    go_on(other, later)
    go_on(base, left)
    before = fold(base.entries)
    planned = merged(data, base, other)
    check(before, other.registry, base)
    assert len(planned.entries) == len(other.entries) - 5 - len(right_merged(base, other, planned))


def right_merged(base: History, other: History, planned: Plan) -> list[str]:
    """The entries of the other history that had been merged before."""
    fresh = {entry.source for entry in planned.entries}
    return [
        entry.h for entry in other.entries[5:] if entry.n not in fresh and entry.h in base.registry.elsewhere.merged
    ]


@QUICK
@given(branches=st.tuples(BRANCH, BRANCH, BRANCH), later=BRANCH, data=st.data())
def test_any_three_branches(
    branches: tuple[list[d.Draft], list[d.Draft], list[d.Draft]], later: list[d.Draft], data: st.DataObject
) -> None:
    """A history that has merged another one is merged itself; then that other one once more, gone on meanwhile."""
    shared = acme()
    one, two, three = (shared.parted(name) for name in "xyz")
    for history, drafts in zip((one, two, three), branches, strict=True):
        go_on(history, drafts)
    merged(data, two, three)
    before = fold(one.entries)
    merged(data, one, two)
    check(before, two.registry, one)
    assert {entry.h for entry in three.entries[5:]} <= one.registry.elsewhere.merged.keys()
    go_on(three, later)
    before = fold(one.entries)
    merged(data, one, three)
    check(before, three.registry, one)
    assert one.plan(three).entries == one.plan(two).entries == ()
