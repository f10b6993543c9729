"""An anchor is written, and later holds the ledger to its word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from uidmanager.core.holdings import FIRST_HEAD
from uidmanager.stores.chain import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Caller


@pytest.fixture
def anchor(acme: Caller, tmp_path: Path) -> Path:
    """The anchor of the five entries there are, written to a file."""
    path = tmp_path / "monday.anchor"
    result = acme.done("anchor", "-o", str(path))
    assert result.codes == ["anchor.written"]
    assert not result.out
    return path


def _forget(home: Path) -> None:
    """This station has never seen the ledger."""
    for file in (home / "data").rglob("*.jsonl"):
        file.unlink()


def _rewrite(ledger: Path, old: bytes, new: bytes) -> None:
    """Change an entry and make the whole chain anew, as somebody would who knows the format."""
    before, lines = FIRST_HEAD, []
    for line in ledger.read_bytes().splitlines():
        made = sealed(before, b'{"h":"' + FIRST_HEAD.encode() + line.replace(old, new)[70:])
        before = made[6:70].decode()
        lines.append(made + b"\n")
    ledger.write_bytes(b"".join(lines))


def test_the_file_says_head_count_time_and_person(acme: Caller, anchor: Path) -> None:
    written = json.loads(anchor.read_text("utf-8"))
    verified = acme("verify", "--json").json
    assert (written["head"], written["entries"]) == (verified["head"], 5)
    assert (written["by"], written["station"], written["format"]) == ("anna", "LINE-3", "uidmanager-anchor")
    assert written["made_at"].endswith("Z")


def test_stdout_has_the_same(acme: Caller) -> None:
    assert json.loads(acme.done("anchor").out)["entries"] == 5
    answer = acme("anchor", "--json").json
    assert {"registry", "entries", "head", "made_at"} <= set(answer)


def test_a_ledger_that_went_on_extends_its_anchor(acme: Caller, anchor: Path) -> None:
    head = json.loads(anchor.read_text("utf-8"))["head"]
    acme.done("assign", "1001")
    assert acme.done("verify", "--anchor", str(anchor)).lines[1].split() == ["entries", "6"]
    acme.done("verify", "--anchor", head)
    acme.done("verify", "--anchor", head.upper())


def test_a_cut_tail_is_seen_by_the_anchor_alone(acme: Caller, ledger: Path, home: Path, anchor: Path) -> None:
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-1]))
    _forget(home)
    acme.done("verify")
    _forget(home)
    for known in (str(anchor), json.loads(anchor.read_text("utf-8"))["head"]):
        result = acme("verify", "--anchor", known)
        assert (result.code, result.codes) == (3, ["ledger.anchor_lost"])


def test_a_consistent_rewrite_is_seen_by_the_anchor_alone(acme: Caller, ledger: Path, home: Path, anchor: Path) -> None:
    _rewrite(ledger, b'"serial":"0372764"', b'"serial":"00372764"')
    _forget(home)
    acme.done("verify")
    result = acme("verify", "--anchor", str(anchor), "--json")
    assert result.code == 3
    assert [problem["code"] for problem in result.json["problems"]] == ["ledger.anchor_lost"]


def test_a_ledger_in_trouble_gives_no_anchor(acme: Caller, ledger: Path, tmp_path: Path) -> None:
    ledger.write_bytes(ledger.read_bytes().replace(b"Viewer", b"Vlewer"))
    result = acme("anchor", "-o", str(tmp_path / "bad.anchor"))
    assert (result.code, result.codes) == (3, ["ledger.damaged"])
    assert not (tmp_path / "bad.anchor").exists()


def test_an_anchor_that_is_there_is_kept(acme: Caller, anchor: Path, ledger: Path) -> None:
    before = anchor.read_bytes()
    assert acme("anchor", "-o", str(anchor)).codes == ["file.exists"]
    assert anchor.read_bytes() == before
    acme.done("anchor", "-o", str(anchor), "--force")
    assert acme("anchor", "-o", str(ledger), "--force").codes == ["file.protected"]
    assert acme("anchor", "-o", "").code == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * 100_000,
        b'{"format":"uidmanager-anchor"}',
        b'{"format":"else","version":1,"registry":"r","entries":1,"head":"%s",'
        b'"made_at":"","by":"","station":"","app":""}' % (b"a" * 64),
        b'{"format":"uidmanager-anchor","version":2,"registry":"r","entries":1,"head":"%s",'
        b'"made_at":"","by":"","station":"","app":""}' % (b"a" * 64),
        b'{"format":"uidmanager-anchor","version":1,"registry":"r","entries":0,"head":"%s",'
        b'"made_at":"","by":"","station":"","app":""}' % (b"a" * 64),
    ],
)
def test_what_is_no_anchor_is_refused(acme: Caller, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "strange"
    file.write_bytes(content)
    result = acme("verify", "--anchor", str(file))
    assert (result.code, result.codes) == (1, ["anchor.unreadable"])
    assert not result.out


@pytest.mark.parametrize("known", ["", "nowhere", "a" * 63, "a\0b", "."])
def test_an_anchor_that_cannot_be_read(acme: Caller, known: str) -> None:
    assert acme("verify", "--anchor", known).codes == ["anchor.unreadable"]
