"""Values as they can stand in an HTML document: nothing in them is markup, and none turns the text around it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from uidmanager.core.texts import visible
from uidmanager.resources import resource_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_STYLE: Final = "reports/report.css"


def plain(text: str) -> str:
    """The text, escaped, for an element or an attribute. What cannot be seen in a line of text is written as such."""
    return escape(visible(text))


def isolated(text: str) -> str:
    """The text in an element of its own, so that the direction of its script changes nothing around it."""
    shown = plain(text)
    return shown if shown.isascii() else f"<bdi>{shown}</bdi>"


def breakable(uid: str) -> str:
    """A UID that may be broken behind its dots; what is copied has no breaks in it."""
    return plain(uid).replace(".", ".<wbr>")


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values, one below the other."""
    items = "".join(f"<dt>{plain(name)}</dt><dd>{isolated(value)}</dd>\n" for name, value in pairs)
    return f'<dl class="proof">\n{items}</dl>\n'


def document(title: str, program: str, parts: Iterable[str], *, style: str = _STYLE) -> bytes:
    """A whole document that needs nothing beside it, in UTF-8; ``style`` names the resource that says how it looks."""
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{plain(program)}">\n<title>{plain(title)}</title>\n'
        f"<style>\n{resource_text(style)}</style>\n</head>\n<body>\n"
    )
    return "".join((head, *parts, "</body>\n</html>\n")).encode("utf-8")
