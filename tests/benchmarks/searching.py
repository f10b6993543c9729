"""The filter above the installations: each text is typed at once, against SQLite's LIKE over the same columns."""

from __future__ import annotations

import sqlite3
import statistics
import time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.database import LIKE
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import MS, Finding, Goal, alternating
from tests.benchmarks.windows import Watched

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_TEXTS: Final = ("99917", "00420", "mammo", "refurbished", "gateway", "nowhere")
_SCREEN: Final = 40
_TIMES: Final = 3
_REST_S: Final = 3.0  # what the window makes ready behind itself after opening is ready by then


def measure(setting: Setting) -> list[Finding]:
    """A rare number, numbers, products and notes, and a text that is nowhere."""
    place, size = setting.place, setting.rows
    data, home = place.data(size), place.settled_home(size)
    runs = min(3, setting.runs)
    hits = {text: hits_of(data.database, text) for text in _TEXTS}
    found, theirs = alternating(
        runs,
        lambda: measured(ours, home, ledger=data.ledger, size=size, hits=hits, rounds=setting.rounds(_TIMES)),
        lambda: measured(rival, home, database=data.database),
    )
    like = "SQLite, LIKE over the same columns"
    goal = Goal(0.25, "ratio")
    screens = [
        Finding(f"“{text}”, first screen of hits", "ms", found[f"{text} screen"], goal=Goal(16), runs=runs)
        for text in _TEXTS
        if hits[text] >= _SCREEN
    ]
    counts = [
        Finding(f"“{text}” counted, {hits[text]:,} hits", "ms", found[text], like, theirs[text], goal, runs)
        for text in _TEXTS
    ]
    return [
        *screens,
        Finding("longest pause while searching", "ms", found["pause"], goal=Goal(16), runs=runs),
        Finding("longest pause while searching, worst", "ms", found["worst"], runs=runs),
        Finding("first screen of what is typed as soon as the window is full", "ms", found["at once"], runs=runs),
        *counts,
    ]


def ours(ledger: str, size: int, hits: dict[str, int], rounds: int) -> Figures:
    """For each text until the first screen is painted, and until all are counted; of all texts the pauses."""
    watched = Watched(ledger, size)
    at_once, _ = _typed(watched, *next(iter(hits.items())))
    watched.settled(watched.filter_edit.clear)
    watched.idle(_REST_S)
    pauses = []
    figures: Figures = {"at once": MS * at_once}
    for text, expected in hits.items():
        typed = []
        for _ in range(rounds):
            watched.pulse.begin()
            typed.append(_typed(watched, text, expected))
            pauses.append(watched.pulse.longest)
            watched.settled(watched.filter_edit.clear)
        figures[f"{text} screen"] = MS * statistics.median(screen for screen, _ in typed)
        figures[text] = MS * statistics.median(counted for _, counted in typed)
    watched.close()
    return {**figures, "pause": MS * statistics.median(pauses), "worst": MS * max(pauses)}


def _typed(watched: Watched, text: str, expected: int) -> tuple[float, float]:
    """Seconds until the first screen of hits is painted, and until all are counted."""
    model, total = watched.model, watched.model.rowCount()
    begun = time.perf_counter()
    watched.filter_edit.setText(text)
    watched.wait(lambda: min(expected, _SCREEN) <= model.rowCount() < total)
    watched.paint()
    screen = time.perf_counter() - begun
    watched.wait(lambda: watched.count.startswith(f"{expected:,} of"))
    return screen, time.perf_counter() - begun


def rival(database: str) -> Figures:
    """Count the hits of each text."""
    connection = sqlite3.connect(database)
    figures: Figures = {}
    for text in _TEXTS:
        taken = []
        for _ in range(_TIMES):
            begun = time.perf_counter()
            connection.execute(LIKE, {"like": f"%{text}%"}).fetchone()
            taken.append(time.perf_counter() - begun)
        figures[text] = MS * statistics.median(taken)
    connection.close()
    return figures


def hits_of(database: object, text: str) -> int:
    """How many installations have the text in one of the columns."""
    connection = sqlite3.connect(str(database))
    (count,) = connection.execute(LIKE, {"like": f"%{text}%"}).fetchone()
    connection.close()
    return int(count)
