"""What a keystroke costs in the window, with few installations and with many.

python -m tests.benchmarks.keystroke                       sizes 10, 10,000 and 100,000
python -m tests.benchmarks.keystroke --sizes 10 1000000    others
python -m tests.benchmarks.keystroke --json FILE           the figures as JSON beside the table

All sizes are measured in one run, drawn in memory; the ratios to the smallest size are what can be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt, qVersion
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from uidmanager.app.service import Service
from uidmanager.bootstrap import make_desk
from uidmanager.core import drafts as d
from uidmanager.gui.main_window import MainWindow, WindowState
from uidmanager.gui.table_models import TableModel
from uidmanager.gui.tables.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = "1.2.826.0.1.3680043.2.50"
BATCH: Final = 10_000
ROUNDS: Final = 60
FRAME_MS: Final = 1000 / 60
Figures = dict[str, float]
Child = TypeVar("Child", bound=QWidget)


def main(arguments: list[str]) -> int:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 10_000, 100_000])
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory(prefix="uidmanager-keystroke-") as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = os.environ["XDG_DATA_HOME"] = folder
        found = {size: measure(Path(folder) / f"{size}.jsonl", size) for size in wanted.sizes}
    del app
    print(table(found))
    if wanted.json:
        wanted.json.write_text(json.dumps({"machine": machine(), "milliseconds": found}, indent=2) + "\n", "utf-8")
    return 0


def machine() -> str:
    """What the figures depend on, as far as it can be said without naming a machine."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, Qt {qVersion()}, {sys.platform}"


def measure(place: Path, size: int) -> Figures:
    """All figures for a registry of this size, in milliseconds."""
    desk = make_desk()
    service = Service(desk.ledger_at(str(place)), desk.world)
    service.found(d.FoundRegistry(ROOT, "Benchmark"))
    service.submit(d.RegisterProduct("CT Console", code="CT"))
    for start in range(0, size, BATCH):
        serials = tuple(f"{1_000_000 + number:08}" for number in range(start, min(start + BATCH, size)))
        service.submit(d.AssignInstallations(serials, "CT Console"))
    window = MainWindow(desk, WindowState())
    window.resize(1280, 800)
    window.show()
    begun = time.perf_counter()
    window.open_ledger(str(place))
    wait(lambda: stocked(window) >= size)
    figures = {"open and fill the window": 1000 * (time.perf_counter() - begun)}
    figures |= in_the_form(window, service)
    figures |= in_the_table(window, size)
    window.close()
    QApplication.processEvents()
    return figures


def in_the_form(window: MainWindow, service: Service) -> Figures:
    """The preview alone, and a key in the serial's field until it is drawn."""
    serial = child(window, QLineEdit, "serial_edit")
    previews = timed(lambda: service.preview(d.AssignInstallations(("0372764",), "CT Console")), ROUNDS * 10)
    serial.clear()

    def key() -> None:
        QTest.keyClick(serial, Qt.Key.Key_7)
        window.repaint()
        QApplication.processEvents()

    keys = timed(key, 8, between=None)
    return {
        "preview of a serial": statistics.median(previews),
        "preview of a serial, worst of 100": sorted(previews)[-len(previews) // 100],
        "key to repaint": statistics.median(keys),
        "key to repaint, worst": max(keys),
    }


def in_the_table(window: MainWindow, size: int) -> Figures:
    """Filtering, scrolling and one row more."""
    page = window.findChild(QWidget, "installations_page")
    assert page is not None
    edit = next(each for each in page.findChildren(QLineEdit) if "filter" in each.objectName())
    view = child(window, RecordTable, "installations_table")

    def narrow() -> None:
        edit.setText("99" if edit.text() != "99" else "9")
        QApplication.processEvents()

    filters = timed(narrow, 12)
    edit.clear()
    QApplication.processEvents()
    place = QPointF(view.viewport().rect().center())

    def scroll() -> None:
        wheel = QWheelEvent(
            place,
            QPointF(view.viewport().mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), wheel)
        view.viewport().repaint()

    scrolls = timed(scroll, ROUNDS)
    rows = stocked(window)
    serial = child(window, QLineEdit, "serial_edit")

    def assign() -> None:
        nonlocal rows
        serial.setText(str(50_000_000 + size + rows))
        QTest.keyClick(serial, Qt.Key.Key_Return)
        rows += 1
        wait(lambda: stocked(window) >= rows)

    return {
        "filter, one key": statistics.median(filters),
        "scroll three rows": statistics.median(scrolls),
        "scroll, worst": max(scrolls),
        "Enter to the new row (fsync included)": statistics.median(timed(assign, 20)),
    }


def timed(work: Callable[[], object], rounds: int, between: Callable[[], object] | None = None) -> list[float]:
    """How long each round took, in milliseconds."""
    work()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
        if between is not None:
            between()
    return taken


def stocked(window: MainWindow) -> int:
    """How many installations the window's table holds."""
    view = window.findChild(RecordTable, "installations_table")
    model = view.model() if view is not None else None
    return model.total if isinstance(model, TableModel) else -1


def wait(condition: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    while not condition():
        QApplication.processEvents()


def child(window: MainWindow, kind: type[Child], name: str) -> Child:
    """A widget of the window by its name."""
    found = window.findChild(kind, name)
    assert found is not None
    return found


def table(found: dict[int, Figures]) -> str:
    """The figures, and beside those of the larger registries their ratio to the smallest."""
    first, *others = found
    heads = [f"{first:,}", *(text for size in others for text in (f"{size:,}", "ratio"))]
    lines = [f"| {machine()}; milliseconds | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, base in found[first].items():
        cells = [f"{base:.3f}"]
        for size in others:
            cells += [f"{found[size][name]:.3f}", f"{found[size][name] / base:.2f}"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"A frame at 60 a second is {FRAME_MS:.1f} ms."])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
