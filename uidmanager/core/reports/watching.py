"""Long work that says now and then how far it is, and so can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Each = TypeVar("Each")
_SOME: Final = 2000


def no_progress(_message: str, _fraction: float) -> None:
    """For reports that nobody waits for."""


def watched(each: Iterable[Each], most: int, message: str, progress: Callable[[str, float], None]) -> Iterator[Each]:
    """The same, with a word now and then of how far they are, if there are no more than ``most`` of them."""
    for number, one in enumerate(each):
        if number % _SOME == 0:
            progress(message, min(number / most, 1.0))
        yield one
