from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator, ValidationError
from msgspec import structs

from tests.writers.made import HEAD, STAMP, made
from uidmanager.core.reports import FIELDS, Kind, Report, Row
from uidmanager.core.reports import report as report_of
from uidmanager.writers.formats import Format, render
from uidmanager.writers.rows_json import schema

if TYPE_CHECKING:
    from tests.core.conftest import Book


def written(*rows: Row) -> str:
    return render(made(Kind.SUMMARY, *rows, organisation='Acme "Imaging" →'), Format.JSON, STAMP).decode("utf-8")


def test_what_proves_it_and_the_rows() -> None:
    rows: list[Row] = [{"section": "a", "what": None, "value": 1}, {"section": "b", "what": "c", "value": "1.2"}]
    assert json.loads(written(*rows)) == {
        "format": "uidmanager-report",
        "version": 1,
        "kind": "summary",
        "registry": "registry-1",
        "organisation": 'Acme "Imaging" →',
        "root": "1.2.3",
        "filter": "none",
        "entries": 7,
        "head": HEAD,
        "made_at": "2026-11-22T21:06:42.123456Z",
        "made_by": "anna",
        "station": "LINE-3",
        "app": "0.2.0",
        "verified": False,
        "count": 2,
        "rows": rows,
    }


def test_one_row_a_line() -> None:
    lines = written({"value": "1.2"}, {"value": "1.3"}).splitlines()
    rest = '"section":null,"what":null'
    assert lines[-4:] == [f'{{{rest},"value":"1.2"}},', f'{{{rest},"value":"1.3"}}', "]", "}"]


def test_no_rows() -> None:
    text = written()
    assert json.loads(text)["rows"] == []
    assert text.endswith('"rows": []\n}\n')


def checked(report: Report) -> None:
    Draft202012Validator(json.loads(schema())).validate(json.loads(render(report, Format.JSON, STAMP)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(schema()))


@pytest.mark.parametrize("kind", Kind)
def test_what_is_written_is_as_the_schema_says(rich: Book, kind: Kind) -> None:
    report = report_of(rich.registry, kind)
    assert report.rows
    checked(report)


@pytest.mark.parametrize("kind", Kind)
def test_the_schema_knows_every_field(kind: Kind) -> None:
    row = json.loads(schema())["$defs"][f"{kind}_row"]
    assert tuple(row["properties"]) == tuple(row["required"]) == FIELDS[kind]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Kind.RELEASES, {"uid": "1.2.x"}),
        (Kind.RELEASES, {"version_name": "seventeen letters"}),
        (Kind.INSTALLATIONS, {"component": "0372764"}),
        (Kind.IDENTIFIERS, {"state": "deleted"}),
        (Kind.HISTORY, {"at": "2026-11-22"}),
        (Kind.SUMMARY, {"value": "7"}),
    ],
)
def test_the_schema_refuses_what_is_wrong(rich: Book, kind: Kind, wrong: Row) -> None:
    report = report_of(rich.registry, kind)
    with pytest.raises(ValidationError):
        checked(structs.replace(report, rows=({**report.rows[0], **wrong},)))
