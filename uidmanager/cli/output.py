"""Everything that is printed: the result on stdout and nothing else there, what is said about it on stderr.

With ``--json`` one object on stdout says it all and stderr stays empty. Nothing that a person typed can break the
output: what the terminal's encoding lacks is written as an escape, and JSON is plain ASCII.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.app.ports import no_progress
from uidmanager.cli.answers import Exit
from uidmanager.cli.streams import UndeliveredError, put
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.texts import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.app.ports import Progress
    from uidmanager.cli.answers import Answer

_PREFIXES = {Severity.ERROR: "refused", Severity.CAUTION: "caution", Severity.NOTICE: "notice"}
_LONGEST_SHOWN: Final = 100


def deliver(answer: Answer, *, as_json: bool) -> int:
    """Print an answer. Answers its exit code, or another one when nobody took the result."""
    try:
        if as_json:
            put(sys.stdout, _json_of(answer) + "\n")
        else:
            put(sys.stdout, answer.text())
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
    stderr = sys.stderr
    if stderr is None or not stderr.isatty():
        return None
    shown, widest = "", 0

    def progress(message: str, fraction: float) -> None:
        nonlocal shown, widest
        text = f"{message}: {int(100 * fraction)} %"
        if text != shown:
            shown, widest = text, max(widest, len(text))
            _write(f"\r{text:<{widest}}")

    def wipe() -> None:
        _write(f"\r{' ' * widest}\r")

    def _write(text: str) -> None:
        with suppress(OSError, ValueError):
            stderr.write(text)
            stderr.flush()

    return progress, wipe


def _json_of(answer: Answer) -> str:
    import json  # noqa: PLC0415 (loaded only when it is asked for)

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


def _say(problem: Problem) -> None:
    """A line on stderr; where nobody can hear it, there is nobody to tell."""
    with suppress(UndeliveredError):
        put(sys.stderr, line_of(problem) + "\n")
