"""Everything that is printed: the result on stdout and nothing else there, what is said about it on stderr.

With ``--json`` one object on stdout says it all and stderr stays empty. Nothing that a person typed can break the
output: what the terminal's encoding lacks is written as an escape, and JSON is plain ASCII.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.app.ports import no_progress
from uidmanager.cli.answers import Exit
from uidmanager.cli.streams import UndeliveredError, put
from uidmanager.cli.terminal_line import TerminalLine
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.texts import in_whole_characters, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.cli.answers import Answer

_PREFIXES = {Severity.ERROR: "refused", Severity.CAUTION: "caution", Severity.NOTICE: "notice"}
_LONGEST_SHOWN: Final = 100
_PIECES_AT_ONCE: Final = 500


def deliver(answer: Answer, *, as_json: bool) -> int:
    """Print an answer. Answers its exit code, or another one when nobody took the result."""
    try:
        for piece in _json_of(answer) if as_json else _text_of(answer):
            put(sys.stdout, piece)
    except UndeliveredError as failure:
        return undelivered(failure)
    if not as_json:
        for problem in (*answer.notices, *(() if answer.told_in_text else answer.problems)):
            _say(problem)
    return answer.code


def undelivered(failure: UndeliveredError) -> int:
    """Say that nobody took the result, if there is somebody to hear it; answers the exit code."""
    if not isinstance(failure.__cause__, BrokenPipeError):
        sentence = f"The answer could not be written ({failure}). What the command did, it did; ask again."
        _say(Problem("output.undelivered", "output", sentence))
    return Exit.UNDELIVERED


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


def terminal_refusal(form: str) -> Problem | None:
    """Why a binary format cannot go to stdout, if that is a terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    sentence = f"As {form} it is no text that a terminal could show. Name a file with -o, or pipe it on."
    return Problem("output.not_for_a_terminal", "output", sentence)


def on_stdout(content: bytes, *, is_text: bool) -> str | bytes:
    """What stands in a file, as it goes to stdout: bytes as they are, but text as the terminal can show it."""
    return content.decode("utf-8") if is_text else content


@contextmanager
def shown_progress(*, as_json: bool) -> Iterator[Progress]:
    """Shows how far a long piece of work is, if somebody would see it, and wipes it out at the end."""
    seen = None if as_json else terminal_progress()
    progress, wipe = seen or (no_progress, lambda: None)
    try:
        yield progress
    finally:
        wipe()


def terminal_progress() -> tuple[Progress, Callable[[], None]] | None:
    """Shows how far a long piece of work is, and a function that wipes it out; None where nobody would see it."""
    line = TerminalLine.on_stderr()
    if line is None:
        return None
    shown = ""

    def progress(message: str, fraction: float) -> None:
        nonlocal shown
        text = f"{message}: {int(100 * fraction)} %"
        if text != shown:
            shown = text
            line.show(text)

    return progress, line.wipe


def _text_of(answer: Answer) -> Iterator[str | bytes]:
    text = answer.text()
    if isinstance(text, (str, bytes)):
        yield text
    else:
        yield from map("".join, _some(text))


def _json_of(answer: Answer) -> Iterator[str]:
    """The one object, in pieces where its rows may be many."""
    head: dict[str, object] = {"ok": answer.code == Exit.DONE, **answer.data}
    foot: dict[str, object] = {
        "notices": [plain(problem) for problem in answer.notices],
        "problems": [plain(problem) for problem in answer.problems],
    }
    if answer.rows is None:
        yield f"{_encoded({**head, **foot})}\n"
        return
    yield f'{_encoded(head)[:-1]}, "rows": ['
    before = ""
    for some in _some(map(_encoded, answer.rows())):
        yield before + ", ".join(some)
        before = ", "
    yield f"], {_encoded(foot)[1:]}\n"


def _some(pieces: Iterable[str]) -> Iterator[list[str]]:
    """The pieces, so many at a time that writing them is worth it."""
    left = iter(pieces)
    while some := list(islice(left, _PIECES_AT_ONCE)):
        yield some


def _encoded(value: object) -> str:
    import json  # noqa: PLC0415 (loaded only when it is asked for)

    text = json.dumps(value)
    # Half a character (bytes in an argument that are no UTF-8) is no text for a strict reader, so it is spelt out.
    return text if "\\ud" not in text else json.dumps(_whole_characters(value))


def _whole_characters(value: object) -> object:
    match value:
        case str():
            return in_whole_characters(value)
        case dict():
            return {name: _whole_characters(each) for name, each in value.items()}
        case list() | tuple():
            return [_whole_characters(each) for each in value]
        case _:
            return value


def _say(problem: Problem) -> None:
    """A line on stderr; where nobody can hear it, there is nobody to tell."""
    with suppress(UndeliveredError):
        put(sys.stderr, line_of(problem) + "\n")
