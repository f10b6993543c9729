"""What a command has to say, before anybody has decided how it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from uidmanager.core.errors import CancelledError, LedgerError, Problem, Severity, UidManagerError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Exit(IntEnum):
    """The exit codes. docs/command-line.md promises them."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    LEDGER = 3
    FAULT = 70
    UNDELIVERED = 74
    STOPPED = 130


class Answer(Struct, frozen=True):
    """The result, for people (``text``) and for programs (``data``), and what is said beside it.

    ``text`` makes the content of stdout, in pieces where it may be long; bytes go out as they are. It is not called
    where JSON is wanted. ``rows`` makes the member of that name where there may be more than memory should hold.
    Where the problems are the result, they are ``told_in_text`` and not said a second time.
    """

    code: int = Exit.DONE
    data: dict[str, object] = {}
    text: Callable[[], str | bytes | Iterator[str]] = str
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    told_in_text: bool = False
    rows: Callable[[], Iterator[object]] | None = None

    def after(self, remarks: Iterable[str]) -> Answer:
        """The same answer with the store's remarks before its own notices."""
        said = tuple(Problem("ledger.remark", "ledger", remark, None, Severity.NOTICE) for remark in remarks)
        return structs.replace(self, notices=(*said, *self.notices)) if said else self

    def saying(self, *notices: Problem) -> Answer:
        """The same answer with more notices after its own."""
        return structs.replace(self, notices=(*self.notices, *notices)) if notices else self

    def in_trouble(self, trouble: LedgerError | None) -> Answer:
        """The same answer of a ledger that can be read in part only: what could be read, and why it is not all."""
        if trouble is None:
            return self
        return structs.replace(self, code=Exit.LEDGER, problems=(*self.problems, problem_of(trouble)))


def refused(*problems: Problem, data: dict[str, object] | None = None) -> Answer:
    """An answer without a result, because of rules."""
    return Answer(Exit.REFUSED, data or {}, problems=problems)


def failed(error: UidManagerError) -> Answer:
    """An answer without a result, because of the world."""
    match error:
        case LedgerError():
            return Answer(Exit.LEDGER, problems=(problem_of(error),))
        case CancelledError():
            return Answer(Exit.STOPPED, problems=(problem_of(error),))
        case _:
            return refused(problem_of(error))


def problem_of(error: UidManagerError) -> Problem:
    """An error of the world in the shape of a problem; its field is what failed: ``ledger``, ``file``."""
    return Problem(error.code, error.code.partition(".")[0], str(error))


def notice(code: str, field: str, message: str) -> Problem:
    """Something worth saying that is no rule's business."""
    return Problem(code, field, message, None, Severity.NOTICE)
