"""The DICOM toolkits and compilers that tests run snippets and devices with: had where they can be, not insisted on."""

from __future__ import annotations

import shutil

from _environment import LOCKS, VENV, fingerprint, lock_text, pip_install
from _steps import StopError, say, step
from _system import administrator_prefix, best_names, has_apt, install, installed_packages, known_packages, unmet_needs

LOCK = "toolkits"
FOLDER = VENV / "toolkits"
"""Apart from the packages of .venv, so that nothing else comes to lean on them; tests/snippets/tools.py knows it."""

STAMP = FOLDER / "made-from"

# Debian's packages, with the program that each would bring, which may come from elsewhere. Compilers for Java and Rust
# are used where they are there already; they are too large to be fetched for a few tests.
PACKAGES = (
    ("g++", ("g++",)),
    ("make", ("make",)),
    ("cmake", ("cmake",)),
    ("node", ("nodejs",)),
    ("", ("libdcmtk-dev",)),
    ("storescp", ("dcmtk",)),
)


def try_for_toolkits() -> None:
    """Install what is missing, as far as it goes; says in a sentence what could not be had. The tests skip it then."""
    try_for_packages()
    try_for_python_packages()


def try_for_packages() -> None:
    """Install the system packages that are missing, if this user may."""
    if not has_apt():
        return
    needs = [names for program, names in PACKAGES if not (program and shutil.which(program))]
    unmet = unmet_needs(needs, installed_packages(needs)) if needs else []
    if not unmet:
        return
    prefix = administrator_prefix()
    if prefix is None:
        say(f"Some tests will be skipped, since these packages are missing: {' '.join(names[0] for names in unmet)}.")
        return
    try:
        install(unmet, prefix)
    except StopError as stop:
        missing = " ".join(best_names(unmet, known_packages(unmet)))
        say(f"Some tests will be skipped, since these packages could not be installed: {missing}.\n{reason(stop)}")


def try_for_python_packages() -> None:
    """Install the packages of the toolkits' lock into a folder of their own, unless they are there."""
    if made_from() == fingerprint(lock_text(LOCK)):
        return
    try:
        with step(f"Installing the DICOM toolkits of packaging/locks/{LOCK}.txt, for the tests"):
            shutil.rmtree(FOLDER, ignore_errors=True)  # pip would leave there what a lock no longer names
            pip_install(
                *("--no-deps", "--require-hashes", "--only-binary=:all:", "--retries", "1", "--timeout", "15"),
                "--no-compile",
                *("--target", str(FOLDER), "-r", str(LOCKS / f"{LOCK}.txt")),
            )
            STAMP.write_text(fingerprint(lock_text(LOCK)), encoding="utf-8")
    except (StopError, OSError) as stop:
        say(f"Some tests will be skipped, since the toolkits could not be installed.\n{reason(stop)}")


def made_from() -> str | None:
    """Return what the folder was made from, as a fingerprint; None where it was never finished."""
    try:
        return STAMP.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def reason(stop: Exception) -> str:
    """Return the one line of a failure that says why."""
    lines = [line.strip() for line in str(stop).splitlines() if line.strip()]
    return next(
        (line for line in lines if line.startswith(("ERROR", "E:"))), lines[0] if lines else type(stop).__name__
    )
