"""Rows of one spreadsheet that are about the same thing: said once more, or said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from uidmanager.core.barcodes import read_gtin
from uidmanager.core.drafts import AssignInstallations, RegisterProduct, RegisterRelease
from uidmanager.core.errors import Problem
from uidmanager.core.scheme import indexed_key, read_serial, read_version
from uidmanager.core.texts import name_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from uidmanager.core.drafts import TakenRow
    from uidmanager.core.registry import Registry

    Key = tuple[str, ...]

_NAMED: Final = 4


def repeats(registry: Registry, rows: Sequence[TakenRow]) -> dict[int, Problem]:
    """By the number of the row, why it cannot stand beside others of the file.

    Of rows that say the same the first one stands. Where they differ nobody can tell which is right, so none does.
    """
    groups: dict[Key, list[TakenRow]] = {}
    for row in rows:
        for key in _keys(registry, row):
            groups.setdefault(key, []).append(row)
    problems: dict[int, Problem] = {}
    for key, group in groups.items():
        if len(group) > 1:
            problems.update(_told(key, group))
    return problems


def _told(key: Key, group: list[TakenRow]) -> Iterator[tuple[int, Problem]]:
    first = group[0]
    if all(row.draft == first.draft for row in group):
        for row in group[1:]:
            sentence = f"Row {first.line:,} of this file says the same. Take one of them out."
            yield row.line, Problem("takeover.repeated", key[0], sentence)
        return
    for row in group:
        others = [f"{other.line:,}" for other in group[: _NAMED + 1] if other is not row][:_NAMED]
        more = " …" if len(group) - 1 > len(others) else ""
        sentence = (
            f"Row {', '.join(others)}{more} of this file {'has' if len(group) == 2 else 'have'} the same {key[0]} and "  # noqa: PLR2004 (this one and another)
            "says otherwise. Find out which is right, and take the others out."
        )
        yield row.line, Problem("takeover.contested", key[0], sentence)


def _keys(registry: Registry, row: TakenRow) -> Iterator[Key]:
    """What no two rows may have in common. The first word of each says what it is."""
    draft = row.draft
    match draft:
        case AssignInstallations():
            (serial,) = draft.serials  # a row is one unit
            product = None if draft.product is None else registry.find_product(draft.product)
            has_index = product is not None and product.serials.indexed
            numeric = None if has_index else read_serial(serial).numeric
            yield ("serial", numeric) if numeric is not None else ("serial", "", indexed_key(serial))
        case RegisterProduct():
            yield "name", name_key(draft.name)
            if draft.number is not None:
                yield "number", str(draft.number)
            if draft.code:
                yield "code", draft.code.strip().casefold()
            if draft.gtin:
                yield "GTIN", read_gtin(draft.gtin.strip())
        case RegisterRelease():
            made = registry.find_product(draft.product)
            version = tidy(draft.version)
            number = read_version(version, draft.numeric).numeric or version.casefold()
            yield "version", str(made.number) if made else name_key(draft.product), number
        case _:
            assert_never(draft)
