"""docs/ledger-format.md says what is so: its examples, its hashes, its tables, and its two checks of a chain."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final, get_args

import msgspec
import pytest
from msgspec import structs

from tests.stores.conftest import overwrite
from uidmanager.core.events import FORMAT, FORMAT_VERSION, Entry, Event, NewEntry
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.core.records import Past, Scheme
from uidmanager.core.registry import fold
from uidmanager.stores.codec import LONGEST_LINE, decode_line, encode_line

DOCUMENT: Final = (Path(__file__).parents[2] / "docs" / "ledger-format.md").read_text(encoding="utf-8")
KINDS: Final = {kind.__struct_config__.tag: kind for kind in get_args(Event)}
BASH: Final = shutil.which("bash") if shutil.which("sha256sum") else None


def blocks(info: str) -> list[str]:
    """The code blocks of the document with these words behind their fence."""
    return re.findall(rf"^```{info}\n(.*?\n)```$", DOCUMENT, re.MULTILINE | re.DOTALL)


(LEDGER,) = (block.encode() for block in blocks("json ledger"))
(PYTHON,) = blocks("python check")
(SHELL,) = blocks("bash check")


def entries(lines: list[bytes]) -> list[Entry]:
    """The example's entries, read by the program."""
    read: list[Entry] = []
    for n, line in enumerate(lines, start=1):
        read.append(decode_line(line, n, read[-1].h if read else FIRST_HEAD))
    return read


EXAMPLE: Final = entries(LEDGER.splitlines())
EXPORTED: Final = EXAMPLE[:14]
"""Its entries when it was exported to what the second example was imported from."""
(IMPORTED_LEDGER,) = (block.encode() for block in blocks("json imported"))
IMPORTED: Final = entries(IMPORTED_LEDGER.splitlines())


def test_the_example_is_a_ledger() -> None:
    registry = fold(EXAMPLE)
    uids = {r.uid for r in registry.releases} | {i.uid for i in registry.installations}
    assert all(
        f"`{uid}`" in DOCUMENT for uid in ("1.2.826.0.1.3680043.2.50.1.2.4.5.0.3", "1.2.826.0.1.3680043.2.50.2.372764")
    )
    assert {"1.2.826.0.1.3680043.2.50.1.2.4.5.0.3", "1.2.826.0.1.3680043.2.50.2.372764"} < uids
    assert f"its head is `{registry.head}`" in DOCUMENT


def test_the_program_writes_the_example_byte_for_byte() -> None:
    head, written = FIRST_HEAD, b""
    for entry in EXAMPLE:
        fields = {name: getattr(entry, name) for name in NewEntry.__struct_fields__}
        again, line = encode_line(NewEntry(**fields), entry.n, head)
        head, written = again.h, written + line
    assert written == LEDGER


def test_the_second_example_is_a_ledger_with_an_import() -> None:
    registry = fold(IMPORTED)
    assert f"its head is `{registry.head}`" in DOCUMENT
    assert registry.imported == len(IMPORTED)


def test_a_past_has_its_fields_in_their_order() -> None:
    paragraph = DOCUMENT.split("A *past* in the next tables")[1].split("\n\n")[0]
    assert [name for name in re.findall(r"`(\w+)`", paragraph) if name in Past.__struct_fields__][-6:] == list(
        Past.__struct_fields__
    )


def test_every_kind_of_event_is_in_the_example() -> None:
    assert {type(event) for entry in (*EXAMPLE, *IMPORTED) for event in entry.events} == set(KINDS.values())


def test_another_json_library_spells_like_this() -> None:
    for line in LEDGER.decode().splitlines():
        assert json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) == line


def test_the_worked_hash_is_right() -> None:
    (rest,) = blocks("text rest")
    first, second = (block.strip() for block in blocks("text hash"))
    lines = LEDGER.splitlines()
    assert rest.rstrip("\n").encode() == lines[0][72:]
    assert f"these {len(lines[0]) - 72} bytes" in DOCUMENT
    assert sha256(b"0" * 64 + rest.rstrip("\n").encode()).hexdigest() == first == EXAMPLE[0].h
    assert sha256(first.encode() + lines[1][72:]).hexdigest() == second == EXAMPLE[1].h


@pytest.mark.parametrize("kind", KINDS)
def test_each_event_has_its_table_and_an_example(kind: str) -> None:
    section = DOCUMENT.split(f"### `{kind}`\n")[1].split("\n###")[0].split("\n## ")[0]
    table = re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.MULTILINE)
    fields = structs.fields(KINDS[kind])
    assert [name for name, _type in table] == [field.encode_name for field in fields]
    assert [name for name, type_ in table if "*optional*" in type_] == [
        field.encode_name for field in fields if not field.required
    ]
    (line,) = re.findall(r"^```json event\n(.*)\n```$", section, re.MULTILINE)
    event = msgspec.json.decode(line, type=Event)
    assert event.__struct_config__.tag == kind
    assert msgspec.json.encode(event).decode() == line
    assert event in {event for entry in (*EXAMPLE, *IMPORTED) for event in entry.events}


def test_no_event_is_described_that_there_is_not() -> None:
    events = DOCUMENT.split("\n## 5.")[1].split("\n## 6.")[0]
    assert re.findall(r"^### `(\w+)`$", events, re.MULTILINE) == list(KINDS)


def test_the_fields_of_an_entry_are_in_their_order() -> None:
    section = DOCUMENT.split("\n### 3.1")[1].split("\n## 4.")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(Entry.__struct_fields__)


def test_the_arcs_of_the_scheme_are_named_in_their_order() -> None:
    assert " and ".join(f"`{field}`" for field in Scheme.__struct_fields__) in DOCUMENT


def test_the_figures_are_right() -> None:
    assert f"at most {LONGEST_LINE:,} bytes" in DOCUMENT
    assert f"`{FORMAT}`" in DOCUMENT
    assert DOCUMENT.startswith(f"# The ledger file, format {FORMAT_VERSION}\n")


# -- the two checks --------------------------------------------------------------------------------------------------


def run(check: str, file: Path) -> subprocess.CompletedProcess[str]:
    """One of the document's checks on a file, as a person would run it."""
    assert BASH is not None
    command = [sys.executable, "-c", PYTHON] if check == "python" else [BASH, "-c", SHELL, "check"]
    return subprocess.run([*command, str(file)], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(params=["python", pytest.param("shell", marks=pytest.mark.skipif(not BASH, reason="no bash here"))])
def check(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_both_checks_are_short() -> None:
    for code in (PYTHON, SHELL):
        assert len([line for line in code.splitlines() if line.strip()]) == 10


def test_a_good_ledger_passes(check: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(LEDGER)
    done = run(check, file)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{len(EXAMPLE)} entries, head {EXAMPLE[-1].h}\n", "")


def test_a_ledger_the_program_wrote_passes(check: str, tmp_path: Path) -> None:
    head, written = FIRST_HEAD, b""
    for n, entry in enumerate(EXAMPLE[:3], start=1):
        fields = {name: getattr(entry, name) for name in NewEntry.__struct_fields__}
        again, line = encode_line(
            NewEntry(**fields | {"by": "Zoë \u2028\x85 “\\n” \U0001f600 \t ", "why": " * $HOME `x` "}), n, head
        )
        head, written = again.h, written + line
    file = tmp_path / "a name with blanks"
    file.write_bytes(written)
    assert run(check, file).stdout == f"3 entries, head {head}\n"


FEW: Final = b"".join(LEDGER.splitlines(keepends=True)[:3])
SOME: Final = (0, 1, 5, 6, 40, 69, 70, 71, 72, 73, 100, len(FEW) - 300, len(FEW) - 3, len(FEW) - 2, len(FEW) - 1)
BAD: Final = {
    **{f"byte {at} changed": FEW[:at] + bytes([FEW[at] ^ 1]) + FEW[at + 1 :] for at in SOME},
    "a zero byte between": FEW[:200] + b"\0" + FEW[200:],
    "a zero byte at the end": FEW + b"\0",
    "a newline made zero": FEW[:-1] + b"\0",
    "something behind it": FEW + b"{",
    "an empty line": FEW + b"\n",
    "a line removed": b"".join(FEW.splitlines(keepends=True)[::2]),
    "lines exchanged": b"".join(FEW.splitlines(keepends=True)[i] for i in (0, 2, 1)),
    "a line doubled": FEW + FEW.splitlines(keepends=True)[-1],
    "line ends changed": FEW.replace(b"\n", b"\r\n"),
    "a byte order mark": b"\xef\xbb\xbf" + FEW,
    "a line cut short": FEW[:-20],
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_a_changed_ledger_is_refused(check: str, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(data)
    done = run(check, file)
    assert done.returncode == 1
    assert re.search(r"^line \d is not ", done.stderr)
    assert not done.stdout


def test_no_changed_byte_is_overlooked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, with the check in this very process."""
    code = compile(PYTHON, "check", "exec")
    file = tmp_path / "ledger.jsonl"
    monkeypatch.setattr(sys, "argv", ["check", str(file)])
    file.write_bytes(FEW)
    exec(code, {})  # noqa: S102 - it is the document's own
    for at in range(len(FEW)):
        for data in (FEW[:at] + bytes([FEW[at] ^ 4]) + FEW[at + 1 :], FEW[:at] + FEW[at + 1 :]):
            overwrite(file, data)
            with pytest.raises(SystemExit, match=r"line \d is not what was written"):
                exec(code, {})  # noqa: S102 - the same


def test_what_the_chain_cannot_show_is_said(check: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(line for line, _next in pairwise(LEDGER.splitlines(keepends=True))))
    assert run(check, file).stdout == f"{len(EXAMPLE) - 1} entries, head {EXAMPLE[-2].h}\n"
    assert "The chain cannot show that lines are missing at the end" in DOCUMENT
