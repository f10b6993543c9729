"""The dialog that looks after a ledger's copies: comparing, backing up, restoring, repairing."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.copies import damage, go_back, part
from tests.gui.hands import button, press, rows, said
from tests.gui.test_pages_are_named import check
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisDesk
from uidmanager.core import drafts as d
from uidmanager.core.errors import CancelledError, LedgerLockedError
from uidmanager.gui.dialogs.copies import CopiesDialog
from uidmanager.gui.dialogs.copies import dialog as dialog_module
from uidmanager.gui.widgets.breakable import whole
from uidmanager.gui.widgets.signed_sentence import Sign
from uidmanager.stores.keeping import JsonlKeeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import StillWorld
    from uidmanager.app.ports import Desk, Mending, Progress

    Opener = Callable[[Desk], CopiesDialog]


@pytest.fixture
def opened(qtbot: QtBot, stocked: Service, ledger_path: Path) -> Iterator[Callable[[Desk], CopiesDialog]]:
    """Opens the dialog on the stocked registry's ledger, as it is by then, and waits until it has looked."""
    assert stocked.trouble is None
    made: list[CopiesDialog] = []

    def open_it(desk: Desk) -> CopiesDialog:
        dialog = CopiesDialog(desk, str(ledger_path))
        qtbot.addWidget(dialog)
        for model in (dialog.comparison.histories, dialog.comparison.endangered):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
        dialog.show()
        rest(qtbot, dialog)
        made.append(dialog)
        return dialog

    yield open_it
    for dialog in made:
        dialog.shut()


def test_it_says_who_may_write_the_ledger_and_its_folder(opened: Opener, desk: Desk, ledger_path: Path) -> None:
    ledger_path.chmod(0o640)
    ledger_path.parent.chmod(0o770)
    found = desk.ledger_at(str(ledger_path)).access()
    assert said(opened(desk), "copies_writers") == f"{found.file}; the folder by {found.folder}"
    assert "group" in found.folder
    assert "group" not in found.file


def rest(qtbot: QtBot, dialog: CopiesDialog) -> None:
    qtbot.waitUntil(dialog.repair_button.isEnabled, timeout=10_000)


def told(dialog: CopiesDialog) -> str:
    """The sentence on how things stand, whole."""
    return whole(said(dialog, "copies_sentence"))


def outcome(dialog: CopiesDialog) -> str:
    return dialog.errands.outcome.text


def chooses(monkeypatch: pytest.MonkeyPatch, what: str, answer: object) -> None:
    shown = str(answer)
    monkeypatch.setattr(QFileDialog, what, lambda *_: shown if what == "getExistingDirectory" else (shown, ""))


def compare_with(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, dialog: CopiesDialog, other: Path) -> None:
    chooses(monkeypatch, "getOpenFileName", other)
    button(dialog, "copies_other_button").click()
    rest(qtbot, dialog)


def test_a_ledger_and_the_own_copy_that_agree_leave_nothing_to_mend(desk: Desk, opened: Opener) -> None:
    dialog = opened(desk)
    assert told(dialog) == (
        "The ledger holds 10 entries and is whole. This station's own copy holds the same. There is nothing to mend."
    )
    assert dialog.comparison.sentence.sign is Sign.FITS
    assert not dialog.comparison.histories_table.isVisible()
    assert said(dialog, "empty_title") == "Nothing to lay side by side"
    assert not dialog.comparison.endangered_table.isVisible()


def test_a_backup_that_is_behind_is_said_to_be_and_what_it_lacks_is_shown(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.jsonl"
    old.write_bytes(b"".join(ledger_path.read_bytes().splitlines(keepends=True)[:8]))
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, old)
    assert "“old.jsonl” is behind by 2 entries" in told(dialog)
    assert dialog.comparison.sentence.sign is Sign.FITS
    shown = rows(dialog, "histories_table")
    assert [(row[0], row[1], row[3]) for row in shown] == [
        ("8", "2 × installation assigned: 9, 10", "2 × installation assigned: 9, 10"),
        ("9", "installation assigned: 372765", "—"),
        ("10", "installation retired: 10", "—"),
    ]
    assert shown[1][2].startswith("anna at LINE-3, 2026-11-2")


def test_a_ledger_that_went_back_is_said_to_be_behind(desk: Desk, opened: Opener, ledger_path: Path) -> None:
    go_back(ledger_path, 8)
    dialog = opened(desk)
    assert "This station's own copy is ahead by 2 entries. Repair shows first" in told(dialog)
    assert dialog.comparison.sentence.sign is Sign.REFUSED
    assert [row[3] for row in rows(dialog, "histories_table")][1:] == [
        "installation assigned: 372765",
        "installation retired: 10",
    ]


def test_two_that_parted_stand_side_by_side_with_the_numbers_that_both_gave(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = part(desk, ledger_path)
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, other)
    assert "They parted after entry 10: the ledger alone has 2 entries, “acme (conflicted copy).jsonl” 3." in told(
        dialog
    )
    assert "2 numbers were given to two different things. Let nobody write" in told(dialog)
    assert [(row[1], row[3]) for row in rows(dialog, "histories_table")] == [
        ("installation retired: 10", "installation retired: 10"),
        ("product registered: product 3, MR Console", "product registered: product 3, PET Workstation"),
        ("installation assigned: 7", "installation assigned: 007"),
        ("—", "500 × installation assigned: 1000, 1001, … 1499"),
    ]
    assert rows(dialog, "given_in_both_table") == [
        ["product", "3", "MR Console", "PET Workstation", "clash: the number may be in use for two things"],
        ["installation", "7", "7 (product 1)", "007 (product 2)", "clash: the number may be in use for two things"],
    ]


def test_two_that_parted_without_a_common_number_say_so(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = part(desk, ledger_path, [d.AssignInstallations(("7",))], [d.AssignInstallations(("8",))])
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, other)
    assert "No number was given to two different things." in told(dialog)
    assert said(dialog, "none_given_in_both") == "No number was given in both."
    assert not dialog.comparison.endangered_table.isVisible()


def test_back_to_the_own_copy_by_the_list(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = part(desk, ledger_path)
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, other)
    dialog.comparison.other_combo.setFocus()
    press(dialog.comparison.other_combo, Qt.Key.Key_Up)
    rest(qtbot, dialog)
    assert "This station's own copy holds the same." in told(dialog)
    assert not dialog.comparison.endangered_table.isVisible()


def test_a_file_of_another_registry_is_not_compared(
    qtbot: QtBot, desk: Desk, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beta = tmp_path / "beta.jsonl"
    Service(desk.ledger_at(str(beta)), desk.world).found(d.FoundRegistry("1.2.826.0.1.8407369", "Beta"))
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, beta)
    assert "“beta.jsonl” is of another registry" in told(dialog)
    assert rows(dialog, "histories_table") == []


def test_a_file_that_cannot_be_read_is_said_inline(
    qtbot: QtBot, desk: Desk, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(desk)
    compare_with(qtbot, monkeypatch, dialog, tmp_path)
    assert str(tmp_path) in told(dialog)
    assert dialog.back_up_button.isEnabled()


def test_a_damaged_ledger_is_repaired_after_a_rehearsal_and_the_damaged_file_kept(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path
) -> None:
    good = damage(ledger_path)
    damaged = ledger_path.read_bytes()
    dialog = opened(desk)
    assert told(dialog).startswith("Line 7 of the ledger is damaged: ")
    assert "The 6 entries before it can be read. This station's own copy is ahead by 4 entries." in told(dialog)
    dialog.repair_button.click()
    rest(qtbot, dialog)
    assert dialog.rehearsal.isVisible()
    facts = [whole(said(dialog, f"rehearsal_fact_{number}")) for number in (1, 2, 3, 4)]
    assert "replicas" in facts[0]
    assert facts[1].startswith("10 entries, head ")
    assert facts[2] == "4 entries that the ledger lacks now"
    assert "acme.jsonl.damaged-" in facts[3]
    assert ledger_path.read_bytes() == damaged, "a rehearsal changes nothing"
    with qtbot.waitSignal(dialog.ledger_changed) as changed:
        button(dialog, "apply_mending_button").click()
    rest(qtbot, dialog)
    assert changed.args == [str(ledger_path)]
    assert ledger_path.read_bytes() == good
    (aside,) = ledger_path.parent.glob("acme.jsonl.damaged-*")
    assert aside.read_bytes() == damaged
    assert outcome(dialog) == (f"Done: the ledger holds 10 entries; 4 entries came back. The old file lies at {aside}.")
    assert not dialog.rehearsal.isVisible()
    assert "There is nothing to mend." in told(dialog)


def test_what_was_rehearsed_may_be_left_as_it_is(qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path) -> None:
    damage(ledger_path)
    damaged = ledger_path.read_bytes()
    dialog = opened(desk)
    dialog.repair_button.click()
    rest(qtbot, dialog)
    button(dialog, "leave_button").click()
    assert not dialog.rehearsal.isVisible()
    assert outcome(dialog) == "Nothing was changed."
    assert ledger_path.read_bytes() == damaged


def test_a_repair_that_is_not_needed_says_so(qtbot: QtBot, desk: Desk, opened: Opener) -> None:
    dialog = opened(desk)
    dialog.repair_button.click()
    rest(qtbot, dialog)
    assert outcome(dialog) == "Nothing to do: the ledger is whole and has all that this station's own copy has."
    assert not dialog.rehearsal.isVisible()


def test_a_backup_is_written_verified_and_named(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    dialog = opened(desk)
    chooses(monkeypatch, "getExistingDirectory", folder)
    dialog.back_up_button.click()
    rest(qtbot, dialog)
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == ledger_path.read_bytes()
    assert outcome(dialog).startswith(f"Backed up to {kept} (10 entries, head ")
    assert button(dialog, "copies_outcome_folder_button").isVisible()
    dialog.back_up_button.click()
    rest(qtbot, dialog)
    assert "There is a file at" in outcome(dialog)
    assert dialog.errands.outcome.sign is Sign.REFUSED
    assert not button(dialog, "copies_outcome_folder_button").isVisible()


def test_a_backup_is_restored_after_a_rehearsal(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.jsonl"
    good = ledger_path.read_bytes()
    kept.write_bytes(good)
    ledger_path.write_bytes(b"nothing of a ledger\n")
    dialog = opened(desk)
    assert "Of which registry it was cannot be read there" in told(dialog)
    chooses(monkeypatch, "getOpenFileName", kept)
    dialog.restore_button.click()
    rest(qtbot, dialog)
    assert dialog.comparison.other == str(kept), "what would come back is shown beside what is there"
    assert [row[1] for row in rows(dialog, "histories_table")] == ["—"] * 10
    assert button(dialog, "apply_mending_button").text() == "&Do the restore"
    assert ledger_path.read_bytes() == b"nothing of a ledger\n"
    press(button(dialog, "apply_mending_button"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: outcome(dialog).startswith("Done: "))
    rest(qtbot, dialog)
    assert ledger_path.read_bytes() == good


def test_a_restore_that_would_lose_entries_is_refused_with_both_histories_shown(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = part(desk, ledger_path)
    before = ledger_path.read_bytes()
    dialog = opened(desk)
    chooses(monkeypatch, "getOpenFileName", other)
    dialog.restore_button.click()
    rest(qtbot, dialog)
    assert "was left as it is" in outcome(dialog)
    assert not dialog.rehearsal.isVisible()
    assert len(rows(dialog, "given_in_both_table")) == 2
    assert ledger_path.read_bytes() == before


def test_who_only_looks_may_rehearse_and_back_up_but_put_nothing_in_place(
    qtbot: QtBot, world: StillWorld, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(ledger_path)
    damaged = ledger_path.read_bytes()
    dialog = opened(ThisDesk(world).viewing())
    dialog.repair_button.click()
    rest(qtbot, dialog)
    apply = button(dialog, "apply_mending_button")
    assert dialog.rehearsal.isVisible()
    assert not apply.isEnabled()
    assert "started to look only" in apply.toolTip()
    assert "started to look only" in dialog.rehearsal.barred.text
    apply.click()
    assert ledger_path.read_bytes() == damaged


def test_looking_stops_when_asked(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(desk)
    asked = Event()

    def slow(_desk: Desk, _where: str, _other: str | None, progress: Progress) -> None:
        asked.wait(10)
        progress("Reading", 0.5)
        raise AssertionError("it was to stop")

    monkeypatch.setattr(dialog_module, "look", slow)
    dialog.comparison.other_chosen.emit()
    assert not dialog.repair_button.isEnabled()
    qtbot.waitUntil(dialog.errands.strip.isVisible)
    button(dialog, "copies_progress_cancel_button").click()
    asked.set()
    rest(qtbot, dialog)
    assert outcome(dialog) == str(CancelledError())


def test_a_file_being_put_in_place_is_waited_for(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = damage(ledger_path)
    dialog = opened(desk)
    dialog.repair_button.click()
    rest(qtbot, dialog)
    may_go_on = Event()
    mend = JsonlKeeper.mend

    def slow(self: JsonlKeeper, backup: str | None, *, apply: bool) -> Mending:
        may_go_on.wait(10)
        return mend(self, backup, apply=apply)

    monkeypatch.setattr(JsonlKeeper, "mend", slow)
    button(dialog, "apply_mending_button").click()
    assert not button(dialog, "copies_progress_cancel_button").isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Wait until" in outcome(dialog)
    may_go_on.set()
    qtbot.waitUntil(lambda: outcome(dialog).startswith("Done: "))
    rest(qtbot, dialog)
    assert ledger_path.read_bytes() == good


def test_an_error_of_the_ledger_is_said_inline_and_leaves_it_as_it_is(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(ledger_path)
    dialog = opened(desk)
    dialog.repair_button.click()
    rest(qtbot, dialog)

    def locked(*_arguments: object, **_more: object) -> None:
        raise LedgerLockedError(str(ledger_path), 10, "bob on LINE-4")

    monkeypatch.setattr(JsonlKeeper, "mend", locked)
    with qtbot.assertNotEmitted(dialog.ledger_changed):
        button(dialog, "apply_mending_button").click()
        rest(qtbot, dialog)
    assert "bob on LINE-4" in outcome(dialog)
    assert dialog.errands.outcome.sign is Sign.REFUSED


def test_a_ledger_that_is_gone_is_restored_in_its_place(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(ledger_path.read_bytes())
    ledger_path.unlink()
    dialog = opened(desk)
    assert told(dialog).startswith("There is no ledger in its place any more")
    chooses(monkeypatch, "getOpenFileName", kept)
    dialog.restore_button.click()
    rest(qtbot, dialog)
    assert not ledger_path.exists()
    button(dialog, "apply_mending_button").click()
    qtbot.waitUntil(lambda: outcome(dialog) == "Done: the ledger holds 10 entries; 10 entries came back.")
    rest(qtbot, dialog)
    assert ledger_path.read_bytes() == kept.read_bytes()


def test_everything_has_a_name_and_a_key_of_its_own(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path
) -> None:
    damage(ledger_path)
    dialog = opened(desk)
    dialog.repair_button.click()
    rest(qtbot, dialog)
    check(dialog)


def test_a_row_is_copied_and_that_is_said(qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path) -> None:
    go_back(ledger_path, 9)
    dialog = opened(desk)
    table = dialog.comparison.histories_table
    table.choose(10)
    table.copy_actions[0].trigger()
    assert "installation retired: 10" in QApplication.clipboard().text()
    assert outcome(dialog).startswith("Copied: 10")


def test_long_names_do_not_make_the_dialog_wider(
    qtbot: QtBot, desk: Desk, opened: Opener, ledger_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("x" * 200) / ("y" * 200)
    deep.mkdir(parents=True)
    dialog = opened(desk)
    dialog.resize(dialog.minimumSizeHint())
    narrow = dialog.minimumSizeHint().width()
    chooses(monkeypatch, "getExistingDirectory", deep)
    dialog.back_up_button.click()
    rest(qtbot, dialog)
    (kept,) = deep.iterdir()
    assert str(kept) in outcome(dialog)
    compare_with(qtbot, monkeypatch, dialog, kept)
    assert dialog.minimumSizeHint().width() <= max(narrow, 760)
