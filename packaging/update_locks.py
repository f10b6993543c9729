#!/usr/bin/env python3
"""Write the locks run.txt, dev.txt and toolkits.txt anew, from pyproject.toml and the two .in beside them.

python3 packaging/update_locks.py              keep every version that still fits
python3 packaging/update_locks.py --upgrade    take the newest versions that fit

The locks hold the hash of every file, for Linux, macOS and Windows and for Python 3.11 and newer. They are resolved by
uv, which only whoever changes a dependency needs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = Path("packaging") / "locks"
INPUTS = ("pyproject.toml", (LOCKS / "pins.in").as_posix())
TOOLKITS = ((LOCKS / "toolkits.in").as_posix(),)
NAMES = ("run.txt", "dev.txt", "toolkits.txt")
# Where a package was fetched from is each machine's own affair.
PRIVATE = re.compile(r"://|^\s*--?(?:i|f|index|extra|find|trusted)|(?:^|\s)(?:/|[A-Za-z]:\\)", re.MULTILINE)


def find_uv() -> str | None:
    """Return the path of uv: on PATH, or beside the Python that runs this."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("uv") or shutil.which("uv", path=beside)


def compile_command(uv: str, lock: str, *choices: str, inputs: tuple[str, ...] = INPUTS) -> list[str]:
    """Return the command that writes one lock."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    header = ["--custom-compile-command", "python3 packaging/update_locks.py"]
    output = ["--output-file", (LOCKS / lock).as_posix()]
    return [uv, "pip", "compile", *options, *header, *output, *choices, *inputs]


def private_lines(text: str) -> list[str]:
    """Return the lines of a lock that name an address or a place on this machine."""
    return [line for line in text.splitlines() if PRIVATE.search(line)]


def main(choices: list[str]) -> int:
    """Write all locks; return 0 when that went well."""
    if choices not in ([], ["--upgrade"]):
        print(__doc__)
        return 64
    uv = find_uv()
    if uv is None:
        print("uv is needed for this. Get it with: python3 -m pip install uv (in an environment of your own)")
        return 69
    os.chdir(ROOT)  # uv writes the paths of its inputs into the lock as they were given, so they are given relative
    dev = (LOCKS / "dev.txt").as_posix()
    # The lock for running takes its versions from the one for the tests, so that what is tested is what is run.
    for command in (
        compile_command(uv, "dev.txt", "--group", "dev", *choices),
        compile_command(uv, "run.txt", "--constraint", dev, *choices),
        compile_command(uv, "toolkits.txt", *choices, inputs=TOOLKITS),
    ):
        subprocess.run(command, check=True)
    leaks = [line for name in NAMES for line in private_lines((ROOT / LOCKS / name).read_text("utf-8"))]
    print("\n".join(["A lock names a place of this machine:", *leaks]) if leaks else "All locks are written.")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
