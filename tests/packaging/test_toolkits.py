"""The toolkits for the snippets' tests: tried for, installed once, and never a reason to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import _commands
import _steps
import _toolkits
import pytest

from tests.snippets.tools import TOOLKITS

if TYPE_CHECKING:
    from pathlib import Path


class TestSystemPackages:
    @pytest.fixture(autouse=True)
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """A Debian as root with no compiler, and what it was asked to install."""
        installed: list[list[str]] = []
        monkeypatch.setattr(_toolkits, "has_apt", lambda: True)
        monkeypatch.setattr("shutil.which", lambda _program: None)
        monkeypatch.setattr(_toolkits, "installed_packages", lambda _needs: set())
        monkeypatch.setattr(_toolkits, "known_packages", lambda needs: {names[0] for names in needs})
        monkeypatch.setattr(_toolkits, "administrator_prefix", list)
        monkeypatch.setattr(
            _toolkits, "install", lambda needs, _prefix: installed.append([names[0] for names in needs])
        )
        return installed

    def test_are_installed_together(self, asked: list[list[str]]) -> None:
        _toolkits.try_for_packages()
        assert asked == [["g++", "make", "cmake", "nodejs", "libdcmtk-dev", "dcmtk"]]

    def test_are_not_asked_for_where_the_program_is_there(
        self, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shutil.which", lambda program: program if program in {"g++", "node"} else None)
        _toolkits.try_for_packages()
        assert asked == [["make", "cmake", "libdcmtk-dev", "dcmtk"]]

    def test_are_not_asked_for_again(self, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_toolkits, "installed_packages", lambda needs: {names[0] for names in needs})
        _toolkits.try_for_packages()
        assert asked == []

    def test_are_left_alone_on_other_systems(self, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_toolkits, "has_apt", lambda: False)
        _toolkits.try_for_packages()
        assert asked == []

    def test_that_need_a_password_are_told_and_not_insisted_on(
        self, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(_toolkits, "administrator_prefix", lambda: None)
        _toolkits.try_for_packages()
        assert asked == []
        assert "missing: g++ make cmake nodejs libdcmtk-dev dcmtk." in capsys.readouterr().err

    def test_that_cannot_be_had_are_told_with_the_reason(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(_needs: object, _prefix: object) -> None:
            raise _steps.StopError("Reading package lists...\nE: Unable to locate package cmake\napt-get could not")

        monkeypatch.setattr(_toolkits, "install", fail)
        _toolkits.try_for_packages()
        said = capsys.readouterr().err
        assert "could not be installed: g++ make" in said
        assert said.endswith("\nE: Unable to locate package cmake\n")


class TestPythonPackages:
    @pytest.fixture(autouse=True)
    def installs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
        """An environment without toolkits, and what pip was asked for in it."""
        ran: list[tuple[str, ...]] = []

        def pip(*arguments: str) -> None:
            ran.append(arguments)
            (tmp_path / "toolkits").mkdir(exist_ok=True)

        monkeypatch.setattr(_toolkits, "FOLDER", tmp_path / "toolkits")
        monkeypatch.setattr(_toolkits, "STAMP", tmp_path / "toolkits" / "made-from")
        monkeypatch.setattr(_toolkits, "pip_install", pip)
        return ran

    def test_are_installed_once_by_their_hashes(self, installs: list[tuple[str, ...]]) -> None:
        _toolkits.try_for_python_packages()
        _toolkits.try_for_python_packages()
        (arguments,) = installs
        assert {"--require-hashes", "--no-deps", "--only-binary=:all:", "--target"} <= set(arguments)
        assert arguments[-1].endswith("toolkits.txt")

    def test_are_made_anew_when_the_lock_changes(
        self, installs: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _toolkits.try_for_python_packages()
        (tmp_path / "toolkits" / "old").touch()
        monkeypatch.setattr(_toolkits, "lock_text", lambda _name: "another")
        _toolkits.try_for_python_packages()
        assert len(installs) == 2
        assert not (tmp_path / "toolkits" / "old").exists()

    def test_that_cannot_be_had_are_told_and_tried_for_the_next_time(
        self, installs: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(*_arguments: str) -> None:
            raise _steps.StopError("Looking\nERROR: No matching distribution found for itk-io\npip could not")

        with monkeypatch.context() as without_network:
            without_network.setattr(_toolkits, "pip_install", fail)
            _toolkits.try_for_python_packages()
        assert capsys.readouterr().err.endswith("ERROR: No matching distribution found for itk-io\n")
        _toolkits.try_for_python_packages()
        assert len(installs) == 1


def test_lie_where_the_tests_look_for_them() -> None:
    assert _toolkits.FOLDER.name == TOOLKITS.name
    assert _toolkits.FOLDER.parent.name == ".venv"


@pytest.mark.parametrize("text", ["", "only this"])
def test_a_failure_without_a_line_of_its_own_is_told_all_the_same(text: str) -> None:
    assert _toolkits.reason(_steps.StopError(text)) == (text or "StopError")


@pytest.mark.parametrize(("command", "tried"), [("test", True), ("run", False)])
def test_are_for_the_tests_only(command: str, monkeypatch: pytest.MonkeyPatch, *, tried: bool) -> None:
    done: list[str] = []
    monkeypatch.setattr(_commands, "set_up", lambda **_: done.append("set up"))
    monkeypatch.setattr(_commands, "try_for_toolkits", lambda: done.append("toolkits"))
    monkeypatch.setattr(_commands, "run_checks", lambda _arguments: 0)
    monkeypatch.setattr(_commands, "hand_over", lambda *_a, **_k: 0)
    assert _commands.main([command]) == 0
    assert ("toolkits" in done) is tried
