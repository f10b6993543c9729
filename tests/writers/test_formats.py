from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.writers.made import HEAD, STAMP, made, numbered
from uidmanager.core.errors import CancelledError
from uidmanager.core.reports import Kind
from uidmanager.core.reports import report as report_of
from uidmanager.writers.formats import Format, format_of, render

if TYPE_CHECKING:
    from tests.core.conftest import Book

FORMATS = list(Format)


@pytest.mark.parametrize("form", FORMATS)
def test_a_files_name_asks_for_its_format(form: Format) -> None:
    assert format_of(f"report.{form.suffix}") is form
    assert format_of(f"report.2026.{form.suffix.upper()}") is form
    assert format_of("report.docx") is None


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_make_the_same_bytes(rich: Book, form: Format, kind: Kind) -> None:
    report = report_of(rich.registry, kind)
    assert render(report, form, STAMP) == render(report, form, STAMP)


@pytest.mark.parametrize("form", [form for form in FORMATS if not form.is_binary and form is not Format.CSV])
def test_it_says_what_proves_it(rich: Book, form: Format) -> None:
    report = report_of(rich.registry, Kind.RELEASES)
    text = render(report, form, STAMP).decode("utf-8")
    for proof in (report.head, report.registry, report.root, STAMP.by, STAMP.station, STAMP.app):
        assert proof in text


@pytest.mark.parametrize("form", FORMATS)
def test_it_tells_how_far_it_is(form: Format) -> None:
    told: list[float] = []
    report = made(Kind.PRODUCTS, *numbered(4001))
    render(report, form, STAMP, lambda _message, fraction: told.append(fraction))
    assert told == sorted(told)
    assert len(told) >= 3
    assert all(0 <= fraction <= 1 for fraction in told)


@pytest.mark.parametrize("form", FORMATS)
def test_whoever_stops_it_stops_it(form: Format) -> None:
    def stop(_message: str, _fraction: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        render(made(Kind.PRODUCTS, {"number": 1}), form, STAMP, stop)


@pytest.mark.parametrize("form", [Format.HTML, Format.MARKDOWN, Format.TEXT, Format.XLSX])
def test_no_rows_is_a_report_as_well(form: Format) -> None:
    content = render(made(Kind.HISTORY), form, STAMP)
    assert form.is_binary or HEAD in content.decode("utf-8")
