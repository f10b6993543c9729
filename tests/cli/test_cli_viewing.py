"""Looking only: everything works but writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT
from uidmanager.bootstrap import make_desk
from uidmanager.core.errors import ViewingOnlyError
from uidmanager.settings import READ_ONLY_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller
    from uidmanager.app.ports import Desk

LOOKING = (
    ("status",),
    ("verify",),
    ("history",),
    ("access",),
    ("identify", ROOT),
    ("product", "list"),
    ("report", "installations"),
    ("assign", "7", "--dry-run"),
)
WRITING = (
    ("product", "add", "Gantry"),
    ("release", "add", "Viewer", "1.0"),
    ("assign", "7"),
    ("installation", "void", "0372764", "--reason", "mistyped"),
)


@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_whoever_looks_only_can_do_all_but_write(acme: Caller, ledger: Path, command: tuple[str, ...]) -> None:
    before = ledger.read_bytes()
    acme.done("--read-only", *command)
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_whoever_looks_only_writes_nothing(acme: Caller, ledger: Path, command: tuple[str, ...]) -> None:
    before = ledger.read_bytes()
    result = acme("--read-only", *command)
    assert (result.code, result.out, result.codes) == (3, "", ["ledger.view_only"])
    assert ledger.read_bytes() == before


def test_what_is_registered_already_is_answered_to_those_who_look_only(acme: Caller) -> None:
    assert acme.done("--read-only", "assign", "0372764").out == f"{ROOT}.2.372764\n"


def test_nothing_is_founded_by_those_who_look_only(call: Caller, ledger: Path) -> None:
    result = call("--read-only", "init", "--root", ROOT, "--organisation", "Acme Imaging")
    assert (result.code, result.codes) == (3, ["ledger.view_only"])
    assert not ledger.exists()


def test_a_ledger_this_user_may_not_write_can_be_read_like_any(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_a: False)
    for command in LOOKING:
        acme.done(*command)


def test_the_window_is_told_to_look_only(call: Caller, ledger: Path) -> None:
    desks: list[Desk] = []

    def window(desk: Desk, _ledger: str | None) -> int:
        desks.append(desk)
        return 0

    call.open_window = window
    call.done("gui")
    call.done("--read-only", "gui")
    wanted, viewing = (desk.ledger_at(str(ledger)).refused() for desk in desks)
    assert wanted is None
    assert isinstance(viewing, ViewingOnlyError)


@pytest.mark.parametrize(("value", "is_viewing"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_the_environment_can_ask_for_looking_only(
    monkeypatch: pytest.MonkeyPatch, ledger: Path, value: str, *, is_viewing: bool
) -> None:
    monkeypatch.setenv(READ_ONLY_VARIABLE, value)
    found = make_desk().ledger_at(str(ledger)).afresh().refused()
    assert isinstance(found, ViewingOnlyError) is is_viewing
