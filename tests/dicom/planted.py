"""Plants files with every verdict in known numbers, scans them by the command line, and holds its answer against them.

python -m tests.dicom.planted --files 20000
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.dicom.planting import FOUNDING, REGISTRY, plant
from uidmanager.app.service import Service

if TYPE_CHECKING:
    from uidmanager.app.ports import Desk

_FOLDERS = ("DATA", "CONFIG", "STATE", "CACHE")


def register(desk: Desk, ledger: Path) -> None:
    """Write the ledger of those who made the files."""
    service = Service(desk.ledger_at(str(ledger)), desk.world)
    service.found(FOUNDING)
    for draft in REGISTRY:
        receipt = service.submit(draft)
        if receipt.entry is None:
            raise RuntimeError(receipt.decision.problems)


def main(arguments: list[str]) -> int:
    """Plant, scan and compare; answers 1 when anything is told otherwise than planted."""
    parser = argparse.ArgumentParser("python -m tests.dicom.planted", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where to work; else a folder that is taken away again")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="planted-", dir=wanted.folder) as name:
        return _held(Path(name), wanted.files)


def _held(place: Path, files: int) -> int:
    environment = {**os.environ, **{f"XDG_{folder}_HOME": str(place / "home") for folder in _FOLDERS}}
    os.environ.update(environment)
    from uidmanager.bootstrap import make_desk  # noqa: PLC0415 (its folders are those of the environment)

    ledger, field = place / "registry.jsonl", place / "field"
    register(make_desk(), ledger)
    field.mkdir()
    expected = plant(field, files)
    begun = time.perf_counter()
    program = [sys.executable, "-m", "uidmanager", "--ledger", str(ledger), "scan", str(field), "--json"]
    answer = json.loads(subprocess.run(program, capture_output=True, check=False, env=environment).stdout)
    seconds = time.perf_counter() - begun
    found = Counter(row["verdicts"] for row in answer["rows"])
    for verdicts in sorted(expected | found):
        is_so = "as planted" if expected[verdicts] == found[verdicts] else "NOT AS PLANTED"
        print(f"{verdicts:24} planted {expected[verdicts]:7,}  found {found[verdicts]:7,}  {is_so}")
    print(f"{answer['files']:,} files in {seconds:.1f} s")
    return int(found != expected)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
