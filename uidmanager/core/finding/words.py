"""What a person asks for with a few words: each of them somewhere, in whatever field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from uidmanager.core.installations import LABEL_STATES, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_OF_A_TIME = re.compile(r"[0-9]*[-:][-:0-9]*")


class Word(Struct, frozen=True):
    """One word in small letters, and where it may stand.

    ``is_everywhere``: it lies in what all installation roots begin with, ``is_with_digits``: in what those begin with
    that have the digits of the serial. ``heads``: what a component must begin with for the word to lie across the end
    of that; ``index_heads``: the same for a component that is an arc and an index. ``products``, ``names`` (of people
    and stations), ``states`` and ``labels``: the numbers of those that are called so, in rising order. The state of a
    label must begin with it: half the alphabet stands in “assigned”, which most labels are. ``is_of_a_time``: it may be
    a part of a date or of a time.
    """

    text: str
    is_everywhere: bool
    is_with_digits: bool
    heads: tuple[str, ...]
    index_heads: tuple[str, ...]
    products: tuple[int, ...]
    names: tuple[int, ...]
    states: bytes
    labels: bytes
    is_of_a_time: bool


def words_of(text: str, arc: str, products: Mapping[int, str], names: Sequence[str]) -> tuple[Word, ...]:
    """The words of a text, each once. ``arc`` is the UID of the arc of installations."""
    with_digits, prefix = f"{arc}.", arc[: arc.rfind(".") + 1]
    return tuple(
        Word(
            word,
            word in prefix,
            word in with_digits,
            _heads(word, with_digits),
            _heads(word, prefix),
            tuple(sorted(_called(word, products.items()))),
            tuple(_called(word, enumerate(names))),
            bytes(_called(word, enumerate(STATES))),
            bytes(number for number, name in enumerate(LABEL_STATES) if name.startswith(word)),
            _OF_A_TIME.fullmatch(word) is not None,
        )
        for word in dict.fromkeys(text.casefold().split())
    )


def _heads(word: str, prefix: str) -> tuple[str, ...]:
    """What must stand behind a prefix for the word to lie across its end."""
    return tuple(word[end:] for end in range(1, len(word)) if prefix.endswith(word[:end]))


def _called(word: str, names: Iterable[tuple[int, str]]) -> Iterable[int]:
    return (number for number, name in names if word in name.casefold())
