#!/usr/bin/env python3
"""From a fresh clone to the running program, or to its tests, in one command.

python3 packaging/bootstrap.py run                 open the window; without a display, show the main job as text
python3 packaging/bootstrap.py run -- ARGUMENTS    run one command of the program
python3 packaging/bootstrap.py test                every check, then one summary
python3 packaging/bootstrap.py test -- ARGUMENTS   the same, with arguments for pytest

It needs Python 3.11 or newer and nothing else: it makes .venv in the repository and, on Debian and Ubuntu, installs the
system packages that are missing. What it says itself goes to standard error.
"""

import sys

OLDEST_PYTHON = (3, 11)
CANNOT_SET_UP = 69

# This file alone must be readable for an old Python, so that it can say the sentence below instead of a syntax error.
if sys.version_info < OLDEST_PYTHON:
    sys.stderr.write("UID Manager needs Python 3.11 or newer; this is Python %d.%d.\n" % sys.version_info[:2])  # noqa: UP031
    sys.exit(CANNOT_SET_UP)

from _commands import main  # noqa: E402 - for the same reason

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
