"""Merging two histories in the dialog that looks after a ledger's copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QComboBox

from tests.gui.copies import part
from tests.gui.hands import button, click, edit, press, rows, said, type_in
from tests.gui.test_pages_are_named import check
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisDesk
from uidmanager.core import drafts as d
from uidmanager.gui.dialogs.copies import CopiesDialog
from uidmanager.gui.widgets.breakable import whole
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import StillWorld
    from uidmanager.app.ports import Desk
    from uidmanager.core.drafts import Draft

    Opener = Callable[[Desk, Path], CopiesDialog]

CLASHING: Sequence[Draft] = (
    d.RegisterProduct("PET Workstation"),
    d.AssignInstallations(("007",), "Viewer"),
    d.AssignInstallations(("1000", "1001")),
)


@pytest.fixture
def merging(qtbot: QtBot, stocked: Service, ledger_path: Path) -> Iterator[Opener]:
    """Opens the dialog on a ledger beside a copy that went its own way, at the rehearsal of a merge."""
    assert stocked.trouble is None
    made: list[CopiesDialog] = []

    def open_it(desk: Desk, other: Path) -> CopiesDialog:
        dialog = CopiesDialog(desk, str(ledger_path))
        qtbot.addWidget(dialog)
        made.append(dialog)
        for model in (dialog.merge.clashes.model, dialog.merge.changes, dialog.merge.given_up):
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
        dialog.show()
        rest(qtbot, dialog)
        dialog.comparison.choose_other(str(other))
        dialog.comparison.other_chosen.emit()
        qtbot.waitUntil(dialog.merge_button.isEnabled)
        dialog.merge_button.click()
        qtbot.waitUntil(dialog.merge.isVisible)
        rest(qtbot, dialog)
        return dialog

    yield open_it
    for dialog in made:
        dialog.shut()


def rest(qtbot: QtBot, dialog: CopiesDialog) -> None:
    qtbot.waitUntil(dialog.repair_button.isEnabled, timeout=10_000)


def combo(dialog: CopiesDialog, name: str) -> QComboBox:
    found = dialog.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def decisions(dialog: CopiesDialog) -> dict[str, str]:
    """What each clash is about, and what is decided of it."""
    return {row[0]: row[3] for row in rows(dialog, "merge_table")}


def decide(qtbot: QtBot, dialog: CopiesDialog, beginning: str) -> None:
    """Choose, for the line one stands on, what begins like this."""
    box = combo(dialog, "merge_choice_combo")
    at = box.findText(beginning, Qt.MatchFlag.MatchStartsWith)
    assert at >= 0, [box.itemText(index) for index in range(box.count())]
    box.setFocus()
    for _ in range(at - box.currentIndex()):
        press(box, Qt.Key.Key_Down)
        rest(qtbot, dialog)


def test_only_what_has_parted_can_be_merged(qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path) -> None:
    dialog = CopiesDialog(desk, str(ledger_path))
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog)
    assert not dialog.merge_button.isEnabled()
    assert dialog.merge_button.toolTip() == "Only two histories that have parted are merged"
    dialog.shut()


def test_without_a_clash_only_a_reason_is_asked_for(
    qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    other = part(desk, ledger_path, [d.AssignInstallations(("7",))], [d.AssignInstallations(("8", "11"))])
    before = ledger_path.read_bytes()
    dialog = merging(desk, other)
    apply = button(dialog, "apply_merge_button")
    assert not apply.isEnabled()
    assert whole(said(dialog, "merge_blocked")) == "Say why first."
    assert "2 taken over, 0 there already. 0 numbers given up." in whole(said(dialog, "merge_sentence"))
    assert rows(dialog, "merge_table") == []
    assert [row[4:] for row in rows(dialog, "merge_changes_table")] == [["8", "taken over"], ["11", "taken over"]]
    type_in(edit(dialog, "merge_reason_edit"), "  ")
    assert not apply.isEnabled()
    type_in(edit(dialog, "merge_reason_edit"), "the share was synchronised")
    assert apply.isEnabled()
    assert ledger_path.read_bytes() == before, "a rehearsal changes nothing"
    with qtbot.waitSignal(dialog.ledger_changed) as changed:
        click(apply)
    rest(qtbot, dialog)
    assert changed.args == [str(ledger_path)]
    assert ledger_path.read_bytes().startswith(before)
    done = dialog.errands.outcome.text
    assert done.startswith("Merged: the ledger holds 12 entries. Both histories as they were lie at ")
    assert str(other) in done
    (kept,) = [path for path in ledger_path.parent.glob("acme.jsonl.*") if str(path) in done]
    assert kept.read_bytes() == before
    assert dialog.comparison.isVisible()
    reader = Service(desk.ledger_at(str(ledger_path)), desk.world)
    reader.open()
    assert reader.trouble is None
    with reader.look() as registry:
        assert all(registry.installation(serial) for serial in ("7", "8", "11"))
        assert registry.entries[-1].why == "the share was synchronised"


def test_each_clash_needs_a_decision_before_it_can_be_done(
    qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    other = part(desk, ledger_path, theirs=CLASHING)
    dialog = merging(desk, other)
    type_in(edit(dialog, "merge_reason_edit"), "two stations")
    apply = button(dialog, "apply_merge_button")
    assert decisions(dialog) == {"product 3": "◐ not decided", "installation 7": "◐ not decided"}
    assert whole(said(dialog, "merge_blocked")) == "Decide 2 clashes first."
    assert dialog.merge.sentence.sign is Sign.CAUTION
    assert dialog.focusWidget() is dialog.merge.clashes.table
    assert "PET Workstation" in whole(said(dialog, "merge_base_told"))
    assert "MR Console" in whole(said(dialog, "merge_other_told"))
    decide(qtbot, dialog, "Two products: “MR Console” gets number 4")
    assert decisions(dialog)["product 3"].startswith("Two products")
    assert whole(said(dialog, "merge_blocked")) == "Decide 1 clash first."
    assert not apply.isEnabled()
    dialog.merge.clashes.table.choose("installation:7")
    decide(qtbot, dialog, "One unit: its serial is 007.")
    assert not dialog.merge.terms.blocked.isVisible()
    assert ["product", "3", "MR Console", "4"] in rows(dialog, "merge_given_up_table")
    click(apply)
    qtbot.waitUntil(lambda: dialog.errands.outcome.text.startswith("Merged: "))
    rest(qtbot, dialog)
    reader = Service(desk.ledger_at(str(ledger_path)), desk.world)
    reader.open()
    with reader.look() as registry:
        assert [product.name for product in registry.products][2:] == ["PET Workstation", "MR Console"]


def test_a_decision_can_be_taken_back(qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path) -> None:
    dialog = merging(desk, part(desk, ledger_path, theirs=CLASHING))
    decide(qtbot, dialog, "One product: it stays")
    assert len(_open(dialog)) == 1
    press(combo(dialog, "merge_choice_combo"), Qt.Key.Key_Up)
    rest(qtbot, dialog)
    assert len(_open(dialog)) == 2


def test_lines_chosen_together_are_decided_together(
    qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    dialog = merging(desk, part(desk, ledger_path, theirs=CLASHING))
    dialog.merge.clashes.table.selectAll()
    decide(qtbot, dialog, "One ")
    assert _open(dialog) == []


def _open(dialog: CopiesDialog) -> list[str]:
    return [what for what, decision in decisions(dialog).items() if decision == "◐ not decided"]


def test_the_other_history_may_stay_instead_and_the_decisions_are_asked_for_again(
    qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    dialog = merging(desk, part(desk, ledger_path, theirs=CLASHING))
    base = combo(dialog, "merge_base_combo")
    assert base.currentText() == "acme (conflicted copy).jsonl", "the longer one"
    decide(qtbot, dialog, "One product")
    base.setFocus()
    press(base, Qt.Key.Key_Up)
    rest(qtbot, dialog)
    assert base.currentText() == "The ledger"
    assert len(_open(dialog)) == 2
    assert "MR Console" in whole(said(dialog, "merge_base_told"))


def test_nothing_of_the_other_need_be_taken_over(qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path) -> None:
    dialog = merging(desk, part(desk, ledger_path, theirs=CLASHING))
    check_box = dialog.findChild(QCheckBox, "merge_leave_out_check")
    assert isinstance(check_box, QCheckBox)
    check_box.click()
    rest(qtbot, dialog)
    assert {row[5] for row in rows(dialog, "merge_changes_table")} == {"not taken over"}
    assert "0 taken over" in whole(said(dialog, "merge_sentence"))


def test_all_may_be_left_as_it_is(qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path) -> None:
    other = part(desk, ledger_path, theirs=CLASHING)
    before = ledger_path.read_bytes()
    dialog = merging(desk, other)
    click(button(dialog, "leave_merge_button"))
    assert dialog.comparison.isVisible()
    assert not dialog.merge.isVisible()
    assert dialog.errands.outcome.text == "Nothing was changed."
    assert ledger_path.read_bytes() == before


def test_a_merge_that_is_not_safe_is_refused_in_a_sentence(
    qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path
) -> None:
    other = part(desk, ledger_path, theirs=CLASHING)
    dialog = CopiesDialog(desk, str(ledger_path))
    qtbot.addWidget(dialog)
    dialog.show()
    rest(qtbot, dialog)
    dialog.comparison.choose_other(str(other))
    dialog.comparison.other_chosen.emit()
    qtbot.waitUntil(dialog.merge_button.isEnabled)
    other.write_bytes(other.read_bytes()[:-20])  # meanwhile
    dialog.merge_button.click()
    rest(qtbot, dialog)
    assert "is damaged" in dialog.errands.outcome.text
    assert dialog.errands.outcome.sign is Sign.REFUSED
    assert dialog.comparison.isVisible()
    dialog.shut()


def test_who_only_looks_may_rehearse_a_merge(
    qtbot: QtBot, world: StillWorld, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    other = part(desk, ledger_path, [d.AssignInstallations(("7",))], [d.AssignInstallations(("8",))])
    before = ledger_path.read_bytes()
    dialog = merging(ThisDesk(world).viewing(), other)
    type_in(edit(dialog, "merge_reason_edit"), "two stations")
    assert not button(dialog, "apply_merge_button").isEnabled()
    assert "started to look only" in whole(said(dialog, "merge_blocked"))
    assert ledger_path.read_bytes() == before


def test_everything_has_a_name_and_a_key_of_its_own(
    qtbot: QtBot, desk: Desk, merging: Opener, ledger_path: Path
) -> None:
    check(merging(desk, part(desk, ledger_path, theirs=CLASHING)))
