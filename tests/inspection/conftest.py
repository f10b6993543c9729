"""A small ledger with something of everything, its pack, and the pack unpacked."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from uidmanager.app.ports import Person
from uidmanager.app.service import Service
from uidmanager.core.drafts import (
    AssignInstallations,
    FoundRegistry,
    RegisterProduct,
    RegisterRelease,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.inspection.pack import inspection_pack
from uidmanager.stores.jsonl import JsonlLedger

if TYPE_CHECKING:
    from pathlib import Path

    from uidmanager.core.drafts import Draft

ROOT = "1.2.826.0.1.3680043.2.50"
DRAFTS: tuple[Draft, ...] = (
    RegisterProduct("CT Console →"),
    RegisterRelease("1", "4.5.0.3"),
    RegisterRelease("1", "4.6"),
    WithdrawRelease("1", "4.6", "recall"),
    AssignInstallations(("0372764", "7", "8"), product="1"),
    VoidInstallation("8", "typo"),
)


class StillWorld:
    """One moment, one person, ids that count."""

    person = Person("anna", "LINE-3")
    app = "0.2.0"

    def __init__(self) -> None:
        self._ids = 0

    @staticmethod
    def now() -> str:
        return "2026-11-22T21:06:42.123456Z"

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-8000-{self._ids:012}"


@pytest.fixture(scope="session")
def world() -> StillWorld:
    return StillWorld()


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory, world: StillWorld) -> Path:
    folder = tmp_path_factory.mktemp("station")
    path = folder / "acme.jsonl"
    service = Service(JsonlLedger(path, world, folder / "seen"), world)
    service.found(FoundRegistry(ROOT, "Acme Imaging", ""))
    for draft in DRAFTS:
        assert service.submit(draft).entry is not None
    return path


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory, ledger: Path, world: StillWorld) -> Path:
    """The pack. Not to be changed: a test takes a copy."""
    target = tmp_path_factory.mktemp("packs") / "acme.zip"
    inspection_pack(str(ledger), target, world)
    return target


@pytest.fixture
def unpacked(tmp_path: Path, packed: Path) -> Path:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder
