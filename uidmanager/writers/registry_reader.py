"""Reading a registry's document: strictly, whatever it holds, and all that is wrong with its shape at once.

A document in its one spelling is known by spelling it again. Any other spelling of the same JSON is read as well, but
then by the slower way, which finds a key that stands twice: of its two values readers take the one or the other.
"""

from __future__ import annotations

import stat
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Raw, Struct, structs

from uidmanager.core.errors import Problem, UidManagerError
from uidmanager.core.texts import excerpt, visible
from uidmanager.core.transfer.document import (
    FORMAT,
    FORMAT_VERSION,
    CarriedGivenUp,
    CarriedInstallation,
    CarriedProduct,
    CarriedRelease,
    Document,
    Source,
    version_of,
)
from uidmanager.core.transfer.findings import Findings
from uidmanager.core.transfer.importing import Paper
from uidmanager.writers.carried import CarriedList, shape_problem
from uidmanager.writers.registry_document import LISTS, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from uidmanager.app.ports import Progress

LARGEST: Final = 2 * 1024**3
"""In bytes: some six million installations. Nothing larger is taken into memory."""

_LONGEST_NAME: Final = 255
_OTHERS: Final = (
    (b'{"h":"', "it is a ledger: name it with --ledger to work with it, or with “uidmanager restore” to bring it back"),
    (b"PK", "it is a workbook or an archive; say with --kind what the rows of a spreadsheet are"),
    (b"\xef\xbb\xbf", "an editor put a byte order mark before it: save it as UTF-8 without one"),
)
_KINDS: Final = {
    "products": CarriedProduct,
    "releases": CarriedRelease,
    "installations": CarriedInstallation,
    "given_up": CarriedGivenUp,
}
_HEAD: Final = {field.name: field.type for field in structs.fields(Source)}
_NEEDED: Final = {field.name for field in structs.fields(Source) if field.required} | set(LISTS)


class DocumentError(UidManagerError):
    """A file that cannot be taken for a registry's document. ``where`` is the file as the user named it."""

    code = "document.unreadable"

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(
            f"{where} is no registry that can be imported ({reason}). Name a document written by “uidmanager export”."
        )
        self.where = where


class DocumentNewerError(UidManagerError):
    """A document of a version that this program does not know."""

    code = "document.newer"

    def __init__(self, where: Path, version: int) -> None:
        super().__init__(
            f"{where} is a document of version {version}; this program knows version {FORMAT_VERSION}. Update UID "
            "Manager on this station."
        )
        self.where = where


class Reading(Struct, frozen=True):
    """A document that was read, and what is wrong with its shape. None where not even its head could be made out."""

    paper: Paper
    document: Document | None
    findings: Findings


class _Kind(Struct, frozen=True):
    """By what a document is known."""

    format: str
    version: int


def read_document(where: Path, progress: Progress) -> Reading:
    """Read a document. Raises `DocumentError` or `DocumentNewerError` for what is none that is known here."""
    content = _content(where)
    progress("Reading the document", 0.0)
    try:
        version, members = _members(where, content)
        findings = Findings()
        source, lists = _parts(members, findings)
        if source is None or len(lists) < len(LISTS):
            document = None
        else:
            for name, carried in lists.items():
                carried.read_all(f"/{name}", findings, progress)
            document = Document(source, *lists.values())
            findings.add("/version", *_version(version, document))
        if document is None or findings.problems or not _is_spelled_so(content, document):
            _look_for_repetitions(content, findings)
    except (ValueError, RecursionError) as error:
        raise DocumentError(where, _why(content, error)) from error
    paper = Paper(visible(where.name)[:_LONGEST_NAME], sha256(content).hexdigest())
    return Reading(paper, document, findings)


def _content(where: Path) -> bytes:
    try:
        found = where.stat()
        if not stat.S_ISREG(found.st_mode):  # to open a pipe would keep us waiting
            raise DocumentError(where, "it is a folder or a device")
        if found.st_size > LARGEST:
            raise DocumentError(where, f"it is larger than {LARGEST:,} bytes")
        with where.open("rb") as opened:
            return opened.read(LARGEST)
    except (OSError, ValueError) as error:  # a name with a NUL in it
        raise DocumentError(where, getattr(error, "strerror", None) or str(error)) from error


def _members(where: Path, content: bytes) -> tuple[int, dict[str, Raw]]:
    """Version and members of the document, once it is known to be one."""
    try:
        kind = msgspec.json.decode(content, type=_Kind)
    except msgspec.ValidationError as error:
        raise DocumentError(where, _what_it_is(content) or "it is JSON, but no registry") from error
    if kind.format != FORMAT or kind.version < 1:
        raise DocumentError(where, f"it calls itself “{excerpt(kind.format)}”, version {kind.version}")
    if kind.version > FORMAT_VERSION:
        raise DocumentNewerError(where, kind.version)
    members = msgspec.json.decode(content, type=dict[str, Raw])
    return kind.version, {name: value for name, value in members.items() if name not in _Kind.__struct_fields__}


def _version(version: int, document: Document) -> Iterator[Problem]:
    """A program that knows only the version that a document says must find nothing in it that it does not know."""
    needed = version_of(document.source, document.products, document.given_up)
    if version < needed:
        sentence = f"What stands in the document is of version {needed}, and it says {version}. Export it anew."
        yield Problem("document.version", "version", sentence)


def _parts(members: dict[str, Raw], findings: Findings) -> tuple[Source | None, dict[str, CarriedList[Any]]]:
    """The head and the lists, as far as they can be made out."""
    head: dict[str, Any] = {}
    lists: dict[str, CarriedList[Any]] = {}
    for name in (*_HEAD, *LISTS):
        if name not in members:
            if name not in _NEEDED:
                continue
            findings.add(f"/{name}", Problem("document.shape", name, "It is missing. Export the registry anew."))
            continue
        try:
            if name in _KINDS:
                lists[name] = CarriedList(msgspec.json.decode(members[name], type=list[Raw]), _KINDS[name])
            else:
                head[name] = msgspec.json.decode(members[name], type=_HEAD[name])
        except msgspec.ValidationError as error:
            shape_problem(f"/{name}", error, findings)
    for name in sorted(set(members) - {*_HEAD, *LISTS}):
        findings.add(f"/{excerpt(name)}", Problem("document.shape", name, "It is not known here. Take it out."))
    return (Source(**head) if {*head, *LISTS} >= _NEEDED else None), lists


def _is_spelled_so(content: bytes, document: Document) -> bool:
    """Whether the document is in its one spelling, in which nothing can stand twice."""
    at = 0
    lists = (document.products, document.releases, document.installations, document.given_up)
    version = version_of(document.source, document.products, document.given_up)
    for piece in spelled(version, document.source, lists):
        if not content.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(content)


def _look_for_repetitions(content: bytes, findings: Findings) -> None:
    """Any key that stands twice in one object."""
    import json  # noqa: PLC0415 (a document in its own spelling does not need it)

    def look(pairs: list[tuple[str, object]]) -> None:
        counted = Counter(name for name, _value in pairs)
        for name in (name for name, count in counted.items() if count > 1):
            sentence = f"“{excerpt(name)}” stands twice in one object, beside {_beside(pairs)}. Take one of them out."
            findings.take_over([Problem("document.repeated", name, sentence)])

    json.loads(content.decode("utf-8"), object_pairs_hook=look)


def _beside(pairs: list[tuple[str, object]]) -> str:
    """The first members of an object, by which a person finds it."""
    return excerpt(", ".join(f"{name}: {value}" for name, value in pairs[:3] if not isinstance(value, list)))


def _why(content: bytes, error: Exception) -> str:
    """Why this is no JSON, in words that fit what it is."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return _what_it_is(content) or f"it is not JSON: {excerpt(str(error))}"


def _what_it_is(content: bytes) -> str | None:
    """What a file that is no document begins like."""
    return next((words for beginning, words in _OTHERS if content.startswith(beginning)), None)
