"""The report of an installation check as Markdown, in the shape that software assurance asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.app.ports import World
    from uidmanager.app.selfcheck.plan import Outcome

_INTENDED_USE: Final = (
    "UID Manager gives each DICOM UID of an organisation once and keeps a ledger that can prove it. This report "
    "supports the validation of one installation: it says what was tested on the computer named below, in a scratch "
    "folder. No ledger in use was touched."
)
_RISK: Final = (
    "A UID that is given twice, lost or changed can mix up patients' data or equipment. Each test names the risk that "
    "it guards against."
)


def report_text(outcomes: Sequence[Outcome], world: World, versions: Sequence[tuple[str, str]]) -> str:
    """The whole report; ``versions`` are names and values of what was tested and on what."""
    failed = [outcome for outcome in outcomes if not outcome.passed]
    facts = (("Who", world.person.name), ("Station", world.person.station), ("When (UTC)", world.now()), *versions)
    issues = [
        f"- Test {outcome.number}: {_cell(outcome.check.what)}. Found: {_cell(outcome.actual)}" for outcome in failed
    ]
    sections = (
        "# Installation check of UID Manager",
        f"## Intended use\n\n{_INTENDED_USE}",
        f"## Risk\n\n{_RISK}",
        "## What was tested, by whom, on what\n\n" + _table(("", ""), facts),
        "## Tests\n\n"
        + _table(
            ("No.", "What is checked", "Risk", "Expected", "Actual", "Verdict"),
            [(str(o.number), o.check.what, o.check.risk, o.check.expected, o.actual, verdict(o)) for o in outcomes],
        ),
        "## Issues found\n\n" + ("\n".join(issues) or "None."),
        f"## Conclusion\n\n{conclusion(outcomes)}",
        "## Signatures\n\n"
        + _table(("Role", "Name", "Date", "Signature"), [("Tested by", "", "", ""), ("Approved by", "", "", "")]),
    )
    return "\n\n".join(sections) + "\n"


def conclusion(outcomes: Sequence[Outcome]) -> str:
    """What all tests together say, and what to do."""
    failed = sum(not outcome.passed for outcome in outcomes)
    if failed:
        return f"{failed} of {len(outcomes)} tests failed. Do not use this installation before the issues are resolved."
    return f"All {len(outcomes)} tests passed on this computer with this build."


def verdict(outcome: Outcome) -> str:
    """In one word."""
    return "passed" if outcome.passed else "FAILED"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    """On one line, and without what would end a cell or begin markup."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
