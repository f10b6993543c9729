"""Measures the program against its rivals, and says what was reached.

python -m tests.benchmarks                                   everything, with a million installations
python -m tests.benchmarks --rows 10000 --only preview       one subject, with fewer
python -m tests.benchmarks --out results.json                the figures as JSON beside the table
python -m tests.benchmarks --write-docs                      everything twice, into docs/performance.md
python -m tests.benchmarks --write-docs --from a.json b.json   the same of runs that were kept
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

from tests.benchmarks.document import write_document
from tests.benchmarks.growth import measure_growth
from tests.benchmarks.machine import machine
from tests.benchmarks.results import Chapter, Growth, Results
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
    "scanning",
    "printing",
    "starting",
    "writing",
    "endurance",
)
GROWTH: Final = "growth"
DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Measure and print; answers 1 when something could not be measured."""
    wanted = _parsed(arguments)
    runs = [msgspec.json.decode(file.read_bytes(), type=Results) for file in wanted.kept]
    for _ in range(0 if runs else 1 + wanted.write_docs):
        runs.append(run(wanted.only or (*SUBJECTS, GROWTH), wanted))
        print(summary(runs[-1]), flush=True)
    if wanted.out:
        wanted.out.write_bytes(msgspec.json.format(msgspec.json.encode(runs[-1])) + b"\n")
    if wanted.write_docs:
        write_document(DOCUMENT, runs)
    return int(any(chapter.trouble for results in runs for chapter in results.chapters))


def run(subjects: Sequence[str], wanted: argparse.Namespace) -> Results:
    """The findings of these subjects, one after the other."""
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=wanted.folder) as scratch:
        setting = Setting(Place(wanted.folder, Path(scratch)), wanted.rows, wanted.runs, wanted.assignments)
        chapters = tuple(_chapter(subject, setting) for subject in subjects if subject != GROWTH)
        growth = _growth(setting) if GROWTH in subjects else None
    return Results(machine(), wanted.rows, chapters, growth)


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


def _growth(setting: Setting) -> Growth | None:
    print(f"{GROWTH} …", file=sys.stderr, flush=True)
    try:
        return measure_growth(setting)
    except Exception:  # noqa: BLE001 (the same)
        traceback.print_exc()
        return None


def _parsed(arguments: list[str]) -> argparse.Namespace:
    kept = platformdirs.user_cache_path("uidmanager-benchmarks", appauthor=False)
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--rows", type=int, default=Setting.rows, help="how many installations")
    parser.add_argument("--runs", type=int, default=Setting.runs, help="how many alternating runs of each measurement")
    parser.add_argument("--assignments", type=int, default=Setting.assignments, help="how many in the long run")
    parser.add_argument(
        "--only", nargs="+", choices=(*SUBJECTS, GROWTH), metavar="NAME", help=f"of {', '.join((*SUBJECTS, GROWTH))}"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the figures as JSON")
    parser.add_argument("--write-docs", action="store_true", help="into docs/performance.md, of two runs")
    parser.add_argument("--from", type=Path, nargs="+", default=[], metavar="FILE", dest="kept", help="kept figures")
    parser.add_argument("--folder", type=Path, default=kept, help="where registries are kept between runs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
