"""A registry to try things on: made by the same use cases as a real one, so that nothing in it is a mock-up.

Serial 0372764 and version 4.5.0.3 of the CT Console are left free on purpose: they are what the README tries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import no_progress
from uidmanager.core.drafts import (
    AssignInstallations,
    Check,
    CorrectInstallation,
    Draft,
    FoundRegistry,
    NoteLabelsChecked,
    NoteLabelsPrinted,
    OpenIndexedArc,
    Print,
    RegisterProduct,
    RegisterRelease,
    RetireInstallation,
    SetProductGtin,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.core.records import SerialRule

if TYPE_CHECKING:
    from uidmanager.app.ports import Progress
    from uidmanager.app.service import Receipt, Service

ORGANISATION: Final = "Acme Imaging"
ROOT: Final = "1.2.826.0.1.3680043.2.50"

_VIEWER: Final = "Viewer"
_CONSOLE: Final = "CT Console"
_PROBE: Final = "Probe"
_GTIN: Final = "09521101530001"  # of the range that GS1 keeps for examples
_LABELLED: Final = ("0372720", "0372721")
_CODES: Final = {serial: f"01{_GTIN}21{serial}" for serial in _LABELLED}
_REGISTERED: Final[tuple[Draft, ...]] = (
    RegisterProduct(_VIEWER),
    RegisterProduct(_CONSOLE, code="CT"),
    RegisterRelease(_VIEWER, "1.0.0", note="First release to the field"),
    RegisterRelease(_CONSOLE, "4.4.0.1"),
    AssignInstallations(("100417", "100418", "100423"), _VIEWER),
    AssignInstallations(("0372701", "0372702", "0372705"), _CONSOLE),
    RegisterRelease(_VIEWER, "1.1.0"),
    RegisterRelease(_CONSOLE, "4.5.0.1", note="CE mark renewed"),
    AssignInstallations(("0372713",), _CONSOLE, note="Demonstration unit"),
    AssignInstallations(("100452", "100453"), _VIEWER),
    AssignInstallations(("0372720", "0372721"), _CONSOLE),
    WithdrawRelease(_VIEWER, "1.1.0", reason="Measurements were shown in the wrong unit; replaced by 1.1.1"),
    RegisterRelease(_VIEWER, "1.1.1"),
    RegisterRelease(_VIEWER, "2.0.0-rc.1", numeric="2.0.0.1"),
    AssignInstallations(("372799",), _CONSOLE),
    VoidInstallation("372799", reason="Misread nameplate; the machine is 0372721"),
    CorrectInstallation("100453", note="At St Mary's, room 4", reason="Site told by the customer"),
    RetireInstallation("100417", reason="Returned by the customer and scrapped"),
    RegisterRelease(_CONSOLE, "4.5.0.2", note="Security update"),
    SetProductGtin(_CONSOLE, _GTIN),
    OpenIndexedArc("3", reason="The serials of probes have letters"),
    RegisterProduct(_PROBE, code="PRB", serials=SerialRule(indexed=True, pattern="SN-[A-Z][0-9]{2}", example="SN-A17")),
    AssignInstallations(("SN-A17", "SN-A18", "SN-B02"), _PROBE),
    NoteLabelsPrinted(tuple(Print(serial, code) for serial, code in _CODES.items()), "a4-3x8"),
)
_DRAFTS: Final[tuple[Draft, ...]] = (
    *_REGISTERED,
    # The registry is founded in entry 1, so the last of those before has one more than its number.
    NoteLabelsChecked(len(_REGISTERED) + 1, (Check("0372720", f"]d2{_CODES['0372720']}"),)),
)


def make_sample(service: Service, progress: Progress = no_progress) -> None:
    """Found the sample registry in the service's ledger and fill it. Raises `LedgerExistsError` where one lies already.

    Stopped half-way it leaves a registry that is whole, only smaller.
    """
    _expect_entry(service.found(FoundRegistry(ROOT, ORGANISATION, reason="A sample to try things on")))
    for done, draft in enumerate(_DRAFTS, 1):
        progress("Filling the sample registry", done / len(_DRAFTS))
        _expect_entry(service.submit(draft))


def _expect_entry(receipt: Receipt) -> None:
    """A rule that refuses the sample is a fault of ours, and must not pass for a sample that is there."""
    if receipt.entry is None:
        raise RuntimeError(f"The sample was not registered: {receipt.decision.problems}")
