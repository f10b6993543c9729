"""UIDs in a text and what they turned out to be: how they are found, taken apart and shown in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.identify import Finding, identify
from uidmanager.core.mentions import Mention, Mentions
from uidmanager.core.records import Installation, Product, Release
from uidmanager.core.scheme import Meaning, Part, class_uid_parts, installation_root_parts
from uidmanager.core.uid import order_of
from uidmanager.gui.table_models import Column
from uidmanager.gui.tables.record_table import Copied
from uidmanager.gui.widgets.answer_card import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uidmanager.app.ports import Progress
    from uidmanager.core.registry import Registry

_PIECE: Final = 100_000  # characters looked through at once


class Sighting(Struct, frozen=True):
    """A UID in a text: what it is, where it stands first and how often."""

    finding: Finding
    mention: Mention


COLUMNS: Final[tuple[Column[Sighting], ...]] = (
    Column("UID", lambda s: s.finding.uid, lambda s: order_of(s.finding.uid), is_fixed=True, width=64),
    Column("Whose", lambda s: ANSWERS[s.finding.answer], width=14),
    Column("What it is", lambda s: s.finding.sentence, width=44),
    Column("Suffix", lambda s: s.finding.suffix, is_fixed=True, width=13),
    Column("Rules broken", lambda s: " ".join(problem.message for problem in s.finding.problems), width=40),
    Column("Times", lambda s: f"{s.mention.count:,}", lambda s: s.mention.count, width=7),
    Column(
        "First at",
        lambda s: f"{s.mention.line}:{s.mention.column}",
        lambda s: (s.mention.line, s.mention.column),
        width=9,
        tooltip=lambda s: f"Line {s.mention.line:,}, column {s.mention.column:,}",
    ),
)
COPIES: Final = (
    Copied("Copy UID", lambda s: s.finding.uid),
    Copied("Copy answer", lambda s: f"{s.finding.uid}\t{s.finding.sentence}"),
)


def sighting_of(registry: Registry, mention: Mention, dicom_names: Mapping[str, str]) -> Sighting:
    """What a UID in a text is."""
    return Sighting(identify(registry, mention.given, dicom_names), mention)


def asked_of_long(text: str, progress: Progress) -> list[Mention]:
    """The UIDs in a long text, each once; looked through in pieces, so that others get their turn."""
    mentions = Mentions()
    for start in range(0, len(text), _PIECE):
        progress("Looking for UIDs", start / len(text))
        mentions.read(text[start : start + _PIECE])
    mentions.end()
    return list(mentions)


def parts_of(registry: Registry, finding: Finding) -> tuple[Part, ...]:
    """The UID taken apart, where it belongs to a record of ours."""
    founding = registry.founding
    match finding.record:
        case Release() as release:
            parts = class_uid_parts(founding.root, founding.scheme, release.product, release.numeric)
        case Installation() as held:
            parts = installation_root_parts(founding.root, founding.scheme, held.component)
        case Product() as product:
            parts = class_uid_parts(founding.root, founding.scheme, product.number, "")[:-1]
        case _:
            return ()
    return (*parts, Part(finding.suffix[1:], Meaning.SUFFIX)) if finding.suffix else parts
