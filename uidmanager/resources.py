"""The files that come with the program: its icon, templates, sample data."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath


def resource_path(name: str) -> Path:
    """Return where a file of the program lies, by its name relative to the folder of resources.

    Raises:
        ValueError: the name leads out of that folder.
        FileNotFoundError: there is no such file.
    """
    # Windows' rules see more ways out than those of other systems, so they are applied on all of them.
    parts = PureWindowsPath(name)
    if parts.anchor or ".." in parts.parts or not parts.parts:
        raise ValueError(f"{name!r} is not the name of a resource: it leads out of their folder.")
    path = _folder().joinpath(*parts.parts)
    if not path.exists():
        raise FileNotFoundError(f"The program's file {name!r} is missing; the installation is damaged.")
    return path


def resource_bytes(name: str) -> bytes:
    """Return the content of a file of the program; raises as `resource_path` does."""
    return resource_path(name).read_bytes()


def resource_text(name: str) -> str:
    """Return the text of a file of the program, which is UTF-8; raises as `resource_path` does."""
    return resource_path(name).read_text(encoding="utf-8")


def _folder() -> Path:
    """Return the folder of resources: inside the installed or bundled package, or beside the one in the source tree."""
    package = Path(__file__).parent
    packed = package / "_resources"
    return packed if packed.is_dir() else package.parent / "resources"
