"""How a ledger stands beside another copy, in sentences."""

from __future__ import annotations

import pytest

from uidmanager.core.branches import Endangered
from uidmanager.core.errors import LedgerDamagedError, LedgerError, LedgerMissingError, LedgerReadOnlyError
from uidmanager.gui.dialogs.copies.looking import Look, Seen
from uidmanager.gui.dialogs.copies.standing import standing
from uidmanager.gui.widgets.signed_sentence import Sign

WHOLE = Seen("/l/acme.jsonl", 10, None)
OTHER = Seen("/b/old.jsonl", 8, None)
DAMAGED = LedgerDamagedError("/l/acme.jsonl", 7, "its hash does not fit")
CLASH = Endangered("product", "3", "MR", "PET")


@pytest.mark.parametrize(
    ("look", "is_own", "sign", "sentence"),
    [
        (
            Look(Seen("/l/acme.jsonl", 1, None), None, Seen("/b/old.jsonl", 1, None), common=1),
            False,
            Sign.FITS,
            "The ledger holds 1 entry and is whole. “old.jsonl” holds the same. There is nothing to mend.",
        ),
        (
            Look(WHOLE, None, OTHER, common=8, alone=2),
            False,
            Sign.FITS,
            (
                "The ledger holds 10 entries and is whole. “old.jsonl” is behind by 2 entries; the ledger has all "
                "that stands there."
            ),
        ),
        (
            Look(WHOLE, None, OTHER, common=10, other_alone=1),
            False,
            Sign.CAUTION,
            (
                "The ledger holds 10 entries and is whole. “old.jsonl” is ahead by 1 entry. Restore a backup, with "
                "this file, shows first what would be put back; what lies there now is set aside, not deleted."
            ),
        ),
        (
            Look(WHOLE, None, OTHER, common=7, alone=3, other_alone=1, endangered=(CLASH,)),
            True,
            Sign.REFUSED,
            (
                "The ledger holds 10 entries and is whole. They parted after entry 7: the ledger alone has 3 "
                "entries, this station's own copy 1. 1 number was given to two different things. Let nobody write "
                "until this is settled: Merge shows first what would be taken over."
            ),
        ),
        (
            Look(WHOLE, None, OTHER, alone=10, other_alone=8),
            False,
            Sign.REFUSED,
            (
                "The ledger holds 10 entries and is whole. They have no entry in common: the ledger alone has 10 "
                "entries, “old.jsonl” 8. No number was given to two different things. Let nobody write until this "
                "is settled: Merge shows first what would be taken over."
            ),
        ),
        (
            Look(Seen("/l/acme.jsonl", 6, DAMAGED), None, Seen("/b/own.jsonl", 6, None), common=6),
            True,
            Sign.REFUSED,
            (
                "Line 7 of the ledger is damaged: its hash does not fit. The 6 entries before it can be read. This "
                "station's own copy holds the same. No entry more stands there. If you have a newer backup, compare "
                "it or restore it."
            ),
        ),
        (
            Look(WHOLE, None, Seen("/b/old.jsonl", 8, DAMAGED), common=8, alone=2),
            False,
            Sign.CAUTION,
            (
                "The ledger holds 10 entries and is whole. “old.jsonl” is behind by 2 entries; the ledger has all "
                "that stands there. It is damaged after its entry 8."
            ),
        ),
        (
            Look(WHOLE, None, unread=LedgerMissingError("/data/replicas/r.jsonl")),
            True,
            Sign.NOTICE,
            (
                "The ledger holds 10 entries and is whole. This station has no copy of its own yet; it makes one "
                "when it reads the ledger."
            ),
        ),
        (
            Look(WHOLE, None, OTHER, is_foreign=True),
            False,
            Sign.CAUTION,
            (
                "The ledger holds 10 entries and is whole. “old.jsonl” is of another registry, so there is nothing "
                "to compare. Choose a copy of this registry."
            ),
        ),
        (
            Look(Seen("/l/acme.jsonl", 0, LedgerMissingError("/l/acme.jsonl")), None),
            True,
            Sign.REFUSED,
            (
                "There is no ledger in its place any more, or its file is empty. Of which registry it was cannot "
                "be read there, so this station's own copy of it is not known. Restore a backup, or compare with "
                "another file."
            ),
        ),
    ],
)
def test_what_is_so_then_what_to_do(look: Look, is_own: bool, sign: Sign, sentence: str) -> None:  # noqa: FBT001
    found = standing(look, is_own=is_own)
    assert (found.sign, found.sentence) == (sign, sentence)


def test_the_paths_in_the_sentence_are_told_apart_so_that_they_may_break() -> None:
    fault: LedgerError = LedgerReadOnlyError("/l/acme.jsonl", "no leave")
    assert standing(Look(Seen("/l/acme.jsonl", 0, fault), None), is_own=True).places == ("/l/acme.jsonl",)
