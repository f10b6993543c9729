"""The label templates that come with the program, and what a user's own folder does to them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from uidmanager.core.errors import Severity
from uidmanager.writers.label_templates import read_label_templates

if TYPE_CHECKING:
    from uidmanager.core.labels.templates import Template

SHIPPED = read_label_templates(None)
DOCUMENT = Path(__file__).parents[2] / "docs" / "labels.md"
MINE: dict[str, Any] = {
    "title": "Ours",
    "width": 40,
    "height": 20,
    "codes": [{"symbol": "datamatrix", "x": 1, "y": 1, "width": 15, "height": 15}],
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "labels"
    folder.mkdir()
    return folder


def put(own: Path, name: str, content: object) -> None:
    (own / name).write_text(json.dumps(content), encoding="utf-8")


def names(own: Path | None) -> list[str]:
    return [template.name for template in read_label_templates(own).templates]


def test_all_that_come_with_the_program_can_be_used_sheets_first() -> None:
    assert SHIPPED.broken == {}
    assert set(names(None)) == {
        *("a4-3x8", "a4-5x13", "letter-3x10", "roll-100x50", "roll-50x25", "roll-62x29", "tape-12mm"),
    }
    kinds = [template.sheet is None for template in SHIPPED.templates]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("template", SHIPPED.templates, ids=lambda template: template.name)
def test_each_says_what_it_is_and_stands_in_the_document(template: Template) -> None:
    assert template.about.endswith(".")
    assert re.search(rf"^\| `{template.name}` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)


def test_ones_own_add_to_them_or_replace_them(own: Path) -> None:
    put(own, "ours.json", MINE)
    put(own, "a4-3x8.json", {**MINE, "title": "Better"})
    shelf = read_label_templates(own)
    assert shelf.broken == {}
    assert shelf.choose("OURS ")[0] is not None
    found, _ = shelf.choose("a4-3x8")
    assert found is not None
    assert (found.title, found.cells) == ("Better", 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ours.json", b"{", "it is not JSON"),
        ("ours.json", b"\xff", "it is not JSON"),
        ("ours.json", b'{"codes": ' + b"[" * 60_000, "codes"),
        ("ours.json", b" " * 70_000, "more than 65536 bytes"),
        ("ours.json", json.dumps({**MINE, "colour": 1}).encode(), "colour"),
        ("ours.json", json.dumps({**MINE, "width": "40"}).encode(), "width"),
        ("ours.json", json.dumps({**MINE, "width": 600}).encode(), "width: 600 mm"),
        ("ours.json", json.dumps({**MINE, "codes": []}).encode(), "codes: a label without a code"),
        ("Ours.json", json.dumps(MINE).encode(), "its name"),
    ],
)
def test_one_that_cannot_be_used_is_named_and_keeps_no_other_from_use(
    own: Path, name: str, content: bytes, said: str
) -> None:
    (own / name).write_bytes(content)
    shelf = read_label_templates(own)
    [problem] = shelf.broken.values()
    assert (problem.code, problem.severity) == ("label.template_broken", Severity.CAUTION)
    assert said in problem.message
    assert len(shelf.templates) == len(SHIPPED.templates)


def test_a_broken_one_is_refused_and_does_not_bring_back_the_one_it_replaces(own: Path) -> None:
    (own / "a4-3x8.json").write_bytes(b"{}")
    found, [problem] = read_label_templates(own).choose("a4-3x8")
    assert found is None
    assert (problem.code, problem.severity) == ("label.template_broken", Severity.ERROR)


def test_what_there_is_not_is_answered_with_what_there_is() -> None:
    found, [problem] = SHIPPED.choose("nothing")
    assert found is None
    assert problem.code == "label.template_unknown"
    assert "a4-3x8" in problem.message


def test_a_byte_order_mark_and_whole_numbers_do_no_harm(own: Path) -> None:
    (own / "ours.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(MINE).encode())
    assert read_label_templates(own).choose("ours")[0] is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_not_waited_for(own: Path) -> None:
    os.mkfifo(own / "ours.json")
    assert "it is not a file" in read_label_templates(own).broken["ours"].message
