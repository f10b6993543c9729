"""How often each verdict, release and installation was met. What is kept grows with them, not with the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from uidmanager.core.errors import Severity
from uidmanager.core.scanning.rows import verdicts_of
from uidmanager.core.scanning.verdicts import MEANINGS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.records import Installation, Release
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row
    from uidmanager.core.scanning.verdicts import Judgement

_Key = TypeVar("_Key")
SUMMARY_FIELDS: Final = ("section", "what", "state", "files")
"""The columns of a summary."""


class Tally:
    """Counts judged files. ``files`` is how many there were, ``faulty`` how many of them have something wrong."""

    def __init__(self) -> None:
        self.files = 0
        self.faulty = 0
        self.verdicts: dict[Verdict, int] = {}
        self._releases: dict[Release, int] = {}
        self._installations: dict[Installation, int] = {}

    def add(self, judgement: Judgement) -> None:
        """Count one more file."""
        self.files += 1
        self.faulty += judgement.severity is Severity.ERROR
        self._count(judgement.verdicts)
        if judgement.release is not None:
            self._releases[judgement.release] = self._releases.get(judgement.release, 0) + 1
        if judgement.installation is not None:
            self._installations[judgement.installation] = self._installations.get(judgement.installation, 0) + 1

    def change(self, before: Row, after: Row) -> None:
        """A file that was counted comes to something else now."""
        self.faulty += (after["severity"] == Severity.ERROR) - (before["severity"] == Severity.ERROR)
        self._count(verdicts_of(before), -1)
        self._count(verdicts_of(after))

    def rows(self, registry: Registry) -> list[Row]:
        """The summary: all verdicts that were met, then the releases and the installations, the most frequent first."""
        made: list[Row] = [
            _row("verdict", MEANINGS[verdict], verdict.value, self.verdicts[verdict])
            for verdict in Verdict
            if self.verdicts.get(verdict)
        ]
        for release, files in _by_count(self._releases):
            product = registry.product(release.product)
            name = product.name if product else str(release.product)
            made.append(_row("release", f"{name} {release.version}", release.state.value, files))
        for installation, files in _by_count(self._installations):
            made.append(_row("installation", installation.serial, installation.state.value, files))
        return made

    def _count(self, verdicts: Iterable[Verdict], by: int = 1) -> None:
        for verdict in verdicts:
            self.verdicts[verdict] = self.verdicts.get(verdict, 0) + by


def _row(section: str, what: str, state: str, files: int) -> Row:
    return {"section": section, "what": what, "state": state, "files": files}


def _by_count(counts: dict[_Key, int]) -> list[tuple[_Key, int]]:
    return sorted(counts.items(), key=lambda item: -item[1])
