"""One UID of a file: what its answer comes to, given the attribute in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Severity
from uidmanager.core.identify import Answer, Finding
from uidmanager.core.known_roots import Kind
from uidmanager.core.records import Installation, State
from uidmanager.core.roots import whose
from uidmanager.core.scanning.facts import CLASS_UID, UidField
from uidmanager.core.scanning.verdicts import Told, Verdict
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES: Final = frozenset((Kind.PLACEHOLDER, Kind.DOCUMENTATION))
_STATES: Final = {State.RETIRED: Verdict.RETIRED, State.VOID: Verdict.VOID}


def told_of_uid(field: UidField, finding: Finding, *, is_ours: bool) -> Iterator[Told]:
    """What is to be said of a UID in this attribute of a file that ``is_ours`` or not."""
    weight = Severity.ERROR if is_ours else Severity.CAUTION
    for problem in finding.problems:
        yield Told(Verdict.BREAKS_RULE, weight, f"{_named(field, finding)}: {problem.message}")
    if finding.given_up:
        yield Told(Verdict.GIVEN_UP, Severity.ERROR, f"{_named(field, finding)}: {given_up_words(finding.given_up)}")
    match finding.answer:
        case Answer.OUR_ROOT | Answer.PRODUCT_ARC:
            yield _never_issued(field, finding)
        case Answer.RELEASE:
            yield from _of_release(field, finding)
        case Answer.INSTALLATION:
            yield from _of_installation(field, finding)
        case Answer.KNOWN_ROOT if field.tells_the_maker:
            yield from _left_in(field, finding, weight)
        case _:
            pass


def _of_release(field: UidField, finding: Finding) -> Iterator[Told]:
    """A class UID names software and nothing that the software makes."""
    if field is not CLASS_UID:
        yield _never_issued(field, finding)
    elif finding.record is not None and finding.record.state is State.WITHDRAWN:
        yield Told(
            Verdict.WITHDRAWN, Severity.CAUTION, f"Written by a release that must not be used: {finding.sentence}"
        )


def _of_installation(field: UidField, finding: Finding) -> Iterator[Told]:
    if field is CLASS_UID:
        yield _never_issued(field, finding)
    elif isinstance(finding.record, Installation) and finding.record.state in _STATES:
        yield Told(_STATES[finding.record.state], Severity.CAUTION, f"{_named(field, finding)}: {finding.sentence}")


def _left_in(field: UidField, finding: Finding, weight: Severity) -> Iterator[Told]:
    """A root that a toolkit, or an example, comes with. A class UID may also be that of who wrote this copy."""
    known = whose(finding.uid)
    if known is None or known.kind not in {Kind.TOOLKIT, *_EXAMPLES}:
        return
    if known.kind in _EXAMPLES:
        sentence = f"{_named(field, finding)} is under an example's root ({known.owner}). The build must set its own."
    elif field is CLASS_UID:
        sentence = (
            f"{_named(field, finding)} is the one that {known.owner} comes with: the build did not set its own, or "
            "this copy was written by another program."
        )
    else:
        sentence = f"{_named(field, finding)} was made under the root that {known.owner} comes with. Set your own."
    yield Told(Verdict.TOOLKIT_ROOT, weight, sentence)


def _never_issued(field: UidField, finding: Finding) -> Told:
    return Told(Verdict.NEVER_ISSUED, Severity.ERROR, f"{_named(field, finding)} was never issued: {finding.sentence}")


def _named(field: UidField, finding: Finding) -> str:
    return f"{field.called} {excerpt(finding.given.strip())}"
