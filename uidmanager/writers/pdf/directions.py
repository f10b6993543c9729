"""Which way text runs: the bidirectional algorithm (Unicode Standard Annex 9), for one line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from bidi import algorithm

if TYPE_CHECKING:
    from collections.abc import Sequence

_TO_THE_LEFT: Final = frozenset({"R", "AL", "AN"})


class Levelled(Protocol):
    """What has an embedding level: even runs to the right, odd to the left."""

    @property
    def level(self) -> int:
        """The level."""
        ...


_Part = TypeVar("_Part", bound=Levelled)


def has_text_to_the_left(text: str) -> bool:
    """Whether some of it runs from right to left."""
    return not _TO_THE_LEFT.isdisjoint(map(unicodedata.bidirectional, text))


def levels(text: str) -> list[int]:
    """The embedding level of each character; the line itself runs as its first letter does."""
    if not has_text_to_the_left(text):
        return [0] * len(text)
    base = algorithm.get_base_level(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    resolved = iter([character["level"] for character in storage["chars"]])
    found: list[int] = []
    for character in text:  # the algorithm drops some (rule X9); they go with what is before them
        dropped = unicodedata.bidirectional(character) in algorithm.X9_REMOVED
        found.append((found[-1] if found else base) if dropped else next(resolved))
    return found


def in_visual_order(parts: Sequence[_Part]) -> list[_Part]:
    """Parts of a line, each of one level, as they stand from left to right (rule L2)."""
    ordered = list(parts)
    highest = max((part.level for part in ordered), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(ordered):
            end = start
            while end < len(ordered) and ordered[end].level >= level:
                end += 1
            ordered[start:end] = ordered[start:end][::-1]
            start = max(end, start + 1)
    return ordered
