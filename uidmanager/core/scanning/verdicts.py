"""What a file can turn out to be; several may be true of one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from uidmanager.core.errors import Severity
from uidmanager.core.records import Installation, Release


class Verdict(StrEnum):
    """What a file turned out to be. The values stand in reports and never change."""

    CONSISTENT = "consistent"
    NEVER_ISSUED = "never_issued"
    VERSION_NAME = "version_name"
    SERIAL = "serial"
    TOOLKIT_ROOT = "toolkit_root"
    GIVEN_UP = "given_up"
    BREAKS_RULE = "breaks_rule"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"
    VOID = "void"
    NOT_OURS = "not_ours"
    NOT_DICOM = "not_dicom"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


MEANINGS: Final = {
    Verdict.CONSISTENT: "Registered and consistent",
    Verdict.NEVER_ISSUED: "Our root, never issued",
    Verdict.VERSION_NAME: "Version name does not belong to the class UID",
    Verdict.SERIAL: "Serial in the file is another than the root's",
    Verdict.TOOLKIT_ROOT: "Root of somebody else's toolkit left in",
    Verdict.GIVEN_UP: "Number given up: it may mean something else",
    Verdict.BREAKS_RULE: "UID breaks a rule",
    Verdict.DUPLICATE: "SOP Instance UID twice with different content",
    Verdict.WITHDRAWN: "Release that is withdrawn",
    Verdict.RETIRED: "Installation that is retired",
    Verdict.VOID: "Installation that is void",
    Verdict.NOT_OURS: "Not our root",
    Verdict.NOT_DICOM: "Not DICOM",
    Verdict.UNREADABLE: "Cannot be read",
    Verdict.SKIPPED: "Not opened: a link or no plain file",
}
"""Each verdict as a heading has it."""

CONSISTENT: Final = "What it says of itself is registered so."
"""The sentence on a file of ours with nothing wrong."""


class Told(Struct, frozen=True, gc=False):
    """One verdict on a file, how much it weighs for this file, and a sentence on why."""

    verdict: Verdict
    severity: Severity
    sentence: str


class Judgement(Struct, frozen=True):
    """All that is to be said of a file; the release that wrote it and the installation it comes from, where known."""

    told: tuple[Told, ...]
    release: Release | None = None
    installation: Installation | None = None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Each once, in the order in which they are told."""
        return tuple(dict.fromkeys(told.verdict for told in self.told))

    @property
    def severity(self) -> Severity:
        """How much the heaviest of them weighs."""
        found = {told.severity for told in self.told}
        return next(each for each in (Severity.ERROR, Severity.CAUTION, Severity.NOTICE) if each in found)
