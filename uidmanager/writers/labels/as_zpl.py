"""Labels as ZPL, the language of Zebra's label printers and of many others'.

Codes are drawn dot by dot unless they are left to the printer: drawn, they are the very modules that were checked. A
printer makes codes by its own lights and may choose another size.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from uidmanager.app.ports import no_progress
from uidmanager.core.errors import Problem
from uidmanager.core.labels.outlines import outline_page
from uidmanager.core.labels.templates import Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from uidmanager.app.ports import Progress
    from uidmanager.core.labels.marks import CodeMark, Label, TextMark
    from uidmanager.core.labels.sheets import SheetOptions
    from uidmanager.core.labels.templates import Template
    from uidmanager.writers.labels.zpl_pen import ZplPen

_HEX: Final = "\\"  # before two hexadecimal digits in a field
_ESCAPE: Final = "_"  # before what is no character in a DataMatrix
_FNC1: Final = "_1"
_ECC_200: Final = 200
_LARGEST_QR_DOT: Final = 10
_SUNK: Final = 1  # dots; the least there is
_SOME_LABELS: Final = 50
_PLAIN: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .-:/()")


class Codes(StrEnum):
    """Who makes the codes."""

    DRAWN = "drawn"
    PRINTER = "printer"


def check(template: Template, options: SheetOptions, labels: Iterable[Label] = ()) -> tuple[Problem, ...]:
    """What a printer of labels cannot do."""
    problems = []
    if template.sheet is not None:
        sentence = f"The template “{template.title}” is a sheet; label printers take rolls. Choose one for a roll."
        problems.append(Problem("label.not_a_roll", "template", sentence))
    corners = [(code.x, code.y) for label in labels for code in label.codes]
    corners += [(text.x, text.y) for label in labels for text in label.texts]
    left, top = min((x for x, _ in corners), default=0.0), min((y for _, y in corners), default=0.0)
    if left + options.right < 0 or top + options.down < 0:
        sentence = (
            f"An offset of {options.right:g},{options.down:g} mm moves what is printed beyond the edge of the label; "
            f"there are {left:.1f} mm to the left and {top:.1f} mm above. Move it less, or set it at the printer."
        )
        problems.append(Problem("label.offset", "offset", sentence))
    return tuple(problems)


def write(
    labels: Sequence[Label],
    options: SheetOptions,
    pen: ZplPen,
    codes: Codes = Codes.DRAWN,
    progress: Progress = no_progress,
) -> bytes:
    """The labels one after the other, each with its copies."""
    formats: list[str] = []
    for number, label in enumerate(labels):
        if number % _SOME_LABELS == 0:
            progress("Writing the labels", number / len(labels))
        formats.append(_format(label, options, pen, codes))
    return "".join(formats).encode("ascii")


def write_outlines(template: Template, options: SheetOptions, pen: ZplPen) -> bytes:
    """The test label of a template."""
    page = outline_page(template, options, pen)
    boxes = [
        f"^FO{max(0, pen.dots(x))},{max(0, pen.dots(y))}^GB{width},{height},{min(width, height)}^FS"
        for x, y, width, height in ((x, y, max(1, pen.dots(w)), max(1, pen.dots(h))) for x, y, w, h in page.bars)
    ]
    texts = [_text(text, 0.0, 0.0, pen) for text in page.texts]
    return _whole(template.width, template.height, (*boxes, *texts), 1, pen).encode("ascii")


def _format(label: Label, options: SheetOptions, pen: ZplPen, codes: Codes) -> str:
    fields = [_code(code, options, pen, codes) for code in label.codes]
    fields += [_text(text, options.right, options.down, pen) for text in label.texts]
    return _whole(label.width, label.height, fields, options.copies, pen)


def _whole(width: float, height: float, fields: Iterable[str], copies: int, pen: ZplPen) -> str:
    head = f"^XA\n^CI28\n^PW{pen.dots(width)}\n^LL{pen.dots(height)}\n^LH0,0\n"
    body = "".join(f"{field}\n" for field in fields)
    return f"{head}{body}^PQ{copies},0,0,N\n^XZ\n"


def _code(code: CodeMark, options: SheetOptions, pen: ZplPen, codes: Codes) -> str:
    x, y = pen.dots(code.x + options.right), pen.dots(code.y + options.down)
    at = f"^FO{x},{y}"
    dot = pen.dots(code.module)
    if codes is Codes.DRAWN or (code.content.symbol is Symbol.QR and dot > _LARGEST_QR_DOT):
        return f"{at}{_drawn(code, dot)}^FS"
    if code.content.symbol is Symbol.QR:
        # A printer lets it sink by the height of ^BY, which stays as another program has set it: so it is set here.
        at = f"^BY1,2,{_SUNK}^FO{x},{max(0, y - _SUNK)}"
        return f"{at}^BQN,2,{dot}^FH{_HEX}^FDMA,{_escaped(code.content.text)}^FS"
    said = code.content.text.replace(_ESCAPE, 2 * _ESCAPE)
    said = (_FNC1 if code.content.is_gs1 else "") + _escaped(said, keeping=_ESCAPE)
    size = f"{code.matrix.width},{code.matrix.height}"
    return f"{at}^BXN,{dot},{_ECC_200},{size},,{_ESCAPE}^FH{_HEX}^FD{said}^FS"


def _drawn(code: CodeMark, dot: int) -> str:
    """The modules as a picture: rows of bits in hexadecimal digits, each row filled up to whole bytes."""
    per_row = -(-code.matrix.width * dot // 8)
    rows: list[str] = []
    for row in code.matrix.rows:
        bits = "".join(("1" if each else "0") * dot for each in row).ljust(8 * per_row, "0")
        rows.extend([f"{int(bits, 2):0{2 * per_row}X}"] * dot)
    total = per_row * len(rows)
    return f"^GFA,{total},{total},{per_row},{''.join(rows)}"


def _text(text: TextMark, right: float, down: float, pen: ZplPen) -> str:
    letters = pen.letters_at(text.size)
    y = text.y + (pen.leading - 1) / 2 * text.size
    at = f"^FO{max(0, pen.dots(text.x + right))},{max(0, pen.dots(y + down))}"
    return f"{at}^A{letters.font}N,{letters.height},{letters.width}^FH{_HEX}^FD{_escaped(text.text)}^FS"


def _escaped(text: str, *, keeping: str = "") -> str:
    """A text in a field: whatever could mean something to a printer stands as the hexadecimal digits of its bytes."""
    return "".join(_escapes(text, keeping))


def _escapes(text: str, keeping: str) -> Iterator[str]:
    for character in text:
        if character in _PLAIN or character in keeping:
            yield character
        else:
            yield "".join(f"{_HEX}{byte:02X}" for byte in character.encode("utf-8"))
