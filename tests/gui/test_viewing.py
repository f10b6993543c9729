"""A window that looks only: every form says why it cannot register, and everything else works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.gui.hands import button, edit, press, type_in
from uidmanager.bootstrap import ThisDesk
from uidmanager.core import drafts as d
from uidmanager.gui.forms.assign_form import AssignForm
from uidmanager.gui.forms.product_form import ProductForm
from uidmanager.gui.forms.release_form import ReleaseForm
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.pages.welcome import WelcomePage
from uidmanager.gui.widgets.banner import Banner
from uidmanager.gui.widgets.problem_list import ProblemList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import StillWorld
    from uidmanager.app.ports import Desk
    from uidmanager.app.service import Service


@pytest.fixture
def looking(qtbot: QtBot, world: StillWorld, stocked: Service, ledger_path: Path) -> Iterator[MainWindow]:
    """A window that was started to look only, on a registry with something in it."""
    assert stocked.trouble is None
    yield from shown(qtbot, ThisDesk(world).viewing(), ledger_path)


def shown(qtbot: QtBot, desk: Desk, ledger_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(desk, WindowState())
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.registry_shown):
        window.open_ledger(str(ledger_path))
    yield window
    window.close()


def told(form: QWidget) -> str:
    found = form.findChild(ProblemList)
    assert isinstance(found, ProblemList)
    return " ".join(problem.message for problem in found.problems)


def check_forms_are_shut(window: MainWindow) -> None:
    assign = window.findChild(AssignForm)
    assert isinstance(assign, AssignForm)
    assert not assign.assign_button.isEnabled()
    assert "Nothing can be assigned" in told(assign)
    for kind in (ProductForm, ReleaseForm):
        form = window.findChild(kind)
        assert isinstance(form, kind)
        assert not form.button.isEnabled()
        assert "Nothing can be registered" in told(form)


def banner(window: MainWindow) -> Banner:
    found = window.findChild(Banner, "trouble_banner")
    assert isinstance(found, Banner)
    return found


def test_every_form_is_shut_and_the_banner_says_why(looking: MainWindow) -> None:
    check_forms_are_shut(looking)
    assert not banner(looking).isHidden()


def test_a_preview_goes_on_and_return_writes_nothing(looking: MainWindow, ledger_path: Path) -> None:
    before = ledger_path.read_bytes()
    serial = edit(looking, "serial_edit")
    type_in(serial, "100500")
    form = looking.findChild(AssignForm)
    assert isinstance(form, AssignForm)
    assert form.preview.uid.endswith(".100500")
    press(serial, Qt.Key.Key_Return)
    assert ledger_path.read_bytes() == before
    assert serial.text() == "100500"


def test_what_others_write_still_appears(qtbot: QtBot, looking: MainWindow, stocked: Service) -> None:
    assert looking.view is not None
    with qtbot.waitSignal(looking.view.session.took_in, timeout=5000):
        stocked.submit(d.AssignInstallations(("424242",)))
    check_forms_are_shut(looking)


def test_a_ledger_this_user_may_not_write_shuts_the_forms_too(
    qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stocked.trouble is None
    monkeypatch.setattr("uidmanager.stores.jsonl.hindrance", lambda _path: "this user may not write the file")
    for window in shown(qtbot, desk, ledger_path):
        check_forms_are_shut(window)


def test_a_ledger_read_again_once_it_may_be_written_opens_them(
    qtbot: QtBot, desk: Desk, stocked: Service, ledger_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stocked.trouble is None
    with monkeypatch.context() as closed:
        closed.setattr("uidmanager.stores.jsonl.hindrance", lambda _path: "this user may not write the file")
        windows = shown(qtbot, desk, ledger_path)
        window = next(windows)
    with qtbot.waitSignal(window.registry_shown):
        window.read_again()
    assert window.view is not None
    form = window.view.findChild(AssignForm)
    assert isinstance(form, AssignForm)
    assert form.assign_button.isEnabled()
    assert banner(window).isHidden()
    window.close()


def test_nothing_is_founded_in_a_window_that_looks_only(qtbot: QtBot, world: StillWorld, tmp_path: Path) -> None:
    page = WelcomePage(ThisDesk(world).viewing())
    qtbot.addWidget(page)
    page.show()
    found = button(page, "found_button")
    assert not found.isEnabled()
    type_in(edit(page, "organisation_edit"), "Acme Imaging")
    type_in(edit(page, "root_edit"), "1.2.826.0.1.3680043.2.50")
    place = tmp_path / "acme.jsonl"
    edit(page, "ledger_path_edit").setText(str(place))
    press(edit(page, "root_edit"), Qt.Key.Key_Return)
    assert "started to look only" in " ".join(problem.message for problem in page.found_form.problems.problems)
    assert not place.exists()
