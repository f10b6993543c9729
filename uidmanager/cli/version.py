"""The version. Who asks nothing else gets it before what commands need is loaded: builds ask each tool for it."""

from __future__ import annotations

import sys

import uidmanager
from uidmanager.cli.streams import UndeliveredError, put

VERSION_TEXT = f"uidmanager {uidmanager.__version__}"


def tell_version() -> int:
    """Print the version; answers the exit code."""
    try:
        put(sys.stdout, VERSION_TEXT + "\n")
    except UndeliveredError as failure:
        from uidmanager.cli.output import undelivered  # noqa: PLC0415 (there is time now)

        return undelivered(failure)
    return 0
