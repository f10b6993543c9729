"""The house stays one to live in: rooms of a size, no lumber room, arrows that point down."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import uidmanager

PACKAGE = Path(uidmanager.__file__).parent
PROJECT = PACKAGE.parent
LONGEST = 400
LUMBER_ROOMS = {"utils", "util", "helpers", "helper", "common_utils", "manager", "misc", "tools"}
TOP_LEVEL = {
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "uidmanager",
    "resources",
    "tests",
    "packaging",
    "docs",
}
VIOLATIONS = {
    "Qt in the core": ("core/scheme.py", "from PySide6.QtCore import QObject"),
    "a clock in the core": ("core/rules/products.py", "import time"),
    "the core asks the app": ("core/registry.py", "import uidmanager.app.service"),
    "the registry asks the rules": ("core/registry.py", "import uidmanager.core.rules"),
    "the window reaches a store": ("gui/main_window.py", "import uidmanager.stores.jsonl"),
    "the command line reaches a store": ("cli/output.py", "import uidmanager.stores.jsonl"),
    "the command line shows a window": ("cli/output.py", "import uidmanager.gui.theme"),
    "a store calls a use case": ("stores/jsonl.py", "import uidmanager.app.service"),
    "one store knows another": ("stores/memory.py", "import uidmanager.stores.jsonl"),
    "a form knows the main window": ("gui/forms/assign_form.py", "import uidmanager.gui.main_window"),
    "a writer imports Qt": ("writers/rows_csv.py", "import PySide6.QtCore"),
    "a room that nobody placed": ("sheds.py", "x = 1"),
}


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_is_one_room(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert file.stem not in LUMBER_ROOMS


def test_the_top_level_holds_what_it_should() -> None:
    git = shutil.which("git")
    if git is None or not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout, or no git here")
    tracked = subprocess.run([git, "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    names = {name.split("/")[0] for name in tracked.stdout.split("\0") if name}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts, checked on the package in this folder."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [str(program), "--config", str(folder / "pyproject.toml"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, to be broken."""
    shutil.copytree(PACKAGE, tmp_path / "uidmanager", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_all_arrows_point_down(copy: Path) -> None:
    outcome = contracts(copy)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("place", "line"), VIOLATIONS.values(), ids=VIOLATIONS.keys())
def test_the_contracts_catch(copy: Path, place: str, line: str) -> None:
    file = copy / "uidmanager" / place
    before = file.read_text(encoding="utf-8") if file.exists() else '"""A new room."""\n'
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    outcome = contracts(copy)
    assert outcome.returncode != 0
    assert "Could not find" not in outcome.stdout + outcome.stderr
