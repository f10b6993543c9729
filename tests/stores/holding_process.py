"""A program of its own that takes the turn, says so, and keeps it until its input is closed.

Arguments: ledger, folder of the station's memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

from uidmanager.app.ports import Person
from uidmanager.bootstrap import ThisWorld
from uidmanager.stores.jsonl import JsonlLedger


class BertasWorld(ThisWorld):
    person = Person("berta", "LINE-7")

    def now(self) -> str:
        return "2026-11-22T21:06:42.123456Z"


def main(ledger_path: str, seen: str) -> None:
    with JsonlLedger(Path(ledger_path), BertasWorld(), Path(seen)).turn():
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
