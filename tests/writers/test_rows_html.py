from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.writers.made import HEAD, STAMP, made
from uidmanager.core.reports import COLUMNS, Kind, Report, Row
from uidmanager.core.reports import report as report_of
from uidmanager.core.texts import visible
from uidmanager.writers.formats import Format, render

if TYPE_CHECKING:
    from tests.core.conftest import Book

EMPTY = {"meta", "wbr", "br"}  # elements without an end


class Reader(HTMLParser):
    """Reads a document strictly: every element is ended in its turn, no attribute is given twice."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self.words: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open
        self.attributes += attrs
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        self.words[inside] = self.words.get(inside, "") + data
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def read(kind: Kind, *rows: Row, organisation: str = "Acme Imaging") -> Reader:
    return Reader(render(made(kind, *rows, organisation=organisation), Format.HTML, STAMP).decode("utf-8"))


def test_rows_stand_below_their_titles() -> None:
    found = read(Kind.PRODUCTS, {"number": 2, "name": "CT Console", "state": "active", "at": STAMP.made_at})
    assert found.rows == [
        [column.title for column in COLUMNS[Kind.PRODUCTS]],
        ["2", "CT Console", "", "active", "", "", "2026-11-22 21:06:42", *[""] * 6],
    ]
    assert ("datetime", STAMP.made_at) in found.attributes
    assert found.words["title"] == "Products and their numbers – Acme Imaging"


def test_it_says_what_proves_it() -> None:
    found = read(Kind.PRODUCTS, organisation="Gerätebau <GmbH>")
    assert HEAD in found.words["dd"]
    assert found.words["bdi"] == "Gerätebau <GmbH>" * 2
    assert found.rows == []
    assert "no rows" in found.words["p"]


@pytest.mark.parametrize("kind", Kind)
def test_every_report_is_a_document_that_needs_nothing_beside_it(rich: Book, kind: Kind) -> None:
    report = report_of(rich.registry, kind)
    text = render(report, Format.HTML, STAMP).decode("utf-8")
    found = Reader(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert not {"script", "link", "img", "iframe", "b"} & set(found.tags)
    assert not {"src", "href", "style"} & {name for name, _ in found.attributes}
    assert "url(" not in text
    groups = len({row["product"] for row in report.rows}) if kind is Kind.RELEASES else 0
    assert len(found.rows) == 1 + len(report.rows) + groups
    ids = [value for name, value in found.attributes if name == "id"]
    assert len(set(ids)) == len(ids) == 2 * len(report.charts)
    named = {value for name, value in found.attributes if name in {"aria-labelledby", "aria-describedby"}}
    assert named == set(ids)


def test_rows_that_belong_together_have_a_heading() -> None:
    rows: list[Row] = [{"product": name, "version": version} for name, version in ("a1", "a2", "b1")]
    text = render(grouped(*rows), Format.HTML, STAMP).decode("utf-8")
    found = Reader(text)
    assert [row[0] for row in found.rows] == ["Version", "a", "1", "2", "b", "1"]
    assert [len(row) for row in found.rows] == [8, 1, 8, 8, 1, 8]
    assert found.tags.count("tbody") == 2


def grouped(*rows: Row) -> Report:
    return structs.replace(made(Kind.RELEASES, *rows), grouped_by="product")


def test_a_uid_breaks_at_its_dots_only_and_is_copied_whole() -> None:
    uid = "1.2.826.0.1.3680043.2.50.2." + "9" * 37
    text = render(made(Kind.IDENTIFIERS, {"uid": uid}), Format.HTML, STAMP).decode("utf-8")
    assert f'<td class="uid">{uid.replace(".", ".<wbr>")}</td>' in text
    assert Reader(text).rows[1][0] == uid


@given(st.text(), st.text(min_size=1), st.text())
def test_no_text_is_markup(organisation: str, name: str, by: str) -> None:
    row: Row = {"number": 1, "name": name, "code": name, "state": name, "by": by}
    found = read(Kind.PRODUCTS, row, organisation=organisation)
    assert found.rows[1] == ["1", visible(name), visible(name), visible(name), "", "", "", visible(by), *[""] * 5]
    plain = read(Kind.PRODUCTS, {"number": 1, "name": "x", "code": "x", "state": "x", "by": by})
    assert [tag for tag in found.tags if tag != "bdi"] == [tag for tag in plain.tags if tag != "bdi"]


@pytest.mark.parametrize("text", ["جهاز", "画像", "Ä"])
def test_text_of_another_direction_turns_nothing_around_it(text: str) -> None:
    shown = render(made(Kind.PRODUCTS, {"name": text}), Format.HTML, STAMP).decode("utf-8")
    assert f'<td class="text"><bdi>{text}</bdi></td>' in shown
