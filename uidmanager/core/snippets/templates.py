"""A template: the text of a snippet with places for what the registry knows, and what must be said beside it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.budget import TOOLKITS
from uidmanager.core.snippets.languages import Language, in_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK: Final = "Written by UID Manager; do not edit."
"""Stands in every file of constants, so that a file of ours is known when it is to be written anew."""

PLACE = re.compile(r"\{\{([a-z_]+)(?::([a-z]+))?\}\}")
"""A place in a template: a name, and ``:comment`` where it stands in a comment and not in a string."""

COMMENT: Final = "comment"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME: Final = 40
_BARE_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*|\.env")
_SPACING: Final = "\n\t"


class Purpose(StrEnum):
    """What a snippet is for."""

    RELEASE = "release"
    INSTALLATION = "installation"


class Encoding(StrEnum):
    """The bytes of a snippet's file; ``utf-16`` is little-endian with a byte order mark, as Windows likes it."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"


class LineEnd(StrEnum):
    """How a snippet's lines end."""

    LF = "lf"
    CRLF = "crlf"


class Template(Struct, frozen=True):
    """One snippet for one purpose. Either it has a ``text``, or ``cannot`` says why there is none.

    ``about`` is what its lines do, ``since`` the first version of the toolkit that has them; ``notes`` and ``cautions``
    are sentences that go with it. ``light`` names the toolkit of `core.budget` whose limit is told for an installation
    root, ``appends`` what stands behind the root before the toolkit's own suffix. ``is_constants`` says that it is a
    file of constants, which a build may have written anew. ``source`` is where its facts come from.
    """

    name: str
    title: str
    toolkit: str
    purpose: Purpose
    language: Language
    about: str
    file: str
    text: str = ""
    cannot: str = ""
    since: str = ""
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    light: str = ""
    appends: str = ""
    encoding: Encoding = Encoding.UTF_8
    line_end: LineEnd = LineEnd.LF
    is_constants: bool = False
    source: str = ""


PLACES: Final[dict[Purpose, tuple[str, ...]]] = {
    Purpose.RELEASE: ("uid", "version_name", "product", "version", "what", "mark"),
    Purpose.INSTALLATION: ("root", "serial", "product", "what", "mark"),
}
"""What a template may name, by its purpose. The first must stand in its text."""


def is_name(text: str) -> bool:
    """Whether a template may be called so: small letters and digits, with hyphens between them."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def faults_of(template: Template) -> tuple[tuple[str, str], ...]:
    """What is wrong with a template: the field, and half a sentence. Empty when it can be used."""
    rules = (_text_or_reason, _places, _light, _file, _mark, _nothing_hidden)
    return tuple(fault for rule in rules for fault in rule(template))


def _text_or_reason(template: Template) -> Iterator[tuple[str, str]]:
    if bool(template.text) == bool(template.cannot):
        yield "text", "either “text” is needed, or “cannot” to say why there is none, and not both"


def _places(template: Template) -> Iterator[tuple[str, str]]:
    known = PLACES[template.purpose]
    for name, context in PLACE.findall(template.text):
        if name not in known:
            yield "text", f"“{name}” is not known for {_article(template.purpose)}; known are {', '.join(known)}"
        if context not in {"", COMMENT}:
            yield "text", f"“{name}:{context}” is not known; write “{name}” or “{name}:{COMMENT}”"
        if context == COMMENT and in_comment(template.language, "") is None:
            yield "text", f"{template.language} has no comments"
    if template.text and (known[0], "") not in PLACE.findall(template.text):
        yield "text", f"{{{{{known[0]}}}}} is missing, without which it hands nothing on"


def _light(template: Template) -> Iterator[tuple[str, str]]:
    toolkits = [toolkit.name for toolkit in TOOLKITS]
    if template.light and template.light not in toolkits:
        yield "light", f"“{template.light}” is no toolkit whose limit is known; known are {', '.join(toolkits)}"


def _file(template: Template) -> Iterator[tuple[str, str]]:
    if template.text and not _BARE_FILE_NAME.fullmatch(template.file):
        yield "file", "a name of letters, digits, hyphens and dots is needed, without a folder"


def _mark(template: Template) -> Iterator[tuple[str, str]]:
    if template.is_constants and template.text and "mark" not in {name for name, _ in PLACE.findall(template.text)}:
        yield "text", "{{mark}} is missing, by which a file of constants is known again"


def _nothing_hidden(template: Template) -> Iterator[tuple[str, str]]:
    words = (template.title, template.toolkit, template.about, template.cannot, template.since, template.appends)
    named = [("text", template.text.translate(dict.fromkeys(map(ord, _SPACING))))]
    named += [("words", text) for text in (*words, *template.notes, *template.cautions)]
    for field, text in named:
        hidden = next((character for character in text if not character.isprintable()), None)
        if hidden is not None:
            yield field, f"it holds U+{ord(hidden):04X}, which cannot be seen"


def _article(purpose: Purpose) -> str:
    return "a release" if purpose is Purpose.RELEASE else "an installation"
