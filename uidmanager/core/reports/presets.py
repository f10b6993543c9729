"""A kind of report and a filter, kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from uidmanager.core.errors import Problem, Severity
from uidmanager.core.reports.filters import Asked
from uidmanager.core.reports.kinds import Kind
from uidmanager.core.texts import NAME_LENGTH, check_text, excerpt, name_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING: Final = Asked()


class Preset(Struct, frozen=True):
    """What a person asks for again and again; the product is named by its number, which outlasts its name."""

    name: str
    kind: Kind
    asked: Asked = _NOTHING


def find_preset(presets: Iterable[Preset], name: str) -> Preset | None:
    """The preset of this name; case and blanks make no difference."""
    key = name_key(name)
    return next((preset for preset in presets if name_key(preset.name) == key), None)


def with_preset(presets: Iterable[Preset], added: Preset) -> tuple[Preset, ...]:
    """These presets and another one, which takes the place of one of the same name; in the order of their names."""
    kept = without_preset(presets, added.name)
    return tuple(sorted((*kept, added), key=lambda preset: name_key(preset.name)))


def without_preset(presets: Iterable[Preset], name: str) -> tuple[Preset, ...]:
    """These presets but the one of this name."""
    key = name_key(name)
    return tuple(preset for preset in presets if name_key(preset.name) != key)


def renamed_preset(presets: Iterable[Preset], old: str, new: str) -> tuple[Preset, ...]:
    """These presets, one of them under another name."""
    known = tuple(presets)
    found = find_preset(known, old)
    if found is None:
        return known
    return with_preset(without_preset(known, old), Preset(tidy(new), found.kind, found.asked))


def judge_name(presets: Iterable[Preset], name: str, *, instead_of: str | None = None) -> tuple[Problem, ...]:
    """What is to be said of a name for a preset; ``instead_of`` is the present name of one that is to be renamed.

    A new preset may take the place of another, which is a caution; one that is renamed may not.
    """
    kept = tidy(name)
    if not kept:
        return (Problem("preset.nameless", "name", "Give the preset a name by which you will know it again."),)
    wrong = check_text(kept, "name", NAME_LENGTH)
    known = find_preset(presets, kept)
    if wrong or known is None:
        return wrong
    if instead_of is None:
        said = f"There is a preset “{excerpt(known.name)}” already. It will be replaced by the present choice."
        return (Problem("preset.replaced", "name", said, None, Severity.CAUTION),)
    if name_key(instead_of) == name_key(kept):
        return ()
    said = f"There is a preset “{excerpt(known.name)}” already. Choose another name, or remove that one first."
    return (Problem("preset.name_taken", "name", said),)
