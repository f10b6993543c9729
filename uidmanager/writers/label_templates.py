"""The templates of labels: those that come with the program, and the user's own, which add to them or replace them.

A template is a JSON file (docs/labels.md); its name is the file's. What is wrong with a user's file is said and keeps
that one template from use, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.labels.templates import CodePlace, Grid, Template, TextPlace, faults_of, is_name
from uidmanager.writers.template_files import FaultInFileError, content_of, misshapen, read_files

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX: Final = ".json"
_MOST: Final = 200
_MOST_NAMED: Final = 30


class LabelShelf(msgspec.Struct, frozen=True):
    """The templates that can be used, sheets first. ``broken`` has by name what is wrong with others."""

    templates: tuple[Template, ...]
    broken: dict[str, Problem]

    def choose(self, named: str) -> tuple[Template | None, tuple[Problem, ...]]:
        """The template of this name. One that is broken is refused: no other stands in for it."""
        name = named.strip().casefold()
        if name in self.broken:
            broken = self.broken[name]
            return None, (Problem("label.template_broken", broken.field, broken.message),)
        found = next((each for each in self.templates if each.name == name), None)
        if found is not None:
            return found, ()
        known = ", ".join(each.name for each in self.templates[:_MOST_NAMED])
        sentence = f"There is no label template “{named.strip()[:_MOST_NAMED]}”. There are: {known}."
        return None, (Problem("label.template_unknown", "template", sentence),)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template's file."""

    title: str
    width: float
    height: float
    codes: tuple[CodePlace, ...]
    about: str = ""
    texts: tuple[TextPlace, ...] = ()
    sheet: Grid | None = None
    smallest_module: float = 0.25
    largest_module: float = 0.6


def read_label_templates(own: Path | None) -> LabelShelf:
    """All templates; ``own`` is the user's folder, which need not be there. Reads it anew each time."""
    read, broken = read_files("labels", own, _SUFFIX, _MOST, _read, _broken)
    return LabelShelf(tuple(sorted(read.values(), key=_order)), broken)


def _read(file: Path) -> Template:
    """The template in a file. Raises `FaultInFileError`."""
    if not is_name(file.stem):
        raise FaultInFileError("its name: small letters and digits are allowed, with hyphens between them")
    content = _decoded(file)
    template = Template(name=file.stem, **{name: getattr(content, name) for name in content.__struct_fields__})
    unfit = [f"{field}: {what}" for field, what in faults_of(template)]
    if unfit:
        raise FaultInFileError("; ".join(unfit))
    return template


def _decoded(file: Path) -> _File:
    try:
        return msgspec.json.decode(content_of(file).removeprefix(b"\xef\xbb\xbf"), type=_File)
    except msgspec.ValidationError as error:
        raise misshapen(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FaultInFileError(f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise FaultInFileError("it is nested too deeply") from error


def _order(template: Template) -> tuple[bool, float, str]:
    return template.sheet is None, -template.width * template.height, template.name


def _broken(where: str, fault: str) -> Problem:
    sentence = f"The label template {where} cannot be used: {fault}. Put it right or take it away; the others work."
    return Problem("label.template_broken", "template", sentence, None, Severity.CAUTION)
