"""Sentences that the stores have in common."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uidmanager.core.events import Entry


def shown(text: str) -> str:
    """A text that others wrote, safe and short enough for a sentence."""
    return "".join(character if character.isprintable() else "?" for character in text[:60])


def clock_remarks(at_before: str, entry: Entry) -> tuple[str, ...]:
    """What to say when an entry bears an earlier time than the one before it. Its place is decided by the chain."""
    if entry.at >= at_before:
        return ()
    gap = datetime.fromisoformat(at_before) - datetime.fromisoformat(entry.at)
    sentence = (
        f"The clock went back by {gap}: entry {entry.n} bears an earlier time than the one before it. The order of the "
        "entries holds all the same. Check this computer's clock."
    )
    return (sentence,)
