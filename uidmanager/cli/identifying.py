"""``identify``: UIDs given one by one, or any texts with UIDs in them."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct, structs

from uidmanager.cli.answers import Answer, Exit, notice
from uidmanager.cli.commands import Command, reads
from uidmanager.cli.output import plain, shortened
from uidmanager.core.errors import Severity, UidManagerError
from uidmanager.core.identify import Answer as Identity
from uidmanager.core.identify import Finding
from uidmanager.core.identify import identify as identify_uid
from uidmanager.core.mentions import Mention, Mentions, asked
from uidmanager.core.records import Installation, Product, Release
from uidmanager.core.texts import visible
from uidmanager.dicom.names import DicomNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from uidmanager.cli.session import Session
    from uidmanager.core.errors import Problem
    from uidmanager.core.registry import Registry

_STDIN: Final = "-"
_PIECE: Final = 1 << 18


class TextUnreadableError(UidManagerError):
    """A text that was to be looked through cannot be read."""

    code = "text.unreadable"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where} cannot be read ({reason}). Check the name and that you may read it.")


class _Found(Struct, frozen=True):
    """A UID, what it is, and where it stands; the mention is None where it was given by itself."""

    finding: Finding
    mention: Mention | None


@click.command("identify", cls=Command)
@click.argument("texts", nargs=-1, metavar="[UID|TEXT]...")
@click.option("--file", "files", multiple=True, metavar="FILE", help="A text, such as a log, to take all UIDs from.")
@click.option("--where", is_flag=True, help="Say in which line of a text each stands first, and how often.")
@reads
@click.pass_context
def identify(context: click.Context, *, texts: tuple[str, ...], files: tuple[str, ...], where: bool) -> Answer:
    """Say whose UIDs these are. Prints one line for each.

    The answer is the installation and what the equipment appended, the release, or whose root it is. An argument may
    be any text with UIDs in it; “-” reads a text from stdin. Of a text each UID is answered once.
    """
    session: Session = context.obj
    if not texts and not files:
        raise click.UsageError("No UID is given, and no text.", context)
    given = [uid for text in texts if text != _STDIN for uid in [each.given for each in asked(text)] or [text]]
    mentions = _mentions(files, has_stdin=_STDIN in texts)
    service = session.opened()
    names = DicomNames()
    with service.look() as registry:
        found = [_Found(identify_uid(registry, uid, names), None) for uid in given]
        found.extend(_Found(identify_uid(registry, each.given, names), each) for each in mentions)
    said = tuple(_about(each, problem) for each in found for problem in each.finding.problems)
    notices = tuple(problem for problem in said if problem.severity is not Severity.ERROR)
    problems = tuple(problem for problem in said if problem.severity is Severity.ERROR)
    if not found:
        notices = (notice("identify.none", "uid", "There is no UID in the text."),)

    def rows() -> Iterator[object]:
        with service.look() as registry:
            yield from (_row(registry, each) for each in found)

    answer = Answer(
        Exit.REFUSED if problems else Exit.DONE,
        text=lambda: (_line(each, where=where) for each in found),
        notices=notices,
        problems=problems,
        rows=rows,
    )
    return answer.in_trouble(service.trouble)


def _mentions(files: tuple[str, ...], *, has_stdin: bool) -> Mentions:
    """The UIDs in the texts, read piece by piece. Raises `TextUnreadableError`."""
    mentions = Mentions()
    if has_stdin and sys.stdin is not None:
        mentions.begin(_STDIN)
        _read(mentions, sys.stdin.buffer, _STDIN)
    for file in files:
        mentions.begin(file)
        try:
            with Path(file).open("rb") as stream:
                _read(mentions, stream, file)
        except (OSError, ValueError) as failed:  # ValueError: a name with a NUL in it
            raise TextUnreadableError(file, getattr(failed, "strerror", None) or str(failed)) from failed
    mentions.end()
    return mentions


def _read(mentions: Mentions, stream: BinaryIO, name: str) -> None:
    """Hand a text over. Bytes that are no UTF-8 are kept as halves of characters, which no UID is made of."""
    try:
        for text in _decoded(stream):
            mentions.read(text)
    except OSError as failed:
        raise TextUnreadableError(name, failed.strerror or str(failed)) from failed


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """UTF-8, or UTF-16 where a byte order mark says so, as programs on Windows write logs."""
    first = stream.read(_PIECE)
    is_wide = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")("surrogateescape")
    piece = first
    while piece:
        yield decoder.decode(piece)
        piece = stream.read(_PIECE)
    yield decoder.decode(b"", final=True)


def _about(found: _Found, problem: Problem) -> Problem:
    """A rule that a UID breaks, with the UID named: a refusal of an argument that is none, else only a caution.

    What could be identified all the same, or stands in a text, of which nobody said that it is a UID, refuses nothing.
    """
    finding = found.finding
    refuses = finding.answer is Identity.NOT_A_UID and found.mention is None
    severity = Severity.ERROR if refuses else Severity.CAUTION
    return structs.replace(problem, message=f"{shortened(finding.given.strip())}: {problem.message}", severity=severity)


def _line(found: _Found, *, where: bool) -> str:
    finding = found.finding
    sentence = finding.sentence[:1].lower() + finding.sentence[1:].removesuffix(".")
    suffix = f", suffix {finding.suffix}" if finding.suffix else ""
    place = _place(found.mention) if where and found.mention else ""
    return f"{shortened(finding.given.strip())}: {visible(sentence + suffix + place)}\n"


def _place(mention: Mention) -> str:
    times = "once" if mention.count == 1 else f"{mention.count:,} times"
    source = "" if mention.source == _STDIN else f" of {mention.source}"
    return f" ({times}, first in line {mention.line:,}, column {mention.column:,}{source})"


def _row(registry: Registry, found: _Found) -> dict[str, object]:
    """A finding under the names of docs/command-line.md; the fields of its record are null where it has none."""
    finding, mention = found.finding, found.mention
    row: dict[str, object] = {
        "given": finding.given,
        "uid": finding.uid,
        "answer": finding.answer.value,
        "sentence": finding.sentence,
        "suffix": finding.suffix,
        **dict.fromkeys(("kind", "product", "version", "serial", "state")),
        "text": mention.source if mention else None,
        "line": mention.line if mention else None,
        "column": mention.column if mention else None,
        "count": mention.count if mention else None,
        "problems": [plain(problem) for problem in finding.problems],
    }
    record = finding.record
    match record:
        case Installation():
            made = None if record.product is None else registry.product(record.product)
            row.update(kind="installation", serial=record.serial)
        case Release():
            made = registry.product(record.product)
            row.update(kind="release", version=record.version)
        case Product():
            made = record
            row.update(kind="product")
        case None:
            return row
    row.update(product=made.name if made else None, state=record.state.value)
    return row
