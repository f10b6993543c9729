"""Measures the program against its rivals, and says what was reached.

python -m tests.benchmarks                                   everything, with a million installations
python -m tests.benchmarks --rows 10000 --only preview       one subject, with fewer
python -m tests.benchmarks --out results.json                the figures as JSON beside the table
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import platformdirs

from tests.benchmarks.machine import machine
from tests.benchmarks.results import Chapter, Results
from tests.benchmarks.setting import Setting
from tests.benchmarks.stations import Place
from tests.benchmarks.tables import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBJECTS: Final = (
    "opening",
    "filling",
    "memory",
    "preview",
    "keystroke",
    "assigning",
    "news",
    "searching",
    "table",
    "checking",
    "starting",
    "endurance",
)


def main(arguments: list[str]) -> int:
    """Measure and print; answers 1 when something could not be measured."""
    wanted = _parsed(arguments)
    results = run(wanted.only or SUBJECTS, wanted)
    print(summary(results))
    if wanted.out:
        wanted.out.write_bytes(msgspec.json.format(msgspec.json.encode(results)) + b"\n")
    return int(any(chapter.trouble for chapter in results.chapters))


def run(subjects: Sequence[str], wanted: argparse.Namespace) -> Results:
    """The findings of these subjects, one after the other."""
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=wanted.folder) as scratch:
        setting = Setting(Place(wanted.folder, Path(scratch)), wanted.rows, wanted.runs, wanted.assignments)
        chapters = tuple(_chapter(subject, setting) for subject in subjects)
    return Results(machine(), wanted.rows, chapters)


def _chapter(subject: str, setting: Setting) -> Chapter:
    """One subject's findings; what goes wrong in it does not stop the others."""
    begun = time.monotonic()
    print(f"{subject} …", file=sys.stderr, flush=True)
    try:
        findings = tuple(import_module(f"tests.benchmarks.{subject}").measure(setting))
    except Exception as fault:  # noqa: BLE001 (a subject that fails is told, and the others are measured)
        traceback.print_exc()
        return Chapter(subject, (), time.monotonic() - begun, f"{type(fault).__name__}: {fault}")
    return Chapter(subject, findings, time.monotonic() - begun)


def _parsed(arguments: list[str]) -> argparse.Namespace:
    kept = platformdirs.user_cache_path("uidmanager-benchmarks", appauthor=False)
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rows", type=int, default=Setting.rows, help="how many installations")
    parser.add_argument("--runs", type=int, default=Setting.runs, help="how many alternating runs of each measurement")
    parser.add_argument("--assignments", type=int, default=Setting.assignments, help="how many in the long run")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, metavar="NAME", help=f"of {', '.join(SUBJECTS)}")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the figures as JSON")
    parser.add_argument("--folder", type=Path, default=kept, help="where registries are kept between runs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
