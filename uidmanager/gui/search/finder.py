"""What a search finds, step by step: first what is meant exactly, then what begins so, then what has it somewhere.

A search is a generator that stops for breath every few hundred records, so that the window never waits for it and the
next keystroke can end it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from uidmanager.core.identify import identify
from uidmanager.core.mentions import uids_in
from uidmanager.core.records import Installation, Product, Release, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from PySide6.QtGui import QAction

    from uidmanager.core.finding import Found
    from uidmanager.core.records import Record
    from uidmanager.gui.session import Session

MOST_HITS: Final = 50
_R = TypeVar("_R")
_BREATH: Final = 500
_MOST_UIDS: Final = 5


@dataclass(frozen=True)
class Hit:
    """One line of the results: a record to go to, a command to run, or neither, when it only tells."""

    title: str
    detail: str
    icon: str
    record: Record | None = None
    action: QAction | None = None


class Finder:
    """Searches a registry as it was when the finder was made, and a list of commands."""

    def __init__(self, session: Session, commands: Sequence[QAction]) -> None:
        self._session = session
        self._commands = commands
        self._index = session.index
        self._names = session.product_names
        with session.service.look() as registry:
            self._products = list(registry.products)
            self._releases = list(registry.releases)
            self._count = len(registry.installations)

    def find(self, text: str) -> Iterator[Hit | None]:
        """Hits, best first, each once; None now and then, to let others have their turn."""
        words = text.casefold().split()
        seen: set[Record] = set()
        count = 0
        for hit in self._candidates(text.strip(), words) if words else self._offers():
            if hit is None:
                yield None
            elif hit.record is None or hit.record not in seen:
                if hit.record is not None:
                    seen.add(hit.record)
                yield hit
                count += 1
                if count == MOST_HITS:
                    return

    def _offers(self) -> Iterator[Hit | None]:
        """Before anything is typed: what can be done."""
        return (self._command(action) for action in self._commands if action.isEnabled())

    def _candidates(self, text: str, words: list[str]) -> Iterator[Hit | None]:
        yield from self._exact(text)
        yield from (self._command(a) for a in self._commands if a.isEnabled() and _has(_plain(a), words))
        yield from _sifted(self._products, lambda p: _has(_of_product(p), words), _product)
        yield from _sifted(self._releases, lambda r: _has(self._of_release(r), words), self._release)
        folded = text.casefold()
        yield from self._told(self._index.beginning(folded, folded.lstrip("0") or folded, self._count))
        yield from self._told(self._index.find(self._index.words(text), self._count))

    def _told(self, steps: Iterable[Found]) -> Iterator[Hit | None]:
        """Hits for the installations that are found; None after each step."""
        for found in steps:
            for place in found.places():
                yield self._installation(self._index.installations[place])
            yield None

    def _exact(self, text: str) -> Iterator[Hit]:
        """The UIDs in the text, told whose they are; the serial or the product that it names."""
        with self._session.service.look() as registry:
            for uid in islice(uids_in(text), _MOST_UIDS):
                finding = identify(registry, uid, self._session.dicom_names)
                yield Hit(finding.sentence, uid, "identify", finding.record)
            named = registry.find_product(text)
            serial = registry.installation_with(text)
        if serial is not None:
            yield self._installation(serial)
        if named is not None:
            yield _product(named)

    def _command(self, action: QAction) -> Hit:
        return Hit(_plain(action), action.shortcut().toString(), "search", action=action)

    def _release(self, release: Release) -> Hit:
        title = f"{self._names.get(release.product, '')} {release.version}"
        return Hit(title, f"{release.uid}{_state(release.state)}", "releases", release)

    def _installation(self, installation: Installation) -> Hit:
        product = "" if installation.product is None else self._names.get(installation.product, "")
        title = f"{installation.serial}  {product}".rstrip()
        return Hit(title, f"{installation.uid}{_state(installation.state)}", "installations", installation)

    def _of_release(self, release: Release) -> str:
        product = self._names.get(release.product, "")
        return f"{product} {release.version} {release.uid} {release.version_name} {release.note or ''}".casefold()


def _sifted(records: Iterable[_R], is_meant: Callable[[_R], bool], told: Callable[[_R], Hit]) -> Iterator[Hit | None]:
    """Hits for those of the records that are meant; None every few hundred."""
    for index, record in enumerate(records, 1):
        if is_meant(record):
            yield told(record)
        if index % _BREATH == 0:
            yield None


def _product(product: Product) -> Hit:
    return Hit(product.name, f"Product {product.number}{_state(product.state)}", "releases", product)


def _of_product(product: Product) -> str:
    return f"{product.number} {product.name} {product.code or ''} {product.gtin or ''} {product.note or ''}".casefold()


def _has(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _plain(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def _state(state: State) -> str:
    return "" if state is State.ACTIVE else f" — {state}"
