"""Bytes and text onto a stream, all of it or a word that it was not. It loads next to nothing."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import BinaryIO, TextIO


class UndeliveredError(Exception):
    """Nobody took the result: the pipe was closed, the disk is full."""


def put(stream: TextIO | None, content: str | bytes) -> None:
    """Write all of it and flush. Raises `UndeliveredError`.

    Text is encoded here, since no character may make it fail, and written in a loop, since a stream without a buffer
    (PYTHONUNBUFFERED) takes what it can: the stream's own ``write`` would lose the rest without a word.
    """
    if not content:
        return
    if stream is None:
        raise UndeliveredError("there is no output")
    try:
        if not hasattr(stream, "buffer"):  # kept in memory by whoever called us
            stream.write(content if isinstance(content, str) else content.decode("utf-8"))
            return
        if isinstance(content, str):
            content = content.encode(stream.encoding, "backslashreplace")
        _put_bytes(stream.buffer, content)
    except (OSError, ValueError) as failed:  # ValueError: the stream is closed
        _abandon(stream)
        raise UndeliveredError(getattr(failed, "strerror", None) or str(failed)) from failed


def _put_bytes(buffer: BinaryIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        taken: int | None = buffer.write(rest)
        if taken is None:
            raise BlockingIOError(errno.EAGAIN, "nobody reads it fast enough")
        rest = rest[taken:]
    buffer.flush()


def _abandon(stream: TextIO) -> None:
    """Let what is still in the stream's buffer go nowhere, or the interpreter would complain at its end."""
    with suppress(OSError, ValueError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
