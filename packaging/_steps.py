"""What the bootstrap says while it works, and how it runs other programs."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class StopError(Exception):
    """The set-up cannot go on; the text is a sentence for the person at the terminal."""


def say(text: str) -> None:
    """Tell the person something, on standard error: standard output belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step that may take a while, and close its line with the time it took."""
    print(title, end=" ... ", file=sys.stderr, flush=True)
    start = time.perf_counter()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.perf_counter() - start:.1f} s")


def output_of(command: Sequence[str | Path]) -> str:
    """Return what a program prints, whether or not it succeeds; nothing when there is no such program."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError:
        return ""
    return done.stdout


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether a program exists and ends with 0; what it prints is of no interest."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def run_quietly(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, or_else: str) -> None:
    """Run a program whose output matters only when it fails.

    Raises:
        StopError: the program failed; says its output and then the sentence `or_else`.
    """
    done = subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise StopError(f"{done.stdout.strip()}\n{or_else}".strip())


def hand_over(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run a program on this terminal until it ends and return its exit code, as a shell would count it."""
    sys.stdout.flush()
    with subprocess.Popen(command, env=env, cwd=cwd) as process:
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:
                continue  # Ctrl+C reached the program too, and what to do about it is the program's decision
            return code if code >= 0 else 128 - code
