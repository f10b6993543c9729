"""Whether Qt can work on this machine, found out once for each environment."""

from __future__ import annotations

import os
import subprocess
import sys

from _environment import VENV, program
from _steps import StopError, step

# Loading the plugin names the library that is missing; Qt itself would say "xcb-cursor0" whichever it is.
TRY_DRAWING = "import PySide6.QtWidgets"
TRY_WINDOW = """
import ctypes, pathlib, PySide6.QtWidgets
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
"""


def make_sure_of_qt(*, x11: bool) -> None:
    """Load Qt, and with `x11` the part that talks to an X server, unless that went well before.

    Raises:
        StopError: a library of the system is missing; says which.
    """
    marker = VENV / ("qt-works-on-x11" if x11 else "qt-works")
    if marker.exists():
        return
    with step("Trying Qt"):
        done = subprocess.run(
            [program("python"), "-I", "-c", TRY_WINDOW if x11 else TRY_DRAWING],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            raise StopError(sentence(done.stderr, sys.platform))
    marker.touch()


def sentence(error: str, platform: str) -> str:
    """Return what to tell the person, from the last line of a traceback."""
    last = error.strip().rpartition("\n")[2]
    remedy = (
        "Install the package of your Linux distribution that holds this library, then start again."
        if platform.startswith("linux")
        else "This version of Qt may be too new for this system, or an installation of Qt got in its way."
    )
    return f"Qt, which draws the window, cannot be loaded: {last}\n{remedy}"
