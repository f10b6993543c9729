"""A report as a PDF: what a reader of the file, a person or a program, can rely on."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from tests.writers.made import HEAD, STAMP, made
from tests.writers.printed import fonts_of, reader, text_of
from uidmanager.core.reports import COLUMNS, Kind, Nature, Report, Row, Value
from uidmanager.writers.formats import Format, format_of, render
from uidmanager.writers.pdf.paper import Paper

ROOT = "1.2.3"
LONGEST = "1.2.3.2." + "9" * 39 + "." + "8" * 16
"""64 characters."""


def rows(kind: Kind, count: int, **values: Value) -> list[Row]:
    """So many rows, each value of which can be told from all others."""
    plain: dict[Nature, str] = {
        Nature.TEXT: "text",
        Nature.CODE: "code",
        Nature.WORD: "active",
        Nature.TIME: "2026-11-22T21:06:42.123456Z",
    }
    listed: list[Row] = []
    for number in range(count):
        row: Row = {}
        for column in COLUMNS[kind]:
            value: Value = f"{plain.get(column.nature, '')}{number}" if column.nature is Nature.CODE else None
            if column.nature is Nature.NUMBER:
                value = 100_000 + number
            elif column.nature is Nature.UID:
                value = f"{ROOT}.2.{100_000 + number}"
            row[column.field] = values.get(column.field, value or plain.get(column.nature))
        listed.append(row)
    return listed


def pdf(report: Report, paper: Paper = Paper.A4) -> bytes:
    return render(report, Format.PDF, STAMP, paper=paper)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", Kind)
def test_each_report_can_be_printed_on_each_paper(kind: Kind, paper: Paper) -> None:
    content = pdf(made(kind, *rows(kind, 3)), paper)
    (page,) = reader(content).pages
    assert {float(page.mediabox.width), float(page.mediabox.height)} == set(paper.size)
    assert f"End of the report: 3 rows.\n{made(kind).organisation} · " in page.extract_text()


def test_a4_is_what_is_printed_on_unless_another_paper_is_asked_for() -> None:
    report = made(Kind.SUMMARY, *rows(Kind.SUMMARY, 1))
    assert render(report, Format.PDF, STAMP) == pdf(report, Paper.A4) != pdf(report, Paper.LETTER)


def test_a_file_is_a_pdf_by_its_name() -> None:
    assert format_of("report.PDF") is Format.PDF
    assert Format.PDF.suffix == "pdf"


def test_the_head_says_what_proves_it() -> None:
    lines = text_of(pdf(made(Kind.SUMMARY, *rows(Kind.SUMMARY, 1)))).splitlines()
    assert lines[:12] == [
        "Acme Imaging",
        "Registry summary",
        "Organisation Acme Imaging",
        "Root 1.2.3",
        "Registry registry-1",
        "Filter none",
        "Rows 1",
        "Entries 7",
        f"Ledger head {HEAD}",
        "Ledger verified not for this report",
        "Made 2026-11-22 21:06:42 UTC by anna at LINE-3",
        "Program UID Manager 0.2.0",
    ]


def test_a_row_is_one_line_of_the_text_and_times_are_told_to_the_second() -> None:
    row: Row = {
        "serial": "0372764",
        "component": "372764",
        "uid": "1.2.3.2.372764",
        "product": "CT Console",
        "state": "retired",
        "at": "2026-11-22T21:06:42.123456Z",
        "by": "anna",
        "station": "LINE-3",
        "note": "demo room",
    }
    lines = text_of(pdf(made(Kind.INSTALLATIONS, row))).splitlines()
    heads = "Serial Component Installation root Product State When (UTC) By Station Note"
    told = "0372764 372764 1.2.3.2.372764 CT Console retired 2026-11-22 21:06:42 anna LINE-3 demo room"
    assert lines[lines.index(heads) + 1] == told


@pytest.mark.parametrize("kind", [Kind.INSTALLATIONS, Kind.RELEASES])
def test_each_page_has_the_heads_and_says_which_of_how_many_it_is(kind: Kind) -> None:
    report = made(kind, *rows(kind, 90, product="CT Console"))
    if kind is Kind.RELEASES:
        report = msgspec.structs.replace(report, grouped_by="product")
    pages = [page.extract_text() for page in reader(pdf(report)).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert text.count("When (UTC)") == 1
        assert f"{report.organisation} · {report.title} · ledger head begins with {HEAD[:12]} Page" in text
        assert text.endswith(f"Page {number} of {len(pages)}")


@pytest.mark.parametrize("count", [1, 44, 300])
def test_each_row_is_there_once(count: int) -> None:
    text = text_of(pdf(made(Kind.IDENTIFIERS, *rows(Kind.IDENTIFIERS, count))))
    for number in range(count):
        assert text.count(f"1.2.3.2.{100_000 + number} ") == 1


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", [kind for kind in Kind if any(c.nature is Nature.UID for c in COLUMNS[kind])])
def test_a_uid_of_64_characters_is_whole_however_much_stands_beside_it(kind: Kind, paper: Paper) -> None:
    wide = {
        column.field: {Nature.TEXT: "Wm " * 60, Nature.CODE: "W" * 64, Nature.WORD: "Implementation Class UID"}.get(
            column.nature, LONGEST if column.nature is Nature.UID else None
        )
        for column in COLUMNS[kind]
    }
    text = text_of(pdf(made(kind, *rows(kind, 3, **{name: value for name, value in wide.items() if value})), paper))
    assert text.count(LONGEST) == 3
    assert "…" not in text


def test_a_uid_among_prose_is_whole_or_broken_after_a_dot_and_then_known_whole_to_who_copies_it() -> None:
    crowded: dict[str, Value] = {"what": "Wm " * 60, "subject": "Wm " * 60, "why": "Wm " * 60}
    assert LONGEST in text_of(pdf(made(Kind.HISTORY, *rows(Kind.HISTORY, 1, old=LONGEST, **crowded))))
    broken = pdf(made(Kind.HISTORY, *rows(Kind.HISTORY, 1, old=LONGEST, new=LONGEST, **crowded)))
    assert LONGEST not in text_of(broken)
    assert text_of(broken).replace("\n", "").count(LONGEST) == 2
    assert text_of(broken).count("1.2.3.2.\n") == 2
    streams = b"".join(part.get_object().get_data() for part in _contents(broken))
    assert streams.count(f"/ActualText <feff{LONGEST.encode('utf-16-be').hex()}>".encode()) == 2


def test_lines_from_right_to_left_are_found_as_they_are_read() -> None:
    words = [f"جهاز{number} مكتب مكتب" for number in range(60)]
    content = pdf(made(Kind.SUMMARY, {"what": " ".join(words)}))
    assert text_of(content).count("مكتب") == 120
    assert all(b"ActualText" not in part.get_object().get_data() for part in _contents(content))


def _contents(content: bytes) -> list[Any]:
    parts: list[Any] = [page["/Contents"].get_object() for page in reader(content).pages]
    return [part for page in parts for part in page]


def test_the_page_lies_on_its_side_when_the_columns_need_it() -> None:
    def is_upright(report: Report) -> bool:
        box = reader(pdf(report)).pages[0].mediabox
        return float(box.height) > float(box.width)

    assert is_upright(made(Kind.SUMMARY, *rows(Kind.SUMMARY, 1)))
    assert not is_upright(made(Kind.INSTALLATIONS, *rows(Kind.INSTALLATIONS, 1, note="long " * 40)))


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    words = " ".join(f"word{number}" for number in range(2500))
    content = pdf(made(Kind.HISTORY, *rows(Kind.HISTORY, 1, new=words, why="because of it", old="it was")))
    assert len(reader(content).pages) > 1
    text = text_of(content)
    assert all(f"word{number}" in text for number in range(2500))
    assert text.count("because of it") == 1


def test_groups_have_a_heading_and_go_on_under_it() -> None:
    listed = [*rows(Kind.RELEASES, 60, product="CT Console"), *rows(Kind.RELEASES, 2, product=None)]
    listed[-1]["product"] = listed[-2]["product"] = None
    report = msgspec.structs.replace(made(Kind.RELEASES, *listed), grouped_by="product")
    text = text_of(pdf(report))
    assert text.index("CT Console\nVersion ") < text.index("CT Console (continued)\n") < text.index("No product\n")
    assert text.count("CT Console") == text.count("(continued)") + 1


def test_a_report_of_nothing_says_so() -> None:
    text = text_of(pdf(made(Kind.RELEASES)))
    assert "This report has no rows: nothing of its kind is registered" in text
    assert "When (UTC)" not in text


def test_the_properties_say_what_it_is_and_who_made_it_when() -> None:
    stamp = msgspec.structs.replace(STAMP, by="يوسف \udcff")
    found = reader(render(made(Kind.SUMMARY, organisation="株式会社"), Format.PDF, stamp)).metadata
    assert found is not None
    assert found.title == "Registry summary – 株式会社"
    assert found.author == "يوسف \\udcff at LINE-3"
    assert found.subject == "Registry registry-1 under the root 1.2.3; filter: none"
    assert found.creator == "UID Manager 0.2.0"
    assert str(found.producer).startswith("ReportLab")
    assert found.keywords == f"ledger head {HEAD}"
    made_at = datetime(2026, 11, 22, 21, 6, 42, tzinfo=UTC)
    assert (found.creation_date, found.modification_date) == (made_at, made_at)


def test_the_fonts_are_in_the_file_as_far_as_they_are_used_and_lead_back_to_text() -> None:
    content = pdf(made(Kind.HISTORY, *rows(Kind.HISTORY, 1, old="装置", new="جهاز", why="장치")))
    fonts = fonts_of(reader(content).pages[0])
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts.values()}
    assert names == {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono", "DroidSansFallback", "NanumSquareR"}
    for font in fonts.values():
        assert "/ToUnicode" in font
        descendant = font["/DescendantFonts"][0].get_object()
        assert len(descendant["/FontDescriptor"]["/FontFile2"].get_data()) > 100
    assert len(content) < 60_000


def test_the_same_report_and_stamp_make_the_same_bytes_wherever_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    report = made(Kind.HISTORY, *rows(Kind.HISTORY, 40, old="装置 जहाज 장치 🧬", new="جهاز x̂", why="מכשיר"))
    here = hashlib.sha256(pdf(report)).hexdigest()
    script = (
        "import hashlib, sys, msgspec\n"
        "from uidmanager.core.reports import Report\n"
        "from uidmanager.writers.formats import Format, render\n"
        "from uidmanager.writers.stamp import Stamp\n"
        "report, stamp = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[Report, Stamp])\n"
        "print(hashlib.sha256(render(report, Format.PDF, stamp)).hexdigest())\n"
    )
    given = msgspec.msgpack.encode((report, STAMP))
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed, "TZ": "Asia/Tokyo"}
        done = subprocess.run(
            [sys.executable, "-c", script], input=given, env=environment, capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == here
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert hashlib.sha256(pdf(report)).hexdigest() == here
    assert pdf(report) != render(report, Format.PDF, msgspec.structs.replace(STAMP, made_at="2027" + STAMP.made_at[4:]))


def test_who_waits_is_told_and_may_end_it() -> None:
    told: list[tuple[str, float]] = []
    report = made(Kind.IDENTIFIERS, *rows(Kind.IDENTIFIERS, 2500))
    render(report, Format.PDF, STAMP, lambda message, fraction: told.append((message, fraction)))
    assert [message for message, _ in told] == [
        *["Measuring the rows"] * 5,
        *["Drawing the pages"] * 5,
        "Putting the file together",
    ]
    fractions = [fraction for _, fraction in told]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] <= 1

    class EnoughError(Exception):
        pass

    def stop(message: str, _fraction: float) -> None:
        if message.startswith("Drawing"):
            raise EnoughError

    with pytest.raises(EnoughError):
        render(report, Format.PDF, STAMP, stop)


def test_what_draws_a_pdf_is_loaded_when_one_is_asked_for() -> None:
    script = (
        "import sys, uidmanager.writers.formats, uidmanager.writers.pdf.paper\n"
        "print(*sorted({'reportlab', 'uharfbuzz', 'bidi'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
