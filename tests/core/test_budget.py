from __future__ import annotations

from string import Formatter
from typing import Final

import pytest
from pydicom.uid import generate_uid

from uidmanager.core.budget import TOOLKITS, Fit, Light, Toolkit, lights, used_and_left

ORDER: Final = ["DicomObjects", "pydicom", "GDCM / ITK", "vtk-dicom", "dcm4che", "DCMTK"]

# name: the last N that fits, the last N with a caution (None: there is no such range)
LIMITS: Final = {
    "DicomObjects": (42, None),
    "pydicom": (44, 53),
    "GDCM / ITK": (26, 44),
    "vtk-dicom": (22, 32),
    "dcm4che": (24, None),
    "DCMTK": (20, None),
}

# name, N: part of the sentence
REASONS: Final = [
    ("DicomObjects", 42, "42 characters: fewer than 43"),
    ("DicomObjects", 43, "does not say what happens beyond"),
    ("pydicom", 44, "19 random digits follow"),
    ("pydicom", 45, "Only 18 random digits follow"),
    ("pydicom", 53, "Only 10 random digits follow"),
    ("pydicom", 54, "pydicom 3 refuses a root of more than 53"),
    ("GDCM / ITK", 26, "within the 26 that GDCM asks for, and 37 are left"),
    ("GDCM / ITK", 27, "27 characters where GDCM asks for at most 26, so it shortens its UUID to 36 digits"),
    ("GDCM / ITK", 44, "to 19 digits"),
    ("GDCM / ITK", 45, "45 characters, 19 more than GDCM asks for: too little of its UUID is left (digits: 18 of 39)"),
    ("GDCM / ITK", 62, "(digits: 1 of 39)"),
    ("GDCM / ITK", 63, "(digits: 0 of 39)"),
    ("GDCM / ITK", 64, "(digits: 0 of 39)"),
    ("vtk-dicom", 22, "within 22, so 128 random bits follow"),
    ("vtk-dicom", 23, "more than 22, so only 96 random bits"),
    ("vtk-dicom", 33, "more than 32, so vtk-dicom cuts its random number off"),
    ("dcm4che", 24, "within the 24 that dcm4che allows"),
    ("dcm4che", 25, "25 characters, 1 more than the 24 that dcm4che allows: it refuses"),
    ("DCMTK", 20, "20 characters: within 20"),
    ("DCMTK", 21, "21 characters, 1 more than 20"),
    ("DCMTK", 36, "36 characters, 16 more than 20: DCMTK appends up to 44 and cuts at 64"),
]


def root_of(n: int) -> str:
    return "2." + "1" * (n - 2)


def light(name: str, n: int) -> Light:
    [found] = [one for one in lights(root_of(n)) if one.toolkit == name]
    return found


@pytest.mark.parametrize(("name", "limits"), LIMITS.items(), ids=LIMITS)
def test_the_light_changes_exactly_at_each_limit(name: str, limits: tuple[int, int | None]) -> None:
    fits_up_to, caution_up_to = limits
    expected = {
        n: Fit.FITS if n <= fits_up_to else Fit.CAUTION if caution_up_to and n <= caution_up_to else Fit.NO
        for n in range(3, 65)
    }
    assert {n: light(name, n).fit for n in range(3, 65)} == expected


@pytest.mark.parametrize(("name", "n", "part"), REASONS)
def test_the_reason_has_the_number_behind_it(name: str, n: int, part: str) -> None:
    assert part in light(name, n).reason


def test_the_lights_stand_in_one_order_whatever_the_root() -> None:
    assert [one.toolkit for one in lights(root_of(10))] == ORDER
    assert [one.toolkit for one in lights(root_of(64))] == ORDER


def test_the_published_example_of_33_characters() -> None:
    root = "1.2.826.0.1.3680043.2.50.2.372764"
    assert used_and_left(root) == (33, 31)
    assert {one.toolkit: one.fit for one in lights(root)} == {
        "DicomObjects": Fit.FITS,
        "pydicom": Fit.FITS,
        "GDCM / ITK": Fit.CAUTION,
        "vtk-dicom": Fit.NO,
        "dcm4che": Fit.NO,
        "DCMTK": Fit.NO,
    }


@pytest.mark.parametrize(
    ("root", "verdicts"),
    [
        ("1.2.826.0.1.8407369.2.372764", "yes yes caution caution no no"),
        ("1.2.826.0.1.3680043.10.1666.2.372764", "yes yes caution no no no"),
        ("1.3.6.1.4.1.54308.2.372764", "yes yes yes caution no no"),
        ("2.25." + "1" * 39 + ".2.372764", "no caution no no no no"),
    ],
    ids=["a UK company", "Medical Connections", "a Private Enterprise Number", "a UUID"],
)
def test_the_worked_lengths_of_the_facts(root: str, verdicts: str) -> None:
    assert [{"fits": "yes"}.get(one.fit, str(one.fit)) for one in lights(root)] == verdicts.split()


@pytest.mark.parametrize(("n", "left"), [(3, 61), (62, 2), (64, 0), (70, 0)])
def test_what_is_used_and_what_is_left(n: int, left: int) -> None:
    assert used_and_left(root_of(n)) == (n, left)


def test_every_reason_is_one_sentence() -> None:
    for n in range(3, 65):
        for one in lights(root_of(n)):
            assert one.reason[0].isupper() or one.reason[0].isdigit()
            assert one.reason.endswith(".")
            assert ". " not in one.reason
            assert "{" not in one.reason


@pytest.mark.parametrize("toolkit", TOOLKITS, ids=lambda toolkit: toolkit.name)
def test_the_data_of_a_toolkit_hold_together(toolkit: Toolkit) -> None:
    assert toolkit.fits_up_to <= toolkit.caution_up_to
    assert bool(toolkit.caution) == (toolkit.fits_up_to < toolkit.caution_up_to)
    assert toolkit.source.startswith(("Documented:", "Enforced:"))
    for sentence in (toolkit.fits, toolkit.caution, toolkit.no):
        assert {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name} <= {
            "n",
            "limit",
            "over",
            "digits",
        }


def test_pydicom_itself_takes_a_root_of_53_characters_and_refuses_54() -> None:
    assert generate_uid(root_of(53) + ".").is_valid
    with pytest.raises(ValueError, match="no more than 54"):
        generate_uid(root_of(54) + ".")


@pytest.mark.parametrize("n", [26, 44, 53])
def test_pydicom_itself_fills_64_characters_with_random_digits(n: int) -> None:
    longest = max(len(generate_uid(root_of(n) + ".")) for _attempt in range(100))
    assert longest == 64
