"""Whatever lies in a file that is to be imported: refused in a sentence, or a registry; never a fault, never half."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.attack.test_other_files import DEEP
from tests.cli.conftest import Caller, acme, call, home, ledger
from tests.writers.test_export_format import DOCUMENT
from uidmanager.app.ports import no_progress
from uidmanager.core.errors import UidManagerError
from uidmanager.core.transfer.importing import check_document
from uidmanager.writers.registry_reader import LARGEST, read_document

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["acme", "call", "home", "ledger"]

EVIL = ["a\u202eb", "\x1b[2J", "\ud800", "\0", "x" * 100_000, "", " ", "\ufeff", "１", "-1", "../../x", "=cmd|'/c'!A1"]
VALUES: list[Any] = [*EVIL, None, True, -1, 0, 2**53, 10**30, 1.5, 1e300, [], {}, [[]], {"a": {}}]
quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refused_or_sound(content: bytes) -> bool:
    """Whether it could be imported. Nothing but our own errors is raised, and all that is said can be shown."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "acme.json"
        file.write_bytes(content)
        try:
            reading = read_document(file, no_progress)
        except UidManagerError as error:
            told = str(error)
        else:
            told = ""
        assert told.isprintable()
        assert len(told) < 1000
        if told:
            return False
        problems = reading.findings.problems
        if reading.document is not None:
            problems = check_document(reading.document, reading.findings, 0, lambda _done: None).problems
        for problem in problems:
            assert problem.message.isprintable()
            assert len(problem.message) < 2000
        return not problems


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"")
@example(b"\xef\xbb\xbf" + DOCUMENT)
@example(b"\0" * 100_000)
def test_any_bytes_are_no_document(content: bytes) -> None:
    assert not refused_or_sound(content)


@pytest.mark.parametrize("deep", [*DEEP, DOCUMENT.replace(b'"given_up": [', b'"given_up": [' + b"[" * 100_000)])
def test_what_is_nested_deeply_is_refused(deep: bytes) -> None:
    assert not refused_or_sound(deep)


@pytest.mark.parametrize(
    "inner",
    [b'{"kind":' + b"[" * 50_000 + b"]" * 50_000 + b"}", b'{"a":' * 50_000 + b"1" + b"}" * 50_000],
)
def test_a_record_that_is_nested_deeply_is_refused(inner: bytes) -> None:
    assert not refused_or_sound(DOCUMENT.replace(b'"given_up": [\n', b'"given_up": [\n' + inner + b",\n"))


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"013", b"0x1", b"9" * 5000, b"1.0"])
def test_what_is_no_whole_number_is_refused(number: bytes) -> None:
    changed, count = re.subn(rb'"entries": [0-9]+', b'"entries": ' + number, DOCUMENT)
    assert count == 1
    assert not refused_or_sound(changed)
    assert not refused_or_sound(DOCUMENT.replace(b'"number":1,', b'"number":' + number + b","))


@quick
@given(st.data())
def test_any_value_at_any_place_is_refused_or_changes_nothing_that_counts(data: st.DataObject) -> None:
    """What is taken all the same is text that may be any text, or a time, or another sound number of an entry."""
    whole = json.loads(DOCUMENT)
    place: Any = whole
    parent: Any = whole
    path: list[str | int] = []
    while isinstance(place, dict | list) and place:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        step: Any = data.draw(st.sampled_from(steps), "step")
        path.append(step)
        parent, place = place, place[step]
    value = data.draw(st.sampled_from(VALUES), "value")
    parent[path[-1]] = value
    sound = refused_or_sound(json.dumps(whole).encode("utf-8"))
    free = {"note", "why", "meant", "by", "made_by", "station", "app", "registry", "organisation", "name", "version"}
    free.add("version_name")  # any sixteen characters may be one
    assert not sound or path[-1] in free | {"entry", "entries", "code", "changed", "product"} or value == 0, (
        path,
        value,
    )


@quick
@given(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255))
def test_any_byte_may_be_another(at: int, byte: int) -> None:
    refused_or_sound(DOCUMENT[:at] + bytes([byte]) + DOCUMENT[at + 1 :])


@quick
@given(st.integers(0, len(DOCUMENT) - 2))
def test_a_document_that_was_cut_is_refused_wherever_it_was(at: int) -> None:
    assert not refused_or_sound(DOCUMENT[:at])


def test_no_record_can_be_taken_out_unseen() -> None:
    """Its number would be given again."""
    lines = DOCUMENT.splitlines(keepends=True)
    records = [at for at, line in enumerate(lines) if line.startswith(b"{") and len(line) > 2]
    assert len(records) == 6
    for at in records:
        rest = [*lines[:at], *lines[at + 1 :]]
        content = b"".join(rest).replace(b"},\n]", b"}\n]")
        json.loads(content)
        assert not refused_or_sound(content)


def too_large(folder: Path) -> Path:
    file = folder / "large.json"
    file.touch()
    os.truncate(file, LARGEST + 1)
    return file


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    "make",
    [
        too_large,
        pytest.param(a_pipe, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")),
        lambda folder: folder,
        lambda folder: folder / "nothing here",
        lambda folder: folder / ("x" * 400),
        lambda folder: folder / "a\0b",
    ],
)
def test_what_is_no_file_or_too_large_is_refused_at_once(
    make: Callable[[Path], Path], call: Caller, ledger: Path, tmp_path: Path
) -> None:
    result = call("import", str(make(tmp_path)), "--reason", "x")
    assert (result.code, result.codes) == (1, ["document.unreadable"])
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 a workbook", "it is a workbook or an archive"),
        (b'{"kind": "products", "rows": []}', "it is JSON, but no registry"),
        (b"serial,product\r\n1,Viewer\r\n", "it is not JSON"),
        (b'{"format":"uidmanager-anchor","version":1}', "it calls itself “uidmanager-anchor”, version 1"),
        (b'{"format":"uidmanager-registry","version":0}', "version 0"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
    ],
)
def test_what_else_it_is_is_told(content: bytes, words: str, call: Caller, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    result = call("import", str(file), "--reason", "x")
    assert (result.code, result.codes) == (1, ["document.unreadable"])
    assert words in result.err
    assert not ledger.exists()


def test_a_ledger_is_told_from_a_document(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    result = acme("--ledger", str(tmp_path / "new.jsonl"), "import", str(ledger), "--reason", "x")
    assert "it is a ledger" in result.err


def test_a_document_of_a_later_version_is_told(call: Caller, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(DOCUMENT.replace(b'"version": 1', b'"version": 3'))
    result = call("import", str(file), "--reason", "x")
    assert (result.code, result.codes) == (1, ["document.newer"])
