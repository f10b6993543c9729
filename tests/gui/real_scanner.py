"""A scanner at a real window: the program under Xvfb, keys by xdotool, and afterwards a look into the ledger.

python -m tests.gui.real_scanner                   200 scans, every suffix in turn, one after the other
python -m tests.gui.real_scanner --pause 0         the next scan comes before the last is written

It needs Xvfb, openbox and xdotool, and prints what it found. The exit code is 0 when each was assigned exactly once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = "1.2.826.0.1.3680043.2.50"
PROGRAMS: Final = ("Xvfb", "openbox", "xdotool")
FIRST: Final = 1_000_000
PATIENCE_S: Final = 60.0
SUFFIXES: Final = {
    "CR": ("Return",),
    "LF": ("Linefeed",),
    "Enter of the keypad": ("KP_Enter",),
    "CR+LF": ("Return", "Linefeed"),
    "CR+LF as control keys": ("ctrl+m", "ctrl+j"),
    "Tab": ("Tab",),
}


class Scan(NamedTuple):
    """What a scanner types: texts and keys in turn, and the serial that is meant."""

    serial: str
    strokes: tuple[tuple[str, str], ...]
    suffix: str


class Outcome(NamedTuple):
    """What became of the scans."""

    scans: int
    once: int
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    others: tuple[str, ...]
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether each was assigned exactly once, and nothing else was."""
        return self.once == self.scans and not (self.missing or self.twice or self.others)


def main(arguments: list[str]) -> int:
    """Scan, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between two scans")
    parser.add_argument("--delay", type=int, default=1, help="milliseconds between two keys")
    wanted = parser.parse_args(arguments)
    missing = missing_programs()
    if missing:
        print(f"Not to be had here: {', '.join(missing)}")  # noqa: T201 (a command, which prints what it found)
        return 2
    outcome = drive(wanted.scans, wanted.pause, wanted.delay)
    print(  # noqa: T201 (the same)
        f"{outcome.scans} scans with {len(SUFFIXES)} suffixes in {outcome.seconds:.1f} s: {outcome.once} assigned "
        f"exactly once; missing {list(outcome.missing)}, twice {list(outcome.twice)}, others {list(outcome.others)}"
    )
    return 0 if outcome.is_right else 1


def missing_programs() -> list[str]:
    """What is needed and not installed."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def program(name: str) -> str:
    """Where a program that is needed lies."""
    found_at = shutil.which(name)
    if found_at is None:
        raise FileNotFoundError(name)
    return found_at


def drive(count: int, pause: float, delay: int) -> Outcome:
    """The whole of it, in a home of its own that is gone afterwards."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="uidmanager-scanner-")))
        ledger = home / "acme.jsonl"
        environment = {**os.environ, **{f"XDG_{part}_HOME": str(home / part) for part in ("DATA", "CONFIG", "CACHE")}}
        environment["XDG_STATE_HOME"] = str(home / "STATE")
        environment["UIDMANAGER_LEDGER"] = str(ledger)
        found(ledger, environment)
        environment["DISPLAY"] = stack.enter_context(screen())
        environment.pop("QT_QPA_PLATFORM", None)
        stack.enter_context(running([program("openbox")], environment))
        stack.enter_context(running([sys.executable, "-m", "uidmanager", "gui", "--ledger", str(ledger)], environment))
        window = ready(environment)
        scans = [made(number) for number in range(count)]
        begun = time.monotonic()
        send(environment, window, scans, pause, delay)
        assigned = settled(ledger, [scan.serial for scan in scans])
        return judged(scans, assigned, time.monotonic() - begun)


def found(ledger: Path, environment: dict[str, str]) -> None:
    """A registry with nothing in it."""
    command = [sys.executable, "-m", "uidmanager", "--ledger", str(ledger), "init"]
    command += ["--root", ROOT, "--organisation", "Acme Imaging"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def made(number: int) -> Scan:
    """One scan: plain, plain with its AIM identifier, or GS1 with a separator inside; each with every suffix."""
    serial = str(FIRST + number)
    suffix = list(SUFFIXES)[number % len(SUFFIXES)]
    match number // len(SUFFIXES) % 3:
        case 0:
            strokes: tuple[tuple[str, str], ...] = (("type", serial),)
        case 1:
            strokes = (("type", f"]d1{serial}"),)
        case _:
            strokes = (("type", f"]d2010952110153000121{serial}"), ("key", "ctrl+bracketright"), ("type", "10LOT7"))
    return Scan(serial, strokes, suffix)


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees, under a number that is free; answers what DISPLAY is to say."""
    reading, writing = os.pipe()
    command = [program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A program that runs meanwhile."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def ready(environment: dict[str, str]) -> str:
    """The window, once the registry is in it, in front and waiting for a serial."""
    command = [program("xdotool"), "search", "--sync", "--onlyvisible", "--name", "Acme Imaging"]
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    window = asked.stdout.split()[0]
    subprocess.run(
        [program("xdotool"), "windowactivate", "--sync", window], env=environment, timeout=PATIENCE_S, check=True
    )
    time.sleep(1.0)  # the pages are furnished after the title is there; nothing outside the window tells when
    return window


def send(environment: dict[str, str], window: str, scans: list[Scan], pause: float, delay: int) -> None:
    """All of them, by one xdotool, as fast as it can."""
    lines = [f"windowfocus {window}"]
    for scan in scans:
        for verb, what in scan.strokes:
            lines.append(f"{verb} --delay {delay} {what}")
        lines.extend(f"key --delay {delay} {key}" for key in SUFFIXES[scan.suffix])
        if pause:
            lines.append(f"sleep {pause}")
    script = "\n".join(lines) + "\n"
    subprocess.run([program("xdotool"), "-"], env=environment, input=script, text=True, timeout=900, check=True)


def settled(ledger: Path, serials: list[str]) -> list[str]:
    """What is assigned once all are, or once nothing more comes."""
    end = time.monotonic() + PATIENCE_S
    before: list[str] = []
    while time.monotonic() < end:
        time.sleep(1.0)
        assigned = assigned_in(ledger)
        if set(serials) <= set(assigned) or (assigned == before and time.monotonic() > end - PATIENCE_S + 10):
            return assigned
        before = assigned
    return before


def assigned_in(ledger: Path) -> list[str]:
    """All serials that have a root, once for each time it was given."""
    entries = (json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines())
    events = (event for entry in entries for event in entry["events"])
    return [event["serial"] for event in events if event["type"] == "installation_assigned"]


def judged(scans: list[Scan], assigned: list[str], seconds: float) -> Outcome:
    """Which were assigned once, never, twice, and what nobody scanned."""
    counts = Counter(assigned)
    serials = [scan.serial for scan in scans]
    return Outcome(
        scans=len(serials),
        once=sum(counts[serial] == 1 for serial in serials),
        missing=tuple(f"{scan.serial} ({scan.suffix})" for scan in scans if not counts[scan.serial]),
        twice=tuple(serial for serial in serials if counts[serial] > 1),
        others=tuple(serial for serial in counts if serial not in set(serials)),
        seconds=seconds,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
