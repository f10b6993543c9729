"""Who did something, when and where, as a document tells it: in the form in which ledgers tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Problem
from uidmanager.core.texts import NOTE_LENGTH, check_text, excerpt, is_time, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import Past

PERSON_LENGTH: Final = 256
ID_LENGTH: Final = 64
HIGHEST_ENTRY: Final = 2**53 - 1


class PastRules:
    """The rules for what was done in a registry of so many entries. Names that come again are looked at once."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._good: set[str] = set()

    def check(self, past: Past) -> Iterator[Problem]:
        """All that is wrong with it."""
        highest = self._entries if past.registry is None else HIGHEST_ENTRY
        if not 1 <= past.entry <= highest:
            sentence = f"There is no entry {past.entry} in a ledger of {highest} entries. Export the registry anew."
            yield Problem("document.entry", "entry", sentence)
        yield from check_moment(past.at)
        for name in (past.by, past.station):
            if name in self._good:
                continue
            problems = check_kept(name, PERSON_LENGTH)
            yield from problems
            if not problems:
                self._good.add(name)
        if past.why is not None:
            yield from check_kept(past.why, NOTE_LENGTH)
        if past.registry is not None:
            yield from check_kept(past.registry, ID_LENGTH)


def check_moment(at: str) -> tuple[Problem, ...]:
    """A time is UTC with microseconds."""
    if is_time(at):
        return ()
    sentence = f"“{excerpt(at)}” is no time in UTC with microseconds, as 2026-11-22T21:06:42.123456Z is one. Mend it."
    return (Problem("document.time", "at", sentence),)


def check_kept(text: str, longest: int) -> tuple[Problem, ...]:
    """A text that was kept once: not empty, not too long, tidy, and nothing in it that hides or turns other text."""
    if not text:
        return (Problem("document.empty", "text", "A text is empty. Leave it out, or write what it is to say."),)
    return check_text(text, "text", longest) or check_tidy(text)


def check_tidy(text: str) -> tuple[Problem, ...]:
    """A text is written as texts are kept."""
    if tidy(text) == text:
        return ()
    sentence = f"“{excerpt(text)}” is not written as texts are kept. Take the outer blanks out; use Unicode’s NFC."
    return (Problem("document.untidy", "text", sentence),)
