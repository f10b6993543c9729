"""Everything that is printed: the result on stdout and nothing else there, what is said about it on stderr.

With ``--json`` one object on stdout says it all and stderr stays empty. Nothing that a person typed can break the
output: what the terminal's encoding lacks is written as an escape, and JSON is plain ASCII.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

from msgspec import structs

from uidmanager.cli.answers import Exit
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from uidmanager.app.ports import Progress
    from uidmanager.cli.answers import Answer

_PREFIXES = {Severity.ERROR: "refused", Severity.CAUTION: "caution", Severity.NOTICE: "notice"}
_LONGEST_SHOWN: Final = 100


class _UndeliveredError(Exception):
    """Nobody took the result: the pipe was closed, the disk is full."""


def deliver(answer: Answer, *, as_json: bool) -> int:
    """Print an answer. Answers its exit code, or another one when nobody took the result."""
    try:
        if as_json:
            _put(sys.stdout, _json_of(answer) + "\n")
        else:
            _put(sys.stdout, answer.text())
    except _UndeliveredError as failure:
        if not isinstance(failure.__cause__, BrokenPipeError):
            sentence = f"The answer could not be written ({failure}). What the command did, it did; ask again."
            _say(Problem("output.undelivered", "output", sentence))
        return Exit.UNDELIVERED
    if not as_json:
        for problem in (*answer.notices, *(() if answer.told_in_text else answer.problems)):
            _say(problem)
    return answer.code


def line_of(problem: Problem) -> str:
    """A problem as one line: how much it weighs, the sentence, the code."""
    prefix = "fault" if problem.code == "fault" else _PREFIXES[problem.severity]
    return f"{prefix}: {visible(problem.message)} [{problem.code}]"


def shortened(text: str) -> str:
    """What was asked about, so that it can stand in a line: something much too long is not repeated in full."""
    shown = visible(text[: _LONGEST_SHOWN + 1])
    return shown if len(text) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}… ({len(text)} characters)"


def plain(problem: Problem) -> dict[str, object]:
    """A problem as a JSON object."""
    return {**structs.asdict(problem), "severity": problem.severity.value}


def terminal_progress() -> tuple[Progress, Callable[[], None]] | None:
    """Shows how far a long piece of work is, and a function that wipes it out; None where nobody would see it."""
    stderr = sys.stderr
    if stderr is None or not stderr.isatty():
        return None
    shown = -1

    def progress(_message: str, fraction: float) -> None:
        nonlocal shown
        percent = int(100 * fraction)
        if percent != shown:
            shown = percent
            _write(f"\rReading the ledger: {percent} %")

    def wipe() -> None:
        _write(f"\r{' ' * 32}\r")

    def _write(text: str) -> None:
        with suppress(OSError, ValueError):
            stderr.write(text)
            stderr.flush()

    return progress, wipe


def _json_of(answer: Answer) -> str:
    whole = {
        "ok": answer.code == Exit.DONE,
        **answer.data,
        "notices": [plain(problem) for problem in answer.notices],
        "problems": [plain(problem) for problem in answer.problems],
    }
    text = json.dumps(whole)
    # Half a character (bytes in an argument that are no UTF-8) is no text for a strict reader, so it is spelt out.
    return text if "\\ud" not in text else json.dumps(_whole_characters(whole))


def _whole_characters(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {name: _whole_characters(each) for name, each in value.items()}
        case list() | tuple():
            return [_whole_characters(each) for each in value]
        case _:
            return value


def _put(stream: TextIO | None, content: str | bytes) -> None:
    """Write all of it and flush. Raises `_UndeliveredError`.

    Text is encoded here, since no character may make it fail, and written in a loop, since a stream without a buffer
    (PYTHONUNBUFFERED) takes what it can: the stream's own ``write`` would lose the rest without a word.
    """
    if not content:
        return
    if stream is None:
        raise _UndeliveredError("there is no output")
    try:
        if not hasattr(stream, "buffer"):  # kept in memory by whoever called us
            stream.write(content if isinstance(content, str) else content.decode("utf-8"))
            return
        if isinstance(content, str):
            content = content.encode(stream.encoding, "backslashreplace")
        _put_bytes(stream.buffer, content)
    except (OSError, ValueError) as failed:  # ValueError: the stream is closed
        _abandon(stream)
        raise _UndeliveredError(getattr(failed, "strerror", None) or str(failed)) from failed


def _put_bytes(buffer: BinaryIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        taken: int | None = buffer.write(rest)
        if taken is None:
            raise BlockingIOError(errno.EAGAIN, "nobody reads it fast enough")
        rest = rest[taken:]
    buffer.flush()


def _say(problem: Problem) -> None:
    """A line on stderr; where nobody can hear it, there is nobody to tell."""
    with suppress(_UndeliveredError):
        _put(sys.stderr, line_of(problem) + "\n")


def _abandon(stream: TextIO) -> None:
    """Let what is still in the stream's buffer go nowhere, or the interpreter would complain at its end."""
    with suppress(OSError, ValueError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
