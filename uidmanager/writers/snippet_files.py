"""Snippets as files. A file of constants that is as it should be is not touched, so that nothing is built anew."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from uidmanager.core.snippets.templates import MARK, Encoding
from uidmanager.writers.files import FileError, FileUnwritableError, write_file

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.core.snippets.rendering import Snippet

_LOOKED_AT: Final = 4096


class FileNotOursError(FileError):
    """What lies there does not look like a file of constants that this program wrote."""

    code = "file.not_ours"

    def __init__(self, where: Path) -> None:
        super().__init__(
            where,
            f"{where} does not look like a file that UID Manager wrote (“{MARK}” is not in it). It was left as it is; "
            "choose another name, or say --force.",
        )


def content_of(snippet: Snippet) -> bytes:
    """The bytes of a snippet's file, in the encoding that its toolkit wants."""
    if snippet.template.encoding is Encoding.UTF_16:
        return codecs.BOM_UTF16_LE + snippet.text.encode("utf-16-le")
    return snippet.text.encode("utf-8")


def write_constants(where: Path, snippet: Snippet, *, force: bool = False) -> bool:
    """Have the constants in this file; answers whether it had to be written.

    A file that is there is replaced only if it is one of ours, or with ``force``; a ledger never. Raises `FileError`.
    """
    content = content_of(snippet)
    begins = _beginning(where, len(content) + 1)
    if begins == content:
        return False
    if begins is not None and not force and MARK.encode("ascii") not in begins[:_LOOKED_AT]:
        raise FileNotOursError(where)
    write_file(where, content, replace=begins is not None)
    return True


def _beginning(where: Path, length: int) -> bytes | None:
    """As much of a file as is needed to compare it; None where there is none. What is no file is empty."""
    try:
        if not where.exists():
            return None
        if not where.is_file():
            return b""
        with where.open("rb") as file:
            return file.read(max(length, _LOOKED_AT))
    except (OSError, ValueError) as error:
        raise FileUnwritableError(where, getattr(error, "strerror", None) or str(error)) from error
