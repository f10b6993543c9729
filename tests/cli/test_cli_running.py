"""What all commands have in common: usage, faults, streams, help, the window."""

from __future__ import annotations

import contextlib
import errno
import io
from typing import TYPE_CHECKING

import pytest

from uidmanager.cli import answers, output
from uidmanager.cli.commands import Group
from uidmanager.cli.running import commands, run
from uidmanager.core.errors import CancelledError, ContradictionError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import ReadableBuffer

    from tests.cli.conftest import Caller
    from uidmanager.app.ports import Desk

ROOT = "1.2.826.0.1.3680043.2.50"


# -- usage and help --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("toast",),
        ("product",),
        ("product", "toast"),
        ("product", "add"),
        ("product", "add", "A", "B"),
        ("assign",),
        ("assign", "1", "--colour", "red"),
        ("assign", "-5"),
        ("--ledger",),
        ("--ledger", "", "status"),
        ("--ledger", " ", "status"),
        ("gui", "--ledger", ""),
        ("release", "add", "Viewer"),
        ("identify",),
        ("budget",),
        ("status", "extra"),
        ("assi", "1"),
    ],
)
def test_usage(acme: Caller, ledger: Path, argv: tuple[str, ...]) -> None:
    before = ledger.read_bytes()
    result = acme(*argv)
    assert result.code == 2
    assert not result.out
    assert result.codes == ["usage"]
    assert " --help says more." in result.err
    assert ledger.read_bytes() == before
    asked = acme(*argv, "--json")
    if asked.code == 2:  # “--ledger --json” names a ledger
        assert [problem["code"] for problem in asked.json["problems"]] == ["usage"]


def test_usage_names_the_field(acme: Caller) -> None:
    assert acme("product", "add", "--json").json["problems"][0]["field"] == "name"
    assert acme("product", "add", "A", "--number", "x", "--json").json["problems"][0]["field"] == "number"


def test_two_dashes_end_the_options(acme: Caller) -> None:
    result = acme("assign", "--", "-5", "--json")
    assert result.code == 1
    assert result.codes == ["serial.not_numeric", "serial.not_numeric"]
    usage = acme("assign", "--colour", "--", "--json")
    assert usage.code == 2
    assert not usage.out


def test_help(call: Caller) -> None:
    result = call.done("--help")
    assert "uidmanager [OPTIONS] COMMAND" in result.out
    assert not result.err
    assert "SERIAL" in call.done("assign", "--help").out
    assert call.done("assign", "--help", "--json").out == call.done("assign", "--help").out


def test_version(call: Caller) -> None:
    assert call.done("--version") == (0, "uidmanager 0.2.0\n", "")


def test_a_command_that_is_none_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group("group", elsewhere={"broken": "json:dumps"})
    context = group.make_context("group", ["broken"])
    assert group.list_commands(context) == ["broken"]
    with pytest.raises(TypeError, match="json:dumps is no command"):
        group.get_command(context, "broken")


def test_every_command_takes_json_and_every_writing_one_its_options() -> None:
    writing = {
        "init", "arc open", "product add", "product correct", "product gtin", "product serials", "product retire",
        "release add", "release correct",
        "release withdraw", "assign", "installation correct", "installation retire", "installation void",
        "installation reinstate", "installation seen", "import", "label print", "label check",
    }  # fmt: skip
    found: set[str] = set()
    pending = [((), commands)]
    while pending:
        path, group = pending.pop()
        context = group.make_context("x", [], resilient_parsing=True)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, Group):
                pending.append(((*path, name), command))  # type: ignore[arg-type]
                continue
            assert command is not None
            assert command.help
            options = {option for parameter in command.params for option in parameter.opts}
            assert "--json" in options
            if {"--dry-run", "--reason"} <= options:
                found.add(" ".join((*path, name)))
            else:
                assert "--dry-run" not in options
                assert "--reason" not in options or "--apply" in options
    assert found == writing


# -- the window ------------------------------------------------------------------------------------------------------


def test_gui(call: Caller, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call.done("gui")
    call.done("--ledger", "a.jsonl", "gui")
    call.done("--ledger", "a.jsonl", "gui", "--ledger", "b.jsonl")
    assert call("gui", "--json").json["ok"]
    monkeypatch.delenv("UIDMANAGER_LEDGER")
    call.done("gui")
    assert call.windows == [str(ledger), "a.jsonl", "b.jsonl", str(ledger), None]


def test_the_windows_exit_code_is_passed_on(call: Caller) -> None:
    call.open_window = lambda _desk, _ledger: 9
    assert call("gui").code == 9
    assert call("gui", "--json").json["ok"] is False


def test_no_window_on_this_computer(call: Caller) -> None:
    def broken(_desk: Desk, _ledger: str | None) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    call.open_window = broken
    result = call("gui")
    assert result.code == 1
    assert result.codes == ["window.unavailable"]
    assert "libEGL" in result.err


# -- when things go wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_fault_of_ours_is_one_sentence(
    acme: Caller, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    def fail(*_args: object) -> None:
        raise KeyError("something\nwe forgot")

    monkeypatch.setattr("uidmanager.app.service.Service.preview", fail)
    result = acme("assign", "1", *options)
    assert result.code == 70
    if options:
        assert result.json["problems"][0]["code"] == "fault"
        return
    assert not result.out
    assert result.err.startswith("fault: This is a fault of UID Manager 0.2.0 (KeyError at test_cli_running.py:")
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


def test_a_fault_in_printing_is_one_sentence_too(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise IndexError("x" * 1000)

    monkeypatch.setattr("uidmanager.writers.rows_text.table", fail)
    result = acme("history")
    assert result.code == 70
    assert not result.out
    assert len(result.err) < 500
    assert result.codes == ["fault"]


def test_control_c_leaves_no_traceback(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uidmanager.app.service.Service.open", interrupt)
    result = acme("history")
    assert result.code == 130
    assert not result.out
    assert result.codes == ["cancelled"]
    assert acme("history", "--json").json["problems"][0]["code"] == "cancelled"


def test_control_c_while_printing(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_kwargs: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("uidmanager.cli.running.deliver", interrupt)
    assert acme("history").code == 130


def test_errors_of_the_world() -> None:
    assert answers.failed(CancelledError()).code == 130
    contradiction = answers.failed(ContradictionError(3, "it cannot"))
    assert (contradiction.code, contradiction.problems[0].code) == (1, "ledger.contradiction")


class Pipe(io.RawIOBase):
    """A pipe that takes ten bytes at a time, and then fails or is not ready."""

    def __init__(self, error: Exception | None = None, *, ready: bool = True) -> None:
        self.error = error
        self.ready = ready
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, content: ReadableBuffer) -> int | None:
        if self.error is not None:
            raise self.error
        if not self.ready:
            return None
        part = bytes(content)[:10]
        self.taken += part
        return len(part)


def stream_to(pipe: Pipe, encoding: str = "utf-8") -> io.TextIOWrapper:
    """What Python makes of a pipe with PYTHONUNBUFFERED."""
    return io.TextIOWrapper(pipe, encoding=encoding, write_through=True)  # type: ignore[arg-type]


def test_all_of_an_answer_is_written_however_little_is_taken_at_a_time(
    acme: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (("history",), ("history", "--json"), ("report", "history", "--format", "csv")):
        expected = acme.done(*command).out
        pipe = Pipe()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", stream_to(pipe))
            assert acme(*command).code == 0
        assert pipe.taken.decode() == expected


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_closed_pipe_is_quiet(acme: Caller, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    monkeypatch.setattr("sys.stdout", stream_to(Pipe(BrokenPipeError(errno.EPIPE, "Broken pipe"))))
    result = acme("history", *options)
    assert result.code == 74
    assert not result.err


@pytest.mark.parametrize(
    "pipe",
    [Pipe(OSError(errno.ENOSPC, "No space left on device")), Pipe(ValueError("closed")), Pipe(ready=False)],
)
def test_an_answer_that_could_not_be_written_is_told(
    acme: Caller, ledger: Path, monkeypatch: pytest.MonkeyPatch, pipe: Pipe
) -> None:
    before = ledger.read_bytes()
    monkeypatch.setattr("sys.stdout", stream_to(pipe))
    result = acme("assign", "12")
    assert result.code == 74
    assert result.codes == ["output.undelivered"]
    assert ledger.read_bytes() != before


def test_what_the_encoding_lacks_becomes_an_escape(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    said, listed = Pipe(), Pipe()
    monkeypatch.setattr("sys.stdout", stream_to(listed, "ascii"))
    monkeypatch.setattr("sys.stderr", stream_to(said, "cp1252"))
    assert acme("product", "add", "Gerät 装置").code == 0
    assert acme("product", "list").code == 0
    assert acme("assign", "0012").code == 0
    assert b"Ger\\xe4t \\u88c5\\u7f6e" in listed.taken
    assert b"0012 \\u2192 12" in said.taken


def test_streams_kept_in_memory(acme: Caller) -> None:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert run(acme.desk, ["assign", "0012"], open_window=lambda _desk, _ledger: 0) == 0
        assert run(acme.desk, ["report", "products", "--format", "csv"], open_window=lambda _desk, _ledger: 0) == 0
    assert out.getvalue().startswith(
        f"{ROOT}.2.12\nnumber,name,code,state,releases,installations,at,by,station,gtin,serials,pattern,note\r\n1,Viewer"
    )
    assert "[serial.leading_zeros]" in err.getvalue()


def test_no_streams_at_all(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = None
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", nobody)
        patch.setattr("sys.stderr", nobody)
        patch.setattr("sys.stdin", nobody)
        assert run(acme.desk, ["assign", "12"], open_window=lambda _desk, _ledger: 0) == 74
        assert run(acme.desk, ["assign", "-"], open_window=lambda _desk, _ledger: 0) == 1
        assert run(acme.desk, ["report", "products", "--format", "csv"], open_window=lambda _desk, _ledger: 0) == 74


def test_a_closed_stderr_changes_nothing(acme: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", stream_to(Pipe(OSError(errno.EPIPE, "Broken pipe"))))
    assert acme("assign", "0012").out == f"{ROOT}.2.12\n"


# -- texts -----------------------------------------------------------------------------------------------------------


def test_one_line_for_each_problem() -> None:
    problem = Problem("a.b", "field", "First\nsecond \x1b[31m.")
    assert output.line_of(problem) == "refused: First\\nsecond \\x1b[31m. [a.b]"


def test_what_is_much_too_long_is_shortened() -> None:
    assert output.shortened("1.2.3") == "1.2.3"
    assert output.shortened("1" * 101) == f"{'1' * 100}… (101 characters)"
    assert output.shortened("\x1b" * 200) == "\\x1b" * 25 + "… (200 characters)"


@pytest.mark.parametrize("name", ["Gerät", "装置", "جهاز", "🩻 Röntgen", "a\u200db"])
def test_names_of_all_scripts(acme: Caller, name: str) -> None:
    acme.done("product", "add", name)
    assert name in acme.done("product", "list").out
    assert name in acme.done("history", "--about", name).out
    assert name in acme.done("report", "products", "--format", "csv").out
    assert acme("product", "list", "--json").json["rows"][2]["name"] == name


def test_json_has_no_half_characters(acme: Caller) -> None:
    answer = acme("identify", "1.2.\udcff", "🩻", "--json")
    answer.json["rows"][0]["given"].encode("utf-8")
    assert answer.json["rows"][0]["given"] == "1.2.\\udcff"
    assert answer.json["rows"][1]["given"] == "🩻"


@pytest.mark.parametrize(
    "argv",
    [
        ("product", "add", "\udcff"),
        ("product", "add", "A", "--code", "\udcff"),
        ("product", "retire", "\udcff", "--reason", "x"),
        ("product", "retire", "Viewer", "--reason", "\udcff"),
        ("release", "add", "\udcff", "1.0"),
        ("release", "add", "Viewer", "1.0\udcff"),
        ("release", "add", "Viewer", "1.0", "--note", "\udcff"),
        ("release", "add", "Viewer", "1.0", "--version-name", "\udcff"),
        ("assign", "\udcff"),
        ("assign", "1", "--note", "\udcff"),
        ("identify", "\udcff"),
        ("budget", "\udcff"),
        ("product", "add", "a\x00b"),
        ("product", "add", "a\nb"),
        ("product", "add", "\u202eevil"),
        ("product", "add", "x" * 1_000_000),
        ("assign", "9" * 1_000_000),
        ("release", "add", "Viewer", "1." * 1_000_000 + "1"),
    ],
)
def test_strange_text_is_refused_by_a_rule(acme: Caller, ledger: Path, argv: tuple[str, ...]) -> None:
    before = ledger.read_bytes()
    result = acme(*argv)
    assert result.code == 1
    assert result.codes
    assert acme(*argv, "--json").json["problems"]
    assert ledger.read_bytes() == before


def test_after_much_was_read_the_next_command_begins_at_a_checkpoint(
    acme: Caller, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = acme.done("identify", "1.2.3").out
    assert not (home / "cache").exists()
    monkeypatch.setattr("uidmanager.app.service.EVENTS_WORTH_A_CHECKPOINT", 2)
    assert acme.done("identify", "1.2.3").out == before
    (kept,) = (home / "cache" / "checkpoints").iterdir()
    monkeypatch.setattr("uidmanager.stores.checkpoint.Checkpoints.keep", None)
    assert acme.done("assign", "4711").out
    assert acme.done("identify", "1.2.3").out == before, "nothing is kept anew for one event"
    assert kept.exists()


def test_a_user_who_does_not_wait_for_the_checkpoint_has_the_answer_all_the_same(
    acme: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uidmanager.app.service.Service.settle", interrupted)
    assert acme.done("assign", "4711").code == 0
