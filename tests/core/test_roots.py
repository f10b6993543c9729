from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.errors import Severity, refusals
from uidmanager.core.known_roots import KNOWN_ROOTS, SHARED_ARCS, Kind, KnownRoot, SharedArc
from uidmanager.core.records import Scheme
from uidmanager.core.roots import LONGEST_ROOT, check_root, whose
from uidmanager.core.scheme import LONGEST_INSTALLATION_ROOT, class_uid, installation_root
from uidmanager.core.uid import MAX_LENGTH, is_uid

FREE: Final = {
    "a root from Medical Connections": "1.2.826.0.1.3680043.2.50",
    "another one, like a listed one but longer": "1.2.826.0.1.3680043.2.11430",
    "a sibling of a listed one": "1.2.826.0.1.3680043.10.855",
    "a company of England and Wales": "1.2.826.0.1.8407369",
    "a company of Scotland": "1.2.826.0.2.234456",
    "a company of Northern Ireland": "1.2.826.0.3.12345",
    "a Private Enterprise Number": "1.3.6.1.4.1.54309",
    "a root under HL7": "2.16.840.1.113883.4.999",
    "a new root from ANSI": "2.16.840.1.114999",
    "an old root from ANSI": "1.2.840.113704",
    "a root from DIN": "1.2.276.0.7230011",
    "a root from BfArM": "1.2.276.0.76.3.1.999",
    "not under 1.2.3, though it begins so": "1.2.36.1.7",
    "an organisation identified by ISO": "1.3.999",
    "58 characters": "1.2.840." + "7" * 50,
}

TOO_HIGH: Final = {
    "1.2": "is a whole branch",
    "1.3": "is a whole branch",
    "2.16": "is a whole branch",
    "0.0": "is a whole branch",
    "1.5": "is a whole branch",
    "2.27": "is a whole branch",
    "2.25": "shared by all UUIDs",
    "1.2.250": "a whole country",
    "2.16.756": "a whole country",
    "1.2.826": "a whole country",
    "1.2.840": "a whole country",
    "1.2.826.0": "all organisations of the United Kingdom",
    "1.2.826.0.1": "all companies of England and Wales",
    "1.2.826.0.2": "all companies of Scotland",
    "1.2.826.0.3": "all companies of Northern Ireland",
    "1.2.276.0": "registered with DIN",
    "1.2.276.0.76": "the German health sector",
    "1.3.6.1.4.1": "IANA Private Enterprise Number",
    "1.3.6.1": "below it is used by fo-dicom",
    "2.16.840.1": "registered with ANSI",
    "1.3.12.2.1107": "1.3.12.2.1107.5 below it is used by Siemens",
    "1.2.826.0.1.3680043.2": "a root from Medical Connections",
    "1.2.826.0.1.3680043.7": "a root from Medical Connections",
    "1.2.826.0.1.3680043.10": "a root from Medical Connections",
    "1.2.826.0.1.3680043.10.511": "below it is used by highdicom",
    "2.16.840.1.113883.3": "below it is used by D. Clunie",
    "1.3.6.1.4.1.9590": "below it is used by MathWorks",
    "1.2.840.999999": "below it is used by program texts and manuals",
    "0.0.0": "0.0.0.0 below it is used by dicom3tools",
}

OTHER_CASES: Final = {
    "nothing": ("", ["uid.empty"]),
    "a letter": ("1.2.840.x", ["uid.character"]),
    "a placeholder that is no UID": ("777.777", ["uid.first_arc"]),
    "Conquest's sample": ("99999.99999", ["uid.first_arc"]),
    "one number": ("1", ["uid.single_component", "root.too_high"]),
    "a trailing dot": ("1.2.826.0.1.8407369.", ["uid.empty_component"]),
    "a trailing dot behind somebody else's": ("1.2.840.10008.", ["uid.empty_component", "root.not_yours"]),
    "a trailing dot behind a country": ("1.2.840.", ["uid.empty_component", "root.too_high"]),
    "58 characters and a trailing dot": ("1.2.840." + "7" * 50 + ".", ["uid.empty_component"]),
    "a leading zero as in company numbers": ("1.2.826.0.1.08407369", ["uid.leading_zero"]),
    "59 characters": ("1.2.840." + "7" * 51, ["root.no_room"]),
    "65 characters": ("1.2.840." + "7" * 57, ["uid.too_long", "root.no_room"]),
    "somebody else's and too long": ("1.2.840.10008." + "7" * 50, ["root.not_yours", "root.no_room"]),
    "a UUID": ("2.25.329800735698586629295641978511506172918", ["root.uuid"]),
    "no UUID, though under 2.25": (f"2.25.{2**128}", ["uid.uuid_range", "root.uuid"]),
    "a toolkit's UUID": ("2.25.190146791043182537444806132342625375407", ["root.not_yours", "root.uuid"]),
    "2.250 is not under 2.25": ("2.250.7", []),
    "a class UID of pydicom": ("1.2.826.0.1.3680043.8.498.1", ["root.not_yours"]),
    "a company without a name": ("1.3.12.2.1107.5.1", ["root.not_yours"]),
    "an example and a letter": ("1.2.3.a", ["uid.character", "root.placeholder"]),
    "a country with a letter": ("1.2.x", ["uid.character"]),
    "first of three that is none": ("7.1", ["uid.first_arc"]),
}

EXPECTED_CODE: Final = {
    Kind.DICOM: "root.not_yours",
    Kind.TOOLKIT: "root.not_yours",
    Kind.COMPANY: "root.not_yours",
    Kind.PLACEHOLDER: "root.placeholder",
    Kind.DOCUMENTATION: "root.placeholder",
    Kind.REGISTRAR: "root.registrar",
}


def codes(text: str, organisation: str = "") -> list[str]:
    return [problem.code for problem in check_root(text, organisation)]


@pytest.mark.parametrize("known", KNOWN_ROOTS, ids=lambda known: known.prefix)
def test_what_belongs_to_somebody_else_is_refused(known: KnownRoot) -> None:
    [problem] = refusals(check_root(known.prefix))
    assert (problem.code, problem.field) == (EXPECTED_CODE[known.kind], "root")
    assert problem.message.startswith(known.prefix)
    assert known.owner in problem.message
    assert whose(known.prefix) is known


@pytest.mark.parametrize("known", KNOWN_ROOTS, ids=lambda known: known.prefix)
def test_what_lies_below_is_refused_but_for_a_registrars_grants(known: KnownRoot) -> None:
    below = known.prefix + ".4294967.1"
    assert whose(below) is known
    found = [problem.code for problem in refusals(check_root(below))]
    assert found == ([] if known.kind is Kind.REGISTRAR else [EXPECTED_CODE[known.kind]])


@pytest.mark.parametrize("known", KNOWN_ROOTS, ids=lambda known: known.prefix)
def test_what_lies_above_is_refused(known: KnownRoot) -> None:
    arcs = known.prefix.split(".")
    for depth in range(2, len(arcs)):
        above = ".".join(arcs[:depth])
        owner = whose(above)
        is_owned = owner and (owner.prefix == above or owner.kind is not Kind.REGISTRAR)
        assert codes(above) == [EXPECTED_CODE[owner.kind] if owner and is_owned else "root.too_high"], above


@pytest.mark.parametrize("text", FREE.values(), ids=FREE)
def test_a_root_that_nobody_else_has_passes(text: str) -> None:
    assert check_root(text) == ()


@pytest.mark.parametrize(("text", "part"), TOO_HIGH.items(), ids=TOO_HIGH)
def test_what_many_owners_share_is_too_high(text: str, part: str) -> None:
    [problem] = check_root(text)
    assert (problem.code, problem.severity) == ("root.too_high", Severity.ERROR)
    assert part in problem.message
    assert problem.message.endswith("Write the whole root that was granted to you.")


@pytest.mark.parametrize("arc", SHARED_ARCS, ids=lambda arc: arc.prefix)
def test_shared_arcs_are_too_high_and_tell_by_whom(arc: SharedArc) -> None:
    [problem] = check_root(arc.prefix)
    assert problem.code == "root.too_high"
    assert arc.shared_by in problem.message


@pytest.mark.parametrize(("text", "expected"), OTHER_CASES.values(), ids=OTHER_CASES)
def test_all_rules_are_told_at_once(text: str, expected: list[str]) -> None:
    assert codes(text) == expected
    assert {problem.field for problem in check_root(text)} <= {"root"}


def test_a_trailing_dot_gets_a_sentence_of_its_own() -> None:
    [problem] = check_root("1.2.826.0.1.8407369.")
    assert problem.message == "A root is written without a dot at its end. Take the dot at position 19 out."
    assert problem.position == 19


@pytest.mark.parametrize("text", ["1..2.840.7", ".1.2.840.7", ".", "..7"])
def test_a_dot_elsewhere_keeps_the_sentence_of_the_uid_rules(text: str) -> None:
    assert any("A number is missing beside the dot" in problem.message for problem in check_root(text))


def test_the_positions_are_those_of_the_text_that_was_typed() -> None:
    assert [problem.position for problem in check_root("1.2.840.07")] == [8]
    assert [problem.position for problem in check_root("1.2.840." + "7" * 51)] == [58]


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("1.3.12.2.1107.5", "Siemens Healthineers AG"),
        ("1.3.12.2.1107.5.99", "SIEMENS"),
        ("1.2.840.113619", "GE Healthcare"),
        ("1.2.840.113619.6", "General Electric Company"),
        ("1.2.840.113619.6.48", "GE"),
        ("1.3.46.670589.1", "Koninklijke Philips N.V."),
        ("1.2.392.200036.9116", "Canon Medical Systems"),
        ("1.3.6.1.4.1.14519.5.2.1", "The Cancer-Imaging Archive"),
    ],
)
def test_a_company_may_use_its_own_root_with_care(text: str, organisation: str) -> None:
    [problem] = check_root(text, organisation)
    assert (problem.code, problem.severity) == ("root.company", Severity.CAUTION)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("1.3.12.2.1107.5", "Acme Imaging"),
        ("1.3.12.2.1107.5", "Siemensstadt Clinic"),
        ("1.2.840.113619", "Acme Image GmbH"),
        ("1.2.840.10008", "DICOM"),
        ("1.2.826.0.1.3680043.8.498", "pydicom"),
        ("1.2.276.0.7230010.3", "OFFIS"),
    ],
)
def test_anyone_else_may_not_use_it_and_nobody_a_toolkits(text: str, organisation: str) -> None:
    assert codes(text, organisation) == ["root.not_yours"]


def test_a_companys_name_opens_nothing_else() -> None:
    assert codes("1.3.12.2.1107", "Siemens") == ["root.too_high"]
    assert codes("1.3.46.670589", "Siemens") == ["root.not_yours"]
    assert codes("2.16.840.1.113883", "HL7 International") == ["root.registrar"]
    assert codes("2.999.1", "Example Ltd") == ["root.placeholder"]


def test_cautions_do_not_refuse() -> None:
    [problem] = check_root("2.25.329800735698586629295641978511506172918")
    assert problem.severity is Severity.CAUTION
    assert "PS3.5 §B.2" in problem.message
    assert refusals(check_root("1.3.12.2.1107.5", "Siemens")) == ()


def test_the_longest_root_has_room_for_the_shortest_of_everything() -> None:
    root = "2." + "1" * (LONGEST_ROOT - 2)
    assert len(installation_root(root, Scheme(), "0")) == LONGEST_INSTALLATION_ROOT
    assert len(class_uid(root, Scheme(), 1, "0")) == MAX_LENGTH


@given(st.one_of(st.text(), st.text("0123456789.", max_size=80)), st.text())
def test_any_text_gets_an_answer(text: str, organisation: str) -> None:
    for problem in check_root(text, organisation):
        assert problem.field == "root"
        assert problem.message.endswith(".")
        assert problem.position is None or 0 <= problem.position < max(len(text), 1)


@given(st.text("0123456789.", max_size=80), st.text())
def test_only_a_uid_can_pass_as_a_root(text: str, organisation: str) -> None:
    if not refusals(check_root(text, organisation)):
        assert is_uid(text)
        assert len(text) <= LONGEST_ROOT
