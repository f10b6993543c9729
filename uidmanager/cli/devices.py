"""The devices that are remembered on this station: ``device add``, ``device list``, ``device remove``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from uidmanager.cli.answers import Answer, refused
from uidmanager.cli.commands import Group, reads
from uidmanager.core.devices import ANY_TITLE, read_device
from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt, name_key
from uidmanager.settings.devices import StationDevices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.devices import Device
    from uidmanager.core.reports import Row

_FIELDS: Final = ("device", "address", "title", "calling")


@click.group("device", cls=Group)
def device() -> None:
    """Devices that are asked again and again."""


@device.command("add")
@click.argument("address", metavar="HOST:PORT")
@click.option("--name", default="", metavar="NAME", help="What it is called; else its address.")
@click.option("--called", default=ANY_TITLE, metavar="TITLE", help=f"Its AE title; else {ANY_TITLE}.")
@click.option("--calling", metavar="TITLE", help="The AE title by which it knows us, if it answers no other.")
@reads
def add(*, address: str, name: str, called: str, calling: str | None) -> Answer:
    """Remember a device on this station. Prints what it is called."""
    made, problems = read_device(address, called, name, calling or "")
    if made is None:
        return refused(*problems, data={"device": None})
    book = StationDevices()
    devices = book.all()
    if named(devices, made.label) is not None:
        sentence = f"“{excerpt(made.label)}” is remembered already. Give this one another name, or remove the other."
        return refused(Problem("device.name_taken", "name", sentence), data={"device": None})
    book.keep((*devices, made))
    return Answer(data={"device": made.label}, text=lambda: made.label + "\n")


@device.command("list")
@reads
def list_devices() -> Answer:
    """List the devices that are remembered."""
    from uidmanager.writers.rows_text import table  # noqa: PLC0415 (not needed where JSON is wanted)

    rows: list[Row] = [
        {"device": each.label, "address": each.address, "title": each.title, "calling": each.calling or None}
        for each in StationDevices().all()
    ]
    return Answer(data={"rows": rows}, text=lambda: table(_FIELDS, rows))


@device.command("remove")
@click.argument("name")
@reads
def remove(*, name: str) -> Answer:
    """Forget a device, by its name or its address. Prints what it was called."""
    book = StationDevices()
    devices = book.all()
    found = named(devices, name)
    if found is None:
        return refused(unknown(name), data={"device": None})
    book.keep([each for each in devices if each is not found])
    return Answer(data={"device": found.label}, text=lambda: found.label + "\n")


def named(devices: Iterable[Device], name: str) -> Device | None:
    """The device of this name, or without a name at this address; capitals and blanks make no difference."""
    return next((each for each in devices if name_key(each.label) == name_key(name)), None)


def unknown(name: str) -> Problem:
    """No device that is remembered is called so."""
    sentence = (
        f"“{excerpt(name)}” is neither HOST:PORT nor the name of a device that is remembered. Look at uidmanager "
        "device list."
    )
    return Problem("device.unknown", "device", sentence)
