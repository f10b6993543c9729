"""A judged file as a row of plain values, under the names that the command line and the files use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidmanager.core.errors import Severity
from uidmanager.core.scanning.verdicts import CONSISTENT, MEANINGS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from uidmanager.core.registry import Registry
    from uidmanager.core.reports import Row
    from uidmanager.core.scanning.facts import Facts
    from uidmanager.core.scanning.verdicts import Judgement

_BETWEEN: Final = ", "
_OF_THE_FILE: Final[dict[str, str]] = {
    "class_uid": "Implementation Class UID",
    "version_name": "Version Name",
    "sop_instance_uid": "SOP Instance UID",
    "media_storage_uid": "Media Storage SOP Instance UID",
    "study_uid": "Study Instance UID",
    "series_uid": "Series Instance UID",
    "frame_of_reference_uid": "Frame of Reference UID",
    "creator_uid": "Instance Creator UID",
    "device_serial": "Device Serial Number",
    "device_uid": "Device UID",
    "manufacturer": "Manufacturer",
    "software_versions": "Software Versions",
    "transfer_syntax": "Transfer Syntax UID",
}
TITLES: Final[dict[str, str]] = {
    "path": "File",
    "verdicts": "Verdicts",
    "severity": "Weight",
    "what": "What is so",
    "product": "Product",
    "version": "Version",
    "serial": "Installation",
    **_OF_THE_FILE,
}
"""What stands over each column for a reader."""

FIELDS: Final = tuple(TITLES)
"""The columns, in their order."""


def row_of(registry: Registry, path: str, facts: Facts, judgement: Judgement) -> Row:
    """One file as a row; a release by product and version, an installation by its serial, None where there is none."""
    release, installation = judgement.release, judgement.installation
    product = None if release is None else registry.product(release.product)
    return {
        "path": f"{path}/{facts.member}" if facts.member else path,
        "verdicts": _BETWEEN.join(judgement.verdicts),
        "severity": judgement.severity.value,
        "what": " ".join(told.sentence for told in judgement.told),
        "product": None if product is None else product.name,
        "version": None if release is None else release.version,
        "serial": None if installation is None else installation.serial,
        **{name: getattr(facts, name) or None for name in _OF_THE_FILE},
    }


def verdicts_of(row: Row) -> tuple[Verdict, ...]:
    """The verdicts in a row."""
    return tuple(map(Verdict, str(row["verdicts"]).split(_BETWEEN)))


def meaning_of(row: Row) -> str:
    """The verdicts in a row as a reader has them."""
    return "; ".join(MEANINGS[verdict] for verdict in verdicts_of(row))


def has_words(row: Row, words: Iterable[str]) -> bool:
    """Whether each of these words, case-folded, stands somewhere in a row, in whatever column."""
    text = "\n".join([meaning_of(row), *(str(value) for value in row.values() if value is not None)]).casefold()
    return all(word in text for word in words)


def as_duplicate(row: Row, *, files: int, contents: int, syntaxes: int) -> Row:
    """The row of a file whose SOP Instance UID several files have that do not hold the same.

    ``files`` have it, with so many different ``contents`` in so many transfer ``syntaxes``. Whoever was consistent
    is so no more: one of them should have had another UID (PS3.5 §9: a UID never identifies two things).
    """
    kept = [verdict for verdict in verdicts_of(row) if verdict is not Verdict.CONSISTENT]
    maybe = " They differ in transfer syntax, so it may be one image encoded twice." if syntaxes == contents else ""
    sentence = f"{files:,} files have this SOP Instance UID, with {contents:,} different contents.{maybe}"
    before = str(row["what"]).removeprefix(CONSISTENT).strip()
    return {
        **row,
        "verdicts": _BETWEEN.join((*kept, Verdict.DUPLICATE)),
        "severity": Severity.ERROR.value,
        "what": f"{before} {sentence}".strip(),
    }
