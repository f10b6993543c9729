"""The list of hashes in a pack, its ZIP file, and the check that is run on both."""

from __future__ import annotations

import io
import re
import runpy
import zipfile
from contextlib import redirect_stdout
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from uidmanager.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUMS, _SEAL = "SHA256SUMS", "SHA256SUMS.sha256"
_AT_A_TIME: Final = 1 << 20
_FILE_MODE: Final = 0o644
_UNIX: Final = 3
_FIRST_OF_ZIP: Final = (1980, 1, 1, 0, 0, 0)
_LENGTH: Final = 64


class PackUnsoundError(RuntimeError):
    """The pack's own check found something wrong with what was just made: a fault of the program or of the disk."""


def write_sums(folder: Path) -> None:
    """List the hash of every file of the folder, and the hash of the list."""
    listed = [(name, path) for name, path in files_in(folder) if name not in {_SUMS, _SEAL}]
    sums = "".join(f"{hash_of(path)}  {name}\n" for name, path in listed).encode()
    (folder / _SUMS).write_bytes(sums)
    (folder / _SEAL).write_bytes(f"{sha256(sums).hexdigest()}  -\n".encode())


def run_check(pack: Path) -> str:
    """What the check says that lies in the pack. Raises `PackUnsoundError` where it finds anything."""
    program = runpy.run_path(str(resource_path("pack/check.py")), run_name="check")
    said = io.StringIO()
    with redirect_stdout(said):
        code = program["main"]([str(pack)])
    if code != 0:
        raise PackUnsoundError(said.getvalue().strip())
    return said.getvalue()


def zip_sealed(folder: Path, packed: Path, made_at: str) -> None:
    """The folder as a ZIP file that ends with the hash of all its bytes before: it is the comment a ZIP file may have.

    Its files are all of the time ``made_at``, so that the same folder makes the same bytes.
    """
    year, month, day, hour, minute, second = map(int, re.findall("[0-9]+", made_at)[:6])
    time = max((year, month, day, hour, minute, second), _FIRST_OF_ZIP)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"0" * _LENGTH
        for name, path in files_in(folder):
            member = zipfile.ZipInfo(name, time)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = _UNIX, _FILE_MODE << 16
            with archive.open(member, "w", force_zip64=path.stat().st_size >= zipfile.ZIP64_LIMIT) as into:
                into.writelines(pieces_of(path))
    whole = sha256()
    size = packed.stat().st_size - _LENGTH
    with packed.open("r+b") as file:
        while size > 0:
            piece = file.read(min(size, _AT_A_TIME))
            whole.update(piece)
            size -= len(piece)
        file.write(whole.hexdigest().encode("ascii"))


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """All files by their names in the pack, in order."""
    return sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())


def pieces_of(path: Path) -> Iterator[bytes]:
    """The content of a file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(_AT_A_TIME):
            yield piece


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    whole = sha256()
    for piece in pieces_of(path):
        whole.update(piece)
    return whole.hexdigest()
