"""The repository's own .venv: when it must be made anew, and how."""

from __future__ import annotations

import enum
import hashlib
import json
import os
import sys
import sysconfig
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from _steps import run_quietly, step, succeeds

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "bootstrap.json"
LOCKS = ROOT / "packaging" / "locks"
PROBED_MODULES = {"run": ("PySide6", "msgspec", "uidmanager"), "dev": ("hypothesis", "mypy", "pytest", "ruff")}


class Work(enum.Enum):
    """What has to be done to an environment before it can be used."""

    NOTHING = "nothing"
    ADD_TOOLS = "add the tools for the tests"
    REMAKE = "make it anew"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment was made from, as fingerprints.

    `base` covers all that running the program needs; `tools` what the tests need on top, None when they are not there.
    """

    base: str
    tools: str | None


def work_for(found: Stamp | None, current: Stamp, *, tests: bool) -> Work:
    """Decide what must be done to an environment with the stamp `found`, when all was made from `current`."""
    if found is None or found.base != current.base:
        return Work.REMAKE
    if not tests or found.tools == current.tools:
        return Work.NOTHING
    # Packages that a changed lock no longer names would stay behind, so only an environment without tools is added to.
    return Work.ADD_TOOLS if found.tools is None else Work.REMAKE


def make_sure_of_environment(*, tests: bool) -> None:
    """Make .venv, or bring it up to date, so that it holds exactly what the lock says.

    Raises:
        StopError: it could not be made, or a package could not be installed.
    """
    current = current_stamp()
    found = read_stamp(STAMP)
    work = work_for(found, current, tests=tests)
    if work is not Work.REMAKE and not is_whole(with_tools=found is not None and found.tools is not None):
        work = Work.REMAKE
    if work is Work.NOTHING:
        return
    if work is Work.REMAKE:
        make_empty()
    install_locked("dev" if tests else "run")
    if work is Work.REMAKE:
        install_project()
    write_stamp(STAMP, current if tests else Stamp(current.base, None))


def current_stamp() -> Stamp:
    """Return the fingerprints of this repository and this Python as they are now."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    identity = {
        "folder": str(VENV),  # scripts and the editable install hold it, so a moved repository needs a new .venv
        "python": [sys.implementation.cache_tag, sysconfig.get_platform()],
        "project": installed_part(project),
        "lock": lock_text("run"),
    }
    return Stamp(base=fingerprint(json.dumps(identity, sort_keys=True)), tools=fingerprint(lock_text("dev")))


def installed_part(project: dict[str, object]) -> dict[str, object]:
    """Return what of pyproject.toml an installed environment depends on: not the settings of the tools."""
    return {name: project.get(name) for name in ("build-system", "project", "dependency-groups")}


def lock_text(name: str) -> str:
    """Return the text of a lock."""
    return (LOCKS / f"{name}.txt").read_text(encoding="utf-8")


def fingerprint(text: str) -> str:
    """Return a short text that changes when the text does."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp that the environment was given when it was complete; None when it never was."""
    try:
        return Stamp(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(path: Path, stamp: Stamp) -> None:
    """Note that the environment is complete."""
    path.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")


def program(name: str, *, windows: bool = os.name == "nt") -> Path:
    """Return the path of one of the environment's programs."""
    return VENV / "Scripts" / f"{name}.exe" if windows else VENV / "bin" / name


def is_whole(*, with_tools: bool) -> bool:
    """Whether the environment's Python starts and finds the packages that are looked for first."""
    modules = PROBED_MODULES["run"] + (PROBED_MODULES["dev"] if with_tools else ())
    probe = "import sys; from importlib.util import find_spec; sys.exit(None in [find_spec(m) for m in sys.argv[1:]])"
    return succeeds([program("python"), "-I", "-c", probe, *modules])


def make_empty() -> None:
    """Make .venv with nothing in it but pip, whatever was there before."""
    with step("Making .venv"):
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        STAMP.unlink(
            missing_ok=True
        )  # if what follows is interrupted, half an environment must not pass for a whole one
        # When this Python is the one of the .venv to be cleared, the Python it was made from does it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        run_quietly(
            [base, "-m", "venv", "--clear", VENV],
            or_else="Python could not make the folder .venv; what it said is above.",
        )


def install_locked(lock: str) -> None:
    """Install the packages of a lock, each one compared with its hash."""
    with step(f"Installing the Python packages of packaging/locks/{lock}.txt"):
        # The lock holds all that its packages need. A search for that would look at newer releases as well, of which
        # the lock has no hash: with each new release of a package with extras, a fresh machine could not be set up.
        pip_install("--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(LOCKS / f"{lock}.txt"))


def install_project() -> None:
    """Install the project itself so that the environment runs the files of the repository."""
    with step("Installing UID Manager from this folder"):
        pip_install("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def pip_install(*arguments: str) -> None:
    """Run the environment's pip."""
    # A user's own settings may send every install to the home folder, which an environment refuses.
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_USER": "0"}
    run_quietly(
        [program("python"), "-m", "pip", "install", "--quiet", *arguments],
        env=env,
        or_else="pip could not install what the program needs; what it said is above.",
    )
