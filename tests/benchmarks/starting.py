"""Cold starts: commands against ``python -c pass`` in user and system time, the window against an empty one of Qt's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.data import ROOT, serial
from tests.benchmarks.probe import Figures, environment
from tests.benchmarks.results import MS, Finding, Goal, alternating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.setting import Setting

SIZE: Final = 1000
_TIMES: Final = 4  # so many times as often as other measurements, since these are short
_PROGRAM: Final = Path(sys.executable).with_name("uidmanager")
_COMMAND: Final = [str(_PROGRAM)] if _PROGRAM.exists() else [sys.executable, "-m", "uidmanager"]
_TELL: Final = """
import json, os, time
def tell(*_):
    print(json.dumps({"at": time.clock_gettime(time.CLOCK_MONOTONIC), "ms": 1000 * time.process_time()}), flush=True)
    os._exit(0)
"""
_EMPTY: Final = f"""{_TELL}
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        tell()
app = QApplication([])
app.setStyle("Fusion")
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""
_OURS: Final = f"""{_TELL}
import sys
from uidmanager.gui.main_window import MainWindow
made = MainWindow.__init__
def make(self, *arguments):
    made(self, *arguments)
    self.SIGNAL.connect(tell)
MainWindow.__init__ = make
sys.argv = ["uidmanager"]
from uidmanager.__main__ import main
main()
"""


def measure(setting: Setting) -> list[Finding]:
    """On a registry of a thousand."""
    ledger, home = setting.place.copy(SIZE)
    env = {**environment(home), "UIDMANAGER_LEDGER": str(ledger)}
    for warm_up in (["--version"], ["identify", "1.2.3"], ["assign", _fresh()]):
        command(warm_up, env)
    runs = _TIMES * setting.runs
    return [*_commands(env, runs), *_windows(env, runs)]


def _commands(env: dict[str, str], runs: int) -> list[Finding]:
    uid = f"{ROOT}.2.{int(serial(SIZE // 2))}"
    names = {"--version": 4.0, "identify": 8.0, "assign": 8.0}
    bare, *found = alternating(
        runs,
        partial(worked, [sys.executable, "-c", "pass"], env),
        partial(command, ["--version"], env),
        partial(command, ["identify", uid], env),
        lambda: command(["assign", _fresh()], env),
    )
    findings = []
    for (name, most), figures in zip(names.items(), found, strict=True):
        goal = Goal(most, "ratio")
        rival = "python -c pass"
        findings.append(Finding(f"uidmanager {name}, work", "ms", figures["work"], rival, bare["work"], goal, runs))
        findings.append(Finding(f"uidmanager {name}, time", "ms", figures["time"], rival, bare["time"], None, runs))
    for name in names:
        more = {"--version": [], "identify": [uid], "assign": [_fresh()]}[name]
        findings.append(Finding(f"uidmanager {name}, modules loaded", "modules", modules([name, *more], env)))
    return findings


def _windows(env: dict[str, str], runs: int) -> list[Finding]:
    painted, empty = alternating(
        runs,
        partial(told, _OURS.replace("SIGNAL", "painted"), env),
        partial(told, _EMPTY, env),
    )
    ready = alternating(max(1, runs // 4), partial(told, _OURS.replace("SIGNAL", "registry_shown"), env))[0]
    rival = "an empty QMainWindow in the same style"
    goal = Goal(1.25, "ratio")
    return [
        Finding("window painted, time", "ms", painted["time"], rival, empty["time"], goal, runs),
        Finding("window painted, work", "ms", painted["work"], rival, empty["work"], goal, runs),
        Finding(f"registry of {SIZE:,} in the window, time", "ms", ready["time"], rival, empty["time"], None, runs),
    ]


def command(arguments: Sequence[str], env: dict[str, str]) -> Figures:
    """What a command takes."""
    return worked([*_COMMAND, *arguments], env)


def worked(arguments: Sequence[str], env: dict[str, str]) -> Figures:
    """Milliseconds of user and system time of a process, and from its start to its end."""
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments[1:]} ended with {process.returncode}")
    return {"work": MS * (usage.ru_utime + usage.ru_stime), "time": MS * taken}


def told(script: str, env: dict[str, str]) -> Figures:
    """Milliseconds from the start of a process to what it tells, and its work until then."""
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, encoding="utf-8", check=True)
    figures = json.loads(done.stdout)
    return {"time": MS * (figures["at"] - begun), "work": figures["ms"]}


def modules(arguments: Sequence[str], env: dict[str, str]) -> int:
    """How many modules a command has loaded."""
    entry = ["-m", "uidmanager"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *entry, *arguments],
        env=env, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return sum(line.startswith("import time:") for line in done.stderr.splitlines())


def _fresh() -> str:
    """A serial that was not assigned yet."""
    return str(time.time_ns())
