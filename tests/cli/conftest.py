"""A command line in the test's own process: text in, text out, on a real ledger in a folder of the test's own."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import platformdirs
import pytest

from uidmanager.app.ports import Person
from uidmanager.bootstrap import ThisDesk
from uidmanager.cli.running import run
from uidmanager.settings import LEDGER_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from uidmanager.app.ports import Desk

ROOT = "1.2.826.0.1.3680043.2.50"


class StillWorld:
    """A clock that goes on by a second at each look, one person at one station, ids in a row."""

    person = Person("anna", "LINE-3")
    app = "0.1.0"

    def __init__(self) -> None:
        self._at = datetime(2026, 11, 22, 21, 6, 42, 123456, tzinfo=UTC)
        self._ids = 0

    def now(self) -> str:
        self._at += timedelta(seconds=1)
        return self._at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-8000-{self._ids:012}"


class Result(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout; stderr must be empty, and the exit code agree with ``ok``."""
        assert not self.err
        assert self.out.isascii()
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        assert self.out.count("\n") == 1
        assert answer["ok"] is (self.code == 0)
        assert {"notices", "problems"} <= set(answer)
        for problem in [*answer["notices"], *answer["problems"]]:
            assert set(problem) == {"code", "field", "message", "position", "severity"}
        return answer

    @property
    def codes(self) -> list[str]:
        """The codes at the ends of the lines on stderr."""
        return [line.rpartition("[")[2].removesuffix("]") for line in self.err.splitlines()]


class Caller:
    """Runs commands one after the other; ``windows`` is what was asked of the window."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = ThisDesk(StillWorld())
        self.windows: list[str | None] = []
        self.open_window: Callable[[Desk, str | None], int] = self._window
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *argv: str, stdin: str | bytes = b"") -> Result:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        self._capsys.readouterr()
        code = run(self.desk, list(argv), open_window=self.open_window)
        out, err = self._capsys.readouterr()
        return Result(code, out, err)

    def done(self, *argv: str, stdin: str | bytes = b"") -> Result:
        """A command that must succeed."""
        result = self(*argv, stdin=stdin)
        assert result.code == 0, result
        return result

    def _window(self, _desk: Desk, ledger: str | None) -> int:
        self.windows.append(ledger)
        return 0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this test's station keeps its things."""
    folder = tmp_path / "home"
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_a, **_k: folder / "data")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_a, **_k: folder / "config")
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_a, **_k: folder / "log")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_a, **_k: folder / "cache")
    return folder


@pytest.fixture
def ledger(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the ledger of this test is, or will be."""
    path = tmp_path / "registry.jsonl"
    monkeypatch.setenv(LEDGER_VARIABLE, str(path))
    return path


@pytest.fixture
def call(ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caller:
    """The command line, with no ledger yet."""
    return Caller(capsys, monkeypatch)


@pytest.fixture
def acme(call: Caller) -> Caller:
    """The command line on the registry of the issue's transcript: two products, a release, an installation."""
    call.done("init", "--root", ROOT, "--organisation", "Acme Imaging")
    call.done("product", "add", "Viewer")
    call.done("product", "add", "CT Console")
    call.done("release", "add", "CT Console", "4.5.0.3")
    call.done("assign", "0372764")
    return call
