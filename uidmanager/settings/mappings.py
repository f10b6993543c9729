"""Which columns of which spreadsheets were taken for what, kept on this station by the words at the columns' heads."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.settings import config_folder
from uidmanager.settings.kept_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from uidmanager.core.takeover.table import Line

_FOLDER: Final = "spreadsheet-columns"
_LARGEST: Final = 1 << 20


class Mapping(msgspec.Struct, frozen=True):
    """The fields and the headings of their columns; the order of day and month if one was chosen."""

    columns: dict[str, str]
    form: str | None = None


class StationMappings:
    """One small file for each set of headings. What cannot be kept or read is not remembered; that harms nothing."""

    def mapping(self, kind: str, headings: Iterable[str]) -> Mapping | None:
        """What was chosen the last time for rows of this kind below these headings."""
        try:
            with _file(kind, headings).open("rb") as opened:
                return msgspec.json.decode(opened.read(_LARGEST), type=Mapping)
        except (OSError, ValueError, RecursionError):
            return None

    def known_heading(self, kind: str, lines: Iterable[Line]) -> Line | None:
        """The first of these rows below whose words columns were chosen before."""
        return next((line for line in lines if self.mapping(kind, line.cells) is not None), None)

    def remember(self, kind: str, headings: Iterable[str], mapping: Mapping) -> None:
        """Have this chosen the next time."""
        with suppress(OSError, ValueError):
            write_whole(_file(kind, headings), mapping)


def _file(kind: str, headings: Iterable[str]) -> Path:
    """The order of the columns means nothing: a spreadsheet whose columns were moved is the same one."""
    told = msgspec.json.encode([kind, *sorted(filter(None, (heading.strip() for heading in headings)))])
    return config_folder() / _FOLDER / f"{sha256(told).hexdigest()}.json"
