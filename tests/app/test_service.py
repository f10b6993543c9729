from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.app.conftest import ROOT, CountedWorld, ListLedger, ledger_of
from uidmanager.app.ports import News, no_progress
from uidmanager.app.service import Receipt, Service
from uidmanager.core.drafts import (
    AssignInstallations,
    FoundRegistry,
    NoteSeen,
    RegisterProduct,
    TakenRow,
    TakeOver,
    VoidInstallation,
)
from uidmanager.core.errors import (
    CancelledError,
    LedgerDamagedError,
    LedgerError,
    LedgerExistsError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerWentBackError,
    OutcomeUnknownError,
)
from uidmanager.core.events import InstallationAssigned
from uidmanager.core.rules import decide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.core.decision import Decision
    from uidmanager.core.drafts import Draft
    from uidmanager.core.events import Entry, NewEntry
    from uidmanager.core.registry import Registry


def codes_of(trouble: LedgerError | None) -> str:
    return trouble.code if trouble else ""


def test_a_founded_registry_has_an_id_of_its_own_and_says_who_when_where(service: Service) -> None:
    with service.look() as registry:
        assert registry.founding.registry == "anna-1"
        (entry,) = registry.entries
    assert (entry.by, entry.station, entry.app, entry.why) == ("anna", "LINE-3", "0.1.0", None)


def test_a_founding_that_a_rule_refuses_makes_no_ledger(lines: list[Entry]) -> None:
    receipt = Service(ListLedger(lines), CountedWorld()).found(FoundRegistry("1.02", "Acme"))
    assert receipt.decision.is_refused
    assert (receipt.entry, lines) == (None, [])


def test_a_second_founding_in_one_place_is_refused(service: Service, lines: list[Entry]) -> None:
    with pytest.raises(LedgerExistsError):
        Service(ListLedger(lines), CountedWorld()).found(FoundRegistry(ROOT, "Acme"))


def test_there_must_be_a_ledger_to_open() -> None:
    with pytest.raises(LedgerMissingError):
        Service(ListLedger([]), CountedWorld()).open()


def test_what_is_submitted_is_what_was_shown(service: Service, lines: list[Entry]) -> None:
    draft = AssignInstallations(("0372764",), reason=" pilot ")
    shown = service.preview(draft)
    receipt = service.submit(draft, shown)
    assert receipt.decision == shown
    assert receipt.entry is lines[-1]
    assert lines[-1].events == shown.events
    assert lines[-1].why == "pilot"
    with service.look() as registry:
        assert registry.installation("372764") is not None


def test_what_a_rule_refuses_is_not_written_and_takes_no_turn(service: Service, lines: list[Entry]) -> None:
    receipt = service.submit(AssignInstallations(("AB-1234",)))
    assert receipt.decision.is_refused
    assert (receipt.entry, len(lines), ledger_of(service).turns) == (None, 1, 0)


def test_what_is_there_already_is_answered_and_not_written(service: Service, lines: list[Entry]) -> None:
    draft = AssignInstallations(("7",))
    first = service.submit(draft)
    again = service.submit(draft, service.preview(draft))
    assert again.decision.uids == first.decision.uids
    assert (again.entry, again.overtaken, len(lines)) == (None, False, 2)


def test_a_serial_that_another_station_took_meanwhile_is_told_with_its_name(service: Service, other: Service) -> None:
    draft = AssignInstallations(("372764",))
    shown = service.preview(draft)
    ledger_of(service).in_the_meantime = lambda: other.submit(AssignInstallations(("0372764",)))
    receipt = service.submit(draft, shown)
    assert (receipt.entry, receipt.overtaken) == (None, True)
    (problem,) = receipt.decision.problems
    assert problem.code == "serial.taken"
    assert "0372764" in problem.message
    assert "ben" in problem.message


def test_the_same_serial_assigned_at_two_stations_at_once_is_one_installation(
    service: Service, other: Service, lines: list[Entry]
) -> None:
    draft = AssignInstallations(("5",))
    ledger_of(service).in_the_meantime = lambda: other.submit(draft)
    receipt = service.submit(draft)
    assert receipt.decision.is_settled
    assert receipt.decision.uids == (f"{ROOT}.2.5",)
    assert [entry.by for entry in lines] == ["anna", "ben"]


def test_a_proposed_product_number_that_was_taken_goes_back_to_the_person(service: Service, other: Service) -> None:
    draft = RegisterProduct("CT Console")
    shown = service.preview(draft)
    ledger_of(service).in_the_meantime = lambda: other.submit(RegisterProduct("Viewer"))
    receipt = service.submit(draft, shown)
    assert (receipt.entry, receipt.overtaken, receipt.decision.number) == (None, True, 2)
    assert service.submit(draft, receipt.decision).decision.number == 2


def test_without_a_preview_the_number_is_the_next_one_at_commit(service: Service, other: Service) -> None:
    ledger_of(service).in_the_meantime = lambda: other.submit(RegisterProduct("Viewer"))
    assert service.submit(RegisterProduct("CT Console")).decision.number == 2


def test_what_others_wrote_is_taken_in_once(service: Service, other: Service) -> None:
    other.submit(AssignInstallations(("5", "6")))
    assert [entry.by for entry in service.refresh()] == ["ben"]
    assert not service.refresh()
    with service.look() as registry:
        assert registry.installation("6") is not None


def test_a_void_that_was_lifted_elsewhere_is_seen_before_the_answer(service: Service, other: Service) -> None:
    service.submit(AssignInstallations(("5",)))
    other.submit(VoidInstallation("5", "typo"))
    assert service.submit(AssignInstallations(("5",))).decision.is_refused


def test_a_ledger_in_trouble_is_shown_and_not_written(service: Service, lines: list[Entry]) -> None:
    ledger_of(service).trouble = LedgerReadOnlyError("a list", "permission denied")
    service.open()
    with service.look() as registry:
        assert registry.position == 1
    with pytest.raises(LedgerReadOnlyError):
        service.submit(AssignInstallations(("5",)))
    assert len(lines) == 1
    assert not service.refresh()


def test_trouble_that_comes_up_in_the_turn_stops_the_write(service: Service, lines: list[Entry]) -> None:
    ledger = ledger_of(service)

    def break_it() -> None:
        ledger.trouble = LedgerDamagedError("a list", 2, "its hash does not fit")

    ledger.in_the_meantime = break_it
    with pytest.raises(LedgerDamagedError):
        service.submit(AssignInstallations(("5",)))
    assert len(lines) == 1


def test_an_entry_that_cannot_follow_is_damage_and_what_stands_before_it_holds(
    service: Service, other: Service, lines: list[Entry]
) -> None:
    service.submit(AssignInstallations(("5",)))
    lines.append(structs.replace(lines[-1], n=3))
    assert list(other.refresh()) == [lines[1]]
    assert codes_of(other.trouble) == "ledger.damaged"
    assert "Line 3" in str(other.trouble)
    with other.look() as registry:
        assert registry.position == 2
    with pytest.raises(LedgerDamagedError):
        other.submit(AssignInstallations(("6",)))


def test_an_entry_that_contradicts_in_its_second_event_leaves_nothing_of_its_first(
    service: Service, other: Service, lines: list[Entry]
) -> None:
    service.submit(AssignInstallations(("5",)))
    events = (InstallationAssigned("6", "6"), InstallationAssigned("5", "5"))
    lines.append(structs.replace(lines[-1], n=3, events=events))
    other.refresh()
    with other.look() as registry:
        assert (registry.position, registry.installation("6")) == (2, None)


def test_after_an_entry_that_the_disk_did_not_confirm_nothing_is_written_until_it_is_opened_anew(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_entry: NewEntry) -> Entry:
        raise OutcomeUnknownError("a list", "fsync failed", present=False)

    ledger = ledger_of(service)
    monkeypatch.setattr(ledger, "append", fail)
    for _ in range(2):
        with pytest.raises(OutcomeUnknownError):
            service.submit(AssignInstallations(("5",)))
    assert ledger.turns == 1
    service.open()
    assert service.submit(AssignInstallations(("5",))).entry is not None


def test_what_one_thread_has_read_is_taken_in_before_another_decides(
    service: Service, other: Service, lines: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    other.submit(AssignInstallations(("0372764",)))
    ledger = ledger_of(service)
    has_read, may_go_on = threading.Event(), threading.Event()
    read = ledger.news

    def read_and_linger(progress: Progress = no_progress) -> News:
        news = read(progress)
        if threading.current_thread() is looker:
            has_read.set()
            may_go_on.wait(0.3)  # where the two are not kept apart, the other is done long before
        return news

    def assign() -> None:
        receipts.append(service.submit(AssignInstallations(("372764",))))
        may_go_on.set()

    receipts: list[Receipt] = []
    monkeypatch.setattr(ledger, "news", read_and_linger)
    looker, writer = threading.Thread(target=service.refresh), threading.Thread(target=assign)
    looker.start()
    has_read.wait()
    writer.start()
    looker.join()
    writer.join()
    assert [problem.code for problem in receipts[0].decision.problems] == ["serial.taken"]
    assert len(lines) == 2


def test_remarks_of_the_ledger_are_kept_for_the_user(service: Service) -> None:
    ledger_of(service).remarks = ("12 bytes were set aside",)
    service.open()
    assert service.remarks == ["12 bytes were set aside"]


def test_verifying_reads_everything_anew_and_leaves_the_state_alone(service: Service, other: Service) -> None:
    other.submit(AssignInstallations(("5",)))
    verification = service.verify()
    assert (verification.entries, verification.trouble) == (2, None)
    with service.look() as registry:
        assert registry.position == 1, "what others wrote is taken in by refresh, not by verify"


def test_verifying_sees_that_the_ledger_is_shorter_than_it_was(service: Service, lines: list[Entry]) -> None:
    service.submit(AssignInstallations(("5",)))
    lines.pop()
    verification = service.verify()
    assert isinstance(verification.trouble, LedgerWentBackError)
    assert "2 entries" in str(verification.trouble)


def test_verifying_sees_that_an_entry_is_another_one(service: Service, lines: list[Entry]) -> None:
    service.submit(AssignInstallations(("5",)))
    lines[-1] = structs.replace(lines[-1], h="f" * 64)
    assert isinstance(service.verify().trouble, LedgerWentBackError)


def test_verifying_can_be_stopped(service: Service) -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        service.verify(stop)


def test_a_state_that_was_kept_is_gone_on_from(service: Service, lines: list[Entry]) -> None:
    service.checkpoint_worth = 1
    service.submit(AssignInstallations(("5",)))
    service.settle()
    kept = ledger_of(service).kept
    service.submit(AssignInstallations(("6",)))
    service.open()
    with service.look() as registry:
        assert registry is kept, "and what came after was read"
        assert list(registry.entries) == lines
        assert registry.installation("6") is not None


def test_what_was_kept_is_not_asked_for_when_something_is_to_be_proved(service: Service) -> None:
    service.checkpoint_worth = 1
    service.settle()
    service.submit(AssignInstallations(("5",)))
    kept = ledger_of(service).kept
    assert kept is not None
    kept.head = "f" * 64
    found = service.verify()
    assert (found.entries, found.trouble) == (2, None)


def test_little_that_is_new_is_not_worth_a_checkpoint(service: Service) -> None:
    service.settle()
    assert ledger_of(service).kept is None
    service.checkpoint_worth = 3
    service.submit(AssignInstallations(("5",)))
    assert not service.wants_settling
    service.submit(AssignInstallations(("6",)))
    told: list[str] = []
    service.settle(lambda message, _fraction: told.append(message))
    kept = ledger_of(service).kept
    assert kept is not None
    with service.look() as registry:
        assert kept.image() == registry.image()
        assert registry.installations.components.unsettled == 0
    assert told[-1] == "Keeping a checkpoint"


def test_a_ledger_in_trouble_gets_no_checkpoint(service: Service, lines: list[Entry]) -> None:
    service.checkpoint_worth = 1
    lines.append(structs.replace(lines[-1], n=9))
    service.refresh()
    assert service.trouble is not None
    service.settle()
    assert ledger_of(service).kept is None


def test_what_is_sorted_behind_the_window_can_be_looked_at_and_added_to(service: Service) -> None:
    service.checkpoint_worth = 1
    service.submit(AssignInstallations(tuple(map(str, range(100)))))

    def go_on(_message: str, _fraction: float) -> None:
        service.submit(AssignInstallations((str(100 + len(given)),)))
        with service.look() as registry:
            given.append(all(registry.installation(str(number)) for number in range(101 + len(given))))

    given: list[bool] = []
    service.settle(go_on)
    assert len(given) > 1
    assert all(given)


def test_much_that_is_new_is_taken_in_a_little_at_a_time(service: Service, other: Service) -> None:
    for start in range(0, 9000, 900):
        other.submit(AssignInstallations(tuple(map(str, range(start, start + 900)))))
    looks = 0
    look = service.look

    @contextmanager
    def counted() -> Iterator[Registry]:
        nonlocal looks
        looks += 1
        with look() as registry:
            yield registry

    service.look = counted  # type: ignore[method-assign]
    assert len(service.refresh()) == 10
    assert looks > 4
    with look() as registry:
        assert len(registry.installations) == 9000


def test_what_was_decided_holds_as_long_as_draft_and_state_are_the_same(
    service: Service, other: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(registry: Registry, draft: AssignInstallations) -> Decision:
        asked.append(f"{registry.position} {draft.serials}")
        return decide(registry, draft)

    monkeypatch.setattr("uidmanager.app.service.decide", counted)
    five, six = AssignInstallations(("5",)), AssignInstallations(("6",))
    assert service.preview(five) == service.preview(AssignInstallations(("5",)))
    assert service.preview(six) != service.preview(five)
    assert asked == ["1 ('5',)", "1 ('6',)", "1 ('5',)"]
    other.submit(AssignInstallations(("5",)))
    asked.clear()
    receipt = service.submit(five, service.preview(five))
    assert receipt.overtaken
    assert asked == ["2 ('5',)"], "the first was decided before"
    service.open()
    asked.clear()
    service.preview(five)
    assert asked == ["2 ('5',)"]


def test_who_notes_a_finding_is_told_which_day_it_is(service: Service) -> None:
    service.submit(AssignInstallations(("7",)))
    receipt = service.submit(NoteSeen("7", "a", "b", today="2099-01-01"))
    assert receipt.entry
    assert receipt.entry.events[0].day == "2026-11-22"  # type: ignore[union-attr]
    assert service.preview(NoteSeen("7", "a", "b", "2026-11-23")).problems[0].code == "seen.in_future"
    assert service.preview(NoteSeen("7", "a", "b")).is_settled


def test_whoever_looks_does_not_wait_while_a_spreadsheet_is_decided_and_that_is_done_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def slowly(registry: Registry, draft: Draft) -> Decision:
        def look() -> None:
            with service.look() as now:
                seen.append(now.position)

        other = threading.Thread(target=look)
        other.start()
        other.join(10)
        assert not other.is_alive()
        return decide(registry, draft)

    monkeypatch.setattr("uidmanager.app.service.decide", slowly)
    rows = tuple(TakenRow(line, AssignInstallations((str(line),))) for line in range(2, 5))
    draft = TakeOver(rows, "units.csv", "ab" * 32)
    shown = service.preview(draft)
    assert service.submit(draft, shown).entry is not None
    assert seen == [1]
    assert service.preview(draft).is_settled
    assert seen == [1, 2]
