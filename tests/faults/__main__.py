"""``python -m tests.faults --rounds 1000`` kills writers; ``--writers 8 --each 500`` has many at once, none killed."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.faults.trials import contest, rounds


def main() -> int:
    """Run what was asked for and say what came of it; 1 when a promise was broken, with the ledger kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=0, help="rounds in which writers are killed")
    parser.add_argument("--seed", type=int, default=None, help="the same seed gives the same plans of killing")
    parser.add_argument("--writers", type=int, default=0, help="writers of the contest")
    parser.add_argument("--each", type=int, default=500, help="serials that each of them wants")
    asked = parser.parse_args()
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    folder = Path(tempfile.mkdtemp(prefix="uidmanager-faults-"))
    try:
        if asked.rounds:
            tally = rounds(folder / "rounds", asked.rounds, seed)
            _say(
                f"{tally.rounds} rounds with seed {seed}: {tally.killed} writers killed, {tally.acknowledged} entries "
                f"acknowledged, 0 lost, 0 given twice; {tally.unacknowledged} written and not acknowledged, "
                f"{tally.torn} torn tails set aside; longest wait {tally.longest_wait:.2f} s"
            )
        if asked.writers:
            tally = contest(folder / "contest", asked.writers, asked.each)
            _say(
                f"{asked.writers} writers wanted {asked.each} serials and 5 products each: {tally.acknowledged} "
                f"entries, each number once, every loser told who won; longest wait {tally.longest_wait:.2f} s"
            )
    except AssertionError as broken:
        sys.stderr.write(f"A promise was broken: {broken}\n")
        return 1
    _clear(folder)
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


if __name__ == "__main__":
    sys.exit(main())
