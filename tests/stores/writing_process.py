"""A program of its own that registers products, one after another, and says what was acknowledged.

Waits for a line on its input, then writes; each acknowledged entry is a line ``id n h number`` on its output.
Arguments: ledger, folder of the station's memory, its name, how many entries, how long their notes are.
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

import filelock  # noqa: F401 - so that all have it before they are told to go

from uidmanager.bootstrap import ThisWorld
from uidmanager.core.events import InstallationNoteCorrected, NewEntry, ProductRegistered
from uidmanager.stores.jsonl import JsonlLedger


def main(ledger_path: str, seen: str, name: str, entries: str, size: str) -> None:
    world = ThisWorld()
    ledger = JsonlLedger(Path(ledger_path), world, Path(seen))
    highest = 0
    ready = ledger.has_news()
    sys.stdout.write(f"ready {ready}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(int(entries)):
        draft_id = str(uuid.uuid4())
        with ledger.turn() as turn:
            news = turn.news()
            if news.trouble is not None:
                raise news.trouble
            for entry in news.entries:
                for event in entry.events:
                    if isinstance(event, ProductRegistered):
                        highest = event.number
            product = ProductRegistered(highest + 1, f"{name} {highest + 1}")
            padding = InstallationNoteCorrected("1", None, "x" * int(size))
            entry = turn.append(NewEntry(draft_id, world.now(), name, "LINE-3", world.app, None, (product, padding)))
            highest = product.number
        sys.stdout.write(f"{entry.id} {entry.n} {entry.h} {highest}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
