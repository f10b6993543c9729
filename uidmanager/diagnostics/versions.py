"""What program this is, to the byte, and what it runs on."""

from __future__ import annotations

import platform
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import uidmanager

_LIBRARIES: Final = (
    "click",
    "filelock",
    "msgspec",
    "platformdirs",
    "pydicom",
    "pynetdicom",
    "PySide6-Essentials",
    "python-bidi",
    "reportlab",
    "uharfbuzz",
    "xlsxwriter",
)


def versions() -> tuple[tuple[str, str], ...]:
    """Names and values: the program and the hash of its files, Python, the system, the libraries."""
    return (
        ("UID Manager", uidmanager.__version__),
        ("SHA-256 of its files", hash_of_files(Path(uidmanager.__file__).parent)),
        ("Python", platform.python_version()),
        ("Operating system", platform.platform()),
        *((name, _version_of(name)) for name in _LIBRARIES),
    )


def hash_of_files(folder: Path) -> str:
    """One hash of the names and contents of all files in the folder but Python's caches."""
    whole = sha256()
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in files):
        whole.update(f"{sha256(path.read_bytes()).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
