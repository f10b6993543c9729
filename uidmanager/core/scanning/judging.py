"""A file's facts against the registry.

The Implementation Class UID is that of the software which wrote this copy of the file (PS3.10 §7.1), mostly but not
always the one that made the images. So a file is *ours* as soon as one of its UIDs, or its version name, is.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Severity
from uidmanager.core.identify import Answer, Finding, identify
from uidmanager.core.records import Installation, NumberKind, Release
from uidmanager.core.scanning.facts import CLASS_UID, UID_FIELDS, Facts, Outcome, UidField
from uidmanager.core.scanning.uids import told_of_uid
from uidmanager.core.scanning.verdicts import CONSISTENT, Judgement, Told, Verdict
from uidmanager.core.texts import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from uidmanager.core.registry import Registry

_REMEMBERED: Final = 4096
_OURS: Final = frozenset((Answer.RELEASE, Answer.INSTALLATION, Answer.PRODUCT_ARC, Answer.OUR_ROOT, Answer.GIVEN_UP))
_OUTCOMES: Final = {
    Outcome.NOT_DICOM: (Verdict.NOT_DICOM, Severity.NOTICE),
    Outcome.UNREADABLE: (Verdict.UNREADABLE, Severity.CAUTION),
    Outcome.SKIPPED: (Verdict.SKIPPED, Severity.NOTICE),
}
_Found = dict[UidField, Finding]


class Judge:
    """Judges files by one registry, which must hold still meanwhile. UIDs seen lately are not looked up again."""

    def __init__(self, registry: Registry, dicom_names: Mapping[str, str]) -> None:
        self._registry = registry
        look_up = partial(identify, registry, dicom_names=dicom_names)
        self._identify: Callable[[str], Finding] = lru_cache(_REMEMBERED)(look_up)
        self._told: Callable[[UidField, str, bool], tuple[Told, ...]] = lru_cache(_REMEMBERED)(self._told_anew)

    def __call__(self, facts: Facts) -> Judgement:
        """What is to be said of a file."""
        found = {field: self._identify(text) for field in UID_FIELDS if (text := getattr(facts, field.name))}
        named = self._registry.release_named(facts.version_name) if facts.version_name else None
        is_ours = named is not None or any(finding.answer in _OURS for finding in found.values())
        told = (
            *_reading(facts),
            *(each for field, finding in found.items() for each in self._told(field, finding.given, is_ours)),
            *_version_name(self._registry, facts, _release(found), named),
            *_serial(self._registry, facts, found),
            *_media_storage(found, is_ours=is_ours),
        )
        if facts.outcome is Outcome.DICOM and not any(each.severity is Severity.ERROR for each in told):
            told = (_consistent() if is_ours else _not_ours(found), *told)
        return Judgement(told, _release(found), _installation(found))

    def _told_anew(self, field: UidField, text: str, is_ours: bool) -> tuple[Told, ...]:  # noqa: FBT001 (a cache's key)
        return tuple(told_of_uid(field, self._identify(text), is_ours=is_ours))


def _reading(facts: Facts) -> Iterator[Told]:
    """That a file was not read, or not whole."""
    if facts.outcome is not Outcome.DICOM:
        yield Told(*_OUTCOMES[facts.outcome], facts.fault)


def _consistent() -> Told:
    return Told(Verdict.CONSISTENT, Severity.NOTICE, CONSISTENT)


def _not_ours(found: _Found) -> Told:
    """The owner is named where the class UID tells one; else by the first UID that does."""
    answers = {finding.answer: finding.sentence for finding in reversed(found.values())}
    whose = answers.get(Answer.KNOWN_ROOT)
    return Told(Verdict.NOT_OURS, Severity.NOTICE, whose or "None of its UIDs is under our root.")


def _release(found: _Found) -> Release | None:
    """The release that wrote the file."""
    record = found[CLASS_UID].record if CLASS_UID in found else None
    return record if isinstance(record, Release) else None


def _installation(found: _Found) -> Installation | None:
    """The installation that the file comes from."""
    return next((f.record for f in found.values() if isinstance(f.record, Installation)), None)


def _version_name(registry: Registry, facts: Facts, release: Release | None, named: Release | None) -> Iterator[Told]:
    """PS3.7 §D.3.3.2: the Implementation Version Name names a version within its class; ours name one release each."""
    name = facts.version_name
    if named is not None and (release is None or release.uid != named.uid):
        sentence = (
            f"Implementation Version Name “{excerpt(name)}” is that of class UID {named.uid}, "
            f"but the file has {excerpt(facts.class_uid) or 'none'}."
        )
        yield Told(Verdict.VERSION_NAME, Severity.ERROR, sentence)
    elif name and release is not None and name != release.version_name:
        sentence = (
            f"Implementation Version Name “{excerpt(name)}” does not belong to class UID {release.uid}, which has "
            f"“{release.version_name}”."
        )
        yield Told(Verdict.VERSION_NAME, Severity.ERROR, sentence)
    given_up = registry.elsewhere.given_up(NumberKind.VERSION_NAME, name)
    if given_up:
        yield Told(Verdict.GIVEN_UP, Severity.ERROR, given_up_words(given_up))


def _serial(registry: Registry, facts: Facts, found: _Found) -> Iterator[Told]:
    """Device Serial Number (0018,1000) against the roots of whatever the equipment itself gave."""
    if not facts.device_serial:
        return
    meant = registry.installation_with(facts.device_serial)
    component = meant.component if meant else None
    held = [f.record for field, f in found.items() if field.tells_the_maker and isinstance(f.record, Installation)]
    for installation in dict.fromkeys(held):
        if installation.component != component:
            sentence = (
                f"Device Serial Number is “{excerpt(facts.device_serial)}”, but the root is that of installation "
                f"{installation.serial}. Check whether its root was copied to another machine."
            )
            yield Told(Verdict.SERIAL, Severity.ERROR, sentence)


def _media_storage(found: _Found, *, is_ours: bool) -> Iterator[Told]:
    """PS3.10 §7.1: (0002,0003) is the SOP Instance UID of what is in the file."""
    uids = [finding.uid for field, finding in found.items() if field.name in {"sop_instance_uid", "media_storage_uid"}]
    if len(set(uids)) > 1:
        sentence = f"The file's header says that it holds {excerpt(uids[1])}, but it holds {excerpt(uids[0])}."
        yield Told(Verdict.BREAKS_RULE, Severity.ERROR if is_ours else Severity.CAUTION, sentence)
