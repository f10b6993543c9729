"""The two commands of the bootstrap, and the way from the arguments to them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from _checks import run_checks
from _environment import ROOT, make_sure_of_environment, program
from _qt import make_sure_of_qt
from _steps import StopError, hand_over, say
from _system import make_sure_of_packages
from _toolkits import try_for_toolkits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Codes that the program itself never gives (its own are 0 to 3), so that a pipeline can tell the two apart.
USAGE = 64
CANNOT_SET_UP = 69
INTERRUPTED = 130

HELP = """\
python3 packaging/bootstrap.py run                 open the window; without a display, show the main job as text
python3 packaging/bootstrap.py run -- ARGUMENTS    run one command of the program
python3 packaging/bootstrap.py test                every check, then one summary
python3 packaging/bootstrap.py test -- ARGUMENTS   the same, with arguments for pytest"""


class UsageError(Exception):
    """The arguments are none that we know."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the person asked for: `run` or `test`, and the arguments to pass on."""

    command: str
    arguments: tuple[str, ...]


def parse(argv: Sequence[str]) -> Request:
    """Return what the arguments ask for.

    Raises:
        UsageError: neither `run` nor `test`, or something between it and the two dashes.
    """
    match list(argv):
        case ["run" | "test" as command]:
            return Request(command, ())
        case ["run" | "test" as command, "--", *arguments]:
            return Request(command, tuple(arguments))
        case _:
            raise UsageError


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown: Windows and macOS always have a screen, elsewhere the environment names it."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run(arguments: Sequence[str]) -> int:
    """Set up what the program needs and start it; return its exit code."""
    window = has_display(sys.platform, os.environ)
    set_up(window=window, tests=False)
    if window or arguments:
        # -P: the person's own folder, where the program is started, must not be searched for modules.
        return hand_over([program("python"), "-P", "-m", "uidmanager", *arguments], env=os.environ)
    demo = ROOT / "packaging" / "demo.py"
    return hand_over([program("python"), demo], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def test(arguments: Sequence[str]) -> int:
    """Set up what the tests need and run every check; return 0 when all went well."""
    set_up(window=has_display(sys.platform, os.environ), tests=True)
    try_for_toolkits()
    return run_checks(arguments)


def set_up(*, window: bool, tests: bool) -> None:
    """Make sure of the system's packages, the environment and Qt.

    Raises:
        StopError: one of them cannot be had.
    """
    make_sure_of_packages(window=window, tests=tests)
    make_sure_of_environment(tests=tests)
    make_sure_of_qt(x11=sys.platform == "linux" and (tests or bool(os.environ.get("DISPLAY"))))


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for and return the exit code."""
    try:
        request = parse(argv)
    except UsageError:
        asked_for_help = list(argv) in (["-h"], ["--help"])
        say(HELP)
        return 0 if asked_for_help else USAGE
    try:
        return (run if request.command == "run" else test)(request.arguments)
    except StopError as stop:
        say(str(stop))
        return CANNOT_SET_UP
    except OSError as error:
        say(f"The set-up met an obstacle: {error}")
        return CANNOT_SET_UP
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return INTERRUPTED
