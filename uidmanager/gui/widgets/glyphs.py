"""Characters that few fonts have, as every font can draw them."""

from __future__ import annotations

from uidmanager.core.barcodes import SHOWN_GS


def drawn(text: str) -> str:
    """The text with the separator of a scan in letters. Only for the eye: what is kept or copied has the sign."""
    return text.replace(SHOWN_GS, "[GS]")
