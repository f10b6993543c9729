"""The records of a document, each made when it is looked at: a million of them must not lie in memory as objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Generic, TypeVar, overload

import msgspec

from uidmanager.core.errors import Problem
from uidmanager.core.texts import excerpt
from uidmanager.core.transfer.document import Carried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Raw

    from uidmanager.app.ports import Progress
    from uidmanager.core.transfer.findings import Findings

_Record = TypeVar("_Record", bound=Carried)
_EACH: Final = 10_000
_TOLD: Final = re.compile(r"(.*?)(?: - at `\$(.*)`)?", re.DOTALL)


class CarriedList(Sequence[_Record | None], Generic[_Record]):
    """Records of one kind as the bytes they stand in. What cannot be read is None once `read_all` has found it."""

    def __init__(self, raws: list[Raw], kind: type[_Record]) -> None:
        self._raws = raws
        self._decode = msgspec.json.Decoder(kind).decode
        self._unread: set[int] = set()

    def __len__(self) -> int:
        return len(self._raws)

    def __iter__(self) -> Iterator[_Record | None]:
        return map(self._read, range(len(self._raws)))

    @overload
    def __getitem__(self, index: int) -> _Record | None: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Record | None]: ...
    def __getitem__(self, index: int | slice) -> _Record | Sequence[_Record | None] | None:
        """One record, or some."""
        places = range(len(self._raws))[index]
        return self._read(places) if isinstance(places, int) else [self._read(place) for place in places]

    def read_all(self, pointer: str, findings: Findings, progress: Progress) -> None:
        """Find those that cannot be read."""
        for at, raw in enumerate(self._raws):
            if at % _EACH == 0:
                progress("Reading the document", at / len(self._raws))
            try:
                self._decode(raw)
            except msgspec.DecodeError as error:
                self._unread.add(at)
                shape_problem(f"{pointer}/{at}", error, findings)

    def _read(self, place: int) -> _Record | None:
        return None if place in self._unread else self._decode(self._raws[place])


def shape_problem(pointer: str, error: msgspec.DecodeError, findings: Findings) -> None:
    """Take down that something does not have the shape it must have, with its place as a JSON pointer."""
    found = _TOLD.fullmatch(str(error))
    told, path = (found[1], found[2] or "") if found else (str(error), "")
    place = pointer + re.sub(r"\[(\w*)\]", r"/\1", path).replace(".", "/")
    sentence = f"{excerpt(told).replace('`', '')}. Write it as docs/export-format.md has it."
    findings.add(place.replace(" ", ""), Problem("document.shape", place, sentence))
