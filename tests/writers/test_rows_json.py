from __future__ import annotations

import json

from tests.writers.made import HEAD, STAMP, made
from uidmanager.core.reports import Kind, Row
from uidmanager.writers.formats import Format, render


def written(*rows: Row) -> str:
    return render(made(Kind.SUMMARY, *rows, organisation='Acme "Imaging" →'), Format.JSON, STAMP).decode("utf-8")


def test_what_proves_it_and_the_rows() -> None:
    rows: list[Row] = [{"section": "a", "what": None, "value": 1}, {"section": "b", "what": "c", "value": "1.2"}]
    assert json.loads(written(*rows)) == {
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
