"""Texts with many serials, as they are given to a command: on the line, in a file, on stdin; and each row's place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from uidmanager.core.errors import UidManagerError
from uidmanager.core.scheme import LARGEST_BATCH
from uidmanager.core.serial_lists import LONGEST_TEXT, Listed, Listing, read_list
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

STDIN: Final = "-"
_AS_TEXT: Final = "Save the list as text in UTF-8, for instance one serial a line."
_BEGINNINGS: Final = (
    (b"PK\x03\x04", "a ZIP archive, as workbooks are"),
    (b"\xd0\xcf\x11\xe0", "a document of an old office program"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


class ListUnreadableError(UidManagerError):
    """A file that was to hold a list cannot be read."""

    code = "list.unreadable"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{visible(where)} cannot be read ({reason}). Check the name and that you may read it.")


class ListNotTextError(UidManagerError):
    """It can be read, but it is no text, or in another encoding."""

    code = "list.not_text"

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{visible(where)} is {what}. {_AS_TEXT}")


class ListTooLongError(UidManagerError):
    """It is longer than any batch can be."""

    code = "list.too_long"

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{visible(where)} has more than {LONGEST_TEXT:,} bytes; no list of {LARGEST_BATCH:,} serials, which are "
            "the most at once, is longer. Check which file it is, or assign them in several batches."
        )


class Source(NamedTuple):
    """A text and what it is called; ``counts_lines`` where a place in it is told by its line."""

    name: str
    text: str
    counts_lines: bool


def sources_of(ranges: Sequence[str], files: Sequence[str]) -> list[Source]:
    """The texts that were given, in their order: first those on the line, then the files. Raises `UidManagerError`."""
    several = len(ranges) > 1
    on_the_line = [
        Source(f"--range {number}" if several else "--range", text, counts_lines=False)
        for number, text in enumerate(ranges, 1)
    ]
    return [*on_the_line, *(Source(_called(file), text_of(file), counts_lines=True) for file in files)]


def listing_of(serials: Sequence[str], sources: Sequence[Source], highest: str | None) -> tuple[Listing, list[str]]:
    """All serials in one list, with the place of each row in words: those by themselves first, then the texts.

    ``~`` goes on from one text to the next, and what is too many is too many in all of them together.
    """
    rows = [Listed(serial, 0, len(serial), 1) for serial in serials]
    places = [f"SERIAL {number:,}" for number in range(1, len(rows) + 1)]
    for source in sources:
        listing = read_list(source.text, highest, most=LARGEST_BATCH, before=len(rows))
        if listing.problems:
            told = tuple(structs.replace(each, message=f"{source.name}: {each.message}") for each in listing.problems)
            return Listing((), told), []
        highest = listing.highest
        rows.extend(listing.rows)
        places.extend(_place(source, row) for row in listing.rows)
    return Listing(tuple(rows), (), highest), places


def text_of(file: str) -> str:
    """The text in a file, or on stdin. Raises `UidManagerError`."""
    name = _called(file)
    try:
        if file == STDIN:
            content = b"" if sys.stdin is None else _some(sys.stdin.buffer)
        else:
            with Path(file).open("rb") as stream:
                content = _some(stream)
    except (OSError, ValueError) as failed:  # ValueError: a name with a NUL in it
        raise ListUnreadableError(name, getattr(failed, "strerror", None) or str(failed)) from failed
    what = next((what for beginning, what in _BEGINNINGS if content.startswith(beginning)), "")
    if what:
        raise ListNotTextError(name, what)
    if b"\0" in content:
        raise ListNotTextError(name, f"no text: there is a byte 0 at position {content.index(0):,}")
    if len(content) > LONGEST_TEXT:
        raise ListTooLongError(name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = content.count(b"\n", 0, failed.start) + 1
        what = f"not in UTF-8: there is a byte 0x{content[failed.start]:02X} in line {line:,}"
        raise ListNotTextError(name, what) from failed


def _some(stream: BinaryIO) -> bytes:
    return stream.read(LONGEST_TEXT + 1)


def _called(file: str) -> str:
    return "stdin" if file == STDIN else file


def _place(source: Source, row: Listed) -> str:
    where = f"line {row.line:,}" if source.counts_lines else f"position {row.at:,}"
    return f"{visible(source.name)}, {where}"
