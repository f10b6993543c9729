"""UIDs in a text and what they turned out to be: how they are found, taken apart and shown in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.mentions import Mentions
from uidmanager.core.records import Installation, Product, Release
from uidmanager.core.scheme import Meaning, Part, class_uid_parts, installation_root_parts
from uidmanager.core.uid import order_of
from uidmanager.gui.table_models import Column
from uidmanager.gui.tables.record_table import Copied
from uidmanager.gui.widgets.answer_card import ANSWERS

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.core.identify import Finding
    from uidmanager.core.registry import Registry

_PIECE: Final = 100_000  # characters looked through at once
COLUMNS: Final[tuple[Column[Finding], ...]] = (
    Column("UID", lambda f: f.uid, lambda f: order_of(f.uid), is_fixed=True, width=64),
    Column("Whose", lambda f: ANSWERS[f.answer], width=14),
    Column("What it is", lambda f: f.sentence, width=44),
    Column("Suffix", lambda f: f.suffix, is_fixed=True, width=13),
    Column("Rules broken", lambda f: " ".join(problem.message for problem in f.problems), width=40),
)
COPIES: Final = (Copied("Copy UID", lambda f: f.uid), Copied("Copy answer", lambda f: f"{f.uid}\t{f.sentence}"))


def asked_of_long(text: str, progress: Progress) -> list[str]:
    """The UIDs in a long text, each once; looked through in pieces, so that others get their turn."""
    mentions = Mentions()
    for start in range(0, len(text), _PIECE):
        progress("Looking for UIDs", start / len(text))
        mentions.read(text[start : start + _PIECE])
    mentions.end()
    return [mention.given for mention in mentions]


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
