"""Codes for labels, made by zxing-cpp, and read back by it. It is loaded when the first code is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from uidmanager.core.errors import UidManagerError
from uidmanager.core.labels.matrix import Matrix
from uidmanager.core.labels.templates import Symbol

if TYPE_CHECKING:
    from uidmanager.core.labels.contents import Content

_CORRECTION: Final = "M"
"""Of a QR Code: some 15 % of it may be damaged. A DataMatrix of today (ECC 200) has no choice."""

_SEPARATOR: Final = "\u001d"


class Found(Struct, frozen=True):
    """A code that was read from a picture: which kind, what it says, what a scanner calls it (``]d2``)."""

    symbol: Symbol
    text: str
    aim: str


class CodeUnreadableError(UidManagerError):
    """A code was made that does not say what it should: a fault of ours or of the library, seen in time."""

    code = "label.code_unreadable"

    def __init__(self, content: Content) -> None:
        super().__init__(
            f"The {content.symbol.called} made for “{content.shown}” does not read back as that. Nothing was printed; "
            "please report it."
        )


def matrix_of(content: Content) -> Matrix:
    """The modules of a code; a DataMatrix is square, as label printers make it.

    Raises `ValueError` for a content that no code can hold; those of `core.labels` are none.
    """
    import zxingcpp  # noqa: PLC0415 (10 ms; most never print a label)

    if content.symbol is Symbol.QR:
        code = zxingcpp.create_barcode(content.text, zxingcpp.BarcodeFormat.QRCode, ec_level=_CORRECTION)
    elif content.is_gs1:
        said = "".join(
            f"[{identifier}]{value}" for identifier, value in content.elements
        )  # a value may have round ones
        code = zxingcpp.create_barcode(said, zxingcpp.BarcodeFormat.DataMatrix, force_square=True, gs1=True)
    else:
        code = zxingcpp.create_barcode(content.text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    view = memoryview(picture)
    height, width = view.shape or (0, 0)
    dark = bytes(not each for each in view.tobytes())
    return Matrix(tuple(dark[row * width : (row + 1) * width] for row in range(height)))


def read_codes(picture: bytes, width: int, height: int) -> tuple[Found, ...]:
    """All codes in a picture of one byte a pixel, 0 for black."""
    import zxingcpp  # noqa: PLC0415 (see above)

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode])
    view = memoryview(picture).cast("B", (height, width))
    found = zxingcpp.read_barcodes(view, formats, try_rotate=False, text_mode=zxingcpp.TextMode.Plain)
    return tuple(
        Found(_symbol(each.symbology_identifier), each.text.removeprefix(_SEPARATOR), each.symbology_identifier)
        for each in found
    )


def checked_matrix_of(content: Content) -> Matrix:
    """The same, read back at once. Raises `CodeUnreadableError`."""
    matrix = matrix_of(content)
    if not reads_as(content, matrix):
        raise CodeUnreadableError(content)
    return matrix


def reads_as(content: Content, matrix: Matrix) -> bool:
    """Whether a code that was made says what it should, when it is read from a picture of it."""
    scale, quiet = 3, content.symbol.quiet
    across = (matrix.width + 2 * quiet) * scale
    blank = b"\xff" * across * scale * quiet
    side = b"\xff" * scale * quiet
    lines = [
        (side + b"".join((b"\0" if each else b"\xff") * scale for each in row) + side) * scale for row in matrix.rows
    ]
    picture = blank + b"".join(lines) + blank
    found = read_codes(picture, across, len(picture) // across)
    aim = "]Q1" if content.symbol is Symbol.QR else "]d2" if content.is_gs1 else "]d1"
    return found == (Found(content.symbol, content.text, aim),)


def _symbol(aim: str) -> Symbol:
    return Symbol.QR if aim.startswith("]Q") else Symbol.DATAMATRIX
