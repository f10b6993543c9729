"""pynetdicom and pydicom take their time to load: one module has them, and commands load that one when they talk."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import uidmanager

PACKAGE = Path(uidmanager.__file__).parent
TALKS = {"answering.py", "asking.py", "listening.py", "messages.py"}


def imported_by(file: Path) -> set[str]:
    """The packages that a module names in its imports, wherever they stand."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_one_module_alone_names_pynetdicom() -> None:
    named = [file.name for file in sorted(PACKAGE.rglob("*.py")) if "pynetdicom" in imported_by(file)]
    assert named == ["messages.py"]


def test_commands_and_what_they_need_before_they_talk_do_not_load_it() -> None:
    quiet = [
        f"uidmanager.dicom.association.{file.stem}"
        for file in sorted((PACKAGE / "dicom" / "association").glob("*.py"))
        if file.name not in TALKS | {"__init__.py"}
    ]
    modules = ["uidmanager.cli.probing", "uidmanager.cli.listening", "uidmanager.cli.devices", *quiet]
    script = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & {"pynetdicom", "pydicom", "PySide6"} == set()
