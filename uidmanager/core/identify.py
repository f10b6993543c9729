"""Whose UID is this: the longest prefix that the registry holds, never a guess from the digits (PS3.5 Annex B).

Tolerant of what the field sends: outer blanks, padding, leading zeros and something foreign behind a prefix that is
known do not keep a UID from being recognised, but the rules it breaks are named.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.accounts import given_up_words
from uidmanager.core.errors import Problem
from uidmanager.core.known_roots import Kind, KnownRoot
from uidmanager.core.records import GivenUp, NumberKind, Record, Release
from uidmanager.core.roots import whose
from uidmanager.core.scheme import without_zeros
from uidmanager.core.texts import visible
from uidmanager.core.uid import check_uid, is_under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uidmanager.core.registry import Registry

_PADDING: Final = " \t\r\n\x00\u00a0"
_DICOM_ROOT: Final = "1.2.840.10008"
_LONGEST_LOOKED_AT: Final = 1000
_Found = tuple["Answer", str, Record | None, str]


class Answer(StrEnum):
    """What a UID turned out to be."""

    RELEASE = "release"
    INSTALLATION = "installation"
    PRODUCT_ARC = "product_arc"
    OUR_ROOT = "our_root"
    GIVEN_UP = "given_up"
    DICOM = "dicom"
    KNOWN_ROOT = "known_root"
    UNKNOWN = "unknown"
    NOT_A_UID = "not_a_uid"


class Finding(Struct, frozen=True):
    """The answer for one UID: the record it belongs to, what comes after the record's own UID, in a sentence.

    ``uid`` is the text as it was looked up. ``given_up`` tells to what the number was given in other histories that
    does not hold it here. ``problems`` are the rules that the text as given breaks.
    """

    given: str
    uid: str
    answer: Answer
    sentence: str
    record: Record | None = None
    suffix: str = ""
    problems: tuple[Problem, ...] = ()
    given_up: tuple[GivenUp, ...] = ()


def identify(registry: Registry, given: str, dicom_names: Mapping[str, str]) -> Finding:
    """Whose UID this is. ``dicom_names`` has the names of the UIDs that DICOM defines (PS3.6).

    What is no number between two dots is looked up as it stands. So it is never found, but what stands before it is.
    """
    text = given.strip(_PADDING)
    problems = check_uid(text)
    if len(text) > _LONGEST_LOOKED_AT:
        return _no_uid(given, text, problems)
    components = text.split(".")
    are_numbers = [_is_number(component) for component in components]
    uid = ".".join(without_zeros(c) if is_one else c for c, is_one in zip(components, are_numbers, strict=True))
    answer, sentence, record, suffix, given_up = _answer(registry, uid, dicom_names)
    if answer is Answer.UNKNOWN and not all(are_numbers):
        return _no_uid(given, text, problems)
    return Finding(given, uid, answer, sentence, record, suffix, problems, given_up)


def _no_uid(given: str, text: str, problems: tuple[Problem, ...]) -> Finding:
    return Finding(given, text, Answer.NOT_A_UID, "This is not a UID.", problems=problems)


def _is_number(component: str) -> bool:
    return component.isascii() and component.isdigit()


def _answer(registry: Registry, uid: str, dicom_names: Mapping[str, str]) -> tuple[*_Found, tuple[GivenUp, ...]]:
    if registry.is_founded and is_under(uid, registry.founding.root):
        rest = uid[len(registry.founding.root) + 1 :].split(".")
        return _with_warning(registry, rest, _ours(registry, uid))
    return *_elsewhere(uid, dicom_names), ()


def _elsewhere(uid: str, dicom_names: Mapping[str, str]) -> _Found:
    if is_under(uid, _DICOM_ROOT):
        name = dicom_names.get(uid)
        return (
            Answer.DICOM,
            f"Defined by DICOM: {name}." if name else "Under DICOM's root; no such UID is known.",
            None,
            "",
        )
    known = whose(uid)
    if known:
        return Answer.KNOWN_ROOT, _not_ours(known), None, uid[len(known.prefix) :]
    return Answer.UNKNOWN, "Not ours, and not under a root that this program knows.", None, ""


def _not_ours(known: KnownRoot) -> str:
    match known.kind:
        case Kind.REGISTRAR:
            return f"Not ours: under {known.prefix}, where {known.owner} gives roots to others. Ask them whose it is."
        case Kind.PLACEHOLDER | Kind.DOCUMENTATION:
            return f"Not ours: under {known.prefix}, an example that is nobody's root ({known.owner})."
        case _:
            return f"Not ours: under {known.prefix}, {known.owner}."


def _ours(registry: Registry, uid: str) -> _Found:
    founding = registry.founding
    rest = uid[len(founding.root) + 1 :].split(".") if uid != founding.root else []
    if not rest:
        return Answer.OUR_ROOT, f"The root of {founding.organisation}.", None, ""
    if rest[0] == founding.scheme.installations and len(rest) > 1:
        return _installation(registry, rest[1], rest[2:], rest[:2])
    if rest[0] == registry.indexed_arc and len(rest) > 1:
        return _installation(registry, ".".join(rest[:2]), rest[2:], rest[:2])
    if rest[0] == founding.scheme.releases and len(rest) > 1:
        return _release(registry, rest[1], rest[2:])
    if rest == [registry.indexed_arc]:
        sentence = f"The indexed arc of {founding.organisation}: below it are installations with an index each."
        return Answer.OUR_ROOT, sentence, None, _suffix(rest)
    return Answer.OUR_ROOT, "Under our root, but never issued.", None, _suffix(rest)


def _with_warning(registry: Registry, rest: list[str], found: _Found) -> tuple[*_Found, tuple[GivenUp, ...]]:
    """The same answer, with what is known of the number from other histories."""
    answer, sentence, record, suffix = found
    given_up = _given_up(registry, rest, record)
    if not given_up:
        return *found, ()
    if record is None:
        return Answer.GIVEN_UP, given_up_words(given_up), None, suffix, given_up
    return answer, f"{sentence} Beware: {given_up_words(given_up)}", record, suffix, given_up


def _given_up(registry: Registry, rest: list[str], record: Record | None) -> tuple[GivenUp, ...]:
    arc, number, *more = *rest, "", ""
    if arc == registry.indexed_arc:
        number = f"{arc}.{number}"
    if arc in {registry.founding.scheme.installations, registry.indexed_arc}:
        return registry.elsewhere.given_up(NumberKind.INSTALLATION, number)
    if arc != registry.founding.scheme.releases:
        return ()
    release = registry.elsewhere.given_up(NumberKind.RELEASE, ".".join((number, *filter(None, more))))
    if release or isinstance(record, Release):
        return release
    return registry.elsewhere.given_up(NumberKind.PRODUCT, number)


def _installation(registry: Registry, component: str, rest: list[str], whole: list[str]) -> _Found:
    held = registry.installation(component)
    if held is None:
        arc, _, index = component.partition(".")
        what = f"index {visible(index)} was ever given under the indexed arc {arc}" if index else ""
        sentence = f"Under our root, but no {what or f'installation {visible(component)} was ever assigned'}."
        return Answer.OUR_ROOT, sentence, None, _suffix([*whole, *rest])
    product = None if held.product is None else registry.product(held.product)
    made = f" ({product.name})" if product else ""
    state = "" if held.state.value == "active" else f", {held.state.value}"
    sentence = f"Installation {held.serial}{made}{state}."
    return Answer.INSTALLATION, sentence, held, _suffix(rest)


def _release(registry: Registry, number: str, rest: list[str]) -> _Found:
    product = registry.find_product(number) if _is_number(number) else None  # a name would be found as well
    if product is None:
        sentence = f"Under our root, but no product {visible(number)} was ever registered."
        return Answer.OUR_ROOT, sentence, None, _suffix([registry.founding.scheme.releases, number, *rest])
    release = registry.release(product.number, ".".join(rest))
    if release is not None:
        state = "" if release.state.value == "active" else f", {release.state.value}"
        return Answer.RELEASE, f"Release {product.name} {release.version}{state}.", release, ""
    if not rest:
        return Answer.PRODUCT_ARC, f"The arc of product {product.number}, {product.name}.", product, ""
    sentence = f"Under product {product.number}, {product.name}, but it has no release {visible('.'.join(rest))}."
    return Answer.PRODUCT_ARC, sentence, product, _suffix(rest)


def _suffix(rest: list[str]) -> str:
    return "".join(f".{component}" for component in rest)
