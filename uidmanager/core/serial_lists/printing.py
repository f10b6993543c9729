"""Serials as a list that reads back as these very serials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.scheme import SERIAL_LENGTH
from uidmanager.core.serial_lists.terms import following, has_zeros, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_A_RUN: Final = 3  # so many in a row are shorter as a range


def in_short(serials: Iterable[str]) -> str:
    """A list that reads back as these very serials: those that follow one another as ranges, odd ones in quotes.

    A serial must have no line end in it.
    """
    return ", ".join(piece for run in _runs(serials) for piece in _written(run))


def _runs(serials: Iterable[str]) -> Iterator[list[str]]:
    """Serials that follow one another together; a run never grows wider than zeros in front would let it."""
    run: list[str] = []
    for serial in serials:
        if (
            run
            and _is_number(run[-1])
            and serial == following(run[-1])
            and (len(serial) == len(run[0]) or not has_zeros(run[0]))
        ):
            run.append(serial)
            continue
        if run:
            yield run
        run = [serial]
    if run:
        yield run


def _written(run: list[str]) -> list[str]:
    if len(run) >= _A_RUN and _is_number(run[-1]):
        return [f"{run[0]}-{run[-1]}"]
    return [serial if is_plain(serial) else '"' + serial.replace('"', '""') + '"' for serial in run]


def _is_number(serial: str) -> bool:
    return len(serial) <= SERIAL_LENGTH and serial.isascii() and serial.isdigit()
