"""A folder of images scanned, against a plain loop of pydicom's over their headers; and the memory that takes."""

from __future__ import annotations

import resource
import time
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pydicom
from pydicom.data import get_testdata_file
from pydicom.uid import UID

from tests.benchmarks.data import ROOT
from tests.benchmarks.probe import Figures, measured
from tests.benchmarks.results import Finding, Goal, alternating
from tests.benchmarks.stations import opened
from uidmanager.dicom.names import DicomNames
from uidmanager.dicom.scan import Scan

if TYPE_CHECKING:
    from tests.benchmarks.setting import Setting

_ROWS_A_FILE: Final = 50  # 20,000 files where a million installations are measured
_FEWEST: Final = 20
_SIZE: Final = 1000  # installations, of which the files are
_TENTH: Final = 10
_KB: Final = 1024
_RUNS: Final = 3


def measure(setting: Setting) -> list[Finding]:
    """The whole scan with its processes, its verdicts and its look for duplicates, against reading alone."""
    place, home = setting.place, setting.place.fresh_home()
    count = max(_FEWEST, setting.rows // _ROWS_A_FILE)
    folder, few = place.scratch("images"), place.scratch("few")
    plant(folder, count)
    plant(few, max(1, count // _TENTH))
    scan = partial(measured, ours, home, ledger=place.data(_SIZE).ledger)
    runs = min(_RUNS, setting.runs)
    found, theirs = alternating(runs, partial(scan, folder=folder), partial(measured, rival, home, folder=folder))
    of_few = scan(folder=few)
    plain = "pydicom, a loop of dcmread(stop_before_pixels=True)"
    what = f"memory of a scan of {count:,} files"
    return [
        Finding(f"{count:,} files scanned", "s", found["s"], plain, theirs["s"], Goal(0.5, "ratio"), runs),
        Finding(f"{what}, MB", "MB", found["MB"], "of a tenth of them", of_few["MB"], Goal(1.15, "ratio"), runs),
        Finding(f"{what}, its largest process", "MB", found["process MB"], runs=runs),
    ]


def plant(folder: Path, count: int) -> None:
    """So many CT images, each with a SOP Instance UID of its own, ten in each hundred files of one machine."""
    folder.mkdir()
    image = pydicom.dcmread(str(get_testdata_file("CT_small.dcm")))
    uid = UID(f"{ROOT}.2.420489.{'8' * 9}")
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = uid
    image.save_as(folder / "first.dcm")
    content = (folder / "first.dcm").read_bytes()
    for number in range(count):
        own = content.replace(uid.encode(), f"{ROOT}.2.420489.{10**8 + number}".encode())
        (folder / f"{number:06}.dcm").write_bytes(own)
    (folder / "first.dcm").unlink()


def ours(ledger: str, folder: str) -> Figures:
    """Seconds of the scan, megabytes of this process and of the largest of those that read."""
    with opened(ledger).look() as registry:
        scan = Scan([folder], registry.still(), DicomNames())
    begun = time.perf_counter()
    scan.run()
    seconds = time.perf_counter() - begun
    if scan.tally.files != scan.done or not scan.is_whole:
        raise RuntimeError(scan.summary())
    scan.close()
    mine, other = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"s": seconds, "MB": mine / _KB, "process MB": other / _KB}


def rival(folder: str) -> Figures:
    """Seconds of the loop."""
    warnings.simplefilter("ignore")
    files = sorted(Path(folder).iterdir())
    begun = time.perf_counter()
    for file in files:
        pydicom.dcmread(file, stop_before_pixels=True)
    return {"s": time.perf_counter() - begun}
