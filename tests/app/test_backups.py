"""When a backup is due, and that it is made once, noted only when it is good, and a rule kept only when it works."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from tests.app.conftest import ledger_of
from uidmanager.app.backups import (
    Backup,
    BackupRule,
    Period,
    back_up_if_due,
    backup_state,
    begin_rule,
    is_due,
    read_when,
)
from uidmanager.app.ports import History
from uidmanager.core.drafts import AssignInstallations
from uidmanager.core.errors import BackupFailedError, PreferencesError

if TYPE_CHECKING:
    from uidmanager.app.service import Service

FOLDER = "/backups"
NOON = "2026-11-22T12:00:00.000000Z"
LAST = Backup(NOON, FOLDER, 10, "a" * 64, "/backups/x.jsonl")
DAILY, WEEKLY, NEVER = Period.DAILY, Period.WEEKLY, Period.NEVER


@pytest.mark.parametrize(
    ("when", "entries", "now", "last", "due"),
    [
        pytest.param(NEVER, 10, NOON, None, False, id="never, though there is none"),
        pytest.param(NEVER, 99, "2027-11-22T12", LAST, False, id="never, however old"),
        pytest.param(DAILY, 0, NOON, None, False, id="nothing is there to be backed up"),
        pytest.param(DAILY, 1, NOON, None, True, id="the first time"),
        pytest.param(WEEKLY, 1, NOON, None, True, id="the first time, weekly"),
        pytest.param(100, 1, NOON, None, True, id="the first time, by entries"),
        pytest.param(DAILY, 11, "2026-11-22T23:59:59.999999Z", LAST, False, id="the same day"),
        pytest.param(DAILY, 11, "2026-11-23T00:00:00.000000Z", LAST, True, id="the next day"),
        pytest.param(DAILY, 10, "2026-12-24T00:00:00.000000Z", LAST, False, id="a month without an entry"),
        pytest.param(WEEKLY, 11, "2026-11-28T23:59:59.999999Z", LAST, False, id="the sixth day"),
        pytest.param(WEEKLY, 11, "2026-11-29T00:00:00.000000Z", LAST, True, id="the seventh day"),
        pytest.param(DAILY, 11, "2026-11-21T23:00:00.000000Z", LAST, True, id="the clock was set back a day"),
        pytest.param(WEEKLY, 11, "2019-01-01T00:00:00.000000Z", LAST, True, id="the clock was set back years"),
        pytest.param(DAILY, 10, "2019-01-01T00:00:00.000000Z", LAST, False, id="set back, but nothing is new"),
        pytest.param(DAILY, 11, "2026-11-22T11:00:00.000000Z", LAST, False, id="set back an hour"),
        pytest.param(3, 12, "2027-11-22T12:00:00.000000Z", LAST, False, id="two of three entries, however late"),
        pytest.param(3, 13, NOON, LAST, True, id="three of three entries"),
        pytest.param(3, 99, NOON, LAST, True, id="many more"),
        pytest.param(1, 10, NOON, LAST, False, id="after each entry, and there was none"),
        pytest.param(DAILY, 9, NOON, LAST, True, id="the ledger is shorter than it was"),
        pytest.param(100, 9, NOON, LAST, True, id="shorter, by entries"),
        pytest.param(NEVER, 9, NOON, LAST, False, id="shorter, but never"),
        pytest.param(DAILY, 10, NOON, structs.replace(LAST, folder="/old"), True, id="into another folder"),
        pytest.param(100, 10, NOON, structs.replace(LAST, folder="/old"), True, id="another folder, by entries"),
        pytest.param(DAILY, 11, NOON, structs.replace(LAST, at="soon"), True, id="noted at no time that there is"),
    ],
)
def test_a_backup_is_due(when: Period | int, entries: int, now: str, last: Backup | None, *, due: bool) -> None:
    assert is_due(BackupRule(FOLDER, when), entries, now, last) is due


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("daily", DAILY), ("weekly", WEEKLY), ("never", NEVER), ("1", 1), ("250", 250), ("0", None), ("-1", None),
        ("07", None), ("٣", None), ("1.5", None), ("", None), ("hourly", None), ("9" * 10, None), ("DAILY", None),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_one_word(text: str, when: Period | int | None) -> None:
    assert read_when(text) == when


class Book:
    """What a station keeps, in memory."""

    def __init__(self, rule: BackupRule | None = None) -> None:
        self.kept = rule
        self.noted: Backup | None = None
        self.is_full = False

    def rule(self, _registry: str) -> BackupRule | None:
        return self.kept

    def set_rule(self, _registry: str, rule: BackupRule) -> None:
        if self.is_full:
            raise PreferencesError("prefs", "no room")
        self.kept = rule

    def last(self, _registry: str) -> Backup | None:
        return self.noted

    def remember(self, _registry: str, backup: Backup) -> None:
        self.noted = backup


class Copyist:
    """A keeper who makes backups of a ledger in a list, or fails."""

    def __init__(self, service: Service) -> None:
        self.lines = ledger_of(service).lines
        self.made: list[str] = []
        self.fails = False

    def backup(self, folder: str, *, may_be_there: bool = False) -> History:
        assert may_be_there
        if self.fails:
            raise BackupFailedError(folder, "no room")
        self.made.append(folder)
        return History(f"{folder}/x.jsonl", tuple(self.lines))


def after(service: Service, keeper: Copyist, book: Book) -> Backup | None:
    return back_up_if_due(keeper, book, service)


def test_without_a_rule_there_is_none(service: Service) -> None:
    keeper = Copyist(service)
    assert after(service, keeper, Book()) is None
    assert not keeper.made


def test_what_was_made_is_noted_and_not_made_again(service: Service) -> None:
    keeper, book = Copyist(service), Book(BackupRule(FOLDER, 2))
    made = after(service, keeper, book)
    assert made is not None
    assert book.noted == made == Backup(made.at, FOLDER, 1, f"{1:064x}", "/backups/x.jsonl")
    service.submit(AssignInstallations(("7",)))
    assert after(service, keeper, book) is None
    service.submit(AssignInstallations(("8",)))
    assert after(service, keeper, book) is not None
    assert keeper.made == [FOLDER] * 2


def test_one_that_failed_is_not_noted_and_is_tried_again(service: Service) -> None:
    keeper, book = Copyist(service), Book(BackupRule(FOLDER, DAILY))
    keeper.fails = True
    with pytest.raises(BackupFailedError):
        after(service, keeper, book)
    assert book.noted is None
    keeper.fails = False
    assert after(service, keeper, book) is not None


def test_a_rule_is_kept_only_if_its_folder_can_be_written(service: Service) -> None:
    keeper, book = Copyist(service), Book()
    keeper.fails = True
    with pytest.raises(BackupFailedError):
        begin_rule(keeper, book, service, BackupRule(FOLDER, DAILY))
    assert book.rule("") is None
    keeper.fails = False
    assert begin_rule(keeper, book, service, BackupRule(FOLDER, DAILY)) is not None
    assert begin_rule(keeper, book, service, BackupRule(FOLDER, WEEKLY)) is None
    assert book.rule("") == BackupRule(FOLDER, WEEKLY)
    assert begin_rule(keeper, book, service, BackupRule("/other", WEEKLY)) is not None
    assert keeper.made == [FOLDER, "/other"]


def test_no_more_backups_are_wanted(service: Service) -> None:
    keeper, book = Copyist(service), Book(BackupRule(FOLDER, DAILY))
    keeper.fails = True
    assert begin_rule(keeper, book, service, BackupRule(FOLDER, NEVER)) is None
    assert book.kept == BackupRule(FOLDER, NEVER)
    assert not backup_state(book, service).is_due


def test_whether_one_is_due_is_answered_without_making_it(service: Service) -> None:
    keeper, book = Copyist(service), Book()
    assert not backup_state(book, service).is_due
    book.kept = BackupRule(FOLDER, DAILY)
    assert backup_state(book, service).is_due
    after(service, keeper, book)
    assert not backup_state(book, service).is_due


def test_while_a_backup_is_written_the_registry_can_be_looked_at(service: Service) -> None:
    """The window asks for a decision at every keystroke, on another thread."""

    class Looked(Copyist):
        def backup(self, folder: str, *, may_be_there: bool = False) -> History:
            with ThreadPoolExecutor(1) as other:
                assert other.submit(service.preview, AssignInstallations(("7",))).result(timeout=10).uids
            return super().backup(folder, may_be_there=may_be_there)

    assert after(service, Looked(service), Book(BackupRule(FOLDER, DAILY))) is not None
