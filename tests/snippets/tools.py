"""The programs and packages with which snippets are run; a test whose tool is not here is skipped and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLKITS = Path(sys.prefix) / "toolkits"
"""Where “bootstrap.py test” puts the packages of packaging/locks/toolkits.txt."""

_LONGEST_S = 300


def program(name: str) -> str:
    """The path of a program; skips the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this computer")
    return found


def header(*names: str) -> None:
    """Skip the test where not all of these C or C++ headers are installed."""
    for name in names:
        source = f"#include <{name}>\n"
        done = subprocess.run(
            [program("g++"), "-E", "-x", "c++", "-"], input=source, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            pytest.skip(f"{name} is not on this computer")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What a program prints; it must succeed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=_LONGEST_S,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def run_python(package: str, script: str, cwd: Path) -> str:
    """What a script prints that needs a toolkit's Python package; skips the test where that is not installed."""
    probe = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({package!r}) is None)"
    environment = {**os.environ, "PYTHONPATH": str(TOOLKITS)}
    found = subprocess.run([sys.executable, "-c", probe], env=environment, cwd=cwd, check=False)
    if found.returncode != 0:
        pytest.skip(f"the Python package {package} is not installed; bootstrap.py test installs it where it can")
    return run(sys.executable, "-c", script, cwd=cwd, PYTHONPATH=str(TOOLKITS))
