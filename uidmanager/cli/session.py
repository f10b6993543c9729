"""What every command works with: the desk, the ledger that is meant, the service once it is open."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from uidmanager.app.service import Service
from uidmanager.core.errors import LedgerMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from uidmanager.app.ports import Desk

_STDIN = "-"
_LINE_END = re.compile(r"\r\n|\r|\n")  # a scanner may end its lines with CR alone


class Session:
    """One call of the program. ``named`` is the ledger from ``--ledger``, if it was given."""

    def __init__(self, desk: Desk, open_window: Callable[[Desk, str | None], int]) -> None:
        self.desk = desk
        self.open_window = open_window
        self.named: str | None = None
        self.as_json = False
        self.service: Service | None = None

    @property
    def where(self) -> str:
        """The ledger that is meant: the one named, else the environment's, else the user's own."""
        if self.named is not None:
            return self.named
        from uidmanager.settings import default_ledger  # noqa: PLC0415 (platformdirs is loaded only when it is asked)

        return str(default_ledger())

    def unopened(self) -> Service:
        """The service on the ledger, which has not been looked at yet."""
        self.service = Service(self.desk.ledger_at(self.where), self.desk.world)
        return self.service

    def opened(self) -> Service:
        """The service on the ledger, which has been read. Raises `LedgerError` where there is nothing to be read."""
        service = self.unopened()
        service.open()
        with service.look() as registry:
            if not registry.is_founded:
                raise service.trouble or LedgerMissingError(service.ledger.name)
        return service

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the store noticed on the way."""
        return () if self.service is None else tuple(self.service.remarks)


def with_lines(given: Iterable[str]) -> tuple[str, ...]:
    """The arguments; for ``-`` the lines of stdin that are not blank."""
    taken: list[str] = []
    for argument in given:
        if argument == _STDIN:
            taken.extend(line for line in _LINE_END.split(stdin_text()) if line.strip(" \t"))
        else:
            taken.append(argument)
    return tuple(taken)


def stdin_text() -> str:
    """All of stdin. Bytes that are no UTF-8 are kept as halves of characters, for a rule to refuse."""
    if sys.stdin is None:
        return ""
    return sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape")
