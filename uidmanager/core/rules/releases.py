"""Releases: one Implementation Class UID for each version of a product (PS3.7 §D.3.3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from uidmanager.core.accounts import given_up_words
from uidmanager.core.decision import Decision, decided
from uidmanager.core.drafts import CorrectRelease, RegisterRelease, WithdrawRelease
from uidmanager.core.errors import Problem
from uidmanager.core.events import ReleaseNoteCorrected, ReleaseRegistered, ReleaseWithdrawn
from uidmanager.core.records import NumberKind, Product, Release, State
from uidmanager.core.rules.common import (
    check_in_use,
    check_note,
    check_reason,
    kept_text,
    product_meant,
    when_and_who,
)
from uidmanager.core.rules.version_names import choose_name
from uidmanager.core.scheme import class_uid, class_uid_parts, read_version
from uidmanager.core.texts import VERSION_LENGTH, check_text, excerpt, tidy
from uidmanager.core.uid import MAX_LENGTH

if TYPE_CHECKING:
    from uidmanager.core.drafts import ReleaseDraft
    from uidmanager.core.registry import Registry


class _Place(Struct, frozen=True):
    """Where a release is to stand: its product, version and UID."""

    product: Product
    version: str
    numeric: str
    uid: str


def decide(registry: Registry, draft: ReleaseDraft) -> Decision:
    """What a draft about a release would write."""
    match draft:
        case RegisterRelease():
            return register(registry, draft)
        case CorrectRelease():
            return correct(registry, draft)
        case WithdrawRelease():
            return withdraw(registry, draft)
        case _:
            assert_never(draft)


def register(registry: Registry, draft: RegisterRelease) -> Decision:
    """A new release; or the UID of one that is registered already just so."""
    product, problems = product_meant(registry, draft.product)
    reading = read_version(tidy(draft.version), draft.numeric)
    problems = (
        *problems,
        *check_text(reading.text, "version", VERSION_LENGTH),
        *reading.problems,
        *check_note(draft.note),
        *check_reason(draft.reason, required=False),
    )
    if product is None or reading.numeric is None:
        return decided(problems, Decision())
    founding = registry.founding
    place = _Place(
        product,
        reading.text,
        reading.numeric,
        class_uid(founding.root, founding.scheme, product.number, reading.numeric),
    )
    shown = Decision(
        uids=(place.uid,),
        breakdown=class_uid_parts(founding.root, founding.scheme, product.number, reading.numeric),
    )
    held = registry.release(product.number, reading.numeric)
    if held is not None:
        problems = (*problems, *_same_again(held, draft, place))
        return decided(problems, _named(shown, held.version_name))
    name, naming = choose_name(registry, product, place.version, place.numeric, draft.version_name)
    problems = (*problems, *check_in_use(product), *_given_up(registry, place), *_room(place))
    problems = (*problems, *_version_text(registry, place), *naming)
    event = ReleaseRegistered(product.number, place.version, place.numeric, name or "", kept_text(draft.note))
    return decided(problems, _named(shown, name, event))


def correct(registry: Registry, draft: CorrectRelease) -> Decision:
    """Another note on a release."""
    release, problems = release_meant(registry, draft.product, draft.version)
    problems = (*problems, *check_note(draft.note), *check_reason(draft.reason, required=True))
    if release is None:
        return decided(problems, Decision())
    note = kept_text(draft.note)
    if note == release.note:
        problems = (*problems, Problem("change.none", "note", "The note is this one already. Nothing would change."))
    event = ReleaseNoteCorrected(release.product, release.numeric, release.note, note)
    return decided(problems, Decision(uids=(release.uid,), events=(event,)))


def withdraw(registry: Registry, draft: WithdrawRelease) -> Decision:
    """The release must not be used any more; its UID stays taken."""
    release, problems = release_meant(registry, draft.product, draft.version)
    problems = (*problems, *check_reason(draft.reason, required=True))
    if release is None:
        return decided(problems, Decision())
    if release.state is State.WITHDRAWN:
        problems = (*problems, Problem("state.already", "version", f"Release {release.version} is withdrawn already."))
    event = ReleaseWithdrawn(release.product, release.numeric)
    return decided(problems, Decision(uids=(release.uid,), events=(event,)))


def release_meant(registry: Registry, named: str, version: str) -> tuple[Release | None, tuple[Problem, ...]]:
    """The release that a person means: by its version as text, or by its numeric form."""
    product, problems = product_meant(registry, named)
    if product is None:
        return None, problems
    reading = read_version(tidy(version))
    held = registry.release(product.number, reading.numeric) if reading.numeric else None
    if held is None:
        same = [r for r in registry.releases_of(product.number) if _spelling(r.version) == _spelling(reading.text)]
        held = same[0] if same else None
    if held is None:
        sentence = f"“{product.name}” has no release “{excerpt(version.strip())}”. Look for it in the list of releases."
        return None, (Problem("release.unknown", "version", sentence),)
    return held, ()


def _same_again(held: Release, draft: RegisterRelease, place: _Place) -> tuple[Problem, ...]:
    """Asking for what is registered, unchanged, answers its UID; asking for something else under the UID is refused."""
    since = when_and_who(held.origin)
    if _spelling(held.version) != _spelling(place.version):
        sentence = (
            f"Version {excerpt(place.version)} has the same UID as {held.version}, registered {since}. "
            "If it is another version, it needs another number."
        )
        return (Problem("version.taken", "version", sentence),)
    if held.state is State.WITHDRAWN:
        sentence = (
            f"Release {held.version} was withdrawn; its UID must not be used again. Give the build a new version."
        )
        return (Problem("release.withdrawn", "version", sentence),)
    problems = []
    if draft.version_name is not None and tidy(draft.version_name) != held.version_name:
        sentence = (
            f"Release {held.version} was registered {since} with the Implementation Version Name {held.version_name}; "
            "it cannot change. Leave the name out, or give the build a new version."
        )
        problems.append(Problem("release.version_name_differs", "version_name", sentence))
    if draft.note is not None and kept_text(draft.note) != held.note:
        sentence = f"Release {held.version} has another note. Leave the note out, or correct the release."
        problems.append(Problem("release.note_differs", "note", sentence))
    return tuple(problems)


def _given_up(registry: Registry, place: _Place) -> tuple[Problem, ...]:
    """A UID that went into a build of another history goes into no other build."""
    given_up = registry.elsewhere.given_up(NumberKind.RELEASE, f"{place.product.number}.{place.numeric}")
    if not given_up:
        return ()
    return (Problem("release.given_up", "version", f"{given_up_words(given_up)} Give the build another version."),)


def _room(place: _Place) -> tuple[Problem, ...]:
    """PS3.5 §9.1: at most 64 characters. Nothing is cut off."""
    if len(place.uid) <= MAX_LENGTH:
        return ()
    over = len(place.uid) - MAX_LENGTH
    sentence = f"The Implementation Class UID would have {len(place.uid)} characters; shorten the version by {over}."
    return (Problem("uid.too_long", "version", sentence),)


def _version_text(registry: Registry, place: _Place) -> tuple[Problem, ...]:
    """One version of a product has one UID: the same text with other numbers is refused."""
    spelling = _spelling(place.version)
    held = next((r for r in registry.releases_of(place.product.number) if _spelling(r.version) == spelling), None)
    if held is None:
        return ()
    sentence = (
        f"Version {held.version} is registered as {held.numeric}, {when_and_who(held.origin)}. One version has one "
        "UID: use that one, or give the build another version."
    )
    return (Problem("version.text_taken", "numeric", sentence),)


def _spelling(version: str) -> str:
    """What two spellings of one version have in common: case, and a leading “v”, mean nothing."""
    folded = version.casefold()
    return folded[1:] if folded[:1] == "v" and folded[1:2].isdigit() else folded


def _named(shown: Decision, name: str | None, *events: ReleaseRegistered) -> Decision:
    return Decision(uids=shown.uids, breakdown=shown.breakdown, version_name=name, events=events)
