"""The inspection pack: what an inspector asks for, in one ZIP file, with a check that needs no program of ours.

The reports are made of the copy of the ledger that lies in the pack, read anew from its first line, so that they cannot
speak of another state. The check that comes with the pack is run on it before it gets its name.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.app.ports import PackMade, no_progress
from uidmanager.app.service import Service
from uidmanager.core.reports import TITLES, Kind, report
from uidmanager.diagnostics.versions import versions
from uidmanager.inspection.sealing import files_in, hash_of, pieces_of, run_check, write_sums, zip_sealed
from uidmanager.resources import resource_bytes
from uidmanager.stores.jsonl import JsonlLedger
from uidmanager.stores.keeping import JsonlKeeper
from uidmanager.stores.viewing import ViewedLedger
from uidmanager.writers.files import FileUnwritableError, write_file
from uidmanager.writers.formats import Format, render
from uidmanager.writers.pdf.paper import Paper
from uidmanager.writers.provenance import moment
from uidmanager.writers.stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress, World
    from uidmanager.core.registry import Registry

FORMATS: Final = (Format.PDF, Format.XLSX, Format.CSV, Format.JSON)
_ABOUT: Final = "about/pack.json"
_RESULT: Final = "check/result.txt"
_REPORTS_FROM, _REPORTS_TO = 0.1, 0.9
_READ_ME: Final = """\
Inspection pack of the UID registry of {organisation}

Root        {root}
Registry    {registry}
Ledger      {entries} entries, head {head}
Made        {made} by {by} at {station}, with UID Manager {app}

reports/    {reports}; each as {formats}
ledger/     the ledger itself: what the reports are made of, and the only truth
about/      pack.json: the lines above for programs; versions.txt: the program and what it ran on
check/      check.py and check.sh, which anyone can run, and what they said when the pack was made
SHA256SUMS  the hash of every file

To check the pack, with Python 3:      python3 check/check.py
To check it with shell tools alone:    sh check/check.sh
To check the ZIP file before it is unpacked:
    unzip -p PACK.zip check/check.py > check.py
    python3 check.py PACK.zip

How the chain of hashes in the ledger is made stands in UID Manager's description of the ledger format. In short: each
line begins with the SHA-256 of the hash of the line before and the rest of the line.
"""


class _About(msgspec.Struct):
    """about/pack.json."""

    registry: str
    organisation: str
    root: str
    ledger: str
    entries: int
    head: str
    made_at: str
    made_by: str
    station: str
    app: str


def inspection_pack(
    where: str,
    target: Path,
    world: World,
    *,
    paper: Paper = Paper.A4,
    replace: bool = False,
    progress: Progress = no_progress,
) -> PackMade:
    """Write the pack of a ledger into a file, whole or not at all.

    Raises a `LedgerError` where the ledger is in trouble, `BackupFailedError` where there is no room for the copy, and
    `FileError` where the file cannot be written; whatever ``progress`` raises ends the work.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="uidmanager-pack-", ignore_cleanup_errors=True) as made_for_now:
            scratch = Path(made_for_now)
            folder, packed = scratch / "pack", scratch / "pack.zip"
            progress("Copying the ledger", 0.0)
            about, registry, stamp = _take_ledger(where, folder, scratch, world)
            rows = _write_reports(registry, folder, stamp, paper, progress)
            _write_around(about, folder)
            progress("Checking the pack", _REPORTS_TO)
            _keep_result(folder)
            zip_sealed(folder, packed, stamp.made_at)
            run_check(packed)
            progress("Writing the pack", 1.0)
            write_file(target, pieces_of(packed), replace=replace)
            return PackMade(str(target), hash_of(packed), len(files_in(folder)), rows, about.entries, about.head)
    except OSError as failed:  # the target's own troubles come as FileError
        raise FileUnwritableError(target, f"in the folder for temporary files: {failed.strerror}") from failed


def _take_ledger(where: str, folder: Path, scratch: Path, world: World) -> tuple[_About, Registry, Stamp]:
    """Copy the ledger, and read the copy from its first line."""
    (folder / "ledger").mkdir(parents=True)
    copy = Path(JsonlKeeper(Path(where), world, scratch).backup(str(folder / "ledger")).where)
    service = Service(ViewedLedger(JsonlLedger(copy, world, scratch / "seen")), world)
    service.open(is_proof=True)
    if service.trouble is not None:
        raise service.trouble
    with service.look() as state:
        registry = state.still()
    stamp = stamp_of(world, verified=True)
    founding = registry.founding
    about = _About(
        founding.registry,
        founding.organisation,
        founding.root,
        copy.relative_to(folder).as_posix(),
        registry.position,
        registry.head,
        stamp.made_at,
        stamp.by,
        stamp.station,
        stamp.app,
    )
    return about, registry, stamp


class _Course:
    """Tells how far the reports are, each of them a step; the steps of one report are not told apart."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0
        self._message = ""

    def begin(self, message: str) -> None:
        """Another step."""
        self._message = message
        self._done += 1
        self.mind("", 0.0)

    def mind(self, _message: str, _fraction: float) -> None:
        """For whoever does the step: whether to go on."""
        share = self._done / (len(Kind) * (len(FORMATS) + 1))
        self._progress(self._message, _REPORTS_FROM + (_REPORTS_TO - _REPORTS_FROM) * share)


def _write_reports(registry: Registry, folder: Path, stamp: Stamp, paper: Paper, progress: Progress) -> int:
    """Every kind in every format; answers how many rows they have together."""
    rows, course = 0, _Course(progress)
    (folder / "reports").mkdir()
    for kind in Kind:
        course.begin(TITLES[kind])
        made = report(registry, kind, progress=course.mind)
        rows += len(made.rows)
        for form in FORMATS:
            course.begin(f"{TITLES[kind]} as {form.upper()}")
            content = render(made, form, stamp, course.mind, paper=paper)
            _put(folder / "reports" / f"{kind}.{form.suffix}", content)
    return rows


def _write_around(about: _About, folder: Path) -> None:
    """What is not ledger and not report."""
    titles = ", ".join(TITLES[kind].lower() for kind in Kind)
    formats = ", ".join(form.upper() for form in FORMATS)
    told = {**msgspec.structs.asdict(about), "made": moment(about.made_at), "by": about.made_by}
    _put(folder / "README.txt", _READ_ME.format(**told, reports=titles, formats=formats).encode())
    _put(folder / _ABOUT, msgspec.json.format(msgspec.json.encode(about), indent=2) + b"\n")
    _put(folder / "about" / "versions.txt", "".join(f"{name}: {value}\n" for name, value in versions()).encode())
    for name in ("check.py", "check.sh"):
        _put(folder / "check" / name, resource_bytes(f"pack/{name}"))


def _keep_result(folder: Path) -> None:
    """Run the check, and keep what it said; its own file is added to the list afterwards."""
    write_sums(folder)
    said = run_check(folder)
    _put(folder / _RESULT, f"What check.py said when the pack was made, before this file was added:\n\n{said}".encode())
    write_sums(folder)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
