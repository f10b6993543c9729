"""A registry that holds still while another goes on."""

from __future__ import annotations

from uidmanager.core import events as e
from uidmanager.core.records import Scheme
from uidmanager.core.registry import Registry, fold

_ROOT = "1.2.826.0.1.3680043.2.50"


def _entry(n: int, *events: e.Event) -> e.Entry:
    return e.Entry(f"{n:064x}", n, f"id-{n}", "2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.1.0", None, events)


def _registry() -> Registry:
    return fold(
        (
            _entry(1, e.RegistryFounded(e.FORMAT, e.FORMAT_VERSION, "x", "Acme Imaging", _ROOT, Scheme())),
            _entry(2, e.InstallationAssigned("7", "7")),
            _entry(3, e.InstallationRetired("7")),
        )
    )


def test_later_entries_do_not_change_it() -> None:
    registry = _registry()
    still = registry.still()
    registry.apply(_entry(4, e.InstallationReinstated("7")))
    registry.apply(_entry(5, e.InstallationAssigned("8", "8")))
    assert (still.position, still.head) == (3, f"{3:064x}")
    (held,) = still.installations
    assert [entry.n for entry in still.history_of(held)] == [2, 3]
    assert still.installation("8") is None


def test_is_the_same_until_then() -> None:
    registry = _registry()
    still = registry.still()
    still.apply(_entry(4, e.InstallationReinstated("7")))
    registry.apply(_entry(4, e.InstallationReinstated("7")))
    assert list(still.installations) == list(registry.installations)
    assert still.founding == registry.founding
