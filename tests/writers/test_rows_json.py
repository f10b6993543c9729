from __future__ import annotations

import json

from uidmanager.core.reports import FIELDS, Kind, Report, Row
from uidmanager.writers.formats import Format, render
from uidmanager.writers.stamp import Stamp, stamp_of

STAMP = Stamp("2026-11-22T21:06:42.123456Z", "anna", "LINE-3", "0.1.0")
HEAD = "ab" * 32


def written(*rows: Row) -> str:
    report = Report(Kind.RELEASES, FIELDS[Kind.RELEASES], rows, 'Acme "Imaging" →', "1.2.3", 7, HEAD)
    return render(report, Format.JSON, STAMP).decode("utf-8")


def test_what_proves_it_and_the_rows() -> None:
    rows: list[Row] = [{"product": "CT", "uid": "1.2.3.1.1.4"}, {"product": None, "uid": "1.2.3.1.1.5"}]
    assert json.loads(written(*rows)) == {
        "kind": "releases",
        "organisation": 'Acme "Imaging" →',
        "root": "1.2.3",
        "entries": 7,
        "head": HEAD,
        "made_at": "2026-11-22T21:06:42.123456Z",
        "made_by": "anna",
        "station": "LINE-3",
        "app": "0.1.0",
        "count": 2,
        "rows": rows,
    }


def test_one_row_a_line() -> None:
    lines = written({"uid": "1.2"}, {"uid": "1.3"}, {"uid": "1.4"}).splitlines()
    assert lines[-5:] == ['{"uid":"1.2"},', '{"uid":"1.3"},', '{"uid":"1.4"}', "]", "}"]


def test_no_rows() -> None:
    text = written()
    assert json.loads(text)["rows"] == []
    assert text.endswith('"rows": []\n}\n')


def test_stamp_of_a_world() -> None:
    class World:
        person = type("Someone", (), {"name": "anna", "station": "LINE-3"})
        app = "0.1.0"

        @staticmethod
        def now() -> str:
            return "2026-11-22T21:06:42.123456Z"

    assert stamp_of(World()) == STAMP  # type: ignore[arg-type]
