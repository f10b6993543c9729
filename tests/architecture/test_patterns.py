"""Regular expressions that every Python this program runs on reads alike."""

from __future__ import annotations

import ast
import re._parser as sre  # type: ignore[import-not-found]
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import uidmanager

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(uidmanager.__file__).parent
SIMPLE = {"LITERAL", "NOT_LITERAL", "IN", "ANY", "RANGE", "CATEGORY", "NEGATE"}


def misread(pattern: str) -> bool:
    """Whether a possessive quantifier, or an atomic group, is around more than a single character.

    Python 3.11.2, which Debian 12 has, gives back what they hold; 3.11.5 and newer do not. (cpython issue 106052)
    """
    return any(
        str(operation) == "ATOMIC_GROUP"
        or (str(operation) == "POSSESSIVE_REPEAT" and not {str(inner) for inner, _ in _operations(held[2])} <= SIMPLE)
        for operation, held in _operations(sre.parse(pattern))
    )


def _operations(parsed: Any) -> Iterator[tuple[Any, Any]]:
    """All operations of a parsed pattern with what they hold, however deep."""
    if isinstance(parsed, tuple) and len(parsed) == 2 and type(parsed[0]).__name__ == "_NamedIntConstant":
        yield parsed
        yield from _operations(parsed[1])
    elif isinstance(parsed, sre.SubPattern | list | tuple):
        for each in parsed:
            yield from _operations(each)


def patterns(source: str) -> Iterator[str]:
    """The texts in a module that are patterns, and others that could be."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            yield node.value if isinstance(node.value, str) else node.value.decode("latin-1")


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.relative_to(FOLDER)))
def test_no_pattern_is_read_otherwise_by_an_older_python(file: Path) -> None:
    for pattern in patterns(file.read_text(encoding="utf-8")):
        try:
            with warnings.catch_warnings(action="ignore"):
                is_misread = misread(pattern)
        except (sre.error, OverflowError, RecursionError, ValueError):
            continue  # no pattern
        assert not is_misread, pattern


@pytest.mark.parametrize("pattern", ["(?:ab*)++", "(?:ab|c)*+d", "(?>a|b)c", "(x(?>a))"])
def test_this_test_can_fail(pattern: str) -> None:
    assert misread(pattern)
    assert not misread("a++[0-9]*+b*(?:cd*){2}(?=d)")
