from __future__ import annotations

import pytest

from tests.core.conftest import ROOT, Book
from uidmanager.core import events as e
from uidmanager.core.drafts import (
    AssignInstallations,
    RegisterRelease,
    RetireInstallation,
    VoidInstallation,
    WithdrawRelease,
)
from uidmanager.core.errors import Severity
from uidmanager.core.records import NumberKind
from uidmanager.core.registry import Registry
from uidmanager.core.scanning import Facts, Judge, Judgement, Outcome, Verdict

CLASS = f"{ROOT}.1.2.4.5.0.3"
NAME = "CT_4.5.0.3"
UNIT = f"{ROOT}.2.372764"
GE = "1.2.840.113619.2.55.3"
PYDICOM = "1.2.826.0.1.3680043.8.498.1"
GOOD = {
    "class_uid": CLASS,
    "version_name": NAME,
    "media_storage_uid": f"{UNIT}.1.9",
    "sop_instance_uid": f"{UNIT}.1.9",
    "series_uid": f"{UNIT}.1",
    "study_uid": f"{GE}.1",
    "device_serial": "0372764",
    "device_uid": UNIT,
}

OURS = [
    pytest.param({"version_name": ""}, "consistent", "", id="no version name, which is optional"),
    pytest.param({"device_serial": ""}, "consistent", "", id="no serial"),
    pytest.param({"device_serial": "372764 "}, "consistent", "", id="the serial in another spelling"),
    pytest.param({"class_uid": f"{GE}.7", "version_name": "GE_1"}, "consistent", "", id="a copy by another program"),
    pytest.param({"sop_instance_uid": f"{GE}.2", "media_storage_uid": ""}, "consistent", "", id="a foreign image"),
    pytest.param({"study_uid": PYDICOM}, "consistent", "", id="a study from a worklist made with a toolkit"),
    pytest.param(
        {"frame_of_reference_uid": f"{ROOT}.2.5.1"}, "given_up", "“05”", id="a number that may mean something else"
    ),
    pytest.param(
        {"class_uid": f"{ROOT}.1.2.4.5.0.4"}, "never_issued version_name", "no release 4.5.0.4", id="a rogue class"
    ),
    pytest.param(
        {"class_uid": f"{ROOT}.1.2.4.5.0.4", "version_name": "X"}, "never_issued", "never issued", id="and its name"
    ),
    pytest.param({"class_uid": f"{ROOT}.1.2", "version_name": ""}, "never_issued", "The arc of", id="an arc"),
    pytest.param({"class_uid": UNIT, "version_name": ""}, "never_issued", "Installation 0372764", id="a unit's"),
    pytest.param({"series_uid": CLASS}, "never_issued", "Release CT Console", id="a class UID as a series"),
    pytest.param({"study_uid": f"{ROOT}.2.8.1"}, "never_issued", "no installation 8", id="a rogue study"),
    pytest.param({"creator_uid": f"{ROOT}.7"}, "never_issued", "Instance Creator UID", id="an arc without meaning"),
    pytest.param({"version_name": "CT_4.6"}, "version_name", f"{ROOT}.1.2.4.6", id="the name of another release"),
    pytest.param({"version_name": "OFFIS"}, "version_name", f"“{NAME}”", id="a foreign name"),
    pytest.param({"class_uid": f"{GE}.7"}, "version_name", f"has {GE}.7", id="our name with somebody else's class"),
    pytest.param({"class_uid": ""}, "version_name", "has none", id="our name without a class"),
    pytest.param({"version_name": "CT_9"}, "version_name given_up", "“CT Console 9”", id="a name given up"),
    pytest.param({"device_serial": "4711"}, "serial", "“4711”", id="another serial"),
    pytest.param({"device_serial": "AB-7"}, "serial", "copied to another machine", id="a serial with letters"),
    pytest.param({"device_uid": f"{ROOT}.2.6"}, "serial retired", "installation 6", id="two units in one file"),
    pytest.param(
        {"class_uid": PYDICOM, "version_name": "PYDICOM 3.0.2"},
        "toolkit_root",
        "comes with: the build did not set its own",
        id="a toolkit's class",
    ),
    pytest.param(
        {"series_uid": "1.2.276.0.7230010.3.1.3.5"}, "toolkit_root", "OFFIS (DCMTK) comes with. Set", id="a series"
    ),
    pytest.param(
        {"class_uid": "0.0.0.0.1", "version_name": ""}, "toolkit_root", "example's root", id="an example's class"
    ),
    pytest.param({"sop_instance_uid": f"{ROOT}.2.99.1"}, "given_up breaks_rule", "“099”", id="a number given up"),
    pytest.param({"study_uid": f"{GE}.01"}, "breaks_rule", "begins with a zero", id="a leading zero"),
    pytest.param({"media_storage_uid": f"{UNIT}.1.8"}, "breaks_rule", f"holds {UNIT}.1.9", id="two UIDs of one"),
    pytest.param(
        {"class_uid": f"{ROOT}.1.2.3.0", "version_name": "CT_3"},
        "consistent withdrawn",
        "must not be used",
        id="a withdrawn release",
    ),
    pytest.param({"study_uid": f"{ROOT}.2.6.1"}, "consistent retired", "Installation 6, retired", id="a retired unit"),
    pytest.param({"study_uid": f"{ROOT}.2.7.1"}, "consistent void", "Installation 7, void", id="a void unit"),
]
OTHERS = [
    pytest.param({"sop_instance_uid": f"{GE}.2"}, "not_ours", "GE", id="a maker's"),
    pytest.param({"sop_instance_uid": "1.0.9.8"}, "not_ours", "under our root", id="nobody's"),
    pytest.param({}, "not_ours", "under our root", id="no UID at all"),
    pytest.param({"class_uid": PYDICOM}, "not_ours toolkit_root", "pydicom", id="a toolkit's"),
    pytest.param({"class_uid": f"{GE}.2", "sop_instance_uid": "1.2.840.5"}, "not_ours", "GE", id="by its class"),
    pytest.param({"study_uid": "1.2.840.05"}, "not_ours breaks_rule", "begins with a zero", id="broken"),
    pytest.param(
        {"sop_instance_uid": "1.2.840.5", "media_storage_uid": "1.2.840.6"},
        "not_ours breaks_rule",
        "holds 1.2.840.6, but",
        id="two UIDs",
    ),
]


@pytest.fixture
def sites(book: Book) -> Book:
    """Another release and unit, each one that is not in use any more, and numbers of another history."""
    book.do(RegisterRelease("CT Console", "4.6", version_name="CT_4.6"))
    book.do(RegisterRelease("CT Console", "3.0", version_name="CT_3"))
    book.do(WithdrawRelease("CT Console", "3.0", "recall"))
    book.do(AssignInstallations(("5", "6", "7")))
    book.do(RetireInstallation("6", "scrapped"))
    book.do(VoidInstallation("7", "scanned twice"))
    book.write(
        e.NumberGivenUp(NumberKind.INSTALLATION, "99", "099", None),
        e.NumberGivenUp(NumberKind.INSTALLATION, "5", "05", None),
        e.NumberGivenUp(NumberKind.VERSION_NAME, "CT_9", "CT Console 9", None),
    )
    return book


def judged(book: Book, **changes: str) -> Judgement:
    return Judge(book.registry, {})(Facts(**{**GOOD, **changes}))  # type: ignore[arg-type]


def found(judgement: Judgement) -> set[str]:
    return {verdict.value for verdict in judgement.verdicts}


def test_a_file_that_is_registered_and_consistent(sites: Book) -> None:
    judgement = judged(sites)
    assert found(judgement) == {"consistent"}
    assert judgement.severity is Severity.NOTICE
    assert judgement.release is not None
    assert judgement.installation is not None
    assert (judgement.release.version, judgement.installation.serial) == ("4.5.0.3", "0372764")


@pytest.mark.parametrize(("changes", "verdicts", "words"), OURS)
def test_what_a_file_of_ours_comes_to(sites: Book, changes: dict[str, str], verdicts: str, words: str) -> None:
    judgement = judged(sites, **changes)
    assert found(judgement) == set(verdicts.split())
    assert words in " ".join(told.sentence for told in judgement.told)


@pytest.mark.parametrize(("facts", "verdicts", "words"), OTHERS)
def test_what_a_file_of_others_comes_to_is_no_error(
    sites: Book, facts: dict[str, str], verdicts: str, words: str
) -> None:
    judgement = Judge(sites.registry, {})(Facts(**facts))  # type: ignore[arg-type]
    assert found(judgement) == set(verdicts.split())
    assert judgement.severity is not Severity.ERROR
    assert words in " ".join(told.sentence for told in judgement.told)
    assert judgement.release is None
    assert judgement.installation is None


@pytest.mark.parametrize("outcome", [Outcome.NOT_DICOM, Outcome.UNREADABLE, Outcome.SKIPPED])
def test_what_was_not_read_says_so(book: Book, outcome: Outcome) -> None:
    judgement = Judge(book.registry, {})(Facts(outcome, "It is so."))
    assert found(judgement) == {outcome.value}
    assert judgement.told[0].sentence == "It is so."


def test_what_was_read_in_part_is_judged_in_part_and_never_consistent(book: Book) -> None:
    whole, rogue = Facts(Outcome.UNREADABLE, "It ends.", class_uid=CLASS), f"{ROOT}.1.2.9"
    assert found(Judge(book.registry, {})(whole)) == {"unreadable"}
    judgement = Judge(book.registry, {})(Facts(Outcome.UNREADABLE, "It ends.", class_uid=rogue))
    assert found(judgement) == {"unreadable", "never_issued"}
    assert judgement.severity is Severity.ERROR


def test_how_much_a_rule_weighs_depends_on_whose_file_it_is(book: Book) -> None:
    broken = Facts(study_uid="1.2.840.05")
    judge = Judge(book.registry, {})
    assert judge(broken).severity is Severity.CAUTION
    assert judge(Facts(study_uid="1.2.840.05", sop_instance_uid=f"{UNIT}.1")).severity is Severity.ERROR
    assert judge(broken).severity is Severity.CAUTION


def test_without_a_registry_nothing_is_ours() -> None:
    assert found(Judge(Registry(), {})(Facts(**GOOD))) == {"not_ours"}  # type: ignore[arg-type]


def test_every_verdict_can_be_told() -> None:
    told = {word for case in (*OURS, *OTHERS) for word in str(case.values[1]).split()}
    assert told | {"not_dicom", "unreadable", "skipped", "duplicate"} == {verdict.value for verdict in Verdict}
