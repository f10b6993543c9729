"""The chain of hashes: each line's own hash covers the line and, through the hash before it, all lines before."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

PREFIX_LENGTH: Final = 72
"""``{"h":"``, 64 hexadecimal digits, ``",``: what stands in a line before the bytes that its hash covers."""


def link(before: str, line: bytes) -> str:
    """The hash of a line (without its newline) after one whose hash is ``before``."""
    return sha256(before.encode("ascii") + line[PREFIX_LENGTH:]).hexdigest()


def sealed(before: str, line: bytes) -> bytes:
    """The line with its hash put in the place that was kept free for it."""
    return b'{"h":"' + link(before, line).encode("ascii") + b'",' + line[PREFIX_LENGTH:]
