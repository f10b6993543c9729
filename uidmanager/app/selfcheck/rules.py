"""Checks of the rules: UIDs, the scheme, the preview, and that no number is given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.app.service import Service
from uidmanager.core.drafts import AssignInstallations, Draft, FoundRegistry, RegisterProduct, RegisterRelease
from uidmanager.core.uid import is_uid

if TYPE_CHECKING:
    from uidmanager.app.selfcheck.ports import Laboratory

ROOT: Final = "1.2.826.0.1.3680043.2.50"
_GOOD: Final = ("1.2.840.10008.1.1", "1.2.840.113619.6.408.0", "2.999." + "1" * 58)
_BAD: Final = ("", "1.2.840.01", "1..2", ".1.2", "1.2.", "1.2.84O", "2.999." + "1" * 59)
_DRAFTS: Final[tuple[Draft, ...]] = (
    RegisterProduct("Console", code="CT"),
    RegisterRelease("Console", "4.5.0.3"),
    AssignInstallations(("0372764", "100417"), "Console"),
)


def founded(laboratory: Laboratory, name: str) -> Service:
    """A registry founded anew in the scratch folder."""
    service = Service(laboratory.ledger(name), laboratory.world)
    if service.found(FoundRegistry(ROOT, "Installation check")).entry is None:
        raise RuntimeError("the registry was not founded")
    return service


def examples_of_the_standard(_laboratory: Laboratory) -> str:
    """The form of a UID: good ones and bad ones."""
    good, bad = sum(map(is_uid, _GOOD)), sum(not is_uid(uid) for uid in _BAD)
    return f"{good} of {len(_GOOD)} good ones accepted, {bad} of {len(_BAD)} bad ones refused"


def worked_example(laboratory: Laboratory) -> str:
    """The UID of the serial in the handbook."""
    return ", ".join(founded(laboratory, "example").submit(AssignInstallations(("0372764",))).decision.uids)


def preview_is_result(laboratory: Laboratory) -> str:
    """For each kind of draft the entry on the disk against what was shown."""
    service = founded(laboratory, "preview")
    agreeing = 0
    for draft in _DRAFTS:
        shown = service.preview(draft)
        entry = service.submit(draft, shown).entry
        agreeing += entry is not None and tuple(entry.events) == shown.events
    return f"preview and entry agree for {agreeing} of {len(_DRAFTS)} drafts"


def no_number_twice(laboratory: Laboratory) -> str:
    """As many UIDs as serials; asking again gives none anew."""
    service = founded(laboratory, "twice")
    serials = tuple(str(number) for number in range(100_001, 100_021))
    uids = {uid for serial in serials for uid in service.submit(AssignInstallations((serial,))).decision.uids}
    again = service.submit(AssignInstallations(serials))
    wrote = "wrote nothing" if again.entry is None and set(again.decision.uids) == uids else "wrote an entry"
    return f"{len(serials)} serials, {len(uids)} UIDs; the same serials again {wrote}"
