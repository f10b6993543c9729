"""The templates of labels: those that come with the program, and the user's own, which add to them or replace them.

A template is a JSON file (docs/labels.md); its name is the file's. What is wrong with a user's file is said and keeps
that one template from use, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.labels.templates import CodePlace, Grid, Template, TextPlace, faults_of, is_name
from uidmanager.resources import resource_path

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX: Final = ".json"
_LARGEST: Final = 64 * 1024
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


class _Fault(Exception):  # noqa: N818 (it never leaves this module)
    """What is wrong with a file, and where in it."""


def read_label_templates(own: Path | None) -> LabelShelf:
    """All templates; ``own`` is the user's folder, which need not be there. Reads it anew each time."""
    shipped, _ = _files_in(resource_path("labels"))
    read = {file.stem: _read(file) for file in shipped}
    broken: dict[str, Problem] = {}
    files, fault = ([], None) if own is None else _files_in(own)
    if fault is not None:
        broken[str(own)] = _broken(str(own), fault)
    for file in files:
        read.pop(file.stem, None)
        try:
            read[file.stem] = _read(file)
        except _Fault as fault_in_file:
            broken[file.stem] = _broken(str(file), str(fault_in_file))
    return LabelShelf(tuple(sorted(read.values(), key=_order)), broken)


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


def _read(file: Path) -> Template:
    """The template in a file. Raises `_Fault`."""
    if not is_name(file.stem):
        raise _Fault("its name: small letters and digits are allowed, with hyphens between them")
    content = _decoded(file)
    template = Template(name=file.stem, **{name: getattr(content, name) for name in content.__struct_fields__})
    unfit = [f"{field}: {what}" for field, what in faults_of(template)]
    if unfit:
        raise _Fault("; ".join(unfit))
    return template


def _decoded(file: Path) -> _File:
    try:
        if not file.is_file():  # a pipe would be waited for
            raise _Fault("it is not a file")
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise _Fault(f"it has more than {_LARGEST} bytes")
        return msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_File)
    except OSError as error:
        raise _Fault(f"it cannot be read ({error.strerror or error})") from error
    except msgspec.ValidationError as error:
        raise _Fault(str(error).replace(" - at `$.", ", in `").replace("[...]", "")) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _Fault(f"it is not JSON: {error}") from error


def _order(template: Template) -> tuple[bool, float, str]:
    return template.sheet is None, -template.width * template.height, template.name


def _broken(where: str, fault: str) -> Problem:
    sentence = f"The label template {where} cannot be used: {fault}. Put it right or take it away; the others work."
    return Problem("label.template_broken", "template", sentence, None, Severity.CAUTION)
