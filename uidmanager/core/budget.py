"""Which toolkits an installation root leaves room for: a toolkit appends to it, and some repeat UIDs when it is long.

N is the length of the root without trailing dot. Each limit below says what it rests on: *documented* by the
toolkit, *enforced* in its code, *measured* by us, or *ours* by judgement.

Our own judgement is that 19 random digits (some 63 bits) are the least to rely on: among a hundred million UIDs under
one root two are then the same with a chance of about 1 in 2000.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from uidmanager.core.uid import MAX_LENGTH


class Fit(StrEnum):
    """Whether a toolkit can work with a root."""

    FITS = "fits"
    CAUTION = "caution"
    NO = "no"


class Toolkit(Struct, frozen=True):
    """A toolkit's limits: N up to which it fits, N up to which it works with a loss (the same where none is known).

    The sentences may name ``{n}`` (N), ``{limit}`` (``fits_up_to``), ``{over}`` (how far N is above it), ``{digits}``
    (how many of the 64 characters are left when a dot has been written behind the root).
    """

    name: str
    fits_up_to: int
    caution_up_to: int
    fits: str
    caution: str
    no: str
    source: str


class Light(Struct, frozen=True, gc=False):
    """What one toolkit makes of a root, and why."""

    toolkit: str
    fit: Fit
    reason: str


TOOLKITS: Final[tuple[Toolkit, ...]] = (
    Toolkit(
        "DicomObjects",
        42,
        42,
        fits="{n} characters: fewer than 43, as its help asks, since it appends up to 20.",
        caution="",
        no="{n} characters, but its help asks for fewer than 43 and does not say what happens beyond.",
        source="Documented: DicomObjects.COM.V8 help, New UID Allocations. What happens beyond is not documented.",
    ),
    Toolkit(
        "pydicom",
        44,
        53,
        fits="{digits} random digits follow; 19 are enough.",
        caution="Only {digits} random digits follow where 19 should, so UIDs may repeat when very many are made.",
        no="{n} characters, but pydicom 3 refuses a root of more than 53 (a prefix of 54 with its dot).",
        source="Enforced: 53, src/pydicom/uid.py, _MAX_PREFIX_LENGTH. Ours: 19 digits, hence 44.",
    ),
    Toolkit(
        "GDCM / ITK",
        26,
        44,
        fits="{n} characters: within the {limit} that GDCM asks for, and {digits} are left for its UUID.",
        caution="{n} characters where GDCM asks for at most {limit}, so it shortens its UUID to {digits} digits.",
        no="{n} characters, {over} more than GDCM asks for: too little of its UUID is left (digits: {digits} of 39).",
        source="Documented: 26; enforced: 62, gdcmUIDGenerator.cxx. Measured: 1 digit at 62, no UID from 63. Ours: 44.",
    ),
    Toolkit(
        "vtk-dicom",
        22,
        32,
        fits="{n} characters: within {limit}, so 128 random bits follow.",
        caution="{n} characters, more than {limit}, so only 96 random bits follow instead of 128.",
        no="{n} characters, more than 32, so vtk-dicom cuts its random number off at 63 characters.",
        source=(
            "Enforced: vtkDICOMUIDGenerator.cxx; 22 is where it changes from 16 to 12 random bytes, 32 is 63 less 30 "
            "digits and a dot. Ours: no from there, though a few digits lost would not yet be dangerous."
        ),
    ),
    Toolkit(
        "dcm4che",
        24,
        24,
        fits="{n} characters: within the {limit} that dcm4che allows, and a whole UUID follows.",
        caution="",
        no="{n} characters, {over} more than the {limit} that dcm4che allows: it refuses the root with an exception.",
        source="Enforced: dcm4che-core UIDUtils.java, checkRoot.",
    ),
    Toolkit(
        "DCMTK",
        20,
        20,
        fits="{n} characters: within {limit}, so the 44 that DCMTK appends at most fit (SITE_UID_ROOT adds 4 more).",
        caution="",
        no=(
            "{n} characters, {over} more than {limit}: DCMTK appends up to 44 and cuts at 64, its counter first, so "
            "UIDs can repeat."
        ),
        source=(
            "Documented: 20; dcuid.cc truncates at 64 with a warning in the log. Measured with 3.6.7, 20 calls each: "
            "26 and 28 characters gave 20 distinct UIDs, 36 gave 1."
        ),
    ),
)


def lights(uid: str) -> tuple[Light, ...]:
    """What each toolkit makes of this installation root, written without trailing dot."""
    return tuple(_light(toolkit, len(uid)) for toolkit in TOOLKITS)


def used_and_left(uid: str) -> tuple[int, int]:
    """How many of the 64 characters are used and how many are left for a suffix and its dot."""
    return len(uid), max(MAX_LENGTH - len(uid), 0)


def _light(toolkit: Toolkit, n: int) -> Light:
    """One toolkit's verdict on a root of ``n`` characters."""
    if n <= toolkit.fits_up_to:
        fit, sentence = Fit.FITS, toolkit.fits
    elif n <= toolkit.caution_up_to:
        fit, sentence = Fit.CAUTION, toolkit.caution
    else:
        fit, sentence = Fit.NO, toolkit.no
    limit = toolkit.fits_up_to
    return Light(
        toolkit.name, fit, sentence.format(n=n, limit=limit, over=n - limit, digits=max(MAX_LENGTH - n - 1, 0))
    )
