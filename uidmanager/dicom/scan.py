"""A scan: files are found, read, judged and kept as rows; then those that share a SOP Instance UID are compared.

What is kept in memory grows with the releases and installations that are met, not with the files. A scan that is
stopped, by whatever the progress raises, has the rows it had until then.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import no_progress
from uidmanager.core.scanning import Facts, Judge, Outcome, Tally, row_of
from uidmanager.core.texts import in_whole_characters
from uidmanager.dicom.archives import PLAIN
from uidmanager.dicom.serving import Answered, Job
from uidmanager.dicom.spool import Spool
from uidmanager.dicom.tree import items_below
from uidmanager.dicom.workers import Ended, Workers, workers_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from uidmanager.app.ports import Progress
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row
    from uidmanager.dicom.workers import Told

_FEW: Final = 50
_SOME: Final = 1000
_RATE_AFTER_S: Final = 1.0
_MINUTE: Final = 60
_LONG_S: Final = 3600.0  # for the content of one file, which may be large and far away
_REST: Final = 1 << 40  # a place behind all members of an archive, for what is said of the rest of it


class Scan:
    """One scan of some paths. The registry must hold still meanwhile.

    ``found`` is how many files and folders there were, ``done`` how many of them were read, ``is_whole`` whether all
    were, and compared. ``seconds`` is how long it took. To be closed in the end. ``paths`` are those it was asked for.
    """

    def __init__(self, paths: Iterable[str], registry: Registry, dicom_names: Mapping[str, str]) -> None:
        self.registry = registry
        self.tally = Tally()
        self.spool = Spool()
        self.found = 0
        self.done = 0
        self.is_whole = False
        self.seconds = 0.0
        self.paths = tuple(paths)
        self._judge = Judge(registry, dicom_names)

    def run(self, progress: Progress = no_progress) -> None:
        """Do it. Raises what ``progress`` raises, `NoRoomError`, `WorkersFailedError`."""
        begun = time.monotonic()
        try:
            self._find(progress)
            self._read(progress)
            self._compare(progress)
            self.is_whole = True
        finally:
            self.seconds = time.monotonic() - begun

    def close(self) -> None:
        """Let the rows go."""
        self.spool.close()

    def summary(self) -> list[Row]:
        """How often each verdict, release and installation was met: see `Tally.rows`."""
        return self.tally.rows(self.registry)

    # -- the three rounds --------------------------------------------------------------------------------------------

    def _find(self, progress: Progress) -> None:
        """Number all files before the first is read, so that it can be told how many are left."""
        files: list[tuple[int, bytes, bool]] = []
        known: list[tuple[int, str, Facts]] = []
        for item in items_below(self.paths):
            self.found += 1
            files.append((self.found, os.fsencode(item.path), item.facts is None))
            if item.facts is not None:
                known.append((self.found, item.path, item.facts))
            if self.found % _FEW == 0:
                progress(f"Looking for files: {self.found:,}", 0.0)
            if len(files) >= _SOME:
                self._take_files(files, known)
        self._take_files(files, known)

    def _take_files(self, files: list[tuple[int, bytes, bool]], known: list[tuple[int, str, Facts]]) -> None:
        self.spool.add_files(files)
        self.spool.add_rows([self._row(*each) for each in known])
        self.done += len(known)
        files.clear()
        known.clear()

    def _read(self, progress: Progress) -> None:
        jobs = (Job(number, path) for number, path in self.spool.unread())
        left = self.found - self.done
        if not left:
            return
        pace = _Pace("Reading", self.done, self.found)
        with Workers(jobs, workers_for(left)) as workers:
            for answers in workers.answers():
                self.spool.add_rows([self._row(*each) for each in _facts(answers)])
                self.done += _finished(answers)
                progress(*pace.at(self.done))

    def _compare(self, progress: Progress) -> None:
        """Read the content of files only where a SOP Instance UID is met twice."""
        count = self.spool.seek_twice()
        if not count:
            return
        jobs = (Job(number, path, members) for number, path, members in self.spool.twice())
        pace = _Pace("Comparing", 0, count)
        done = 0
        with Workers(jobs, workers_for(count), batch=8, patience=_LONG_S) as workers:
            for answers in workers.answers():
                self.spool.add_hashes(_hashes(answers))
                done += _finished(answers)
                progress(*pace.at(done))
        for before, after in self.spool.mark_duplicates():
            self.tally.change(before, after)

    # -- rows --------------------------------------------------------------------------------------------------------

    def _row(self, number: int, path: str, facts: Facts) -> tuple[int, int, Row, str | None]:
        judgement = self._judge(facts)
        self.tally.add(judgement)
        row = row_of(self.registry, in_whole_characters(path), facts, judgement)
        counts = facts.outcome is Outcome.DICOM and facts.sop_instance_uid
        member = facts.number if facts.member or facts.number else PLAIN
        return number, member, row, facts.sop_instance_uid if counts else None


def _facts(answers: Iterable[Told]) -> Iterator[tuple[int, str, Facts]]:
    for job, each in answers:
        if isinstance(each, Ended):
            yield job.number, os.fsdecode(job.path), Facts(Outcome.UNREADABLE, each.why, number=_REST)
        elif each.facts is not None:
            yield job.number, os.fsdecode(job.path), each.facts


def _hashes(answers: Iterable[Told]) -> Iterator[tuple[int, int, str]]:
    for job, each in answers:
        if isinstance(each, Answered) and each.hash is not None:
            yield job.number, each.member, each.hash


def _finished(answers: Iterable[Told]) -> int:
    """How many jobs are done with these."""
    return sum(isinstance(each, Ended) or each.is_last for _, each in answers)


class _Pace:
    """How far a round is, how fast it goes and how long it will take at that."""

    def __init__(self, doing: str, done: int, whole: int) -> None:
        self._doing = doing
        self._first = done
        self._whole = whole
        self._begun = time.monotonic()

    def at(self, done: int) -> tuple[str, float]:
        """What `Progress` takes."""
        seconds = time.monotonic() - self._begun
        told = f"{self._doing} {done:,} of {self._whole:,} files"
        if seconds > _RATE_AFTER_S and done > self._first:
            rate = (done - self._first) / seconds
            told += f", {rate:,.0f} a second, {_lasting((self._whole - done) / rate)} left"
        return told, done / self._whole


def _lasting(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes < _MINUTE else f"{minutes // _MINUTE} h {minutes % _MINUTE} min"
