from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from tests.association.conftest import HOST, pynetdicom_peer
from tests.gui.hands import act, click, open_in, problems, rows
from tests.gui.test_pages_are_named import check
from uidmanager.core.devices import Device
from uidmanager.core.records import Release
from uidmanager.gui.dialogs import AskDevicesDialog
from uidmanager.settings import config_folder
from uidmanager.settings.devices import StationDevices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from uidmanager.app.service import Service
    from uidmanager.gui.main_window import MainWindow
    from uidmanager.gui.session import Session

OURS = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
NAME = "CTC_4.5.0.3"


@pytest.fixture
def dialog(qtbot: QtBot, stocked: Service, session: Session) -> Iterator[AskDevicesDialog]:
    made = AskDevicesDialog(session, "0.2.0")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def asked(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    """Until the devices have answered."""
    qtbot.waitUntil(lambda: not dialog.strip.isVisible(), timeout=60_000)


def test_a_device_is_asked_and_its_release_named(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    with pynetdicom_peer(OURS, NAME) as port:
        dialog.address_edit.setText(f"{HOST}:{port}")
        click(dialog.ask_button)
        asked(qtbot, dialog)
    assert rows(dialog, "devices_table") == [
        [f"{HOST}:{port}", "✓ registered", "Release CT Console 4.5.0.3.", "4.6", NAME, OURS]
    ]
    assert problems(dialog, "device_problems") == []


def test_what_is_wrong_with_it_stands_below(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    with pynetdicom_peer(OURS, "CTC_9") as port:
        dialog.address_edit.setText(f"{HOST}:{port}")
        click(dialog.ask_button)
        asked(qtbot, dialog)
    assert problems(dialog, "device_problems") == ["peer.name_differs"]


def test_a_release_is_opened_from_its_row(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    with pynetdicom_peer(OURS, NAME) as port:
        dialog.address_edit.setText(f"{HOST}:{port}")
        click(dialog.ask_button)
        asked(qtbot, dialog)
    with qtbot.waitSignal(dialog.opened) as opened:
        dialog.table.activated.emit(dialog.table.model().index(0, 0))
    assert opened.args is not None
    assert isinstance(opened.args[0], Release)


def test_devices_are_remembered_asked_together_and_forgotten(
    qtbot: QtBot, dialog: AskDevicesDialog, stocked: Service, session: Session
) -> None:
    with socket.create_server((HOST, 0)) as closed:
        dead = f"{HOST}:{closed.getsockname()[1]}"
    with pynetdicom_peer(OURS, NAME) as port:
        for address, name in ((f"{HOST}:{port}", "CT in room 7"), (dead, "")):
            dialog.address_edit.setText(address)
            dialog.name_edit.setText(name)
            click(dialog.remember_button)
        assert [device.label for device in StationDevices().all()] == ["CT in room 7", dead]
        other = AskDevicesDialog(session, "0.2.0")
        qtbot.addWidget(other)
        other.show()
        assert [row[1] for row in rows(other, "devices_table")] == ["not asked yet", "not asked yet"]
        click(other.ask_all_button)
        asked(qtbot, other)
    assert [row[:2] for row in rows(other, "devices_table")] == [
        ["CT in room 7", "✓ registered"],
        [dead, "✕ no answer"],
    ]
    assert other.table.choose(Device(HOST, int(dead.rpartition(":")[2])))
    assert problems(other, "device_problems") == ["device.refused"]
    click(other.forget_button)
    assert [device.label for device in StationDevices().all()] == ["CT in room 7"]
    other.reject()


def test_a_name_is_remembered_once(dialog: AskDevicesDialog) -> None:
    dialog.address_edit.setText("ct1:104")
    click(dialog.remember_button)
    click(dialog.remember_button)
    assert len(StationDevices().all()) == 1
    assert "already" in dialog.problems.problems[0].message


@pytest.mark.parametrize(
    ("address", "title", "code"), [("ct1", "CT1", "device.address"), ("ct1:1", "", "device.title")]
)
def test_what_is_no_device_cannot_be_asked(dialog: AskDevicesDialog, address: str, title: str, code: str) -> None:
    assert problems(dialog, "device_problems") == []
    dialog.address_edit.setText(address)
    dialog.title_edit.setText(title)
    assert problems(dialog, "device_problems") == [code]
    assert not dialog.ask_button.isEnabled()
    assert not dialog.remember_button.isEnabled()


def test_our_title_must_be_one_as_well(dialog: AskDevicesDialog) -> None:
    dialog.address_edit.setText("ct1:104")
    dialog.calling_edit.setText("A\\B")
    assert not dialog.ask_button.isEnabled()
    dialog.calling_edit.setText("SERVICE")
    click(dialog.remember_button)
    assert [device.calling for device in StationDevices().all()] == ["SERVICE"]


def test_it_stops_when_asked_and_when_closed(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    with socket.create_server((HOST, 0)) as silent:  # its queue takes the call, and nobody ever answers
        dialog.address_edit.setText(f"{HOST}:{silent.getsockname()[1]}")
        click(dialog.ask_button)
        dialog.strip.cancel_asked.emit()
        asked(qtbot, dialog)
        assert dialog.problems.problems[0].message.startswith("Stopped")
        click(dialog.ask_button)
        dialog.reject()


def test_a_list_that_cannot_be_read_is_told(qtbot: QtBot, stocked: Service, session: Session, home: Path) -> None:
    config_folder().mkdir(parents=True)
    (config_folder() / "devices.json").write_bytes(b"{")
    dialog = AskDevicesDialog(session, "0.2.0")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.address_edit.setText("ct1:104")
    click(dialog.remember_button)
    assert "cannot be used" in dialog.problems.problems[0].message
    dialog.reject()


def test_every_widget_is_named(dialog: AskDevicesDialog) -> None:
    check(dialog)


def test_the_menu_opens_it_and_another_registry_closes_it(
    qtbot: QtBot, stocked: Service, window: MainWindow, ledger_path: Path
) -> None:
    open_in(qtbot, window, ledger_path)
    act(window, "ask_device_action")
    dialog = window.findChild(AskDevicesDialog)
    assert isinstance(dialog, AskDevicesDialog)
    assert dialog.isVisible()
    open_in(qtbot, window, ledger_path)
    qtbot.waitUntil(lambda: window.findChild(AskDevicesDialog) is None)


def test_enter_asks(qtbot: QtBot, dialog: AskDevicesDialog) -> None:
    assert dialog.ask_button.isDefault()
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    assert not box.button(QDialogButtonBox.StandardButton.Close).autoDefault()
