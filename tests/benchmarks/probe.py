"""A measurement in a process of its own, at a station of its own.

python -m tests.benchmarks.probe MODULE:FUNCTION ARGUMENTS runs the function with the arguments, a JSON object, and
prints the figures that it answers as the last line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Figures = dict[str, float]
_FOLDERS: Final = ("DATA", "CONFIG", "STATE", "CACHE")
_OURS: Final = "UIDMANAGER_"


def measured(function: Callable[..., Figures], home: Path, **arguments: object) -> Figures:
    """What the function answers when it is run in a fresh process whose user has this home.

    The arguments must be plain enough for JSON. Raises `RuntimeError` with what the process said when it failed.
    """
    answer = subprocess.run(
        [sys.executable, *_command(function, arguments)],
        env=environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"{function.__module__}:{function.__name__} ended with {answer.returncode}\n{answer.stderr}")
    return {name: float(value) for name, value in json.loads(answer.stdout.splitlines()[-1]).items()}


def begun(function: Callable[..., Figures], home: Path, **arguments: object) -> subprocess.Popen[str]:
    """The same, under way: the function may talk through stdin and stdout."""
    return subprocess.Popen(
        [sys.executable, *_command(function, arguments)],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def environment(home: Path) -> dict[str, str]:
    """The environment of a user with this home: no ledger named, windows drawn in memory, byte code kept."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith((_OURS, "PYTHON"))}
    folders = {f"XDG_{folder}_HOME": str(home / folder.lower()) for folder in _FOLDERS}
    return {**kept, **folders, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}


def _command(function: Callable[..., Figures], arguments: dict[str, object]) -> list[str]:
    plain = {name: str(value) if isinstance(value, os.PathLike) else value for name, value in arguments.items()}
    return ["-m", "tests.benchmarks.probe", f"{function.__module__}:{function.__name__}", json.dumps(plain)]


def main(arguments: list[str]) -> None:
    """Run the function that is named and print its figures."""
    module, _, name = arguments[0].partition(":")
    print(json.dumps(getattr(import_module(module), name)(**json.loads(arguments[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
