"""Devices that can be asked what they are: where they listen and how they are called. Nothing is contacted here."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Problem
from uidmanager.core.texts import NAME_LENGTH, check_text, excerpt, tidy

ANY_TITLE: Final = "ANY-SCP"
OUR_TITLE: Final = "UIDMANAGER"
"""What a device is called that has no title, and what we are called, unless somebody says otherwise."""
LONGEST_TITLE: Final = 16
MOST_DEVICES: Final = 10_000
_LONGEST_HOST: Final = 255
_HIGHEST_PORT: Final = 65535
_HOST = re.compile(r"[0-9A-Za-z._-]+")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._-]+)?")
_PORT = re.compile(r"[0-9]{1,5}")
_NOT_IN_A_TITLE = re.compile(r"[^ -\[\]-~]")  # the printable characters of ISO 646 without the backslash


class Device(Struct, frozen=True):
    """Where a device is. ``host`` is a name or an address, IPv6 without brackets.

    ``title`` is its AE title, ``name`` what people call it; empty where nobody gave it a name. ``calling`` is the AE
    title that it knows us by; empty where any will do.
    """

    host: str
    port: int
    title: str = ANY_TITLE
    name: str = ""
    calling: str = ""

    @property
    def address(self) -> str:
        """``HOST:PORT``, an IPv6 address in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def label(self) -> str:
        """What a list calls it: its name, else its address."""
        return self.name or self.address


def read_device(
    address: str, title: str = ANY_TITLE, name: str = "", calling: str = ""
) -> tuple[Device | None, tuple[Problem, ...]]:
    """The device at ``HOST:PORT``, or why there can be none."""
    host, port = _parts(address.strip())
    problems = [*check_title(title, "title"), *check_text(tidy(name), "name", NAME_LENGTH)]
    problems += check_title(calling, "calling") if calling else ()
    if host is None or port is None:
        sentence = (
            f"“{excerpt(address)}” is no address of a device. Write HOST:PORT, as ct1.example:104 or 192.0.2.7:11112; "
            "an IPv6 address in brackets, as [2001:db8::7]:104; the port from 1 to 65535."
        )
        problems.insert(0, Problem("device.address", "address", sentence))
        return None, tuple(problems)
    device = Device(host, port, title.strip(" "), tidy(name), calling.strip(" "))
    return (None if problems else device), tuple(problems)


def read_devices(text: str) -> tuple[tuple[Device, ...], tuple[Problem, ...]]:
    """The devices of a list: a line for each with its address, AE title and name, the last two as one likes.

    What is blank or begins with ``#`` is left out. A line that is no device is told with its number; nothing is
    guessed of it.
    """
    devices: list[Device] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        address, title, name = (*line.split(maxsplit=2), "", "", "")[:3]
        if not address or address.startswith("#"):
            continue
        device, wrong = read_device(address, title or ANY_TITLE, name)
        if device is not None:
            devices.append(device)
        problems += (Problem("device.list", "devices", f"Line {number}: {problem.message}") for problem in wrong)
        if len(devices) > MOST_DEVICES:
            sentence = f"There are more than {MOST_DEVICES:,} devices in the list. Ask them in several parts."
            return (), (Problem("device.too_many", "devices", sentence),)
    return tuple(devices), tuple(problems)


def check_title(title: str, field: str) -> tuple[Problem, ...]:
    """Why this is no AE title: 1 to 16 characters of ISO 646 without controls and backslash (PS3.5 §6.2, VR AE)."""
    foreign = _NOT_IN_A_TITLE.search(title)
    if title.strip(" ") and len(title) <= LONGEST_TITLE and foreign is None:
        return ()
    sentence = (
        f"“{excerpt(title)}” is no AE title: it has 1 to {LONGEST_TITLE} characters of ASCII, not blanks alone and no "
        "backslash. Write it as it stands in the device's settings."
    )
    return (Problem("device.title", field, sentence, foreign.start() if foreign else None),)


def _parts(address: str) -> tuple[str | None, int | None]:
    """The host and the port, each None where it is none."""
    host, _, port = address.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        inner = host[1:-1]
        good = ":" in inner and _IPV6.fullmatch(inner)
    else:
        inner = host
        good = _HOST.fullmatch(host)
    number = int(port) if _PORT.fullmatch(port) else 0
    return (inner if good and len(inner) <= _LONGEST_HOST else None), (number if 0 < number <= _HIGHEST_PORT else None)
