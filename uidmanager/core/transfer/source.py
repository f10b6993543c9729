"""The head of a document: whose registry it is, and of which state it was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import structs

from uidmanager.core.errors import Problem
from uidmanager.core.roots import check_root
from uidmanager.core.rules.arcs import check_arc
from uidmanager.core.rules.founding import check_organisation
from uidmanager.core.scheme import is_arc
from uidmanager.core.texts import excerpt
from uidmanager.core.transfer.pasts import HIGHEST_ENTRY, ID_LENGTH, PERSON_LENGTH, check_kept, check_moment, check_tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.records import Scheme
    from uidmanager.core.transfer.document import Document
    from uidmanager.core.transfer.findings import Findings

_HEAD: Final = re.compile(r"[0-9a-f]{64}").fullmatch


def check_source(document: Document, findings: Findings) -> None:
    """All that is wrong with the head of a document."""
    source = document.source
    findings.add("/root", *check_root(source.root, source.organisation))
    findings.add("/organisation", *check_organisation(source.organisation), *check_tidy(source.organisation))
    findings.add("/scheme", *_scheme(source.scheme))
    if source.indexed_arc is not None:
        findings.add("/indexed_arc", *check_arc(source.root, source.scheme, source.indexed_arc))
    findings.add("/head", *_head(source.head))
    findings.add("/entries", *_entries(source.entries))
    findings.add("/made_at", *check_moment(source.made_at))
    for field, longest in (("made_by", PERSON_LENGTH), ("station", PERSON_LENGTH), ("app", ID_LENGTH)):
        findings.add(f"/{field}", *check_kept(getattr(source, field), longest))
    findings.add("/registry", *check_kept(source.registry, ID_LENGTH))
    for field, said in structs.asdict(source.counts).items():
        findings.add(f"/{field}", *_count(said, len(getattr(document, field))))


def _scheme(scheme: Scheme) -> Iterator[Problem]:
    """Two arcs that are components, and not the same one: else a release could have the UID of a piece of equipment."""
    arcs = scheme.releases, scheme.installations
    if not all(map(is_arc, arcs)) or scheme.releases == scheme.installations:
        sentence = (
            f"“{excerpt(arcs[0])}” for releases and “{excerpt(arcs[1])}” for installations are not two numbers, "
            "different ones and without leading zeros. Export the registry anew."
        )
        yield Problem("document.scheme", "scheme", sentence)


def _head(head: str) -> Iterator[Problem]:
    if not _HEAD(head):
        sentence = f"“{excerpt(head)}” is no hash: 64 digits 0–9 and a–f. Export the registry anew."
        yield Problem("document.head", "head", sentence)


def _entries(entries: int) -> Iterator[Problem]:
    if not 1 <= entries <= HIGHEST_ENTRY:
        yield Problem("document.entry", "entries", f"No ledger has {entries} entries. Export the registry anew.")


def _count(said: int, found: int) -> Iterator[Problem]:
    """A document from which records were taken would give their numbers a second time."""
    if said != found:
        sentence = (
            f"The document says that it has {said:,} of them, and has {found:,}. Something was taken out or put in: "
            "export the registry anew."
        )
        yield Problem("document.count", "counts", sentence)
