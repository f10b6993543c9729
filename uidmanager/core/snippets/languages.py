"""How a text is put into a string or a comment of a language, so that it is that text and nothing else.

A value is never changed on the way: what a language has no words for is None. A comment is for people, so there what
could end it, or turn the lines around it, is written as its code point or taken apart by a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from uidmanager.core.texts import is_foreign


class Language(StrEnum):
    """What a snippet is written in; ``plain`` is anything else, and takes letters, digits and a few signs."""

    BATCH = "batch"
    C = "c"
    CMAKE = "cmake"
    CPP = "cpp"
    CSHARP = "csharp"
    DOTENV = "dotenv"
    INI = "ini"
    JAVA = "java"
    JAVASCRIPT = "javascript"
    JSON = "json"
    PLAIN = "plain"
    PYTHON = "python"
    REG = "reg"
    RUST = "rust"
    SHELL = "shell"
    TOML = "toml"
    XML = "xml"


class _Strings(Struct, frozen=True):
    """A language's strings: the signs that need an escape, and what becomes of a character that is not ASCII."""

    escapes: dict[str, str]
    beyond_ascii: Callable[[str], str | None]


_SAFE = re.compile(r"[A-Za-z0-9._:/@+ -]*")
_BARE = re.compile(r"[A-Za-z0-9._:/@+-]+")
# The compiler's own code page decides what bytes beyond ASCII are, and one of them may swallow the end of the line.
_ASCII_COMMENTS: Final = frozenset(
    {Language.BATCH, Language.C, Language.CPP, Language.INI, Language.JAVA, Language.REG}
)
_OBEYED_BY_BATCH: Final = '%^&|<>!"'
# Each is taken apart by a blank: what ends a comment or begins one inside it, trigraphs, PEP 263's declaration of
# another encoding, two hyphens or one at the end (XML), and what begins a comment of many lines (CMake).
_TAKEN_APART = re.compile(r"\*(?=/)|/(?=\*)|\?(?=\?)|coding(?=[:=])|-(?=-|$)|\[(?=[\[=])")


def in_string(language: Language, text: str) -> str | None:
    """The text as it stands between the quotes of a string; None where it cannot be said in this language.

    For ``dotenv`` it is the whole value, with quotes where they are needed; for ``shell`` single quotes are around it.
    What belongs into no line of text is refused in all of them.
    """
    if any(map(is_foreign, text)):
        return None
    if language is Language.DOTENV:
        return _in_dotenv(text)
    rule = _STRINGS.get(language)
    if rule is None:
        return text if _SAFE.fullmatch(text) else None
    pieces = [_piece(rule, character) for character in text]
    return "".join(piece for piece in pieces if piece is not None) if None not in pieces else None


def in_comment(language: Language, text: str) -> str | None:
    """The text as it stands in a comment on one line; None where the language has no comments."""
    if language is Language.JSON:
        return None
    written = "".join(_seen(language, character) for character in text)
    return _TAKEN_APART.sub(lambda found: f"{found[0]} ", written)


def _piece(rule: _Strings, character: str) -> str | None:
    if character in rule.escapes:
        return rule.escapes[character]
    return character if character.isascii() else rule.beyond_ascii(character)


def _in_dotenv(text: str) -> str | None:
    """Bare where all readers take it so, else in single quotes; what has one is read in too many ways."""
    if _BARE.fullmatch(text):
        return text
    return None if "'" in text else f"'{text}'"


def _seen(language: Language, character: str) -> str:
    """A character of a comment. A backslash could join the next line to it, or begin an escape (Java)."""
    is_hidden = character == "\\" or not character.isprintable()
    is_obeyed = language is Language.BATCH and character in _OBEYED_BY_BATCH
    is_foreign = language in _ASCII_COMMENTS and not character.isascii()
    return f"(U+{ord(character):04X})" if is_hidden or is_obeyed or is_foreign else character


def _as_it_is(character: str) -> str:
    return character


def _octal(character: str) -> str:
    """The bytes of UTF-8: a hexadecimal escape would go on with the digits behind it."""
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8"))


def _utf_16(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _code_point(character: str) -> str:
    return f"\\u{ord(character):04x}" if len(character.encode("utf-16-be")) == 2 else f"\\U{ord(character):08x}"  # noqa: PLR2004 (one unit of UTF-16)


def _braced(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"


def _entity(character: str) -> str:
    return f"&#x{ord(character):x};"


_QUOTED: Final = {"\\": "\\\\", '"': '\\"'}
_IN_C: Final = _Strings({**_QUOTED, "?": "\\?"}, _octal)  # two of them could begin a trigraph
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_STRINGS: Final[dict[Language, _Strings]] = {
    Language.C: _IN_C,
    Language.CMAKE: _Strings({**_QUOTED, "$": "\\$", "@": "\\@"}, _as_it_is),
    Language.CPP: _IN_C,
    Language.CSHARP: _Strings(_QUOTED, _code_point),
    Language.JAVA: _Strings(_QUOTED, _utf_16),
    Language.JAVASCRIPT: _Strings(_QUOTED, _utf_16),
    Language.JSON: _Strings(_QUOTED, _utf_16),
    Language.PYTHON: _Strings(_QUOTED, _code_point),
    Language.REG: _Strings(_QUOTED, _as_it_is),
    Language.RUST: _Strings(_QUOTED, _braced),
    Language.SHELL: _Strings({"'": "'\\''"}, _as_it_is),
    Language.TOML: _Strings(_QUOTED, _code_point),
    Language.XML: _Strings(_ENTITIES, _entity),
}
