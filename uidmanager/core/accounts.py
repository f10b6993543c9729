"""What an event means, in words: for the history, on the screen and in reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from uidmanager.core import events as e
from uidmanager.core.records import NumberKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.records import GivenUp, SerialRule
    from uidmanager.core.registry import Registry


_NAMED: Final = 3  # subjects of a batch; a sentence with more of them would not be read
NUMBERS_CALLED: Final = {
    NumberKind.PRODUCT: "product",
    NumberKind.RELEASE: "release",
    NumberKind.INSTALLATION: "installation",
    NumberKind.VERSION_NAME: "version name",
}
"""Each kind of number, before the number itself."""
_BECAME: Final = {
    e.InstallationRetired: "installation retired",
    e.InstallationVoided: "installation voided",
    e.InstallationReinstated: "installation reinstated",
}


class Account(Struct, frozen=True, gc=False):
    """One event told: what happened, to what, the value before and after where there is one, the UID it is about."""

    what: str
    subject: str
    old: str | None = None
    new: str | None = None
    uid: str | None = None


def account_of(registry: Registry, event: e.Event) -> Account:
    """The event told with the names that hold now."""
    match event:
        case _ if isinstance(event, e.ProductEvent):
            told = _product(event, registry)
        case _ if isinstance(event, e.ReleaseEvent):
            told = _release(event, registry)
        case _ if isinstance(event, e.InstallationEvent):
            told = _installation(event, registry)
        case _ if isinstance(event, e.RegistryEvent):
            told = _registry(event, registry)
        case _ if isinstance(event, e.MergeEvent):
            told = _merge(event)
        case _ if isinstance(event, e.ImportEvent):
            told = _import(event, registry)
        case e.LabelMissed():
            told = Account("label missed", f"print run {event.printed}", event.scanned, event.verdict)
        case _:
            assert_never(event)
    return told


def entry_in_words(registry: Registry, entry: e.Entry) -> str:
    """A whole entry told on one line; of many events of one kind only the first and the last are named."""
    kinds: dict[str, list[Account]] = {}
    for event in entry.events:
        account = account_of(registry, event)
        if isinstance(
            event, e.EntryMerged | e.RegistryImported | e.SpreadsheetImported
        ):  # a hash is not for a sentence
            account = Account(account.what, account.subject)
        kinds.setdefault(account.what, []).append(account)
    return "; ".join(_one(found[0]) if len(found) == 1 else _many(what, found) for what, found in kinds.items())


def _one(account: Account) -> str:
    told = f"{account.what}: {account.subject}"
    if account.old is None and account.new in {None, account.uid}:
        return told
    new = account.new or "nothing"
    return f"{told}, {new}" if account.old is None else f"{told}, {account.old} → {new}"


def _many(what: str, accounts: Sequence[Account]) -> str:
    subjects = [account.subject for account in accounts]
    named = subjects if len(subjects) <= _NAMED else [*subjects[: _NAMED - 1], f"… {subjects[-1]}"]
    return f"{len(subjects):,} × {what}: {', '.join(named)}"


def given_up_words(given_up: Sequence[GivenUp]) -> str:
    """That a number was given in another history: to what, and which number that has here. There is one at least."""
    first = given_up[0]
    to = " and ".join(f"“{each.meant}”" for each in given_up)
    number = f"{NUMBERS_CALLED[first.kind].capitalize()} {first.number}"
    now = f" (now {first.now})" if first.now and len(given_up) == 1 else ""
    merged = f"{first.origin.at[:10]} by {first.origin.by}"
    return f"{number} was given to {to}{now} in another history, merged {merged}."


def _registry(event: e.RegistryEvent, registry: Registry) -> Account:
    match event:
        case e.RegistryFounded():
            return Account("registry founded", event.organisation, new=event.root, uid=event.root)
        case e.IndexedArcOpened():
            uid = f"{registry.founding.root}.{event.arc}"
            return Account("indexed arc opened", f"arc {event.arc}", new=uid, uid=uid)
        case e.SpreadsheetImported():
            left = f", {event.left_out:,} left out" if event.left_out else ""
            whence = f"{event.rows:,} {'row' if event.rows == 1 else 'rows'}{left}"
            where = f"{event.file}, sheet {event.sheet}" if event.sheet else event.file
            return Account("spreadsheet imported", where, whence, event.document)
        case _:
            assert_never(event)


def serial_rule_in_words(rule: SerialRule) -> str:
    """What the serials of a product are like."""
    kind = "an index each" if rule.indexed else "digits"
    return f"{kind}, like {rule.example} ({rule.pattern})" if rule.pattern else kind


def _product(event: e.ProductEvent, registry: Registry) -> Account:
    product = registry.product(event.number)
    subject = f"product {event.number} {product.name if product else ''}".rstrip()
    match event:
        case e.ProductRegistered():
            return Account("product registered", f"product {event.number}", new=event.name)
        case e.ProductNameCorrected():
            return Account("product name corrected", f"product {event.number}", event.old, event.new)
        case e.ProductRetired():
            return Account("product retired", subject)
        case e.ProductGtinSet():
            return Account("product GTIN set", subject, event.old, event.new)
        case e.ProductSerialsSet():
            old, new = serial_rule_in_words(event.old), serial_rule_in_words(event.new)
            return Account("product serials set", subject, old, new)
        case e.ProductNoteCorrected():
            return Account("product note corrected", subject, event.old, event.new)
        case _:
            assert_never(event)


def _release(event: e.ReleaseEvent, registry: Registry) -> Account:
    product = registry.product(event.product)
    release = registry.release(event.product, event.numeric)
    version = release.version if release else event.numeric
    uid = release.uid if release else None
    subject = f"{product.name if product else f'product {event.product}'} {version}"
    match event:
        case e.ReleaseRegistered():
            return Account("release registered", subject, new=uid, uid=uid)
        case e.ReleaseNoteCorrected():
            return Account("release note corrected", subject, event.old, event.new, uid)
        case e.ReleaseWithdrawn():
            return Account("release withdrawn", subject, uid=uid)
        case _:
            assert_never(event)


def _installation(event: e.InstallationEvent, registry: Registry) -> Account:
    if isinstance(event, e.BarcodeRead | e.LabelPrinted | e.LabelChecked):
        return _label(event, registry)
    held = registry.installation(event.component)
    subject = held.serial if held else event.component
    uid = held.uid if held else None
    match event:
        case e.InstallationAssigned() | e.InstallationIndexed():
            return Account("installation assigned", subject, new=uid, uid=uid)
        case e.InstallationProductCorrected():
            old, new = _called(registry, event.old), _called(registry, event.new)
            return Account("installation product corrected", subject, old, new, uid)
        case e.InstallationNoteCorrected():
            return Account("installation note corrected", subject, event.old, event.new, uid)
        case e.InstallationRetired() | e.InstallationVoided() | e.InstallationReinstated():
            return Account(_BECAME[type(event)], subject, uid=uid)
        case e.InstallationSeen():
            return Account("installation seen", subject, new=f"{event.day}, {event.where}: {event.what}", uid=uid)
        case _:
            assert_never(event)


def _label(event: e.BarcodeRead | e.LabelPrinted | e.LabelChecked, registry: Registry) -> Account:
    held = registry.installation(event.component)
    subject, uid = (held.serial, held.uid) if held else (event.component, None)
    match event:
        case e.BarcodeRead():
            return Account("barcode read", subject, new=event.scanned, uid=uid)
        case e.LabelPrinted():
            copies = "" if event.copies == 1 else f", {event.copies} copies"
            return Account("label printed", subject, new=f"{event.code} on {event.template}{copies}", uid=uid)
        case e.LabelChecked():
            return Account("label checked", subject, new=f"{event.scanned}, print run {event.printed}", uid=uid)
        case _:
            assert_never(event)


def _merge(event: e.MergeEvent) -> Account:
    if isinstance(event, e.EntryMerged):
        because = f": {event.why}" if event.why else ""
        whence = f"{event.at[:10]} by {event.by} at {event.station}{because}"
        return Account("entry merged", f"entry {event.entry} of another history", whence, event.hash)
    subject = f"{NUMBERS_CALLED[event.kind]} {event.number}"
    return Account("number given up", subject, event.meant, event.now)


def _import(event: e.ImportEvent, registry: Registry) -> Account:
    match event:
        case e.RegistryImported():
            whence = (
                f"entry {event.entries} of registry {event.registry}, written {event.made_at[:10]} by {event.made_by}"
            )
            return Account("registry imported", event.file, whence, event.document)
        case e.ProductImported():
            return Account("product imported", f"product {event.number}", _past(event), event.name)
        case e.ReleaseImported():
            product, release = registry.product(event.product), registry.release(event.product, event.numeric)
            subject = f"{product.name if product else f'product {event.product}'} {event.version}"
            uid = release.uid if release else None
            return Account("release imported", subject, _past(event), uid, uid)
        case e.InstallationImported():
            installation = registry.installation(event.component)
            uid = installation.uid if installation else None
            return Account("installation imported", event.serial, _past(event), uid, uid)
        case e.GivenUpImported():
            subject = f"{NUMBERS_CALLED[event.kind]} {event.number}"
            return Account("number given up", subject, event.meant, event.now)
        case _:
            assert_never(event)


def _past(event: e.RecordImported) -> str:
    """When and by whom a record was registered before it came here, and since when it is no longer active."""
    told = f"registered {event.registered.at[:10]} by {event.registered.by}"
    changed = event.changed
    if changed is None:
        return told
    because = f": {changed.why}" if changed.why else ""
    return f"{told}, {event.state} {changed.at[:10]} by {changed.by}{because}"


def _called(registry: Registry, number: int | None) -> str | None:
    product = None if number is None else registry.product(number)
    return product.name if product else (None if number is None else str(number))
