"""What only a real process can show: encodings, pipes, signals, what is loaded."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from uidmanager.cli.commands import Group
from uidmanager.cli.running import commands

ROOT = "1.2.826.0.1.3680043.2.50"
POSIX = os.name == "posix"
WITH_FILES = {
    *("report", "conformance", "anchor", "selfcheck", "check", "snippet", "export", "import", "pack", "guide", "label"),
}
HEAVY = {"PySide6", "shiboken6", "pydicom", "pynetdicom", "psycopg", "reportlab", "xlsxwriter"}

LIGHT = {  # the formats name the writers and load none
    "uidmanager.writers.rows_text",
    "uidmanager.writers.formats",
    "uidmanager.writers.pdf",
    "uidmanager.writers.pdf.paper",
    "uidmanager.writers.conformance",
    "uidmanager.writers.conformance.forms",
}


class Station:
    """A computer with a ledger, on which the program is started as a person or a pipeline would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
        self.env.update(
            UIDMANAGER_LEDGER=str(folder / "registry.jsonl"),
            XDG_DATA_HOME=str(folder / "data"),
            XDG_CONFIG_HOME=str(folder / "config"),
            XDG_STATE_HOME=str(folder / "state"),
            XDG_CACHE_HOME=str(folder / "cache"),
        )

    def run(self, *argv: str | bytes, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "uidmanager", *argv],
            env={**self.env, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
            cwd=self.folder,
        )

    def start(self, *argv: str, stdout: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", HEARS_CONTROL_C, *argv],
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
        )


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.fixture
def founded(station: Station) -> Station:
    assert station.run("init", "--root", ROOT, "--organisation", "Acme Imaging").returncode == 0
    return station


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
)
def test_no_encoding_stops_it(founded: Station, env: dict[str, str]) -> None:
    assigned = founded.run("assign", "0042", env=env)
    assert (assigned.returncode, b"Traceback" in assigned.stderr) == (0, False)
    added = founded.run("product", "add", "Gerät 装置", env={"PYTHONUTF8": "1"})
    assert added.returncode == 0
    for command in (["product", "list"], ["history"], ["report", "products"], ["product", "add", "Gerät 装置"]):
        done = founded.run(*command, env=env)
        assert done.returncode == (1 if "add" in command else 0), done
        assert b"fault" not in done.stderr
    encoding = "utf-16" if env.get("PYTHONIOENCODING") == "utf-16" else "ascii"
    answer = json.loads(founded.run("product", "list", "--json", env=env).stdout.decode(encoding))
    assert answer["rows"][0]["name"] == "Gerät 装置"
    content = founded.run("report", "products", "--format", "csv", env=env).stdout
    assert "Gerät 装置" in content.decode("utf-8")


def test_arrows_become_escapes_where_they_cannot_be_shown(founded: Station) -> None:
    done = founded.run("assign", "0042", env={"PYTHONIOENCODING": "ascii"})
    assert b"0042 \\u2192 42" in done.stderr


def test_programs_that_make_one_due_backup_at_once_make_one_file(founded: Station) -> None:
    folder = founded.folder / "backups"
    folder.mkdir()
    assert founded.run("backup", "--every", "1", str(folder)).returncode == 0
    for n in range(2, 5):
        away = folder.rename(founded.folder / "away")
        assert founded.run("assign", str(n)).returncode == 0
        away.rename(folder)
        programs = [founded.start("backup", "--due", "--json", stdout=subprocess.PIPE) for _ in range(4)]
        said = [program.communicate(timeout=60) for program in programs]
        assert [program.returncode for program in programs] == [0] * 4, said
        assert len(list(folder.iterdir())) == n
        newest = max(folder.iterdir(), key=lambda path: path.stat().st_size)
        assert newest.read_bytes() == (founded.folder / "registry.jsonl").read_bytes()
        assert {json.loads(out)["backup"] for out, _ in said} == {str(newest)}


@pytest.mark.skipif(not POSIX, reason="signals")
@pytest.mark.parametrize(
    "module", ["uidmanager.bootstrap", "platformdirs", "uidmanager.cli", "click", "uidmanager.cli.looking"]
)
def test_control_c_before_a_command_has_begun_is_quiet(founded: Station, module: str) -> None:
    (founded.folder / "sitecustomize.py").write_text(STOPPED_AT.format(module=module), encoding="utf-8")
    done = founded.run("history", env={"PYTHONPATH": str(founded.folder)})
    assert (done.returncode, done.stdout) == (130, b"")
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


@pytest.mark.skipif(not POSIX, reason="arguments are text on Windows")
def test_bytes_that_are_no_text_are_refused_by_a_rule(founded: Station) -> None:
    commands: list[list[str | bytes]] = [["assign", b"12\xff"], ["product", "add", b"\xff\xfe"], ["identify", b"\xff"]]
    for argv in commands:
        done = founded.run(*argv)
        assert done.returncode == 1
        done.stdout.decode("utf-8")
        done.stderr.decode("utf-8")


@pytest.mark.skipif(not POSIX, reason="pipes close in another way on Windows")
def test_a_closed_pipe_is_quiet(founded: Station) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "uidmanager", "history"],
            env=founded.env,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (74, b"")


@pytest.mark.skipif(not POSIX, reason="pipes close in another way on Windows")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_is_closed_half_way(founded: Station, unbuffered: str) -> None:
    serials = [str(serial) for serial in range(100_000, 105_000)]
    assert founded.run("assign", *serials).returncode == 0
    founded.env["PYTHONUNBUFFERED"] = unbuffered
    process = founded.start("installation", "list", stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(100)
    process.stdout.close()
    assert process.wait(timeout=30) == 74
    assert process.stderr.read() == b""
    process.stderr.close()
    process.stdin.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("argv", [("history",), ("history", "--json"), ("report", "products", "--format", "csv")])
def test_a_full_disk_is_told(founded: Station, argv: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "uidmanager", *argv],
            env=founded.env,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 74
    assert b"[output.undelivered]" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not POSIX, reason="signals are another matter on Windows")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_control_c(founded: Station, options: tuple[str, ...]) -> None:
    process = founded.start("identify", "-", *options, stdout=subprocess.PIPE)
    assert process.stdin is not None
    wait_until_it_reads(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    if options:
        assert json.loads(out)["problems"][0]["code"] == "cancelled"
        assert not err
    else:
        assert not out
        assert err.count(b"\n") == 1


def wait_until_it_reads(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process sleeps on its stdin; where that cannot be seen, wait long enough."""
    waits = Path(f"/proc/{process.pid}/wchan")
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if "pipe" in waits.read_text(encoding="ascii"):
                return
        except OSError:
            break
        time.sleep(0.02)
    else:
        return
    time.sleep(2)


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}])
def test_a_snippet_is_utf_8_whatever_the_terminal_is(founded: Station, env: dict[str, str]) -> None:
    assert founded.run("product", "add", "Gerät 日本").returncode == 0
    assert founded.run("release", "add", "1", "1.0", "--version-name", "G_1").returncode == 0
    done = founded.run("snippet", "python", "--release", "1 1.0", env=env)
    assert done.returncode == 0
    assert "\n# Gerät 日本 1.0\n".encode() in done.stdout.replace(b"\r\n", b"\n")


# Every command; those come last that write files, since they alone may load the writers.
COMMANDS = [
    ["--version"],
    ["--help"],
    ["init", "--root", ROOT, "--organisation", "Acme"],
    ["product", "add", "Viewer"],
    ["product", "add", "CT"],
    ["arc", "open", "--reason", "letters"],
    ["product", "list"],
    ["product", "show", "CT"],
    ["product", "gtin", "CT", "9521234543213"],
    ["product", "serials", "CT", "--indexed"],
    ["product", "correct", "Viewer", "--name", "Reader", "--reason", "typo"],
    ["product", "retire", "Reader", "--reason", "old"],
    ["release", "add", "CT", "1.0"],
    ["release", "add", "CT", "1.1"],
    ["release", "add", "CT", "2.0"],
    ["release", "list"],
    ["release", "correct", "CT", "1.0", "--note", "x", "--reason", "typo"],
    ["release", "withdraw", "CT", "1.0", "--reason", "unsafe"],
    ["assign", "1"],
    ["assign", "1001"],
    ["installation", "list"],
    ["installation", "correct", "1", "--note", "x", "--reason", "typo"],
    ["installation", "retire", "1", "--reason", "x"],
    ["installation", "reinstate", "1", "--reason", "x"],
    ["installation", "void", "1", "--reason", "x"],
    ["installation", "seen", "1", "--where", "x", "--what", "y"],
    ["identify", "1.2.840.10008.1.1"],
    ["scan", "registry.jsonl"],
    ["history"],
    ["verify"],
    ["compare"],
    ["merge"],
    ["repair"],
    ["backup", "."],
    ["restore", "registry.jsonl"],
    ["uid", "check", "1.2.3"],
    ["budget", "1.2.3"],
    ["status"],
    ["access"],
    ["device", "add", "127.0.0.1:1"],
    ["device", "list"],
    ["device", "remove", "127.0.0.1:1"],
    ["probe", "--remembered"],
    ["listen", "--help"],
    ["gui"],
    ["report", "products"],
    ["report", "products", "--format", "csv"],
    ["report", "products", "--format", "json"],
    ["report", "products", "-o", "products.json"],
    ["conformance", "--release", "CT 2.0"],
    ["anchor"],
    ["check", "--product", "CT", "--version", "1.1", "--class-uid", f"{ROOT}.1.2.1.1"],
    ["check", "--product", "CT", "--version", "1.1", "--write", "uids.h"],
    ["snippet"],
    ["snippet", "pydicom", "--release", "CT 1.1"],
    ["export", "-o", "export.json"],
    ["--ledger", "imported.jsonl", "import", "export.json", "--reason", "moved"],
    ["label", "templates"],
    ["label", "print", "1001", "--template", "roll-50x25", "-o", "labels.zpl"],
    ["label", "test-page", "--template", "roll-50x25", "-o", "test.zpl"],
    ["label", "batch-sheet", "--help"],
    ["label", "check", "--help"],
    ["label", "runs"],
    ["selfcheck"],
    ["pack", "acme.zip"],
    ["guide", "bench.pdf"],
]
# A shell lets what it starts behind itself ignore Ctrl+C, and these tests with it.
HEARS_CONTROL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("uidmanager", run_name="__main__", alter_sys=True)
"""
# Taken up by each Python that starts with its folder on the path: Ctrl-C is pressed as a module is looked for.
STOPPED_AT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stops())
"""
LOADS = """
import json, sys
from uidmanager.bootstrap import make_desk
from uidmanager.cli.running import run
for argv in json.loads(sys.argv[1]):
    code = run(make_desk(), argv, open_window=lambda desk, ledger: 0)
    print(json.dumps([argv, code, sorted(sys.modules)]), file=sys.stderr)
"""


def test_no_command_is_left_out() -> None:
    tried = {" ".join(argv).removeprefix("--ledger imported.jsonl ") for argv in COMMANDS}
    context = commands.make_context("uidmanager", [], resilient_parsing=True)
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        parts = command.list_commands(context) if isinstance(command, Group) else [""]
        for part in parts:
            assert any(argv.startswith(f"{name} {part}".strip()) for argv in tried), (name, part)


def test_nothing_heavy_is_loaded_by_any_command(station: Station) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADS, json.dumps(COMMANDS)],
        env=station.env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
        cwd=station.folder,
    )
    seen = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("[")]
    assert [argv for argv, _, _ in seen] == COMMANDS
    for argv, code, modules in seen:
        assert code == 0, (argv, done.stderr)
        assert {"pack", "guide", "selfcheck"} & set(argv) or {
            name.partition(".")[0] for name in modules
        } & HEAVY == set(), argv
        writers = {name for name in modules if name.startswith("uidmanager.writers.")}
        assert WITH_FILES & set(argv) or writers <= LIGHT, argv


def loaded_by(station: Station, *argv: str) -> set[str]:
    """The modules that a process has loaded which ran this command."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "uidmanager", *argv],
        env=station.env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
        cwd=station.folder,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_the_version_is_told_without_loading_what_commands_need(station: Station) -> None:
    loaded = loaded_by(station, "--version")
    assert {"msgspec", "click", "pathlib", "uidmanager.bootstrap", "uidmanager.cli.running"} & loaded == set()
    assert not (station.folder / "state").exists()


def test_a_version_that_nobody_takes_is_told_as_undelivered(station: Station) -> None:
    ended = station.start("--version", stdout=os.open(os.devnull, os.O_RDONLY))
    _, said = ended.communicate(timeout=60)
    assert (ended.returncode, b"[output.undelivered]" in said) == (74, True)


def test_who_only_reads_loads_nothing_that_only_writers_need(founded: Station) -> None:
    for argv in (["identify", "1.2.3"], ["status"], ["installation", "list"]):
        assert {"filelock", "logging", "json", "traceback", "uidmanager.stores.keeping"} & loaded_by(
            founded, *argv
        ) == set()


def test_who_assigns_loads_nothing_that_only_lists_need(founded: Station) -> None:
    loaded = loaded_by(founded, "assign", "1")
    assert {"getpass", "uidmanager.core.reports", "uidmanager.cli.listing"} & loaded == set()
    assert "filelock" in loaded


def test_the_command_line_loads_no_window(station: Station) -> None:
    script = "import sys, uidmanager.cli.running; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=station.env,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=station.folder,
    )
    loaded = set(done.stdout.split())
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert not any(name.startswith(("uidmanager.gui", "uidmanager.stores")) for name in loaded)
