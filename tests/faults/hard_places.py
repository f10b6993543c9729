"""All the places where writing is hard: no room, a limit, a medium that is read only, a file that goes away."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.faults import limits, small_disks, taken_away
from tests.faults.crash import BrokenPromiseError
from tests.faults.namespaces import way_in, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Codes = dict[Callable[[Path], None], tuple[str, ...]]
    """What is done to a file, and what a writer is then told at each of the calls below."""

UNKNOWN: Final = "ledger.outcome_unknown"
DEEDS: Final[Codes] = {
    taken_away.remove: ("ledger.missing", "ledger.write_failed", UNKNOWN, UNKNOWN),
    taken_away.replace_by_a_copy: (taken_away.WENT_ON, taken_away.WENT_ON, UNKNOWN, UNKNOWN),
    taken_away.replace_by_an_old_copy: ("ledger.went_back", "ledger.went_back", UNKNOWN, UNKNOWN),
}
FORBIDDEN: Final[Codes] = {
    taken_away.forbid: ("ledger.unreadable", "ledger.read_only", "ledger.read_only", "ledger.read_only"),
    taken_away.forbid_writing: ("ledger.read_only",) * 4,
}
CALLS: Final = ("status_of", "open_to_write", "write", "flush")


def on_small_disk(trial: str) -> None:
    """One of the trials that mount something, where that can be done. Raises `BrokenPromiseError`."""
    command = [*way_in(), sys.executable, "-m", small_disks.__name__, trial]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise BrokenPromiseError(f"{trial}: {ended.stderr.strip()}")


def run() -> Iterator[str]:
    """Try them all; answers what was tried, a line each. Raises `BrokenPromiseError`."""
    outcome = limits.run()
    yield f"{outcome.told} writers were told of a limit, {outcome.died} died of it; {outcome.tails} torn tails"
    reason = why_not()
    for trial in small_disks.TRIALS:
        if not reason:
            on_small_disk(trial)
        yield f"{trial}: {f'left out, since {reason}' if reason else 'as promised'}"
    for deeds, user in ((DEEDS, 0), (FORBIDDEN, taken_away.NOBODY)):
        for deed in deeds:
            told = [taken_away.during(call, deed, user=user) for call in CALLS]
            yield f"{deed.__name__}: {', '.join(f'{code} at {call}' for call, code in zip(CALLS, told, strict=True))}"
