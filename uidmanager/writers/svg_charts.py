"""The pictures of a report as SVG inside an HTML document, each with its figures in words for who cannot see it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from uidmanager.core.texts import visible
from uidmanager.writers.hypertext import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.reports import Bar, Chart

_WIDTH: Final = 640
_EM: Final = 12  # the size of the letters in the style
_DIGIT: Final = 8  # how wide a digit of that size is, at most
_GAP: Final = 8
_LINE: Final = 15
_BAR: Final = 12  # how thick a lying bar is
_TALL: Final = 160  # how tall the tallest standing bar is
_THICKEST: Final = 48
_NOTHING: Final = "There is nothing to be shown."


def figures(charts: Sequence[Chart]) -> str:
    """All pictures, each with its title."""
    drawn = "".join(_figure(chart, number) for number, chart in enumerate(charts, 1))
    return f'<div class="charts">\n{drawn}</div>\n'


def _figure(chart: Chart, number: int) -> str:
    caption = f'<figure>\n<figcaption id="chart-{number}">{plain(chart.title)}</figcaption>\n'
    if not chart.bars:
        return f'{caption}<p class="none">{_NOTHING}</p>\n</figure>\n'
    height, drawn = _standing(chart) if chart.is_row else _lying(chart.bars)
    return (
        f'{caption}<svg role="img" aria-labelledby="chart-{number}" aria-describedby="chart-{number}-words" '
        f'viewBox="0 0 {_WIDTH} {height}">\n<desc id="chart-{number}-words">{_in_words(chart)}</desc>\n'
        f"{''.join(drawn)}</svg>\n</figure>\n"
    )


def _in_words(chart: Chart) -> str:
    bars = "; ".join(f"{plain(bar.label)}: {bar.value:,}" for bar in chart.bars)
    marks = "; ".join(f"{plain(word)} ends at {plain(chart.bars[at].label)}" for at, word in chart.marks)
    return f"{bars}. {marks}." if marks else f"{bars}."


# -- bars that lie below each other, each under its label ------------------------------------------------------------


def _lying(bars: Sequence[Bar]) -> tuple[int, list[str]]:
    """How high the picture is, and what is in it."""
    most = max(1, *(bar.value for bar in bars))
    room = _WIDTH - 2 * _GAP - max(len(f"{bar.value:,}") for bar in bars) * _DIGIT
    drawn: list[str] = []
    y = 0
    for bar in bars:
        for line in _lines(bar.label):
            y += _LINE
            drawn.append(f'<text x="0" y="{y - 4}">{plain(line)}</text>\n')
        width = max(1, round(room * bar.value / most)) if bar.value else 0
        drawn.append(f'<rect class="bar" x="0" y="{y}" width="{width}" height="{_BAR}" rx="2"/>\n')
        drawn.append(f'<text class="faint" x="{width + _GAP}" y="{y + _BAR - 2}">{bar.value:,}</text>\n')
        y += _BAR + _GAP
    return y, drawn


def _lines(label: str) -> Iterator[str]:
    """The label in as many lines as it takes: nothing is cut off."""
    shown, taken, width = visible(label), "", 0.0
    for character in shown:
        wide = _EM if unicodedata.east_asian_width(character) in {"W", "F"} else 0.65 * _EM
        if taken and width + wide > _WIDTH:
            yield taken
            taken, width = "", 0.0
        taken, width = taken + character, width + wide
    yield taken


# -- bars that stand side by side, since their order is a scale ------------------------------------------------------


def _standing(chart: Chart) -> tuple[int, list[str]]:
    """How high the picture is, and what is in it. Numbers and labels are turned where they would touch each other."""
    slot = _WIDTH / len(chart.bars)
    thick = min(_THICKEST, slot * 0.72)
    numbers = [f"{bar.value:,}" if bar.value else "" for bar in chart.bars]
    above = _height(numbers, slot)
    top = len(chart.marks) * _LINE + above + _GAP
    foot = top + _TALL
    most = max(1, *(bar.value for bar in chart.bars))
    drawn = [f'<line class="axis" x1="0" x2="{_WIDTH}" y1="{foot}" y2="{foot}"/>\n']
    labels = [visible(bar.label) for bar in chart.bars]
    below = _height(labels, slot)
    for at, bar in enumerate(chart.bars):
        middle = (at + 0.5) * slot
        tall = max(1.0, _TALL * bar.value / most) if bar.value else 0.0
        left, head = middle - thick / 2, foot - tall
        drawn.append(
            f'<rect class="bar" x="{left:.1f}" y="{head:.1f}" width="{thick:.1f}" height="{tall:.1f}" rx="1"/>\n'
        )
        drawn.append(_word(numbers[at], middle, head - 4, "faint", is_turned=above > _LINE, is_above=True))
        drawn.append(_word(labels[at], middle, foot + 4, "", is_turned=below > _LINE, is_above=False))
    drawn += _marks(chart, slot, foot)
    return foot + below + _GAP, drawn


def _height(words: Sequence[str], slot: float) -> int:
    """The room the words take above or below the bars: one line, or more when they must be turned."""
    longest = max(map(len, words)) * _DIGIT
    return _LINE if longest + 2 <= slot else longest + 4


def _word(text: str, x: float, y: float, kind: str, *, is_turned: bool, is_above: bool) -> str:
    """A word in the middle of a bar, above or below it."""
    if not text:
        return ""
    called = f' class="{kind}"' if kind else ""
    if is_turned:
        anchor = "start" if is_above else "end"
        turned = f' transform="rotate(-90 {x + 4:.1f} {y:.1f})"'
        return f'<text{called} x="{x + 4:.1f}" y="{y:.1f}" text-anchor="{anchor}"{turned}>{plain(text)}</text>\n'
    down = 0 if is_above else _EM - 2
    return f'<text{called} x="{x:.1f}" y="{y + down:.1f}" text-anchor="middle">{plain(text)}</text>\n'


def _marks(chart: Chart, slot: float, foot: int) -> Iterator[str]:
    """A line behind the bar of each mark, its word in a row of its own above all bars."""
    for row, (at, word) in enumerate(chart.marks):
        x, y = (at + 1) * slot, (row + 1) * _LINE
        is_left = x > _WIDTH / 2
        beside, anchor = (x - 4, "end") if is_left else (x + 4, "start")
        yield f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{y - _EM}" y2="{foot}"/>\n'
        yield f'<text class="word" x="{beside:.1f}" y="{y - 2}" text-anchor="{anchor}">{plain(word)}</text>\n'
