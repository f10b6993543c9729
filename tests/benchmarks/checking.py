"""A million UIDs checked: our rule is the stricter one (X.660's arcs, UUIDs' range), pydicom's the well-known one."""

from __future__ import annotations

import random
import time
import warnings
from functools import partial
from typing import TYPE_CHECKING, Final

from pydicom.uid import UID

from tests.benchmarks.data import ROOT, serial
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal, alternating
from uidmanager.core.uid import is_uid

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_KINDS: Final = {
    "installation": "installation roots",
    "uuid": "UIDs under 2.25",
    "bad": "UIDs with a leading zero",
}


def measure(setting: Setting) -> list[Finding]:
    """Of three kinds, as seconds for a million; three times as many a second is a third of the time."""
    home = setting.place.fresh_home()
    goal = Goal(1 / 3, "ratio")
    findings = []
    for kind, name in _KINDS.items():
        mine = partial(measured, ours, home, kind=kind, count=setting.rows)
        other = partial(measured, rival, home, kind=kind, count=setting.rows)
        found, theirs = alternating(setting.runs, mine, other)
        what = f"{setting.rows:,} {name} checked"
        findings.append(Finding(what, "s", found["s"], "pydicom, UID(x).is_valid", theirs["s"], goal, setting.runs))
    return findings


def ours(kind: str, count: int) -> Figures:
    """Seconds for all of them."""
    uids = made(kind, count)
    begun = time.perf_counter()
    good = sum(map(is_uid, uids))
    return {"s": time.perf_counter() - begun, "good": good}


def rival(kind: str, count: int) -> Figures:
    """Seconds for all of them."""
    warnings.simplefilter("ignore")
    uids = made(kind, count)
    begun = time.perf_counter()
    good = sum(UID(text).is_valid for text in uids)
    return {"s": time.perf_counter() - begun, "good": good}


def made(kind: str, count: int) -> list[str]:
    """So many UIDs of a kind."""
    if kind == "uuid":
        dice = random.Random(count)  # noqa: S311 (the same at each run)
        return [f"2.25.{dice.getrandbits(128)}" for _ in range(count)]
    end = ".07" if kind == "bad" else ""
    return [f"{ROOT}.2.{int(serial(index))}{end}" for index in range(count)]
