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
from uidmanager.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SUFFIX: Final = ".toml"
_LARGEST: Final = 64 * 1024
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


class _Fault(Exception):  # noqa: N818 (it never leaves this module)
    """What is wrong with a file, and where in it."""


def read_templates(own: Path | None) -> Shelf:
    """All templates; ``own`` is the user's folder, which need not be there. Reads it anew each time."""
    shipped, _ = _files_in(resource_path("snippets"))
    read = {file.stem: _read(file) for file in shipped}
    broken: dict[str, Problem] = {}
    for file in _own_files(own, broken):
        read.pop(file.stem, None)
        try:
            read[file.stem] = _read(file)
        except _Fault as fault_in_file:
            broken[file.stem] = _broken(file, str(fault_in_file))
    return Shelf(tuple(sorted(_all(read), key=_order)), broken)


def _own_files(own: Path | None, broken: dict[str, Problem]) -> Iterable[Path]:
    if own is None:
        return ()
    files, fault = _files_in(own)
    if fault is not None:
        broken[str(own)] = _broken(own, fault)
    return files


def _files_in(folder: Path) -> tuple[list[Path], str | None]:
    """The files in a folder that may be templates, and why they cannot be listed if they cannot."""
    try:
        found = sorted(file for file in folder.iterdir() if file.suffix == _SUFFIX)
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], f"the folder cannot be read ({error.strerror or error})"
    if len(found) > _MOST:
        return found[:_MOST], f"it holds {len(found)} templates; only the first {_MOST} are read"
    return found, None


def _read(file: Path) -> tuple[Template, ...]:
    """The templates in a file: one for each purpose. Raises `_Fault`."""
    if not is_name(file.stem):
        raise _Fault("its name: small letters and digits are allowed, with hyphens between them")
    content = _decoded(file)
    unfit = [
        f"[{template.purpose}] {field}: {what}"
        for template in _made(file.stem, content)
        for field, what in faults_of(template)
    ]
    if unfit:
        raise _Fault("; ".join(unfit))
    if content.release is None and content.installation is None:
        raise _Fault("a table [release] or [installation] is needed")
    return _made(file.stem, content)


def _decoded(file: Path) -> _File:
    try:
        if not file.is_file():  # a pipe would be waited for
            raise _Fault("it is not a file")
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise _Fault(f"it has more than {_LARGEST} bytes")
        return msgspec.convert(tomllib.loads(content.decode("utf-8")), _File)
    except OSError as error:
        raise _Fault(f"it cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise _Fault(f"it is not UTF-8, from byte {error.start} on") from error
    except msgspec.ValidationError as error:
        raise _Fault(str(error).replace(" - at `$.", ", in `").replace("[...]", "")) from error
    except tomllib.TOMLDecodeError as error:
        raise _Fault(f"it is not TOML: {error}") from error
    except RecursionError as error:
        raise _Fault("it is nested too deeply") from error


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


def _broken(file: Path, fault: str) -> Problem:
    sentence = f"The template {file} cannot be used: {fault}. Put it right or take it away; the others can be used."
    return Problem("snippet.template_broken", "toolkit", sentence, None, Severity.CAUTION)
