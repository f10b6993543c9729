"""UIDs in running text: each once, with where it stands first and how often it stands there.

A text of any length is read in pieces of any size; what is kept is one mention for each UID that differs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 1000  # characters of what may be taken for a UID, however broken
_LONGEST_WORD: Final = 4096
_NUMBERS_OF_AN_ADDRESS: Final = 4
_NUMBERS_OF_A_BROKEN_UID: Final = 7
# At least two dots, so that decimals are left alone. Before it stands nothing that a word is made of, but for the
# escaped end of a line ("\n1.2.840") and the beginning of a file's name ("CT.1.2.840"). What follows is not to be cut
# short: possessive quantifiers would say so more plainly, but Python 3.11.2, which Debian 12 has, misreads them.
_IN_TEXT = re.compile(
    r"(?:(?<![0-9A-Za-z.])|(?<=\\[nrt])|(?<=[A-Za-z]\.)(?=[012]\.))"
    r"([0-9]+(?:\.{1,2}[0-9]+){2,})(?![0-9A-Za-z]|\.{1,2}[0-9])"
)
_BOUNDARIES: Final = "\n \"',;:=/()[]{}<>|&?!#%*+-_^~@$`\t\r\0"
_WORD = re.compile(r"[0-9A-Za-z.\\]*")


class Mention(Struct, frozen=True, gc=False):
    """A UID as it stands in a text first: in which text, in which line and column (both from 1); and how often in all.

    ``source`` is the name under which the text was begun.
    """

    given: str
    source: str
    line: int
    column: int
    count: int


class Mentions:
    """Finds UIDs in texts that are handed over in pieces."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, int, int]] = {}
        self._counts: dict[str, int] = {}
        self._source = ""
        self._line, self._column = 1, 1
        self._rest = ""
        self._is_inside_a_word = False

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Mention]:
        """All that was found, in the order in which it stands first."""
        for given, (source, line, column) in self._places.items():
            yield Mention(given, source, line, column, self._counts[given])

    def begin(self, source: str) -> None:
        """What is read from now on is another text."""
        self.end()
        self._source = source
        self._line, self._column = 1, 1

    def read(self, piece: str) -> None:
        """Look through the next piece of the text. A UID may begin in one piece and end in the next."""
        text = self._rest + piece
        cut = _last_boundary(text)
        self._look_through(text[:cut])
        self._rest = text[cut:]
        if len(self._rest) > _LONGEST_WORD:
            self._pass_over()

    def end(self) -> None:
        """The text is at its end."""
        self._look_through(self._rest)
        self._rest = ""
        self._is_inside_a_word = False

    def _pass_over(self) -> None:
        """Leave out a word that is much too long to be a UID, and of which more may follow."""
        self._advance(self._rest, 0, len(self._rest))
        self._rest = ""
        self._is_inside_a_word = True

    def _look_through(self, text: str) -> None:
        done = 0
        if self._is_inside_a_word:
            word = _WORD.match(text)
            done = word.end() if word else 0
            self._advance(text, 0, done)
            self._is_inside_a_word = done == len(text)
        for found in _IN_TEXT.finditer(text, done):
            given = found[1]
            if given in self._counts:
                self._counts[given] += 1
            elif _may_be_a_uid(given):
                self._advance(text, done, found.start(1))
                done = found.start(1)
                self._places[given] = self._source, self._line, self._column
                self._counts[given] = 1
        self._advance(text, done, len(text))

    def _advance(self, text: str, start: int, end: int) -> None:
        """Count lines and columns on from one place to a later one."""
        lines = text.count("\n", start, end)
        self._line += lines
        self._column = end - text.rfind("\n", start, end) if lines else self._column + end - start


def mentions_in(text: str) -> list[Mention]:
    """All that looks like a UID in a text, each once, in the order it first stands there."""
    mentions = Mentions()
    mentions.read(text)
    mentions.end()
    return list(mentions)


def uids_in(text: str) -> list[str]:
    """The same without where and how often."""
    return [mention.given for mention in mentions_in(text)]


def asked(text: str) -> list[Mention]:
    """The UIDs that a text asks for: one alone is taken as it is, so that the rules it breaks are told."""
    found = mentions_in(text)
    words = text.split(None, 1)
    is_one = len(words) == 1 and words[0][0].isdigit() and len(found) <= 1
    return [Mention(text.strip(), "", 1, 1, 1)] if is_one else found


def _last_boundary(text: str) -> int:
    """Where the text can be cut so that no word is: before the last character that none is made of; else at 0."""
    for start in (max(0, len(text) - _LONGEST_WORD), 0):
        cut = max(text.rfind(character, start) for character in _BOUNDARIES)
        if cut >= 0:
            return cut
    return 0


def _may_be_a_uid(text: str) -> bool:
    """Whether it is no address, date or version, which begin with any number and have few; nor a range of two."""
    if len(text) > _LONGEST:
        return False
    numbers = text.count(".") + 1 - text.count("..")
    if ".." in text and numbers < _NUMBERS_OF_A_BROKEN_UID:
        return False
    first = text.partition(".")[0].lstrip("0")
    return first in {"", "1", "2"} or numbers > _NUMBERS_OF_AN_ADDRESS
