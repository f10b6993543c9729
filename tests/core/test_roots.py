from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidmanager.core.errors import Severity, refusals
from uidmanager.core.known_roots import COUNTRY_ARCS, KNOWN_ROOTS, ROUTES, SHARED_ARCS, Kind, KnownRoot, SharedArc
from uidmanager.core.records import Scheme
from uidmanager.core.roots import LONGEST_ROOT, check_root, uk_company_root, whose
from uidmanager.core.scheme import LONGEST_INSTALLATION_ROOT, class_uid, installation_root
from uidmanager.core.uid import MAX_LENGTH, is_uid, is_under

# facts/dicom.md §2.1, written off from the table and not from the code.
BLOCK_LIST: Final = [
    "1.2.840.10008",
    "1.2.826.0.1.3680043",
    "1.2.826.0.1.3680043.8.498",
    "1.2.826.0.1.3680043.9.3811",
    "1.2.826.0.1.3680043.10.511.3",
    "1.2.826.0.1.3680043.9.7433.1.1",
    "1.2.826.0.1.3680043.2.1143",
    "1.2.826.0.1.3680043.2.1125",
    "1.2.826.0.1.3680043.2.135.1066",
    "1.2.826.0.1.3680043.2.1343.1",
    "1.2.826.0.1.3680043.2.1545",
    "1.2.826.0.1.3680043.8.274.1",
    "1.2.826.0.1.3680043.9.7278.1",
    "1.2.826.0.1.3680043.9.7634",
    "1.2.826.0.1.3680043.10.854",
    "1.2.826.0.1.3680043.10.1666",
    "1.2.276.0.7230010.3",
    "1.2.40.0.13.1",
    "1.3.6.1.4.1.30071",
    "1.3.6.1.4.1.25403",
    "1.3.6.1.4.1.5962",
    "2.16.840.1.113883.3.87",
    "2.16.840.1.113883",
    "1.3.6.1.4.1.11144",
    "1.2.840.114257",
    "1.3.6.1.4.1.9590.100.1",
    "1.3.6.1.4.1.54308",
    "1.3.6.1.4.1.311.129",
    "1.3.6.1.4.1.19376",
    "1.3.51.0.42.1.1",
    "1.2.840.113619",
    "1.2.840.113619.6.48",
    "1.3.46.670589",
    "1.2.840.113543.6.6",
    "1.3.12.2.1107.5",
    "1.2.392.200036.9116",
    "1.2.392.200036.9125",
    "1.2.276.0.48",
    "2.16.840.1.114033",
    "1.2.752.24",
    "1.2.840.113711",
    "1.2.276.0.20",
    "1.2.410.200001.101.11",
    "1.2.246.352",
    "2.16.840.1.113669",
    "1.3.6.1.4.1.14519.5.2.1",
    "2.25.175220362680028036156011002668768058626",
    "2.25.190146791043182537444806132342625375407",
    "0.0.0.0",  # noqa: S104 (no address)
    "1.2.3",
    "1.2.840.99999",
    "1.2.840.999999.1",
    "2.999",
    "1.3.6.1.4.1.32473",
]

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

KNOWN: Final = {known.prefix: known for known in KNOWN_ROOTS}
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


def longest_listed(uid: str) -> KnownRoot | None:
    """`whose` in the plain and slow way."""
    return max(
        (known for known in KNOWN_ROOTS if is_under(uid, known.prefix)), key=lambda k: len(k.prefix), default=None
    )


def test_the_whole_block_list_is_known() -> None:
    assert set(BLOCK_LIST) <= set(KNOWN)
    assert set(KNOWN) - set(BLOCK_LIST) == {"1.2.840.114257.1.1"}
    assert len(KNOWN) == len(KNOWN_ROOTS)


def test_every_known_root_is_a_uid_with_an_owner_and_a_source() -> None:
    for known in KNOWN_ROOTS:
        assert is_uid(known.prefix)
        assert known.owner
        assert known.source


def test_companies_and_no_others_have_key_words_that_can_be_found() -> None:
    for known in KNOWN_ROOTS:
        assert bool(known.keywords) == (known.kind is Kind.COMPANY), known.prefix
        for keyword in known.keywords:
            assert keyword == " ".join(re.findall(r"\w+", keyword.casefold()))


def test_shared_arcs_have_no_owner() -> None:
    assert not {arc.prefix for arc in SHARED_ARCS} & set(KNOWN)
    assert len({arc.prefix for arc in SHARED_ARCS}) == len(SHARED_ARCS)
    assert all(is_uid(arc.prefix) and arc.shared_by for arc in SHARED_ARCS)
    assert COUNTRY_ARCS == ("1.2", "2.16")


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
        owner = longest_listed(above)
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


@given(st.sampled_from(KNOWN_ROOTS), st.lists(st.integers(0, 10**20), max_size=4))
def test_whose_finds_the_longest_listed_prefix(known: KnownRoot, more: list[int]) -> None:
    uid = ".".join([known.prefix, *map(str, more)])
    assert whose(uid) is longest_listed(uid)


@given(st.sampled_from(KNOWN_ROOTS), st.text("0123456789.", max_size=8), st.integers(0, 30))
def test_whose_compares_components_and_not_characters(known: KnownRoot, more: str, cut: int) -> None:
    uid = known.prefix[: max(len(known.prefix) - cut, 0)] + more
    assert whose(uid) is longest_listed(uid)


@pytest.mark.parametrize("uid", ["1.2.8", "1.2.84", "", ".", "1.2.840.100080", "1.2.826.0.1.36800430", "x.y"])
def test_some_uids_are_nobodys(uid: str) -> None:
    assert whose(uid) is None


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


@pytest.mark.parametrize(
    ("number", "root"),
    [
        ("08407369", "1.2.826.0.1.8407369"),
        ("8407369", "1.2.826.0.1.8407369"),
        (" 0840 7369\t", "1.2.826.0.1.8407369"),
        ("1", "1.2.826.0.1.1"),
        ("16777215", "1.2.826.0.1.16777215"),
        ("SC234456", "1.2.826.0.2.234456"),
        ("sc 234456", "1.2.826.0.2.234456"),
        ("SC000001", "1.2.826.0.2.1"),
        ("Ni012345", "1.2.826.0.3.12345"),
    ],
)
def test_a_uk_company_has_a_root_by_right(number: str, root: str) -> None:
    answer = uk_company_root(number)
    assert answer.root == root
    assert root in answer.sentence
    assert check_root(root) == ()


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("", "Ask BSI"),
        ("27371R", "Ask BSI"),
        ("R0027371", "Ask BSI"),
        ("OC301234", "Ask BSI"),
        ("FC012345", "Ask BSI"),
        ("SC", "Ask BSI"),
        ("SC1234567", "Ask BSI"),
        ("SCSC1234", "Ask BSI"),
        ("123456789", "this is neither"),
        ("008407369", "this is neither"),
        ("-1", "Ask BSI"),
        ("\uff18\uff14", "Ask BSI"),
        ("\u0663", "Ask BSI"),
        ("\u017fC234456", "Ask BSI"),
        ("16777216", "16777216 is above 16777215"),
        ("99999999", "Ask BSI"),
        ("0", "never zero"),
        ("SC000000", "never zero"),
    ],
)
def test_where_the_rule_does_not_reach_there_is_no_root_but_advice(number: str, part: str) -> None:
    answer = uk_company_root(number)
    assert answer.root is None
    assert part in answer.sentence


def test_the_advice_for_northern_ireland_is_to_have_it_confirmed() -> None:
    assert "Companies Act 1985" in uk_company_root("NI012345").sentence
    assert "BSI" in uk_company_root("NI012345").sentence
    assert "by right" in uk_company_root("SC234456").sentence


def test_medical_connections_company_number_is_the_arc_where_it_gives_roots() -> None:
    root = uk_company_root("03680043").root
    assert root == "1.2.826.0.1.3680043"
    assert codes(root) == ["root.registrar"]


@given(st.text())
def test_any_company_number_gets_an_answer(number: str) -> None:
    answer = uk_company_root(number)
    assert answer.sentence.endswith(".")
    assert answer.root is None or is_uid(answer.root)


def test_the_ways_to_a_root_are_told_in_full() -> None:
    assert [route.arc.partition("{")[0] for route in ROUTES] == [
        "1.2.826.0.1.",
        "1.2.826.0.1.3680043.",
        "1.3.6.1.4.1.",
        "2.16.840.1.",
        "1.2.276.0.76.",
        "1.2.276.0.",
        "2.16.840.1.113883.",
        "2.25.",
    ]
    for route in ROUTES:
        assert route.title
        assert route.cost.endswith(".")
        assert route.how.endswith(".")
        assert route.source
