"""The contracts forbid the core what they name; this test allows only what it names, so nothing slips between."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import uidmanager.core

FOLDER = Path(uidmanager.core.__file__).parent
ALLOWED = {
    "__future__",
    "array",
    "bisect",
    "collections.abc",
    "enum",
    "functools",
    "itertools",
    "re",
    "re2",  # the same for patterns that people write, and never slow
    "typing",
    "unicodedata",
}
ALLOWED_NAMES = {
    "abc": {"abstractmethod"},
    "collections": {"Counter"},
    "contextlib": {"suppress"},
    "datetime": {"date"},  # days as values; that nobody asks it for today's is ruff's to see
    "msgspec": {"Struct", "structs"},
    "msgspec.structs": {"replace"},
    "operator": {"and_", "indexOf", "or_"},
}
FORBIDDEN_CALLS = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint", "globals"}


def faults(source: str) -> list[str]:
    """What a module of the core does that the core must not do."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name not in ALLOWED]
        elif isinstance(node, ast.ImportFrom):
            found += _from(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            found.append(f"{node.func.id}()")
        elif isinstance(node, ast.Global):
            found.append("global")
    return found


def _from(node: ast.ImportFrom) -> list[str]:
    module = node.module or ""
    if module in ALLOWED or module == "uidmanager.core" or module.startswith("uidmanager.core."):
        return []
    return [f"{module}.{alias.name}" for alias in node.names if alias.name not in ALLOWED_NAMES.get(module, set())]


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.relative_to(FOLDER)))
def test_the_core_is_values_in_values_out(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import shutil",
        "def f():\n    import logging",
        "from datetime import datetime",
        "from msgspec import json",
        "from uidmanager.app import ports",
        "print('x')",
        "def f():\n    global x",
    ],
)
def test_this_test_can_fail(source: str) -> None:
    assert faults(source) != []
