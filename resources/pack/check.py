#!/usr/bin/env python3
"""Check an inspection pack of UID Manager. Needs Python 3.7 or newer and nothing else; changes nothing.

    python3 check/check.py                 in the folder where the pack was unpacked
    python3 check.py PACK.zip              the ZIP file itself, to its last byte

What is checked: that no file was changed, added or taken away; that the ledger's chain of hashes holds from its first
line to the head that the pack names; and that every report says it was made of just that ledger. It ends with 0 when
all of that is so, with 1 when anything is not, and says what.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import IO, Any, Iterator

SUMS = "SHA256SUMS"
SEAL = "SHA256SUMS.sha256"
ABOUT = "about/pack.json"
LINE = re.compile("([0-9a-f]{64})  ([^\n]+)\n")
HASH = 64
PREFIX = len('{"h":"",') + HASH
PIECE = 1 << 20
MADE_OF = ("registry", "root", "entries", "head")


class NotAsMadeError(Exception):
    """What is not as it was when the pack was made."""


class Folder:
    """The pack, unpacked."""

    def __init__(self, where: Path) -> None:
        self.where = where

    def names(self) -> list[str]:
        """Its files, by their names in the pack."""
        found = list(self.where.rglob("*"))
        for path in found:
            if path.is_symlink():
                raise NotAsMadeError(f"{path} is a link, and there are none in a pack")
        return [path.relative_to(self.where).as_posix() for path in found if not path.is_dir()]

    def open(self, name: str) -> IO[bytes]:
        """One of its files, to be read."""
        return (self.where / name).open("rb")


class Archive:
    """The pack as it was made: a ZIP file that ends with the hash of all its bytes before."""

    def __init__(self, where: Path) -> None:
        whole, kept = hashlib.sha256(), b""
        with where.open("rb") as file:
            for piece in pieces(file):
                kept += piece
                whole.update(kept[:-HASH])
                kept = kept[-HASH:]
        if whole.hexdigest().encode("ascii") != kept:
            raise NotAsMadeError("the ZIP file was changed: its last 64 characters are not the hash of the rest")
        self.zip = zipfile.ZipFile(str(where))

    def names(self) -> list[str]:
        """Its files, by their names in the pack."""
        return self.zip.namelist()

    def open(self, name: str) -> IO[bytes]:
        """One of its files, to be read."""
        return self.zip.open(name)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a file, a piece at a time."""
    return iter(lambda: file.read(PIECE), b"")


def hash_of(pack: Folder | Archive, name: str) -> str:
    """The SHA-256 of a file of the pack."""
    whole = hashlib.sha256()
    with pack.open(name) as file:
        for piece in pieces(file):
            whole.update(piece)
    return whole.hexdigest()


def content_of(pack: Folder | Archive, name: str) -> bytes:
    """A file of the pack, whole."""
    with pack.open(name) as file:
        return file.read()


def check_files(pack: Folder | Archive) -> str:
    """No file was changed, added or taken away."""
    names = set(pack.names())
    for needed in (SUMS, SEAL, ABOUT):
        if needed not in names:
            raise NotAsMadeError(f"{needed} is missing")
    if content_of(pack, SEAL) != f"{hash_of(pack, SUMS)}  -\n".encode("ascii"):
        raise NotAsMadeError(f"{SUMS} is not the list that was made")
    listed = {name: number for number, name in LINE.findall(content_of(pack, SUMS).decode("utf-8"))}
    for name in sorted(names.union(listed) - {SUMS, SEAL}):
        if name not in listed:
            raise NotAsMadeError(f"{name} was added")
        if name not in names:
            raise NotAsMadeError(f"{name} is missing")
        if hash_of(pack, name) != listed[name]:
            raise NotAsMadeError(f"{name} was changed")
    return f"{len(listed)} files are as they were when the pack was made"


def check_chain(pack: Folder | Archive, about: dict[str, Any]) -> str:
    """The ledger's chain of hashes holds, and ends with the head that the pack names."""
    head, count = "0" * HASH, 0
    with pack.open(about["ledger"]) as file:
        for line in file:
            count += 1
            whole = hashlib.sha256(head.encode("ascii") + line[PREFIX:-1]).hexdigest()
            if line[:PREFIX] != f'{{"h":"{whole}",'.encode("ascii") or line[-1:] != b"\n":
                raise NotAsMadeError(f"line {count} of the ledger is not what was written")
            head = whole
    if (count, head) != (about["entries"], about["head"]):
        raise NotAsMadeError(f"the ledger has {count} entries and the head {head}, which the pack does not say")
    return f"the chain of the ledger's {count} entries holds; its head is {head}"


def check_reports(pack: Folder | Archive, about: dict[str, Any]) -> str:
    """Every report was made of this ledger, and has as many rows as it says."""
    checked = [name for name in pack.names() if name.startswith("reports/") and name.endswith(".json")]
    for name in checked:
        report = json.loads(content_of(pack, name).decode("utf-8"))
        if [report[told] for told in MADE_OF] != [about[told] for told in MADE_OF]:
            raise NotAsMadeError(f"{name} was made of another ledger")
        if report["count"] != len(report["rows"]):
            raise NotAsMadeError(f"{name} has not as many rows as it says")
    return f"{len(checked)} reports were made of this ledger"


def check(pack: Folder | Archive) -> Iterator[str]:
    """A line for each thing that was found to be so. Raises NotAsMadeError at the first that is not."""
    yield check_files(pack)
    about = json.loads(content_of(pack, ABOUT).decode("utf-8"))
    yield check_chain(pack, about)
    yield check_reports(pack, about)


def main(arguments: list[str]) -> int:
    """Check what is named, or the pack in which this file lies; the answer is the exit code."""
    where = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    try:
        for found in check(Folder(where) if where.is_dir() else Archive(where)):
            print(f"ok   {found}")
    except (NotAsMadeError, OSError) as wrong:
        print(f"BAD  {wrong}")
        return 1
    except Exception as wrong:  # noqa: BLE001 (whatever a changed byte makes of it, it is not what was made)
        print(f"BAD  the pack cannot be read: {wrong!r}")
        return 1
    print("All is as it was when the pack was made.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
