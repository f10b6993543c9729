"""The main job on a sample registry, for a machine without a display: each step as a person would type it.

Everything lies in a scratch folder. The last step opens the real window on the sample, unseen, and takes its picture.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
STEPS: Final[tuple[tuple[str, str], ...]] = (
    ("Found a registry under the organisation's root.", "init --root {root} --organisation 'Acme Imaging (sample)'"),
    ("Register two products; each gets the next number.", "product add Viewer"),
    ("", "product add 'CT Console' --code CT"),
    ("Register a release: its Implementation Class UID goes into the build.", "release add 'CT Console' 4.5.0.3"),
    ("Assign an installation root to the unit with serial 0372764.", "assign 0372764 --product 'CT Console'"),
    ("The same number without its zero is the same root, so it is refused.", "assign 372764"),
    ("A serial with letters has no number.", "assign AB-1234"),
    ("A UID from the field: whose is it?", "identify {root}.2.372764.20261122.1"),
    ("What happened, by whom, when.", "history"),
    ("Check the whole ledger.", "verify"),
    ("Write a report.", "report installations --format csv -o {folder}/installations.csv"),
)
ROOT: Final = "1.2.826.0.1.3680043.2.50"
EXPECTED_REFUSALS: Final = {"assign 372764", "assign AB-1234"}


def main() -> int:
    """Run all steps; 0 when each ended as it should."""
    folder = Path(tempfile.mkdtemp(prefix="uidmanager-sample-"))
    ledger = folder / "registry.jsonl"
    print("No display here, so this is the main job on a sample registry, step by step.\n")
    for sentence, command in STEPS:
        if sentence:
            print(sentence)
        words = shlex.split(command.format(root=ROOT, folder=folder))
        if _run(ledger, words) != (1 if command in EXPECTED_REFUSALS else 0):
            print("This step did not end as it should.", file=sys.stderr)
            return 1
    picture = folder / "window.png"
    print("The window on this registry, drawn unseen.")
    if _picture(ledger, picture) != 0 or not picture.is_file():
        print("The window could not be drawn.", file=sys.stderr)
        return 1
    print(f"""  → {picture}

All of it lies in {folder}:
  registry.jsonl     the ledger
  installations.csv  the report
  window.png         the window
Open it where there is a display:  python3 packaging/bootstrap.py run -- --ledger {ledger} gui""")
    return 0


def _run(ledger: Path, words: list[str]) -> int:
    """One command of the program, shown with its answer; refusals and notices come on its second stream."""
    print(f"  $ uidmanager {shlex.join(words)}", flush=True)
    command = [sys.executable, "-P", "-m", "uidmanager", "--ledger", str(ledger), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=_environment(), check=False)
    for line in (*done.stdout.splitlines(), *done.stderr.splitlines()):
        print(f"  {line}")
    print(flush=True)
    return done.returncode


def _picture(ledger: Path, picture: Path) -> int:
    """A picture of the window, taken by the script that takes the README's."""
    command = [sys.executable, str(HERE / "screenshots.py"), "--ledger", str(ledger), "--one", str(picture)]
    return subprocess.run(command, env=_environment(), check=False).returncode


def _environment() -> dict[str, str]:
    """Ours, with UTF-8 output and a window that needs no display."""
    quiet = {"QT_LOGGING_RULES": "default.warning=false"}  # the offscreen platform complains of having no screen
    return {"QT_QPA_PLATFORM": "offscreen", **quiet, **os.environ, "PYTHONUTF8": "1"}


if __name__ == "__main__":
    sys.exit(main())
