"""The long run: many assignments through one process of the window. What grows must be the data."""

from __future__ import annotations

import gc
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from tests.benchmarks.memory import resident
from tests.benchmarks.preview import FEW
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal
from tests.benchmarks.stations import PRODUCT
from tests.benchmarks.windows import Watched
from uidmanager.core.drafts import AssignInstallations

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting
    from uidmanager.app.service import Receipt
    from uidmanager.gui.session import Session

_FIRST: Final = 3 * 10**9
_SEEN: Final = 1000
_LEVEL: Final = Goal(0)


def measure(setting: Setting) -> list[Finding]:
    """One run; the first tenth is a warm-up."""
    ledger, home = setting.place.copy(FEW)
    total = setting.assignments
    found = measured(ours, home, ledger=ledger, total=total)
    return [
        Finding(
            f"memory of an assignment, in the second half of {total:,}", "bytes", found["second half"],
            "in the first half", found["first half"], Goal(1.2, "ratio"),
        ),
        Finding("open files more than after the warm-up", "", found["files"], goal=_LEVEL),
        Finding("threads more than after the warm-up", "", found["threads"], goal=_LEVEL),
        Finding("objects of Qt more than after the warm-up", "", found["objects"], goal=_LEVEL),
    ]  # fmt: skip


def ours(ledger: str, total: int) -> Figures:
    """What is there after a tenth, after a half more, at the end."""
    watched = Watched(ledger, FEW)
    numbers = count(_FIRST)
    _wake(watched)
    _assign(watched, numbers, total // 10)
    first = _present(watched)
    _assign(watched, numbers, total // 2)
    half = _present(watched)
    _assign(watched, numbers, total // 2)
    last = _present(watched)
    watched.close()
    return {
        "first half": (half["memory"] - first["memory"]) / (total // 2),
        "second half": (last["memory"] - half["memory"]) / (total // 2),
        **{name: last[name] - first[name] for name in ("files", "threads", "objects")},
    }


def _wake(watched: Watched) -> None:
    """Have something read behind the window: that thread lives from its first work on, which may be a checkpoint's."""
    done: list[object] = []
    _session(watched).reading.start(lambda _progress: None, done.append, done.append)
    watched.wait(lambda: bool(done))


def _session(watched: Watched) -> Session:
    view = watched.window.view
    if view is None:
        raise LookupError("the window is empty")
    return view.session


def _assign(watched: Watched, numbers: count[int], total: int) -> None:
    """So many assignments; the window is seen for the first of them only: to paint takes longer than to assign."""
    seen = min(total, _SEEN)
    _submit(watched, numbers, seen)
    watched.window.hide()
    _submit(watched, numbers, total - seen)
    watched.window.show()
    watched.idle(1.0)


def _submit(watched: Watched, numbers: count[int], total: int) -> None:
    """So many, each once the one before is in the window."""
    session, done, faults = _session(watched), [0], list[Exception]()

    def next_one(_receipt: Receipt | None = None) -> None:
        done[0] += 1
        if done[0] <= total:
            session.submit(AssignInstallations((str(next(numbers)),), PRODUCT), None, next_one, faults.append)

    next_one()
    watched.wait(lambda: done[0] > total or bool(faults), patience_s=3600)
    if faults:
        raise faults[0]


def _present(watched: Watched) -> Figures:
    gc.collect()
    return {
        "memory": float(resident()),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "objects": len(watched.window.findChildren(QObject)) + len(watched.app.topLevelWidgets()),
    }
