"""What the sheet says: the steps in their order, each with a picture, and what to do when something is wrong."""

from __future__ import annotations

from typing import Final, NamedTuple

TITLE: Final = "How to assign and label a unit"


class Step(NamedTuple):
    """One step: what it is called, what is to be done, which picture under ``guide/`` of the resources shows it."""

    heading: str
    sentences: tuple[str, ...]
    picture: str


STEPS: Final = (
    Step(
        "Scan the nameplate",
        (
            "Open Installations (Ctrl+1). The field Serial number waits for the scanner; you may type as well.",
            "The root of the unit appears at once. Below it stands what was scanned and what was taken from it.",
        ),
        "scan.png",
    ),
    Step(
        "Assign",
        (
            "The scanner's own Enter assigns, or press Enter. The unit has its root once “✓ Assigned” names it.",
            "Scanning the same unit twice does no harm: it has the same root again.",
        ),
        "assigned.png",
    ),
    Step(
        "A whole trolley",
        (
            "Range… (Ctrl+R) takes 1001-1050, 1001+49 or a list. Each unit has its row before anything is written.",
            "Assign gives all of them their roots at once, or none.",
        ),
        "many.png",
    ),
    Step(
        "Print the labels",
        (
            "Labels… (Ctrl+L) prints those just assigned, or those chosen in the table.",
            "Printing a label a second time asks why. Destroy the old one.",
        ),
        "labels.png",
    ),
    Step(
        "Read each label back",
        (
            "Check labels… (Ctrl+Shift+L): scan every label once it is on its unit.",
            "The batch is complete when each label was read, or its unit was made void.",
        ),
        "check.png",
    ),
)

TROUBLES: Final = (
    ("✕ and a red sentence", "Nothing was written, and nothing you typed is lost. The sentence says what to do."),
    ("wrong unit", "The label belongs on another unit. Swap the labels, scan again."),
    ("not in this batch", "Lay the label aside; it was printed with others."),
    ("twice", "Two units may carry one label. Find the unit that lacks its own."),
    ("assigned by mistake", "Choose the unit in the table, Void…, say why. Its number is never given again."),
)
"""What may be shown, and what to do then."""
