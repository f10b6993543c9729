"""The rows of each report: plain values under the names that the command line and the files use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from uidmanager.core import events as e
from uidmanager.core.accounts import account_of
from uidmanager.core.records import Origin
from uidmanager.core.uid import order_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uidmanager.core.events import Entry, Event
    from uidmanager.core.records import Installation, Product, Release
    from uidmanager.core.registry import Registry
    from uidmanager.core.reports.filters import Filter
    from uidmanager.core.reports.kinds import Row

IS_RELEASE = "Implementation Class UID"
IS_INSTALLATION = "installation root"


def identifier_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Every UID that was assigned, whatever became of it, in the order of the UIDs."""
    for release in _releases(registry, wanted):
        yield {
            "uid": release.uid,
            "what": IS_RELEASE,
            "of": release.version,
            "product": product_name(registry, release.product),
            "state": release.state.value,
            **_when(release.origin),
            "entry": release.origin.entry,
        }
    for installation in _installations(registry, wanted):
        yield {
            "uid": installation.uid,
            "what": IS_INSTALLATION,
            "of": installation.serial,
            "product": product_name(registry, installation.product),
            "state": installation.state.value,
            **_when(installation.origin),
            "entry": installation.origin.entry,
        }


def product_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Products by their numbers, with how much is registered of each."""
    releases = Counter(release.product for release in registry.releases)
    installations = registry.installations
    units = Counter(map(installations.product_of, range(len(installations))))
    for product in sorted(registry.products, key=lambda each: each.number):
        if wanted.takes(product.number, product.origin, product.state):
            yield {
                **product_row(product),
                "releases": releases[product.number],
                "installations": units[product.number],
                **_when(product.origin),
                **product_settings_row(product),
            }


def release_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Releases, product by product, in the order of their UIDs."""
    return (release_row(registry, release) for release in _releases(registry, wanted))


def installation_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """Installations in the order of their components."""
    return (installation_row(registry, installation) for installation in _installations(registry, wanted))


def history_rows(registry: Registry, wanted: Filter) -> Iterator[Row]:
    """What happened, entry by entry."""
    for entry in registry.entries:
        origin = Origin(entry.n, entry.at, entry.by, entry.station)
        rows = entry_rows(registry, entry)
        for event, row in zip(entry.events, rows, strict=True):
            if wanted.takes(None if wanted.product is None else product_of(registry, event), origin):
                yield row


def product_row(product: Product) -> Row:
    """One product as it is listed."""
    return {"number": product.number, "name": product.name, "code": product.code, "state": product.state.value}


def product_settings_row(product: Product) -> Row:
    """What is said of a product beside its number and names."""
    return {
        "gtin": product.gtin,
        "serials": "indexed" if product.serials.indexed else "digits",
        "pattern": product.serials.pattern,
        "note": product.note,
    }


def release_row(registry: Registry, release: Release) -> Row:
    """One release as a row; its product by name."""
    return {
        "product": product_name(registry, release.product),
        "version": release.version,
        "uid": release.uid,
        "version_name": release.version_name,
        "state": release.state.value,
        **_when(release.origin),
        "note": release.note,
    }


def installation_row(registry: Registry, installation: Installation) -> Row:
    """One installation as a row; its product by name."""
    return {
        "serial": installation.serial,
        "component": installation.component,
        "uid": installation.uid,
        "product": product_name(registry, installation.product),
        "state": installation.state.value,
        **_when(installation.origin),
        "note": installation.note,
    }


def entry_rows(registry: Registry, entry: Entry) -> list[Row]:
    """One row for each event of an entry: what happened to what, the old value beside the new, who, when and why."""
    rows: list[Row] = []
    for event in entry.events:
        account = account_of(registry, event)
        rows.append(
            {
                "entry": entry.n,
                "at": entry.at,
                "by": entry.by,
                "station": entry.station,
                "what": account.what,
                "subject": account.subject,
                "old": account.old,
                "new": account.new,
                "why": entry.why,
            }
        )
    return rows


def product_of(registry: Registry, event: Event) -> int | None:
    """The number of the product that an event is about, as far as it is about one."""
    match event:
        case _ if isinstance(event, e.ProductEvent | e.ProductImported):
            return event.number
        case e.ReleaseRegistered() | e.ReleaseNoteCorrected() | e.ReleaseWithdrawn() | e.ReleaseImported():
            return event.product
        case e.RegistryImported() | e.GivenUpImported() | e.LabelMissed():
            return None
        case _ if isinstance(event, e.RegistryEvent | e.MergeEvent):
            return None
        case _:
            held = registry.installation(event.component)
            return None if held is None else held.product


def product_name(registry: Registry, number: int | None) -> str | None:
    """What a product is called now."""
    product = None if number is None else registry.product(number)
    return None if product is None else product.name


def _releases(registry: Registry, wanted: Filter) -> list[Release]:
    taken = (each for each in registry.releases if wanted.takes(each.product, each.origin, each.state))
    return sorted(taken, key=lambda each: order_of(each.uid))


def _installations(registry: Registry, wanted: Filter) -> Iterator[Installation]:
    installations = registry.installations
    for place in installations.in_order():
        installation = installations[place]
        if wanted.takes(installation.product, installation.origin, installation.state):
            yield installation


def _when(origin: Origin) -> Row:
    return {"at": origin.at, "by": origin.by, "station": origin.station}
