"""The serial's field under a scanner's fire: what is typed is lost only by being assigned."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from tests.gui.hands import button, edit, press, problems, type_in
from tests.gui.scanner import CR_LF, SUFFIXES, Wedge
from uidmanager.core import drafts as d
from uidmanager.core.barcodes import GS
from uidmanager.core.budget import Fit
from uidmanager.core.errors import LedgerLockedError
from uidmanager.core.records import SerialRule
from uidmanager.gui.forms.assign_form import AssignForm
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Receipt, Service
    from uidmanager.core.records import Installation
    from uidmanager.gui.session import Session

ROOT = "1.2.826.0.1.3680043.2.50"
GTIN = "09521101530001"
RETURN = Qt.Key.Key_Return


@pytest.fixture
def form(qtbot: QtBot, stocked: Service, session: Session) -> AssignForm:
    made = AssignForm(session)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.focus_first()
    return made


class SlowDisk:
    """Holds every write until it is let go, and may fail it."""

    def __init__(self, service: Service) -> None:
        self.may_go_on = Event()
        self.error: Exception | None = None
        self._submit = service.submit

    def submit(self, *arguments: Any) -> Receipt:
        self.may_go_on.wait(10)
        if self.error is not None:
            raise self.error
        return self._submit(*arguments)


@pytest.fixture
def slow(stocked: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    disk = SlowDisk(stocked)
    monkeypatch.setattr(stocked, "submit", disk.submit)
    yield disk
    disk.may_go_on.set()


def serial(form: AssignForm) -> QLineEdit:
    return edit(form, "serial_edit")


def scan(form: AssignForm, text: str) -> None:
    """As a scanner does it: the digits, then CR and LF, which are two Enters."""
    type_in(serial(form), text)
    press(serial(form), RETURN)
    press(serial(form), Qt.Key.Key_Enter)


def assigned(service: Service) -> list[str]:
    with service.look() as registry:
        return [installation.serial for installation in registry.installations]


def sentences(form: AssignForm) -> str:
    found = form.findChild(ProblemList, "preview_problems")
    assert isinstance(found, ProblemList)
    return " ".join(problem.message for problem in found.problems)


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_writing)


# -- the preview -------------------------------------------------------------------------------------------------------


def test_every_keystroke_shows_the_root_and_its_lights(form: AssignForm) -> None:
    for typed in ("0", "05", "055"):
        type_in(serial(form), typed[-1])
        assert form.preview.uid == f"{ROOT}.2.{int(typed)}"
        assert [light.fit for light in form.lights.shown[:2]] == [Fit.FITS, Fit.FITS]
    serial(form).clear()
    assert form.preview.uid == ""
    assert form.lights.shown == ()


def test_the_lights_are_seen_while_there_is_a_root(form: AssignForm) -> None:
    for text, is_lit in (("", False), ("055", True), ("", False), ("7", True)):
        serial(form).setText(text)
        labels = form.lights.findChildren(QLabel)
        assert [label.isVisibleTo(form) for label in labels] == [is_lit] * len(labels)
        assert len(labels) >= len(form.lights.shown)


def test_an_empty_form_does_not_scold_and_enter_in_it_does_nothing(form: AssignForm, stocked: Service) -> None:
    assert problems(form) == []
    press(serial(form), RETURN)
    assert problems(form) == []
    assert not stocked.remarks


@pytest.mark.parametrize(
    ("text", "code"),
    [("AB-1234", "serial.not_numeric"), ("３７", "serial.not_numeric"), ("12 34", "serial.not_numeric")],
)
def test_a_serial_that_cannot_be_a_number_says_so_and_stays_whole(form: AssignForm, text: str, code: str) -> None:
    serial(form).insert(text)
    assert code in problems(form)
    press(serial(form), RETURN)
    assert serial(form).text() == text


def test_nothing_is_cut_off_or_masked_away(form: AssignForm) -> None:
    field = serial(form)
    assert field.validator() is None
    assert field.inputMask() == ""
    field.insert("1" * 500)
    assert field.text() == "1" * 500
    assert "serial.too_long" in problems(form)


def test_several_lines_that_are_pasted_do_not_become_one_serial(form: AssignForm) -> None:
    QApplication.clipboard().setText("100500\n100501\r\n100502")
    serial(form).paste()
    assert "scan.several_lines" in problems(form)
    assert form.preview.uid == ""


def test_a_line_end_that_is_pasted_with_a_serial_is_no_part_of_it(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    QApplication.clipboard().setText(" 100500\r\n")
    serial(form).paste()
    assert problems(form) == []
    press(serial(form), RETURN)
    settle(qtbot, session)
    assert assigned(stocked)[-1] == "100500"


# -- what a scanner sent -----------------------------------------------------------------------------------------------


UNIT = f"]d201{GTIN}21100500{GS}10LOT7"


@pytest.fixture
def with_gtin(stocked: Service) -> Service:
    for product, gtin in (("CT Console", GTIN), ("Viewer", "05901234123457")):
        assert stocked.submit(d.SetProductGtin(product, gtin, "from the label")).entry is not None
    return stocked


def test_what_was_scanned_and_what_was_taken_are_shown_while_it_is_typed(with_gtin: Service, form: AssignForm) -> None:
    wedge = Wedge()
    wedge.type(UNIT)
    assert form.preview.uid == f"{ROOT}.2.100500"
    assert f"Scanned {UNIT.replace(GS, '␝')} → serial 100500, GTIN {GTIN}, so product “CT Console”." in sentences(form)


def test_a_gs1_code_is_assigned_to_the_product_of_its_gtin_and_both_are_kept(
    qtbot: QtBot, with_gtin: Service, form: AssignForm, session: Session
) -> None:
    Wedge().scan(UNIT)
    settle(qtbot, session)
    with with_gtin.look() as registry:
        held = registry.installation("100500")
        assert held is not None
        assert (held.serial, held.product) == ("100500", 2)
        (read,) = registry.reads_of(held)
    assert (read.scanned, read.symbology, read.gtin) == (UNIT.replace(GS, "␝"), "]d2", GTIN)
    assert form.result.text == f"Assigned 100500 → {ROOT}.2.100500"
    assert form.product_combo.chosen is None


def test_the_gtin_of_another_product_than_the_chosen_one_is_refused_and_stays(
    with_gtin: Service, form: AssignForm
) -> None:
    form.product_combo.setCurrentIndex(form.product_combo.findText("Viewer"))
    Wedge().scan(UNIT)
    assert "gtin.other_product" in problems(form)
    assert serial(form).text() == UNIT.replace(GS, "␝")
    assert assigned(with_gtin)[-1] == "372765"


def test_a_gtin_that_belongs_to_no_product_is_said_and_does_not_refuse(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    wedge = Wedge()
    wedge.type(UNIT)
    assert "gtin.unknown" in problems(form)
    wedge.end(CR_LF)
    settle(qtbot, session)
    assert assigned(stocked)[-1] == "100500"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("]d221SN-0001234580122.4.1", "scan.no_separator"),
        ("]d201095211015300022137", "gtin.check_digit"),
        ("]E05901234123457", "scan.no_serial"),
        ("]d221100500|10LOT", "scan.character"),
    ],
)
def test_a_scan_that_is_refused_says_why_shows_no_root_and_stays(
    form: AssignForm, stocked: Service, text: str, code: str
) -> None:
    Wedge().scan(text)
    assert code in problems(form)
    assert form.preview.uid == ""
    assert serial(form).text() == text
    assert serial(form).selectedText() == text
    assert assigned(stocked)[-1] == "372765"


def test_a_plain_serial_is_kept_without_a_read(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    Wedge().scan("2112345")
    settle(qtbot, session)
    with stocked.look() as registry:
        held = registry.installation("2112345")
        assert held is not None
        assert registry.reads_of(held) == []


def test_a_plain_code_with_its_identifier_is_kept_as_it_came(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    Wedge().scan("]d10100500")
    settle(qtbot, session)
    with stocked.look() as registry:
        held = registry.installation("100500")
        assert held is not None
        assert (held.serial, [read.scanned for read in registry.reads_of(held)]) == ("0100500", ["]d10100500"])


def test_a_serial_with_an_index_is_assigned_and_found_again(
    qtbot: QtBot, form: AssignForm, session: Session, with_gtin: Service
) -> None:
    assert with_gtin.submit(d.OpenIndexedArc("3", "letters")).entry is not None
    assert with_gtin.submit(d.SetProductSerials("CT Console", SerialRule(indexed=True), "letters")).entry is not None
    wedge = Wedge()
    wedge.scan(f"]d201{GTIN}21SN-A17")
    settle(qtbot, session)
    assert form.result.text == f"Assigned SN-A17 → {ROOT}.3.1"
    wedge.type(f"]d201{GTIN}21SN-A17")
    assert "SN-A17 has this root already" in sentences(form)


# -- assigning ---------------------------------------------------------------------------------------------------------


def test_scans_one_after_the_other_are_assigned_once_each(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    for number in range(100500, 100510):
        scan(form, str(number))
        settle(qtbot, session)
        assert serial(form).text() == ""
        assert serial(form).hasFocus()
    assert assigned(stocked)[-10:] == [str(number) for number in range(100500, 100510)]
    with stocked.look() as registry:
        assert registry.position == 20


def test_two_hundred_scans_with_every_suffix_in_turn_are_assigned_once_each(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    wedge, suffixes = Wedge(), list(SUFFIXES.values())
    serials = [str(number) for number in range(200500, 200700)]
    for index, number in enumerate(serials):
        wedge.scan(number, suffixes[index % len(suffixes)])
        settle(qtbot, session)
        assert serial(form).text() == ""
        assert serial(form).hasFocus()
    assert assigned(stocked)[4:] == serials
    with stocked.look() as registry:
        assert registry.position == 10 + len(serials)


def test_two_hundred_scans_without_a_pause_are_assigned_once_each(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    wedge, suffixes = Wedge(), list(SUFFIXES.values())
    serials = [str(number) for number in range(200500, 200700)]
    for index, number in enumerate(serials):
        wedge.scan(number, suffixes[index % len(suffixes)])
    settle(qtbot, session)
    assert assigned(stocked)[4:] == serials


def test_what_was_assigned_is_said_shown_and_can_be_copied(qtbot: QtBot, form: AssignForm, session: Session) -> None:
    shown: list[Installation] = []
    form.assigned.connect(shown.append)
    scan(form, "0100500")
    settle(qtbot, session)
    assert form.result.text == f"Assigned 0100500 → {ROOT}.2.100500"
    assert form.result.isVisible()
    button(form, "copy_assigned_result_button").click()
    assert QApplication.clipboard().text() == f"{ROOT}.2.100500"
    assert [installation.serial for installation in shown] == ["0100500"]


def test_the_product_stays_chosen_the_note_does_not(qtbot: QtBot, form: AssignForm, session: Session) -> None:
    combo = form.findChild(QComboBox, "installation_product_combo")
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == ["No product", "Viewer", "CT Console"]
    combo.setCurrentIndex(2)
    type_in(edit(form, "installation_note_edit"), "demo")
    scan(form, "100500")
    settle(qtbot, session)
    assert combo.currentText() == "CT Console"
    assert edit(form, "installation_note_edit").text() == ""
    with session.service.look() as registry:
        held = registry.installation("100500")
    assert held is not None
    assert (held.product, held.note) == (2, "demo")


def test_a_serial_that_has_its_root_already_says_since_when_and_is_shown(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    shown: list[Installation] = []
    form.assigned.connect(shown.append)
    type_in(serial(form), "0372764")
    assert "has this root already, since 2026-11-2" in sentences(form)
    press(serial(form), RETURN)
    settle(qtbot, session)
    assert [installation.serial for installation in shown] == ["0372764"]
    assert serial(form).text() == ""
    with stocked.look() as registry:
        assert registry.position == 10


def test_what_is_refused_is_selected_so_that_the_next_scan_takes_its_place(form: AssignForm) -> None:
    scan(form, "372764")
    assert "serial.taken" in problems(form)
    assert serial(form).selectedText() == "372764"
    type_in(serial(form), "5")
    assert serial(form).text() == "5"


# -- while a write is under way ----------------------------------------------------------------------------------------


def test_scans_during_a_write_wait_for_their_turn(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    wedge = Wedge()
    for number in ("100500", "100501", "100502", "100502", "100503"):
        wedge.scan(number)
    assert "100500 is still being written" in sentences(form)
    assert assigned(stocked)[-1] == "372765"
    slow.may_go_on.set()
    settle(qtbot, session)
    assert assigned(stocked)[-4:] == ["100500", "100501", "100502", "100503"]
    assert serial(form).text() == ""
    assert sentences(form) == ""


def test_what_is_typed_while_others_wait_stays(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    wedge = Wedge()
    wedge.scan("100500")
    wedge.scan("100501")
    wedge.type("1005")
    slow.may_go_on.set()
    settle(qtbot, session)
    assert serial(form).text() == "1005"
    wedge.type("02")
    wedge.end(CR_LF)
    settle(qtbot, session)
    assert assigned(stocked)[-3:] == ["100500", "100501", "100502"]


def test_a_scan_that_is_refused_when_its_turn_comes_is_told_until_somebody_has_read_it(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    wedge = Wedge()
    for number in ("100500", "0100500", "100501"):
        wedge.scan(number)
    slow.may_go_on.set()
    settle(qtbot, session)
    assert assigned(stocked)[-2:] == ["100500", "100501"]
    assert "0100500 was not assigned: Serial 0100500 has the same root as 100500" in sentences(form)
    wedge.scan("100502")
    settle(qtbot, session)
    assert "0100500 was not assigned" in sentences(form)
    press(serial(form), Qt.Key.Key_Escape)
    assert sentences(form) == ""


def test_what_waited_for_a_write_that_failed_is_told(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    slow.error = LedgerLockedError("acme.jsonl", 10, "bob on LINE-4")
    wedge = Wedge()
    for number in ("100500", "100501"):
        wedge.scan(number)
    slow.may_go_on.set()
    settle(qtbot, session)
    assert "100501 was not assigned: It was not tried." in sentences(form)
    assert "100500 was not assigned: acme.jsonl is being written by bob" in sentences(form)
    slow.error = None
    for number in ("100500", "100501"):
        wedge.scan(number)
        settle(qtbot, session)
    assert assigned(stocked)[-2:] == ["100500", "100501"]
    assert sentences(form) == ""


def test_a_write_that_takes_long_is_spoken_of(qtbot: QtBot, form: AssignForm, session: Session, slow: SlowDisk) -> None:
    scan(form, "100500")
    qtbot.waitUntil(lambda: "100500 is still being written" in sentences(form))
    slow.may_go_on.set()
    settle(qtbot, session)
    assert sentences(form) == ""


def test_a_write_that_fails_leaves_everything_as_it_was_and_says_what_to_do(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    slow.error = LedgerLockedError("acme.jsonl", 10, "bob on LINE-4")
    slow.may_go_on.set()
    scan(form, "100500")
    settle(qtbot, session)
    assert serial(form).text() == "100500"
    assert "bob on LINE-4" in sentences(form)
    assert "Try again" in sentences(form)
    slow.error = None
    press(serial(form), RETURN)
    settle(qtbot, session)
    assert assigned(stocked)[-1] == "100500"


def test_a_fault_of_ours_is_handed_on_and_what_was_typed_stays(
    qtbot: QtBot, form: AssignForm, session: Session, slow: SlowDisk
) -> None:
    slow.error = ZeroDivisionError("ours")
    slow.may_go_on.set()
    with qtbot.waitSignal(session.fault_found):
        scan(form, "100500")
    assert serial(form).text() == "100500"
    assert "was not assigned" in sentences(form)


def test_who_is_overtaken_sees_the_new_outcome_and_nothing_is_lost(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service, slow: SlowDisk
) -> None:
    type_in(serial(form), "0100500")
    press(serial(form), RETURN)
    stocked.__class__.submit(stocked, d.AssignInstallations(("100500",)))
    slow.may_go_on.set()
    settle(qtbot, session)
    assert serial(form).text() == "0100500"
    assert "0100500 was not assigned" in sentences(form)
    assert "serial.taken" in problems(form)


# -- news and trouble --------------------------------------------------------------------------------------------------


def test_a_new_product_is_offered_and_the_chosen_one_stays(
    qtbot: QtBot, form: AssignForm, session: Session, stocked: Service
) -> None:
    combo = form.findChild(QComboBox, "installation_product_combo")
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(1)
    stocked.submit(d.RegisterProduct("Gantry"))
    stocked.submit(d.RetireProduct("CT Console", reason="no longer made"))
    qtbot.waitUntil(lambda: combo.findText("Gantry") > 0)
    qtbot.waitUntil(lambda: combo.findText("CT Console") < 0)
    assert combo.currentText() == "Viewer"


def test_without_a_ledger_to_write_the_button_is_off_and_says_why(
    qtbot: QtBot, form: AssignForm, session: Session, ledger_path: Path
) -> None:
    type_in(serial(form), "100500")
    away = ledger_path.with_suffix(".away")
    with qtbot.waitSignal(session.trouble_found):
        ledger_path.rename(away)
    assert not form.assign_button.isEnabled()
    assert "Nothing can be assigned" in sentences(form)
    press(serial(form), RETURN)
    assert serial(form).text() == "100500"
    with qtbot.waitSignal(session.trouble_passed):
        away.rename(ledger_path)
    assert form.assign_button.isEnabled()
    assert sentences(form) == ""


def test_the_result_line_speaks(qtbot: QtBot, form: AssignForm, session: Session) -> None:
    scan(form, "100500")
    settle(qtbot, session)
    label = form.findChild(QLabel, "assigned_result")
    assert isinstance(label, QLabel)
    assert label.accessibleDescription() == f"Assigned 100500 → {ROOT}.2.100500"
