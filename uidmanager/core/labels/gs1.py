"""GS1's rules for what a label says: the 82 characters of which serials are made, and how many of them."""

from __future__ import annotations

import re
from typing import Final

LONGEST_SERIAL: Final = 20
"""AI (21)."""

_NOT_IN_CSET_82: Final = re.compile(r"""[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]""")


def foreign_in(serial: str) -> int | None:
    """The place of the first character that is not of GS1's set 82."""
    found = _NOT_IN_CSET_82.search(serial)
    return None if found is None else found.start()
