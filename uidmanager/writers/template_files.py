"""Files of templates: those that come with the program, and the user's own, one of which may replace one of ours.

What is wrong with a user's file is said and keeps that one template from use, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from uidmanager.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from msgspec import ValidationError

    from uidmanager.core.errors import Problem

LARGEST: Final = 64 * 1024
"""Bytes of a template."""

_Read = TypeVar("_Read")


class FaultInFileError(Exception):
    """What is wrong with a file, and where in it."""


class Broken(Protocol):
    """Makes the problem that is said of a template that cannot be used."""

    def __call__(self, where: str, fault: str, /) -> Problem:
        """Of the file or folder ``where``."""
        ...


def read_files(
    shipped: str, own: Path | None, suffix: str, most: int, read: Callable[[Path], _Read], broken: Broken
) -> tuple[dict[str, _Read], dict[str, Problem]]:
    """What is in all templates' files by their names, and what is wrong with others. Reads them anew each time.

    ``shipped`` is the folder among the resources, ``own`` the user's, which need not be there. ``read`` raises
    `FaultInFileError`.
    """
    ours, _ = _files_in(resource_path(shipped), suffix, most)
    found = {file.stem: read(file) for file in ours}
    faults: dict[str, Problem] = {}
    files, fault = ([], None) if own is None else _files_in(own, suffix, most)
    if fault is not None:
        faults[str(own)] = broken(str(own), fault)
    for file in files:
        found.pop(file.stem, None)
        try:
            found[file.stem] = read(file)
        except FaultInFileError as fault_in_file:
            faults[file.stem] = broken(str(file), str(fault_in_file))
    return found, faults


def content_of(file: Path) -> bytes:
    """The bytes of a template. Raises `FaultInFileError`."""
    try:
        if not file.is_file():  # a pipe would be waited for
            raise FaultInFileError("it is not a file")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise FaultInFileError(f"it cannot be read ({error.strerror or error})") from error
    if len(content) > LARGEST:
        raise FaultInFileError(f"it has more than {LARGEST} bytes")
    return content


def misshapen(error: ValidationError) -> FaultInFileError:
    """What msgspec says of a file's shape, for people."""
    return FaultInFileError(str(error).replace(" - at `$.", ", in `").replace("[...]", ""))


def _files_in(folder: Path, suffix: str, most: int) -> tuple[list[Path], str | None]:
    """The files in a folder that may be templates, and why they cannot be listed if they cannot."""
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix == suffix)
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], f"the folder cannot be read ({error.strerror or error})"
    if len(found) > most:
        return found[:most], f"it holds {len(found)} templates; only the first {most} are read"
    return found, None
