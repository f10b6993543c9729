"""Nothing on a page is cut off, and nothing stands on something else: measured with the widths in the file itself."""

from __future__ import annotations

from itertools import groupby

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writers.made import STAMP, made
from tests.writers.printed import Printed, printed, reader
from uidmanager.core.budget import TOOLKITS
from uidmanager.core.reports import COLUMNS, Bar, Chart, Column, Kind, Nature, Report, Row, Value
from uidmanager.writers.formats import Format, render
from uidmanager.writers.pdf import look
from uidmanager.writers.pdf.charts import _in_tiers
from uidmanager.writers.pdf.paper import Paper
from uidmanager.writers.pdf.typeface import Line

_HAIR = 0.1
_ODD = [
    "جهاز التصوير",
    "מערכת (4.5)",
    "株式会社メディカル",
    "한국어",
    "x\u0302a\u0301\u0323",
    "W" * 90,
    "i" * 300,
    "हिन्दी",
    "🧬",
    "\ufdfd",
    "ﷺ",
]
_TEXTS = st.one_of(
    st.text(max_size=80), st.sampled_from(_ODD), st.lists(st.sampled_from(_ODD), max_size=6).map(" ".join)
)
_UIDS = st.integers(8, 64).map(lambda length: ("1.2.3.2." + "98765432." * 8)[: length - 1] + "1")
_VALUES = {
    Nature.TEXT: st.none() | _TEXTS | _UIDS | st.integers(0, 10**9),
    Nature.UID: _UIDS,
    Nature.CODE: st.none() | st.text("0123456789ABW.-", max_size=64) | _TEXTS,
    Nature.WORD: st.sampled_from(["active", "void", "Implementation Class UID", "number never given"]),
    Nature.NUMBER: st.integers(0, 10**9),
    Nature.TIME: st.none() | st.just("2026-11-22T21:06:42.123456Z"),
}


def _rows(columns: tuple[Column, ...]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.fixed_dictionaries({column.field: _VALUES[column.nature] for column in columns}), max_size=6)


_CHARTS = st.lists(
    st.builds(
        Chart,
        _TEXTS,
        st.lists(st.builds(Bar, _TEXTS, st.integers(0, 10**7)), max_size=45).map(tuple),
        st.booleans(),
        st.lists(st.tuples(st.integers(0, 44), st.text(max_size=20)), max_size=4).map(tuple),
    ),
    max_size=3,
)


@st.composite
def _reports(draw: st.DrawFn) -> Report:
    kind = draw(st.sampled_from(Kind))
    report = made(kind, *draw(_rows(COLUMNS[kind])), organisation=draw(_TEXTS))
    grouped = draw(st.sampled_from(["", "product"])) if "product" in report.fields else ""
    return msgspec.structs.replace(report, charts=tuple(draw(_CHARTS)), grouped_by=grouped, asked=draw(_TEXTS))


def faults(content: bytes) -> list[object]:
    """Strings that are not wholly within the margins of their page, and pairs that meet."""
    box = reader(content).pages[0].mediabox
    width, height = float(box.width), float(box.height)
    found: list[object] = []
    for _, page in groupby(printed(content), key=lambda each: each.page):
        ordered = sorted((each for each in page if each.codes), key=lambda each: each.left)
        found.extend(each for each in ordered if not _is_within(each, width, height))
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if other.left >= one.right:
                    break
                if one.meets(other):
                    found.append((one, other))
    return found


def _is_within(one: Printed, width: float, height: float) -> bool:
    across = one.left >= look.SIDE - _HAIR and one.right <= width - look.SIDE + _HAIR
    return across and one.bottom >= look.BOTTOM - look.SMALL and one.top <= height - look.TOP + look.SMALL


@settings(deadline=None, max_examples=30)
@given(_reports(), st.sampled_from(Paper))
def test_no_string_leaves_the_page_and_no_two_meet(report: Report, paper: Paper) -> None:
    assert not faults(render(report, Format.PDF, STAMP, paper=paper))


@pytest.mark.parametrize("bars", range(36, 62))
def test_the_heads_of_a_table_never_stand_in_the_foot_of_a_page(bars: int) -> None:
    """Wherever what stands above it ends: found when a label of many lines ended just above the foot."""
    chart = Chart("Above the table", tuple(Bar("W " * (place % 3), place) for place in range(bars)))
    report = msgspec.structs.replace(made(Kind.IDENTIFIERS, {"uid": "1.2.3.1"}, {"uid": "1.2.3.2"}), charts=(chart,))
    assert not faults(render(report, Format.PDF, STAMP))


def test_a_label_of_many_lines_and_marks_leave_no_room_for_the_heads_of_a_table() -> None:
    """As it was found."""
    label = "جهاز التصوير " + " ".join(["W" * 80] * 4)
    charts = (
        Chart("", ()),
        Chart("", (Bar("", 0), Bar(label, 0)), marks=((0, ""), (0, ""))),
        Chart("W" * 100, ()),
    )
    row: Row = {"uid": "1.2.3", "state": "Implementation Class UID", "at": "2026-11-22T21:06:42.123456Z"}
    for before in range(45):
        more = Chart("", tuple(Bar("", 0) for _ in range(before + 1)))
        report = made(Kind.IDENTIFIERS, row, {}, {}, {}, organisation="")
        assert not faults(render(msgspec.structs.replace(report, charts=(more, *charts)), Format.PDF, STAMP))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("paper", Paper)
def test_many_rows_of_odd_texts_are_within_their_pages(kind: Kind, paper: Paper) -> None:
    def row(number: int) -> Row:
        return {
            column.field: 10 * number if column.nature is Nature.NUMBER else (_ODD * 2)[number % len(_ODD)] * 3
            for column in COLUMNS[kind]
        }

    content = render(made(kind, *map(row, range(60))), Format.PDF, STAMP, paper=paper)
    assert len(reader(content).pages) > 3
    assert not faults(content)


@pytest.mark.parametrize("near_the_edge", ["a limit", "a limit in words that have no room beside the last of the bars"])
def test_a_chart_of_lengths_has_its_bars_and_the_limits_of_the_toolkits(near_the_edge: str) -> None:
    bars = tuple(Bar(str(length), 1000 * length) for length in range(18, 65))
    marks = tuple((toolkit.fits_up_to - 18, f"{toolkit.name} {toolkit.fits_up_to}") for toolkit in TOOLKITS)
    chart = Chart("Characters used", bars, is_row=True, marks=(*marks, (45, near_the_edge)))
    content = render(msgspec.structs.replace(made(Kind.SUMMARY), charts=(chart,)), Format.PDF, STAMP)
    assert not faults(content)
    text = "".join(page.extract_text() for page in reader(content).pages)
    assert all(word in text for _, word in chart.marks)
    assert all(f"{bar.value:,}" in text for bar in bars)


def test_the_word_of_a_mark_does_not_meet_the_line_of_another() -> None:
    word = Line((), 10_000)  # 70 points wide
    placed = _in_tiers([(100, word), (120, word), (160, word), (300, word)])
    assert {(x, tier) for x, _, tier in placed} == {(100, 2), (120, 1), (160, 0), (300, 0)}


def test_bars_whose_labels_are_long_lie_and_keep_their_marks() -> None:
    bars = tuple(Bar(f"{place} a label that has no room below a bar", place) for place in range(30))
    chart = Chart("On a scale", bars, is_row=True, marks=((3, "the limit"),))
    content = render(msgspec.structs.replace(made(Kind.SUMMARY), charts=(chart,)), Format.PDF, STAMP)
    assert not faults(content)
    lines = reader(content).pages[0].extract_text().splitlines()
    at = lines.index("the limit")
    assert lines[at - 1].endswith("3 a label that has no room below a bar")
    assert lines[at + 1].startswith("4")


def test_this_test_sees_what_meets_and_what_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    report = made(Kind.INSTALLATIONS, {"serial": "0372764", "uid": "1.2.3.2.372764", "note": "demo room"})
    monkeypatch.setattr(look, "GAP", -60.0)
    assert any(not isinstance(fault, Printed) for fault in faults(render(report, Format.PDF, STAMP)))
    monkeypatch.undo()
    monkeypatch.setattr(
        "uidmanager.writers.pdf.table.lines_of", lambda faces, text, style, _size, _width: [faces.line(text, style)]
    )
    wide = made(Kind.INSTALLATIONS, {"serial": "0372764", "uid": "1.2.3.2.372764", "note": "demo room " * 60})
    assert any(isinstance(fault, Printed) for fault in faults(render(wide, Format.PDF, STAMP)))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", Kind)
def test_all_columns_have_room_whatever_is_in_them(kind: Kind, paper: Paper) -> None:
    widest: dict[Nature, Value] = {Nature.NUMBER: 999_999_999, Nature.TIME: "2026-11-22T21:06:42.123456Z"}
    row: Row = {column.field: widest.get(column.nature, "W" * 40) for column in COLUMNS[kind]}
    assert not faults(render(made(kind, row, row), Format.PDF, STAMP, paper=paper))
