"""Whose root is this, and may a registry be founded on it? The data is in `known_roots`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.known_roots import COUNTRY_ARCS, KNOWN_ROOTS, SHARED_ARCS, Kind, KnownRoot
from uidmanager.core.uid import MAX_LENGTH, check_uid, is_uid, is_under

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ROOT: Final = MAX_LENGTH - len(".1.1.0")
"""Room for the first release of the first product within 64 characters, and for ``.2.0`` within 62: both give 58."""

_UUID_ARC: Final = "2.25"
_HIGHEST_UK_NUMBER: Final = 2**24 - 1
_KNOWN: Final = {known.prefix: known for known in KNOWN_ROOTS}
_SHARED: Final = {arc.prefix: arc.shared_by for arc in SHARED_ARCS}
_DEEPEST: Final = max(prefix.count(".") + 1 for prefix in _KNOWN)
_WORD = re.compile(r"\w+")
_ENGLAND_AND_WALES = re.compile(r"[0-9]{1,8}")
_WITH_COUNTRY = re.compile(r"([Ss][Cc]|[Nn][Ii])([0-9]{1,6})")
_ASK_BSI: Final = "Ask BSI, the registration authority for 1.2.826, which root is yours."


class UkAnswer(Struct, frozen=True):
    """The root that a company of the United Kingdom has by right, or None; and a sentence that says what to do."""

    root: str | None
    sentence: str


def whose(uid: str) -> KnownRoot | None:
    """The known root that ``uid`` is or lies below: the longest one, compared component by component."""
    arcs = uid.split(".", _DEEPEST)
    for depth in range(min(len(arcs), _DEEPEST), 0, -1):
        known = _KNOWN.get(".".join(arcs[:depth]))
        if known:
            return known
    return None


def check_root(text: str, organisation: str = "") -> tuple[Problem, ...]:
    """All that speaks against a registry of ``organisation`` under this root; with cautions alone it may be founded."""
    root = text.removesuffix(".")
    return *_form(text), *_owner(root, organisation), *_too_high(root), *_no_room(root), *_uuid(root)


def uk_company_root(number: str) -> UkAnswer:
    """The root of a company of the United Kingdom, from its registered number.

    BS 7453-1 §6.1.1 as quoted at alvestrand.no/objectid/1.2.826.0.html: 1.2.826.0.1 (England and Wales), .2 (Scotland)
    or .3 (Northern Ireland), then the integer value of the numeric part, which 1.2.826 limits to 1 to 2^24 - 1. Only
    companies are covered as quoted, so that other prefixes and letters behind the number get no root from us.
    """
    typed = "".join(number.split())
    if _ENGLAND_AND_WALES.fullmatch(typed):
        return _uk_answer("1", typed, "England and Wales", "It is yours by right, without an application.")
    found = _WITH_COUNTRY.fullmatch(typed)
    if not found:
        sentence = (
            "The rule covers up to eight digits (England and Wales), and SC (Scotland) or NI (Northern Ireland) with "
            f"up to six digits; this is neither. {_ASK_BSI}"
        )
        return UkAnswer(None, sentence)
    if found[1].upper() == "SC":
        return _uk_answer("2", found[2], "Scotland", "It is yours by right, without an application.")
    advice = (
        "BS 7453-1 as quoted speaks of companies registered under the Companies Act 1985: have BSI, the registration "
        "authority for 1.2.826, confirm it before use."
    )
    return _uk_answer("3", found[2], "Northern Ireland", advice)


def _uk_answer(arc: str, digits: str, country: str, advice: str) -> UkAnswer:
    """The root under the country's arc, unless the number is out of the range of BS 7453-1."""
    value = int(digits)
    if value == 0:
        return UkAnswer(None, "A company number is never zero. Type it as it stands in the register of companies.")
    if value > _HIGHEST_UK_NUMBER:
        return UkAnswer(None, f"{value} is above {_HIGHEST_UK_NUMBER}, the highest number under 1.2.826. {_ASK_BSI}")
    root = f"1.2.826.0.{arc}.{value}"
    return UkAnswer(root, f"Company {value} of {country} has the root {root}. {advice}")


def _form(text: str) -> Iterator[Problem]:
    """The rules of a UID (a root is one). The trailing dot that some toolkits ask for gets a sentence of its own."""
    for problem in check_uid(text):
        if problem.code == "uid.empty_component" and 0 < len(text) - 1 == problem.position:
            sentence = f"A root is written without a dot at its end. Take the dot at position {problem.position} out."
            yield replace(problem, field="root", message=sentence)
        else:
            yield replace(problem, field="root")


def _owner(root: str, organisation: str) -> Iterator[Problem]:
    """PS3.5 chapter 9: who registers a root guarantees what is below it, so it must be one's own."""
    known = whose(root)
    if not known:
        return
    prefix, owner = known.prefix, known.owner
    match known.kind:
        case Kind.REGISTRAR:
            if root == prefix:
                sentence = (
                    f"{prefix} is the arc of {owner}, who gives roots below it to others. Write the whole root that "
                    "was granted to you."
                )
                yield Problem("root.registrar", "root", sentence)
        case Kind.PLACEHOLDER | Kind.DOCUMENTATION:
            sentence = f"{prefix} is only an example ({owner}), nobody's root. Write the root that was granted to you."
            yield Problem("root.placeholder", "root", sentence)
        case Kind.COMPANY if _is_named(known, organisation):
            sentence = (
                f"{prefix} is the root of {owner}, where numbers are given already. Make sure with whoever looks after "
                "it that nobody else gives numbers below the root of this registry."
            )
            yield Problem("root.company", "root", sentence, severity=Severity.CAUTION)
        case Kind.COMPANY:
            sentence = (
                f"{prefix} and all below it belongs to {owner}. If that is your organisation, give its name so; "
                "otherwise write the root that was granted to you."
            )
            yield Problem("root.not_yours", "root", sentence)
        case _:  # DICOM and the toolkits
            sentence = f"{prefix} and all below it belongs to {owner}. Write the root that was granted to you."
            yield Problem("root.not_yours", "root", sentence)


def _too_high(root: str) -> Iterator[Problem]:
    """An arc that many owners share is nobody's root. What has an owner who is known is judged by `_owner`."""
    known = whose(root)
    if known and (known.kind is not Kind.REGISTRAR or known.prefix == root):
        return
    below = next((known for known in KNOWN_ROOTS if is_under(known.prefix, root)), None)
    if root in _SHARED:
        reason = f"{root} is shared by {_SHARED[root]}"
    elif root.rpartition(".")[0] in COUNTRY_ARCS and is_uid(root):
        reason = f"{root} is shared by a whole country"
    elif root.count(".") == 1 and is_uid(root):
        reason = f"{root} is a whole branch of the tree of all UIDs"
    elif below:
        reason = f"{root} is not one owner's: {below.prefix} below it is used by {below.owner}"
    else:
        return
    yield Problem("root.too_high", "root", f"{reason}. Write the whole root that was granted to you.")


def _no_room(root: str) -> Iterator[Problem]:
    """A root must leave room for what it is for: a release within 64 characters, an installation root within 62."""
    if len(root) > LONGEST_ROOT:
        sentence = (
            f"{len(root)} characters leave no room for releases and installations; a root has at most {LONGEST_ROOT}. "
            "Get a shorter one."
        )
        yield Problem("root.no_room", "root", sentence, LONGEST_ROOT)


def _uuid(root: str) -> Iterator[Problem]:
    """PS3.5 §B.2: UIDs made from UUIDs are usually not appropriate for Implementation Class UIDs."""
    if root.startswith(_UUID_ARC + "."):
        sentence = (
            "A root under 2.25 is a UUID: PS3.5 §B.2 calls that usually not appropriate for Implementation Class UIDs, "
            "and installation roots under it are too long for most toolkits. Get a registered root if you can."
        )
        yield Problem("root.uuid", "root", sentence, severity=Severity.CAUTION)


def _is_named(known: KnownRoot, organisation: str) -> bool:
    """Whether one of the owner's key words stands in the organisation's name, as whole words: GE is not in Imaging."""
    words = " ".join(("", *_WORD.findall(organisation.casefold()), ""))
    return any(f" {keyword} " in words for keyword in known.keywords)
