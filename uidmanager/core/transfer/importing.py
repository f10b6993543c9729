"""What importing a document comes to: all that speaks against it, and the events that found a registry from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from uidmanager.core import events as e
from uidmanager.core.errors import Problem, Severity
from uidmanager.core.records import SerialRule
from uidmanager.core.rules.common import check_reason
from uidmanager.core.texts import excerpt
from uidmanager.core.transfer.document import (
    CarriedGivenUp,
    CarriedInstallation,
    CarriedProduct,
    CarriedRelease,
    Source,
)
from uidmanager.core.transfer.records import RecordRules
from uidmanager.core.transfer.source import check_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from uidmanager.core.transfer.document import Carried, Document
    from uidmanager.core.transfer.findings import Findings

    Watch = Callable[[int], None]

MOST_IN_AN_ENTRY: Final = 2000
"""So that a line stays below the bound of the format, whatever notes and reasons there are."""

_EACH: Final = 1000


class Paper(Struct, frozen=True):
    """The file a document came in: its name without its folder, the SHA-256 of its bytes."""

    name: str
    sha256: str


class Checked(Struct, frozen=True):
    """A document that was looked at: whose it is, and all that speaks against it or should be read by somebody."""

    source: Source
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


class ImportDecision(Struct, frozen=True):
    """What the rules say of founding a registry from a document. It is written in several entries, all or none."""

    source: Source
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        """Whether a rule forbids it."""
        return bool(self.problems)


def check_document(document: Document, findings: Findings, seen: int, watch: Watch) -> Checked:
    """Look at every record of a document; ``findings`` holds what could not be read of it already.

    ``seen`` is how many entries of its registry are known of here. ``watch`` is told now and then how many records have
    been looked at, and may stop it by raising.
    """
    check_source(document, findings)
    findings.add("/entries", *_outdated(document.source, seen))
    _check_records(document, findings, watch)
    return Checked(document.source, findings.problems, (*findings.notices, _one_registry(document.source)))


def decide_import(checked: Checked, reason: str | None) -> ImportDecision:
    """Whether a registry may be founded from a document for this reason."""
    return ImportDecision(checked.source, (*checked.problems, *check_reason(reason, required=True)), checked.notices)


def import_events(document: Document, registry: str, paper: Paper) -> Iterator[tuple[e.Event, ...]]:
    """The events of each entry that founds the registry anew, under this id. The document must be free of problems."""
    source = document.source
    founded: tuple[e.Event, ...] = (
        e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, registry, source.organisation, source.root, source.scheme),
        e.RegistryImported(
            file=paper.name,
            document=paper.sha256,
            registry=source.registry,
            entries=source.entries,
            head=source.head,
            made_at=source.made_at,
            made_by=source.made_by,
            station=source.station,
            app=source.app,
        ),
    )
    yield founded if source.indexed_arc is None else (*founded, e.IndexedArcOpened(source.indexed_arc))
    for carried in (document.products, document.releases, document.installations, document.given_up):
        some: list[e.Event] = []
        for it in carried:
            some.extend(() if it is None else _events_of(it))  # what is of one record stands in one entry
            if len(some) >= MOST_IN_AN_ENTRY:
                yield tuple(some)
                some = []
        if some:
            yield tuple(some)


def _one_registry(source: Source) -> Problem:
    """What nobody can check but people: that the old registry has come to its end."""
    sentence = (
        f"From now on only this registry may give numbers under {excerpt(source.root)}: neither registry "
        f"{excerpt(source.registry)}, which had {source.entries} entries when the document was written, nor any copy "
        "of its ledger, nor a second import of the document. Two ledgers under one root give the same numbers. Keep "
        "the old ledger for its history, where nobody can write to it."
    )
    return Problem("import.one_registry", "registry", sentence, None, Severity.CAUTION)


def _outdated(source: Source, seen: int) -> Iterator[Problem]:
    """What the old registry gave after the document was written would be given again."""
    if seen > source.entries:
        sentence = (
            f"The document was written when its registry had {source.entries} entries, but this station has seen "
            f"{seen} of them: numbers that were given since would be given again. Export the registry anew."
        )
        yield Problem("import.outdated", "entries", sentence)


def _check_records(document: Document, findings: Findings, watch: Watch) -> None:
    rules = RecordRules(document.source)
    rules.knows_products = None not in document.products
    done = 0
    for kind, carried in (
        ("products", document.products),
        ("releases", document.releases),
        ("installations", document.installations),
        ("given_up", document.given_up),
    ):
        for at, it in enumerate(carried):
            done += 1
            if done % _EACH == 0:
                watch(done)
            problems = () if it is None else tuple(_problems(rules, it))
            if it is not None and problems:
                findings.add(f"/{kind}/{at} ({excerpt(_called(it))})", *problems)


def _problems(rules: RecordRules, it: Carried) -> Iterator[Problem]:
    match it:
        case CarriedInstallation():
            return rules.installation(it)
        case CarriedRelease():
            return rules.release(it)
        case CarriedProduct():
            return rules.product(it)
        case CarriedGivenUp():
            return rules.given_up(it)
        case _:
            assert_never(it)


def _called(it: Carried) -> str:
    """What people know a record by."""
    match it:
        case CarriedInstallation():
            return f"serial {it.serial}"
        case CarriedRelease():
            return f"version {it.version} of product {it.product}"
        case CarriedProduct():
            return f"product {it.number} {it.name}"
        case CarriedGivenUp():
            return f"{it.kind} {it.number}"
        case _:
            assert_never(it)


def _events_of(it: Carried) -> Iterator[e.Event]:
    yield _event_of(it)
    if not isinstance(it, CarriedProduct):
        return
    if it.gtin is not None:
        yield e.ProductGtinSet(it.number, None, it.gtin)
    if it.serials is not None and it.serials != SerialRule():
        yield e.ProductSerialsSet(it.number, SerialRule(), it.serials)
    if it.note is not None:
        yield e.ProductNoteCorrected(it.number, None, it.note)


def _event_of(it: Carried) -> e.Event:
    match it:
        case CarriedInstallation():
            return e.InstallationImported(
                it.serial, it.component, it.registered, it.product, it.note, it.state, it.changed
            )
        case CarriedRelease():
            return e.ReleaseImported(
                it.product, it.version, it.numeric, it.version_name, it.registered, it.note, it.state, it.changed
            )
        case CarriedProduct():
            return e.ProductImported(it.number, it.name, it.registered, it.code, it.state, it.changed)
        case CarriedGivenUp():
            return e.GivenUpImported(it.kind, it.number, it.meant, it.noted, it.now)
        case _:
            assert_never(it)
