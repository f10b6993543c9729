"""Files from the field against the registry: what a file tells, what that comes to, how often."""

from __future__ import annotations

from uidmanager.core.scanning.facts import Facts, Outcome
from uidmanager.core.scanning.judging import Judge
from uidmanager.core.scanning.reporting import scan_report
from uidmanager.core.scanning.rows import FIELDS, TITLES, as_duplicate, has_words, meaning_of, row_of
from uidmanager.core.scanning.tally import Tally
from uidmanager.core.scanning.verdicts import Judgement, Told, Verdict

__all__ = [
    "FIELDS",
    "TITLES",
    "Facts",
    "Judge",
    "Judgement",
    "Outcome",
    "Tally",
    "Told",
    "Verdict",
    "as_duplicate",
    "has_words",
    "meaning_of",
    "row_of",
    "scan_report",
]
