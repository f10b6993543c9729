"""How a ledger stands beside another copy of it, in plain sentences: what is so, then what to do."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.errors import LedgerDamagedError, LedgerMissingError
from uidmanager.gui.widgets.signed_sentence import Sign

if TYPE_CHECKING:
    from uidmanager.core.errors import LedgerError
    from uidmanager.gui.dialogs.copies.looking import Look, Seen

OWN_COPY: Final = "This station's own copy"


class Standing(NamedTuple):
    """What to say, how much it weighs, and the paths in it."""

    sign: Sign
    sentence: str
    places: tuple[str, ...]


def standing(look: Look, *, is_own: bool) -> Standing:
    """The sentence for a look; ``is_own`` when the other copy is this station's."""
    sentences = (_of_ledger(look.ledger), _of_other(look, is_own=is_own), _what_to_do(look, is_own=is_own))
    faults = (look.ledger.fault, look.unread)
    places = tuple(fault.where for fault in faults if fault is not None)
    return Standing(_sign(look, is_own=is_own), " ".join(filter(None, sentences)), places)


def entries(count: int) -> str:
    """A number of entries, as it is said."""
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _sign(look: Look, *, is_own: bool) -> Sign:
    if look.ledger.fault is not None or look.have_parted or (look.other_alone and is_own):
        return Sign.REFUSED
    if look.other is None:
        return Sign.NOTICE
    is_doubtful = look.is_foreign or look.other_alone or look.other.fault is not None
    return Sign.CAUTION if is_doubtful else Sign.FITS


def _of_ledger(ledger: Seen) -> str:
    match ledger.fault:
        case None:
            return f"The ledger holds {entries(ledger.entries)} and is whole."
        case LedgerDamagedError() as damage:
            before = f"The {entries(ledger.entries)} before it can be read." if ledger.entries else ""
            return f"Line {damage.line} of the ledger is damaged: {damage.fault}. {before}".rstrip()
        case LedgerMissingError():
            return "Nothing lies in the ledger's place, or its file is empty."
        case other:
            return str(other)


def _of_other(look: Look, *, is_own: bool) -> str:
    if look.other is None:
        return _unread(look.unread, is_own=is_own)
    name = OWN_COPY if is_own else f"“{PurePath(look.other.where).name}”"
    if look.is_foreign:
        return f"{name} is of another registry, so there is nothing to compare."
    damage = "" if look.other.fault is None else f" It is damaged after its entry {look.other.entries}."
    return f"{_relation(look, name)}{damage}"


def _relation(look: Look, name: str) -> str:
    if look.have_parted:
        after = f"They parted after entry {look.common}" if look.common else "They have no entry in common"
        alone = f"the ledger alone has {entries(look.alone)}, {name[0].lower()}{name[1:]} {look.other_alone:,}"
        return f"{after}: {alone}."
    if look.other_alone:
        return f"{name} is ahead by {entries(look.other_alone)}."
    if look.alone:
        return f"{name} is behind by {entries(look.alone)}; the ledger has all that stands there."
    return f"{name} holds the same."


def _unread(why: LedgerError | None, *, is_own: bool) -> str:
    if why is None:
        return "Of which registry it was cannot be read any more, so this station's own copy of it is not known."
    if is_own and isinstance(why, LedgerMissingError):
        return "This station has no copy of its own yet; it makes one when it reads the ledger."
    return str(why)


def _what_to_do(look: Look, *, is_own: bool) -> str:
    if look.is_foreign:
        return "Choose a copy of this registry."
    if look.have_parted:
        return f"{_danger(look)} Let nobody write until it is decided what stays."
    if look.other is None:
        return "" if look.ledger.fault is None else "Compare it with another file, or restore a backup."
    if look.other_alone:
        verb = "Repair" if is_own else "Restore a backup, with this file,"
        return f"{verb} shows first what would be put back; what lies there now is set aside, not deleted."
    if look.ledger.fault is not None:
        return "No entry more stands there. If you have a newer backup, compare it or restore it."
    return "" if look.alone else "There is nothing to mend."


def _danger(look: Look) -> str:
    clashes = sum(each.is_clash for each in look.endangered)
    if clashes:
        return f"{clashes:,} {'number was' if clashes == 1 else 'numbers were'} given to two different things."
    return "No number was given to two different things."
