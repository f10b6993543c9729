from __future__ import annotations

from typing import TYPE_CHECKING

from uidmanager.app.selfcheck.plan import CHECKS
from uidmanager.stores.seen import StationMemory

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Caller


def test_a_sound_installation_ends_with_0_and_leaves_a_report(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "check.md"
    result = call.done("selfcheck", "--out", str(file))
    assert [line.split()[:2] for line in result.lines] == [[str(n), "passed"] for n in range(1, len(CHECKS) + 1)]
    assert result.codes == ["selfcheck.written"]
    assert f"All {len(CHECKS)} tests passed" in file.read_text(encoding="utf-8")


def test_it_touches_neither_the_ledger_nor_the_data_folder(call: Caller, ledger: Path, home: Path) -> None:
    call.done("selfcheck")
    assert not ledger.exists()
    assert not home.exists()


def test_a_failed_check_ends_with_3_and_is_named(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StationMemory, "recall", lambda _memory, _registry: None)
    result = call("selfcheck", "--json")
    assert result.code == 3
    assert (result.json["passed"], result.json["failed"], result.json["file"]) == (len(CHECKS) - 1, 1, None)
    assert [problem["code"] for problem in result.json["problems"]] == ["selfcheck.failed"]
    assert [row["actual"] for row in result.json["rows"] if not row["passed"]] == ["nothing was noticed"]


def test_a_report_that_is_there_is_kept(call: Caller, tmp_path: Path) -> None:
    file = tmp_path / "check.md"
    file.write_text("signed", encoding="utf-8")
    assert call("selfcheck", "--out", str(file)).code == 1
    assert file.read_text(encoding="utf-8") == "signed"


def test_an_empty_name_is_no_file(call: Caller) -> None:
    assert call("selfcheck", "--out", "").code == 2
