"""The files below some paths. No link is followed and nothing is opened but folders."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.dicom.reading import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SORTED_AT_ONCE: Final = 20_000
_REPARSE_POINT: Final = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: a junction of Windows is a link as well
_LINK: Final = Facts(Outcome.SKIPPED, "It is a link, which is not followed.")
_NO_FILE: Final = Facts(Outcome.SKIPPED, "It is no plain file.")


class Item(Struct, frozen=True, gc=False):
    """Something found: a file to be read, or what is to be said of it where there is nothing to read."""

    path: str
    facts: Facts | None = None


def items_below(paths: Iterable[str]) -> Iterator[Item]:
    """Each file below the paths once, those of a folder by their names. A path itself may be a link."""
    for root in _apart(paths):
        try:
            is_folder = root.is_dir()
        except OSError:  # reading it says why
            is_folder = False
        if is_folder:
            yield from _below(str(root))
        else:
            yield Item(str(root))


def _apart(paths: Iterable[str]) -> list[Path]:
    """The paths themselves, behind links, without those that lie below another one."""
    real = dict.fromkeys(map(_behind_links, paths))
    return [path for path in real if not any(parent in real for parent in path.parents)]


def _behind_links(path: str) -> Path:
    try:
        return Path(path).resolve()
    except (OSError, RuntimeError):  # a circle of links
        return Path(path).absolute()


def _below(root: str) -> Iterator[Item]:
    folders = [root]
    while folders:
        folder = folders.pop()
        found: list[str] = []
        try:
            with os.scandir(folder) as entries:
                while some := sorted(islice(entries, _SORTED_AT_ONCE), key=lambda entry: entry.name):
                    for entry in some:
                        item = _item(entry)
                        if item is None:
                            found.append(entry.path)
                        else:
                            yield item
        except OSError as failed:
            yield Item(folder, Facts(Outcome.UNREADABLE, f"The folder cannot be listed ({reason(failed)})."))
        folders.extend(reversed(found))


def _item(entry: os.DirEntry[str]) -> Item | None:
    """What an entry of a folder comes to; None for a folder to go into."""
    try:
        if entry.is_symlink():
            return Item(entry.path, _LINK)
        if entry.is_dir(follow_symlinks=False):
            attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
            return Item(entry.path, _LINK) if attributes & _REPARSE_POINT else None
        return Item(entry.path, None if entry.is_file(follow_symlinks=False) else _NO_FILE)
    except OSError as failed:
        return Item(entry.path, Facts(Outcome.UNREADABLE, f"It cannot be looked at ({reason(failed)})."))
