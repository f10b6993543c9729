"""Presets of reports in the window: kept, chosen, renamed, removed and had back; a damaged file loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction

from tests.gui.hands import act, button, combo, edit, pick, problems, rows, said
from uidmanager.core.reports import TITLES, Asked, Kind, Preset, judge_name
from uidmanager.gui.dialogs.preset_name import PresetNameDialog
from uidmanager.gui.pages.reports import ReportsPage
from uidmanager.settings import config_folder
from uidmanager.settings.presets import StationPresets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.session import Session

VOID = Preset("Retired ones", Kind.INSTALLATIONS, Asked(state="retired", product="1", until="2026-12-31"))


@pytest.fixture
def registry(stocked: Service) -> str:
    with stocked.look() as registry:
        return registry.founding.registry


@pytest.fixture
def page(qtbot: QtBot, registry: str, session: Session) -> ReportsPage:
    made = ReportsPage(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.view.model.report is not None)
    assert registry
    return made


def answer(monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    """What the person says when asked for a name."""
    monkeypatch.setattr(PresetNameDialog, "ask", lambda *_a, **_k: name)


def offered(page: ReportsPage) -> list[str]:
    found = combo(page, "preset_combo")
    return [found.itemText(index) for index in range(found.count())]


def kept_file() -> Path:
    (file,) = (config_folder() / "report-presets").glob("*.json")
    return file


def test_keeps_the_present_choice_and_chooses_it_again(
    qtbot: QtBot, page: ReportsPage, registry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(page, "report_kind_combo", TITLES[Kind.INSTALLATIONS])
    page.filter.show_asked(VOID.asked)
    answer(monkeypatch, VOID.name)
    button(page, "keep_preset_button").click()
    assert StationPresets().presets(registry) == (VOID,)
    assert combo(page, "preset_combo").currentText() == VOID.name
    pick(page, "report_kind_combo", TITLES[Kind.HISTORY])
    assert combo(page, "preset_combo").currentText() == "None"
    button(page, "report_clear_button").click()
    pick(page, "preset_combo", VOID.name)
    assert (page.kind, page.filter.asked) == (VOID.kind, VOID.asked)
    qtbot.waitUntil(lambda: [row[0] for row in rows(page, "report_table")] == ["10"])
    pick(page, "preset_combo", "None")
    assert (page.kind, page.filter.asked) == (VOID.kind, Asked())


def test_a_choice_that_is_a_preset_is_called_so(page: ReportsPage, registry: str) -> None:
    StationPresets().keep(registry, Preset("All", Kind.IDENTIFIERS))
    page.hide()
    page.show()  # another window has kept it meanwhile
    assert combo(page, "preset_combo").currentText() == "All"
    edit(page, "report_filter_edit").setText("x")
    assert combo(page, "preset_combo").currentText() == "None"
    assert not button(page, "manage_preset_button").isEnabled()
    edit(page, "report_filter_edit").setText("")
    assert combo(page, "preset_combo").currentText() == "All"
    assert button(page, "manage_preset_button").isEnabled()


def test_a_preset_is_renamed_and_of_two_that_ask_the_same_the_chosen_one(
    page: ReportsPage, registry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = StationPresets()
    for name in ("A", "B"):
        book.keep(registry, Preset(name, Kind.IDENTIFIERS))
    page.presets.read()
    pick(page, "preset_combo", "B")
    assert combo(page, "preset_combo").currentText() == "B"
    answer(monkeypatch, None)  # thought better of it
    act(page, "rename_preset_action")
    assert offered(page) == ["None", "A", "B"]
    answer(monkeypatch, "C")
    act(page, "rename_preset_action")
    assert offered(page) == ["None", "A", "C"]
    assert [preset.name for preset in book.presets(registry)] == ["A", "C"]


def test_a_preset_that_was_removed_can_be_had_back(page: ReportsPage, registry: str) -> None:
    book = StationPresets()
    book.keep(registry, VOID)
    page.presets.read()
    pick(page, "preset_combo", VOID.name)
    act(page, "remove_preset_action")
    assert book.presets(registry) == ()
    assert offered(page) == ["None"]
    assert said(page, "preset_removed_label") == f"Preset “{VOID.name}” removed."
    button(page, "undo_preset_button").click()
    assert book.presets(registry) == (VOID,)
    assert combo(page, "preset_combo").currentText() == VOID.name
    assert not button(page, "undo_preset_button").isVisible()


def test_a_product_or_station_that_is_not_offered_is_shown_and_told(qtbot: QtBot, page: ReportsPage) -> None:
    page.presets.chosen.emit(Preset("Odd", Kind.RELEASES, Asked(product="77", station="GONE-1")))
    assert combo(page, "report_product_combo").currentText() == "77"
    assert combo(page, "report_station_combo").currentText() == "GONE-1"
    qtbot.waitUntil(lambda: problems(page, "report_product_problems") == ["product.unknown"])
    assert not button(page, "save_report_button").isEnabled()


def test_a_damaged_file_is_told_and_set_aside_when_another_preset_is_kept(
    page: ReportsPage, registry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    StationPresets().keep(registry, VOID)
    file = kept_file()
    file.write_text("{ half", encoding="utf-8")
    page.presets.read()
    assert offered(page) == ["None"]
    assert str(file) in page.presets.problems.problems[0].message
    answer(monkeypatch, "New")
    button(page, "keep_preset_button").click()
    assert offered(page) == ["None", "New"]
    aside = file.with_suffix(".damaged-1")
    assert aside.read_text(encoding="utf-8") == "{ half"
    assert str(aside) in page.presets.problems.problems[0].message


def test_what_cannot_be_kept_is_told(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "report-presets").write_text("in the way", encoding="utf-8")
    answer(monkeypatch, "New")
    button(page, "keep_preset_button").click()
    assert "report-presets" in page.presets.problems.problems[0].message
    assert offered(page) == ["None"]


@pytest.fixture
def asking(qtbot: QtBot) -> Callable[[str, str | None], PresetNameDialog]:
    """The dialog on one preset that is kept already."""

    def ask(name: str, instead_of: str | None) -> PresetNameDialog:
        dialog = PresetNameDialog(
            "Title", "Sentence.", "Keep", name, lambda given: judge_name((VOID,), given, instead_of=instead_of)
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return ask


def test_the_dialog_judges_the_name_at_every_keystroke(
    asking: Callable[[str, str | None], PresetNameDialog],
) -> None:
    dialog = asking("", None)
    assert not dialog.accept_button.isEnabled()
    assert problems(dialog, "dialog_problems") == []  # nothing was typed yet
    edit(dialog, "preset_name_edit").setText("retired ONES")
    assert problems(dialog, "dialog_problems") == ["preset.replaced"]
    assert dialog.accept_button.isEnabled()
    edit(dialog, "preset_name_edit").setText("x" * 90)
    assert problems(dialog, "dialog_problems") == ["text.too_long"]
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    renaming = asking("Another", "Another")
    edit(renaming, "preset_name_edit").setText(VOID.name)
    assert problems(renaming, "dialog_problems") == ["preset.name_taken"]
    renaming.reject()


def test_the_dialog_is_asked_and_answers_the_name_without_blanks(
    monkeypatch: pytest.MonkeyPatch, page: ReportsPage
) -> None:
    def accept(dialog: PresetNameDialog) -> int:
        dialog.name_edit.setText("  Mine ")
        return PresetNameDialog.DialogCode.Accepted

    monkeypatch.setattr(PresetNameDialog, "exec", accept)
    button(page, "keep_preset_button").click()
    assert offered(page) == ["None", "Mine"]
    action = page.findChild(QAction, "remove_preset_action")
    assert isinstance(action, QAction)
    assert action.isEnabled()
