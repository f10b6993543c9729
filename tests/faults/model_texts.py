"""How texts are read, told once more with nothing of the core: for the model."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

BLANKS: Final = " \t\r\n\u00a0"
_SHOWN_NOWHERE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def kept(text: str | None) -> str | None:
    """A text as it is kept; None when there is nothing in it."""
    return unicodedata.normalize("NFC", (text or "").strip()) or None


def is_text(text: str, longest: int) -> bool:
    text = unicodedata.normalize("NFC", text.strip())
    return len(text) <= longest and not any(unicodedata.category(sign) in _SHOWN_NOWHERE for sign in text)


def key_of(name: str) -> str:
    """What names have in common that are one to a person."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())


def spelling(version: str) -> str:
    return re.sub("^v(?=[0-9])", "", version.casefold())


def component_of(serial: str) -> str | None:
    text = serial.strip(BLANKS)
    return (text.lstrip("0") or "0") if re.fullmatch("[0-9]{1,64}", text) else None


def numbers_of(version: str, *, has_v: bool) -> str | None:
    text = version.strip(BLANKS)
    text = re.sub("^[vV](?=[0-9])", "", text) if has_v else text
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", text):
        return None
    return ".".join(number.lstrip("0") or "0" for number in text.split("."))
