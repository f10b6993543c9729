"""What a registry would know of a release and an installation, with names that would break careless lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.core.snippets.facts import Facts
from uidmanager.core.snippets.rendering import Snippet, render
from uidmanager.core.snippets.templates import MARK, Purpose
from uidmanager.writers.snippet_templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASS_UID = "1.2.826.0.1.3680043.2.50.1.2.4.5.0.3"
ROOT = "1.2.826.0.1.8407369.2.37"  # 24 characters: short enough for all that are run but DCMTK
HOSTILE_NAME = "a\"b'??/c $d@e%f#"  # as many characters as a version name may have
HOSTILE_VERSION = "4.5 \\u000a int x; \\"  # for Java a line end, and at the end of a line of C the next line as well
HOSTILE_WORDS = '*/ #endif "Gerät" \\ ??/ coding: utf-7 日本 ${x} --> ]]'
_TEMPLATES = read_templates(None).templates


def release(version_name: str = "CT_4.5.0.3", product: str = "CT Console", version: str = "4.5.0.3") -> Facts:
    """A release with this version name and version, of a product with this name."""
    values = {
        "uid": CLASS_UID,
        "version_name": version_name,
        "product": product,
        "version": version,
        "what": f"{product} {version}",
        "mark": MARK,
    }
    return Facts(Purpose.RELEASE, CLASS_UID, values)


def installation(root: str = ROOT, product: str = "CT Console") -> Facts:
    """An installation with this root, of a product with this name."""
    serial = root.rpartition(".")[2]
    values = {"root": root, "serial": serial, "product": product, "what": f"{serial} ({product})", "mark": MARK}
    return Facts(Purpose.INSTALLATION, root, values)


def snippet(name: str, facts: Facts) -> Snippet:
    """The snippet of a template that comes with the program."""
    (template,) = (each for each in _TEMPLATES if (each.name, each.purpose) == (name, facts.purpose))
    return render(template, facts)


def lines(name: str, facts: Facts) -> str:
    """Its text, which must not have been refused."""
    made = snippet(name, facts)
    assert made.problems == ()
    return made.text


def without(text: str, beginnings: Iterable[str]) -> str:
    """A text without the lines that begin so."""
    begin = tuple(beginnings)
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(begin))


A_RELEASE = release()
AN_INSTALLATION = installation()
