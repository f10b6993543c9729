"""Backups by rule in the window: the card that keeps the rule, and the backups made behind the window."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.copies import damage
from tests.gui.hands import edit, open_in, said
from uidmanager.app.backups import BackupRule, Period
from uidmanager.bootstrap import ThisDesk
from uidmanager.core import drafts as d
from uidmanager.core.errors import BackupFailedError
from uidmanager.gui.dialogs.copies import CopiesDialog
from uidmanager.gui.dialogs.copies.backup_rule import BackupRuleCard
from uidmanager.gui.widgets.banner import Banner
from uidmanager.gui.widgets.signed_sentence import Sign
from uidmanager.settings import StationBackups
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import StillWorld
    from uidmanager.app.ports import Desk, History
    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def registry(stocked: Service) -> str:
    """The id of the registry, which has something in it."""
    with stocked.look() as registry:
        return registry.founding.registry


@pytest.fixture
def card(qtbot: QtBot, registry: str, ledger_path: Path) -> Iterator[Callable[[Desk], BackupRuleCard]]:
    """Shows the card on the stocked ledger, as it is by then, and waits until it was read."""
    assert registry
    made: list[BackupRuleCard] = []

    def show(desk: Desk) -> BackupRuleCard:
        shown = BackupRuleCard(desk, str(ledger_path))
        qtbot.addWidget(shown)
        shown.show()
        rest(qtbot, shown)
        made.append(shown)
        return shown

    yield show
    for shown in made:
        shown.close_down()


def rest(qtbot: QtBot, card: BackupRuleCard) -> None:
    qtbot.waitUntil(lambda: not card.is_busy, timeout=10_000)


def choose(qtbot: QtBot, card: BackupRuleCard, when: Period | None, folder: Path | str) -> None:
    """Fill in the rule and keep it."""
    card.when_combo.setCurrentIndex(card.when_combo.findData(when))
    card.folder_edit.setText(str(folder))
    card.keep_button.click()
    rest(qtbot, card)


def counts(folder: Path) -> list[int]:
    """How many entries each backup in a folder holds."""
    return sorted(path.read_bytes().count(b"\n") for path in folder.glob("registry-*.jsonl"))


# -- the card --------------------------------------------------------------------------------------------------------


def test_without_a_rule_the_card_says_so(card: Callable[[Desk], BackupRuleCard], desk: Desk) -> None:
    shown = card(desk)
    assert shown.when_combo.currentText() == "Never"
    assert not shown.entries_spin.isVisible()
    assert (shown.outcome.text, shown.outcome.sign) == ("No backup was made by rule yet.", Sign.NOTICE)


def test_a_rule_is_kept_with_its_first_backup_and_a_word_on_the_disk(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], desk: Desk, registry: str, folder: Path
) -> None:
    shown = card(desk)
    choose(qtbot, shown, Period.WEEKLY, folder)
    assert counts(folder) == [10]
    assert StationBackups().rule(registry) == BackupRule(str(folder), Period.WEEKLY)
    assert "its first backup made. Last backup: " in shown.outcome.text
    assert "does not survive the disk" in shown.outcome.text
    assert shown.outcome.sign is Sign.CAUTION


def test_on_another_disk_all_is_well_and_the_card_shows_it_the_next_time(
    qtbot: QtBot,
    card: Callable[[Desk], BackupRuleCard],
    desk: Desk,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(JsonlKeeper, "shares_disk", lambda _keeper, _folder: False)
    shown = card(desk)
    shown.entries_spin.setValue(40)
    choose(qtbot, shown, None, folder)
    assert shown.entries_spin.isVisible()
    assert shown.outcome.sign is Sign.FITS
    again = card(desk)
    assert (again.when_combo.currentData(), again.entries_spin.value()) == (None, 40)
    assert again.folder_edit.text() == str(folder)
    (kept,) = folder.iterdir()
    assert again.outcome.text.endswith(f"10 entries, {kept}.")


def test_a_folder_that_cannot_be_written_is_told_in_the_card_and_no_rule_kept(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], desk: Desk, registry: str, folder: Path
) -> None:
    shown = card(desk)
    choose(qtbot, shown, Period.DAILY, folder / "nowhere")
    assert shown.outcome.sign is Sign.REFUSED
    assert shown.outcome.text.startswith("No backup was made: ")
    assert StationBackups().rule(registry) is None
    assert shown.keep_button.isEnabled()
    choose(qtbot, shown, Period.DAILY, folder)
    assert counts(folder) == [10]


@pytest.mark.parametrize("text", ["", "  ", "backups"])
def test_a_rule_needs_the_whole_path_of_a_folder(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], desk: Desk, registry: str, text: str
) -> None:
    shown = card(desk)
    choose(qtbot, shown, Period.DAILY, text)
    assert shown.outcome.text == "Choose a folder, or write its whole path."
    assert StationBackups().rule(registry) is None


def test_no_more_backups_are_wanted(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], desk: Desk, registry: str, folder: Path
) -> None:
    shown = card(desk)
    choose(qtbot, shown, Period.DAILY, folder)
    choose(qtbot, shown, Period.NEVER, "")
    assert StationBackups().rule(registry) == BackupRule("", Period.NEVER)
    assert shown.outcome.sign is Sign.FITS


def test_the_folder_may_be_chosen(
    card: Callable[[Desk], BackupRuleCard], desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = card(desk)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    shown.choose_button.click()
    assert shown.folder_edit.text() == str(folder)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    shown.choose_button.click()
    assert shown.folder_edit.text() == str(folder)


def test_a_damaged_ledger_gets_no_rule(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], desk: Desk, folder: Path, ledger_path: Path
) -> None:
    damage(ledger_path)
    shown = card(desk)
    choose(qtbot, shown, Period.DAILY, folder)
    assert "is damaged" in shown.outcome.text
    assert not list(folder.iterdir())


def test_those_who_look_only_may_keep_a_rule(
    qtbot: QtBot, card: Callable[[Desk], BackupRuleCard], world: StillWorld, folder: Path, ledger_path: Path
) -> None:
    before = ledger_path.read_bytes()
    choose(qtbot, card(ThisDesk(world).viewing()), Period.DAILY, folder)
    assert counts(folder) == [10]
    assert ledger_path.read_bytes() == before


def test_where_nothing_can_be_read_the_card_says_why(
    card: Callable[[Desk], BackupRuleCard], desk: Desk, ledger_path: Path
) -> None:
    ledger_path.unlink()
    shown = card(desk)
    assert shown.outcome.sign is Sign.REFUSED
    assert "There is no ledger" in shown.outcome.text


def test_the_card_stands_in_the_dialog_of_copies(
    qtbot: QtBot, registry: str, desk: Desk, folder: Path, ledger_path: Path
) -> None:
    dialog = CopiesDialog(desk, str(ledger_path))
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog.backup_rule)
    choose(qtbot, dialog.backup_rule, Period.DAILY, folder)
    assert counts(folder) == [10]
    assert StationBackups().rule(registry) is not None
    assert edit(dialog, "backup_folder_edit").text() == str(folder)
    assert "first backup" in said(dialog, "backup_rule_outcome")
    dialog.reject()


# -- behind the window -----------------------------------------------------------------------------------------------


def remark(window: MainWindow) -> str:
    banner = window.findChild(Banner, "remark_banner")
    assert isinstance(banner, Banner)
    return banner.text


def idle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is done behind the window for backups."""
    view = window.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.session.reading.is_busy, timeout=10_000)


def test_one_is_made_after_opening_and_after_entries_and_said_at_the_foot(
    qtbot: QtBot, window: MainWindow, stocked: Service, registry: str, folder: Path, ledger_path: Path
) -> None:
    StationBackups().set_rule(registry, BackupRule(str(folder), 2))
    open_in(qtbot, window, ledger_path)
    qtbot.waitUntil(lambda: counts(folder) == [10], timeout=10_000)
    idle(qtbot, window)
    assert window.statusBar().currentMessage().startswith("Backed up 10 entries to ")
    assert window.view is not None
    for serial, made in (("71", [10]), ("72", [10, 12]), ("73", [10, 12])):
        with qtbot.waitSignal(window.view.session.took_in, timeout=10_000):
            stocked.submit(d.AssignInstallations((serial,)))
        idle(qtbot, window)
        assert counts(folder) == made
    assert remark(window) == ""


def test_without_a_rule_no_work_is_begun(
    qtbot: QtBot, window: MainWindow, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object) -> None:
        pytest.fail("it was asked for a backup")

    monkeypatch.setattr("uidmanager.gui.main_window.due_backups.back_up_if_due", never)
    open_in(qtbot, window, ledger_path)
    assert window.view is not None
    with qtbot.waitSignal(window.view.session.took_in, timeout=10_000):
        stocked.submit(d.AssignInstallations(("71",)))
    idle(qtbot, window)


def test_one_that_fails_is_told_once_across_the_window_until_one_is_made_again(
    qtbot: QtBot, window: MainWindow, stocked: Service, registry: str, folder: Path, ledger_path: Path
) -> None:
    away = folder.rename(folder.with_name("elsewhere"))
    StationBackups().set_rule(registry, BackupRule(str(folder), Period.DAILY))
    open_in(qtbot, window, ledger_path)
    qtbot.waitUntil(lambda: remark(window).startswith("No backup was made: "), timeout=10_000)
    banner = window.findChild(Banner, "remark_banner")
    assert isinstance(banner, Banner)
    banner.hide()
    assert window.view is not None
    away.rename(folder)
    with qtbot.waitSignal(window.view.session.took_in, timeout=10_000):
        stocked.submit(d.AssignInstallations(("71",)))
    qtbot.waitUntil(lambda: counts(folder) == [11], timeout=10_000)
    assert remark(window) == ""


@pytest.mark.parametrize(
    ("error", "name"), [(BackupFailedError("x", "no room"), "remark_banner"), (OSError("of ours"), "fault_banner")]
)
def test_what_fails_at_each_entry_is_told_once(
    qtbot: QtBot,
    window: MainWindow,
    stocked: Service,
    registry: str,
    ledger_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    name: str,
) -> None:
    tries: list[str] = []

    def fails(_keeper: JsonlKeeper, folder: str, *, may_be_there: bool = False) -> History:
        tries.append(folder)
        raise error

    monkeypatch.setattr(JsonlKeeper, "backup", fails)
    StationBackups().set_rule(registry, BackupRule("/backups", 1))
    open_in(qtbot, window, ledger_path)
    banner = window.findChild(Banner, name)
    assert isinstance(banner, Banner)
    qtbot.waitUntil(banner.isVisible, timeout=10_000)
    assert str(error) in banner.text
    banner.hide()
    assert window.view is not None
    for serial in ("71", "72"):
        with qtbot.waitSignal(window.view.session.took_in, timeout=10_000):
            stocked.submit(d.AssignInstallations((serial,)))
        idle(qtbot, window)
    assert len(tries) == 3
    assert banner.text == ""


def test_entries_that_come_while_one_is_made_are_not_forgotten(
    qtbot: QtBot,
    window: MainWindow,
    stocked: Service,
    registry: str,
    folder: Path,
    ledger_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, goes_on = JsonlKeeper.backup, Event()

    def slow(keeper: JsonlKeeper, folder: str, *, may_be_there: bool = False) -> History:
        made = whole(keeper, folder, may_be_there=may_be_there)
        assert goes_on.wait(10)
        return made

    monkeypatch.setattr(JsonlKeeper, "backup", slow)
    StationBackups().set_rule(registry, BackupRule(str(folder), 1))
    open_in(qtbot, window, ledger_path)
    qtbot.waitUntil(lambda: counts(folder) == [10], timeout=10_000)
    assert window.view is not None
    with qtbot.waitSignal(window.view.session.took_in, timeout=10_000):
        stocked.submit(d.AssignInstallations(("71",)))
    assert counts(folder) == [10]
    goes_on.set()
    qtbot.waitUntil(lambda: counts(folder) == [10, 11], timeout=10_000)


def test_closing_waits_for_one_that_is_being_made(
    qtbot: QtBot, window: MainWindow, registry: str, folder: Path, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, began = JsonlKeeper.backup, Event()

    def noticed(keeper: JsonlKeeper, folder: str, *, may_be_there: bool = False) -> History:
        began.set()
        return whole(keeper, folder, may_be_there=may_be_there)

    monkeypatch.setattr(JsonlKeeper, "backup", noticed)
    StationBackups().set_rule(registry, BackupRule(str(folder), 1))
    open_in(qtbot, window, ledger_path)
    qtbot.waitUntil(began.is_set, timeout=10_000)
    window.close()
    assert counts(folder) == [10]
    assert [path.name[0] for path in folder.iterdir()] == ["r"]
