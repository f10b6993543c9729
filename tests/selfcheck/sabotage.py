"""What each check guards, broken on purpose: the program, never the check."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from uidmanager.app.selfcheck import rules
from uidmanager.app.service import Service
from uidmanager.core import scheme
from uidmanager.core.events import InstallationAssigned
from uidmanager.core.registry import Registry
from uidmanager.core.rules import assigning, serials
from uidmanager.laboratory import bench
from uidmanager.laboratory import scratch as laboratories
from uidmanager.stores import jsonl, keeping, mending
from uidmanager.stores.lock import LedgerLock
from uidmanager.stores.replica import Replica
from uidmanager.stores.seen import StationMemory
from uidmanager.stores.writing import LedgerFile
from uidmanager.writers import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

    from uidmanager.core.barcodes import Read, ScannerSettings
    from uidmanager.core.decision import Decision
    from uidmanager.core.events import NewEntry
    from uidmanager.core.labels.contents import Content
    from uidmanager.core.labels.matrix import Matrix
    from uidmanager.core.reports import Report
    from uidmanager.stores.copies import Copy
    from uidmanager.stores.filesystem import FileSystem
    from uidmanager.writers.formats import Format
    from uidmanager.writers.stamp import Stamp

# Taken up by each process of Python that starts with its folder on the path.
_BOASTER: Final = '''
from uidmanager.app.service import Receipt, Service

submit = Service.submit

def boast(service, draft, shown=None):
    """Acknowledges an entry that was never written."""
    return Receipt(service.preview(draft)) if draft.serials[0].endswith("3") else submit(service, draft, shown)

Service.submit = boast
'''


class Sabotage(NamedTuple):
    """Which check must see it, by words of its title; what is broken; what the check must find; how it is broken."""

    check: str
    what: str
    found: str
    do: Callable[[pytest.MonkeyPatch, Path], None]


def _takes_any_uid(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(rules, "is_uid", lambda _text: True)


def _refuses_any_uid(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(rules, "is_uid", lambda _text: False)


def _keeps_zeros(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(scheme, "without_zeros", lambda digits: digits)


def _writes_something_else(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    whole = Service._entry

    def entry(service: Service, entry_id: str, reason: str | None, decision: Decision) -> NewEntry:
        made = whole(service, entry_id, reason, decision)
        is_installation = isinstance(made.events[0], InstallationAssigned)
        return structs.replace(made, events=made.events[:-1]) if is_installation else made

    patch.setattr(Service, "_entry", entry)


def _gives_one_number_to_all(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(serials, "read_serial", lambda text: scheme.Reading(text, "7"))


def _forgets_what_it_gave(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(Registry, "installation", lambda _registry, _component: None)


def _flushes_nothing(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    whole = LedgerFile.append

    def append(file: LedgerFile, line: bytes, offset: int) -> object:
        with patch.context() as unflushed:
            unflushed.setattr(laboratories.CountingFiles, "flush", lambda _files, _handle: None)
            return whole(file, line, offset)

    patch.setattr(LedgerFile, "append", append)


def _throws_the_torn_tail_away(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(jsonl, "set_aside", lambda file, offset, _at: file.cut(offset) or "gone")


def _has_a_chain_that_covers_nothing(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    for module in ("chain", "codec"):
        patch.setattr(f"uidmanager.stores.{module}.link", lambda _before, _line: "0" * 64)


def _remembers_nothing(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(StationMemory, "recall", lambda _memory, _registry: None)


def _locks_nothing(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    @contextmanager
    def open_to_all(_lock: LedgerLock, _holder: object) -> Iterator[None]:
        yield

    patch.setattr(LedgerLock, "held", open_to_all)


def _names_no_holder(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(LedgerLock, "_who_holds", lambda _lock: "?")


def _boasts_in_other_processes(patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "sitecustomize.py").write_text(_BOASTER, encoding="utf-8")
    patch.setenv("PYTHONPATH", str(folder))


def _leaves_out_a_row_of(form: str) -> Callable[[pytest.MonkeyPatch, Path], None]:
    whole = formats.render

    def render(report: Report, wanted: Format, stamp: Stamp) -> bytes:
        rows = report.rows[:-1] if wanted == form else report.rows
        return whole(structs.replace(report, rows=rows), wanted, stamp)

    return lambda patch, _folder: patch.setattr(laboratories, "render", render)


def _backs_up_one_line(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    def place(_files: FileSystem, copy: Copy, _beside: Path, path: Path) -> None:
        path.write_bytes(copy.path.read_bytes().partition(b"\n")[0] + b"\n")

    patch.setattr(keeping, "place_new", place)


def _keeps_no_copy(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(Replica, "extend", lambda *_arguments: None)


def _throws_the_damaged_file_away(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    whole = mending.put_in_place

    def put(files: FileSystem, copy: Copy, beside: Path, path: Path, aside: Path) -> Path:
        kept = whole(files, copy, beside, path, aside)
        kept.write_bytes(b"")
        return kept

    patch.setattr(keeping, "put_in_place", put)


def _forgets_what_was_scanned(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    patch.setattr(assigning, "_with_read", lambda verdict, _read: verdict)


def _takes_the_lot_for_the_serial(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    whole = bench.read

    def other(text: str, settings: ScannerSettings) -> Read:
        return structs.replace(whole(text, settings), serial="7")

    patch.setattr(bench, "read", other)


def _prints_the_code_of_another(patch: pytest.MonkeyPatch, _folder: Path) -> None:
    whole = bench.matrix_of

    def other(content: Content) -> Matrix:
        return whole(structs.replace(content, text=content.text.replace("100417", "100418")))

    patch.setattr(bench, "matrix_of", other)


_HALVER: Final = """
from uidmanager.app.service import Service

entry = Service._entry

def half(service, entry_id, reason, decision):
    from msgspec import structs
    made = entry(service, entry_id, reason, decision)
    return structs.replace(made, events=made.events[:100])

Service._entry = half
"""


def _writes_half_of_each_table(patch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "sitecustomize.py").write_text(_HALVER, encoding="utf-8")
    patch.setenv("PYTHONPATH", str(folder))


SABOTAGES: Final = (
    Sabotage("PS3.5", "every text is a UID", "0 of 7 bad ones", _takes_any_uid),
    Sabotage("PS3.5", "no text is a UID", "0 of 3 good ones", _refuses_any_uid),
    Sabotage("becomes root.2.372764", "zeros stay in the number", ".2.0372764", _keeps_zeros),
    Sabotage("what the preview showed", "the entry leaves out what was shown", "2 of 3", _writes_something_else),
    Sabotage("No number is given twice", "all serials have one number", "20 serials, 1 UIDs", _gives_one_number_to_all),
    Sabotage("No number is given twice", "what was given is forgotten", "again wrote an entry", _forgets_what_it_gave),
    Sabotage("flushed to the disk", "nothing is flushed", "not flushed", _flushes_nothing),
    Sabotage("torn last write", "the torn tail is thrown away", "torn bytes gone", _throws_the_torn_tail_away),
    Sabotage("changed byte", "the chain covers nothing", "nothing was noticed", _has_a_chain_that_covers_nothing),
    Sabotage("cut off", "the station remembers nothing", "nothing was noticed", _remembers_nothing),
    Sabotage("lock of another process", "the lock locks nothing", "written although", _locks_nothing),
    Sabotage("lock of another process", "the lock names nobody", "holder not named", _names_no_holder),
    Sabotage(
        "killed while it writes",
        "an entry is acknowledged and not written",
        "1 acknowledged UIDs lost",
        _boasts_in_other_processes,
    ),
    Sabotage("report is written", "the CSV lacks a row", "other rows", _leaves_out_a_row_of("csv")),
    Sabotage("report is written", "the JSON lacks a row", "other rows", _leaves_out_a_row_of("json")),
    Sabotage("backup is written", "the backup holds the first line only", "other entries", _backs_up_one_line),
    Sabotage("backup is written", "the station keeps no copy", "no good copy has it", _keeps_no_copy),
    Sabotage("scan becomes", "what was scanned is not kept", "without the scan", _forgets_what_was_scanned),
    Sabotage("scan becomes", "another serial is taken from it", ".2.7 of Console", _takes_the_lot_for_the_serial),
    Sabotage(
        "codes on labels", "one code says another serial", "“100417” read as “100418”", _prints_the_code_of_another
    ),
    Sabotage("taken over whole", "half of each table is written", "acknowledged rows lost", _writes_half_of_each_table),
    Sabotage("backup is written", "the damaged file is thrown away", "file gone", _throws_the_damaged_file_away),
)
