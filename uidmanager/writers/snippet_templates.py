"""The templates of snippets: those that come with the program, and the user's own, which add to them or replace them.

A template is a TOML file (docs/snippets.md); its name is the file's. What is wrong with a user's file is said and keeps
that one template from use, and no other.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.snippets.languages import Language
from uidmanager.core.snippets.templates import Encoding, LineEnd, Purpose, Template, faults_of, is_name
from uidmanager.writers.template_files import FaultInFileError, content_of, misshapen, read_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SUFFIX: Final = ".toml"
_MOST: Final = 500
_TABLES: Final = (Purpose.RELEASE.value, Purpose.INSTALLATION.value)


class Shelf(msgspec.Struct, frozen=True):
    """The templates that can be used: toolkits first, then constants. ``broken`` has by name what is wrong with others.

    What it says is a caution; whoever asks for that very template is refused with the same sentence.
    """

    templates: tuple[Template, ...]
    broken: dict[str, Problem]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands under ``[release]`` or ``[installation]``; all of it for `Template`."""

    about: str
    file: str = ""
    text: str = ""
    cannot: str = ""
    since: str = ""
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    appends: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template's file."""

    title: str
    toolkit: str
    language: Language
    light: str = ""
    encoding: Encoding = Encoding.UTF_8
    line_end: LineEnd = LineEnd.LF
    constants: bool = False
    source: str = ""
    release: _Table | None = None
    installation: _Table | None = None


def read_templates(own: Path | None) -> Shelf:
    """All templates; ``own`` is the user's folder, which need not be there. Reads it anew each time."""
    read, broken = read_files("snippets", own, _SUFFIX, _MOST, _read, _broken)
    return Shelf(tuple(sorted(_all(read), key=_order)), broken)


def _read(file: Path) -> tuple[Template, ...]:
    """The templates in a file: one for each purpose. Raises `FaultInFileError`."""
    if not is_name(file.stem):
        raise FaultInFileError("its name: small letters and digits are allowed, with hyphens between them")
    content = _decoded(file)
    unfit = [
        f"[{template.purpose}] {field}: {what}"
        for template in _made(file.stem, content)
        for field, what in faults_of(template)
    ]
    if unfit:
        raise FaultInFileError("; ".join(unfit))
    if content.release is None and content.installation is None:
        raise FaultInFileError("a table [release] or [installation] is needed")
    return _made(file.stem, content)


def _decoded(file: Path) -> _File:
    try:
        return msgspec.convert(tomllib.loads(content_of(file).decode("utf-8")), _File)
    except UnicodeDecodeError as error:
        raise FaultInFileError(f"it is not UTF-8, from byte {error.start} on") from error
    except msgspec.ValidationError as error:
        raise misshapen(error) from error
    except tomllib.TOMLDecodeError as error:
        raise FaultInFileError(f"it is not TOML: {error}") from error
    except RecursionError as error:
        raise FaultInFileError("it is nested too deeply") from error


def _made(name: str, content: _File) -> tuple[Template, ...]:
    tables = zip(Purpose, (content.release, content.installation), strict=True)
    return tuple(
        Template(
            name=name,
            title=content.title,
            toolkit=content.toolkit,
            purpose=purpose,
            language=content.language,
            light=content.light,
            encoding=content.encoding,
            line_end=content.line_end,
            is_constants=content.constants,
            source=content.source,
            **msgspec.structs.asdict(table),
        )
        for purpose, table in tables
        if table is not None
    )


def _all(read: Mapping[str, tuple[Template, ...]]) -> Iterable[Template]:
    return (template for templates in read.values() for template in templates)


def _order(template: Template) -> tuple[bool, str, str]:
    return template.is_constants, template.toolkit.casefold(), template.name


def _broken(where: str, fault: str) -> Problem:
    sentence = f"The template {where} cannot be used: {fault}. Put it right or take it away; the others can be used."
    return Problem("snippet.template_broken", "toolkit", sentence, None, Severity.CAUTION)
