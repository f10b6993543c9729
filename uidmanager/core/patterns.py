"""The patterns of serials: regular expressions that people write, and that must never make a form wait.

They are those of RE2, which takes time in proportion to the text whatever the pattern is. Python's own `re` does not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

PATTERN_LENGTH: Final = 200
_MEMORY: Final = 1 << 20


def fault_of(pattern: str) -> str | None:
    """What is wrong with a pattern, in RE2's words; None when it is one."""
    import re2  # noqa: PLC0415 (most registries have no pattern)

    try:
        _compiled(pattern)
    except re2.error as fault:
        told = fault.args[0] if fault.args else ""
        return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    except UnicodeEncodeError:
        return "half a character"
    return None


def fits(pattern: str, text: str) -> bool:
    """Whether a text is as a whole like a pattern, which must be free of faults."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    import re2  # noqa: PLC0415 (the same)

    options = re2.Options()
    options.log_errors = False  # else it writes to stderr
    options.max_mem = _MEMORY
    return re2.compile(pattern, options)
