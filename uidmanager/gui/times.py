"""Times as people read them: the ledger keeps UTC, the screen shows the time of the place."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

_TO_THE_MINUTE: Final = len("2026-11-22T21:06")


def local_time(at: str) -> str:
    """A time of the ledger (UTC, ISO 8601) in the time of this place, to the minute: ``2026-11-22 22:06``."""
    return _local_minute(at[:_TO_THE_MINUTE])


def local_clock(at: str) -> str:
    """The same, without the date: ``22:06``."""
    return local_time(at).rpartition(" ")[2]


def exact_time(at: str) -> str:
    """A time of the ledger in full, and said to be UTC: ``2026-11-22 21:06:42.123456 UTC``."""
    return at.replace("T", " ").replace("Z", " UTC")


@lru_cache(maxsize=4096)
def _local_minute(minute: str) -> str:
    """A table asks for the same few minutes again and again."""
    try:
        return datetime.fromisoformat(f"{minute}+00:00").astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):  # a ledger may hold any text that it was once given
        return minute
