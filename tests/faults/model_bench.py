"""What the model says of the work bench: arcs, GTINs, rules for serials, labels. Nothing of the core is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tests.faults.model_texts import BLANKS, is_text

if TYPE_CHECKING:
    from uidmanager.core.records import SerialRule

Event = dict[str, Any]
_CSET_82: Final = r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,64}"""


def is_arc(root: str, arc: str) -> bool:
    return bool(re.fullmatch("0|[1-9][0-9]{0,8}", arc)) and arc not in {"1", "2"} and len(f"{root}.{arc}.1") <= 62


def gtin_of(text: str) -> str | None:
    """A GTIN in 14 digits; None where it is none."""
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", text):
        return None
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(text)))
    return None if total % 10 else text.rjust(14, "0")


def rule_of(rule: SerialRule | None) -> Event:
    """A rule for serials as it is written."""
    pattern, example = ((text or "").strip() or None for text in (rule.pattern, rule.example)) if rule else (None, None)
    said = {"indexed": True} if rule and rule.indexed else {}
    return {**said, **({"pattern": pattern} if pattern else {}), **({"example": example} if example else {})}


def is_rule(rule: Event, *, has_arc: bool) -> bool:
    if "indexed" in rule and not has_arc:
        return False
    pattern, example = rule.get("pattern"), rule.get("example")
    if pattern is None and example is None:
        return True
    if pattern is None or example is None or not is_text(pattern, 200) or not is_text(example, 200):
        return False
    if not is_pattern(pattern) or not re.fullmatch(pattern, example):
        return False
    return bool(re.fullmatch(_CSET_82 if "indexed" in rule else "[0-9]{1,64}", example))


def is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def fits(rule: Event, serial: str) -> bool:
    return "pattern" not in rule or bool(re.fullmatch(rule["pattern"], serial))


def index_key(serial: str) -> str | None:
    """What serials with an index have in common that are one; None for what cannot have one."""
    text = serial.strip(BLANKS)
    if not re.fullmatch(_CSET_82, text):
        return None
    return "".join(sign.upper() if "a" <= sign <= "z" else sign for sign in text)


def said_by(scanned: str) -> str:
    """What a code says, without what scanners put in front of it."""
    return re.sub("^(\\][A-Za-z][0-9A-Za-z]␝?|␝)", "", scanned.strip(), count=1)


def is_scan(text: str, longest: int) -> bool:
    """Kept as it was sent: blanks count as well."""
    return len(text) <= longest and is_text(f"|{text}|", longest + 2)
