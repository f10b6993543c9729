"""Labels are being read back: scans come in, each is judged, and all are kept until the ledger has them.

A check may go on for hours, and others write meanwhile: a unit is voided, a label printed again, the same run checked
at another station. So the run is looked at anew with `Checking.renew`, and what was a match and is none any more is
noted as what it is now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.drafts import Check, Miss, NoteLabelsChecked
from uidmanager.core.label_checks import SEPARATOR, LabelVerdict, judge_scan, unit_of, without_additions
from uidmanager.core.print_runs import Standing, print_run, standing
from uidmanager.core.texts import NOTE_LENGTH, is_foreign, tidy

if TYPE_CHECKING:
    from uidmanager.core.barcodes import Read
    from uidmanager.core.print_runs import PrintRun
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry

_GS: Final = "\x1d"


class Scan(Struct, frozen=True):
    """One scan: as it is kept, what it is, of which unit, and a sentence for who scanned it.

    ``verdict`` is None where it only said which unit is in hand; such a scan is not written down.
    """

    scanned: str
    verdict: LabelVerdict | None
    component: str | None
    sentence: str

    @property
    def is_match(self) -> bool:
        """Whether it was of a right label, for the first time."""
        return self.verdict is LabelVerdict.MATCH


class Checking:
    """The check of one print run. ``units_first``: each unit is scanned before its label.

    ``scans`` has all there were, ``in_hand`` the component of the unit that was scanned and whose label is due.
    """

    def __init__(self, run: PrintRun, *, units_first: bool = False) -> None:
        self.run = run
        self.units_first = units_first
        self.in_hand: str | None = None
        self.scans: list[Scan] = []
        self._said_by_unit = ""
        self._done: set[str] = set()
        self._written = 0

    @property
    def standing(self) -> Standing:
        """How far the run is, with what is not written yet."""
        return standing(self.run, self._done)

    @property
    def missing(self) -> list[str]:
        """The components whose label is yet to be read back, in the order printed."""
        return [component for component in self.run.missing if component not in self._done]

    @property
    def is_complete(self) -> bool:
        """Whether every label is read back, or needs not be any more."""
        return not self.standing.missing

    @property
    def unwritten(self) -> int:
        """How many scans are to be written down and are not yet."""
        return sum(scan.verdict is not None for scan in self.scans[self._written :])

    def take(self, registry: Registry, scanned: str, read: Read | None = None) -> Scan | None:
        """Take in what a scanner sent; None where it sent nothing. ``read`` is what a serial was taken from it as."""
        kept = as_kept(scanned)
        if not kept:
            return None
        is_of_unit = self.units_first and self.in_hand is None
        scan = self._unit(registry, kept, read) if is_of_unit else self._label(registry, kept, read)
        self.scans.append(scan)
        if scan.is_match and scan.component is not None:
            self._done.add(scan.component)
        return scan

    def put_down(self) -> None:
        """The unit in hand is laid aside: the next scan is of another."""
        self.in_hand = None

    def draft(self, registry: Registry, reason: str | None = None) -> tuple[NoteLabelsChecked, int]:
        """What is not written yet, as it is to be written, and how many scans there were then: see `wrote`."""
        checks: list[Check] = []
        misses: list[Miss] = []
        lapsed = self.run.void | self.run.replaced
        for scan in self.scans[self._written :]:
            unit = None if scan.component is None else registry.installation(scan.component)
            if scan.is_match and unit is not None and unit.component not in lapsed:
                checks.append(Check(unit.serial, scan.scanned))
            elif scan.verdict is not None:
                verdict = LabelVerdict.NOT_IN_BATCH if scan.is_match else scan.verdict
                misses.append(Miss(scan.scanned, verdict.value))
        return NoteLabelsChecked(self.run.entry, tuple(checks), tuple(misses), reason), len(self.scans)

    def wrote(self, count: int) -> None:
        """The first so many scans are in the ledger."""
        self._written = count

    def renew(self, registry: Registry) -> None:
        """Look at the run as it is now: something was written, here or elsewhere."""
        self.run = print_run(registry, self.run.entry) or self.run

    # -- one scan ----------------------------------------------------------------------------------------------------

    def _label(self, registry: Registry, kept: str, read: Read | None) -> Scan:
        said = without_additions(kept)
        if self.in_hand is not None and said == self._said_by_unit != self.run.codes[self.in_hand]:
            return Scan(kept, None, self.in_hand, "This was the unit again. Now scan the label on it.")
        serial = "" if read is None else read.serial
        judged = judge_scan(registry, self.run, kept, self._done, self.in_hand, serial)
        if judged.verdict in {LabelVerdict.MATCH, LabelVerdict.TWICE}:
            self.in_hand = None
        return Scan(kept, judged.verdict, judged.component, judged.sentence)

    def _unit(self, registry: Registry, kept: str, read: Read | None) -> Scan:
        said = without_additions(kept)
        unit = unit_of(registry, self.run, said, "" if read is None else read.serial)
        if unit is not None and unit.component not in self.run.codes:
            sentence = f"Unit {unit.serial} is not in this batch. Lay it aside."
            return Scan(kept, LabelVerdict.NOT_IN_BATCH, unit.component, sentence)
        if unit is None or unit.component in self.run.void | self.run.replaced:
            judged = judge_scan(registry, self.run, unit.uid if unit else kept, ())
            return Scan(kept, judged.verdict, judged.component, judged.sentence)
        product = None if unit.product is None else registry.product(unit.product)
        if read is not None and read.gtin and product is not None and product.gtin not in {None, read.gtin}:
            sentence = f"The unit says GTIN {read.gtin}, but {unit.serial} is a {product.name}, GTIN {product.gtin}."
            return Scan(kept, LabelVerdict.WRONG_UNIT, unit.component, f"{sentence} Lay it aside, and find out why.")
        return self._taken_in_hand(kept, said, unit)

    def _taken_in_hand(self, kept: str, said: str, unit: Installation) -> Scan:
        self.in_hand, self._said_by_unit = unit.component, said
        return Scan(kept, None, unit.component, f"Unit {unit.serial}. Now scan its label.")


def as_kept(scanned: str) -> str:
    """What a scanner sent as a line of text that a ledger can hold, whatever it was; the separator is seen."""
    text = tidy(scanned.strip("\r\n").replace(_GS, SEPARATOR))
    if any(map(is_foreign, text)):
        text = "".join(_escaped(character) if is_foreign(character) else character for character in text)
    return text if len(text) <= NOTE_LENGTH else f"{text[: NOTE_LENGTH - 1]}…"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
