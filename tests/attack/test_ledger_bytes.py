"""Whatever bytes lie where a ledger should be, reading ends with a trouble of ours, and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisWorld
from uidmanager.core import drafts as d
from uidmanager.core.errors import LedgerError
from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.stores.codec import DamagedLineError, NewerLineError, decode_line
from uidmanager.stores.jsonl import JsonlLedger

ROOT = "1.2.826.0.1.3680043.2.50"
GIGABYTE = 1024**3
READS_IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from uidmanager.app.service import Service
from uidmanager.bootstrap import ThisWorld
from uidmanager.stores.jsonl import JsonlLedger
world = ThisWorld()
service = Service(JsonlLedger(Path(sys.argv[1]), world, Path(sys.argv[2])), world)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = used + 400 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
service.open()
with service.look() as registry:
    print(service.trouble.code if service.trouble else "none", registry.position)
"""


def sealed(rest: bytes) -> bytes:
    """A first line whose hash is right, whatever it says."""
    return b'{"h":"' + sha256(FIRST_HEAD.encode() + rest).hexdigest().encode() + b'",' + rest


def opened(path: Path) -> Service:
    world = ThisWorld()
    service = Service(JsonlLedger(path, world, path.parent / "seen"), world)
    service.open()
    return service


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger of three entries."""
    folder = tmp_path_factory.mktemp("good")
    world = ThisWorld()
    service = Service(JsonlLedger(folder / "a.jsonl", world, folder / "seen"), world)
    service.found(d.FoundRegistry(ROOT, "Acme Imaging"))
    service.submit(d.RegisterProduct("Viewer"))
    service.submit(d.AssignInstallations(("1", "2")))
    return (folder / "a.jsonl").read_bytes()


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=400) | json_like.map(lambda value: repr(value).encode("utf-8", "surrogatepass")))
def test_any_line_is_decoded_or_refused_with_an_error_of_ours(rest: bytes) -> None:
    for line in (rest, sealed(rest)):
        with pytest.raises((DamagedLineError, NewerLineError)):
            decode_line(line, 1, FIRST_HEAD)


@given(st.data())
def test_of_a_changed_ledger_only_what_was_written_is_read(good: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(good)))
    stop = data.draw(st.integers(start, min(len(good), start + 40)))
    changed = good[:start] + data.draw(st.binary(max_size=60)) + good[stop:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(changed)
        try:
            service = opened(path)
        except LedgerError:
            return
        with service.look() as registry:
            read = [entry.h for entry in registry.entries]
        assert read == [line[6:70].decode() for line in good.splitlines()][: len(read)]  # nothing but what was written


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"events":[{"type":', b'"n":1,"events":[['])
def test_json_nested_a_hundred_thousand_deep_is_refused(opening: bytes) -> None:
    for line in (
        sealed(opening * 100_000),
        sealed(b'"n":1,"id":"a","events":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    ):
        with pytest.raises(DamagedLineError):
            decode_line(line, 1, FIRST_HEAD)


@pytest.mark.parametrize(
    "odd",
    [b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xed\xa0\x80", rb"\ud800", b"\xe2\x80\xae", b"\r", b"\x85"],
    ids=["BOM", "UTF-16", "NUL", "surrogate", "escaped surrogate", "bidi", "CR", "C1"],
)
def test_odd_bytes_anywhere_in_a_sealed_line_are_no_entry(good: bytes, odd: bytes) -> None:
    rest = good.split(b"\n")[0][72:]
    for at in range(len(rest)):
        line = sealed(rest[:at] + odd + rest[at:])
        try:
            decode_line(line, 1, FIRST_HEAD)
        except (DamagedLineError, NewerLineError):
            continue
        assert odd.decode("utf-8").encode("utf-8") in line  # text of the founding: read, and shown safely


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process's memory the Linux way")
@pytest.mark.parametrize(
    ("ending", "trouble"),
    [(b"", "none"), (b"}\n", "none"), (b'"}\n{"h":""}\n', "ledger.damaged")],
    ids=["a torn write", "an end", "another line after it"],
)
def test_a_line_of_a_gigabyte_is_refused_without_being_taken_into_memory(
    tmp_path: Path, good: bytes, ending: bytes, trouble: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(good + b'{"h":"')
    os.truncate(path, GIGABYTE)  # a hole: it takes no room on the disk
    with path.open("ab") as file:
        file.write(ending)
    command = [sys.executable, "-c", READS_IN_LITTLE_MEMORY, str(path), str(tmp_path / "seen")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    assert done.stdout.split() == [trouble, "3"]
    assert path.stat().st_size == GIGABYTE + len(ending)
