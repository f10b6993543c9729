"""Debian's and Ubuntu's packages: which are missing, and how they get installed."""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import shutil
import sys
from typing import TYPE_CHECKING

from _steps import StopError, output_of, run_quietly, step, succeeds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

# Each entry is one need: the names that the package meeting it has had over the releases. The first is asked for where
# nothing is known about the release: apt finds the successor by the old name, but not the other way round.
QT = (
    ("libglib2.0-0", "libglib2.0-0t64"),
    ("libgl1",),
    ("libegl1",),
    ("libfontconfig1",),
    ("libxkbcommon0",),
    ("libdbus-1-3",),
)
QT_WINDOW = (
    ("libxcb-cursor0",),
    ("libxkbcommon-x11-0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
)
SCREEN_FOR_TESTS = (("xvfb",),)
# Debian cuts ensurepip out of Python and keeps it in a package named after the version.
PIP_FOR_VENV = ((f"python3.{sys.version_info.minor}-venv", "python3-venv"),)

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


def make_sure_of_packages(*, window: bool, tests: bool) -> None:
    """Install the system packages that are missing; on a system without apt do nothing.

    Raises:
        StopError: packages are missing and this user may not install them, or installing them failed.
    """
    if not has_apt():
        return
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    needs = needs_of(window=window, tests=tests, has_ensurepip=has_ensurepip)
    unmet = unmet_needs(needs, installed_packages(needs))
    if not unmet:
        return
    prefix = administrator_prefix()
    if prefix is None:
        raise StopError(instruction(best_names(unmet, known_packages(unmet)), sudo=shutil.which("sudo") is not None))
    install(unmet, prefix)


def needs_of(*, window: bool, tests: bool, has_ensurepip: bool) -> tuple[tuple[str, ...], ...]:
    """Return what must be there, for a window on a screen and for the tests more than for a window drawn in memory."""
    return (
        *(() if has_ensurepip else PIP_FOR_VENV),
        *QT,
        *(QT_WINDOW if window or tests else ()),
        *(SCREEN_FOR_TESTS if tests else ()),
    )


def unmet_needs(needs: Sequence[tuple[str, ...]], installed: Collection[str]) -> list[tuple[str, ...]]:
    """Return the needs of which no name is installed."""
    return [names for names in needs if not any(name in installed for name in names)]


def best_names(needs: Sequence[tuple[str, ...]], known: Collection[str]) -> list[str]:
    """Return for each need the first name that apt knows, or the first of all when it knows none."""
    return [next((name for name in names if name in known), names[0]) for names in needs]


def instruction(packages: Sequence[str], *, sudo: bool) -> str:
    """Return the sentence, with the one command, for a user who may not install packages without a password."""
    script = f"apt-get update && {shlex.join(INSTALL[:4])} {shlex.join(packages)}"
    command = f"sudo sh -c {shlex.quote(script)}" if sudo else f"su -c {shlex.quote(script)}"
    return (
        "Some system packages are missing, and only an administrator can install them. "
        f"Run this command once, then start again:\n\n  {command}\n"
    )


def parse_installed(listing: str) -> set[str]:
    """Return the packages that dpkg-query lists as installed for dpkg's own architecture, or for any.

    Each line holds name, architecture and state. A library of another architecture is of no use to this Python.
    """
    rows = [line.split() for line in listing.splitlines()]
    installed = [row for row in rows if len(row) == 3 and row[2] == "installed"]  # noqa: PLR2004 - the three named above
    native = {architecture for name, architecture, _ in installed if name == "dpkg"} | {"all"}
    return {name for name, architecture, _ in installed if architecture in native}


def parse_known(policy: str) -> set[str]:
    """Return the packages for which `apt-cache policy` names a candidate to install."""
    known: set[str] = set()
    name = ""
    for line in policy.splitlines():
        if not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            known.add(name)
    return known


def is_debian_like(release: Mapping[str, str]) -> bool:
    """Whether the fields of os-release are those of Debian, Ubuntu or one of their children."""
    families = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return not families.isdisjoint({"debian", "ubuntu"})


def has_apt() -> bool:
    """Whether this is a system whose packages we know by name."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return is_debian_like(release) and shutil.which("apt-get") is not None


def installed_packages(needs: Sequence[tuple[str, ...]]) -> set[str]:
    """Ask dpkg which of the packages are there; takes hundredths of a second and no rights."""
    names = [name for need in needs for name in need]
    line_format = "${Package} ${Architecture} ${db:Status-Status}\n"
    return parse_installed(output_of(["dpkg-query", "--show", f"--showformat={line_format}", "dpkg", *names]))


def known_packages(needs: Sequence[tuple[str, ...]]) -> set[str]:
    """Ask apt which of the packages it could install."""
    return parse_known(output_of(["apt-cache", "policy", *(name for need in needs for name in need)]))


def administrator_prefix() -> list[str] | None:
    """Return what to put before a command to run it as administrator; None when that would need a password."""
    if os.geteuid() == 0:
        return []
    if succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def install(needs: Sequence[tuple[str, ...]], prefix: Sequence[str]) -> None:
    """Install the packages that meet the needs."""
    unattended = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    with step("Refreshing the list of system packages"):
        # One unreachable source of many makes this fail; whether it mattered shows in the next step.
        succeeds([*unattended, "apt-get", "update"])
    packages = best_names(needs, known_packages(needs))
    with step(f"Installing system packages: {' '.join(packages)}"):
        run_quietly(
            [*unattended, *INSTALL, *packages],
            or_else="apt-get could not install the system packages; what it said is above.",
        )
