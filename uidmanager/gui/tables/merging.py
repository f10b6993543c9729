"""A merge as rows of tables: what must be decided, what becomes of each change, which numbers are given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from uidmanager.core.accounts import NUMBERS_CALLED
from uidmanager.gui.table_models import Column
from uidmanager.gui.times import exact_time, local_time

if TYPE_CHECKING:
    from uidmanager.app.ports import Merging
    from uidmanager.core.merging.terms import Clash, Surrendered, Told

UNDECIDED: Final = "◐ not decided"


class MergedRow(NamedTuple):
    """One change of the other history, where it stands in the list, and what becomes of it."""

    number: int
    told: Told
    becomes: str


def _meaning(clash: Clash) -> str:
    return next((option.meaning for option in clash.options if option.choice is clash.chosen), UNDECIDED)


CLASHES: Final[tuple[Column[Clash], ...]] = (
    Column("What", lambda c: c.what, width=24),
    Column("In what stays", lambda c: c.base, width=28),
    Column("In the other", lambda c: c.other, width=28),
    Column("Decision", _meaning, width=40),
)
CHANGES: Final[tuple[Column[MergedRow], ...]] = (
    Column("Entry there", lambda r: str(r.told.entry), lambda r: r.told.entry, width=9),
    Column("When", lambda r: local_time(r.told.at), lambda r: r.told.at, width=15,
           tooltip=lambda r: exact_time(r.told.at)),
    Column("Who", lambda r: r.told.by, width=12),
    Column("What", lambda r: r.told.what, width=24),
    Column("Subject", lambda r: r.told.subject, width=28),
    Column("Becomes", lambda r: r.becomes, width=22),
)  # fmt: skip
GIVEN_UP: Final[tuple[Column[Surrendered], ...]] = (
    Column("Kind", lambda s: NUMBERS_CALLED[s.kind], width=14),
    Column("Number given up", lambda s: s.number, is_fixed=True, width=24),
    Column("Was given there to", lambda s: s.meant, width=36),
    Column("Has here instead", lambda s: s.now or "nothing", is_fixed=True, width=24),
)


def changes_of(merging: Merging) -> list[MergedRow]:
    """Every change of the other history, in the order in which it was made there."""
    becomes = (
        ("taken over", merging.taken),
        ("there already", merging.present),
        ("not taken over", merging.left_out),
    )
    told = sorted(((each, words) for words, group in becomes for each in group), key=lambda pair: pair[0].entry)
    return [MergedRow(number, each, words) for number, (each, words) in enumerate(told)]
