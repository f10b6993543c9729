"""``access``: who may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Caller


def test_who_may_write_is_told_with_what_that_means(acme: Caller, ledger: Path) -> None:
    ledger.chmod(0o644)
    result = acme.done("access")
    assert [line.split()[0] for line in result.lines] == ["ledger", "file", "folder", "you"]
    assert "(owner)" in result.lines[1]
    assert result.lines[3].endswith("may write")
    assert result.codes == ["access.file_system"]
    assert acme("access", "--json").json["writable"] is True


def test_whoever_may_only_look_is_told_why(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_a: False)
    assert "may only look: " in acme.done("access").lines[3]
    assert acme("access", "--json").json["writable"] is False


def test_a_ledger_that_is_missing_has_no_access(call: Caller) -> None:
    result = call("access")
    assert (result.code, result.codes) == (3, ["ledger.missing"])
