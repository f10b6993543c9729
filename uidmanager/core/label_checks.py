"""Reading labels back: whether a scan is of the label that was printed for a unit (21 CFR 820.45).

What a scanner sends is compared with what the label was made to say, character by character; only what scanners add
themselves, the AIM identifier in front and a separator at the very beginning, is taken off before.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.records import State
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Collection

    from uidmanager.core.print_runs import PrintRun
    from uidmanager.core.records import Installation
    from uidmanager.core.registry import Registry

SEPARATOR: Final = "␝"
_ADDED: Final = re.compile(rf"\][A-Za-z][0-9A-Za-z]{SEPARATOR}?|{SEPARATOR}")
_GS1: Final = re.compile(r"01([0-9]{14})21(.+)")


class LabelVerdict(StrEnum):
    """What a scan at a check of labels is."""

    MATCH = "match"
    WRONG_UNIT = "wrong unit"
    NOT_IN_BATCH = "not in this batch"
    TWICE = "twice"


class Judged(Struct, frozen=True):
    """The verdict on one scan, of which unit it is as far as it is known, and a sentence for who holds the label."""

    verdict: LabelVerdict
    component: str | None
    sentence: str


def without_additions(scanned: str) -> str:
    """What the code itself says."""
    said = scanned.strip()
    added = _ADDED.match(said)
    return said[added.end() :] if added else said


def is_right(scanned: str, code: str, unit: Installation) -> bool:
    """Whether a scan is of the label of a unit whose code says ``code``: that code, or its root.

    Its bare serial is not, unless the code says just that: it stands in the code of the nameplate as well.
    """
    return without_additions(scanned) in {code, unit.uid}


def judge_scan(
    registry: Registry,
    run: PrintRun,
    scanned: str,
    done: Collection[str],
    expected: str | None = None,
    serial: str = "",
) -> Judged:
    """What a scan at the check of a print run is. ``done`` has the components that were matched before it.

    ``expected`` is the component of the unit in hand, where the unit itself was scanned first; ``serial`` is what a
    reader of barcodes took from the scan, which only tells whose label it may be, never that it is right.
    """
    said = without_additions(scanned)
    unit = unit_of(registry, run, said, serial)
    if unit is None or unit.component not in run.codes:
        return Judged(LabelVerdict.NOT_IN_BATCH, unit.component if unit else None, _not_in_batch(unit, said))
    if unit.component in run.void or unit.component in run.replaced:
        return Judged(LabelVerdict.NOT_IN_BATCH, unit.component, _no_longer(unit, run))
    if expected is not None and unit.component != expected:
        held = registry.installation(expected)
        sentence = f"This is the label of {unit.serial}, but the unit is {held.serial if held else expected}. Swap it."
        return Judged(LabelVerdict.WRONG_UNIT, unit.component, sentence)
    if not is_right(scanned, run.codes[unit.component], unit):
        return _other_code(unit, said, run.codes[unit.component])
    if unit.component in done or unit.component in run.checked:
        sentence = f"{unit.serial} was read before. If this is a second label, find the unit that lacks one."
        return Judged(LabelVerdict.TWICE, unit.component, sentence)
    return Judged(LabelVerdict.MATCH, unit.component, f"{unit.serial} is right.")


def _other_code(unit: Installation, said: str, code: str) -> Judged:
    """A code that names a unit of the run, and is not the one that was printed for it."""
    if said == unit.serial:
        sentence = f"This is the serial of {unit.serial} alone, as its nameplate has it. Scan the code on the label."
        return Judged(LabelVerdict.NOT_IN_BATCH, unit.component, sentence)
    sentence = (
        f"The label names {unit.serial}, but it says “{excerpt(said)}” where “{code}” was printed. Take it off and "
        "print it again."
    )
    return Judged(LabelVerdict.WRONG_UNIT, unit.component, sentence)


def unit_of(registry: Registry, run: PrintRun, said: str, serial: str = "") -> Installation | None:
    """The unit that a code is meant for, whether or not all of it is right; ``serial`` as for `judge_scan`."""
    if said in run.by_code:
        return registry.installation(run.by_code[said])
    prefix = f"{registry.founding.root}."
    if said.startswith(prefix):
        rest = said[len(prefix) :]
        arc, _, number = rest.partition(".")
        return registry.installation(number if arc == registry.founding.scheme.installations else rest)
    gs1 = _GS1.fullmatch(said)
    named = registry.installation_with(gs1[2].partition(SEPARATOR)[0] if gs1 else said)
    return registry.installation_with(serial) if named is None and serial else named


def _not_in_batch(unit: Installation | None, said: str) -> str:
    if unit is None:
        return f"“{excerpt(said)}” is no unit of this registry. Scan the code on the label again."
    state = "" if unit.state is State.ACTIVE else f", which is {unit.state}"
    return f"This is the label of {unit.serial}{state}; it is not in this batch. Lay it aside."


def _no_longer(unit: Installation, run: PrintRun) -> str:
    """Why a label that was printed in this run is not to be used."""
    if unit.component in run.void:
        return f"{unit.serial} is void since: nothing may carry its root. Take the label off, and destroy it."
    return f"The label of {unit.serial} was printed again since. Destroy the old one; check the new one in its own run."
