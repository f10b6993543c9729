"""What figures depend on, as far as it can be said without naming a machine."""

from __future__ import annotations

import os
import platform
import sys


def machine() -> str:
    """Cores, memory, and what the program runs on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {sys.platform}"
