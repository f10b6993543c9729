"""The templates that come with the program, and what a user's own folder does to them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.snippets.facts import A_RELEASE, AN_INSTALLATION
from uidmanager.core.errors import Severity
from uidmanager.core.snippets.rendering import render
from uidmanager.core.snippets.templates import Purpose, Template
from uidmanager.writers.snippet_templates import Shelf, read_templates

SHIPPED = read_templates(None)
DOCUMENT = (Path(__file__).parents[2] / "docs" / "snippets.md").read_text(encoding="utf-8")
MINE = """
title = "Ours"
toolkit = "Our build"
language = "python"

[release]
about = "Ours."
file = "ours.py"
text = 'UID = "{{uid}}"'
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "snippets"
    folder.mkdir()
    return folder


def names(shelf: Shelf) -> set[tuple[str, str]]:
    return {(template.name, template.purpose.value) for template in shelf.templates}


def test_all_that_come_with_the_program_can_be_used() -> None:
    assert SHIPPED.broken == {}
    assert {template.toolkit for template in SHIPPED.templates} >= {
        *("DicomObjects", "DCMTK", "dcm4che", "fo-dicom", "pydicom", "pynetdicom", "GDCM", "ITK", "dicom-rs"),
        *("dcmjs-dimse", "vtk-dicom", "Conquest", "C", "C++", "C#", "Java", "Python", "Rust", "JavaScript", "CMake"),
        *("JSON", "dotenv"),
    }


def test_toolkits_come_first_and_constants_have_both_purposes_and_files_of_their_own() -> None:
    flags = [template.is_constants for template in SHIPPED.templates]
    assert flags == sorted(flags)
    constants = [template for template in SHIPPED.templates if template.is_constants]
    assert len({template.file for template in constants}) == len(constants)
    assert {template.name for template in constants if template.purpose is Purpose.RELEASE} == {
        template.name for template in constants if template.purpose is Purpose.INSTALLATION
    }


@pytest.mark.parametrize("template", SHIPPED.templates, ids=lambda each: f"{each.name} {each.purpose}")
def test_each_says_in_sentences_what_it_does_and_stands_in_the_document(template: Template) -> None:
    assert all(text.endswith(".") for text in (template.about, *template.notes, *template.cautions))
    assert template.text.endswith("\n") or template.cannot.endswith(".")
    assert template.is_constants or template.source
    row = re.search(rf"^\| `{template.name}` \|([^|]*)\|", DOCUMENT, re.MULTILINE)
    assert row is not None
    assert template.purpose.value in row[1]


@pytest.mark.parametrize("template", SHIPPED.templates, ids=lambda each: f"{each.name} {each.purpose}")
def test_each_is_filled_from_what_the_registry_knows(template: Template) -> None:
    facts = A_RELEASE if template.purpose is Purpose.RELEASE else AN_INSTALLATION
    made = render(template, facts)
    assert "{{" not in made.text
    assert bool(made.text) == bool(template.text)
    assert facts.uid in made.text or template.cannot


def test_every_root_whose_toolkit_has_a_limit_is_told_of_it() -> None:
    unlit = {
        template.name
        for template in SHIPPED.templates
        if template.purpose is Purpose.INSTALLATION
        and template.text
        and not template.light
        and not template.is_constants
    }
    assert unlit == {"conquest", "fo-dicom"}  # no limit is known of the first, the second appends what it is told


def test_no_folder_and_an_empty_one_change_nothing(own: Path) -> None:
    assert read_templates(own / "absent") == SHIPPED
    assert read_templates(own) == SHIPPED


def test_a_file_adds_a_template(own: Path) -> None:
    (own / "ours.toml").write_text(MINE, encoding="utf-8")
    shelf = read_templates(own)
    assert names(shelf) - names(SHIPPED) == {("ours", "release")}
    assert names(SHIPPED) <= names(shelf)


def test_a_file_replaces_the_template_of_its_name_as_a_whole(own: Path) -> None:
    (own / "pydicom.toml").write_text(MINE, encoding="utf-8")
    shelf = read_templates(own)
    (mine,) = [template for template in shelf.templates if template.name == "pydicom"]
    assert (mine.title, mine.purpose) == ("Ours", Purpose.RELEASE)
    assert len(shelf.templates) == len(SHIPPED.templates) - 1


def test_lines_that_end_with_cr_lf_are_the_same_lines(own: Path) -> None:
    (own / "ours.toml").write_bytes(
        MINE.replace("\n", "\r\n").replace("'UID", "'''\r\nUID").replace("}}\"'", "}}\"\r\n'''").encode()
    )
    (mine,) = [template for template in read_templates(own).templates if template.name == "ours"]
    assert mine.text == 'UID = "{{uid}}"\n'


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        (b"\xff", "it is not UTF-8, from byte 0 on"),
        (b"title = ", "it is not TOML: Invalid value (at end of document)"),
        (b'title = "a"\ntitle = "b"', "it is not TOML: Cannot overwrite a value"),
        (MINE.replace('"Ours"', "7", 1).encode(), "Expected `str`, got `int`, in `title`"),
        (MINE.replace("file =", "flie =").encode(), "unknown field `flie`, in `release`"),
        (MINE.replace('language = "python"', "").encode(), "missing required field `language`"),
        (MINE.replace('"python"', '"pyton"').encode(), "'pyton', in `language`"),
        (MINE.replace("{{uid}}", "{{iud}}").encode(), "[release] text: “iud” is not known for a release"),
        (MINE.replace("{{uid}}", "1.2.3").encode(), "[release] text: {{uid}} is missing"),
        (MINE.partition("[release]")[0].encode(), "a table [release] or [installation] is needed"),
        (b"x = " + b"[" * 50_000, "too deeply"),
        (b"#" * 70_000, "more than 65536 bytes"),
    ],
    ids=range(12),
)
def test_a_broken_file_is_named_with_what_is_wrong_and_breaks_no_other(own: Path, content: bytes, tells: str) -> None:
    (own / "ours.toml").write_text(MINE, encoding="utf-8")
    (own / "c.toml").write_bytes(content)
    shelf = read_templates(own)
    assert set(shelf.broken) == {"c"}
    problem = shelf.broken["c"]
    assert (problem.code, problem.severity) == ("snippet.template_broken", Severity.CAUTION)
    assert str(own / "c.toml") in problem.message
    assert tells in problem.message
    assert names(shelf) == (names(SHIPPED) | {("ours", "release")}) - {("c", "release"), ("c", "installation")}


@pytest.mark.parametrize("name", ["C.toml", "my template.toml", "ü.toml"])
def test_a_name_that_no_template_can_have_is_told(own: Path, name: str) -> None:
    (own / name).write_text(MINE, encoding="utf-8")
    shelf = read_templates(own)
    assert "small letters and digits" in shelf.broken[Path(name).stem].message
    assert names(shelf) == names(SHIPPED)


def test_what_is_no_template_is_left_alone(own: Path) -> None:
    (own / "notes.txt").write_text("x", encoding="utf-8")
    (own / "folder.toml").mkdir()
    shelf = read_templates(own)
    assert names(shelf) == names(SHIPPED)
    assert "it is not a file" in shelf.broken["folder"].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_nobody_waits_for_a_pipe(own: Path) -> None:
    os.mkfifo(own / "pipe.toml")
    assert "it is not a file" in read_templates(own).broken["pipe"].message


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    where = tmp_path / "snippets"
    where.write_text("", encoding="utf-8")
    shelf = read_templates(where)
    assert "the folder cannot be read" in shelf.broken[str(where)].message
    assert names(shelf) == names(SHIPPED)


def test_no_more_than_can_be_meant(own: Path) -> None:
    for number in range(501):
        (own / f"t{number:03}.toml").write_text(MINE, encoding="utf-8")
    shelf = read_templates(own)
    assert "501 templates" in shelf.broken[str(own)].message
    assert len(shelf.templates) == len(SHIPPED.templates) + 500
