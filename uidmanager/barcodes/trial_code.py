"""The code of “Try my scanner”, as modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uidmanager.core.barcodes import Element


def modules_of(elements: Sequence[Element]) -> tuple[bytes, ...]:
    """A GS1 DataMatrix of these elements: a row of modules each, 1 for a dark one."""
    import zxingcpp  # noqa: PLC0415 (10 ms; hardly anybody opens the dialog)

    said = "".join(f"[{element.ai}]{element.value}" for element in elements)
    code = zxingcpp.create_barcode(said, zxingcpp.BarcodeFormat.DataMatrix, force_square=True, gs1=True)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    view = memoryview(picture)
    height, width = view.shape or (0, 0)
    dark = bytes(not each for each in view.tobytes())
    return tuple(dark[row * width : (row + 1) * width] for row in range(height))
