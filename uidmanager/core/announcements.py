"""What a device announced of itself, held against the registry: which release that is, or what does not fit.

A device announces its Implementation Class UID and, if it likes, its Implementation Version Name when an association
is negotiated (PS3.7 §D.3.3.2). The answer comes from what the registry holds, never from a guess at the digits.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.identify import Answer, Finding, identify
from uidmanager.core.records import Installation, Product, Release, State
from uidmanager.core.rules.version_names import check_form
from uidmanager.core.texts import excerpt
from uidmanager.core.toolkits import Toolkit, toolkit_named, toolkit_of
from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from uidmanager.core.registry import Registry

_PADDING: Final = " \x00"


class Verdict(StrEnum):
    """What an announcement comes to."""

    RELEASE = "release"
    NAME_DIFFERS = "name_differs"
    WITHDRAWN = "withdrawn"
    NOT_REGISTERED = "not_registered"
    NOT_A_RELEASE = "not_a_release"
    GIVEN_UP = "given_up"
    TOOLKIT = "toolkit"
    FOREIGN = "foreign"
    NOT_A_UID = "not_a_uid"
    NOTHING = "nothing"


class Announcement(Struct, frozen=True):
    """What a device said of itself, to the letter: None where it said nothing.

    ``calling`` and ``called`` are the AE titles of the one who asked for the association and of the one who was asked.
    """

    class_uid: str | None
    version_name: str | None
    calling: str = ""
    called: str = ""


class Judgement(Struct, frozen=True):
    """The verdict on an announcement, in a sentence, with all that speaks against it.

    ``release`` is the one whose class UID was announced, ``newest`` the newest active release of its product.
    ``toolkit`` is the one that was recognised.
    """

    announcement: Announcement
    verdict: Verdict
    sentence: str
    problems: tuple[Problem, ...] = ()
    release: Release | None = None
    product: Product | None = None
    newest: Release | None = None
    toolkit: Toolkit | None = None


def judge(registry: Registry, announced: Announcement, dicom_names: Mapping[str, str]) -> Judgement:
    """What the registry says of an announcement. ``dicom_names`` has the names of the UIDs that DICOM defines."""
    given = (announced.class_uid or "").strip(_PADDING)
    if not given:
        sentence = "It announced no Implementation Class UID, which PS3.7 §D.3.3.2 requires. Have its build set one."
        problem = Problem("peer.no_class_uid", "class_uid", sentence)
        return Judgement(announced, Verdict.NOTHING, "No class UID was announced.", (problem,))
    finding = identify(registry, given, dicom_names)
    judged = _with_name_of_ours(registry, _judged(registry, announced, finding))
    broken = tuple(_of_field(problem, finding, given) for problem in finding.problems)
    named = tuple(_form_of_name(announced.version_name))
    return replace(judged, problems=(*judged.problems, *broken, *named))


def _judged(registry: Registry, announced: Announcement, finding: Finding) -> Judgement:
    """The verdict, the form of the class UID and of the version name left aside."""
    match finding.record:
        case Release() as release:
            return _release(registry, announced, release, finding.sentence)
        case Installation():
            sentence = (
                f"It announced the root of one piece of equipment as its class UID: {_small(finding)} All equipment "
                "with one software announces one class UID (PS3.7 §D.3.3.2). Have its build use that of the release."
            )
            problem = Problem("peer.serial", "class_uid", sentence)
            return Judgement(announced, Verdict.NOT_A_RELEASE, finding.sentence, (problem,))
        case _:
            return _no_record(announced, finding)


def _no_record(announced: Announcement, finding: Finding) -> Judgement:
    match finding.answer:
        case Answer.NOT_A_UID:
            return Judgement(announced, Verdict.NOT_A_UID, "What was announced as class UID is no UID.")
        case Answer.GIVEN_UP:
            sentence = f"{finding.sentence} The build must not go on with it; register the release anew."
            problem = Problem("peer.given_up", "class_uid", sentence)
            return Judgement(announced, Verdict.GIVEN_UP, finding.sentence, (problem,))
        case Answer.PRODUCT_ARC | Answer.OUR_ROOT:
            sentence = (
                f"Its class UID {finding.uid} is under our root and was never registered: {_small(finding)} Find out "
                "who built it, and register the release before it goes on."
            )
            problem = Problem("peer.not_registered", "class_uid", sentence)
            return Judgement(announced, Verdict.NOT_REGISTERED, finding.sentence, (problem,))
        case _:
            return _not_ours(announced, finding)


def _release(registry: Registry, announced: Announcement, release: Release, sentence: str) -> Judgement:
    """Of a release that is registered: whether the name belongs to it, and whether it may still be used."""
    product = registry.product(release.product)
    newest = _newest(registry, release.product)
    named = tuple(_name_of(registry, announced.version_name, release))
    gone = tuple(_no_longer(release, product))
    verdict = Verdict.WITHDRAWN if gone else Verdict.RELEASE
    if any(problem.severity is Severity.ERROR for problem in named):
        verdict = Verdict.NAME_DIFFERS
    return Judgement(announced, verdict, sentence, (*named, *gone), release, product, newest)


def _name_of(registry: Registry, version_name: str | None, release: Release) -> Iterator[Problem]:
    """Whether the version name belongs to the class UID."""
    name = (version_name or "").strip(_PADDING)
    if name == release.version_name:
        return
    if not name:
        sentence = (
            f"It announced no version name; that of this release is {release.version_name}. The standard allows it, "
            "but a log will show less. Have the build set it."
        )
        yield Problem("peer.no_version_name", "version_name", sentence, None, Severity.CAUTION)
        return
    whose = _whose_name(registry, name)
    sentence = (
        f"Version name and class UID do not belong together: it announced “{excerpt(name)}”{whose}, but the name of "
        f"this release is {release.version_name}. Find out which of the two the build got wrong."
    )
    yield Problem("peer.name_differs", "version_name", sentence)


def _no_longer(release: Release, product: Product | None) -> Iterator[Problem]:
    if release.state is not State.ACTIVE:
        sentence = f"Release {release.version} was withdrawn and must not be used any more. Have the device updated."
        yield Problem("peer.withdrawn", "class_uid", sentence, None, Severity.CAUTION)
    if product is not None and product.state is not State.ACTIVE:
        sentence = f"{product.name} is retired: it is no longer made. Check whether the device should still be in use."
        yield Problem("peer.retired", "class_uid", sentence, None, Severity.CAUTION)


def _not_ours(announced: Announcement, finding: Finding) -> Judgement:
    """A class UID under somebody else's root."""
    toolkit = toolkit_of(finding.uid, (announced.version_name or "").strip(_PADDING))
    if toolkit is None:
        verdict, sentence = Verdict.FOREIGN, finding.sentence
        told = "Its class UID is not ours. If it is a device of yours, have its build set the one of its release."
        problem = Problem("peer.foreign", "class_uid", told, None, Severity.CAUTION)
    else:
        verdict, sentence = Verdict.TOOLKIT, f"{toolkit.label}, with the toolkit's own class UID."
        told = (
            f"It announced {toolkit.name}'s own class UID. If it is a device of yours, its build forgot to set the one "
            "of its release."
        )
        problem = Problem("peer.toolkit", "class_uid", told, None, Severity.CAUTION)
    return Judgement(announced, verdict, sentence, (problem,), toolkit=toolkit)


def _with_name_of_ours(registry: Registry, judged: Judgement) -> Judgement:
    """The same; but where the version name alone is that of a release, the build forgot the class UID."""
    name = (judged.announcement.version_name or "").strip(_PADDING)
    ours = registry.release_named(name)
    if judged.release is not None or ours is None:
        return judged
    sentence = (
        f"Version name and class UID do not belong together: “{excerpt(name)}”{_whose_name(registry, name)}, whose "
        f"class UID is {ours.uid}. Have the build set that."
    )
    verdict = Verdict.NAME_DIFFERS if judged.verdict in {Verdict.TOOLKIT, Verdict.FOREIGN} else judged.verdict
    problem = Problem("peer.name_differs", "version_name", sentence)
    return replace(judged, verdict=verdict, problems=(*judged.problems, problem))


def _whose_name(registry: Registry, name: str) -> str:
    """What is known of a version name, to stand behind it; empty when nothing is."""
    release = registry.release_named(name)
    if release is not None:
        product = registry.product(release.product)
        return f", the name of {product.name if product else release.product} {release.version}"
    toolkit = toolkit_named(name)
    return f", {toolkit.name}'s own" if toolkit else ""


def _newest(registry: Registry, product: int) -> Release | None:
    """The highest version of a product that holds; numbers are compared as numbers."""
    active = (release for release in registry.releases_of(product) if release.state is State.ACTIVE)
    return max(active, key=lambda release: order_of(release.numeric), default=None)


def _form_of_name(version_name: str | None) -> Iterator[Problem]:
    name = (version_name or "").strip(_PADDING)
    for problem in check_form(name) if name else ():
        sentence = f"Its version name “{excerpt(name)}”: {problem.message}"
        yield replace(problem, message=sentence, severity=Severity.CAUTION)


def _of_field(problem: Problem, finding: Finding, given: str) -> Problem:
    """A rule that the class UID breaks. What could be identified all the same is only a caution."""
    severity = Severity.ERROR if finding.answer is Answer.NOT_A_UID else Severity.CAUTION
    sentence = f"Its class UID “{excerpt(given)}”: {problem.message}"
    return replace(problem, field="class_uid", message=sentence, severity=severity)


def _small(finding: Finding) -> str:
    """A finding's sentence within another one."""
    return finding.sentence[:1].lower() + finding.sentence[1:]
