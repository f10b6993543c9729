"""The decisions of the bootstrap: what is missing, what must be made anew, what the arguments ask for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import _checks
import _commands
import _environment
import _qt
import _steps
import _system
import pytest
from _commands import Request
from _environment import Stamp, Work

BOOTSTRAP = Path(__file__).parents[2] / "packaging" / "bootstrap.py"


class TestPythonTooOld:
    def test_gets_one_sentence_and_no_traceback(self) -> None:
        pretend = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path(sys.argv[1])"
        done = subprocess.run(
            [sys.executable, "-c", pretend, BOOTSTRAP], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.stderr == "UID Manager needs Python 3.11 or newer; this is Python 3.9.\n"
        assert (done.returncode, done.stdout) == (69, "")


class TestArguments:
    @pytest.mark.parametrize(
        ("argv", "expected"),
        [
            pytest.param(["run"], Request("run", ()), id="run"),
            pytest.param(["test"], Request("test", ()), id="test"),
            pytest.param(["run", "--"], Request("run", ()), id="dashes and nothing after them"),
            pytest.param(["run", "--", "status", "--json"], Request("run", ("status", "--json")), id="for the program"),
            pytest.param(["test", "--", "-k", "uid"], Request("test", ("-k", "uid")), id="for pytest"),
            pytest.param(
                ["run", "--", "a", "--", "b"], Request("run", ("a", "--", "b")), id="later dashes are passed on"
            ),
        ],
    )
    def test_are_split_at_the_first_dashes(self, argv: list[str], expected: Request) -> None:
        assert _commands.parse(argv) == expected

    @pytest.mark.parametrize(
        "argv",
        [
            pytest.param([], id="nothing"),
            pytest.param(["start"], id="unknown command"),
            pytest.param(["run", "status"], id="no dashes before the program's arguments"),
            pytest.param(["--", "run"], id="dashes first"),
        ],
    )
    def test_that_are_not_understood_get_the_usage(self, argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert _commands.main(argv) == _commands.USAGE
        assert "bootstrap.py run -- ARGUMENTS" in capsys.readouterr().err

    def test_asking_for_help_is_no_mistake(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert _commands.main(["--help"]) == 0
        assert "bootstrap.py test" in capsys.readouterr().err


class TestDisplay:
    @pytest.mark.parametrize(
        ("platform", "environ", "expected"),
        [
            pytest.param("linux", {}, False, id="linux console"),
            pytest.param("linux", {"DISPLAY": ""}, False, id="linux, DISPLAY empty"),
            pytest.param("linux", {"DISPLAY": ":0"}, True, id="linux, X"),
            pytest.param("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True, id="linux, Wayland"),
            pytest.param("freebsd14", {}, False, id="another Unix without X"),
            pytest.param("win32", {}, True, id="Windows"),
            pytest.param("darwin", {}, True, id="macOS"),
        ],
    )
    def test_is_found_without_asking_qt(self, platform: str, environ: dict[str, str], *, expected: bool) -> None:
        assert _commands.has_display(platform, environ) is expected


class TestSystemPackages:
    @pytest.mark.parametrize(
        ("window", "tests", "has_ensurepip", "expected"),
        [
            pytest.param(False, False, True, _system.QT, id="run without a display"),
            pytest.param(True, False, True, _system.QT + _system.QT_WINDOW, id="run with a display"),
            pytest.param(False, True, True, _system.QT + _system.QT_WINDOW + _system.SCREEN_FOR_TESTS, id="test"),
            pytest.param(False, False, False, _system.PIP_FOR_VENV + _system.QT, id="Debian's bare Python"),
        ],
    )
    def test_needed_for(
        self, *, window: bool, tests: bool, has_ensurepip: bool, expected: tuple[tuple[str, ...], ...]
    ) -> None:
        assert _system.needs_of(window=window, tests=tests, has_ensurepip=has_ensurepip) == expected

    @pytest.mark.parametrize(
        ("listing", "expected"),
        [
            pytest.param("", set(), id="dpkg knows none"),
            pytest.param("dpkg amd64 installed\nlibgl1 amd64 installed\n", {"dpkg", "libgl1"}, id="installed"),
            pytest.param(
                "dpkg amd64 installed\nlibgl1 amd64 config-files\n", {"dpkg"}, id="removed, its settings left"
            ),
            pytest.param("dpkg amd64 installed\nlibgl1 i386 installed\n", {"dpkg"}, id="for another architecture"),
            pytest.param("dpkg arm64 installed\nxvfb all installed\n", {"dpkg", "xvfb"}, id="for every architecture"),
            pytest.param("dpkg amd64 installed\nlibgl1  not-installed\n", {"dpkg"}, id="known, never installed"),
        ],
    )
    def test_installed_are_read_from_dpkg(self, listing: str, expected: set[str]) -> None:
        assert _system.parse_installed(listing) == expected

    @pytest.mark.parametrize(
        ("installed", "expected"),
        [
            pytest.param(set(), [("old", "new"), ("other",)], id="all missing"),
            pytest.param({"old"}, [("other",)], id="under the old name"),
            pytest.param({"new", "other"}, [], id="under the new name"),
        ],
    )
    def test_any_name_meets_a_need(self, installed: set[str], expected: list[tuple[str, ...]]) -> None:
        assert _system.unmet_needs([("old", "new"), ("other",)], installed) == expected

    def test_known_are_those_with_a_candidate(self) -> None:
        policy = (
            "libglib2.0-0:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
            "libglib2.0-0t64:\n  Installed: (none)\n  Candidate: 2.84.4-3\n  Version table:\n     2.84.4-3 500\n"
        )
        assert _system.parse_known(policy) == {"libglib2.0-0t64"}

    @pytest.mark.parametrize(
        ("known", "expected"),
        [
            pytest.param({"libglib2.0-0", "xvfb"}, ["libglib2.0-0", "xvfb"], id="Debian 12"),
            pytest.param({"libglib2.0-0t64", "xvfb"}, ["libglib2.0-0t64", "xvfb"], id="Debian 13"),
            pytest.param(set(), ["libglib2.0-0", "xvfb"], id="apt has no lists yet"),
        ],
    )
    def test_are_asked_for_by_the_name_apt_knows(self, known: set[str], expected: list[str]) -> None:
        assert _system.best_names([("libglib2.0-0", "libglib2.0-0t64"), ("xvfb",)], known) == expected

    @pytest.mark.parametrize(
        ("sudo", "command"),
        [
            pytest.param(
                True,
                "\n  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libgl1 xvfb'\n",
                id="with sudo",
            ),
            pytest.param(
                False,
                "\n  su -c 'apt-get update && apt-get install -y --no-install-recommends libgl1 xvfb'\n",
                id="without sudo",
            ),
        ],
    )
    def test_the_one_command_for_the_administrator(self, command: str, *, sudo: bool) -> None:
        assert command in _system.instruction(["libgl1", "xvfb"], sudo=sudo)

    @pytest.mark.parametrize(
        ("release", "expected"),
        [
            pytest.param({"ID": "debian"}, True, id="Debian"),
            pytest.param({"ID": "ubuntu", "ID_LIKE": "debian"}, True, id="Ubuntu"),
            pytest.param({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, True, id="Mint"),
            pytest.param({"ID": "fedora"}, False, id="Fedora"),
            pytest.param({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, False, id="openSUSE"),
        ],
    )
    def test_are_named_for_debians_family_only(self, release: dict[str, str], *, expected: bool) -> None:
        assert _system.is_debian_like(release) is expected


class TestInstallingSystemPackages:
    @pytest.fixture(autouse=True)
    def commands(self, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """A Debian on which nothing is installed, and the list of the commands that were run on it."""
        ran: list[list[str]] = []
        monkeypatch.setattr(_system, "has_apt", lambda: True)
        monkeypatch.setattr(_system, "installed_packages", lambda _needs: set())
        monkeypatch.setattr(_system, "known_packages", lambda needs: {names[-1] for names in needs})
        monkeypatch.setattr(_system, "succeeds", lambda command: ran.append(list(command)))
        monkeypatch.setattr(_system, "run_quietly", lambda command, **_: ran.append(list(command)))
        return ran

    @pytest.mark.parametrize("prefix", [pytest.param([], id="root"), pytest.param(["sudo", "-n"], id="sudo")])
    def test_refreshes_once_and_installs_without_questions(
        self, commands: list[list[str]], prefix: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_system, "administrator_prefix", lambda: prefix)
        _system.make_sure_of_packages(window=False, tests=False)
        update, install = commands
        assert update == [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "update"]
        assert install[: len(prefix) + 2] == update[: len(prefix) + 2]
        assert {"--no-install-recommends", "libglib2.0-0t64", "libgl1"} <= set(install)

    def test_stops_with_the_command_when_a_password_is_needed(
        self, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_system, "administrator_prefix", lambda: None)
        with pytest.raises(_steps.StopError, match=r"apt-get install .* libgl1 "):
            _system.make_sure_of_packages(window=False, tests=False)
        assert commands == []

    def test_does_nothing_when_nothing_is_missing(
        self, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_system, "installed_packages", lambda needs: {names[0] for names in needs})
        _system.make_sure_of_packages(window=True, tests=True)
        assert commands == []


class TestStamp:
    @pytest.mark.parametrize(
        ("found", "tests", "expected"),
        [
            pytest.param(None, False, Work.REMAKE, id="run, no or half an environment"),
            pytest.param(None, True, Work.REMAKE, id="test, no or half an environment"),
            pytest.param(Stamp("b", None), False, Work.NOTHING, id="run after run"),
            pytest.param(Stamp("b", None), True, Work.ADD_TOOLS, id="test after run"),
            pytest.param(Stamp("b", "t"), True, Work.NOTHING, id="test after test"),
            pytest.param(Stamp("b", "t"), False, Work.NOTHING, id="run after test"),
            pytest.param(Stamp("b", "old"), False, Work.NOTHING, id="run, only the tools' lock changed"),
            pytest.param(Stamp("b", "old"), True, Work.REMAKE, id="test, the tools' lock changed"),
            pytest.param(Stamp("old", "t"), False, Work.REMAKE, id="run, what it needs changed"),
            pytest.param(Stamp("old", "t"), True, Work.REMAKE, id="test, what the program needs changed"),
        ],
    )
    def test_decides_the_work(self, found: Stamp | None, expected: Work, *, tests: bool) -> None:
        assert _environment.work_for(found, Stamp("b", "t"), tests=tests) is expected

    @pytest.mark.parametrize("stamp", [Stamp("b", None), Stamp("b", "t")], ids=["run", "test"])
    def test_is_read_as_it_was_written(self, stamp: Stamp, tmp_path: Path) -> None:
        _environment.write_stamp(tmp_path / "stamp", stamp)
        assert _environment.read_stamp(tmp_path / "stamp") == stamp

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b'{"base": "b"', id="torn"),
            pytest.param(b"[]", id="no object"),
            pytest.param(b'{"base": "b"}', id="of another version, fewer fields"),
            pytest.param(b'{"base": "b", "tools": null, "more": 1}', id="of another version, more fields"),
            pytest.param(b"\xff\xfe", id="no text"),
        ],
    )
    def test_that_is_damaged_counts_as_none(self, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "stamp").write_bytes(content)
        assert _environment.read_stamp(tmp_path / "stamp") is None

    def test_that_is_absent_counts_as_none(self, tmp_path: Path) -> None:
        assert _environment.read_stamp(tmp_path / "stamp") is None

    @pytest.mark.parametrize(
        ("change", "same"),
        [
            pytest.param({"tool": {"ruff": {"line-length": 80}}}, True, id="settings of a tool"),
            pytest.param({"project": {"dependencies": ["click>=9"]}}, False, id="dependencies"),
            pytest.param({"dependency-groups": {"test": []}}, False, id="groups"),
            pytest.param({"build-system": {"requires": ["hatchling>=2"]}}, False, id="build system"),
        ],
    )
    def test_follows_only_what_is_installed(self, change: dict[str, object], *, same: bool) -> None:
        project: dict[str, object] = {"project": {"name": "uidmanager"}, "tool": {}}
        before = _environment.installed_part(project)
        assert (_environment.installed_part({**project, **change}) == before) is same

    def test_of_this_repository_can_be_made(self) -> None:
        assert _environment.current_stamp() == _environment.current_stamp()


class TestProgramsOfTheEnvironment:
    @pytest.mark.parametrize(
        ("windows", "expected"),
        [pytest.param(False, ("bin", "ruff"), id="Unix"), pytest.param(True, ("Scripts", "ruff.exe"), id="Windows")],
    )
    def test_lie_where_the_system_puts_them(self, expected: tuple[str, str], *, windows: bool) -> None:
        assert _environment.program("ruff", windows=windows).parts[-2:] == expected


class TestChecks:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            pytest.param([], True, id="none"),
            pytest.param(["-v", "--tb=short", "--durations=10"], True, id="only about what is shown"),
            pytest.param(["tests/core"], False, id="a folder"),
            pytest.param(["-k", "uid"], False, id="a word"),
            pytest.param(["-x"], False, id="stop at the first failure"),
            pytest.param(["--lf"], False, id="those that failed last"),
        ],
    )
    def test_know_whether_all_tests_are_run(self, arguments: list[str], *, expected: bool) -> None:
        assert _checks.runs_all_tests(arguments) is expected

    @pytest.mark.parametrize(
        ("arguments", "gate"),
        [pytest.param([], True, id="all tests"), pytest.param(["-k", "uid"], False, id="some tests")],
    )
    def test_ask_for_coverage_of_the_core_only_when_all_tests_are_run(
        self, arguments: list[str], *, gate: bool
    ) -> None:
        checks = _checks.checks(arguments)
        assert (checks[-1].name == _checks.COVERAGE_GATE) is gate
        assert ("--cov" in next(check for check in checks if check.name == "Tests").command) is gate

    def test_go_on_after_a_failure_and_fail_in_the_end(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def pretend(check: _checks.Check) -> _checks.Outcome:
            return _checks.Outcome(check.name, "FAILED" if check.name in {"Lint", "Types"} else "ok", 1.0)

        monkeypatch.setattr(_checks, "run_check", pretend)
        monkeypatch.setattr(_checks, "known_weaknesses", lambda: "ok")
        monkeypatch.setattr(_checks, "ROOT", Path("nowhere"))
        assert _checks.run_checks(["-k", "uid"]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines[1:6]] == ["Format", "Lint", "Types", "Contracts", "Tests"]
        assert lines[-1] == "Failed: Lint, Types."

    def test_say_so_when_all_went_well(self) -> None:
        assert _checks.summary([_checks.Outcome("Format", "ok", 0.12)]) == "\n  Format      0.1 s  ok\n\nAll is well."


class TestPrograms:
    def test_exit_code_is_passed_on(self) -> None:
        assert _steps.hand_over([sys.executable, "-c", "raise SystemExit(3)"], env={}) == 3

    def test_output_is_shown_only_with_the_failure(self) -> None:
        with pytest.raises(_steps.StopError, match=r"^it broke\nSo we stop\.$"):
            _steps.run_quietly([sys.executable, "-c", "raise SystemExit('it broke')"], or_else="So we stop.")

    def test_that_do_not_exist_print_nothing_and_do_not_succeed(self, tmp_path: Path) -> None:
        assert _steps.output_of([tmp_path / "absent"]) == ""
        assert not _steps.succeeds([tmp_path / "absent"])


class TestQt:
    @pytest.mark.parametrize(
        ("platform", "remedy"),
        [
            pytest.param("linux", "your Linux distribution", id="Linux"),
            pytest.param("win32", "too new for this system", id="Windows"),
        ],
    )
    def test_a_missing_library_is_named_with_a_remedy(self, platform: str, remedy: str) -> None:
        error = "Traceback (most recent call last):\n  ...\nImportError: libEGL.so.1: cannot open shared object file\n"
        sentence = _qt.sentence(error, platform)
        assert "ImportError: libEGL.so.1: cannot open" in sentence
        assert "Traceback" not in sentence
        assert remedy in sentence
