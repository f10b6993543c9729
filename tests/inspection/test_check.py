"""The check that lies in the pack, run as an inspector would, with python3 and with a shell, on what was changed."""

from __future__ import annotations

import random
import runpy
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from uidmanager.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEED: Final = 20261124
IN_EACH_FILE: Final = 40
NEEDS_A_SHELL = pytest.mark.skipif(
    shutil.which("sh") is None or shutil.which("sha256sum") is None, reason="there is no sh, or no sha256sum"
)


@pytest.fixture(scope="module")
def main() -> Callable[[list[str]], int]:
    """The check's own door; the answer is the exit code."""
    found: Any = runpy.run_path(str(resource_path("pack/check.py")), run_name="check")["main"]
    assert callable(found)
    return found  # type: ignore[no-any-return]


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The check in a process of its own, which knows nothing of this program."""
    command = [sys.executable, "-I", "-S", str(folder / "check" / "check.py"), *arguments]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)


def shell(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(folder / "check" / "check.sh")]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_python_alone_finds_a_good_pack_good(unpacked: Path, packed: Path) -> None:
    for done in (python(unpacked), python(unpacked, str(packed))):
        assert (done.returncode, done.stderr) == (0, "")
        assert [line[:5] for line in done.stdout.splitlines()] == ["ok   ", "ok   ", "ok   ", "All i"]
        assert "the chain of the ledger's 7 entries holds" in done.stdout


@NEEDS_A_SHELL
def test_shell_tools_alone_find_a_good_pack_good(unpacked: Path) -> None:
    done = shell(unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == python(unpacked).stdout.splitlines()[:2]


def test_a_changed_byte_anywhere_in_the_zip_file_is_found(
    tmp_path: Path, packed: Path, main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = packed.read_bytes()
    changed = tmp_path / "changed.zip"
    rng = random.Random(SEED)  # noqa: S311 (places in a file)
    places = {*range(64), *range(len(whole) - 128, len(whole)), *rng.sample(range(len(whole)), 400)}
    for place in sorted(places):
        changed.write_bytes(whole[:place] + bytes((whole[place] ^ (1 << rng.randrange(8)),)) + whole[place + 1 :])
        assert main([str(changed)]) == 1, place
    for other in (whole[:-1], whole[1:], whole + b"0", whole[:-64], b""):
        changed.write_bytes(other)
        assert main([str(changed)]) == 1
    changed.write_bytes(whole)
    assert main([str(changed)]) == 0
    assert "Traceback" not in capsys.readouterr().out


def test_a_changed_byte_in_any_file_is_found(
    unpacked: Path, main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(SEED)  # noqa: S311 (the same)
    for path in files(unpacked):
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, *(rng.randrange(len(whole)) for _ in range(IN_EACH_FILE))}:
            path.write_bytes(whole[:place] + bytes((whole[place] ^ (1 << rng.randrange(8)),)) + whole[place + 1 :])
            assert main([str(unpacked)]) == 1, (path, place)
        path.write_bytes(whole)
    assert main([str(unpacked)]) == 0
    assert "BAD  reports/history.csv was changed" in capsys.readouterr().out


@NEEDS_A_SHELL
def test_shell_tools_find_it_as_well(unpacked: Path) -> None:
    for path in files(unpacked):
        whole = path.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 1):
            if path.name == "check.sh":
                continue  # a check that is changed itself is not the one to ask; check.py and the seal see it
            path.write_bytes(whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :])
            done = shell(unpacked)
            assert done.returncode == 1, (path, place)
            assert done.stdout.splitlines()[-1].startswith("BAD  "), (path, place)
        path.write_bytes(whole)
    assert shell(unpacked).returncode == 0


def add(folder: Path) -> None:
    (folder / "reports" / "more.csv").write_text("uid\r\n1.2.3\r\n", encoding="utf-8")


def add_hidden(folder: Path) -> None:
    (folder / ".hidden").write_text("", encoding="utf-8")


def take_away(folder: Path) -> None:
    (folder / "reports" / "history.csv").unlink()


def take_the_list_away(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


def take_the_seal_away(folder: Path) -> None:
    (folder / "SHA256SUMS.sha256").unlink()


def link(folder: Path) -> None:
    where = folder / "reports" / "history.csv"
    kept = folder.parent / "elsewhere"
    where.rename(kept)
    where.symlink_to(kept)


def exchange(folder: Path) -> None:
    one, other = folder / "reports" / "history.csv", folder / "reports" / "summary.csv"
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)


CHANGES = [add, add_hidden, take_away, take_the_list_away, take_the_seal_away, link, exchange]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_what_was_added_taken_away_or_exchanged_is_found(
    unpacked: Path, main: Callable[[list[str]], int], change: Callable[[Path], None]
) -> None:
    change(unpacked)
    assert main([str(unpacked)]) == 1


@NEEDS_A_SHELL
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_shell_tools_find_that_too(unpacked: Path, change: Callable[[Path], None]) -> None:
    change(unpacked)
    assert shell(unpacked).returncode == 1


def listed_anew(folder: Path) -> None:
    """What somebody does who changes a file and its hash with it: the list fits again, and so does its seal."""
    from uidmanager.inspection.sealing import write_sums  # noqa: PLC0415 (the forger's tool, not the check's)

    write_sums(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("ledger/*.jsonl", b'"recall"', b'"recalL"', "line 5 of the ledger is not what was written"),
        ("reports/history.json", b'"entries": 7', b'"entries": 8', "reports/history.json was made of another ledger"),
        ("reports/history.json", b'"count": 9', b'"count": 8', "reports/history.json has not as many rows as it says"),
        ("about/pack.json", b'"entries": 7', b'"entries": 6', "which the pack does not say"),
    ],
    ids=["an entry", "a report's ledger", "a report's rows", "the number of entries"],
)
def test_a_list_that_was_made_to_fit_does_not_help(
    unpacked: Path,
    main: Callable[[list[str]], int],
    capsys: pytest.CaptureFixture[str],
    name: str,
    old: bytes,
    new: bytes,
    said: str,
) -> None:
    (path,) = unpacked.glob(name)
    before = path.read_bytes()
    path.write_bytes(before.replace(old, new, 1))
    assert path.read_bytes() != before
    listed_anew(unpacked)
    assert main([str(unpacked)]) == 1
    assert said in capsys.readouterr().out


@NEEDS_A_SHELL
def test_nor_where_shell_tools_look(unpacked: Path) -> None:
    (path,) = unpacked.glob("ledger/*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"recall"', b'"recalL"', 1))
    listed_anew(unpacked)
    done = shell(unpacked)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "BAD  line 5 of the ledger is not what was written"
