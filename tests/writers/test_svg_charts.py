from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.reports import Bar, Chart
from uidmanager.core.texts import visible
from uidmanager.writers.svg_charts import figures

WIDTH = 640


def drawn(chart: Chart) -> ET.Element:
    """The figure, which is well-formed XML too."""
    return ET.fromstring(figures([chart]))[0]  # noqa: S314 (our own)


def numbers(figure: ET.Element, tag: str, name: str) -> list[float]:
    return [float(element.attrib[name]) for element in figure.iter(tag)]


LYING = Chart("Per product", (Bar("Viewer", 10), Bar("جهاز", 5), Bar("画像", 0)))
STANDING = Chart(
    "By month", (Bar("2026-01", 4), Bar("2026-02", 0), Bar("2026-03", 8)), is_row=True, marks=((1, "DCMTK"),)
)


def test_lying_bars_are_as_long_as_they_count() -> None:
    first, second, third = numbers(drawn(LYING), "rect", "width")
    assert first > 500
    assert second == pytest.approx(first / 2, abs=1)
    assert third == 0


def test_standing_bars_are_as_tall_as_they_count() -> None:
    assert numbers(drawn(STANDING), "rect", "height") == [80, 0, 160]


def test_a_mark_stands_behind_its_bar() -> None:
    figure = drawn(STANDING)
    (mark,) = (line for line in figure.iter("line") if line.get("class") == "mark")
    assert float(mark.attrib["x1"]) == pytest.approx(WIDTH * 2 / 3, abs=0.1)
    assert "DCMTK ends at 2026-02" in figure.findtext("svg/desc", "")


@pytest.mark.parametrize("chart", [LYING, STANDING], ids=["lying", "standing"])
def test_who_cannot_see_it_is_told(chart: Chart) -> None:
    svg = drawn(chart).find("svg")
    assert svg is not None
    words = svg.findtext("desc", "")
    assert all(f"{bar.label}: {bar.value}" in words for bar in chart.bars)
    assert svg.attrib["role"] == "img"


def test_nothing_to_be_drawn_is_said() -> None:
    figure = drawn(Chart("Per product", ()))
    assert figure.find("svg") is None
    assert "nothing" in figure.findtext("p", "")


def test_words_that_would_touch_each_other_are_turned() -> None:
    few = Chart("x", tuple(Bar(f"{n}", n) for n in range(5)), is_row=True)
    many = Chart("x", tuple(Bar(f"2026-{n:02}", 100_000 + n) for n in range(40)), is_row=True)
    assert "rotate" not in figures([few])
    assert figures([many]).count("rotate") == 80


@given(st.lists(st.builds(Bar, st.text(max_size=90), st.integers(0, 10**7)), min_size=1, max_size=30), st.booleans())
def test_whatever_is_drawn_lies_inside_the_picture(bars: list[Bar], is_row: bool) -> None:  # noqa: FBT001
    figure = drawn(Chart("<title>", tuple(bars), is_row=is_row, marks=((0, "<mark>"),) if is_row else ()))
    svg = figure.find("svg")
    assert svg is not None
    height = int(svg.attrib["viewBox"].split()[3])
    for rect in figure.iter("rect"):
        left, top = float(rect.attrib["x"]), float(rect.attrib["y"])
        assert 0 <= left <= left + float(rect.attrib["width"]) <= WIDTH
        assert 0 <= top <= top + float(rect.attrib["height"]) <= height
    shown = "".join(figure.itertext())
    for bar in bars:
        assert re.sub(r"\s", "", visible(bar.label)) in re.sub(r"\s", "", shown)
        assert not is_row or bar.value == 0 or f"{bar.value:,}" in shown
