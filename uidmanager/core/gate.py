"""The release gate: whether a build is the release that is registered, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.records import Release
from uidmanager.core.rules.releases import release_meant
from uidmanager.core.rules.standing import release_standing
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.registry import Registry

_REMEDY: Final = "Put what is registered into the build, or check that product and version are the right ones."


class Claim(Struct, frozen=True, gc=False):
    """What a build says of itself: in an option of the command, or in a file that it wrote.

    ``where`` names the file, empty for the option. What is None was not said.
    """

    class_uid: str | None = None
    version_name: str | None = None
    where: str = ""


class Verdict(Struct, frozen=True):
    """The release that is meant, if there is one, and all that speaks against it: errors, cautions, notices."""

    release: Release | None
    problems: tuple[Problem, ...]


def judge(registry: Registry, product: str, version: str, claims: Sequence[Claim]) -> Verdict:
    """Whether the release is registered and not withdrawn, and whether each claim is equal to the registry."""
    release, problems = release_meant(registry, product, version)
    if release is None:
        return Verdict(None, problems)
    compared = tuple(problem for claim in claims for problem in _compared(release, claim))
    return Verdict(release, (*problems, *release_standing(registry, release), *compared))


def _compared(release: Release, claim: Claim) -> tuple[Problem, ...]:
    return (*_class_uid(release, claim), *_version_name(release, claim))


def _class_uid(release: Release, claim: Claim) -> tuple[Problem, ...]:
    """Type 1 in a file (PS3.10 §7.1): it must be there."""
    said = claim.class_uid
    if said == release.uid or (said is None and not claim.where):
        return ()
    if said is None:
        found = f"{excerpt(claim.where)} has no Implementation Class UID (0002,0012)"
    else:
        found = _found(claim, "Implementation Class UID", "(0002,0012)", said)
    sentence = f"{found}, registered is {release.uid}. {_REMEDY}"
    return (Problem("check.class_uid_differs", "file" if claim.where else "class_uid", sentence),)


def _version_name(release: Release, claim: Claim) -> tuple[Problem, ...]:
    """Type 3 in a file: it may be left out, but if it is there, it is the registered one."""
    said = claim.version_name
    if said == release.version_name or (said is None and not claim.where):
        return ()
    if said is None:
        sentence = (
            f"{excerpt(claim.where)} has no Implementation Version Name (0002,0013), registered is "
            f"{release.version_name}. DICOM lets it be left out; have it written if your conformance statement has it."
        )
        return (Problem("check.version_name_missing", "file", sentence, None, Severity.CAUTION),)
    found = _found(claim, "Implementation Version Name", "(0002,0013)", said)
    sentence = f"{found}, registered is {release.version_name}. {_REMEDY}"
    return (Problem("check.version_name_differs", "file" if claim.where else "version_name", sentence),)


def _found(claim: Claim, called: str, tag: str, said: str) -> str:
    shown = f"“{excerpt(said)}”"
    return f"{excerpt(claim.where)} has the {called} {tag} {shown}" if claim.where else f"The {called} given is {shown}"
