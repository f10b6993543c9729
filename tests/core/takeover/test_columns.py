"""Headings in several languages, and which column a person means."""

from __future__ import annotations

import pytest

from tests.core.takeover.made import table
from uidmanager.core.takeover.choosing import chosen_by_words, headings_at, proposed, words_of
from uidmanager.core.takeover.columns import (
    FIELDS,
    TableKind,
    check_columns,
    heading_of,
    named_column,
    recognised,
)
from uidmanager.core.takeover.table import letters_of

PRODUCTS, RELEASES, INSTALLATIONS = TableKind.PRODUCTS, TableKind.RELEASES, TableKind.INSTALLATIONS


@pytest.mark.parametrize(
    ("kind", "heading", "found"),
    [
        (INSTALLATIONS, "Serial | Product | Note | Date issued", "serial product note date"),
        (INSTALLATIONS, "S/N | Device type | Remarks | Issued on", "serial product note date"),
        (INSTALLATIONS, "SERIAL-NO. | MODEL", "serial product"),
        (INSTALLATIONS, "Seriennummer | Gerät | Bemerkung | Vergeben am", "serial product note date"),
        (INSTALLATIONS, "Serien-Nr. | Typ | Anmerkung | Datum", "serial product note date"),
        (INSTALLATIONS, "Gerätenummer | UID", "serial uid"),
        (PRODUCTS, "No. | Product | Code | GTIN | Note", "number name code gtin note"),
        (PRODUCTS, "Produktnummer | Bezeichnung | Kürzel | EAN", "number name code gtin"),
        (RELEASES, "Product | Version | Version name | Released", "product version version_name date"),
        (RELEASES, "Produkt | Versionsnummer | Implementation Class UID", "product version uid"),
    ],
)
def test_usual_headings(kind: TableKind, heading: str, found: str) -> None:
    made = table(heading, "1 | 2 | 3 | 4 | 5")
    assert list(recognised(kind, made.lines[0]).values()) == sorted(
        recognised(kind, made.lines[0]).values(), key=list(recognised(kind, made.lines[0]).values()).index
    )
    by_column = sorted(recognised(kind, made.lines[0]).items(), key=lambda item: item[1])
    assert " ".join(name for name, _ in by_column) == found


def test_a_column_is_taken_for_one_field_only() -> None:
    made = table("Serial | Serial | Product", "1 | 2 | 3")
    assert recognised(INSTALLATIONS, made.lines[0]) == {"serial": 0, "product": 2}


def test_the_heading_may_stand_below_a_title() -> None:
    made = table("Units made in Leeds", "as of March", "Serial | Product", "1 | CT")
    found = heading_of(made, INSTALLATIONS)
    assert found is not None
    assert found.number == 3


def test_without_a_heading_a_lone_column_is_what_the_rows_are_about() -> None:
    made = table("1001", "1002")
    assert heading_of(made, INSTALLATIONS) is None
    assert proposed(made, INSTALLATIONS, None, None).columns == {"serial": 0}
    wide = table("1001 | CT", "1002 | CT")
    assert proposed(wide, INSTALLATIONS, None, None).columns == {}


def test_a_column_is_named_by_its_words_or_its_letters() -> None:
    made = table("Serial | Type | Type | B", "1 | 2 | 3 | 4")
    heading = made.lines[0]
    assert named_column(made, heading, "serial") == 0
    assert named_column(made, heading, "Type") is None
    assert named_column(made, heading, "B") == 3
    assert named_column(made, heading, "C") == 2
    assert named_column(made, None, "b") == 1
    assert named_column(made, heading, "Z") is None


def test_what_is_wrong_with_names_is_said_all_at_once() -> None:
    made = table("Serial | Type", "1 | 2")
    choice, problems = chosen_by_words(
        made, INSTALLATIONS, made.lines[0], {"serial": "Serial", "colour": "Type", "product": "Model"}, None
    )
    assert choice.columns == {"serial": 0}
    assert [problem.code for problem in problems] == ["takeover.field_unknown", "takeover.column_unknown"]


def test_what_is_to_be_said_of_a_choice() -> None:
    made = table("A | B | Secret | Left", "1 | 2 | 3 | 4", hidden=frozenset({2}))
    told = check_columns(made, RELEASES, made.lines[0], {"product": 0, "note": 2, "uid": 0})
    assert [(p.code, p.severity) for p in told] == [
        ("takeover.column_missing", "error"),
        ("takeover.column_hidden", "caution"),
        ("takeover.column_twice", "caution"),
        ("takeover.columns_left", "notice"),
    ]
    assert "“B”, “Left”" in told[-1].message


def test_words_are_remembered_only_where_they_name_one_column() -> None:
    made = table("Serial | Type | Type | ", "1 | 2 | 3 | 4")
    heading = made.lines[0]
    for columns, words in (({"serial": 0}, {"serial": "Serial"}), ({"serial": 1}, None), ({"serial": 3}, None)):
        choice = proposed(made, INSTALLATIONS, heading, None)
        assert words_of(type(choice)(INSTALLATIONS, heading, columns)) == words


def test_a_row_without_anything_cannot_be_the_heading() -> None:
    made = table("Serial", "1")
    assert headings_at(made, INSTALLATIONS, 0).line is None
    assert headings_at(made, INSTALLATIONS, 2).line == made.lines[1]
    assert [problem.code for problem in headings_at(made, INSTALLATIONS, 9).problems] == ["takeover.no_heading"]


def test_columns_are_called_as_in_spreadsheets() -> None:
    assert [letters_of(column) for column in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_no_word_heads_two_fields_of_one_kind() -> None:
    for kind, fields in FIELDS.items():
        words = [word for field in fields for word in field.words.split()]
        assert sorted(set(words)) == sorted(words), kind
